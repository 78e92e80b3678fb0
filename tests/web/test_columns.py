"""Columns of tables, each type by itself: what a cell shows, what its rows are sorted by, what a file holds."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils.html import conditional_escape

from pledgeline.money import Amount
from pledgeline.web.columns import (
    Amounts,
    Day,
    Mark,
    MixedFigure,
    Money,
    Ordinal,
    PlainMoney,
    Several,
    Text,
    Timestamp,
    Whole,
)

NONE = '<span class="silent">–</span>'
EUROS, CENTS = Amount(1_234_50, "EUR"), Amount(-5, "EUR")

CELLS = [
    (Text("it", "It"), "a <b>", "a &lt;b&gt;", "a <b>", "a <b>"),
    (Text("it", "It"), "", "", None, ""),
    (Text("it", "It", empty="–"), "", NONE, None, ""),
    (Text("it", "It", folded=True), "Ärger", "Ärger", "ärger", "Ärger"),
    (Text("it", "It", named={"y": "yes"}.__getitem__), "y", "yes", "yes", "yes"),
    (Mark("it", "It", mark=lambda _row: "mark good"), "ok", '<span class="mark good">ok</span>', "ok", "ok"),
    (
        Day("it", "It"),
        date(2025, 8, 4),
        '<time datetime="2025-08-04">4 Aug 2025</time>',
        date(2025, 8, 4),
        date(2025, 8, 4),
    ),
    (Day("it", "It"), None, NONE, None, None),
    (
        Timestamp("it", "It"),
        datetime(2025, 8, 4, 9, 5, 7, tzinfo=UTC),
        '<time datetime="2025-08-04T09:05:07+00:00">4 Aug 2025, 09:05 UTC</time>',
        datetime(2025, 8, 4, 9, 5, 7, tzinfo=UTC),
        "2025-08-04T09:05:07+00:00",
    ),
    (Ordinal("it", "It"), 12345, "12345", 12345, 12345),
    (Whole("it", "It"), 12345, "12,345", 12345, 12345),
    (Whole("it", "It"), 0, "0", 0, 0),
    (Whole("it", "It"), None, NONE, None, None),
    (Money("it", "It"), EUROS, "EUR 1,234.50", ("EUR", 1_234_50), Decimal("1234.50")),
    (Money("it", "It"), Amount(0, "EUR"), "EUR 0", ("EUR", 0), Decimal("0.00")),
    (Money("it", "It", zero_is_empty=True), Amount(0, "EUR"), NONE, ("EUR", 0), Decimal("0.00")),
    (PlainMoney("it", "It"), CENTS, "−0.05", ("EUR", -5), Decimal("-0.05")),
    (
        Amounts("it", "It"),
        [EUROS, Amount(7, "JPY")],
        "<span>EUR 1,234.50<br>JPY 7</span>",
        [("EUR", 1_234_50), ("JPY", 7)],
        "EUR 1234.50; JPY 7",
    ),
    (Amounts("it", "It"), [], NONE, None, ""),
    (MixedFigure("it", "It", signed=True), 3, "+3", ("", 3), 3),
    (MixedFigure("it", "It", signed=True), CENTS, "−EUR 0.05", ("EUR", -5), Decimal("-0.05")),
    (
        Several("it", "It", to=lambda key: f"/{key}/", joint="+"),
        ("NL", "DK"),
        '<a href="/NL/">NL</a>, <a href="/DK/">DK</a>',
        ("NL", "DK"),
        "NL+DK",
    ),
    (Several("it", "It", to=str, empty="none"), (), '<span class="silent">none</span>', None, ""),
]


@pytest.mark.parametrize(("column", "value", "cell", "key", "filed"), CELLS)
def test_a_type_of_column_says_how_it_is_drawn_sorted_and_filed(column, value, cell, key, filed):
    row = SimpleNamespace(it=value)

    shown = conditional_escape(column.drawn(row)).replace("\u00a0", " ")

    assert (cell, key, filed) == (shown, column.sort_key(row), column.in_file(row))


def test_a_value_lies_at_the_end_of_a_path_and_a_key_may_be_several():
    row = SimpleNamespace(package=SimpleNamespace(id="P-04", day=3))

    column = Text("package", "Package", "package.id", key=("package.day", "package.id"))

    assert ("P-04", (3, "P-04")) == (column.drawn(row), column.sort_key(row))


def test_a_cell_leads_on_and_has_a_note_behind_it():
    row = SimpleNamespace(name="A & B", page="/a/?x=1&y=2")

    column = Text("name", "Name", link=lambda row: row.page, quiet=True, note=lambda _row: "joint <sum>")

    assert (
        '<a class="quiet" href="/a/?x=1&amp;y=2">A &amp; B</a> <span class="why">joint &lt;sum&gt;</span>'
        == column.drawn(row)
    )


def test_a_withheld_cell_says_so_whatever_is_in_it():
    assert '<span class="silent">withheld</span>' == Money("it", "It", withheld=True).drawn(
        SimpleNamespace(it=EUROS)
    )


def test_only_what_is_shown_can_be_sorted_by():
    assert [True, False, False] == [
        column.sortable
        for column in (Text("a", "A"), Text("a", "A", sortable=False), Text("a", "A", shown=False))
    ]
