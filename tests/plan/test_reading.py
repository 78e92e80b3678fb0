"""Wrong problems: each kind of slip is a finding with its place, and never a traceback."""

import copy
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgeline.plan import parse_problem, plan, problem_to_json, read_problem, validate
from pledgeline.plan.read import MOST_VALUES
from pledgeline.programme import findings as programme_findings
from pledgeline.programme.findings import Severity
from tests.examples import examples

GOOD = {
    "currency": "USD",
    "rates": {"EUR": [11, 10]},
    "categories": {"A": "air"},
    "kits": {"K": {"A": 1, "B": 2}},
    "substitutes": [{"item": "A", "by": "B", "ratio": [1, 2]}],
    "packages": [{"id": "P1", "order_day": 0, "target_minor": 100, "tolerance_minor": 100, "max_lines": 3}],
    "lines": [{"id": "L1", "item": "A", "quantity": 2, "priority": 1, "need_by": 9, "weight": 2}],
    "offers": [{"id": "O1", "item": "A", "unit_price_minor": 50, "available": 4, "lead_days": 1, "lot": 1}],
    "contributions": [
        {
            "id": "C1",
            "amount_minor": 100,
            "currency": "EUR",
            "earmark": {"allow": {"item": ["A"]}},
            "fee_bps": 5,
        }
    ],
}


def test_the_good_one_has_no_findings_and_survives_its_json():
    problem, findings = read_problem(GOOD)

    assert findings == []
    assert read_problem(problem_to_json(problem)) == (problem, [])


def test_what_turns_the_direction_of_a_line_is_named_and_not_repeated():
    wrong = {**GOOD, "lines": [{**GOOD["lines"][0], "id": "L\u202e1", "item": "A\u202e"}]}
    _, findings = read_problem(wrong)

    assert 2 == len([finding for finding in findings if finding.code == "plan.not-a-text"])
    assert "U+202E" in findings[0].wrong
    assert not any("\u202e" in f"{finding.place}{finding.wrong}{finding.excerpt}" for finding in findings)


WRONG = [
    ("currency", None, "plan.not-a-text"),
    ("currency", 3.5, "plan.not-a-text"),
    ("currency", "", "plan.not-a-text"),
    ("lines", {}, "plan.not-a-list"),
    ("lines", "L1", "plan.not-a-list"),
    ("lines.0", 7, "plan.not-an-object"),
    ("lines.0.id", "", "plan.not-a-text"),
    ("lines.0.id", [], "plan.not-a-text"),
    ("lines.0.item", None, "plan.not-a-text"),
    ("lines.0.id", "L\u202e1", "plan.not-a-text"),
    ("lines.0.item", "A\u202e", "plan.not-a-text"),
    ("offers.0.supplier", "Nord\u2066land", "plan.not-a-text"),
    ("contributions.0.partner", "West\u200bmark", "plan.not-a-text"),
    ("contributions.0.earmark.allow.item", ["A\u202e"], "plan.not-an-earmark"),
    ("lines.0.quantity", None, "plan.missing"),
    ("lines.0.quantity", 0, "plan.out-of-range"),
    ("lines.0.quantity", -3, "plan.out-of-range"),
    ("lines.0.quantity", 1.5, "plan.not-a-whole-number"),
    ("lines.0.quantity", "4", "plan.not-a-whole-number"),
    ("lines.0.quantity", True, "plan.not-a-whole-number"),
    ("lines.0.quantity", 10**30, "plan.out-of-range"),
    ("lines.0.priority", -1, "plan.out-of-range"),
    ("lines.0.priority", "high", "plan.not-a-whole-number"),
    ("lines.0.need_by", "2025-08-01", "plan.not-a-whole-number"),
    ("lines.0.min_useful", -1, "plan.out-of-range"),
    ("lines.0.multiple", 0, "plan.out-of-range"),
    ("lines.0.weight", -1, "plan.out-of-range"),
    ("lines.0.weight", "heavy", "plan.not-a-number"),
    ("lines.0.weight", [1, 0], "plan.not-a-number"),
    ("lines.0.weight", "1e999999999", "plan.not-a-number"),
    ("lines.0.colour", "red", "plan.unknown-field"),
    ("offers.0.unit_price_minor", -1, "plan.out-of-range"),
    ("offers.0.unit_price_minor", 0.5, "plan.not-a-whole-number"),
    ("offers.0.unit_price_minor", None, "plan.missing"),
    ("offers.0.available", -1, "plan.out-of-range"),
    ("offers.0.lead_days", -1, "plan.out-of-range"),
    ("offers.0.lot", 0, "plan.out-of-range"),
    ("offers.0.min_order", -1, "plan.out-of-range"),
    ("offers.0.supplier", {}, "plan.not-a-text"),
    ("packages.0.order_day", "Monday", "plan.not-a-whole-number"),
    ("packages.0.target_minor", -1, "plan.out-of-range"),
    ("packages.0.target_minor", None, "plan.tolerance-without-target"),
    ("packages.0.tolerance_minor", -1, "plan.out-of-range"),
    ("packages.0.max_lines", -1, "plan.out-of-range"),
    ("contributions.0.amount_minor", -1, "plan.out-of-range"),
    ("contributions.0.amount_minor", "1e6", "plan.not-a-whole-number"),
    ("contributions.0.fee_bps", 10_001, "plan.out-of-range"),
    ("contributions.0.max_share", 2, "plan.out-of-range"),
    ("contributions.0.max_share", "half", "plan.not-a-number"),
    ("contributions.0.whole_package_only", "yes", "plan.not-yes-or-no"),
    ("contributions.0.earmark", "A", "plan.not-an-earmark"),
    ("contributions.0.earmark", {"only": {}}, "plan.not-an-earmark"),
    ("contributions.0.earmark.allow", ["A"], "plan.not-an-earmark"),
    ("contributions.0.earmark.allow.item", "A", "plan.not-an-earmark"),
    ("contributions.0.earmark.allow.colour", ["red"], "plan.unknown-earmark-key"),
    ("rates", [], "plan.not-an-object"),
    ("rates.EUR", 0, "plan.out-of-range"),
    ("rates.EUR", "much", "plan.not-a-number"),
    ("categories.A", 1.5, "plan.not-a-text"),
    ("kits.K", {}, "plan.not-a-kit"),
    ("kits.K", ["A"], "plan.not-a-kit"),
    ("kits.K.A", 0, "plan.out-of-range"),
    ("substitutes.0.ratio", 0, "plan.out-of-range"),
    ("substitutes.0.ratio", -1, "plan.out-of-range"),
    ("substitutes.0.by", None, "plan.not-a-text"),
    ("wishes", [], "plan.unknown-field"),
]


def _with(path, value):
    data = copy.deepcopy(GOOD)
    at = data
    *steps, last = path.split(".")
    for step in steps:
        at = at[int(step)] if isinstance(at, list) else at[step]
    if isinstance(at, list):
        at[int(last)] = value
    else:
        at[last] = value
    return data


@pytest.mark.parametrize(("path", "value", "code"), WRONG)
def test_a_slip_is_a_finding_with_its_place(path, value, code):
    _, findings = read_problem(_with(path, value), "wishes.json")

    assert [finding.code for finding in findings] == [code]
    assert findings[0].place.file == "wishes.json"
    assert findings[0].place.column


SENSELESS = [
    ("currency", "XYZ", "plan.unknown-currency"),
    ("contributions.0.currency", "XYZ", "plan.unknown-currency"),
    ("contributions.0.currency", "NOK", "plan.no-rate"),
    ("rates.USD", 2, "plan.rate-to-itself"),
    ("lines", GOOD["lines"] * 2, "plan.duplicate-id"),
    ("offers", GOOD["offers"] * 2, "plan.duplicate-id"),
    ("packages", GOOD["packages"] * 2, "plan.duplicate-id"),
    ("contributions", GOOD["contributions"] * 2, "plan.duplicate-id"),
    ("lines.0.weight", 1e-300, "plan.extreme-number"),
    ("lines.0.weight", [1, 3**99], "plan.extreme-number"),
    ("rates.EUR", "1e-13", "plan.extreme-number"),
    ("substitutes.0.ratio", 10**13, "plan.extreme-number"),
    ("lines.0.item", "Z", "plan.no-offer"),
    ("lines.0.item", "Z", "plan.offer-not-wanted"),
    ("lines.0.min_useful", 3, "plan.min-useful-above-quantity"),
    ("lines.0.need_by", -5, "plan.needed-before-first-order"),
    ("offers.0.min_order", 5, "plan.order-above-stock"),
    ("packages.0.target_minor", 10_000, "plan.floor-above-money"),
    ("contributions.0.earmark.allow.item", ["a"], "plan.earmark-names-nothing"),
    ("contributions.0.earmark.allow.item", [], "plan.earmark-allows-nothing"),
    ("contributions.0.earmark.deny", {"item": ["A"]}, "plan.earmark-contradicts-itself"),
    ("contributions.0.use_by", -1, "plan.lapses-before-order"),
    ("contributions.0.available_from", 1, "plan.available-after-last-order"),
    ("kits.K.K", 1, "plan.nested-kit"),
    ("substitutes", GOOD["substitutes"] * 2, "plan.duplicate-substitute"),
    ("substitutes.0.by", "A", "plan.substitute-of-itself"),
    ("substitutes.0.by", "K", "plan.substitute-and-kit"),
]


@pytest.mark.parametrize(("path", "value", "code"), SENSELESS)
def test_a_problem_that_makes_no_sense_is_said(path, value, code):
    problem, findings = read_problem(_with(path, value))

    assert findings == []
    assert code in [finding.code for finding in validate(problem)]


def test_money_that_lapses_before_it_comes_pays_for_nothing_and_the_rest_is_planned():
    data = _with("contributions.0.use_by", 3)
    data["contributions"][0]["available_from"] = 4
    problem = read_problem(data)[0]

    assert [(finding.code, finding.severity) for finding in validate(problem)] == [
        ("plan.lapses-before-available", Severity.WARNING)
    ]
    assert plan(problem).paid_minor[problem.contributions[0].id] == 0


@pytest.mark.parametrize("text", ["", "{", "[1,", "nul", "[" * 100_000])
def test_what_is_not_json_is_a_finding(text):
    assert [finding.code for finding in parse_problem(text)[1]] == ["plan.not-json"]


@pytest.mark.parametrize("text", ["[]", "3", "null", '"x"'])
def test_what_is_no_object_is_a_finding(text):
    assert [finding.code for finding in parse_problem(text)[1]] == ["plan.not-an-object"]


def test_good_rows_are_kept_beside_faulty_ones():
    data = _with("lines", [*GOOD["lines"], {"id": "L2"}])

    assert [line.id for line in read_problem(data)[0].lines] == ["L1"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from([path for path, _, _ in WRONG]), JSON)
@settings(max_examples=examples(40), deadline=None)
def test_no_value_anywhere_is_a_crash(path, value):
    """Whatever stands in a cell: findings, or a problem that can be planned."""
    problem, findings = read_problem(json.loads(json.dumps(_with(path, value))))
    if not any(finding.is_error for finding in [*findings, *validate(problem)]):
        plan(problem)


def text_with(section: str, field: str, number: str) -> str:
    """Write the good problem with a number that no Python value would be written as."""
    wrong = copy.deepcopy(GOOD)
    (wrong[section][0] if section else wrong["rates"])[field] = "HERE"
    return json.dumps(wrong).replace('"HERE"', number)


NINES = "9" * 5_000


@pytest.mark.parametrize(
    ("section", "field", "number", "code"),
    [
        ("lines", "quantity", f"0.{NINES}", "plan.not-a-whole-number"),
        ("lines", "quantity", "1.00000000000000000001", "plan.not-a-whole-number"),
        ("lines", "quantity", "1e400", "plan.not-a-whole-number"),
        ("lines", "quantity", NINES, "plan.out-of-range"),
        ("lines", "quantity", f"-{NINES}", "plan.out-of-range"),
        ("lines", "quantity", f"1e{NINES}", "plan.not-a-whole-number"),
        ("lines", "id", f"0.{NINES}", "plan.not-a-text"),
        ("lines", "id", NINES, "plan.not-a-text"),
        ("lines", "weight", f"0.{NINES}", "plan.not-a-number"),
        ("lines", "weight", NINES, "plan.not-a-number"),
        ("lines", "weight", f"[{NINES}, 2]", "plan.not-a-number"),
        ("lines", "weight", f'"{NINES}/2"', "plan.not-a-number"),
        ("contributions", "earmark", f'{{"allow": {{"item": [{NINES}]}}}}', "plan.not-an-earmark"),
        ("", "EUR", f"1.{NINES}", "plan.not-a-number"),
    ],
)
def test_a_number_with_too_many_digits_is_a_finding_at_its_field(section, field, number, code):
    """0.999… with 5,000 nines was read as 1, and 4,301 digits ended as an error of ours."""
    _, findings = parse_problem(text_with(section, field, number))

    assert [code] == [finding.code for finding in findings]
    assert findings[0].place.column.endswith(field)


def test_a_weight_is_read_as_it_is_written():
    problem, findings = parse_problem(text_with("lines", "weight", "0.10000000000000000000000001"))

    assert not findings
    assert Fraction(10**25 + 1, 10**26) == problem.lines[0].weight


def test_lists_in_lists_end_as_a_finding():
    deep = "[" * 900 + "1" + ", 1]" * 900
    _, findings = parse_problem(text_with("lines", "weight", deep))

    assert {finding.code for finding in findings} <= {"plan.not-a-number", "plan.not-json"}


def test_a_long_name_is_refused():
    _, findings = parse_problem(text_with("lines", "item", f'"{"x" * 201}"'))

    assert ["plan.not-a-text"] == [finding.code for finding in findings]


# ---- files made to cost ----


def test_values_are_counted_before_they_are_read(monkeypatch):
    """6.5 million empty lists in 20 MB took 12 seconds and 431 MB."""
    monkeypatch.setattr(json, "loads", lambda *_, **__: pytest.fail("it was read"))

    _, (finding,) = parse_problem('{"lines": [' + "[]," * (MOST_VALUES // 2) + "[]]}")

    assert "plan.not-json" == finding.code
    assert "2,000,000 values" in finding.wrong


def test_findings_end_and_say_that_there_are_more(monkeypatch):
    monkeypatch.setattr(programme_findings, "MOST_FINDINGS", 10)
    many = {**GOOD, "lines": [7] * 50, "extra": 1}
    _, findings = read_problem(many)

    assert 12 == len(findings)
    assert ["plan.not-an-object"] * 10 == [finding.code for finding in findings[1:11]]
    assert ("plan.too-many-findings", True) == (findings[-1].code, findings[-1].is_error)


def test_warnings_end_too_and_hide_no_error(monkeypatch):
    """Fifty offers that no line wants, then a kit in a kit."""
    monkeypatch.setattr(programme_findings, "MOST_FINDINGS", 10)
    offers = [{"id": f"X{n}", "item": f"nobody's {n}", "unit_price_minor": 1} for n in range(50)]
    problem, _ = read_problem({**GOOD, "offers": offers, "kits": {"K": {"A": 1}, "K2": {"K": 1}}})

    findings = validate(problem)

    assert ["plan.nested-kit"] == [finding.code for finding in findings if finding.is_error]
    assert ["plan.too-many-findings"] == [finding.code for finding in findings if "too-many" in finding.code]
    assert 12 == len(findings)


def test_what_nobody_offers_is_named_in_few_words():
    """200,000 parts of a kit, wanted by 100,000 lines, would be a finding of two megabytes for each line."""
    kits = {"K": {f"part {n:03}": 1 for n in range(500)}}
    problem, _ = read_problem({**GOOD, "kits": kits, "lines": [{"id": "L1", "item": "K", "quantity": 1}]})

    (wrong,) = (finding.wrong for finding in validate(problem) if finding.code == "plan.no-offer")

    assert wrong.startswith("Nobody offers part 000, part 001, ")
    assert wrong.endswith(" and 480 more.")
