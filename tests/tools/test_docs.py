"""The pages that come from the code are what the code says."""

from functools import cache

import pytest

from tools import docs

PAGES = {name: cache(page) for name, page in docs.PAGES.items()}


@pytest.fixture(autouse=True)
def each_page_is_made_once(monkeypatch):
    monkeypatch.setattr(docs, "PAGES", PAGES)


def test_the_pages_are_not_stale(capsys):
    assert 0 == docs.main(["--check"]), capsys.readouterr().err


def test_a_stale_page_is_named(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(docs, "DOCS", tmp_path)
    assert 0 == docs.main([])
    (tmp_path / "cli.md").write_text("older")

    assert 1 == docs.main(["--check"])
    assert "docs/cli.md is stale: python3 do.py docs writes it\n" == capsys.readouterr().err


def test_anything_else_is_wrong_usage():
    assert 2 == docs.main(["--chekc"])
