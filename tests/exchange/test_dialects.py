"""Other offices' words: each means one field of ours, and what is no word of theirs is refused as it stands."""

import json
from pathlib import Path

import pytest

from pledgeline.exchange.dialects import DIALECTS, UnknownDialect, dialect_of, translated
from pledgeline.ledger import Event, event_file_of, read_event, read_event_file, replay_events
from pledgeline.ledger.schema import MODELS, names_of
from tests.ledger.fuzz import GOOD, HEAD
from tests.ledger.stories import TODAY

CASES = Path(__file__).parent.parent / "ledger" / "cases"
OFFICE = DIALECTS["office"]

WORDS = [
    (dialect, kind, word, ours)
    for dialect in DIALECTS.values()
    for kind, words in dialect.fields.items()
    for word, ours in words.items()
]


def read(raw, dialect=OFFICE):
    return read_event(dialect.event(raw), today=TODAY)


@pytest.mark.parametrize(("dialect", "kind", "word", "ours"), WORDS)
def test_every_word_means_one_field_and_gives_the_same_sealed_bytes(dialect, kind, word, ours):
    good = {**GOOD["write_off_lot" if kind == "write_off" else kind]}
    good.setdefault(ours, {"qty": 3, "unit_price": 5}.get(ours))
    theirs = {word if name == ours else name: value for name, value in good.items()}

    assert word not in names_of(MODELS[kind])
    assert isinstance(read(good, dialect), Event)
    assert read(good, dialect).body == read(theirs, dialect).body
    assert "ledger.unknown-field" == read_event(theirs, today=TODAY).code


@pytest.mark.parametrize(("word", "ours"), OFFICE.types.items())
def test_every_type_of_theirs_is_one_of_ours(word, ours):
    assert read(GOOD[ours]).body == read({**GOOD[ours], "type": word}).body
    assert "ledger.unknown-event" == read_event({**GOOD[ours], "type": word}, today=TODAY).code


def test_two_words_for_one_field_are_refused_and_neither_wins():
    for raw in (
        {**GOOD["accept"], "units": 2},
        {name: value for name, value in GOOD["accept"].items() if name != "qty"}
        | {"units": 1, "quantity": 2},
    ):
        for event in (raw, dict(reversed(raw.items()))):
            assert "ledger.unknown-field" == read(event).code


def test_a_word_of_another_event_means_nothing():
    assert "ledger.unknown-field" == read({**GOOD["pledge"], "funded_by": {"A": 5}}).code
    assert "ledger.unknown-field" == read({**GOOD["price_change"], "penalty_waived_for": {"A": 5}}).code


def test_shares_may_be_rows_and_a_name_twice_is_refused():
    rows = [{"contribution": "A", "amount": 5}, {"contribution": "B", "amount": 7}]
    assert read(GOOD["convert"]).body == read({**GOOD["convert"], "given": rows}).body
    for bad in ([*rows, rows[0]], [{"contribution": "A", "amount": 5, "share": 1}], [["A", 5]], [7], 7):
        assert "ledger.unclear-shares" == read({**GOOD["convert"], "given": bad}).code


def test_postings_have_their_words_too():
    legs = [{"account": "available", "minor": -5}, {"account": "fees", "minor": 5}]
    ours = [{"stage": "available", "amount": -5}, {"stage": "fees", "amount": 5}]
    journal = {**HEAD, "type": "journal", "contribution": "A", "currency": "USD"}
    assert read({**journal, "postings": ours}).body == read({**journal, "legs": legs}).body


@pytest.mark.parametrize(
    "raw", [7, None, "x", [], {}, {"type": 7}, {"type": []}, {"type": "price_change", "": 1}]
)
def test_what_is_no_event_stays_what_it_is(raw):
    assert OFFICE.event(raw) == raw


def in_their_words(raw):
    """Write an event as the office would: the first word for each field."""
    words = {}
    for word, ours in OFFICE.fields.get(raw.get("type"), {}).items():
        words.setdefault(ours, word)
    types = {ours: word for word, ours in OFFICE.types.items()}
    return {
        words.get(name, name): types.get(value, value) if name == "type" else value
        for name, value in raw.items()
    }


@pytest.mark.parametrize("name", ["worked-package", "price-rise-paid-by-two", "corrected-delivery-and-trade"])
def test_a_case_in_their_words_comes_out_the_same_to_the_last_bit(name):
    whole = json.loads((CASES / f"{name}.json").read_bytes())
    theirs = {**whole, "events": [in_their_words(raw) for raw in whole["events"]]}
    assert theirs != whole

    done = replay_events(translated(event_file_of(theirs, name), OFFICE), today=TODAY)

    assert done.is_as_expected
    ours = replay_events(read_event_file(json.dumps(whole).encode(), name), today=TODAY)
    assert ours.book.root() == done.book.root()
    plain = replay_events(event_file_of(theirs, name), today=TODAY)
    assert plain.counts["refused"] > ours.counts["refused"]


def test_events_of_a_batch_are_translated_too():
    batch = {"type": "batch", "id": "b", "events": [in_their_words(GOOD["accept"])], "expect": {"ok": 1}}

    (shown,) = translated(event_file_of({"events": [batch]}, "b"), OFFICE).events
    assert [GOOD["accept"]] == shown["events"]


def test_a_dialect_that_is_none_is_refused_with_those_that_there_are():
    assert dialect_of("office") is OFFICE
    with pytest.raises(UnknownDialect, match="there is no dialect “offices”: there are office"):
        dialect_of("offices")
