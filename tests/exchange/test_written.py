"""Rows written back as cells and read again are the same rows: forms are filled in from them."""

from datetime import UTC, datetime

import pytest

from pledgeline.exchange.record import read_folder, read_rows, shipped
from pledgeline.exchange.record.kinds import KINDS
from pledgeline.exchange.record.written import cells_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", ["sources", "announcements", "stated_totals"])
def test_every_row_of_the_shipped_record_comes_back(name):
    (folder,) = shipped()
    whole = read_folder(folder, now=NOW)
    assert whole.programme is not None
    (kind,) = (kind for kind in KINDS if kind.name == name)
    rows = getattr(whole.record, name)
    again = read_rows(
        kind, [cells_of(row) for row in rows], programme=whole.programme, beside=whole.record, now=NOW
    )

    assert again.errors == ()
    assert getattr(again.record, name) == rows


def test_what_no_file_could_hold_is_a_finding_and_no_fault():
    """A lone half of a character, a NUL, a quotation mark that is not closed."""
    (folder,) = shipped()
    whole = read_folder(folder, now=NOW)
    assert whole.programme is not None
    for text in ("\ud800", "a\0b", 'a "quoted', "two\r\nlines", "x" * 1_100_000):
        cells = {**cells_of(whole.record.sources[0]), "id": "S-new", "title": text}
        again = read_rows(KINDS[0], [cells], programme=whole.programme, beside=whole.record, now=NOW)
        assert len(again.record.sources) + len(again.errors) >= 1
