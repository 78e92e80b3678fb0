"""Whatever writes leaves an event: every public function of the actions stands here, or this fails.

A new action belongs into WRITES with the events that it leaves, or into READS; then it is called here, and
exactly those events must come.
"""

import inspect
import pkgutil
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest
from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.db import connection

from pledgeline import actions
from pledgeline.accounts.models import User
from pledgeline.accounts.roles import MACHINE, Role
from pledgeline.actions import (
    books,
    first_start,
    fulfilment,
    invitations,
    people,
    plan_inputs,
    plans,
    publication,
    records,
    register,
    sign_ins,
)
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.ledger import SigningKey
from pledgeline.ledger.event_files import event_file_of
from pledgeline.ledger.witness import cosign, read_request, request_to_witness
from pledgeline.plan import parse_problem
from pledgeline.records.models import ProgrammeRecord, RunKind, Subject
from pledgeline.records.register import seen_register, shipped_texts
from tests.audit.events import events_of, said
from tests.builders import a_programme, a_record
from tests.ledger.stories import DELIVERED, TODAY
from tests.ledger.stories import events_of as story_of
from tests.planning import ADA, PROBLEM, as_json, asked, handed_in

pytestmark = pytest.mark.django_db

SIGNER, WITNESS = (
    SigningKey(name=f"{name}.example", secret=bytes([number] * 32)) for number, name in enumerate("ab")
)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PASSWORD = "harbour-lantern-otter"


@pytest.fixture(autouse=True)
def harbour(settings):
    """A programme without books."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    ProgrammeRecord.from_value(a_programme(slug="harbour")).save()


def load(**more: Any) -> Any:
    given = {"programme": a_programme(slug="harbour"), "record": a_record(), "prune": False}
    return records.load_record(**given | {"today": date(2026, 3, 1), "by": "a test"} | more)


def pledge(**more: Any) -> Any:
    event = {"id": "e-1", "type": "pledge", "effective_on": "2026-02-01", "contribution": "NL-1"}
    event |= {"partner": "Netherlands", "currency": "USD", "amount": 5_000, "note": "a private note"}
    return books.post("harbour", event | more, today=date(2026, 3, 1), by="ada")


def bring_in(*, keep: bool) -> Any:
    return books.bring_in("harbour", a_file(), today=TODAY, by="ada", keep=lambda _done: keep)


def a_file() -> Any:
    return event_file_of(story_of(DELIVERED), "story")


def ada(**more: Any) -> User:
    given = {"name": "ada", "role": Role.REGISTER_EDITOR, "by": "a test", "password": PASSWORD}
    return people.add_person(**given | more)


def invite() -> str:
    return invitations.invite(name="Eve", role=Role.READER, person=MACHINE, now=NOW)


def accept(token: str) -> User:
    return invitations.accept_invitation(token=token, name="eve", password=PASSWORD, now=NOW)


def publish(person: Any) -> Any:
    return publication.publish("harbour", Subject.PROGRAMME, person=person, now=NOW)


def open_() -> None:
    books.open_books("harbour")


def point(**more: Any) -> Any:
    canada = seen_register().register.by_id["ua-ca-2024"]
    duty = next(each.id for each in canada.obligations if each.money and each.money.amount)
    given = {"instrument": canada, "obligation": duty, "contribution": "CA-1", "points": True, "reason": ""}
    return fulfilment.point(**given | {"programme": "harbour", "now": NOW} | more)


def save(text: str | None = None, *, based_on: int = 0) -> Any:
    return register.save_version(
        instrument="ua-gb-2024",
        text=shipped_texts()["ua-gb-2024.toml"].replace("PT24H", "PT12H") if text is None else text,
        reason="read again",
        person=MACHINE,
        programme="",
        based_on=based_on,
        now=NOW,
    )


def hand_in() -> Any:
    return handed_in(PROBLEM, programme="harbour")


def a_problem() -> Any:
    return parse_problem(as_json().decode(), "a.json")[0]


def a_run() -> Any:
    return asked(hand_in())


def cosigned() -> str:
    """Give a checkpoint to a witness, and get its answer."""
    open_()
    note = books.give_checkpoint("harbour", keys=[SIGNER])
    request = read_request(request_to_witness(0, [], note))
    return cosign(request, last=None, logs=[SIGNER.public_text], key=WITNESS, time=1_795_000_000)


def take_cosignatures(lines: str) -> Any:
    return books.take_cosignatures("harbour", lines, witnesses=[WITNESS.witness_text])


Before = Callable[[], Any]
Call = Callable[[Any], Any]
Story = tuple[Before, Call, list[AuditAct]]


def nothing() -> None:
    return None


WRITES: dict[Callable[..., Any], Story] = {
    records.load_record: (nothing, lambda _: load(), [AuditAct.RECORD_LOADED]),
    books.open_books: (nothing, lambda _: books.open_books("harbour"), [AuditAct.BOOKS_OPENED]),
    books.post: (open_, lambda _: pledge(), [AuditAct.ENTRY_MADE]),
    books.replay_into: (
        nothing,
        lambda _: books.replay_into("harbour", a_file(), today=TODAY),
        [AuditAct.BOOKS_OPENED, AuditAct.EVENTS_ENTERED],
    ),
    books.bring_in: (
        open_,
        lambda _: bring_in(keep=True),
        [AuditAct.EVENTS_ENTERED],
    ),
    books.erase: (
        lambda: (books.open_books("harbour"), pledge()),
        lambda _: books.erase("harbour", key="e-1", names=["note"]),
        [AuditAct.NOTE_ERASED],
    ),
    books.give_checkpoint: (
        lambda: (books.open_books("harbour"), pledge()),
        lambda _: books.give_checkpoint("harbour"),
        [AuditAct.CHECKPOINT_GIVEN],
    ),
    books.take_cosignatures: (cosigned, take_cosignatures, [AuditAct.COSIGNATURES_TAKEN]),
    first_start.load_shipped: (
        lambda: ProgrammeRecord.objects.all().delete(),
        lambda _: first_start.load_shipped(now=NOW),
        [AuditAct.RECORD_LOADED, AuditAct.PUBLISHED],
    ),
    first_start.load_illustration: (
        nothing,
        lambda _: first_start.load_illustration(now=NOW),
        [AuditAct.RECORD_LOADED, AuditAct.BOOKS_OPENED, AuditAct.EVENTS_ENTERED, *[AuditAct.PUBLISHED] * 2],
    ),
    publication.publish: (nothing, lambda _: publish(MACHINE), [AuditAct.PUBLISHED]),
    publication.unpublish: (
        lambda: publish(MACHINE),
        lambda _: publication.unpublish("harbour", Subject.PROGRAMME, person=MACHINE, now=NOW),
        [AuditAct.UNPUBLISHED],
    ),
    people.add_person: (nothing, lambda _: ada(), [AuditAct.PERSON_ADDED, AuditAct.ROLE_GIVEN]),
    people.add_first_person: (
        nothing,
        lambda _: people.add_first_person(name="ada", password=PASSWORD),
        [AuditAct.PERSON_ADDED, *[AuditAct.ROLE_GIVEN] * len(Role)],
    ),
    invitations.invite: (nothing, lambda _: invite(), [AuditAct.PERSON_INVITED]),
    invitations.accept_invitation: (
        invite,
        accept,
        [AuditAct.PERSON_ADDED, AuditAct.ROLE_GIVEN, AuditAct.INVITATION_ACCEPTED],
    ),
    invitations.withdraw_invitation: (
        lambda: invitations.open_invitation(invite(), NOW),
        lambda invited: invitations.withdraw_invitation(invited, person=MACHINE),
        [AuditAct.INVITATION_WITHDRAWN],
    ),
    people.give_role: (
        ada,
        lambda _: people.give_role(name="ada", role=Role.READER, programme="", party="", person=MACHINE),
        [AuditAct.ROLE_GIVEN],
    ),
    people.take_role: (
        lambda: ada().memberships.get(),
        lambda membership: people.take_role(membership, person=MACHINE),
        [AuditAct.ROLE_TAKEN],
    ),
    invitations.note_reset_link: (
        ada,
        lambda _: invitations.note_reset_link(name="ada", person=MACHINE),
        [AuditAct.RESET_LINK_MADE],
    ),
    people.remove_person: (
        ada,
        lambda _: people.remove_person(name="ada"),
        [AuditAct.PERSON_REMOVED],
    ),
    people.set_password: (
        ada,
        lambda _: people.set_password(name="ada", password="another-lantern-otter"),
        [AuditAct.PASSWORD_CHANGED],
    ),
    plan_inputs.hand_in: (nothing, lambda _: hand_in(), [AuditAct.INPUT_HANDED_IN]),
    plan_inputs.hand_in_change: (
        a_run,
        lambda run: plan_inputs.hand_in_change(base=run, problem=a_problem(), name="what if", asker=ADA),
        [AuditAct.INPUT_HANDED_IN],
    ),
    plans.ask: (
        hand_in,
        lambda source: plans.ask(source=source, kind=RunKind.PLAN, mode="fast", asker=ADA),
        [AuditAct.PLAN_ASKED],
    ),
    plans.ask_what_if: (
        a_run,
        lambda run: plans.ask_what_if(base=run, problem=a_problem(), name="what if", change={}, asker=ADA),
        [AuditAct.INPUT_HANDED_IN, AuditAct.PLAN_ASKED],
    ),
    plans.stop: (a_run, lambda run: plans.stop(run=run), [AuditAct.PLAN_STOPPED]),
    plans.delete: (a_run, lambda run: plans.delete(run=run), [AuditAct.PLAN_DELETED]),
    plan_inputs.discard: (
        hand_in,
        lambda source: plan_inputs.discard(source=source),
        [AuditAct.INPUT_DELETED],
    ),
    register.save_version: (nothing, lambda _: save(), [AuditAct.INSTRUMENT_SAVED]),
    fulfilment.point: (ada, lambda person: point(person=person), [AuditAct.CONTRIBUTION_POINTED]),
    sign_ins.note_desk: (nothing, lambda _: sign_ins.note_desk(), [AuditAct.DESK_OPENED]),
    sign_ins.note_desk_refusal: (nothing, lambda _: sign_ins.note_desk_refusal(), [AuditAct.DESK_OPENED]),
    sign_ins.note_sign_in: (ada, lambda user: sign_ins.note_sign_in(user=user), [AuditAct.SIGNED_IN]),
    sign_ins.note_sign_out: (ada, lambda user: sign_ins.note_sign_out(user=user), [AuditAct.SIGNED_OUT]),
    sign_ins.note_wrong_second_factor: (
        ada,
        lambda user: sign_ins.note_wrong_second_factor(user=user),
        [AuditAct.SIGNED_IN],
    ),
    sign_ins.note_password: (
        ada,
        lambda user: sign_ins.note_password(user=user, signal=password_reset),
        [AuditAct.PASSWORD_CHANGED],
    ),
    sign_ins.note_second_factor: (
        ada,
        lambda user: sign_ins.note_second_factor(user=user, authenticator=Authenticator(type="totp")),
        [AuditAct.SECOND_FACTOR_ADDED],
    ),
    sign_ins.note_second_factor_gone: (
        ada,
        lambda user: sign_ins.note_second_factor_gone(user=user, authenticator=Authenticator(type="totp")),
        [AuditAct.SECOND_FACTOR_REMOVED],
    ),
    sign_ins.note_provider: (
        ada,
        lambda user: sign_ins.note_provider(
            SocialLogin(account=SocialAccount(user=user, provider="ministry"))
        ),
        [AuditAct.PROVIDER_CONNECTED],
    ),
    sign_ins.note_provider_gone: (
        ada,
        lambda user: sign_ins.note_provider_gone(SocialAccount(user=user, provider="ministry")),
        [AuditAct.PROVIDER_DISCONNECTED],
    ),
    sign_ins.end_sessions: (
        ada,
        lambda user: sign_ins.end_sessions("ada", user.sessions.all()),
        [AuditAct.SESSIONS_ENDED],
    ),
    sign_ins.note_refusal: (
        ada,
        lambda _: sign_ins.note_refusal("ada", code="too-many"),
        [AuditAct.SIGNED_IN],
    ),
    sign_ins.note_wrong_password: (
        nothing,
        lambda _: sign_ins.note_wrong_password(credentials={"username": "ada"}),
        [AuditAct.SIGNED_IN],
    ),
}

READS = {
    "booked": ["booked"],
    "books": ["read_for_now"],
    "event_files": ["shortfall_told"],
    "fulfilment": ["measured", "read_books"],
    "invitations": ["open_invitation"],
    "people": ["has_account", "must_not_be_last", "new_password", "people"],
    "plan_workbooks": ["workbook_of"],
    "publication": ["publications"],
    "register": ["altered_coverage", "consider", "may_edit", "withdrawn"],
    "verification": ["newest", "under_way", "why_none"],
}

QUEUE = {
    "books": ["expire_reservations"],
    "event_files": ["ask_to_enter", "ask_to_look"],
    "plan_inputs": ["ask_to_read"],
    "plan_workbooks": ["ask_for_workbook"],
    "verification": ["ask_to_verify"],
}
"""What is only asked for, or done by the program itself: what comes of it leaves its event when it is done."""

WRITING = re.compile(r"\.(create|save|delete|update|bulk_create|set_password|keep)\(|atomic|in_turn|trail\.")


def public_functions() -> dict[str, Callable[..., Any]]:
    found = {}
    for each in pkgutil.walk_packages(actions.__path__, f"{actions.__name__}."):
        module = import_module(each.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == each.name and not name.startswith("_"):
                found[f"{each.name.removeprefix('pledgeline.actions.')}.{name}"] = function
    return found


FOUND = public_functions()


def listed(table: dict[str, list[str]]) -> set[str]:
    return {f"{module}.{name}" for module, names in table.items() for name in names}


def test_every_action_is_known_to_write_or_to_read():
    writes = {name for name, function in FOUND.items() if function in WRITES}

    assert set(FOUND) == writes | listed(READS) | listed(QUEUE)
    assert len(writes) == len(WRITES)


@pytest.mark.parametrize("name", sorted(listed(READS)))
def test_what_is_said_to_read_writes_nothing(name):
    assert not WRITING.search(inspect.getsource(FOUND[name]))


@pytest.mark.parametrize("action", WRITES, ids=lambda action: f"{action.__module__}.{action.__name__}")
def test_an_action_leaves_its_events_each_once_and_in_its_transaction(action, monkeypatch):
    before, call, expected = WRITES[action]
    given = before()
    outside, depths = len(connection.atomic_blocks), []
    plain = trail.AuditEvent.objects.create

    def noted(**fields: Any) -> Any:
        depths.append(len(connection.atomic_blocks))
        return plain(**fields)

    monkeypatch.setattr(trail.AuditEvent.objects, "create", noted)
    with events_of() as events:
        call(given)

    assert [event.act for event in events] == expected
    assert {event.outcome for event in events} == {"refused" if action.__name__ in REFUSING else "done"}
    assert min(depths) > outside


REFUSING = {"note_refusal", "note_desk_refusal", "note_wrong_second_factor", "note_wrong_password"}


def without_problem() -> Any:
    """An input with errors, from which nothing can be planned."""
    lines = [{"id": "R-1", "item": "drone", "quantity": "ten"}]
    return handed_in({**PROBLEM, "lines": lines}, programme="harbour")


def ask_of(source: Any) -> Any:
    return plans.ask(source=source, kind=RunKind.PLAN, mode="fast", asker=ADA)


REFUSED: list[tuple[Before, Call, str, str, str]] = [
    (without_problem, ask_of, "plan-asked", "not-now", ""),
    (open_, lambda _: books.open_books("harbour"), "books-opened", "books-there", "harbour"),
    (nothing, lambda _: books.give_checkpoint("harbour"), "checkpoint-given", "no-books", "harbour"),
    (open_, lambda _: books.erase("harbour", key="x"), "note-erased", "nothing-to-erase", "x"),
    (open_, lambda _: pledge(amount=-5), "entry-made", "ledger.", "e-1"),
    (lambda: (books.open_books("harbour"), pledge()), lambda _: pledge(amount=6_000), "entry-made", "ledger.", "e-1"),
    (nothing, lambda _: people.remove_person(name="eve"), "person-removed", "refused", "eve"),
    (nothing, lambda _: people.set_password(name="eve", password=PASSWORD), "password-changed", "refused", "eve"),
    (nothing, lambda _: ada(name="eve", password="short"), "role-given", "refused", "eve"),
    (ada, lambda _: save(based_on=0, text=None) and save(), "instrument-saved", "overtaken", "ua-gb-2024"),
    (ada, publish, "published", "not-allowed", "programme"),
    (nothing, lambda _: accept("no such token"), "invitation-accepted", "refused", "eve"),
    (ada, lambda person: point(person=person, obligation="none"), "contribution-pointed", "refused", "none"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "call", "act", "code", "ref"), REFUSED)
def test_a_refused_act_leaves_its_event(before, call, act, code, ref):
    given = before()
    with events_of() as events, suppress(Exception):
        call(given)

    event = events[-1]
    assert (event.act, event.outcome, event.ref) == (act, "refused", ref)
    assert event.code.startswith(code)


def test_what_changes_nothing_leaves_no_event():
    books.open_books("harbour")
    pledge()
    with events_of() as events:
        pledge()
        bring_in(keep=False)
        books.replay_into("harbour", a_file(), today=TODAY, dry_run=True)
        load(dry_run=True)

    assert said(events) == []


def test_neither_a_password_nor_a_private_note_is_in_an_event():
    with events_of() as events:
        ada()
        people.set_password(name="ada", password="another-lantern-otter")
        books.open_books("harbour")
        pledge()
        pledge(id="e-2", amount=-5)
        books.erase("harbour", key="e-1")
    whole = " ".join(str(vars(event)) for event in events)

    assert len(events) == 7
    assert not re.search("otter|private note|short", whole)
