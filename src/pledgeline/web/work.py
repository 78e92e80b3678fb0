"""What waits for whoever asks: one clear next act first, the rest below it, and what comes next where nothing waits."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy
from django.views.decorators.cache import never_cache

from pledgeline.accounts.rights import Act, may
from pledgeline.queries.waiting import SOON_DAYS, Waiting, roles_of, waiting
from pledgeline.web import words
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.basis import programme_row
from pledgeline.web.checklist import checklist_of
from pledgeline.web.not_yours import not_yours

SAID: dict[str, Any] = {
    "approve": ngettext_lazy("%(n)d act waits for your approval", "%(n)d acts wait for your approval", "n"),
    "settle": ngettext_lazy(
        "Of %(n)d discrepancy it is not settled what becomes of it",
        "Of %(n)d discrepancies it is not settled what becomes of them",
        "n",
    ),
    "returned": ngettext_lazy(
        "%(n)d requirement was returned to you", "%(n)d requirements were returned to you", "n"
    ),
    "draft": ngettext_lazy(
        "%(n)d draft of yours can be submitted", "%(n)d drafts of yours can be submitted", "n"
    ),
    "validate": ngettext_lazy(
        "%(n)d requirement waits for validation", "%(n)d requirements wait for validation", "n"
    ),
    "list": ngettext_lazy(
        "%(n)d validated requirement can be put on the list",
        "%(n)d validated requirements can be put on the list",
        "n",
    ),
    "offer": ngettext_lazy("%(n)d order waits for an offer", "%(n)d orders wait for an offer", "n"),
    "order": ngettext_lazy(
        "%(n)d order was offered and can be accepted", "%(n)d orders were offered and can be accepted", "n"
    ),
    "count": ngettext_lazy("%(n)d count waits to be taken over", "%(n)d counts wait to be taken over", "n"),
    "lapsing": ngettext_lazy(
        "The reservation of %(n)d package ends within %(days)d days",
        "The reservations of %(n)d packages end within %(days)d days",
        "n",
    ),
    "accept": ngettext_lazy("%(n)d plan can be accepted", "%(n)d plans can be accepted", "n"),
    "owed": ngettext_lazy(
        "%(n)d contribution is committed and not received",
        "%(n)d contributions are committed and not received",
        "n",
    ),
    "owed-own": ngettext_lazy(
        "%(n)d contribution of yours is committed and not received",
        "%(n)d contributions of yours are committed and not received",
        "n",
    ),
}

STATES = {
    "draft": ("requirements", "draft"),
    "returned": ("requirements", "returned"),
    "validate": ("requirements", "submitted"),
    "list": ("requirements", "validated"),
    "offer": ("orders", "requested"),
    "order": ("orders", "offered"),
    "count": ("receipts", "counted"),
    "settle": ("discrepancies", "open"),
}
"""What waits in a state: the pages of its noun, and the state by which its list is narrowed."""


MANY = {"draft": "submit", "returned": "submit", "validate": "validate", "list": "list"}
"""What waits of which the next step is taken of several at once, and that step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWaiting:
    """What waits of one kind as the page shows it: its list, and the page of the one that comes first."""

    said: str
    role: str | Promise
    first: str
    all: str
    next: str
    many: str


@never_cache
def work_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what waits for the visitor."""
    asked = ask(request, slug)
    person = visitor(request)
    if not may(person, Act.SEE_UNPUBLISHED, slug):
        return not_yours(request, Act.SEE_UNPUBLISHED)
    programme = programme_row(request, slug)
    rows = waiting(programme, person, asked.today)
    return show(
        request,
        "web/work.html",
        asked,
        rows=[_shown(asked, row) for row in rows],
        waits=sum(row.number for row in rows),  # which the menu would count once more
        to_set_up=None if rows else checklist_of(request, slug),
        roles=[words.ROLES[role] for role in roles_of(programme, person)],
    )


def _shown(asked: Asked, row: Waiting) -> ShownWaiting:
    first, everything = _pages(asked, row)
    said = str(SAID[row.kind] % {"n": row.number, "days": SOON_DAYS})
    name = "" if row.kind in ("approve", "accept") else row.first  # which have a reference and no name
    many = ""
    if row.kind in MANY and row.number > 1:
        pages, _state = STATES[row.kind]
        many = asked.at(f"{pages}-many", step=MANY[row.kind])
    return ShownWaiting(
        said=said, role=words.ROLES[row.role], first=first, all=everything, next=name, many=many
    )


def _pages(asked: Asked, row: Waiting) -> tuple[str, str]:
    """Give the page of the first one, and that of all."""
    if row.kind in STATES:
        pages, state = STATES[row.kind]
        return asked.at(f"{pages}-one", key=row.first), asked.at(pages, state=state)
    if row.kind == "approve":
        return asked.at("approval", row.first), asked.at("approvals", decision="waiting")
    if row.kind == "lapsing":
        return asked.at("formed-one", key=row.first), asked.at("formed")
    if row.kind == "accept":
        return asked.at("plan-run", row.first), asked.at("plans")
    return asked.at("contributions-one", key=row.first), asked.at("contributions", holds="owed")
