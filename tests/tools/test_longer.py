"""The language for tests: longer, with accents, and with everything in place that is no text."""

import pytest

from tools.longer import longer, longer_sentences

pytestmark = pytest.mark.any_database


def test_ten_letters_become_fourteen_and_none_is_without_an_accent():
    """Every letter adds 40 of 100: the 3rd, the 5th, the 8th and the 10th are written twice."""
    assert 14 == len(longer("organisers"))
    assert "óřğğáññíšééřšš" == longer("organisers")
    assert not any(
        sign.isascii() and sign.isalpha() for sign in longer("The quick brown fox jumps, lazy dogs")
    )


def test_what_stands_for_something_else_stays():
    assert "%(n)s řóŵŵ" == longer("%(n)s row")
    assert longer("%(n)d of %% and {name} &amp; https://example.org/a").count("https://example.org/a") == 1
    assert {"%(n)d", "%%", "{name}", "&amp;"} <= set(
        longer("%(n)d of %% and {name} &amp; https://example.org/a").split()
    )


def test_a_sentence_keeps_what_it_speaks_of_and_its_plural_forms():
    said = longer_sentences(
        'rows = { $rows ->\n    [one] { $rows } row of { LIST($who, by: "or") }\n   *[other] { $rows } rows\n }\n'
        "    .way-out = Read it.\n"
    )

    for kept in ("{ $rows ->", "[one] { $rows } řóŵŵ", '{ LIST($who, by: "or") }', "*[other]", ".way-out ="):
        assert kept in said
    assert "row" not in said.replace("$rows", "").replace("rows =", "")
