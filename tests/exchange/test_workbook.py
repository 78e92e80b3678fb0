"""A problem survives its workbook, what people type is read as they mean it, and a plan can be read."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from pledgeline.exchange.workbook import (
    NotInAWorkbook,
    read_workbook,
    template,
    write_plan,
    write_problem,
)
from pledgeline.exchange.workbook.texts import earmark_text, read_earmark
from pledgeline.money import MINOR_DIGITS
from pledgeline.plan import PlanFigures, Problem, digest_of, explain_all, plan, read_problem
from pledgeline.plan.fields import EARMARK_KEYS
from pledgeline.plan.model import (
    Earmark,
    Line,
    Package,
    PlanContribution,
    PlanOffer,
    Substitute,
    Supplier,
)
from pledgeline.programme import findings
from pledgeline.programme.names import clean, look_alike_key
from tests.examples import examples
from tests.exchange.workbooks import both, changed, good, part, put, raw_cell, rows
from tests.plan.inventing import invent
from tests.plan.test_cases import CASES

NEW_YEAR = date(2026, 1, 1)


# ---- a problem survives its workbook ----


@pytest.mark.parametrize("first_day", [None, NEW_YEAR], ids=["numbers", "dates"])
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_shared_cases_come_back_as_they_were(case, first_day):
    problem, _ = read_problem(case)

    reading = read_workbook(write_problem(problem, first_day=first_day))

    assert not reading.errors
    assert problem == reading.problem
    assert digest_of(problem) == digest_of(reading.problem)
    assert first_day == reading.first_day


@pytest.mark.parametrize("seed", range(20))
def test_invented_problems_come_back_as_they_were(seed):
    problem, _ = read_problem(invent(seed, large_amounts=True))

    assert problem == read_workbook(write_problem(problem)).problem


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12).filter(
    lambda text: not text.startswith("EXAMPLE")
)
NAMES = st.one_of(WORDS, st.builds("{} {}".format, WORDS, WORDS)).map(clean)
"""Names as they are kept: composed, with one blank between words."""
LARGE = st.one_of(st.integers(0, 50), st.integers(0, 10**18))
DAYS = st.one_of(st.none(), st.integers(-(10**18), 10**18), st.integers(-400, 4000))
FRACTIONS = st.builds(Fraction, st.integers(1, 10**6), st.integers(1, 10**4))
CODES = st.sampled_from(["USD", "EUR", "JPY", "KWD", "CLF", "ISK"])


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Invent a problem that has every term, with names and numbers nobody would choose."""
    items = draw(st.lists(NAMES, min_size=2, max_size=4, unique_by=look_alike_key))
    ids = st.lists(NAMES, max_size=3, unique_by=look_alike_key)
    known = st.sampled_from(items)
    currency = draw(CODES)
    codes = draw(st.lists(CODES, unique=True))
    values = st.frozensets(NAMES, max_size=2)
    earmark = st.builds(
        Earmark,
        allow=st.dictionaries(st.sampled_from(EARMARK_KEYS), values, max_size=2),
        deny=st.dictionaries(st.sampled_from(EARMARK_KEYS), values, max_size=2),
    )
    quantities = st.integers(1, 10**9)
    return Problem(
        currency=currency,
        lines=tuple(
            draw(
                st.builds(
                    Line,
                    id=st.just(name),
                    item=known,
                    quantity=quantities,
                    priority=st.integers(0, 9),
                    need_by=DAYS,
                    min_useful=quantities,
                    multiple=quantities,
                    weight=st.one_of(st.just(Fraction(0)), FRACTIONS),
                )
            )
            for name in draw(ids)
        ),
        offers=tuple(
            draw(
                st.builds(
                    PlanOffer,
                    id=st.just(name),
                    item=known,
                    unit_price_minor=LARGE,
                    available=st.one_of(st.none(), LARGE),
                    lead_days=LARGE,
                    lot=quantities,
                    min_order=LARGE,
                    supplier=st.one_of(st.just(""), NAMES),
                    source=st.one_of(st.just(""), NAMES),
                )
            )
            for name in draw(ids)
        ),
        contributions=tuple(
            draw(
                st.builds(
                    PlanContribution,
                    id=st.just(name),
                    amount_minor=LARGE,
                    currency=st.sampled_from([currency, *(code for code in codes if code != currency)]),
                    earmark=earmark,
                    fee_bps=st.integers(0, 10_000),
                    max_share=st.one_of(st.none(), st.fractions(0, 1, max_denominator=999)),
                    whole_package_only=st.booleans(),
                    partner=st.one_of(st.just(""), NAMES),
                )
            )
            for name in draw(ids)
        ),
        packages=tuple(
            draw(
                st.builds(
                    Package,
                    id=st.just(name),
                    order_day=DAYS.filter(lambda day: day is not None),
                    target_minor=LARGE,
                    tolerance_minor=LARGE,
                    max_lines=st.one_of(st.none(), st.integers(0, 9)),
                )
            )
            for name in draw(ids)
        ),
        rates={code: draw(FRACTIONS) for code in codes if code != currency},
        categories=draw(st.dictionaries(known, NAMES)),
        suppliers=tuple(
            draw(
                st.builds(
                    Supplier, id=st.just(name), capacity=st.one_of(st.none(), LARGE), charge_minor=LARGE
                )
            )
            for name in draw(ids)
        ),
        substitutes=tuple(
            draw(st.lists(st.just(Substitute(item=items[0], by=items[1], ratio=draw(FRACTIONS))), max_size=1))
        ),
    )


@settings(max_examples=examples(10), deadline=None)
@given(problems())
def test_any_problem_comes_back_as_it_was(problem):
    reading = read_workbook(write_problem(problem))

    assert not reading.errors, [str(one) for one in reading.errors]
    assert problem == reading.problem


def test_a_text_that_no_cell_keeps_is_refused():
    for text in ("", " R-1", "R\n1", "R\x011", "EXAMPLE-1", "R\u00a01", "e\u0301"):
        with pytest.raises(NotInAWorkbook):
            write_problem(Problem(currency="USD", lines=(Line(id=text, item="A", quantity=1),)))
    with pytest.raises(NotInAWorkbook):
        write_problem(Problem(currency="BTC"))


def test_rates_are_between_whole_units():
    """A yen is two thirds of a cent: between minor units 2/3, between units 0.00666…; a dinar has 1,000 fils."""
    problem = Problem(currency="USD", rates={"JPY": Fraction(2, 3), "KWD": Fraction(13, 40)})

    book = load_workbook(io.BytesIO(write_problem(problem)))

    assert ["1/150", 3.25] == [book["Rates"][cell].value for cell in ("B2", "B3")]


def test_long_amounts_are_kept_as_text():
    """Fifteen digits are what a spreadsheet keeps: 10 billion and a cent is a number, 10 trillion and a cent a text."""
    offers = [
        PlanOffer(id="a", item="A", unit_price_minor=10**12 + 1),
        PlanOffer(id="b", item="A", unit_price_minor=10**15 + 1),
    ]

    sheet = load_workbook(io.BytesIO(write_problem(Problem(currency="USD", offers=tuple(offers)))))["Offers"]

    assert [10_000_000_000.01, "10000000000000.01"] == [sheet["D2"].value, sheet["D3"].value]


# ---- what people type ----


def amount_read(typed: object, number_format: str = "General") -> int:
    reading = read_workbook(changed(put("Offers", "D2", typed, number_format)))
    assert reading.problem is not None, [str(one.wrong) for one in reading.errors]
    return reading.problem.offers[0].unit_price_minor


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        (1250.5, 125_050),
        ("1250.5", 125_050),
        ("1250,50", 125_050),
        (" 1 250,50 ", 125_050),
        ("1\u202f250,50", 125_050),
        ("1,250.50", 125_050),
        ("1.250,50", 125_050),
        ("1'250.50", 125_050),
        ("1’250", 125_000),
        ("1.234.567", 123_456_700),
        ("1,234,567.8", 123_456_780),
        ("USD 1250", 125_000),
        ("1250 usd", 125_000),
        ("$1,250.00", 125_000),
        ("0,125e", None),
        (1250, 125_000),
        (0, 0),
        (0.1 + 0.2, 30),
    ],
)
def test_amounts_in_several_hands(typed, minor):
    if minor is None:
        assert read_workbook(changed(put("Offers", "D2", typed))).problem is None
    else:
        assert minor == amount_read(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-06-30",
        "2026/6/30",
        "30.06.2026",
        "30. 6. 2026",
        "30. 06.2026",
        "30 . 6 . 2026",
        "30.\u00a06.\u00a02026",
        "30 / 6 / 2026",
        "2026 - 06 - 30",
        "30/06/2026",
        "06/30/2026",
        "30 June 2026",
        "June 30, 2026",
        "30-Jun-2026",
        "30th Jun 2026",
        " 2026-06-30 ",
        "2026-06-30T00:00:00",
        date(2026, 6, 30),
        datetime(2026, 6, 30),
        46203,
    ],
    ids=str,
)
def test_days_in_several_hands(typed):
    """46203 is what a spreadsheet keeps for 30 June 2026; it is day 180 of a plan that begins on 1 January."""
    reading = read_workbook(changed(put("Requirements", "F2", typed)))

    assert 180 == reading.problem.lines[0].need_by


@pytest.mark.parametrize(
    ("typed", "number_format", "share"),
    [
        (0.5, "0%", Fraction(1, 2)),
        ("50%", "General", Fraction(1, 2)),
        ("12,5 %", "General", Fraction(1, 8)),
        ("1/3", "@", Fraction(1, 3)),
        (1, "General", Fraction(1)),
        (0.25, "General", Fraction(1, 4)),
    ],
)
def test_shares_in_several_hands(typed, number_format, share):
    reading = read_workbook(changed(put("Contributions", "J4", typed, number_format)))

    assert share == reading.problem.contributions[2].max_share


def test_a_workbook_filled_in_loosely_is_read():
    """Other words and capitals in headers, a title above them, columns moved, blanks, notes, numbers as names."""

    def loosely(book):
        sheet = book["Requirements"]
        sheet["A1"].value, sheet["D1"].value, sheet["F1"].value = "requirement ID", " QTY ", "Needed-by"
        sheet.insert_rows(1, 2)
        sheet["A1"].value = "Our needs for the spring"
        sheet["A4"].value, sheet["A5"].value = 101, 102.0
        sheet["B4"].value = "pump  "
        sheet["L5"].value = "a remark far to the right"
        book.create_sheet("My notes")["A1"].value = "nothing that matters"
        book["Offers"].title = "offers "

    reading = read_workbook(changed(loosely))

    assert () == reading.findings
    assert ["101", "102", "R-3"] == [line.id for line in reading.problem.lines]
    assert [10, 5, 2] == [line.quantity for line in reading.problem.lines]


def test_formulas_are_read_by_their_values():
    spoil = raw_cell(1, "D2", "<f>5*4</f><v>20</v>")

    assert 20 == read_workbook(spoil(good())).problem.lines[0].quantity


def test_a_template_that_is_filled_in_just_works():
    book = load_workbook(io.BytesIO(template()))
    book["Requirements"].cell(4, 1).value = "R-1"
    book["Requirements"].cell(4, 2).value = "pump"
    book["Requirements"].cell(4, 4).value = 3
    for place, value in enumerate(["O-1", "pump", None, 100, None, 10], start=1):
        book["Offers"].cell(4, place).value = value
    for place, value in enumerate(["C-1", "Norway", 250], start=1):
        book["Contributions"].cell(4, place).value = value
    book["Packages"].cell(4, 1).value, book["Packages"].cell(4, 2).value = "P-1", date(2026, 5, 1)
    out = io.BytesIO()
    book.save(out)

    reading = read_workbook(out.getvalue())

    assert () == reading.findings
    assert {"R-1": 2} == plan(reading.problem).fulfilled
    assert date(2026, 5, 1) == reading.first_day


def test_good_rows_are_not_lost_for_a_bad_one():
    reading = read_workbook(changed(both(put("Requirements", "D2", "ten"), put("Offers", "D3", -1))))

    assert reading.problem is None
    assert ["R-2", "R-3"] == [row["id"] for row in reading.raw["lines"]]
    assert ["O-1", "O-3", "O-4"] == [row["id"] for row in reading.raw["offers"]]
    assert (2, 3, 3) == tuple(reading.kept[name] for name in ("Requirements", "Offers", "Contributions"))
    assert [("Requirements", "D2"), ("Offers", "D3")] == [
        (one.place.sheet, one.place.cell) for one in reading.findings
    ]


def test_a_name_is_given_twice_whatever_else_is_wrong_with_its_row():
    """R-1 has no number of units; below it another row has its name. Rows without a name share none."""
    sheet = "Requirements"
    nameless = rows(sheet, [None, "pump", None, 4], [None, "tent", None, 4])
    broken = changed(both(put(sheet, "D2", "ten"), put(sheet, "A3", "R-1"), nameless))

    found = [one for one in read_workbook(broken, "plan.xlsx").findings if one.place.sheet == sheet]
    assert {
        ("D2", "cell.not-a-number"),
        ("A3", "row.duplicate"),
        ("A5", "cell.empty"),
        ("A6", "cell.empty"),
    } == {(one.place.cell, one.code) for one in found}


def test_more_faults_than_anybody_corrects_are_not_listed(monkeypatch):
    monkeypatch.setattr(findings, "MOST_FINDINGS", 20)

    def fill(book):
        for number in range(50):
            book["Requirements"].append([f"R-{number + 10}", "pump", None, 0])

    reading = read_workbook(changed(fill))

    assert 21 == len(reading.findings)
    assert "reading.too-many" in {one.code for one in reading.findings}


def test_a_workbook_without_comments_and_fills_is_marked():
    """Nothing is there yet that comments could be added to; a missing cell and a missing row are put in."""
    book = Workbook()
    book.active.title = "Requirements"
    for row in (["Id", "Item", "Quantity"], ["R-1", "pump", 5], ["R-2", None, "ten"]):
        book.active.append(row)
    for name, header in (
        ("Offers", ["Id", "Item", "Unit price", "Lead time"]),
        ("Contributions", ["Id", "Amount"]),
        ("Packages", ["Id", "Order day"]),
        ("Settings", ["Currency", "USD"]),
    ):
        book.create_sheet(name).append(header)
    out = io.BytesIO()
    book.save(out)

    reading = read_workbook(out.getvalue())
    marked = load_workbook(io.BytesIO(reading.marked))

    assert {"B3", "C3"} == {one.place.cell for one in reading.errors}
    assert "“ten” is not a number" in marked["Requirements"]["C3"].comment.text
    assert "“Item” is empty" in marked["Requirements"]["B3"].comment.text
    assert "FFFFC7CE" == marked["Requirements"]["B3"].fill.fgColor.rgb
    assert "no row below" in marked["Offers"]["A1"].comment.text
    assert [str(one) for one in reading.findings] == [
        str(one) for one in read_workbook(reading.marked).findings
    ]


def test_marking_twice_says_it_once():
    reading = read_workbook(changed(put("Requirements", "D2", "ten")))
    again = read_workbook(reading.marked)

    text = load_workbook(io.BytesIO(again.marked))["Requirements"]["D2"].comment.text

    assert 1 == text.count("is not a number")


def test_protected_sheets_and_substitutes_in_a_circle_are_read():
    def change(book):
        book["Offers"].protection.sheet = True
        book["Substitutes"].append(["small generator", "generator", 2])

    reading = read_workbook(changed(change))

    assert ["plan.substitute-chain"] * 2 == [one.code for one in reading.findings]
    assert reading.problem is not None


def test_the_marked_copy_keeps_what_a_library_would_lose():
    """Formulas keep their values, and parts that nobody here knows stay byte for byte."""
    data = raw_cell(1, "D3", "<f>1+1</f><v>5</v>")(changed(put("Requirements", "D2", "ten")))
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
        package.writestr("xl/media/image1.png", b"picture")

    marked = read_workbook(out.getvalue()).marked

    with zipfile.ZipFile(io.BytesIO(marked)) as package:
        assert b"macro" == package.read("xl/vbaProject.bin")
        assert b"picture" == package.read("xl/media/image1.png")
        assert b"<f>1+1</f><v>5</v>" in package.read("xl/worksheets/sheet1.xml")
    assert ["D2"] == [one.place.cell for one in read_workbook(marked).findings]


def test_a_marked_copy_that_is_corrected_is_good():
    marked = read_workbook(changed(put("Requirements", "D2", "ten"))).marked
    book = load_workbook(io.BytesIO(marked))
    book["Requirements"]["D2"].value = 10
    out = io.BytesIO()
    book.save(out)

    assert () == read_workbook(out.getvalue()).findings


@settings(max_examples=examples(15), deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_no_bytes_make_it_fall_over(noise, place):
    data = good()
    start = len(data) * place // 400

    reading = read_workbook(data[:start] + noise + data[start + len(noise) :])

    assert reading.problem is not None or reading.errors
    assert read_workbook(noise).errors


@settings(max_examples=examples(10), deadline=None)
@given(
    st.sampled_from(["Requirements", "Offers", "Contributions", "Packages", "Kits", "Substitutes", "Rates"]),
    st.integers(2, 4),
    st.integers(1, 12),
    st.one_of(
        st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30),
        st.integers(-(10**20), 10**20),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.datetimes(datetime(1901, 1, 1), datetime(9000, 1, 1)),
    ),
)
def test_no_value_in_a_cell_makes_it_fall_over(sheet, row, column, value):
    def change(book):
        cell = book[sheet].cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"

    reading = read_workbook(changed(change))

    assert (reading.problem is None) == bool(reading.errors)


def test_strict_workbooks_and_bare_rows_are_read():
    """Some programs write no addresses for rows and cells, and inline texts."""

    def bare(xml: bytes) -> bytes:
        head, _, rest = xml.partition(b"<sheetData>")
        rest = rest.partition(b"</sheetData>")[2]
        row = b"<row>" + b"".join(
            b'<c t="inlineStr"><is><t>' + text + b"</t></is></c>" for text in (b"Currency", b"Rate")
        )
        return (
            head
            + b"<sheetData>"
            + row
            + b'</row><row><c t="inlineStr"><is><t>NOK</t></is></c><c><v>1E-1</v></c></row></sheetData>'
            + rest
        )

    reading = read_workbook(part("xl/worksheets/sheet8.xml", bare)(good()))

    assert () == reading.findings
    assert {"NOK": Fraction(1, 10)} == reading.problem.rates


@given(
    st.dictionaries(
        st.sampled_from(EARMARK_KEYS),
        st.frozensets(st.one_of(NAMES, st.sampled_from(["", 'a"b', "c; d: e, f", "“x”", "”;"]))),
    )
)
def test_earmarks_come_back_as_they_were(terms):
    read = read_earmark(earmark_text(terms))

    assert terms == {key: frozenset(values) for key, values in read.items()}


# ---- the plan as a workbook ----


def sheets_of(data: bytes) -> dict[str, list[list[object]]]:
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in load_workbook(io.BytesIO(data))
    }


def test_a_plan_can_be_read_in_its_workbook():
    problem = read_workbook(good()).problem
    made = plan(problem)

    sheets = sheets_of(
        write_plan(PlanFigures(problem=problem, plan=made), first_day=NEW_YEAR, title="Spring")
    )

    assert ["Summary", "Packages", "Who pays what", "Lines", "Orders", "Partners", "Proof"] == list(sheets)
    assert "Spring" == sheets["Summary"][0][0]
    paid = sum(Decimal(str(row[8])) for row in sheets["Who pays what"][3:])
    assert Decimal(made.cost_minor) / 100 == paid
    said = {row[0]: row[12] for row in sheets["Lines"][3:]}
    waits = {one.line for one in explain_all(problem, made)}
    assert waits == {line for line, why in said.items() if why}
    facts = {row[0]: row[1] for row in sheets["Proof"] if row[0]}
    assert digest_of(problem) == facts["Digest of the input (SHA-256)"]
    assert "Every rule is kept and every cent is accounted for." == facts["Checked anew in integers"]
    exact = {score.name.replace("tier", "Priority"): str(score.value) for score in made.scores}
    assert exact["Priority 1"] == facts["Priority 1"]


def test_a_broken_plan_is_not_proved():
    problem = read_workbook(good()).problem
    made = plan(problem)
    spoiled = replace(made, cost_minor=made.cost_minor + 1)

    proof = sheets_of(write_plan(PlanFigures(problem=problem, plan=spoiled)))["Proof"]

    facts = {row[0]: row[1] for row in proof if row[0]}
    assert "1 rule is broken: do not use this plan." == facts["Checked anew in integers"]


def test_names_of_people_are_never_formulas():
    evil = '=HYPERLINK("http://example.org")'
    change = both(
        put("Contributions", "B2", evil),
        rows("Requirements", ["@SUM(1)", "pump", None, 3, 1, None, None, None]),
    )

    def as_text(book):
        change(book)
        book["Contributions"]["B2"].data_type = "s"

    reading = read_workbook(changed(as_text))
    figures = PlanFigures(problem=reading.problem, plan=plan(reading.problem))
    data = write_plan(figures, title="+1+1")

    for sheet in load_workbook(io.BytesIO(data)):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    again = load_workbook(io.BytesIO(write_problem(reading.problem)))
    assert "s" == again["Contributions"]["B2"].data_type
    assert evil == again["Contributions"]["B2"].value


def test_every_currency_is_offered_in_the_template():
    lists = load_workbook(io.BytesIO(template()))["Lists"]

    assert sorted(MINOR_DIGITS) == [row[0].value for row in lists.iter_rows(min_row=2)]
