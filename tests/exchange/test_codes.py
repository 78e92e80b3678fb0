"""Codes of currencies and partners in a record: past ones up to their last day, and the way out for the others."""

import pytest

from pledgeline.exchange.record import read_folder
from tests.exchange.folders import cell, write_good

C, F = "contributions.csv", "fx.csv"


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2022-12-31", "HRK"),
        ("2022-09-03", "HRK"),
        ("2025-12-31", "BGN"),
        ("2025-09-03", "BGN"),
        ("2014-12-31", "LTL"),
    ],
)
def test_a_past_currency_is_read_on_days_up_to_its_last(tmp_path, day, code):
    folder = write_good(tmp_path / "record")
    cell(C, 2, "announced_on", day)(folder)
    cell(C, 2, "currency", code)(folder)

    reading = read_folder(folder)

    assert () == reading.findings
    assert code == reading.record.announcements[0].amount.currency


@pytest.mark.parametrize(
    ("day", "code"),
    [("2023-01-01", "HRK"), ("2025-09-03", "HRK"), ("2026-01-01", "BGN"), ("2015-01-01", "LTL")],
)
def test_afterwards_it_is_refused_with_the_currency_that_took_its_place(tmp_path, day, code):
    folder = write_good(tmp_path / "record")
    cell(C, 2, "announced_on", day)(folder)
    cell(C, 2, "currency", code)(folder)

    finding = read_folder(folder).findings[0]

    assert ("cell.past-currency", 2, "currency") == (finding.code, finding.place.line, finding.place.column)
    assert "Write the amount in EUR" in finding.way_out


def test_special_drawing_rights_are_money(tmp_path):
    folder = write_good(tmp_path / "record")
    cell(C, 2, "currency", "XDR")(folder)

    assert () == read_folder(folder).findings


@pytest.mark.parametrize(
    ("code", "way_out"),
    [
        ("UK", "Write GBR, if that is meant."),
        ("EL", "Write GRC, if that is meant."),
        ("GB", "Write GBR, if that is meant."),
        ("Netherlands", "Write NLD, if that is meant."),
    ],
)
def test_a_partner_said_in_another_way_is_a_hint(tmp_path, code, way_out):
    folder = write_good(tmp_path / "record")
    cell(C, 2, "partner", code)(folder)

    assert [way_out] == [finding.way_out for finding in read_folder(folder).findings]


@pytest.mark.parametrize("code", ["EU", "EUR", "European Union"])
def test_the_union_is_no_country_and_the_way_out_names_both_ways(tmp_path, code):
    folder = write_good(tmp_path / "record")
    cell(C, 2, "partner", code)(folder)

    (finding,) = read_folder(folder).findings

    assert "cell.unknown-partner" == finding.code
    assert "Name the member states" in finding.way_out
    assert "programme.toml" in finding.way_out
