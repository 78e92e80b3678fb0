"""The workbook in the reader's language: written in it, and read whichever language its sheets and columns are in."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from pledgeline.exchange.noun_files import heading_of, headings_of, read_noun_file, sheet_name
from pledgeline.exchange.programme_workbook import NOUNS
from pledgeline.exchange.workbook import read_workbook, template, write_problem
from pledgeline.exchange.workbook.layout import CATEGORIES, SETTING_HELP, SHEETS, names_of, plain
from pledgeline.plan import digest_of, plan, read_problem
from pledgeline.programme.sentences import LANGUAGES, spoken_in
from tests.exchange.workbooks import FIRST_DAY, GOOD
from tests.plan.test_cases import CASES

LAYOUTS = (*SHEETS, CATEGORIES)
IN_UKRAINIAN = (
    "Довідка", "Потреби", "Пропозиції", "Внески", "Пакети", "Комплекти", "Замінники", "Постачальники", "Курси",
    "Налаштування", "Lists",
)  # fmt: skip


def filled_in(language: str):
    problem, _ = read_problem(GOOD)
    with spoken_in(language):
        return load_workbook(io.BytesIO(write_problem(problem, first_day=FIRST_DAY, title="A plan")))


def bytes_of(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_in(language: str, data: bytes):
    with spoken_in(language):
        return read_workbook(data, "plan.xlsx")


def wrong_in(language: str, book) -> dict[tuple[str, str], str]:
    """Say what is wrong, by sheet and cell."""
    with spoken_in(language):
        found = read_workbook(bytes_of(book), "plan.xlsx").findings
        return {(one.place.sheet, one.place.cell): one.wrong for one in found}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_sheet_column_and_setting_has_a_heading_in_each_language(language):
    with spoken_in(language):
        lacking = [layout.name for layout in LAYOUTS if not layout.about.part("heading")]
        lacking += [
            f"{layout.name}, {column.header}"
            for layout in LAYOUTS
            for column in layout.columns
            if not column.help.part("heading")
        ]
        lacking += [name for name, said in SETTING_HELP.items() if not said.part("heading")]

    assert [] == lacking


def test_no_name_stands_for_two_columns_of_a_sheet_or_for_two_sheets():
    named = [{plain(name) for name in layout.names} for layout in LAYOUTS]
    named_settings = [
        {plain(name) for name in names_of(name, said, ())} for name, said in SETTING_HELP.items()
    ]
    for parts in (
        named,
        named_settings,
        *([{plain(name) for name in column.headings} for column in layout.columns] for layout in LAYOUTS),
    ):
        assert "" not in set().union(*parts)
        assert sum(map(len, parts)) == len(set().union(*parts))


def test_the_headings_of_a_noun_tell_its_fields_apart_in_each_language():
    for noun in NOUNS.values():
        fields = list(noun.fields_said().values())
        for language in LANGUAGES:
            with spoken_in(language):
                assert len(fields) == len({plain(heading_of(said)) for said in fields})
        named = [{plain(name) for name in headings_of(said)} for said in fields]
        assert sum(map(len, named)) == len(set().union(*named)), noun.NAME


def test_the_template_speaks_ukrainian_to_who_reads_ukrainian():
    with spoken_in("uk"):
        book = load_workbook(io.BytesIO(template()))

    assert IN_UKRAINIAN == tuple(book.sheetnames)
    needs = book["Потреби"]
    assert ["Код", "Предмет", "Категорія", "Кількість", "Пріоритет", "Потрібно до"] == [
        cell.value for cell in needs[1]
    ][:6]
    assert needs["A1"].comment.text.startswith("Треба заповнити. Назва потреби")
    assert "ПРИКЛАД-1" == needs["A2"].value
    assert "категорія: енергетика; джерело: запаси" == book["Внески"]["E2"].value
    assert "Валюта" == book["Налаштування"]["A2"].value
    assert "дати" == book["Налаштування"]["B4"].value
    lists = {rule.formula1 for sheet in book for rule in sheet.data_validations.dataValidation}
    assert {'"так,ні"', "'Потреби'!$B$2:$B$1001", '"дати,числа"'} <= lists
    english = {"Requirements", "Offers", "Contributions", "Settings", "Packages", "Note", "EXAMPLE"}
    said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert [] == [text for text in said if any(word in text for word in english)]


def test_an_empty_template_says_so_on_the_sheet_that_the_file_has():
    with spoken_in("uk"):
        data = template()

    (finding,) = read_in("en", data).findings
    assert ("sheet.only-examples", "Потреби") == (finding.code, finding.place.sheet)


def test_a_ukrainian_template_that_is_filled_in_just_works():
    with spoken_in("uk"):
        book = load_workbook(io.BytesIO(template()))
    for place, value in ((1, "R-1"), (2, "насос"), (4, 3)):
        book["Потреби"].cell(4, place).value = value
    for place, value in enumerate(["O-1", "насос", None, 100, None, 10], start=1):
        book["Пропозиції"].cell(4, place).value = value
    for place, value in ((1, "C-1"), (2, "Норвегія"), (3, 250), (5, "Предмет: насос"), (11, "ні")):
        book["Внески"].cell(4, place).value = value
    book["Пакети"].cell(4, 1).value, book["Пакети"].cell(4, 2).value = "P-1", date(2026, 5, 1)

    reading = read_in("uk", bytes_of(book))

    assert () == reading.findings
    assert {"R-1": 2} == plan(reading.problem).fulfilled


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_ukrainian_workbook_comes_back_as_it_was_whoever_reads_it(case, language):
    problem, _ = read_problem(case)
    with spoken_in("uk"):
        data = write_problem(problem, first_day=date(2026, 1, 1))

    reading = read_in(language, data)

    assert () == reading.errors
    assert digest_of(problem) == digest_of(reading.problem)


def test_days_that_are_numbers_come_back_from_a_ukrainian_workbook():
    problem, _ = read_problem(GOOD)
    with spoken_in("uk"):
        data = write_problem(problem)

    assert digest_of(problem) == digest_of(read_in("en", data).problem)


def test_both_languages_may_stand_in_one_workbook():
    """Somebody renames one sheet and two columns, and pastes an English earmark."""
    book = filled_in("uk")
    book["Пропозиції"].title = "Offers"
    book["Offers"]["D1"].value = "Unit price (USD)"
    book["Потреби"]["D1"].value = "Qty"
    book["Внески"]["E3"].value = "category: water"

    reading = read_in("uk", bytes_of(book))

    assert () == reading.errors
    assert digest_of(read_problem(GOOD)[0]) == digest_of(reading.problem)


def test_a_finding_names_the_heading_as_the_file_has_it():
    """Who reads English learns of “Ціна одиниці”, as that is what stands in the file; “Qty” stays “Qty”."""
    book = filled_in("uk")
    book["Пропозиції"]["D2"].value = None
    book["Потреби"]["D1"].value = "К-сть"
    book["Потреби"]["D3"].value = None
    book["Внески"]["A1"].value = "Коод"

    said = wrong_in("en", book)
    assert "“Ціна одиниці” is empty." == said["Пропозиції", "D2"]
    assert "“К-сть” is empty." == said["Потреби", "D3"]
    assert "“Коод” is none of the columns." == said["Внески", "A1"]
    english = filled_in("en")
    english["Requirements"]["D1"].value, english["Requirements"]["D3"].value = "Qty", None
    assert {("Requirements", "D3"): "«Qty» порожня."} == wrong_in("uk", english)


def test_what_is_missing_is_named_in_the_language_of_the_reader():
    book = filled_in("uk")
    book["Потреби"].delete_cols(2)
    book.remove(book["Пакети"])

    wrong = wrong_in("uk", book).values()

    assert "Немає стовпця «Предмет»." in wrong
    assert "Аркуша Пакети немає." in wrong


def test_a_file_of_requirements_is_read_under_ukrainian_headings():
    noun = NOUNS["requirement"]
    with spoken_in("uk"):
        head = [heading_of(said) for said in noun.fields_said().values()]
        assert "Потреби" == sheet_name("requirement")
    values = {"Потреба": "R-1", "Предмет": "насос", "Одиниці": "5", "Пріоритет": "1"}
    row = [values.get(heading, "") for heading in head]
    data = "\n".join(",".join(f'"{text}"' for text in line) for line in (head, row)).encode()

    file = read_noun_file(data, "needs.csv", noun)

    assert () == file.findings
    (read,) = file.rows
    assert ("R-1", "насос", 5) == (read.raw["key"], read.raw["item"], read.raw["quantity"])
