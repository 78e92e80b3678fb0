"""A folder is read whole: every fault of it at once, every good row, whatever program wrote it."""

import csv
import io
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgeline.evidence import as_of, compare, standings
from pledgeline.exchange.record import FILES, RecordReading, read_folder, shipped
from pledgeline.exchange.record.lines import LONGEST_LINE
from pledgeline.exchange.record.settings import UNNAMED
from pledgeline.money import Amount, Rates
from pledgeline.programme.announcements import Relation
from pledgeline.programme.findings import MOST_FINDINGS
from pledgeline.programme.record import PublicRecord
from tests.builders import a_package, a_programme, a_source, an_announcement
from tests.examples import examples
from tests.exchange.broken import announcement
from tests.exchange.folders import cell, row, whole, write_good
from tests.exchange.folders import settings as with_settings

C, F, S = "contributions.csv", "fx.csv", "sources.csv"


@pytest.fixture
def folder(tmp_path):
    return write_good(tmp_path / "record")


def codes(reading: RecordReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def ids(reading: RecordReading) -> list[str]:
    return [row.id for row in reading.record.announcements]


def spoil(folder, *patches):
    for patch in patches:
        patch(folder)
    return read_folder(folder)


def test_every_column_of_a_row_arrives(folder):
    record = read_folder(folder).record

    first = record.announcements[0]
    assert ("C1", ("NLD",), date(2025, 8, 4)) == (first.id, first.partners, first.announced_on)
    assert (Amount(500_000_000_00, "EUR"), Amount(578_000_000_00, "USD")) == (
        first.amount,
        first.reported_usd,
    )
    assert ("P1", "announced", "cranes", "The Dutch share") == (
        first.package,
        first.stage.value,
        first.earmark,
        first.title,
    )
    assert (("C1", "C3"), Relation.UNCLEAR, "yes, really") == (
        record.announcements[3].relates_to,
        record.announcements[3].relation,
        record.announcements[3].note,
    )
    assert (("NLD", "NOR"), 1, date(2025, 9, 17)) == (
        record.packages[0].funders,
        record.packages[0].number,
        record.packages[0].delivery_reported_on,
    )
    assert (None, "USD", ()) == (
        record.packages[1].value,
        record.packages[1].currency,
        record.packages[1].funders,
    )
    assert ("2025-09", ()) == (record.deliveries[1].when, record.deliveries[1].packages)
    assert (Decimal("0.67"), "ratio") == (record.stated_totals[1].value, record.stated_totals[1].unit)
    assert (Amount(1_000_000_00, "USD"), 6, 12) == (
        record.items[0].price_low,
        record.items[0].lead_time_months_low,
        record.items[0].lead_time_months_high,
    )
    assert (Decimal("11.8635"), "S1") == (record.rates[1].rate, record.rates[1].source)
    assert (date(2025, 8, 4), None) == tuple(source.published_on for source in record.sources)


def test_all_faults_are_named_at_once_and_the_good_rows_are_kept(folder):
    reading = spoil(
        folder,
        cell(C, 2, "amount", "a lot"),
        cell(C, 2, "relates_to", "C99"),
        cell(C, 3, "currency", "NKO"),
        cell(C, 3, "stage", "promised"),
        cell(F, 3, "date", "04.08.2025"),
        cell(S, 3, "published_on", "2025-02-30"),
    )

    where = [(finding.code, finding.place.file, finding.place.line) for finding in reading.findings]
    assert [
        ("cell.no-such-day", S, 3),
        ("cell.not-a-number", C, 2),
        ("contributions.relation-and-rows", C, 2),
        ("contributions.unknown-row", C, 2),
        ("cell.unknown-currency", C, 3),
        ("cell.vocabulary", C, 3),
        ("cell.day-form", F, 3),
    ] == sorted(where, key=lambda each: ([S, C, F].index(each[1]), each[2], each[0]))
    assert ["C3", "C4"] == ids(reading)


@pytest.mark.parametrize("ending", [b"\r\n", b"\r"])
def test_line_ends_of_any_system_are_read(folder, ending):
    whole(C, lambda before: before.replace(b"\n", ending))(folder)

    reading = read_folder(folder)

    assert () == reading.findings
    assert ["C1", "C2", "C3", "C4"] == ids(reading)


def test_a_file_of_carriage_returns_may_be_long(folder):
    """Longer than a line of any other file may be."""
    rows = "".join(announcement(f"X{number}", "2025-08-04") + "\n" for number in range(21_000))
    assert len(rows) > LONGEST_LINE
    whole(C, lambda before: (before + rows.encode()).replace(b"\n", b"\r"))(folder)

    reading = read_folder(folder)

    assert () == reading.errors
    assert 21_004 == len(ids(reading))


def test_a_mark_of_utf_8_is_no_part_of_the_first_column(folder):
    assert () == spoil(folder, whole(C, lambda before: b"\xef\xbb\xbf" + before)).findings


def test_columns_may_stand_in_any_order(folder):
    def turn(before: bytes) -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out).writerows(line[::-1] for line in csv.reader(io.StringIO(before.decode())))
        return out.getvalue().encode()

    before = read_folder(folder).record
    for name in FILES:
        whole(name, turn)(folder)

    reading = read_folder(folder)
    assert () == reading.findings
    assert before == reading.record


def test_files_without_rows_are_fine(folder):
    for name in FILES:
        whole(name, lambda before: before.partition(b"\n")[0])(folder)

    reading = read_folder(folder)

    assert () == reading.findings
    assert PublicRecord() == reading.record


def test_empty_rows_of_a_spreadsheet_are_no_rows(folder):
    assert () == spoil(folder, row(F, ",,,,"), row(F, ""), row(F, " , ,,,")).findings


def test_a_cell_may_run_over_lines_and_the_lines_still_count(folder):
    reading = spoil(folder, cell(C, 2, "note", "one\ntwo\nthree"), cell(C, 3, "amount", "x"))

    assert [("cell.not-a-number", 5)] == [(finding.code, finding.place.line) for finding in reading.findings]


def test_the_way_out_names_what_was_probably_meant(folder):
    def way_out(line: int, column: str, text: str) -> str:
        return spoil(write_good(folder), cell(C, line, column, text)).findings[0].way_out

    assert "Write 2025-08-04, if that is meant." == way_out(2, "announced_on", "04.08.2025")
    assert "Write 2025-08-04 or 2025-04-08, if that is meant." == way_out(2, "announced_on", "04/08/2025")
    assert "Write 2025-08-04, if that is meant." == way_out(2, "announced_on", "20250804")
    assert "Write EUR, if that is meant." == way_out(2, "currency", "Euros")
    assert "Write NLD, if that is meant." == way_out(2, "partner", "Netherlands")
    assert "Write NLD, if that is meant." == way_out(2, "partner", "NL")


def test_the_parties_of_the_programme_are_partners(folder):
    cell(C, 2, "partner", "HBK+NLD")(folder)

    assert ["cell.unknown-partner"] == codes(read_folder(folder))
    bank = a_programme(parties={"HBK": "Harbour Bank"}, base_currency="USD")
    assert [] == codes(read_folder(folder, programme=bank))
    assert [] == codes(spoil(folder, with_settings()))


def test_nothing_is_said_of_parties_when_the_settings_cannot_be_read(folder):
    reading = spoil(folder, cell(C, 2, "partner", "HBK"), with_settings("HBK =", "H-K ="))

    assert ["programme.value"] == codes(reading)
    assert reading.programme is None


def test_rates_may_be_as_old_as_the_programme_says(folder):
    cell(C, 4, "announced_on", "2025-09-05")(folder)

    patient = a_programme(base_currency="USD", maximum_rate_age_days=32)
    assert ["contributions.no-rate"] == codes(read_folder(folder))
    assert [] == codes(read_folder(folder, programme=patient))


class TestBeside:
    """Rows that the database has already, and that the folder does not contain."""

    def test_they_may_be_referred_to(self, folder):
        text = "X1,EST,2025-09-03,1000,USD,,P9,announced,,A share,S9,replaces,A1,"
        reading = spoil(folder, row(C, text))
        assert {"cell.unknown-source", "cell.unknown-package", "contributions.unknown-row"} == set(
            codes(reading)
        )

        beside = PublicRecord(
            announcements=(an_announcement("A1"),), packages=(a_package("P9"),), sources=(a_source("S9"),)
        )
        assert () == read_folder(folder, beside=beside).findings

    def test_a_circle_through_them_is_found(self, folder):
        row(C, announcement("X1", "2025-09-03", "replaces", "A2"))(folder)
        there = tuple(
            an_announcement(
                key,
                partners=("SWE",),
                announced_on=date(2025, 9, 3),
                relation=Relation.REPLACES,
                relates_to=(other,),
            )
            for key, other in (("A1", "X1"), ("A2", "A1"))
        )

        reading = read_folder(folder, beside=PublicRecord(announcements=there))

        assert ["contributions.circle"] == codes(reading)
        assert (C, 6) == (reading.findings[0].place.file, reading.findings[0].place.line)
        assert "X1" not in ids(reading)

    def test_a_day_that_moves_behind_the_row_that_replaces_it_is_found(self, folder):
        newer = an_announcement(
            "A1", announced_on=date(2025, 9, 3), relation=Relation.REPLACES, relates_to=("C1",)
        )
        cell(C, 2, "announced_on", "2025-09-04")(folder)

        reading = read_folder(folder, beside=PublicRecord(announcements=(newer,)))

        assert [("contributions.replaces-later", 2)] == [
            (finding.code, finding.place.line) for finding in reading.findings if finding.is_error
        ]

    def test_a_row_of_the_folder_stands_for_the_one_in_the_database(self, folder):
        old = an_announcement("C2", relation=Relation.REPLACES, relates_to=("C3",))

        assert () == read_folder(folder, beside=PublicRecord(announcements=(old,))).findings

    def test_their_rates_are_used(self, folder):
        reading = read_folder(folder)
        whole(F, lambda before: before.partition(b"\n")[0])(folder)

        assert ["contributions.no-rate"] * 2 == codes(read_folder(folder))
        assert () == read_folder(folder, beside=PublicRecord(rates=reading.record.rates)).findings


def test_a_long_chain_is_no_circle_and_a_long_circle_is_named_shortly(folder):
    links = [announcement(f"X{n}", "2025-09-03", "replaces", f"X{n + 1}") for n in range(20_000)]
    chain = [*links, announcement("X20000", "2025-09-03")]
    row(C, "\n".join(chain))(folder)
    assert () == read_folder(folder).findings

    write_good(folder)
    row(C, "\n".join([*links, announcement("X20000", "2025-09-03", "replaces", "X0")]))(folder)
    reading = read_folder(folder)
    assert ["contributions.circle"] == codes(reading)
    assert "X7 → … (20,001 rows) → X0." in reading.findings[0].wrong
    assert ["C1", "C2", "C3", "C4"] == ids(reading)


def test_two_circles_are_two_findings(folder):
    pairs = [("X1", "X2"), ("X2", "X1"), ("Y1", "Y2"), ("Y2", "Y1")]
    text = "\n".join(announcement(key, "2025-09-03", "repeats", other) for key, other in pairs)

    reading = spoil(folder, row(C, text))

    assert [("contributions.circle", 6), ("contributions.circle", 8)] == [
        (finding.code, finding.place.line) for finding in reading.findings
    ]


def test_too_many_faults_are_counted(folder):
    row(C, "\n".join(announcement(f"X{n}", "2025-08-04", amount="-1") for n in range(MOST_FINDINGS + 5)))(
        folder
    )
    cell(S, 2, "title", " First page")(folder)

    findings = read_folder(folder).findings

    assert "reading.too-many" == findings[-1].code
    assert findings[-1].is_error
    assert findings[-1].wrong.startswith("There are 5 more findings")
    assert "cell.spaces" == findings[0].code
    assert MOST_FINDINGS + 2 == len(findings)


def test_any_number_of_warnings_stops_nothing(folder):
    row(C, "\n".join(f" {announcement(f'X{n}', '2025-08-04')}" for n in range(MOST_FINDINGS + 5)))(folder)

    reading = read_folder(folder)

    assert () == reading.errors
    assert "reading.too-many" == reading.findings[-1].code
    assert MOST_FINDINGS + 9 == len(ids(reading))


def test_what_is_shipped_has_no_findings():
    for programme in shipped():
        reading = read_folder(programme)
        assert () == reading.findings
        assert reading.programme is not None
        assert programme.name == reading.programme.slug
        assert all(getattr(reading.record, kind) for kind in PublicRecord.__slots__)


interesting = st.sampled_from(
    [
        b",",
        b'"',
        b"\n",
        b"\r",
        b"\0",
        b"\xff",
        b"\xc3",
        b";",
        b"+",
        b"-",
        b".",
        b"9" * 25,
        b"=",
        b" ",
        b"C1",
        b"replaces",
    ]
)
pieces = interesting | st.binary(max_size=3)


@settings(max_examples=examples(75), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*FILES, "programme.toml"]),
            st.floats(0, 1, exclude_max=True),
            st.integers(0, 6),
            pieces,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_no_bytes_whatever_make_the_reader_or_the_sums_fail(changes):
    with tempfile.TemporaryDirectory() as name:
        folder = write_good(Path(name))
        with_settings()(folder)
        for file, where, removed, added in changes:
            data = (folder / file).read_bytes()
            place = int(where * len(data))
            (folder / file).write_bytes(data[:place] + added + data[place + removed :])

        reading = read_folder(folder)

    for finding in reading.findings:
        assert finding.place.file in {*FILES, "programme.toml"}
        assert finding.wrong
        assert finding.way_out
    rates = Rates(reading.record.rates, maximum_age_days=(reading.programme or UNNAMED).maximum_rate_age_days)
    as_of(standings(reading.record.announcements, rates, "EUR"), date(2025, 12, 31), "EUR").total
    compare(reading.record, rates)
