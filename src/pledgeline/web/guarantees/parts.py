"""The parts of an answer, what is owed apart from what is only to be decided, and the pages of its lines.

A scenario of twenty events has more than a thousand lines: a page shows some of them, in the order of the parts.
"""

from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pledgeline.guarantees import ObligationState, Timeline
from pledgeline.guarantees.timeline import TimelineEntry, TimelineLine, gathered
from pledgeline.web.guarantees import words
from pledgeline.web.parameters import parameters_of

LINES_OF_A_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePart:
    """One part of the answer: its lines by their legal form, how many, and the page on which they begin."""

    name: str
    title: str
    about: str
    forms: tuple[tuple[str, tuple[TimelineLine, ...]], ...]
    size: int
    page: int


class LineOfPart(NamedTuple):
    """A line where it stands: in a part, among `alike` lines of one legal form."""

    part: TimelinePart
    form: str
    alike: int
    line: TimelineLine


def parts_of(found: Timeline) -> list[TimelinePart]:
    """Sort the answer into its parts: what is owed never stands with what is only to be decided."""
    named = (
        (
            "owed",
            _("Owed"),
            _("Has to be performed. An adverb is shown as it stands and never becomes hours."),
            found.owed,
        ),
        (
            "decide",
            _("Only a decision is owed"),
            _("The obligor must decide, and may decide against it."),
            found.to_decide,
        ),
        (
            "ask",
            _("Waits for a request"),
            _("Owed once somebody who may ask has asked; until then no clock of it runs."),
            found.to_ask,
        ),
        (
            "held",
            _("Held up"),
            _("Waits for another duty, or for a condition that nobody has recorded as met."),
            found.held_up,
        ),
        ("may", _("May be done, not owed"), _("Powers: nobody owes them."), found.powers),
        ("done", _("Done"), _("Recorded as performed."), found.done),
        (
            "out",
            _("Not in force when it happened"),
            _("The instrument had not begun, or had ended."),
            _outside(found),
        ),
    )
    parts: list[TimelinePart] = []
    before = 0
    for name, title, about, chosen in named:
        if chosen:
            forms = _by_form(chosen)
            size = sum(len(lines) for _form, lines in forms)
            page = 1 + before // LINES_OF_A_PAGE
            parts.append(TimelinePart(name=name, title=title, about=about, forms=forms, size=size, page=page))
            before += size
    return parts


def page_of(request: HttpRequest, parts: list[TimelinePart]) -> Page[LineOfPart]:
    """Give the page of lines that a request asks for."""
    lines = [
        LineOfPart(part, form, len(alike), line)
        for part in parts
        for form, alike in part.forms
        for line in alike
    ]
    paginator = Paginator(lines, LINES_OF_A_PAGE)
    wanted = parameters_of(request).number(
        "page", least=1, most=paginator.num_pages, label=_("Page of the answer")
    )
    return paginator.page(wanted or 1)


def _outside(found: Timeline) -> tuple[TimelineEntry, ...]:
    return tuple(entry for entry in found.in_states(ObligationState.NOT_IN_FORCE) if entry.instance.episode)


def _by_form(chosen: tuple[TimelineEntry, ...]) -> tuple[tuple[str, tuple[TimelineLine, ...]], ...]:
    lines = gathered(chosen)
    return tuple(
        (form, same)
        for form in words.FORMS
        if (same := tuple(line for line in lines if line.entry.legal_form == form))
    )
