"""Cases worked out from the description of event files alone, by hand or by a calculator that shares no code.

Each file of `cases` tells a story with every outcome and every figure that must come out. The names of
fields that offices differ in are tried one by one further down.
"""

import json
from pathlib import Path

import pytest

from pledgeline.ledger import read_event_file, replay_events

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))


def backwards(value):
    """Write the names of every object in the other order."""
    if isinstance(value, dict):
        return {name: backwards(inner) for name, inner in reversed(value.items())}
    return [backwards(inner) for inner in value] if isinstance(value, list) else value


def replayed(whole):
    return replay_events(read_event_file(json.dumps(whole).encode(), "case.json"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_comes_out_as_somebody_worked_it_out(path):
    whole = json.loads(path.read_bytes())

    for each in (whole, backwards(whole)):
        done = replayed(each)

        assert [] == list(done.differences)
        assert [] == list(done.findings)
        assert done.compared > len(whole["events"])


PLEDGED = [
    {"type": "pledge", "contribution": name, "partner": "P", "currency": "EUR", "amount": 1000}
    for name in "AB"
]
FREE = [
    *PLEDGED,
    *(
        {"type": kind, "contribution": name, "amount": 1000}
        for name in "AB"
        for kind in ("commit", "receive")
    ),
]
SET_ASIDE = [
    *FREE,
    *({"type": "allocate", "contribution": name, "line": "L", "amount": 400} for name in "AB"),
]
ORDERED = [*SET_ASIDE, {"type": "order", "line": "L", "currency": "EUR", "qty": 8, "unit_price": 100}]
DELIVERED = [*ORDERED, {"type": "deliver", "line": "L", "lot": "D", "qty": 4, "cost": 400}]

TRADE = {"type": "convert", "from_currency": "EUR", "to_currency": "USD", "received": 330}
TRADED = {("A", "USD"): {"available": 110, "fx": -110}, ("B", "EUR"): {"available": 800, "fx": 200}}
RISE = {"type": "price_change", "line": "L", "currency": "EUR"}
RISEN = {("A", "EUR"): {"ordered": 480, "available": 520}, ("B", "EUR"): {"ordered": 480}}
TAKEN_OVER = {("A", "EUR"): {"ordered": 500}, ("B", "EUR"): {"ordered": 300, "available": 700}}
LESS = {("A", "EUR"): {"allocated": 300, "available": 700}}


def shares(first, second):
    """Give shares in each of the ways in which they can be written."""
    return (
        {"A": first, "B": second},
        [{"contribution": "A", "amount": first}, {"contribution": "B", "amount": second}],
        [["B", second], ["A", first]],
    )


SPOKEN = [
    *(
        (FREE, {**TRADE, name: given}, TRADED)
        for name in ("given", "contributions", "amounts", "parts", "sold", "inputs", "something_else")
        for given in shares(100, 200)
    ),
    *(
        (FREE, {"type": "convert", "given": {"A": 100, "B": 200}, **rest}, TRADED)
        for rest in (
            {"from_currency": "EUR", "to_currency": "USD", "total_received": 330},
            {"currency": "EUR", "into": "USD", "bought": 330},
            {"from": "EUR", "to": "USD", "amount": 330},
            {"sell_currency": "EUR", "received": {"currency": "USD", "amount": 330}},
            {"to_currency": "USD", "proceeds": 330},
            {"from_currency": "EUR", "currency": "USD", "received": 330},
        )
    ),
    *(
        (FREE, {"type": "convert", "contribution": "A", **rest}, {("A", "USD"): {"available": 110}})
        for rest in (
            {"amount": 100, "from_currency": "EUR", "to_currency": "USD", "received": 110},
            {"given": 100, "currency": "EUR", "to_currency": "USD", "received": 110},
            {"given": {"A": 100}, "from_currency": "EUR", "to_currency": "USD", "received": 110},
        )
    ),
    *(
        (FREE, {"type": "fee", name: value, "amount": 10}, {("A", "EUR"): {"fees": 5, "available": 995}})
        for name in ("contributions", "paid_by", "over")
        for value in (["A", "B"], ["B", "A"])
    ),
    *(
        (ORDERED, {**RISE, price: 120, name: paid}, RISEN)
        for price in ("unit_price", "new_unit_price", "new_price", "price")
        for name in ("paid_by", "funded_by", "funding", "contributions", "something_else")
        for paid in shares(80, 80)
    ),
    (ORDERED, {**RISE, "new_price": 120, "paid_by": "A"}, {("A", "EUR"): {"ordered": 560}}),
    (
        ORDERED,
        {**RISE, "new_price": 120, "contribution": "A", "amount": 160},
        {("A", "EUR"): {"ordered": 560}},
    ),
    *(
        (
            ORDERED,
            {"type": "swap", "line": "L", "currency": "EUR", "amount": 100, origin: "B", target: "A"},
            TAKEN_OVER,
        )
        for origin, target in (
            ("from", "to"),
            ("out", "in"),
            ("from_contribution", "to_contribution"),
            ("from", "contribution"),
            ("contribution", "to"),
        )
    ),
    *(
        (SET_ASIDE, {"type": "correct", "of": "p6", **rest}, LESS)
        for rest in (
            {"amount": 300},
            {"new_amount": 300},
            {"replacement": {"amount": 300}},
            {"with": {"type": "allocate", "contribution": "A", "line": "L", "amount": 300}},
            {"amount": 300, "reason": "typed wrong"},
        )
    ),
    *(
        (SET_ASIDE, {"type": "order", "line": "L", units: 8, price: 100}, {("A", "EUR"): {"ordered": 400}})
        for units in ("qty", "units", "quantity")
        for price in ("unit_price", "price")
    ),
    *(
        (
            ORDERED,
            {"type": "deliver", "line": "L", "lot": "D", "qty": 4, cost: figure},
            {("A", "EUR"): {"delivered": 180}},
        )
        for cost, figure in (
            ("cost", 360),
            ("amount", 360),
            ("total", 360),
            ("unit_price", 90),
            ("unit_cost", 90),
        )
    ),
    (
        DELIVERED,
        {"type": "accept", "line": "L", "lot": "D", "qty": 1, "unit_price": 90},
        {("A", "EUR"): {"accepted": 45}},
    ),
    (
        ORDERED,
        {"type": "cancel_units", "line": "L", "qty": 4, "unit_price": 90},
        {("A", "EUR"): {"available": 780}},
    ),
    (
        FREE,
        {
            "type": "journal",
            "contribution": "A",
            "currency": "EUR",
            "legs": [{"account": "available", "minor": -1}, {"stage": "fees", "amount": 1}],
        },
        {("A", "EUR"): {"fees": 1}},
    ),
]


@pytest.mark.parametrize("number", range(len(SPOKEN)))
def test_an_event_is_understood_in_the_words_of_several_offices(number):
    before, event, stages = SPOKEN[number]
    days = {"effective_on": "2025-01-02", "recorded_at": "2025-01-02T00:00:00Z"}
    events = [{"id": f"p{place}", **each, **days} for place, each in enumerate(before)]
    balances = [
        {"contribution": name, "currency": currency, "stages": figures}
        for (name, currency), figures in stages.items()
    ]

    for each in (event, dict(reversed(event.items()))):
        done = replayed(
            {
                "currencies": {"EUR": 2, "USD": 2},
                "events": [*events, {"id": "x", **each, **days, "expect": "ok"}],
                "expected": {"balances": balances},
            }
        )

        assert [] == [refused.refusal for refused in done.outcomes if refused.refusal]
        assert [] == list(done.differences)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"to": 300}, "missing-field"),
        ({"value": 300}, "missing-field"),
        ({"amout": 300}, "missing-field"),
        ({"with": {"type": "release", "amount": 300}}, "cannot-be-restated"),
        ({"amount": None}, "missing-field"),
    ],
)
def test_a_correction_that_names_nothing_of_the_entry_is_refused(said, code):
    days = {"effective_on": "2025-01-02", "recorded_at": "2025-01-02T00:00:00Z"}
    events = [{"id": f"p{place}", **each, **days} for place, each in enumerate(SET_ASIDE)]

    done = replayed({"events": [*events, {"id": "x", "type": "correct", "of": "p6", **said, **days}]})

    assert [f"ledger.{code}"] == [each.refusal.code for each in done.outcomes if each.refusal]
    assert 400 == sum(
        minor for spot, minor in done.book.state.money().items() if spot[:2] == ("allocated", "A")
    )


def test_a_correction_of_a_correction_knows_what_the_first_one_said():
    """500 set aside, 450 was meant, and in truth 470: 530 are free."""
    days = {"effective_on": "2025-01-02", "recorded_at": "2025-01-02T00:00:00Z"}
    said = [
        *FREE,
        {"type": "allocate", "contribution": "A", "line": "L", "amount": 500},
        {"type": "correct", "of": "p6", "new_amount": 450},
        {"type": "correct", "of": "p7", "line": "M"},
        {"type": "correct", "of": "p8", "amount": 470},
    ]

    done = replayed({"events": [{"id": f"p{place}", **each, **days} for place, each in enumerate(said)]})

    assert {"ok": 10, "refused": 0, "replay": 0} == done.counts
    assert {("available", 530), ("allocated", 470)} == {
        (spot.account, minor)
        for spot, minor in done.book.state.money().items()
        if spot.contribution == "A" and spot.account != "source"
    }
    assert {"M"} == {spot.line for spot in done.book.state.money() if spot.line}


@pytest.mark.parametrize(
    ("whole", "column", "way_out"),
    [
        ({"expcted": {}}, "expcted", "expected"),
        ({"events": [{"id": "x", "typ": "pledge"}]}, "event 1, typ", "type"),
        ({"events": [{}, {"reservd_until": "2025-01-01"}]}, "event 2, reservd_until", "reserved_until"),
        ({"zzzz": 1}, "zzzz", "leave it out"),
    ],
)
def test_a_name_that_means_nothing_is_said_with_the_one_that_was_meant(whole, column, way_out):
    done = read_event_file(json.dumps({"events": [], **whole}).encode(), "case.json")

    assert ["events.unknown-name"] == [each.code for each in done.findings]
    assert column == done.findings[0].place.column
    assert way_out in done.findings[0].way_out
    assert not done.findings[0].is_error
