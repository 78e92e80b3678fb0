"""Where one more or one less makes the difference."""

import json

import pytest

from pledgeline.ledger import STAGES, Refusal, SigningKey, read_event_file, replay_events, verifier
from pledgeline.ledger.proofs import Tree
from pledgeline.ledger.verifier import leaf_hash
from pledgeline.money.parsing import LARGEST_MINOR
from tests.ledger.stories import DELIVERED, FUNDED, TODAY, submit, written

PLEDGE = {
    "id": "edge",
    "type": "pledge",
    "contribution": "E",
    "partner": "P",
    "currency": "USD",
    "amount": 1,
    "effective_on": "2025-01-01",
    "recorded_at": "2025-01-01T00:00:00Z",
}


def said(answer):
    """Give the code of a refusal, or ok."""
    return answer.code.removeprefix("ledger.") if isinstance(answer, Refusal) else "ok"


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"effective_on": "1900-01-01"}, "ok"),
        ({"effective_on": "1899-12-31"}, "not-a-day"),
        ({"effective_on": "2026-12-31"}, "ok"),
        ({"effective_on": "2027-01-01"}, "in-the-future"),
        ({"effective_on": "2999-12-31"}, "in-the-future"),
        ({"recorded_at": "2027-01-01T11:59:59Z"}, "ok"),
        ({"recorded_at": "2027-01-01T12:00:00Z"}, "in-the-future"),
        ({"use_by": "2999-12-31"}, "ok"),
        ({"use_by": "3000-01-01"}, "not-a-day"),
        ({"effective_on": "3000-01-01"}, "not-a-day"),
        ({"amount": LARGEST_MINOR - 1}, "ok"),
        ({"amount": LARGEST_MINOR}, "too-large"),
        ({"amount": -LARGEST_MINOR}, "too-large"),
        ({"amount": 0}, "not-above-zero"),
        ({"note": "x" * 10_000}, "ok"),
        ({"note": "x" * 10_001}, "not-a-text"),
        ({"id": "x" * 200}, "ok"),
        ({"id": "x" * 201}, "not-a-key"),
        ({"contribution": "x" * 201}, "not-a-key"),
    ],
)
def test_the_last_that_is_taken_and_the_first_that_is_not(changed, outcome):
    assert outcome == said(submit(written(""), {**PLEDGE, **changed}))


def test_what_is_unknown_is_called_a_line_or_a_lot():
    book = written(FUNDED)
    days = {"effective_on": "2025-07-01", "recorded_at": "2025-07-01T00:00:00Z"}

    assert "unknown-lot" == said(
        submit(book, {"id": "a", "type": "refund", "lot": "D9", "amount": 1, **days})
    )
    order = {"id": "b", "type": "order", "line": "L9", "qty": 1, "unit_price": 1, **days}
    assert "unknown-line" == said(submit(book, order))


def test_who_pays_a_rise_alone_and_names_the_sum_names_it_exactly():
    """Line L1 has two of five units to come at 100; at 101 that is 2 more."""
    for paid, outcome in ((1, "not-funded-exactly"), (3, "not-funded-exactly"), (2, "ok")):
        rise = {
            "id": "rise",
            "type": "price_change",
            "line": "L1",
            "currency": "USD",
            "unit_price": 101,
            "paid_by": {"B": paid},
            "effective_on": "2025-07-05",
            "recorded_at": "2025-07-05T00:00:00Z",
        }
        assert outcome == said(submit(written(DELIVERED), rise))


def test_a_journal_of_one_cent_is_corrected_to_five():
    days = {"effective_on": "2025-07-05", "recorded_at": "2025-07-05T00:00:00Z"}
    postings = [
        {"stage": "available", "contribution": "A", "currency": "USD", "amount": -1},
        {"stage": "fees", "contribution": "A", "currency": "USD", "amount": 1},
    ]
    book = written(FUNDED)
    before = sum(minor for spot, minor in book.state.money().items() if spot[:2] == ("available", "A"))
    assert "ok" == said(submit(book, {"id": "j", "type": "journal", "postings": postings, **days}))
    assert "ok" == said(submit(book, {"id": "c", "type": "correct", "of": "j", "amount": 5, **days}))

    after = {spot.account: minor for spot, minor in book.state.money().items() if spot.contribution == "A"}
    assert (before - 5, 5) == (after["available"], after["fees"])


def test_the_stages_are_those_of_the_stage_book_in_their_order():
    assert ("source", "pledged", "committed", "available", "allocated", "ordered") == STAGES[:6]
    assert ("delivered", "accepted", "lapsed", "returned", "written_off", "fees", "fx") == STAGES[6:]


def test_a_tree_is_not_asked_for_more_than_it_has():
    tree = Tree(leaf_hash(bytes([number])) for number in range(5))
    for old, size in ((6, 5), (-1, 5), (4, 3)):
        with pytest.raises(ValueError, match="is not the beginning"):
            tree.consistency(old, size)
    assert [] == tree.consistency(0, 5)
    assert [] == tree.consistency(5, 5)


def test_a_whole_number_of_forty_digits_is_a_number_and_a_longer_one_is_kept_as_it_was_written():
    event = json.dumps({**PLEDGE, "amount": "AMOUNT"})
    for digits, code in ((40, "too-large"), (41, "not-a-whole-number"), (5000, "not-a-whole-number")):
        content = event.replace('"AMOUNT"', "9" * digits)
        done = replay_events(read_event_file(f'{{"events": [{content}]}}'.encode(), "edge.json"), today=TODAY)
        assert [f"ledger.{code}"] == [outcome.refusal.code for outcome in done.outcomes]


def test_no_units_are_no_units_whatever_they_cost():
    days = {"effective_on": "2025-07-05", "recorded_at": "2025-07-05T00:00:00Z"}
    for kind, more in (("deliver", {"line": "L1", "lot": "D2"}), ("accept", {"lot": "D1"})):
        for units in (0, -1):
            event = {"id": "none", "type": kind, **more, "qty": units, "cost": 100, **days}
            assert "not-above-zero" == said(submit(written(DELIVERED), event))


def test_a_line_with_a_price_is_no_contribution():
    """Terms are kept of contributions and of lines; only who was pledged may have money."""
    postings = [
        {"stage": "source", "contribution": "L1", "currency": "USD", "amount": -1},
        {"stage": "pledged", "contribution": "L1", "currency": "USD", "amount": 1},
    ]
    journal = {name: PLEDGE[name] for name in ("id", "effective_on", "recorded_at")}
    journal |= {"type": "journal", "postings": postings}

    assert "unknown-contribution" == said(submit(written(DELIVERED), journal))


def test_a_signature_and_a_point_have_one_length_and_one_form():
    key = SigningKey(name="k", secret=bytes(range(32)))
    signature = key.sign(b"m")

    assert verifier.is_signed(key.public, b"m", signature)
    assert not verifier.is_signed(key.public, b"m", signature + b"\0")
    for y, sign in ((verifier.PRIME, 0), (verifier.PRIME + 1, 0), (1, 1)):
        assert verifier._x_of(y, sign) is None
    assert 0 == verifier._x_of(1, 0)


def test_of_two_currencies_a_case_says_which_and_a_unit_is_called_by_its_number():
    trade = {
        "type": "convert",
        "given": {"E": 1},
        "from_currency": "USD",
        "to_currency": "EUR",
        "received": 2,
    }
    head = {name: PLEDGE[name] for name in ("effective_on", "recorded_at")}
    events = [
        PLEDGE,
        {**head, "id": "b", "type": "commit", "contribution": "E", "amount": 1},
        {**head, "id": "c", "type": "receive", "contribution": "E", "amount": 1},
        {**head, "id": "d", **trade},
    ]
    whole = {
        "events": events,
        "expected": {"balances": [{"contribution": "E", "stages": {"available": 2}}]},
    }
    done = replay_events(read_event_file(json.dumps(whole).encode(), "edge.json"), today=TODAY)
    assert ["It does not say which currency. It was not compared."] == [
        finding.wrong for finding in done.findings
    ]

    wanted = [{"A": 60, "B": 40}, {"A": 60, "B": 40}, {"A": 61, "B": 39}]
    unit = {"events": [], "expected": {"units": [{"lot": "D1", "units": wanted}]}}
    done = replay_events(
        read_event_file(json.dumps(unit).encode(), "edge.json"), written(DELIVERED), today=TODAY
    )
    assert ["units[0]: unit 3 of D1, A", "units[0]: unit 3 of D1, B"] == [
        difference.what for difference in done.differences
    ]


def test_a_secret_is_never_shown():
    key = SigningKey(name="k", secret=b"sixteen and sixteen are thirty-2")

    assert "sixteen" not in repr(key)
    assert "sixteen" not in f"{key}"
