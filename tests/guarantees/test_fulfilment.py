"""Promised, received, accepted: sums worked out by hand, as of a day and as known on a day."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.guarantees import ObligationState, evaluate_fast
from pledgeline.guarantees.checking import moment_in
from pledgeline.guarantees.fulfilment import Booked, FulfilmentStage, as_records, measure
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.scenarios import Scenario
from pledgeline.money import Amount


def sek(major: int) -> Amount:
    return Amount(major * 100, "SEK")


def booked(id_: str, stage: FulfilmentStage, on: str, *, recorded: str = "", **what) -> Booked:
    return Booked(
        id=id_,
        contribution="SE-1",
        stage=stage,
        on=date.fromisoformat(on),
        recorded_on=date.fromisoformat(recorded or on),
        obligor="SE",
        **what,
    )


@pytest.fixture
def atlantic(second):
    return second.by_id["atlantic-2026"]


GRANTS = (
    booked("g1", FulfilmentStage.RECEIVED, "2026-06-01", amount=sek(20_000_000)),
    booked("g2", FulfilmentStage.RECEIVED, "2026-09-01", recorded="2026-10-15", amount=sek(5_000_000)),
    booked("g3", FulfilmentStage.RECEIVED, "2026-09-02", amount=Amount(1_000_000_00, "EUR")),
    booked("a1", FulfilmentStage.ACCEPTED, "2026-08-01", amount=sek(12_000_000)),
    booked("g4", FulfilmentStage.RECEIVED, "2027-01-15", amount=sek(4_000_000), period="2026"),
    booked("g5", FulfilmentStage.RECEIVED, "2027-02-01", amount=sek(1_000_000)),
    booked("g6", FulfilmentStage.RECEIVED, "2027-02-20", amount=sek(-500_000)),
)


def test_promised_beside_received_beside_accepted_in_each_year(atlantic):
    """30 a year. 2026: 20 + 5 + 4 that came late but for 2026 = 29; 2027: 1 less half a million given back."""
    first, second = measure(atlantic, atlantic.obligation("grant"), GRANTS, as_of=date(2027, 3, 1))

    assert (first.period, first.promised, first.received, first.accepted, first.missing) == (
        "2026", sek(30_000_000), sek(29_000_000), sek(12_000_000), sek(1_000_000),
    )  # fmt: skip
    assert first.apart == (Amount(1_000_000_00, "EUR"),)
    assert (second.period, second.received, second.missing) == ("2027", sek(500_000), sek(29_500_000))


def test_what_was_accepted_in_another_currency_is_not_lost(atlantic):
    """Kronor were received, and what they bought was priced in dollars: 3 million less half a million returned."""
    dollars = (
        booked("a2", FulfilmentStage.ACCEPTED, "2026-08-02", amount=Amount(3_000_000_00, "USD")),
        booked("a3", FulfilmentStage.ACCEPTED, "2026-08-03", amount=Amount(-500_000_00, "USD")),
    )
    first, _ = measure(atlantic, atlantic.obligation("grant"), GRANTS + dollars, as_of=date(2027, 3, 1))

    assert first.accepted == sek(12_000_000)
    assert first.accepted_apart == (Amount(2_500_000_00, "USD"),)


def test_as_of_a_day_and_as_known_on_a_day(atlantic):
    """On 30 September the money of 1 September had come, and nobody had typed it in."""
    grant = atlantic.obligation("grant")
    (as_of,) = measure(atlantic, grant, GRANTS, as_of=date(2026, 9, 30), known_on=date(2026, 12, 31))
    (then,) = measure(atlantic, grant, GRANTS, as_of=date(2026, 9, 30))

    assert as_of.received == sek(25_000_000)
    assert then.received == sek(20_000_000)


def test_things_count_when_they_are_accepted(atlantic):
    boats = (
        booked("b1", FulfilmentStage.RECEIVED, "2026-02-01", quantity=9),
        booked("b2", FulfilmentStage.ACCEPTED, "2026-02-10", quantity=7),
        booked("b3", FulfilmentStage.ACCEPTED, "2026-02-20", quantity=-1),
    )
    (row,) = measure(atlantic, atlantic.obligation("boats"), boats, as_of=date(2026, 3, 1))

    assert (row.promised, row.received, row.accepted, row.missing) == (10, 9, 6, 4)


def test_a_ceiling_is_never_short(atlantic):
    (row,) = measure(atlantic, atlantic.obligation("credit"), (), as_of=date(2026, 6, 1))[:1]

    assert row.missing is None
    assert row.received == Amount(0, "NOK")


def test_an_obligation_without_a_number_cannot_be_measured(atlantic):
    with pytest.raises(ValueError, match="no amount and no number"):
        measure(atlantic, atlantic.obligation("day"), (), as_of=date(2026, 6, 1))


def test_the_evaluation_takes_the_books_into_account(second, atlantic):
    """29 of 30 million for 2026 by the end of January 2027: overdue, a million short."""
    grant = atlantic.obligation("grant")
    scenario = Scenario(instruments=(atlantic.id,), records=as_records(atlantic.id, grant, GRANTS))
    found = [
        instance
        for instance in evaluate_fast(second, scenario, moment_in(Moment(on=date(2027, 1, 31)), "UTC"))
        if instance.obligation == "grant" and instance.period == "2026"
    ]

    assert [(ObligationState.OVERDUE, sek(1_000_000))] == [
        (instance.state, instance.shortfall) for instance in found
    ]


@given(
    st.lists(
        st.tuples(st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.integers(-(10**9), 10**9)), max_size=20
    )
)
def test_nothing_is_counted_twice_and_nothing_is_lost(second, entries):
    """Whatever came within the two years of the promise stands in exactly one of them."""
    atlantic = second.by_id["atlantic-2026"]
    given_ = [
        booked(f"x{n}", FulfilmentStage.RECEIVED, on.isoformat(), amount=Amount(minor, "SEK"))
        for n, (on, minor) in enumerate(entries)
    ]
    rows = measure(atlantic, atlantic.obligation("grant"), given_, as_of=date(2028, 6, 1))
    within = sum(
        Fraction(minor, 100) for on, minor in entries if date(2026, 1, 1) <= on <= date(2027, 12, 31)
    )

    assert within == sum((row.received.exact() for row in rows), Fraction(0))
