"""What a problem may hold by mistake is asked about, in JSON as in a workbook, and never changed."""

import copy
import json

import pytest

from pledgeline.plan import parse_problem, read_problem, validate
from pledgeline.plan.doubts import sums_among
from pledgeline.programme.findings import Severity

GOOD = {
    "currency": "USD",
    "packages": [{"id": "P-1", "order_day": 10}],
    "lines": [{"id": f"R-{number}", "item": "pump", "quantity": 10 * number} for number in (1, 2, 4)],
    "offers": [{"id": "O-1", "item": "pump", "unit_price_minor": 100, "supplier": "Works"}],
    "contributions": [
        {"id": "C-1", "amount_minor": 1_000, "partner": "Norway"},
        {"id": "C-2", "amount_minor": 5_000, "partner": "Denmark"},
    ],
}


def asked(change: dict) -> list[tuple[str, str]]:
    data = copy.deepcopy(GOOD)
    for section, rows in change.items():
        data[section] = [*data.get(section, []), *rows]
    problem, findings = read_problem(data)
    return [(finding.code, finding.place.column) for finding in [*findings, *validate(problem)]]


def test_the_good_one_is_not_asked_about():
    assert [] == asked({})


@pytest.mark.parametrize(
    ("section", "row", "code", "at"),
    [
        (
            "contributions",
            {"id": "C-3", "amount_minor": 6_000},
            "sum-of-rows",
            "contributions “C-3”.amount_minor",
        ),
        (
            "contributions",
            {"id": "Всього", "amount_minor": 6_001},
            "named-as-total",
            "contributions “Всього”",
        ),
        (
            "contributions",
            {"id": "C-3", "amount_minor": 1, "partner": "Razem"},
            "named-as-total",
            "contributions “C-3”",
        ),
        ("lines", {"id": "R-9", "item": "pump", "quantity": 70}, "sum-of-rows", "lines “R-9”.quantity"),
        ("contributions", {"id": "С-1", "amount_minor": 1}, "names-look-alike", "contributions “С-1”"),
        (
            "contributions",
            {"id": "C-3", "amount_minor": 1, "partner": "Norwаy"},
            "names-look-alike",
            "contributions “C-3”.partner",
        ),
        (
            "contributions",
            {"id": "C-3", "amount_minor": 1, "partner": "Swеden"},
            "mixed-letters",
            "contributions “C-3”.partner",
        ),
        ("suppliers", {"id": "Wоrks"}, "names-look-alike", "suppliers “Wоrks”"),
        (
            "contributions",
            {"id": "C-3", "amount_minor": 1, "use_by": 66_000},
            "day-far-away",
            "contributions “C-3”.use_by",
        ),
        (
            "lines",
            {"id": "R-9", "item": "pump", "quantity": 3, "need_by": 20_260_630},
            "day-far-away",
            "lines “R-9”.need_by",
        ),
    ],
)
def test_what_may_be_a_mistake_is_asked_about_at_its_place(section, row, code, at):
    assert (f"plan.{code}", at) in asked({section: [row]})


def test_the_letter_is_named_where_names_look_alike():
    data = copy.deepcopy(GOOD)
    data["contributions"][1]["id"] = "С-1"

    finding = validate(read_problem(data)[0])[0]

    assert Severity.ERROR is finding.severity
    assert "Cyrillic С (U+0421)" in finding.wrong


def test_names_in_two_forms_are_one():
    data = copy.deepcopy(GOOD)
    data["lines"][0]["item"] = "e\u0301tuve"
    data["offers"][0]["item"] = "\u00e9tuve"
    data["categories"] = {"e\u0301tuve": "he\u0301at"}

    problem, findings = read_problem(data)

    assert [] == findings
    assert problem.lines[0].item == problem.offers[0].item
    assert {"\u00e9tuve": "h\u00e9at"} == problem.categories


def test_a_name_that_stands_twice_in_an_object_is_refused():
    data = copy.deepcopy(GOOD)
    data["categories"] = {"e\u0301": "a", "\u00e9": "b"}

    assert ["plan.field-twice"] == [finding.code for finding in read_problem(data)[1]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"currency": "USD", "currency": "EUR"}', "plan.field-twice"),
        (
            '{"currency": "USD", "contributions": [{"id": "C", "amount_minor": 1, "amount_minor": 2}]}',
            "plan.field-twice",
        ),
        ('{"currency": "USD", "kits": {"K": {"A": 1, "A": 2}}}', "plan.field-twice"),
        (
            '{"currency": "USD", "lines": [{"id": "L", "item": "A", "quantity": ' + "9" * 5_000 + "}]}",
            "plan.out-of-range",
        ),
    ],
)
def test_what_a_program_would_pass_over_is_a_finding(text, code):
    assert [code] == [finding.code for finding in parse_problem(text)[1]]


def test_a_price_below_a_cent_is_said_of_a_lot():
    data = json.loads(json.dumps(GOOD).replace('"unit_price_minor": 100', '"unit_price_minor": 2.35'))

    finding = read_problem(data)[1][0]

    assert "exactly 235 for 100" in finding.way_out


def test_sums_by_hand():
    """7 = 3 + 4; then 5 + 6 = 11, of the rows since; then 18 = 3 + 4 + 5 + 6, of all that are no sums."""
    assert [(2, 2), (5, 2), (6, 4)] == sums_among([3, 4, 7, 5, 6, 11, 18], 2)
    assert [] == sums_among([3, 3, 0, 5], 2)
    assert [(0, 3)] == sums_among([9, 2, 3, 4], 2)
    assert [] == sums_among([5, 5], 2)
    assert [] == sums_among([5, 10, 15], 3)
