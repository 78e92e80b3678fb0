"""The handbook says what each event has to say: with it an event can be read, and with less it cannot."""

import pytest

from pledgeline.ledger import Refusal
from pledgeline.ledger.cash import MOVES
from pledgeline.ledger.readers import DRAFTS, FIELDS
from tests.ledger.stories import DELIVERED, submit, written
from tools.books_page import EVENTS, OF_CASH

SAMPLE = {
    "contribution": "A",
    "partner": "P1",
    "currency": "USD",
    "amount": 5,
    "use_by": "2026-01-01",
    "given": {"A": 5},
    "from_currency": "USD",
    "to_currency": "EUR",
    "received": 5,
    "contributions": ["A"],
    "line": "L1",
    "lot": "D1",
    "package": "P1",
    "reserved_until": "2026-01-01",
    "qty": 1,
    "unit_price": 5,
    "cost": 5,
    "paid_by": {"A": 5},
    "from": "A",
    "to": "B",
    "of": "never",
    "postings": [],
}
SAYS = {
    **{name.split(" ")[0].strip(","): says for name, (_, says) in EVENTS.items() if "of a lot" not in name},
    "write_off of a lot": EVENTS["write_off, of a lot"][1],
    **dict.fromkeys(MOVES, OF_CASH),
}
DAYS = {"effective_on": "2025-08-01", "recorded_at": "2025-08-01T12:00:00Z"}


def names(text):
    return [each for each in text.split(", ") if each and " " not in each]


def refused(kind, fields):
    event = {"id": "x", "type": kind.split(" ")[0], **DAYS, **{name: SAMPLE[name] for name in fields}}
    answer = submit(written(DELIVERED), event)
    return answer.code if isinstance(answer, Refusal) else ""


def test_every_event_is_in_the_handbook():
    assert set(DRAFTS) == {kind.split(" ")[0] for kind in SAYS}


@pytest.mark.parametrize("kind", SAYS)
def test_an_event_needs_what_the_handbook_says_and_nothing_more(kind):
    needed, besides = (names(part) for part in SAYS[kind])

    assert set(needed + besides) <= FIELDS
    assert "ledger.missing-field" != refused(kind, needed)
    for left_out in needed:
        assert "ledger.missing-field" == refused(kind, [name for name in needed if name != left_out]), (
            left_out
        )
