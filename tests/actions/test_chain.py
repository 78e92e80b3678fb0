"""Requirements and offers are written down and moved on by whoever the table of steps says, and by nobody else."""

from contextlib import contextmanager

import pytest
from django.db import transaction

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import chain
from pledgeline.actions.chain import TABLES
from pledgeline.audit.models import AuditEvent
from pledgeline.programme.findings import Finding
from pledgeline.programme.nouns import field_of
from pledgeline.programme.roles import Role
from pledgeline.programme.steps import MAY_WRITE, STEPS, State, states_of, step_of
from pledgeline.queries.chain import on_the_list
from pledgeline.records.models import OfferRecord, PartyName, PartyRecord, RequirementRecord, StepTaken
from tests.chain import (
    DETAILS,
    OFFER,
    ORDER,
    RECEIPT,
    REQUIREMENT,
    SHIPMENT,
    a_fund,
    by_another,
    dispatched,
    formed,
    listed,
    offered,
    ordered,
    received,
    required,
    take,
    worker,
    written,
)
from tests.people import NOW

pytestmark = pytest.mark.django_db

SAID = {
    "requirement": REQUIREMENT,
    "offer": OFFER,
    "order": ORDER,
    "shipment": SHIPMENT,
    "receipt": RECEIPT,
}


@pytest.fixture
def fund():
    return a_fund()


def before(fund, noun):
    """Bring about what a noun follows from."""
    if noun not in ("requirement", "offer"):
        formed(fund)
    if noun in ("shipment", "receipt", "discrepancy"):
        ordered(fund)
    if noun in ("receipt", "discrepancy"):
        dispatched(fund)


def a_row(fund, noun, state):
    """Give a noun in a state; of what it follows from nothing is asked again."""
    table = TABLES[noun]
    if not table.objects.exists():
        before(fund, noun)
        if noun == "discrepancy":
            received(fund)
        elif noun in SAID:
            written(fund, table, SAID[noun])
    row = table.objects.order_by("pk").first()
    if noun == "package" and not table.objects.filter(key="P-9").exists():
        split = {"into": "P-9", "lines": [{"line": "P-1/AD-015", "units": 1}]}
        take(row, "split", MACHINE, details=split)
    if noun == "order" and state == State.ACCEPTED:
        for step in ("request", "offer", "accept"):
            table.objects.filter(pk=row.pk).update(state=sorted(step_of(noun, step).origins)[0])
            take(row, step, MACHINE)
            by_another()
    table.objects.filter(pk=row.pk).update(state=state)
    row.refresh_from_db()
    return row


@contextmanager
def undone():
    """Let nothing stay of what is done meanwhile."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.noun}-{step.name}")
def test_a_step_is_taken_by_the_roles_of_the_table_and_by_no_other(fund, step):
    origin = sorted(step.origins)[0]
    row = a_row(fund, step.noun, origin)
    taken_before = StepTaken.objects.count()
    for role in Role:
        with undone():
            person, details = worker(role), DETAILS.get((step.noun, step.name))
            answer = take(row, step.name, person, reason="because", details=details)
            row.refresh_from_db()
            taken, state = StepTaken.objects.count(), row.state
            refused = AuditEvent.objects.filter(act="step-taken", outcome="refused", code="steps.no-right")
            is_noted = refused.exists()

        own = role == Role.SUPPLIER  # for its own party only, and this one has none
        if role in step.roles and not own:
            assert isinstance(answer, StepTaken), role
            assert (answer.by_name, answer.origin, answer.target) == (f"a-{role}", origin, step.target)
            assert (answer.reason, state) == ("because", step.target)
        else:
            assert isinstance(answer, Finding), role
            assert (answer.code, state, taken) == ("steps.no-right", origin, taken_before)
            assert is_noted


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.noun}-{step.name}")
def test_a_step_is_taken_from_its_states_and_from_no_other(fund, step):
    for state in states_of(step.noun):
        row = a_row(fund, step.noun, state)
        by_another()
        with undone():
            details = DETAILS.get((step.noun, step.name))
            answer = take(row, step.name, MACHINE, reason="because", details=details)
        assert isinstance(answer, StepTaken) == (state in step.origins), (state, answer)


@pytest.mark.parametrize("noun", MAY_WRITE)
def test_a_noun_is_written_down_by_the_roles_of_the_table(fund, noun):
    before(fund, noun)
    for role in Role:
        with undone():
            made = written(fund, TABLES[noun], SAID[noun], worker(role))
            is_there = TABLES[noun].objects.exists()
        assert isinstance(made, TABLES[noun]) == (role in MAY_WRITE[noun] and role != Role.SUPPLIER), role
        assert is_there == isinstance(made, TABLES[noun]), role


def test_a_supplier_offers_for_its_own_party_and_for_no_other(fund):
    party = PartyRecord.objects.create(ref="MAKER", name="Maker A", kind="company")
    PartyName.objects.create(party=party, name="Maker A", key="maker a")
    mine, other = worker(Role.SUPPLIER, party="MAKER"), worker(Role.SUPPLIER, name="other", party="ELSE")

    made = chain.write(OfferRecord, OFFER, programme=fund, person=mine, now=NOW)
    assert made.party == party
    assert isinstance(take(made, "submit", other), Finding)
    assert isinstance(take(made, "submit", mine), StepTaken)
    theirs = chain.write(OfferRecord, {**OFFER, "key": "O-2"}, programme=fund, person=other, now=NOW)
    assert "steps.no-right" == theirs[0].code


def test_whoever_submits_does_not_validate(fund):
    row = required(fund)
    both = worker(Role.VALIDATOR, name="both")
    both = worker(Role.RECIPIENT, name="both")
    take(row, "submit", both)

    answer = take(row, "validate", both)

    assert answer.code == "steps.four-eyes"
    assert isinstance(take(row, "validate", worker(Role.VALIDATOR)), StepTaken)


def test_what_is_returned_is_validated_by_somebody_else_again(fund):
    row = required(fund)
    take(row, "submit", worker(Role.RECIPIENT))
    take(row, "return", worker(Role.VALIDATOR), reason="Which calibre?")
    second = worker(Role.RECIPIENT, name="second")
    chain.write(RequirementRecord, {**REQUIREMENT, "quantity": 13}, programme=fund, person=second, now=NOW)
    take(row, "submit", second)

    row.refresh_from_db()
    assert (row.version, row.state, row.quantity) == (1, State.SUBMITTED, 13)
    assert [taken.step for taken in StepTaken.objects.all()] == [
        "write",
        "submit",
        "return",
        "write",
        "submit",
    ]
    assert StepTaken.objects.filter(step="write").last().changes == {"quantity": [12, 13]}


def test_a_step_that_takes_away_needs_a_reason(fund):
    row = required(fund)
    answer = take(row, "withdraw", worker(Role.RECIPIENT), reason="  ")
    assert (answer.code, field_of(answer)) == ("steps.no-reason", "reason")


def test_the_same_request_again_gives_the_first_answer(fund):
    row = required(fund)
    first = take(row, "submit", worker(Role.RECIPIENT), asked_with="once")
    again = take(row, "submit", worker(Role.RECIPIENT), asked_with="once")
    assert first == again
    assert StepTaken.objects.filter(step="submit").count() == 1


def test_what_waits_for_a_decision_is_not_changed(fund):
    row = required(fund)
    take(row, "submit", worker(Role.RECIPIENT))
    said = {**REQUIREMENT, "quantity": 24}
    answer = chain.write(RequirementRecord, said, programme=fund, person=worker(Role.RECIPIENT), now=NOW)
    row.refresh_from_db()
    assert (answer[0].code, row.quantity) == ("steps.waits", 12)


def test_a_page_that_was_open_too_long_changes_nothing(fund):
    row = required(fund)
    seen = chain.stamp_of(row)
    recipient = worker(Role.RECIPIENT)
    chain.write(RequirementRecord, {**REQUIREMENT, "quantity": 24}, programme=fund, person=recipient, now=NOW)

    late = chain.write(
        RequirementRecord,
        {**REQUIREMENT, "quantity": 36},
        programme=fund,
        person=recipient,
        now=NOW,
        seen=seen,
    )
    step = take(row, "submit", recipient, seen=seen)

    row.refresh_from_db()
    assert (late[0].code, step.code, row.quantity) == ("steps.changed-meanwhile",) * 2 + (24,)


def test_a_new_one_does_not_take_the_name_of_another(fund):
    required(fund)
    recipient = worker(Role.RECIPIENT)
    answer = chain.write(RequirementRecord, REQUIREMENT, programme=fund, person=recipient, now=NOW, seen="")
    assert (answer[0].code, field_of(answer[0])) == ("steps.taken", "key")


def test_a_new_version_of_an_offer_takes_the_place_of_the_earlier_once_it_is_offered(fund):
    """Two versions that both stood made one offer twice, and no plan from the list could be read."""
    offered(fund)
    written(fund, OfferRecord, {**OFFER, "unit_price": 120_00})
    states = OfferRecord.objects.order_by("version").values_list("state", flat=True)
    assert list(states) == ["offered", "draft"]

    take(OfferRecord.objects.get(version=2), "submit", MACHINE)

    assert list(states.all()) == ["superseded", "offered"]
    assert StepTaken.objects.filter(noun="offer", step="supersede", version=1).exists()


def test_a_new_version_replaces_the_one_on_the_list_once_it_is_listed_itself(fund):
    first, second = listed(fund), listed(fund, key="AD-015")
    changed = required(fund, quantity=24)
    assert (changed.version, changed.state) == (2, State.DRAFT)
    assert [row.pk for row in on_the_list(fund)] == [first.pk, second.pk]

    listed(fund, quantity=24)

    first.refresh_from_db()
    assert first.state == State.SUPERSEDED
    assert [(row.key, row.version, row.quantity) for row in on_the_list(fund)] == [
        ("AD-014", 2, 24),
        ("AD-015", 1, 12),
    ]


def test_the_list_goes_by_priority_and_then_by_when_it_was_listed(fund):
    for key, priority in (("C", 2), ("B", 1), ("A", 2), ("D", 1)):
        listed(fund, key=key, priority=priority)
    assert ["B", "D", "C", "A"] == [row.key for row in on_the_list(fund)]


def test_every_act_leaves_an_event(fund):
    row = required(fund)
    take(row, "submit", worker(Role.RECIPIENT))
    done = [
        (event.act, event.noun, event.ref, event.programme)
        for event in AuditEvent.objects.filter(outcome="done")
    ]
    assert ("noun-written", "requirement", "AD-014", "harbour") in done
    assert ("step-taken", "requirement", "AD-014", "harbour") in done
