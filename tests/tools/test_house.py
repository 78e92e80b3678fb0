"""The page that shows the way through the code leads to files that are there."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.any_database

CHECKOUT = Path(__file__).parents[2]
SOURCE = CHECKOUT / "src" / "pledgeline"
PAGE = (CHECKOUT / "docs" / "house.md").read_text(encoding="utf-8")


def test_what_the_page_names_is_there():
    named = set(re.findall(r"`([a-z_]+/[a-z_0-9/.]*)`", PAGE))

    assert len(named) > 80
    assert [] == sorted(path for path in named if not any((at / path).exists() for at in (SOURCE, CHECKOUT)))


def test_the_page_is_read_in_one_sitting():
    assert len(PAGE.splitlines()) < 160
