"""Many rows go in one request: each as if it had been sent alone, and none hinders another."""

import pytest

from pledgeline.accounts.models import KeptAnswer, Scope
from pledgeline.audit.acts import AuditAct
from pledgeline.audit.models import AuditEvent
from pledgeline.programme.roles import Role
from pledgeline.records.models import PartyName, PartyRecord, RequirementRecord, StepTaken
from tests.api.conftest import HARBOUR, program
from tests.chain import OFFER, ORDER

pytestmark = pytest.mark.django_db

BATCH = f"{HARBOUR}/batches/requirements"


def tent(key, quantity=5, match=None):
    value = {"key": key, "item": "tent", "quantity": quantity}
    return {"value": value, **({} if match is None else {"match": match})}


def sent(api, *rows, **more):
    answer = api.send("POST", BATCH, {"rows": [*rows]}, **more)
    assert 200 == answer.status_code, answer.content
    return answer.json()


def results(answer):
    return [row["result"] for row in answer["rows"]]


def quantities():
    return dict(
        RequirementRecord.objects.filter(key__startswith="N-", is_newest=True).values_list("key", "quantity")
    )


@pytest.mark.both_databases
def test_rows_are_written_each_by_itself_and_answered_in_the_order_sent(harbour):
    """Of five rows two are wrong: one in a field, one is there already. The others are written."""
    api = program(Role.RECIPIENT)
    sent(api, tent("N-2"))
    answer = sent(api, tent("N-3"), tent("N-2", 6), tent("N-4", -1), tent("N-1", 7), {"value": []})

    assert ["new", "refused", "refused", "new", "refused"] == results(answer)
    assert {"new": 2, "changed": 0, "unchanged": 0, "refused": 3} == answer["counts"]
    assert {"N-1": 7, "N-2": 5, "N-3": 5} == quantities()
    problems = [row["problem"] for row in answer["rows"] if "problem" in row]
    assert [409, 422, 422] == [problem["status"] for problem in problems]
    assert ["/rows/1/value/key", "/rows/2/value/quantity", "/rows/4"] == [
        finding["pointer"] for problem in problems for finding in problem["findings"]
    ]
    assert all(finding["way_out"] for problem in problems for finding in problem["findings"])


@pytest.mark.both_databases
def test_a_row_changes_what_was_seen_or_whatever_is_there(harbour):
    api, other = program(Role.RECIPIENT), program(Role.RECIPIENT, Role.READER)
    one, two = sent(api, tent("N-1"), tent("N-2"))["rows"]
    sent(other, tent("N-2", 8, match=two["tag"]))

    answer = sent(
        api,
        tent("N-1", 6, match=one["tag"]),
        tent("N-2", 9, match=two["tag"]),
        tent("N-3", 3, match="*"),
        tent("N-2", 8, match="*"),
        tent("N-1", 7, match="*"),
    )
    assert ["changed", "refused", "new", "unchanged", "changed"] == results(answer)
    assert "steps.changed-meanwhile" == answer["rows"][1]["problem"]["code"]
    assert {"N-1": 7, "N-2": 8, "N-3": 3} == quantities()
    tag = api.get(f"{HARBOUR}/requirements/N-1")["ETag"]
    assert ["changed"] == results(sent(api, tent("N-1", 9, match=tag)))
    alone = api.send(
        "PUT",
        f"{HARBOUR}/requirements/N-1",
        tent("N-1", 1)["value"],
        match=sent(api, tent("N-1", 2, match="*"))["rows"][0]["tag"],
    )
    assert 200 == alone.status_code


def test_a_key_twice_in_a_batch_is_new_once(harbour):
    answer = sent(program(Role.RECIPIENT), tent("N-1", 5), tent("N-1", 6), tent("N-1", 7, match="*"))
    assert ["new", "refused", "changed"] == results(answer)
    assert {"N-1": 7} == quantities()


@pytest.mark.both_databases
def test_a_batch_that_comes_again_does_nothing_and_gets_the_same_answer(harbour):
    api = program(Role.RECIPIENT)
    rows = {"rows": [tent("N-1"), tent("N-2", 0)]}
    first, again = (api.send("POST", BATCH, rows, key="once") for _ in range(2))
    assert (200, first.content, "true") == (again.status_code, again.content, again["Idempotent-Replayed"])
    assert 1 == StepTaken.objects.filter(key="N-1").count()
    assert 1 == KeptAnswer.objects.count()
    other = api.send("POST", BATCH, {"rows": [tent("N-1")]}, key="once")
    assert (422, "api.other-request") == (other.status_code, other.json()["code"])


def test_each_row_leaves_an_event(harbour):
    before = AuditEvent.objects.filter(act=AuditAct.NOUN_WRITTEN).count()
    sent(program(Role.RECIPIENT), tent("N-1"), tent("N-2"), tent("N-2", 6))
    events = AuditEvent.objects.filter(act=AuditAct.NOUN_WRITTEN).order_by("pk")[before:]
    assert [("N-1", "done"), ("N-2", "done"), ("N-2", "refused")] == [
        (event.ref, event.outcome) for event in events
    ]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"rows": []},
        {"rows": {}},
        {"rows": "N-1"},
        {"rows": [tent(f"N-{number}") for number in range(501)]},
        {"rows": [tent("N-1")], "more": 1},
    ],
    ids=["nothing", "no rows", "an object", "a text", "too many", "more"],
)
def test_what_is_no_batch_is_refused_as_a_whole(harbour, body):
    answer = program(Role.RECIPIENT).send("POST", BATCH, body)
    assert (422, "api.no-rows") == (answer.status_code, answer.json()["code"])
    assert not quantities()


@pytest.mark.parametrize(
    "row",
    [
        None,
        7,
        [],
        "N-1",
        {"match": "*"},
        {"value": None},
        {"value": tent("N-1")["value"], "match": 1},
        {"value": tent("N-1")["value"], "sure": True},
    ],
)
def test_what_is_no_row_is_refused_and_the_rest_is_written(harbour, row):
    answer = sent(program(Role.RECIPIENT), row, tent("N-2"))
    assert ["refused", "new"] == results(answer)
    assert ["api.no-row"] == [finding["code"] for finding in answer["rows"][0]["problem"]["findings"]]
    assert {"N-2": 5} == quantities()


def test_keys_of_every_kind_are_answered(harbour):
    """A key that is none is a finding of its row, whatever it is."""
    values = [7, None, [], {}, "", " ", "x" * 201, "\ud83d\ude00", "a\u0000b", True, 1.5]
    rows = [{"value": {**tent("")["value"], "key": value}} for value in values]
    answer = sent(program(Role.RECIPIENT), *rows, tent("N-1"))
    assert {"N-1": 5} == quantities()
    assert len(values) + 1 == len(answer["rows"])


def test_who_may_not_write_writes_no_row(harbour):
    assert 403 == program(Role.READER).send("POST", BATCH, {"rows": [tent("N-1")]}).status_code
    reads = program(Role.RECIPIENT, scope=Scope.READ).send("POST", BATCH, {"rows": [tent("N-1")]})
    assert 403 == reads.status_code
    assert not quantities()


def test_a_supplier_writes_offers_of_its_own_alone(harbour):
    offer = {**OFFER, "item": "tent"}
    rows = [{"value": {**offer, "key": f"N-{maker}", "supplier": f"Maker {maker}"}} for maker in "AB"]
    party = PartyRecord.objects.create(ref="MA", name="Maker A", kind="company")
    PartyName.objects.create(party=party, name="Maker A", key="maker a")
    answer = program(Role.SUPPLIER, party="MA").send("POST", f"{HARBOUR}/batches/offers", {"rows": rows})
    assert [("N-A", "new", None), ("N-B", "refused", 403)] == [
        (row["key"], row["result"], row.get("problem", {}).get("status")) for row in answer.json()["rows"]
    ]


@pytest.mark.both_databases
def test_a_row_of_a_noun_that_holds_the_books_is_written_in_a_batch(harbour):
    """Of AD-014 twelve units are ordered already; one of the donated tents, AD-016, is not there."""
    lines = [[{**ORDER["lines"][0], "units": units}] for units in (1, 13)]
    rows = [{"value": {**ORDER, "key": f"N-{number}", "lines": of}} for number, of in enumerate(lines)]
    answer = program(Role.COORDINATOR).send("POST", f"{HARBOUR}/batches/orders", {"rows": rows}).json()
    alone = program(Role.COORDINATOR).send("POST", f"{HARBOUR}/orders", rows[1]["value"])
    assert alone.json()["findings"][0]["code"] == answer["rows"][1]["problem"]["findings"][0]["code"]
