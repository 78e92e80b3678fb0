"""Whatever writes leaves an event: every public function of the actions stands here, or this fails.

A new action belongs into WRITES with the events that it leaves, or into READS; then it is called here, and
exactly those events must come.
"""

import inspect
import pkgutil
import re
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django_tasks.base import Task

from pledgeline import actions
from pledgeline.actions import (
    books,
    people,
)
from pledgeline.audit import trail
from pledgeline.records.models import ProgrammeRecord
from tests.actions.acts import (
    PASSWORD,
    WRITES,
    Before,
    Call,
    a_file,
    accept,
    accept_plan,
    ada,
    ask_of,
    ask_to_read,
    bring_in,
    change_settings,
    create_programme,
    enter_pledge,
    enter_row,
    hand_in,
    list_plan,
    load,
    nothing,
    open_,
    pledge,
    point,
    publish,
    remove_row,
    save,
    take_step,
    with_a_list,
    write,
    write_terms,
)
from tests.audit.events import events_of, said
from tests.builders import a_programme
from tests.chain import REQUIREMENT
from tests.ledger.stories import TODAY
from tests.working import worked_off

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def harbour():
    """A programme without books."""
    ProgrammeRecord.from_value(a_programme(slug="harbour")).save()


READS = {
    "acceptance": ["foreseen", "hindrances", "lines_in", "size_for", "why_not"],
    "amendments": ["amended_lines", "total_of"],
    "approvals": ["foreseen", "same_person"],
    "changes": ["differences", "noted_before"],
    "holding": ["approval_finding"],
    "programmes": ["settings_stamp"],
    "chain": [
        "begins_version",
        "foreseen",
        "may_change",
        "may_write",
        "read_details",
        "stamp_of",
        "stamps_of",
        "why_not",
        "why_not_write",
    ],
    "discrepancies": ["hinders", "line_of", "open_of", "weigh"],
    "packages": ["hinders", "keep_terms", "weigh"],
    "nouns": ["finding", "place_of", "what_changed"],
    "illustration.money": ["pledged_in_all"],
    "illustration.wishes": ["who_sells"],
    "orders": ["hinders", "weigh"],
    "receipts": ["hinders"],
    "shipments": ["hinders"],
    "booked": ["booked"],
    "books": ["read_for_now"],
    "fulfilment": ["measured", "read_books"],
    "event_files": ["shortfall_told"],
    "invitations": ["open_invitation"],
    "job_askers": ["asker_behind", "in_the_name_of_who_asked", "own_job", "person_behind"],
    "noun_files": ["finding_told", "is_taken", "look_over", "row_told", "seen_of"],
    "sheet_rows": ["nouns_to_write", "sheet_rows"],
    "workbooks": ["as_json", "look_over_workbook"],
    "contributions": ["money_in", "why_not_terms"],
    "long_files": ["at_once", "must_not_be_long", "not_long"],
    "list_plans": ["earmark_of", "money_available"],
    "plans": ["is_accepted"],
    "people": ["has_account", "must_not_be_last", "new_password", "people"],
    "plan_workbooks": ["workbook_of"],
    "publication": ["publications"],
    "reports": ["look"],
    "verification": ["newest", "under_way", "why_none"],
    "scenarios": ["may_write_scenario"],
    "webhooks": ["due", "next_due"],
    "webhook_sending": ["check_address", "may_reach", "send"],
    "register": ["altered_coverage", "consider", "may_edit", "unseen_in", "withdrawn"],
}

PARTS = {
    "acceptance": ["accepted"],
    "amendments": ["amend"],
    "chain": ["taken"],
    "changes": ["note_change", "note_step", "taken_back"],
    "contributions": ["entered"],
    "holding": ["decide", "hold"],
    "job_askers": ["answer_look"],
    "parties": ["keep_parties"],
    "books": ["enter_now"],
    "illustration.goods": ["let_goods_come"],
    "illustration.money": ["let_money_come"],
    "illustration.reports": ["read_reports"],
    "illustration.wishes": ["let_recipients_ask", "let_suppliers_offer"],
    "nouns": ["note"],
    "discrepancies": ["follow", "open_those_of", "settle_with_rest"],
    "orders": ["fit", "follow", "keep"],
    "packages": ["follow"],
    "receipts": ["fit", "follow", "keep"],
    "shipments": ["fit", "keep"],
    "plan_inputs": ["hand_in_list"],
    "tokens": ["once"],
}
"""A part of another act, which leaves the event: a record is loaded with the parties that it names, and what a program
asks for is done once."""

QUEUE = {
    "housekeeping": ["verify_all_books"],
    "long_files": ["write_file"],
    "plan_workbooks": ["write_workbook"],
    "planner": ["answer_question"],
    "webhooks": ["deliver", "send_due", "tell_others", "write_down"],
}
"""What the program does with a plan or a file that a person has asked for, which left its event, and what it tells
other offices: each sending stands in the log of its address, and one that is given up leaves an event."""

WRITING = re.compile(r"\.(create|save|delete|update|bulk_create|set_password|keep)\(|atomic|in_turn|trail\.")


def public_functions() -> dict[str, Callable[..., Any]]:
    found = {}
    for each in pkgutil.walk_packages(actions.__path__, f"{actions.__name__}."):
        module = import_module(each.name)
        for name, member in inspect.getmembers(module):
            function = member.func if isinstance(member, Task) else member
            is_ours = inspect.isfunction(function) and function.__module__ == each.name
            if is_ours and not name.startswith("_"):
                found[f"{each.name.removeprefix('pledgeline.actions.')}.{name}"] = function
    return found


FOUND = public_functions()


def listed(table: dict[str, list[str]]) -> set[str]:
    return {f"{module}.{name}" for module, names in table.items() for name in names}


def test_every_action_is_known_to_write_or_to_read():
    writes = {name for name, function in FOUND.items() if function in WRITES}

    assert set(FOUND) == writes | listed(READS) | listed(PARTS) | listed(QUEUE)
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

    acts = [event.act for event in events]
    if ... in expected:  # between its first and its last events lies whatever it calls, with refusals, too
        hole = expected.index(...)
        rest = len(expected) - hole - 1
        assert [*acts[:hole], ..., *acts[-rest:]] == expected
    else:
        assert acts == expected
        assert {event.outcome for event in events} == {"refused" if action.__name__ in REFUSING else "done"}
    assert min(depths) > outside


REFUSING = {"note_refusal", "note_desk_refusal", "note_wrong_second_factor", "note_wrong_password"}


def too_many() -> Any:
    """As many plans as may wait."""
    source = hand_in()
    for _ in range(settings.JOBS_PER_PERSON):
        ask_of(source)
    return source


REFUSED: list[tuple[Before, Call, str, str, str]] = [
    (too_many, ask_of, "plan-asked", "not-now", None),
    (open_, lambda _: books.open_books("harbour"), "books-opened", "books-there", "harbour"),
    (nothing, lambda _: enter_row(url="no address"), "row-entered", "cell.address", ""),
    (nothing, lambda _: remove_row(), "row-removed", "steps.unknown", "S9"),
    (nothing, lambda _: create_programme(slug="harbour"), "programme-created", "steps.taken", "harbour"),
    (nothing, lambda _: change_settings({"recipient": "Nobody"}), "settings-changed", "programme.value", "harbour"),
    (nothing, lambda _: books.give_checkpoint("harbour"), "checkpoint-given", "no-books", "harbour"),
    (open_, lambda _: books.erase("harbour", key="x"), "note-erased", "nothing-to-erase", "x"),
    (open_, lambda _: pledge(amount=-5), "entry-made", "ledger.", "e-1"),
    (lambda: (books.open_books("harbour"), pledge()), lambda _: pledge(amount=6_000), "entry-made", "ledger.", "e-1"),
    (nothing, lambda _: people.remove_person(name="eve"), "person-removed", "refused", "eve"),
    (nothing, lambda _: people.set_password(name="eve", password=PASSWORD), "password-changed", "refused", "eve"),
    (nothing, lambda _: ada(name="eve", password="short"), "role-given", "refused", "eve"),
    (ada, lambda _: save(based_on=0, text=None) and save(), "instrument-saved", "overtaken", "ua-gb-2024"),
    (ada, publish, "published", "not-allowed", "programme"),
    (write, lambda row: take_step(row) and take_step(row), "step-taken", "steps.not-from-here", "AD-014"),
    (write, lambda row: take_step(row) and write({**REQUIREMENT, "quantity": 6}), "noun-written", "steps.waits", None),
    (list_plan, lambda run: accept_plan(run) and accept_plan(run), "plan-accepted", "acceptance.accepted", None),
    (with_a_list, lambda row: write_terms(row, key="Z"), "noun-written", "contribution.unknown", "Z"),
    (with_a_list, lambda row: enter_pledge(row, partner="Z"), "entry-made", "ledger.another-partner", "form"),
    (nothing, lambda _: accept("no such token"), "invitation-accepted", "refused", "eve"),
    (ada, lambda person: point(person=person, obligation="none"), "contribution-pointed", "pointer-refused", "none"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "call", "act", "code", "ref"), REFUSED)
def test_a_refused_act_leaves_its_event(before, call, act, code, ref):
    given = before()
    with events_of() as events, suppress(Exception):
        call(given)

    event = events[-1]
    assert (event.act, event.outcome) == (act, "refused")
    assert ref in (event.ref, None)
    assert event.code.startswith(code)


def test_what_a_job_does_is_done_in_the_name_of_who_asked():
    open_()
    job = ask_to_read()
    with events_of() as events:
        worked_off()

    (event,) = events
    assert (event.actor, event.actor_name, event.actor_number) == ("person", "ada", 1)
    assert event.request_id == f"job-{job.ref}"


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
