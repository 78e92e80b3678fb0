"""Event files: what is read, what becomes of each event, and that every expected figure is compared."""

import copy
import json
from datetime import date
from pathlib import Path

import pytest

from pledgeline.ledger import event_file_of, read_event_file, replay_events
from pledgeline.ledger.event_files import CODES
from tests.ledger.stories import DELIVERED, FUNDED, TODAY, events_of

CASE = Path(__file__).parent / "cases" / "refund-after-delivery.json"


def run(whole):
    return replay_events(read_event_file(json.dumps(whole).encode(), "case.json"), today=TODAY)


def worked_case():
    return json.loads(CASE.read_bytes())


def test_the_worked_case_comes_out_as_somebody_worked_it_out():
    done = replay_events(read_event_file(CASE.read_bytes(), CASE.name), today=TODAY)

    assert done.is_as_expected
    assert {"ok": 13, "refused": 3, "replay": 0} == done.counts
    assert 44 == done.compared
    assert ["e4", "e6", "e7"] == [outcome.key for outcome in done.outcomes if outcome.result == "refused"]


def figures(value, path=()):
    """Find the path of every integer below `expected`, and of every `expect`."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from figures(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from figures(inner, (*path, number))
    elif type(value) is int:
        yield path


@pytest.mark.parametrize("path", list(figures(worked_case()["expected"])))
def test_every_expected_figure_is_compared(path):
    whole = worked_case()
    place = whole["expected"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] += 1

    done = run(whole)

    assert not done.is_as_expected
    assert 1 == len(done.differences)


def test_every_outcome_is_compared():
    for number, event in enumerate(worked_case()["events"]):
        whole = worked_case()
        whole["events"][number]["expect"] = "refused" if event["expect"] == "ok" else "ok"

        assert f"event {number + 1} ({event['id']})" == run(whole).differences[0].what


def test_a_missing_share_is_a_difference():
    whole = worked_case()
    del whole["expected"]["traces"][0]["by_contribution"]["C2"]
    del whole["expected"]["units"][0]["units"][2]

    assert ["traces[0]: D1, C2", "units[0]: units of D1"] == [
        difference.what for difference in run(whole).differences
    ]


def test_who_is_missing_on_one_side_has_nothing_there():
    """Also where the other side has one cent."""
    story = """
        2025-06-01  pledge   contribution=A partner=P1 currency=USD amount=1
        2025-06-01  pledge   contribution=B partner=P2 currency=USD amount=299
        2025-06-01  commit   contribution=A amount=1
        2025-06-01  commit   contribution=B amount=299
        2025-06-02  receive  contribution=A amount=1
        2025-06-02  receive  contribution=B amount=299
        2025-06-03  allocate contribution=A line=L1 amount=1
        2025-06-03  allocate contribution=B line=L1 amount=299
        2025-06-04  order    line=L1 currency=USD qty=1 unit_price=300
        2025-07-01  deliver  line=L1 lot=D1 currency=USD qty=1
    """
    lot = {"lot": "D1", "by_contribution": {"B": 299}}
    (missing,) = expecting(story, traces=[lot]).differences
    assert ("traces[0]: D1, A", "0", "1") == (missing.what, missing.expected, missing.ours)

    more = {"lot": "D1", "by_contribution": {"A": 1, "B": 299, "C": 1}}
    (missing,) = expecting(story, traces=[more]).differences
    assert ("traces[0]: D1, C", "1", "0") == (missing.what, missing.expected, missing.ours)


def test_a_unit_that_is_no_object_is_named_by_its_place_in_the_list():
    done = expecting(DELIVERED, units=[{"lot": "D1", "units": [{"A": 60, "B": 40}, 7, {"A": 60, "B": 40}]}])

    assert ["units[0].units[1]"] == [finding.place.column for finding in done.findings]


def test_the_same_event_again_is_a_replay_whenever_it_comes():
    whole = worked_case()
    again = copy.deepcopy(whole["events"][12])
    again |= {"expect": "replay", "recorded_at": "2025-09-09T09:00:00Z", "note": "sent twice"}
    other = copy.deepcopy(again) | {"amount": 1, "expect": "refused"}
    whole["events"] += [again, other]

    done = run(whole)

    assert done.is_as_expected
    assert {"ok": 13, "refused": 4, "replay": 1} == done.counts


ORDERS = [
    {
        "id": f"o{number}",
        "type": "allocate",
        "contribution": "A",
        "line": "L1",
        "amount": 250,
        "effective_on": "2025-06-04",
        "recorded_at": "2025-06-04T12:00:00Z",
        "batch": "b1",
    }
    for number in range(5)
]


def batch(orders, **expected):
    return run({"currencies": {"USD": 2}, "events": [*events_of(FUNDED), *orders], "expected": expected})


def test_of_a_batch_only_the_counts_are_compared():
    """600 are there: two of five fit, whichever they are."""
    wanted = ["refused", "ok", "refused", "ok", "refused"]
    orders = [{**order, "expect": expect} for order, expect in zip(ORDERS, wanted, strict=True)]

    assert batch(orders).is_as_expected
    orders[0]["expect"] = "ok"
    assert ["batch b1: ok", "batch b1: refused"] == sorted(
        difference.what for difference in batch(orders).differences
    )


def test_a_batch_may_have_its_counts_in_several_places():
    counts = {"ok": 2, "refused": 3}
    assert batch(ORDERS, batches={"b1": counts}).is_as_expected
    assert batch(ORDERS, batches=[{"batch": "b1", **counts}]).is_as_expected
    assert not batch(ORDERS, batches={"b1": {"ok": 3}}).is_as_expected
    assert not batch(ORDERS, batches={"b2": counts}).is_as_expected
    assert not batch(ORDERS, batches={}).is_as_expected
    assert not batch(ORDERS, batches=7).is_as_expected
    assert batch([{"batch": "b1", "events": ORDERS, "expect": counts}]).is_as_expected
    assert batch([{"batch": ORDERS, "expect": counts}]).is_as_expected
    assert not batch([{"batch": ORDERS, "expect": {"ok": 3}}]).is_as_expected
    assert batch([{**ORDERS[0], "expect": {"ok": 2, "refused": 3}}, *ORDERS[1:]]).is_as_expected
    assert not batch([{"batch": ORDERS, "expect": {"fine": 3}}]).is_as_expected
    assert batch([*ORDERS, {**ORDERS[0], "id": "late", "batch": "b2", "expect": "refused"}]).is_as_expected


def test_what_is_said_of_a_batch_and_cannot_be_compared_is_a_finding():
    """Not a difference: the books say nothing of a batch that never was, or of counts that are none."""
    for batches in ({"b1": 7}, {"b2": {"ok": 2}}):
        done = batch(ORDERS, batches=batches)
        assert ["events.not-compared"] == [finding.code for finding in done.findings]
        assert () == done.differences


def test_a_batch_without_a_name_is_no_batch():
    """Each of these events stands for itself, and is held against what it expects itself."""
    expected = ["ok", "ok", "refused", "refused", "refused"]
    orders = [
        {**order, "batch": "", "expect": wanted} for order, wanted in zip(ORDERS, expected, strict=True)
    ]

    done = batch(orders)
    assert done.is_as_expected
    assert 5 == done.compared
    assert expected == [outcome.expected for outcome in done.outcomes[6:]]

    pledge, commit = events_of(FUNDED)[:2]
    too_much = {**commit, "batch": "", "amount": 601, "expect": "refused"}
    assert run({"events": [{**pledge, "expect": "ok"}, too_much]}).is_as_expected


def test_one_key_submitted_by_many_is_entered_once():
    orders = [{**ORDERS[0], "expect": "replay" if number else "ok"} for number in range(32)]

    assert batch(orders, entries=7).is_as_expected


def expecting(story, **expected):
    return run({"events": events_of(story), "expected": expected})


def test_other_figures_that_a_case_may_expect():
    story = DELIVERED
    assert expecting(
        story,
        entries=10,
        counts={"ok": 10, "refused": 0, "replay": 0},
        note="nothing",
        balances=[
            {"contribution": "A", "stages": {"ordered": 120, "delivered": 180}},
            {"partner": "P2", "currency": "USD", "stages": {"available": 200}},
            {"line": "L1", "currency": "USD", "stages": {"ordered": 200}},
            {"lot": "D1", "currency": "USD", "stages": {"delivered": 300}},
            {"contribution": "Z", "stages": {"available": 0}},
            {"contribution": "A", "currency": "USD", "known_on": "2025-06-30", "stages": {"delivered": 0}},
            {"contribution": "A", "currency": "USD", "position": 0, "stages": {"pledged": 600}},
        ],
        traces=[
            {"contribution": "A", "by_lot": {"D1": 180}},
            {"lot": "D1", "currency": "USD", "by_contribution": {"A": 180, "B": 120}},
            {"lot": "D9", "by_contribution": {}},
            {"lot": "D1", "currency": "EUR", "by_contribution": {}},
        ],
    ).is_as_expected


@pytest.mark.parametrize(
    "expected",
    [
        {"balances": [7]},
        {"balances": [{"contribution": "A"}]},
        {"balances": [{"contribution": "A", "stages": ["available"]}]},
        {"balances": [{"contribution": "A", "stages": {"spent": 0}}]},
        {"balances": 7},
        {"balances": [{"contribution": "A", "position": "0", "stages": {}}]},
        {"as_of": [{"contribution": "A", "effective_on": "noon", "stages": {}}]},
        {"as_of": [{"contribution": "A", "recorded_at": "noon", "stages": {}}]},
        {"traces": [{"lot": "D1"}]},
        {"traces": [{"by_contribution": {}}]},
        {"traces": [{"contribution": "A", "by_lot": 7}]},
        {"units": [{"lot": "D1"}]},
        {"units": [{"lot": "D1", "units": [7, 7, 7]}]},
        {"units": [{"units": []}]},
        {"weather": "fine"},
        {"counts": {"fine": 1}},
        {"entries": "10"},
    ],
)
def test_what_is_not_understood_is_a_finding_and_no_pass(expected):
    done = expecting(DELIVERED, **expected)

    assert not done.is_as_expected
    assert {"events.not-compared"} == {finding.code for finding in done.findings}


TO_THE_LOT = [
    {"stage": "ordered", "contribution": "A", "currency": "EUR", "line": "L1", "amount": -9},
    {"stage": "delivered", "contribution": "A", "currency": "EUR", "lot": "D1", "amount": 9},
]


def test_two_currencies_have_to_be_told_apart():
    story = """
        2025-06-01  pledge   contribution=A partner=P1 currency=EUR amount=100
        2025-06-01  commit   contribution=A amount=100
        2025-06-02  receive  contribution=A amount=100
        2025-06-03  convert  given={"A":60} from_currency=EUR to_currency=USD received=66
        2025-06-04  allocate contribution=A line=L1 currency=USD amount=6
        2025-06-04  allocate contribution=A line=L1 currency=EUR amount=9
        2025-06-04  order    line=L1 currency=USD qty=1 unit_price=6
        2025-06-04  order    line=L1 currency=EUR qty=1 unit_price=9
        2025-06-04  deliver  line=L1 lot=D1 currency=USD qty=1
        2025-06-05  journal  postings=JOURNAL
    """.replace("JOURNAL", json.dumps(TO_THE_LOT).replace(" ", ""))

    assert not expecting(story, balances=[{"contribution": "A", "stages": {"available": 0}}]).is_as_expected
    unclear = expecting(story, traces=[{"lot": "D1", "by_contribution": {"A": 6}}])
    assert ["It does not say which currency. It was not compared."] == [
        finding.wrong for finding in unclear.findings
    ]
    assert () == unclear.differences
    assert expecting(
        story, traces=[{"lot": "D1", "currency": "EUR", "by_contribution": {"A": 9}}]
    ).is_as_expected


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "not-utf-8"),
        (b"", "not-json"),
        (b"{", "not-json"),
        (b'{"events": [], "events": []}', "not-json"),
        (b'{"events": [NaN]}', "not-json"),
        (b"[" * 100_000, "not-json"),
        (b"7", "no-events"),
        (b"{}", "no-events"),
        (b'{"events": {"a": 1}}', "no-events"),
    ],
)
def test_a_file_that_is_none_gives_one_finding(content, code):
    file = read_event_file(content, "case.json")

    assert not file.is_readable
    assert [f"events.{code}"] == [finding.code for finding in file.findings]
    assert f"events.{code}" in CODES
    assert not replay_events(file, today=TODAY).is_as_expected


def test_a_list_of_events_is_a_file_too():
    file = read_event_file(b"\xef\xbb\xbf" + json.dumps(events_of(FUNDED)).encode(), "events.json")

    assert file.is_readable
    assert {"ok": 6, "refused": 0, "replay": 0} == replay_events(file, today=TODAY).counts


def test_events_that_are_no_events_are_refused():
    done = run({"events": [7, None, "x", [], {}, {"id": 5, "type": []}]})

    assert 6 == done.counts["refused"]


def test_numbers_in_a_file_are_taken_as_they_are_written():
    text = json.dumps({"events": events_of(FUNDED)})
    for written in ("6e2", "600.0", "1" * 5000):
        file = read_event_file(text.replace("600", written).encode(), "case.json")
        assert replay_events(file, today=TODAY).outcomes[0].refusal.code == "ledger.not-a-whole-number"


def test_currencies_of_a_file_are_held_against_iso_4217():
    done = run({"currencies": {"USD": 2, "JPY": 2, "XXX": 2}, "events": [], "expected": 7})

    assert ["events.not-compared", "events.digits-differ", "events.unknown-currency"] == [
        finding.code for finding in done.findings
    ]
    assert {"USD", "JPY"} == done.book.currencies
    assert not done.is_as_expected
    assert run({"currencies": {"XXX": 2}, "events": []}).is_as_expected


def test_events_can_go_into_books_that_there_are():
    file = read_event_file(json.dumps(events_of(FUNDED)).encode(), "events.json")
    first = replay_events(file, today=TODAY)

    again = replay_events(file, first.book, today=TODAY)

    assert {"ok": 0, "refused": 0, "replay": 6} == again.counts
    assert again.book is first.book


def test_what_is_said_of_a_file_can_be_shown_whatever_is_in_it():
    """JSON can hold halves of characters (a surrogate without its other half), which UTF-8 cannot."""
    half = "\ud800"
    event = {"id": "b", "type": "pledge", "contribution": half, "effective_on": half, half: 4, "expect": half}
    done = run(
        {
            "case": half,
            "title": half,
            half: 5,
            "events": [{"id": half, "type": half, "batch": half, "expect": half}, event],
            "expected": {
                half: 5,
                "balances": [{"contribution": half, "stages": {half: 4, "pledged": half}}],
                "batches": {half: {"refused": half}},
            },
        }
    )

    assert {"ok": 0, "refused": 2, "replay": 0} == done.counts
    for part in (*done.outcomes, *done.findings, *done.differences):
        assert str(part).encode()
    assert {"batch ?: refused", "balances[0]: ?, pledged", "event 2 (b)"} == {
        difference.what for difference in done.differences
    }


@pytest.mark.parametrize(
    ("whole", "column", "way_out"),
    [
        ({"expcted": {}}, "expcted", "If “expected” is meant, write that."),
        ({"evnts": [], "zzzz": 1}, "evnts", "If “events” is meant, write that."),
        ({"zzzz": 1}, "zzzz", "Correct it, or take it out."),
        (
            {"events": [{"events": [], "exspect": {}}]},
            "/events/0/exspect",
            "If “expect” is meant, write that.",
        ),
        ({"events": [{"events": [], "counts": {}}]}, "/events/0/counts", "Correct it, or take it out."),
        (
            {"events": [{"events": [], "expected": {}}]},
            "/events/0/expected",
            "If “expect” is meant, write that.",
        ),
    ],
)
def test_a_name_that_a_file_does_not_have_is_an_error_and_nothing_is_entered(whole, column, way_out):
    file = read_event_file(json.dumps({"events": events_of(FUNDED), **whole}).encode(), "case.json")

    assert {"events.unknown-name"} == {finding.code for finding in file.findings}
    assert (column, way_out) == (file.findings[0].place.column, file.findings[0].way_out)
    assert file.findings[0].is_error
    assert not file.is_readable


@pytest.mark.parametrize(
    ("whole", "column"),
    [
        ({"events": [{"batch": [ORDERS[0]], "events": [ORDERS[1]]}]}, "/events/0"),
        ({"events": [{"batch": [ORDERS[0]], "events": None}]}, "/events/0"),
        ({"events": [{"type": "pledge", "id": "p", "events": []}]}, "/events/0/type"),
        ({"events": [{"type": "reverse", "batch": [ORDERS[0]]}]}, "/events/0/type"),
        ({"events": [{"type": None, "events": []}]}, "/events/0/type"),
        ({"events": [{"events": [], "expect": "ok"}]}, "/events/0/expect"),
        ({"events": [{"events": [], "expect": {"ok": "1"}}]}, "/events/0/expect"),
        ({"events": [{"events": [], "expect": {"ok": True}}]}, "/events/0/expect"),
        ({"events": [{"events": [], "id": 5}]}, "/events/0"),
        ({"title": ["a"]}, "title"),
        ({"case": None}, "case"),
        ({"note": {"a": 1}}, "note"),
    ],
)
def test_a_file_of_which_it_is_not_clear_what_is_meant_enters_nothing(whole, column):
    """A batch with events in two places had one of them entered, and the other passed over."""
    file = read_event_file(json.dumps({"events": events_of(FUNDED), **whole}).encode(), "case.json")

    assert ["events.not-as-documented"] == [finding.code for finding in file.findings]
    assert column == file.findings[0].place.column
    assert not file.is_readable


def test_what_is_expected_is_an_object_and_not_nothing():
    file = read_event_file(json.dumps({"events": events_of(FUNDED), "expected": None}).encode(), "case.json")

    assert ["events.not-compared"] == [finding.code for finding in file.findings]


def test_a_file_with_other_decimals_is_not_entered():
    """Its amounts count other units than they seem to."""
    for wrong in ({"JPY": 2}, {"JPY": False}, {"JPY": "0"}, {"JPY": None}, ["JPY"], "JPY", None):
        assert not event_file_of({"currencies": wrong, "events": []}, "yen").is_readable
    assert event_file_of({"currencies": {"JPY": 0}, "events": []}, "yen").is_readable


def test_every_fault_of_an_event_has_its_place_in_the_file():
    bad = {**events_of(FUNDED)[0], "id": "bad", "amount": "600", "colour": 1}
    batch = {"type": "batch", "id": "b", "events": [bad], "expect": {"refused": 1}}
    done = run({"events": [*events_of(FUNDED), bad, batch, {**bad, "id": "late", "amount": 5, "batch": "c"}]})

    assert [
        ["/events/6/colour", "/events/6/amount"],
        ["/events/7/events/0/colour", "/events/7/events/0/amount"],
        ["/events/8/colour"],
    ] == [[place for place, _ in outcome.faults] for outcome in done.outcomes[6:]]
    assert [] == done.outcomes[0].faults


def test_events_of_another_century_are_refused_and_spend_nothing():
    """A year typed with its digits turned: nothing of it is there, so nothing can be set aside."""
    file = read_event_file((CASE.parents[1] / "files" / "events-year-2206.json").read_bytes(), "2206.json")
    done = replay_events(file, today=date(2026, 11, 28))

    assert {"ok": 0, "refused": 4, "replay": 0} == done.counts
    assert ["ledger.in-the-future"] * 3 == [outcome.refusal.code for outcome in done.outcomes[:3]]
    assert ["/events/0/effective_on"] == [place for place, _ in done.outcomes[0].faults]
    assert "ledger.unknown-contribution" == done.outcomes[3].refusal.code
    assert {} == done.book.state.money()
    later = replay_events(file, today=date(2206, 11, 20))
    assert {"ok": 4, "refused": 0, "replay": 0} == later.counts
