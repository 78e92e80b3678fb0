"""What a programme still lacks to its first accepted plan, and who can do each thing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from pledgeline.accounts.models import Invitation, Membership
from pledgeline.accounts.rights import Act, Person, may, may_for_some
from pledgeline.accounts.roles import EVERYWHERE
from pledgeline.accounts.table import OWN, RIGHTS, row_of_step
from pledgeline.programme.roles import Role
from pledgeline.programme.settings import today_of
from pledgeline.programme.steps import State
from pledgeline.records.models import (
    BooksRecord,
    EntryRecord,
    FormedPackage,
    OfferRecord,
    Origin,
    ProgrammeRecord,
    RequirementRecord,
    SavedPlan,
)


class Task(StrEnum):
    """What is to be done, in its order."""

    PEOPLE = "people"
    BOOKS = "books"
    PLEDGE = "pledge"
    REQUIREMENT = "requirement"
    OFFER = "offer"
    PLAN = "plan"
    ACCEPTANCE = "acceptance"


WORKERS = (Role.RECIPIENT, Role.VALIDATOR, Role.COORDINATOR, Role.SUPPLIER, Role.FINANCE)
"""The roles without which a chain does not get to its end."""

DONE_BY: dict[Task, tuple[str, ...]] = {
    Task.PEOPLE: (Act.INVITE,),
    Task.BOOKS: (Act.KEEP_BOOKS,),
    Task.PLEDGE: (Act.PLEDGE,),
    Task.REQUIREMENT: tuple(row_of_step("requirement", step) for step in ("write", "validate", "list")),
    Task.OFFER: (row_of_step("offer", "write"),),
    Task.PLAN: (Act.MAKE_PLANS,),
    Task.ACCEPTANCE: (Act.ACCEPT_PLANS,),
}
"""The rows of the table of rights that each takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One thing: whether it is done, whether the reader can do it, and which roles can.

    `lacking` are roles that nobody has yet, or is invited to.
    """

    task: Task
    is_done: bool
    is_yours: bool
    roles: tuple[Role, ...]
    lacking: tuple[Role, ...] = ()


def works_in(slug: str, person: Person) -> bool:
    """Say whether somebody has a part in what is to do, and sees what comes of it."""
    return any(_is_yours(task, slug, person) for task in Task) and may(person, Act.SEE_PLANS, slug)


def checklist(programme: ProgrammeRecord, person: Person, now: datetime) -> list[ChecklistItem]:
    """List what is to do; nothing for somebody who has no part in it."""
    slug = programme.slug
    if not works_in(slug, person):
        return []
    lacking = tuple(_lacking(slug, now))
    done = {
        Task.PEOPLE: not lacking,
        Task.BOOKS: BooksRecord.objects.filter(programme=programme).exists(),
        Task.PLEDGE: EntryRecord.objects.filter(books__programme=programme, kind="pledge").exists(),
        Task.REQUIREMENT: RequirementRecord.objects.filter(programme=programme, state=State.LISTED).exists(),
        Task.OFFER: _has_an_offer(programme, now),
        Task.PLAN: SavedPlan.objects.filter(
            run__programme=programme, run__input__origin=Origin.LIST
        ).exists(),
        Task.ACCEPTANCE: FormedPackage.objects.filter(programme=programme).exists(),
    }
    return [
        ChecklistItem(
            task=task,
            is_done=done[task],
            is_yours=_is_yours(task, slug, person),
            roles=tuple(
                role for role in Role if any(role in RIGHTS[row] | OWN[row] for row in DONE_BY[task])
            ),
            lacking=lacking if task is Task.PEOPLE else (),
        )
        for task in Task
    ]


def _is_yours(task: Task, slug: str, person: Person) -> bool:
    return any(may_for_some(person, row, slug) for row in DONE_BY[task])


def _lacking(slug: str, now: datetime) -> Iterator[Role]:
    """Give the roles that nobody has in a programme, or waits for."""
    places = (slug, EVERYWHERE)
    had = set(
        Membership.objects.filter(person__is_active=True, programme__in=places).values_list("role", flat=True)
    )
    had |= set(Invitation.objects.open_at(now).filter(programme__in=places).values_list("role", flat=True))
    return (role for role in WORKERS if role not in had)


def _has_an_offer(programme: ProgrammeRecord, now: datetime) -> bool:
    today = today_of(programme.to_value(), now)
    offers = OfferRecord.objects.filter(programme=programme, state=State.OFFERED)
    offers = offers.filter(Q(valid_from=None) | Q(valid_from__lte=today))
    return offers.filter(Q(valid_until=None) | Q(valid_until__gte=today)).exists()
