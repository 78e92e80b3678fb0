"""Totals among the rows of a workbook: by a word in each language, by a sum, by a formula; and names that are none."""

import re

import pytest

from pledgeline.exchange.workbook import WorkbookReading, read_workbook
from tests.exchange.workbooks import changed, good, raw_cell, rows


def said(reading: WorkbookReading) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.place.sheet, finding.place.cell) for finding in reading.findings]


TOTALS = """
    Total|TOTALS|Grand Total|Sub-total|Subtotal:|Sum|In total|Total (USD)|Total contributions|TOTAL 2026|Σ
    Усього|Всього|ВСЬОГО:|Разом|Разом, грн|Підсумок|Проміжний підсумок|Загальна сума
    Итого|ИТОГО:|Всего|Общий итог|Подытог|Summe|Gesamt|Gesamtsumme|Zwischensumme|Gesamtergebnis|Insgesamt
    Tоtal|Итoго|ВСЬОГO:|T O T A L|Total¹|Gr. total|Total pledged|Total of all donors|Suma razem|Podsumowanie|Übertrag
    Total (USD mln)|Всього (млн USD)|Sum of above|Carried forward
    Total général|Sous-total|Somme|Totaux|Suma|Suma total|Total parcial|Razem|Ogółem|Łącznie|Suma częściowa
"""


@pytest.mark.parametrize("word", [word.strip() for word in re.split(r"[|\n]", TOTALS) if word.strip()])
def test_a_word_for_a_total_stops_the_plan_in_each_language(word):
    reading = read_workbook(changed(rows("Contributions", [word, None, 3_140_001])))

    assert [("row.total", "Contributions", "A5")] == said(reading)


@pytest.mark.parametrize(
    "name",
    [
        "Razem for Ukraine",
        "TotalEnergies",
        "Sumy region",
        "SUM-01",
        "Totalförsvarets institut",
        "T-1",
        "Somme-1",
        "Разом для України",
        "Total SA",
        "Totaal BV",
        "Suma Capital",
        "Summit Fund",
        "Overall",
        "Всеволод",
    ],
)
def test_a_name_that_holds_such_a_word_is_a_name(name):
    reading = read_workbook(changed(rows("Contributions", [name, name, 3_140_001])))

    assert () == reading.findings


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ([4_000, 6_000], []),
        ([4_000, 3_144_000], ["C6"]),
        ([3_140_000, 500, 600, 1_100], ["C5", "C8"]),
        ([140_000], ["C5"]),
        ([3_000_000], []),
    ],
)
def test_a_sum_of_the_rows_above_is_asked_about(values, asked):
    """Above stand 3,000,000 NOK, 50,000 USD and 90,000 USD."""
    more = [[f"C-{place}", None, value, "USD"] for place, value in enumerate(values, start=4)]

    reading = read_workbook(changed(rows("Contributions", *more)))

    assert [("plan.sum-of-rows", cell) for cell in asked] == [
        (finding.code, finding.place.cell) for finding in reading.findings
    ]
    assert reading.problem is not None


@pytest.mark.parametrize(
    "name",
    [
        "Норвегія, разом",
        "Norwegen Summe",
        "Проміжний підсумок 1",
        "Sub-total A",
        "Підсумок за 2025 рік",
        "Всего к оплате",
    ],
)
def test_a_name_that_may_be_a_total_is_asked_about(name):
    reading = read_workbook(changed(rows("Contributions", ["C-4", name, 3_140_001])))

    assert [("row.perhaps-total", "Contributions", "B5")] == said(reading)
    assert reading.problem is not None


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(C2:C3)",
        "SUBTOTAL(9,C$2:C$3)",
        "C2+C3",
        "+$C$2+$C$3",
        "SUM(C2,C3)",
        "AGGREGATE(9,5,C2:C3)",
        "ROUND(SUM(C2:C3),2)",
        "SUM(Contributions!C2:C3)",
        "SUBTOTAL(109,Money[Amount])",
    ],
)
def test_a_formula_that_adds_up_its_own_column_is_asked_about(formula):
    """The value that it had when it was saved is that of other rows: 3,000,000 and 50,000 are not 90,001."""
    reading = read_workbook(raw_cell(3, "C4", f"<f>{formula}</f><v>90001</v>")(good()))

    assert [("row.perhaps-total", "Contributions", "C4")] == said(reading)
    assert reading.problem is not None


@pytest.mark.parametrize(
    "formula",
    ["SUM(Bank!C2:C9)", "SUM('Our bank'!C2,Bank!C3)", "SUM(D4:F4)", "C3*1.8", "SUM(40000,50001)", "C3+40001"],
)
def test_a_formula_of_other_cells_is_a_figure(formula):
    assert () == read_workbook(raw_cell(3, "C4", f"<f>{formula}</f><v>90001</v>")(good())).findings


def test_a_sum_that_its_formula_gives_away_is_asked_about_once():
    edit = changed(rows("Contributions", ["C-4", None, 3_140_000]))

    reading = read_workbook(raw_cell(3, "C5", "<f>SUM(C2:C4)</f><v>3140000</v>")(edit))

    assert [("row.perhaps-total", "Contributions", "C5")] == said(reading)


def test_a_total_in_the_currency_of_the_plan_is_asked_about():
    """3,000,000 NOK at 0.1 are 300,000; with 50,000 and 90,000 they are 440,000 dollars."""
    reading = read_workbook(changed(rows("Contributions", ["C-4", None, 440_000, "USD"])))

    assert [("plan.sum-of-rows", "Contributions", "C5")] == said(reading)


def test_money_with_terms_of_its_own_is_no_sum_of_two_others():
    """50,000 and 90,000 are 140,000: chance, as it comes from somebody else and for something else."""
    row = ["C-4", "Sweden", 140_000, "USD", "category: water"]

    assert () == read_workbook(changed(rows("Contributions", row))).findings
