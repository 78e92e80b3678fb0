"""What a record can say: a month without a day, and less money."""

from datetime import date

import pytest

from pledgeline.evidence import as_of, standings
from pledgeline.exchange.record import read_folder
from pledgeline.money import Amount, Rates
from tests.exchange.folders import cell, row, write_good

C = "contributions.csv"


def total(reading, on):
    rates = Rates(reading.record.rates, maximum_age_days=31)
    day = date.fromisoformat(on)
    return as_of(standings(reading.record.announcements, rates, "EUR"), day, "EUR").total


@pytest.mark.parametrize(
    ("month", "last_day"), [("2025-08", "2025-08-31"), ("2025-09", "2025-09-30"), ("2024-02", "2024-02-29")]
)
def test_a_month_counts_from_its_last_day(tmp_path, month, last_day):
    folder = write_good(tmp_path / "record")
    cell(C, 2, "announced_on", month)(folder)

    reading = read_folder(folder)
    first = reading.record.announcements[0]

    assert () == reading.findings
    assert (date.fromisoformat(last_day), True) == (first.announced_on, first.month_only)
    assert date.fromisoformat(f"{month}-01") == first.first_day


def test_a_newer_figure_within_the_same_month_is_no_contradiction(tmp_path):
    folder = write_good(tmp_path / "record")
    cell(C, 2, "announced_on", "2025-08")(folder)
    row(C, "C9,NLD,2025-08-20,400000000,EUR,,P1,announced,,Less,S1,replaces,C1,")(folder)

    reading = read_folder(folder)

    assert () == reading.errors
    assert {"C1", "C9"} <= {row.id for row in reading.record.announcements}


@pytest.mark.parametrize("text", ["2025-13", "2025-00", "2025", "2025-9", "September 2025", "2025-08-"])
def test_what_is_neither_day_nor_month_is_refused(tmp_path, text):
    folder = write_good(tmp_path / "record")
    cell(C, 2, "announced_on", text)(folder)

    assert ["cell.no-such-day" if text in ("2025-13", "2025-00") else "cell.day-form"] == [
        finding.code for finding in read_folder(folder).findings
    ]


@pytest.mark.parametrize("amount", ["0", "-5", "0.00"])
def test_nothing_and_less_are_refused_and_the_way_out_says_how_to_write_it(tmp_path, amount):
    folder = write_good(tmp_path / "record")
    cell(C, 2, "amount", amount)(folder)

    finding = read_folder(folder).findings[0]

    assert "cell.not-positive" == finding.code
    assert "relation withdraws" in finding.way_out


def test_a_withdrawal_is_read_and_takes_the_money_out_of_the_sum(tmp_path):
    """EUR 500 million of 4 August less 120 million of 1 October; the Norwegian rows aside."""
    folder = write_good(tmp_path / "record")
    cell(C, 3, "partner", "NOR")(folder)
    row(C, "C9,NLD,2025-10-01,120000000,EUR,,P1,announced,,Less than said,S1,withdraws,C1,")(folder)
    reading = read_folder(folder)

    assert () == reading.findings
    before, after = total(reading, "2025-09-30"), total(reading, "2025-10-01")
    assert Amount(-120_000_000_00, "EUR") == after - before


def test_the_whole_may_be_taken_back_of_several_rows(tmp_path):
    folder = write_good(tmp_path / "record")
    row(C, "C8,NLD,2025-09-02,10,EUR,,,announced,,More,S1,,,")(folder)
    row(C, "C9,NLD,2025-10-01,,,,,announced,,All of it,S1,withdraws,C1;C8,")(folder)
    reading = read_folder(folder)

    assert () == reading.findings
    assert Amount(-500_000_010_00, "EUR") == total(reading, "2025-10-01") - total(reading, "2025-09-30")


def test_what_was_taken_back_cannot_be_taken_back_again(tmp_path):
    folder = write_good(tmp_path / "record")
    row(C, "C8,NLD,2025-09-05,500000000,EUR,,P1,announced,,All of it,S1,withdraws,C1,")(folder)
    row(C, "C9,NLD,2025-10-01,1,EUR,,P1,announced,,And one more,S1,withdraws,C1,")(folder)

    (finding,) = read_folder(folder).findings

    assert ("contributions.withdraws-too-much", 7) == (finding.code, finding.place.line)
    assert "C1" in finding.wrong
