"""A workbook goes out, is edited with another program, and comes back: only what was changed in it is written."""

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import contributions
from pledgeline.actions.noun_files import RowResult
from pledgeline.actions.workbooks import look_over_workbook, take_workbook
from pledgeline.exchange.programme_workbook import KEPT_SHEET, write_programme_workbook
from pledgeline.programme.roles import Role
from pledgeline.queries.programme_workbook import nouns_seen, rows_of
from pledgeline.records.models import ContributionRecord, OfferRecord, RequirementRecord, StepTaken
from tests.chain import a_fund, formed, offered, required, worker
from tests.people import NOW

pytestmark = pytest.mark.django_db

NEW, CHANGED, UNCHANGED, REFUSED, CONFLICT = RowResult


@pytest.fixture
def fund():
    """Books with A and B, a package of three lines, and beside it two drafts."""
    row = a_fund()
    formed(row)
    required(row, key="D-1", item="lamp", quantity=7, need_by="2026-05-01", purpose="Two\nlines")
    required(row, key="D-2", item="rope", quantity=3)
    return row


def exported(fund, person=MACHINE, **more):
    sheets = {noun: rows_of(noun, fund, person) for noun in nouns_seen(fund, person)}
    return write_programme_workbook(sheets, programme=fund.slug, written_at="2026-03-01T12:00:00Z", **more)


def edited(data, edit):
    book = load_workbook(io.BytesIO(data))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def looked(data, fund, person=MACHINE, **more):
    return look_over_workbook(data, "programme.xlsx", programme=fund, person=person, **more)


def results(look):
    return {outcome.row.key: outcome.result for outcome in look.outcomes if outcome.result is not UNCHANGED}


def codes(look):
    return [finding.code for finding in look.findings]


def line_of(sheet, key):
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == key)


def put(book, sheet, key, heading, value):
    cells = book[sheet]
    column = next(cell.column for cell in cells[1] if cell.value == heading)
    cells.cell(line_of(cells, key), column).value = value


@pytest.mark.parametrize("has_tags", [False, True])
def test_what_was_not_edited_comes_back_unchanged_with_tags_or_without(fund, has_tags):
    data = exported(fund, has_tags=has_tags)
    for given in (data, edited(data, lambda _book: None)):
        look = looked(given, fund)
        assert (results(look), codes(look), look.can_be_taken) == ({}, [], True)
        assert [sheet.matched.noun for sheet in look.sheets] == [
            "requirement",
            "offer",
            "contribution",
            "packaged-line",
        ]
    assert load_workbook(io.BytesIO(data))[KEPT_SHEET].sheet_state == "hidden"
    second = [cell.value for cell in load_workbook(io.BytesIO(data))["Requirements"][2]]
    assert (second[0] == "#activity+id") is has_tags


def test_new_changed_refused_and_removed_rows_are_told_and_the_good_ones_are_taken(fund):
    def edit(book):
        put(book, "Requirements", "D-1", "Quantity", "9")  # a number that was typed as a text
        put(book, "Requirements", "D-2", "Need by", None)
        book["Requirements"].append(["D-9", "lamp", 2])
        put(book, "Contributions", "A", "Largest share", 0.5)
        put(book, "Contributions", "B", "Partner", "Somebody else")
        put(book, "Packages", "P-1/AD-014", "Units", 99)
        book["Offers"].delete_rows(2)

    data = edited(exported(fund), edit)
    gone = load_workbook(io.BytesIO(exported(fund)))["Offers"].cell(2, 1).value
    look = looked(data, fund)
    assert results(look) == {
        "D-1": CHANGED,
        "D-9": NEW,
        "A": CHANGED,
        "B": REFUSED,
        "P-1/AD-014": REFUSED,
    }
    (removed,) = look.findings
    assert (removed.code, removed.is_error, gone in removed.wrong) == ("noun-file.removed", False, True)
    reasons = {outcome.row.key: outcome.findings[0].code for outcome in look.outcomes if outcome.findings}
    assert reasons == {"B": "contribution.another", "P-1/AD-014": "noun-file.by-steps-only"}
    cells = {outcome.row.key: outcome.findings[0].place.cell for outcome in look.outcomes if outcome.findings}
    assert (cells["B"][0], cells["P-1/AD-014"][0]) == ("B", "D")
    assert {outcome.row.key: outcome.changes for outcome in look.outcomes}["P-1/AD-014"] == {
        "units": [12, 99]
    }

    before = StepTaken.objects.count()
    assert take_workbook(look, now=NOW) == []
    assert RequirementRecord.objects.get(key="D-1").quantity == 9
    assert RequirementRecord.objects.get(key="D-1").purpose == "Two\nlines"
    assert RequirementRecord.objects.get(key="D-9").item == "lamp"
    assert ContributionRecord.objects.get(key="A", is_newest=True).largest_share == 50
    assert OfferRecord.objects.filter(key=gone).exists()
    assert StepTaken.objects.count() == before + 2
    again = looked(data, fund)
    assert set(results(again).values()) == {REFUSED}  # what was taken stands, and is said to


def test_what_others_changed_meanwhile_is_a_conflict_where_the_file_changed_it_too_and_else_stays(fund):
    data = exported(fund)
    required(fund, key="D-1", item="lamp", quantity=8, need_by="2026-05-01", purpose="Two\nlines")
    required(fund, key="D-2", item="rope", quantity=4)

    def edit(book):
        put(book, "Requirements", "D-1", "Quantity", 9)

    look = looked(edited(data, edit), fund)
    assert results(look) == {"D-1": CONFLICT}
    (conflict,) = [outcome for outcome in look.outcomes if outcome.result is CONFLICT]
    assert conflict.changes == {"quantity": [7, 8, 9]}
    assert take_workbook(look, now=NOW) == []
    quantities = dict(RequirementRecord.objects.filter(key__startswith="D").values_list("key", "quantity"))
    assert quantities == {"D-1": 8, "D-2": 4}


def test_a_row_of_the_file_that_somebody_else_has_made_meanwhile_is_a_conflict(fund):
    data = edited(exported(fund), lambda book: book["Requirements"].append(["D-9", "lamp", 2]))
    required(fund, key="D-9", item="rope", quantity=5)
    look = looked(data, fund)
    assert results(look) == {"D-9": CONFLICT}
    (conflict,) = [outcome for outcome in look.outcomes if outcome.result is CONFLICT]
    assert conflict.changes == {"item": [None, "rope", "lamp"], "quantity": [None, 5, 2]}


def test_two_who_changed_a_cell_to_the_same_value_are_of_one_mind(fund):
    data = exported(fund)
    required(fund, key="D-2", item="rope", quantity=4)
    look = looked(edited(data, lambda book: put(book, "Requirements", "D-2", "Quantity", 4)), fund)
    assert results(look) == {}


def test_terms_that_were_written_meanwhile_are_a_conflict(fund):
    data = exported(fund)
    made = contributions.write_terms(
        {"key": "A", "largest_share": 30}, programme=fund, person=MACHINE, now=NOW
    )
    assert isinstance(made, ContributionRecord)
    look = looked(edited(data, lambda book: put(book, "Contributions", "A", "Note", "Ours")), fund)
    assert results(look) == {"A": CONFLICT}


def test_without_its_versions_or_with_those_of_another_programme_it_is_a_plain_file_and_that_is_said(fund):
    data = exported(fund)
    required(fund, key="D-2", item="rope", quantity=4)

    def strip(book):
        del book[KEPT_SHEET]

    look = looked(edited(data, strip), fund)
    assert (codes(look), results(look)) == (["noun-file.no-versions"], {"D-2": CHANGED})
    other = edited(data, lambda book: book[KEPT_SHEET].cell(2, 2, "another"))
    look = looked(other, fund)
    assert "another" in look.findings[0].wrong
    assert (results(look), look.can_be_taken) == ({"D-2": CHANGED}, True)


def test_columns_in_another_order_kept_values_of_formulas_and_days_in_cells_are_read(fund):
    def edit(book):
        sheet = book["Requirements"]
        rows = [[cell.value for cell in reversed(row)] for row in sheet.iter_rows()]
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                sheet.cell(number, place).value = value

    look = looked(edited(exported(fund), edit), fund)
    assert results(look) == {}


@pytest.mark.parametrize("has_tags", [False, True])
def test_what_people_do_to_a_sheet_without_changing_a_value_changes_nothing(fund, has_tags):
    """Rows are sorted, a blank one is between them, columns are hidden and filtered, a width, a colour, a comment."""

    def edit(book):
        sheet = book["Requirements"]
        first = 3 if has_tags else 2
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
        rows.sort(key=lambda row: str(row[0]), reverse=True)
        for number, row in enumerate([*rows[:1], [None] * len(rows[0]), *rows[1:]], start=first):
            for place, value in enumerate(row, start=1):
                sheet.cell(number, place).value = value
        sheet.column_dimensions["C"].hidden = True
        sheet.row_dimensions[first].hidden = True
        sheet.auto_filter.ref = f"A{first - 1}:F{sheet.max_row}"
        sheet.column_dimensions["A"].width = 40
        sheet.cell(first, 1).fill = PatternFill("solid", fgColor="FFFF00")
        sheet.cell(first, 2).comment = Comment("Is this right?", "somebody")

    look = looked(edited(exported(fund, has_tags=has_tags), edit), fund)
    assert results(look) == {}
    assert look.can_be_taken


@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("2026-05-01", UNCHANGED),
        (date(2026, 5, 1), UNCHANGED),
        (datetime(2026, 5, 1), UNCHANGED),  # noqa: DTZ001 (as openpyxl has them)
        (" 2026-05-01 ", UNCHANGED),
        ("2026-05-02", CHANGED),
        ("2026-02-30", REFUSED),
        ("05/01/26", REFUSED),
        ("soon", REFUSED),
        (46143.5, UNCHANGED),
    ],
)
def test_a_day_is_the_same_day_however_it_was_typed(fund, typed, result):
    look = looked(
        edited(exported(fund), lambda book: put(book, "Requirements", "D-1", "Need by", typed)), fund
    )
    (row,) = [outcome for outcome in look.outcomes if outcome.row.key == "D-1"]
    assert row.result is result
    assert all(finding.place.cell and finding.way_out for finding in row.findings)


@pytest.mark.parametrize(
    ("typed", "result"),
    [
        (7, UNCHANGED),
        (7.0, UNCHANGED),
        ("7", UNCHANGED),
        (" 7 ", UNCHANGED),
        (8, CHANGED),
        (7.5, REFUSED),
        ("7,5", REFUSED),
        (-7, REFUSED),
        (0, REFUSED),
        ("seven", REFUSED),
        (True, REFUSED),
        ("=7", REFUSED),
        ("#REF!", REFUSED),
        (10**30, REFUSED),
    ],
)
def test_a_number_is_the_same_number_however_it_was_typed(fund, typed, result):
    look = looked(
        edited(exported(fund), lambda book: put(book, "Requirements", "D-1", "Quantity", typed)), fund
    )
    (row,) = [outcome for outcome in look.outcomes if outcome.row.key == "D-1"]
    assert row.result is result
    assert all(finding.place.cell and finding.way_out for finding in row.findings)


def test_a_sheet_that_was_taken_out_is_named_and_nothing_is_deleted(fund):
    def edit(book):
        del book["Offers"]

    look = looked(edited(exported(fund), edit), fund)
    assert codes(look) == ["noun-file.removed"]
    assert look.can_be_taken


def test_a_person_sees_and_changes_in_a_workbook_what_is_theirs(fund):
    offered(fund, key="O-9", item="lamp")
    recipient = worker(Role.RECIPIENT)
    assert nouns_seen(fund, recipient) == ["requirement", "offer", "packaged-line"]
    data = edited(exported(fund), lambda book: put(book, "Contributions", "A", "Note", "Ours"))
    look = looked(data, fund, recipient)
    (row,) = [outcome for outcome in look.outcomes if outcome.row.key == "A"]
    assert (row.result, [finding.code for finding in row.findings]) == (REFUSED, ["contribution.no-right"])
