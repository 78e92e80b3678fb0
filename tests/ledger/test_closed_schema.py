"""The books take what their schema has and nothing else: another name, null, a doubtful value is refused."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledgeline.ledger import Book, Event, Posted, Refusal, event_file_of, read_event, replay_events
from pledgeline.ledger.refusals import CODES, RefusalRaised
from pledgeline.ledger.schema import MODELS, TYPES, key_of, kind_of_field, names_of
from pledgeline.ledger.schema.models import meaning_of
from pledgeline.ledger.schema.published import event_file_schema
from pledgeline.programme.sentences import sentence
from tests.examples import examples
from tests.ledger.fuzz import GOOD, HEAD, mutations, taken_with_a_stray_field
from tests.ledger.stories import DELIVERED, FUNDED, TODAY, also, money, submit, written

PLEDGE = {
    **HEAD,
    "type": "pledge",
    "contribution": "Z",
    "partner": "P",
    "currency": "USD",
    "amount": 100,
}


def codes(raw):
    """Give the place and the code of every fault of an event."""
    answer = read_event(raw, today=TODAY)
    faults = answer.faults if isinstance(answer, Refusal) else ()
    return [(fault.at, fault.code.removeprefix("ledger.")) for fault in faults]


def test_what_is_waived_is_not_charged():
    """Line L1 has two of five units to come at 100; a rise to 120 costs 40, which nobody is said to pay."""
    book = written(DELIVERED)
    rise = {**HEAD, "type": "price_change", "line": "L1", "currency": "USD", "unit_price": 120}

    answer = submit(book, {**rise, "penalty_waived_for": {"A": 40}})

    assert "ledger.unknown-field" == answer.code
    assert "/penalty_waived_for" == answer.at
    assert {"ordered": 120, "delivered": 180, "available": 300, "source": -600} == money(book.state, "A")
    assert isinstance(submit(book, {**rise, "paid_by": {"A": 40}}), Posted)


@pytest.mark.parametrize(
    ("stray", "hint"),
    [
        ({"key": "another"}, "Take it out."),
        ({"amuont": 5}, "Is “amount” meant?"),
        ({"amounts": {"Z": 5}}, "Is “amount” meant?"),
        ({"Amount": 5}, "Is “amount” meant?"),
        ({"salt": "x"}, "Take it out."),
        ({"new_amount": 5}, "Take it out."),
        ({"": 1}, "Take it out."),
        ({"\ud800": 1}, "Take it out."),
        ({"line": "L1"}, "Take it out."),
        ({"useBy": "2025-12-31"}, "Is “use_by” meant?"),
    ],
)
def test_a_field_that_the_event_does_not_have_is_refused_whatever_it_is_called(stray, hint):
    (name,) = stray
    answer = read_event({**PLEDGE, **stray}, today=TODAY)

    assert isinstance(answer, Refusal)
    assert ["ledger.unknown-field"] == [fault.code for fault in answer.faults]
    assert answer.way_out.startswith(hint) or hint == "Take it out."
    assert (answer.wrong + answer.way_out + answer.at).encode()
    assert name[:1] in answer.wrong or name == "\ud800"


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"use_by": None}, [("/use_by", "null-field")]),
        ({"note": None}, [("/note", "null-field")]),
        ({"amount": True}, [("/amount", "not-a-whole-number")]),
        ({"amount": 100.0}, [("/amount", "not-a-whole-number")]),
        ({"amount": "100"}, [("/amount", "not-a-whole-number")]),
        ({"amount": {"currency": "USD", "amount": 100}}, [("/amount", "not-a-whole-number")]),
        ({"currency": "ZZZ"}, [("/currency", "unknown-currency")]),
        ({"currency": "usd"}, [("/currency", "unknown-currency")]),
        ({"currency": {"currency": "USD"}}, [("/currency", "unknown-currency")]),
        ({"effective_on": "2025-8-1"}, [("/effective_on", "not-a-day")]),
        ({"effective_on": "2025-08-01T00:00:00Z"}, [("/effective_on", "not-a-day")]),
        ({"use_by": "31.12.2025"}, [("/use_by", "not-a-day")]),
        ({"expect": "fine"}, [("/expect", "not-a-choice")]),
        ({"expect": {"ok": True}}, [("/expect", "not-a-choice")]),
        ({"batch": 7}, [("/batch", "not-a-text")]),
        ({"contribution": "Z\u200b1"}, [("/contribution", "not-a-key")]),
        ({"contribution": "Z\u00a0"}, [("/contribution", "not-a-key")]),
        ({"contribution": "Nоrth"}, [("/contribution", "mixed-scripts")]),
        ({"contribution": "Z\u3164"}, [("/contribution", "not-a-key")]),
        ({"partner": "東京タワー"}, []),
        ({"partner": "Мінфін Ukraine"}, []),
        ({"currency": "BGN"}, [("/currency", "unknown-currency")]),
    ],
)
def test_a_doubtful_value_is_refused_at_its_place(changed, faults):
    assert faults == codes({**PLEDGE, **changed})


def test_all_faults_of_an_event_are_said_at_once():
    wrong = {**PLEDGE, "amount": "100", "use_by": None, "colour": "red", "effective_on": "soon"}
    del wrong["partner"]

    assert {
        ("/colour", "unknown-field"),
        ("/use_by", "null-field"),
        ("/amount", "not-a-whole-number"),
        ("/effective_on", "not-a-day"),
        ("/partner", "missing-field"),
    } == set(codes(wrong))
    posting = {"stage": "spent", "amount": 0.5, "colour": 1, "line": None}
    assert {
        ("/postings/1/stage", "unknown-account"),
        ("/postings/1/amount", "not-a-whole-number"),
        ("/postings/1/colour", "unknown-field"),
        ("/postings/1/line", "null-field"),
    } == set(codes({**HEAD, "type": "journal", "postings": [{"stage": "fees", "amount": 1}, posting]}))


@pytest.mark.parametrize(
    ("shares", "at", "code"),
    [
        ({"A": 100, "B": 0}, "/given/B", "not-above-zero"),
        ({"A": "100"}, "/given/A", "not-a-whole-number"),
        ({"A": None}, "/given/A", "not-a-whole-number"),
        ({"A ": 100}, "/given/A ", "not-a-key"),
        ({"e\u0301": 1, "\u00e9": 2}, "/given", "unclear-shares"),
        ([{"contribution": "A", "amount": 100}], "/given", "unclear-shares"),
        ([["A", 100]], "/given", "unclear-shares"),
        ({}, "/given", "unclear-shares"),
        ("A", "/given", "unclear-shares"),
    ],
)
def test_shares_are_written_in_one_way(shares, at, code):
    trade = {**HEAD, "type": "convert", "from_currency": "USD", "to_currency": "EUR", "received": 5}

    assert [(at, code)] == codes({**trade, "given": shares})


def test_a_key_is_the_same_however_its_letters_are_composed():
    """é as one character and as two: one contribution, one body, and the same event again."""
    book = written("")
    first = submit(book, {**PLEDGE, "contribution": "Cafe\u0301"})
    again = submit(book, {**PLEDGE, "contribution": "Caf\u00e9"})

    assert ("Caf\u00e9",) == tuple(book.state.contributions())
    assert again.entry == first.entry
    assert isinstance(also(book, "2025-08-02 commit contribution=Cafe\u0301 amount=100"), Posted)


@pytest.mark.parametrize(
    ("event", "at", "said"),
    [
        ({**PLEDGE, "contribution": "С-1", "partner": "P"}, "/contribution", "Cyrillic С (U+0421)"),
        ({**PLEDGE, "contribution": "N", "partner": "Р"}, "/partner", "Cyrillic Р (U+0420)"),
        (
            {**HEAD, "type": "allocate", "contribution": "C-1", "line": "Х", "amount": 5},
            "/line",
            "Cyrillic Х (U+0425)",
        ),
        (
            {**HEAD, "type": "allocate", "contribution": "C-1", "line": "Y", "amount": 5, "package": "РС"},
            "/package",
            "Cyrillic Р (U+0420)",
        ),
        (
            {**HEAD, "type": "deliver", "line": "X", "lot": "D-Х", "qty": 1, "cost": 5, "currency": "USD"},
            "/lot",
            "Cyrillic Х (U+0425)",
        ),
    ],
)
def test_a_new_key_that_looks_like_one_that_is_there_is_refused_with_the_letter(event, at, said):
    book = written(
        """
        2025-06-01  pledge   contribution=C-1 partner=P currency=USD amount=100
        2025-06-01  commit   contribution=C-1 amount=100
        2025-06-02  receive  contribution=C-1 amount=100
        2025-06-03  allocate contribution=C-1 line=X amount=50 package=PC
        2025-06-04  order    line=X qty=5 unit_price=10
        2025-06-05  deliver  line=X lot=D-X qty=1
        """
    )
    before = book.root()

    answer = submit(book, event)

    assert ("ledger.looks-the-same", at) == (answer.code, answer.at)
    assert said in answer.wrong
    assert before == book.root()


def test_small_and_capital_letters_are_told_apart():
    book = written("2025-06-01 pledge contribution=C-1 partner=P currency=USD amount=5")

    assert isinstance(
        also(book, "2025-06-03 pledge contribution=c-1 partner=P currency=USD amount=5"), Posted
    )


def test_two_events_of_a_file_whose_ids_look_the_same_are_not_both_entered():
    """The second e1 is Cyrillic: as another event it would bring the same money twice."""
    twin = {**PLEDGE, "id": "е1"}
    events = [{**PLEDGE, "id": "e1"}, twin, {**PLEDGE, "id": "E1"}, {**PLEDGE, "id": "е2"}]
    done = replay_events(event_file_of({"events": events}, "twins"), today=TODAY)

    assert ["ok", "refused", "ok", "ok"] == [outcome.result for outcome in done.outcomes]
    assert "ledger.looks-the-same" == done.outcomes[1].refusal.code
    assert ["/events/1/id"] == [place for place, _ in done.outcomes[1].faults]
    assert "Cyrillic е (U+0435) for Latin e (U+0065)" in done.outcomes[1].refusal.wrong


def test_a_key_that_was_taken_back_is_no_twin():
    """The Cyrillic С was a slip and is reversed; the Latin C can come then."""
    book = written(
        "2025-06-01 pledge id=p contribution=С-1 partner=P currency=USD amount=5\n2025-06-02 reverse of=p"
    )

    assert isinstance(
        also(book, "2025-06-03 pledge contribution=C-1 partner=P currency=USD amount=5"), Posted
    )


def test_every_type_and_every_fault_has_a_good_event_and_a_sentence():
    assert set(GOOD) == set(MODELS)
    assert {form.removesuffix("_lot") for form in MODELS} == set(TYPES)
    for form, event in GOOD.items():
        answer = read_event(event, today=TODAY)
        assert isinstance(answer, Event), (form, answer)
        assert str(meaning_of(form)).endswith(".")
        assert answer.body == {
            name: value for name, value in event.items() if name not in ("recorded_at", "note")
        }
    assert all(str(sentence(code)).endswith(".") for code in CODES)


@pytest.mark.parametrize("form", MODELS)
def test_an_event_needs_what_its_model_says_and_nothing_more(form):
    fields = names_of(MODELS[form])
    needed = {name: value for name, value in GOOD[form].items() if fields[name].is_required()}

    assert isinstance(read_event(needed, today=TODAY), Event)
    for left_out in needed.keys() - {"lot"} if form == "write_off_lot" else needed:
        less = {name: value for name, value in needed.items() if name != left_out}
        assert (f"/{left_out}", "missing-field") in codes(less)


@given(st.data())
@settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_is_taken_with_a_field_that_the_schema_does_not_have(data):
    raw = data.draw(mutations())

    assert not taken_with_a_stray_field(raw)


def test_the_fuzz_sees_what_it_looks_for():
    """Good events are taken, and one with a stray name is seen as stray by the fuzz's own list of fields."""
    assert all(isinstance(read_event(event, today=TODAY), Event) for event in GOOD.values())
    assert not any(taken_with_a_stray_field(event) for event in GOOD.values())
    assert not taken_with_a_stray_field({**PLEDGE, "colour": 1})
    assert taken_with_a_stray_field({**PLEDGE, "colour": 1}, read=lambda raw: PLEDGE)


# Days that have not come


FUTURE = [
    {**PLEDGE, "effective_on": "2206-11-20"},
    {**PLEDGE, "effective_on": "2030-01-01"},
    {**PLEDGE, "recorded_at": "2206-11-20T12:00:00Z"},
    {**HEAD, "type": "receive", "contribution": "A", "amount": 1, "effective_on": "2030-01-01"},
    {**HEAD, "type": "reverse", "of": "e1", "effective_on": "2027-01-01"},
    {**HEAD, "type": "correct", "of": "e1", "amount": 5, "effective_on": "2027-01-01"},
]


@pytest.mark.parametrize("event", FUTURE)
def test_what_happened_did_not_happen_after_today(event):
    book = written(FUNDED)

    answer = submit(book, event)

    assert "ledger.in-the-future" == answer.code
    assert answer.at in ("/effective_on", "/recorded_at")
    assert "2026-12-31" in answer.wrong
    assert 6 == len(book)


def test_today_has_come_and_a_plan_may_lie_ahead():
    event = {**PLEDGE, "effective_on": "2025-08-01", "use_by": "2030-12-31"}

    assert isinstance(read_event(event, today=date(2025, 8, 1)), Event)
    assert "ledger.in-the-future" == read_event(event, today=date(2025, 7, 31)).code
    book = written(FUNDED)
    reserved = "2025-06-03 allocate contribution=A line=L1 amount=5 reserved_until=2031-01-01"
    assert isinstance(also(book, reserved), Posted)


def test_a_body_is_sealed_in_one_way_whatever_the_order_and_the_zone():
    other = {**dict(reversed(PLEDGE.items())), "recorded_at": "2025-08-01T14:00:00+02:00"}
    roots = {submit(written(""), event).entry.leaf_bytes() for event in (PLEDGE, other)}

    assert 1 == len(roots)
    entry = submit(written(""), PLEDGE).entry
    assert json.loads(entry.body) == {
        name: value for name, value in PLEDGE.items() if name not in ("recorded_at", "note")
    }


def test_a_currency_of_the_past_is_refused_with_its_successor():
    answer = read_event({**PLEDGE, "currency": "HRK"}, today=TODAY)

    assert "HRK was a currency until 2022-12-31" in answer.wrong
    assert "EUR" in answer.way_out


@pytest.mark.parametrize("text", ["", " A", "A\u200b", "Nоrth"])
def test_a_key_that_somebody_types_is_read_in_the_same_way(text):
    with pytest.raises(RefusalRaised) as refused:
        key_of(text, "line")

    assert refused.value.refusal.code in ("ledger.not-a-key", "ledger.mixed-scripts")
    assert "line" in refused.value.refusal.way_out
    assert "L1" == key_of("L1", "line")


def test_a_form_can_ask_of_which_kind_a_field_is():
    kinds = {
        (form, name): kind_of_field(MODELS[form], name)
        for form, name in (
            ("pledge", "use_by"),
            ("order", "qty"),
            ("swap", "from"),
            ("return_to_partner", "from"),
        )
    }
    assert ["Day", "Units", "Key", "FreeOrLapsed"] == list(kinds.values())


def test_the_published_schema_is_closed_at_every_depth():
    """No object of it takes names that it does not list, and null is nowhere a value."""
    whole = event_file_schema()
    objects = [part for part in _parts(whole) if part.get("type") == "object" and "properties" in part]

    assert len(objects) > len(MODELS)
    assert all(part["additionalProperties"] is False for part in objects)
    assert not any(part.get("type") == "null" for part in _parts(whole))
    assert {"event", *MODELS} <= set(whole["$defs"])
    for form, model in MODELS.items():
        assert set(names_of(model)) == set(whole["$defs"][form]["properties"])


def _parts(schema):
    """Give every object of a schema that is a schema itself."""
    if isinstance(schema, dict):
        yield schema
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _parts(inner)


@pytest.mark.parametrize(
    "moment",
    [
        *("2025-12-31x12:00:00Z", "2025-12-31 12:00:00Z", "20251231T120000Z", "2025-W01-1T12:00:00Z"),
        *("2025-12-31T12Z", "2025-12-31T12:00Z", "2025-12-31T12:00:00", "2025-12-31T12:00:00+00:00:30"),
        *("2025-12-31T12:00:00.1234567Z", "2025-12-31t12:00:00z", "2025-12-31T12:00:00Z\n"),
    ],
)
def test_a_moment_is_written_in_the_one_way_that_is_published(moment):
    """A week of 2025 that begins in 2024 was read as a day of 2024."""
    assert "ledger.not-a-time" == read_event({**PLEDGE, "recorded_at": moment}, today=TODAY).code


def test_a_day_has_ended_everywhere_at_noon_of_the_next_one():
    last = f"{TODAY + timedelta(days=1)}T11:59:59Z"
    after = f"{TODAY + timedelta(days=1)}T12:00:00Z"

    assert isinstance(read_event({**PLEDGE, "recorded_at": last}, today=TODAY), Event)
    assert "ledger.in-the-future" == read_event({**PLEDGE, "recorded_at": after}, today=TODAY).code


@pytest.mark.parametrize(
    ("event", "at"),
    [
        (
            {
                "type": "journal",
                "contribution": "C-1",
                "postings": [
                    {"stage": "available", "amount": -5},
                    {"stage": "allocated", "amount": 5, "line": "Х"},
                ],
            },
            "/postings/1/line",
        ),
        (
            {
                "type": "journal",
                "contribution": "C-1",
                "postings": [
                    {"stage": "ordered", "amount": -5, "line": "X"},
                    {"stage": "delivered", "amount": 5, "line": "X", "lot": "D-Χ"},
                ],
            },
            "/postings/1/lot",
        ),
        ({"type": "cash_advance", "contribution": "C-1", "amount": 5, "line": "Х"}, "/line"),
        ({"type": "cash_invoice", "contribution": "C-1", "amount": 5, "line": "X", "lot": "D-Х"}, "/lot"),
    ],
)
def test_no_event_brings_in_a_line_or_a_lot_that_looks_like_another(event, at):
    book = written(
        """
        2025-06-01  pledge   contribution=C-1 partner=P currency=USD amount=100
        2025-06-01  commit   contribution=C-1 amount=100
        2025-06-02  receive  contribution=C-1 amount=100
        2025-06-02  cash_owed contribution=C-1 amount=100
        2025-06-02  cash_in  contribution=C-1 amount=100
        2025-06-03  allocate contribution=C-1 line=X amount=50
        2025-06-04  order    line=X qty=5 unit_price=10
        2025-06-05  deliver  line=X lot=D-X qty=1
        """
    )

    answer = submit(book, {**HEAD, **event})

    assert ("ledger.looks-the-same", at) == (answer.code, answer.at)


@pytest.mark.parametrize(
    ("there", "twin"),
    [("e1", "е1"), ("С-7", "C-7"), ("Ρ", "P"), ("P", "Ρ"), ("KC-1", "КС-1"), ("DR-C", "DR-С")],
)
def test_the_id_of_an_event_cannot_look_like_one_in_the_books(there, twin):
    """Two files, one event: under a Cyrillic id it came again, with the same money."""
    book = Book(("USD",))
    assert isinstance(submit(book, {**PLEDGE, "id": there}), Posted)

    answer = submit(book, {**PLEDGE, "id": twin})

    assert ("ledger.looks-the-same", "/id") == (answer.code, answer.at)
    assert f"“{there}”, which the books have" in answer.wrong
    assert 1 == len(book)
    assert isinstance(submit(book, {**PLEDGE, "id": "another"}), Posted)


def test_where_two_look_the_same_already_each_may_go_on():
    """Books of before may have both lines; neither is new."""
    book = written(
        """
        2025-06-01  pledge   contribution=C-1 partner=P currency=USD amount=100
        2025-06-01  commit   contribution=C-1 amount=100
        2025-06-02  receive  contribution=C-1 amount=100
        2025-06-03  allocate contribution=C-1 line=X amount=10
        """
    )
    twin = {**HEAD, "type": "allocate", "contribution": "C-1", "line": "Х", "amount": 5}
    entry = book.entries[-1]
    spots = [replace(posting, line="Х" if posting.line else "") for posting in entry.postings]
    book.append(replace(entry, position=4, key="old", postings=tuple(spots)))

    assert isinstance(submit(book, twin), Posted)


def test_a_field_is_left_out_once():
    answer = read_event({**HEAD, "type": "correct", "of": "e1", "without": ["use_by", "use_by"]}, today=TODAY)

    assert ("ledger.not-a-choice", "/without") == (answer.code, answer.at)
