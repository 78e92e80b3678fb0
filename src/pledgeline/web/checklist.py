"""The checklist of a programme in words: what is to do, where, and by whom."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledgeline.queries.checklist import ChecklistItem, Task, checklist, works_in
from pledgeline.web import words
from pledgeline.web.addresses import address_of
from pledgeline.web.asked import visitor
from pledgeline.web.basis import programme_row

TITLES: dict[Task, tuple[str | Promise, str | Promise]] = {
    Task.PEOPLE: (_("Invite people with each role"), _("There are people with each role")),
    Task.BOOKS: (_("Open the books"), _("The books are open")),
    Task.PLEDGE: (_("Enter the first pledge"), _("A pledge is in the books")),
    Task.REQUIREMENT: (_("Put a requirement on the list"), _("A requirement is on the list")),
    Task.OFFER: (_("Get an offer that stands"), _("An offer stands")),
    Task.PLAN: (_("Make a plan from the list"), _("A plan was made from the list")),
    Task.ACCEPTANCE: (_("Accept a plan"), _("A plan was accepted")),
}
"""What to do, and what is so once it is done."""

PAGES = {
    Task.BOOKS: "books",
    Task.PLEDGE: "contributions",
    Task.REQUIREMENT: "requirements",
    Task.OFFER: "offers",
    Task.PLAN: "plan-new",
    Task.ACCEPTANCE: "plans",
}
"""The page of the programme on which each is done; people are invited beside all programmes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistLine:
    """One line: what it says, the page to go to, who does it, and which roles are missing."""

    item: ChecklistItem
    text: str | Promise
    address: str
    who: str
    lacking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What is to do, in order, and what is done."""

    to_do: tuple[ChecklistLine, ...]
    done: tuple[ChecklistLine, ...]

    @property
    def next(self) -> ChecklistLine | None:
        """Give the first thing that the reader can do."""
        return next((line for line in self.to_do if line.item.is_yours), None)


def checklist_of(request: HttpRequest, slug: str) -> Checklist | None:
    """Give the checklist of a programme to somebody who works in it; an invented one has nothing left to set up."""
    person = visitor(request)
    if not works_in(slug, person):
        return None
    programme = programme_row(request, slug)
    if programme.invented:
        return None
    items = checklist(programme, person, timezone.now())
    lines = [_line(slug, item) for item in items]
    return Checklist(
        to_do=tuple(line for line in lines if not line.item.is_done),
        done=tuple(line for line in lines if line.item.is_done),
    )


def _line(slug: str, item: ChecklistItem) -> ChecklistLine:
    page = PAGES.get(item.task)
    return ChecklistLine(
        item=item,
        text=TITLES[item.task][item.is_done],
        address=address_of(page, slug) if page else address_of("invite"),
        who=_named(item.roles),
        lacking=_named(item.lacking),
    )


def _named(roles: tuple[str, ...]) -> str:
    return ", ".join(str(words.ROLES[role]) for role in roles)
