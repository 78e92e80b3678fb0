"""Chance against the books: long random sequences, the model beside them, and what must always hold."""

import os
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pledgeline.exchange.books import from_export, to_export
from pledgeline.ledger import Account, trace
from pledgeline.ledger.verifier import root_of, verify_export
from pledgeline.money import Amount, split
from tests.examples import examples
from tests.ledger.walks import KINDS, LOTS, Walk, walk

WALKS = int(os.environ.get("PLEDGELINE_LEDGER_WALKS", "40"))


@pytest.mark.parametrize("seed", range(WALKS))
def test_the_books_and_the_model_never_differ(seed):
    assert walk(1_000_000 + seed, 250) is None


class Books(RuleBasedStateMachine):
    """Hypothesis chooses the seeds of the steps, so that it can shorten what it finds."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed):
        self.pair = Walk(seed)

    @rule(seed=st.integers(0, 2**32), steps=st.integers(1, 12))
    def some_steps(self, seed, steps):
        self.pair.chance.seed(seed)
        for _ in range(steps):
            event, ours, theirs = self.pair.step()
            assert ours == theirs, event

    @invariant()
    def both_have_the_same(self):
        assert not hasattr(self, "pair") or self.pair.same()

    @invariant()
    def every_entry_adds_up_to_zero(self):
        for entry in self._entries()[-12:]:
            sums = defaultdict(int)
            for posting in entry.postings:
                sums[posting.contribution, posting.amount.currency] += posting.amount.minor
            assert not any(sums.values())
            assert 0 == sum(goods.units for goods in entry.goods)
            assert len(entry.postings) >= 2

    @invariant()
    def no_floored_account_is_below_zero(self):
        if hasattr(self, "pair"):
            assert all(
                minor > 0 for spot, minor in self.pair.book.state.money().items() if spot.account.is_floored
            )

    @invariant()
    def the_log_has_no_gaps(self):
        assert list(range(len(self._entries()))) == [entry.position for entry in self._entries()]

    @invariant()
    def traces_add_up(self):
        if not hasattr(self, "pair"):
            return
        state = self.pair.book.state
        for lot in LOTS:
            by_lot = trace.of_lot(state, lot)
            for name, minor in by_lot.get("USD", {}).items():
                assert minor == trace.of_contribution(state, name)["USD"][lot]
            units = list(trace.units_of(state, lot))
            if units:
                summed = defaultdict(int)
                for shares in units:
                    assert all(part > 0 for part in shares.values())
                    for name, part in shares.items():
                        summed[name] += part
                assert by_lot.get("USD", {}) == dict(sorted(summed.items()))
                costs = [sum(shares.values()) for shares in units]
                assert max(costs) - min(costs) <= 1

    def teardown(self):
        if self._entries():
            book = self.pair.book
            lines = list(to_export(book, origin="chance"))
            assert verify_export(lines).problems == ()
            assert from_export(lines).entries == book.entries
            assert book.tree.root() == root_of(book.tree._levels[0])

    def _entries(self):
        return self.pair.book.entries if hasattr(self, "pair") else []


TestBooks = Books.TestCase
TestBooks.settings = settings(
    max_examples=examples(10), stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)


def by_hand(book, as_of, known_on):
    """Add up what the entries say, with nothing but their dates."""
    sums = defaultdict(int)
    for entry in book.entries:
        if entry.effective_on <= as_of and entry.recorded_at <= known_on:
            for posting in entry.postings:
                sums[posting.spot] += posting.amount.minor
    return {spot: minor for spot, minor in sums.items() if minor}


@pytest.mark.parametrize("seed", range(8))
def test_any_day_as_known_on_any_other_is_the_sum_of_its_entries(seed):
    pair = Walk(seed)
    for _ in range(300):
        pair.step()
    for _ in range(40):
        as_of = date(2025, 1, 1) + timedelta(days=pair.chance.randint(0, 300))
        known_on = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=pair.chance.randint(0, 365))
        state = pair.book.state_at(as_of=as_of, known_on=known_on)

        assert by_hand(pair.book, as_of, known_on) == state.money()
        assert state.money() == pair.book.state_at(as_of=as_of, known_on=known_on.date()).money()


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=8), st.integers(0, 10**13))
@settings(max_examples=examples(75), deadline=None)
def test_a_share_is_never_more_than_what_is_there(weights, amount):
    whole = sum(weights)
    if not 0 < amount <= whole:
        return
    parts = [part.minor for part in split(Amount(amount, "USD"), weights)]

    assert amount == sum(parts)
    assert all(part <= weight for part, weight in zip(parts, weights, strict=True))
    assert all(
        abs(part * whole - amount * weight) < whole for part, weight in zip(parts, weights, strict=True)
    )


def test_a_walk_gets_somewhere():
    """Walks on which everything is refused would prove nothing."""
    results, kinds, stages = [], set(), set()
    for seed in range(8):
        pair = Walk(seed)
        results += [pair.step()[1] for _ in range(250)]
        kinds |= {entry.kind for entry in pair.book.entries}
        stages |= {spot.account for spot in pair.book.state.money()}

    assert results.count("ok") > 500
    assert results.count("replay") > 20
    assert kinds == set(KINDS) - {"replay"}
    assert {Account.DELIVERED, Account.ACCEPTED, Account.RETURNED} <= stages
