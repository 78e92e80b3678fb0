"""A guided tour of the invented programme: a few pages in order, each with a short box that says what is seen there.

A step is a page's own address with `tour` as a parameter, so that it works without a script, can be sent to somebody,
and leads nowhere that the visitor may not go: steps whose page they may not see are left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, Person, may, may_for_some
from pledgeline.accounts.stand_ins import PLACE
from pledgeline.actions.illustration import LAST_DAY
from pledgeline.web.addresses import address_of
from pledgeline.web.asked import visitor
from pledgeline.web.parameters import parameters_of

PARAMETER = "tour"


def _everybody(_person: Person) -> bool:
    return True


def _who_may(act: Act) -> Callable[[Person], bool]:
    return lambda person: may_for_some(person, act, PLACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStep:
    """A page of the tour, what it is called on the way there, and what to look at."""

    page: str
    title: Any
    text: str | Promise
    is_open_to: Callable[[Person], bool] = _everybody


STEPS = (
    TourStep(
        page="overview",
        title=_("The programme on one page"),
        text=_(
            "This year never was, so nothing here can be broken. The overview shows what was "
            "announced in public; what the programme itself asked for, bought and booked stands on "
            "pages of its own, behind the menu."
        ),
    ),
    TourStep(
        page="requirements",
        title=_("What the recipient asks for"),
        text=_(
            "Each row is a requirement: an item, a quantity, a day, and a priority. One that the "
            "validator has confirmed can be planned. Press one to see who asked, who confirmed, and "
            "when."
        ),
        is_open_to=lambda person: may(person, Act.SEE_REQUIREMENTS, PLACE),
    ),
    TourStep(
        page="books-contributions",
        title=_("Whose money it is"),
        text=_(
            "Each row is a contribution of one partner, from the pledge to the last cent that was "
            "spent. Available is what has arrived and is bound to nothing yet."
        ),
    ),
    TourStep(
        page="formed",
        title=_("What is bought together"),
        text=_(
            "A plan that was accepted becomes packages: who pays which part of what, up to a day. "
            "Below each stands what has become of it."
        ),
        is_open_to=lambda person: (
            may(person, Act.SEE_REQUIREMENTS, PLACE) and may(person, Act.SEE_PLANS, PLACE)
        ),
    ),
    TourStep(
        page="orders",
        title=_("What is ordered"),
        text=_(
            "An order goes to one supplier, at one price. What the recipient has not accepted of it is outstanding."
        ),
        is_open_to=_who_may(Act.SEE_ORDERS),
    ),
    TourStep(
        page="receipts",
        title=_("What arrived"),
        text=_(
            "The recipient counts: accepted, rejected and short add up to what was shipped. Only what"
            " is accepted counts as spent. One lot of this year was rejected, and one was lost."
        ),
        is_open_to=_who_may(Act.SEE_RECEIPTS),
    ),
    TourStep(
        page="books",
        title=_("Where each cent is"),
        text=_(
            "The books add up what was entered, stage by stage, as of any day. Every figure opens: "
            "press one to come to its entries."
        ),
    ),
    TourStep(
        page="books-lots",
        title=_("From goods to the money behind them"),
        text=_(
            "A lot is what arrived together. Open one: it names the contributions that paid for it, "
            "to the cent, and the entries that moved them."
        ),
    ),
    TourStep(
        page="books-proofs",
        title=_("Nothing was changed afterwards"),
        text=_(
            "Entries are sealed and never altered; a correction is a new entry. Keep a checkpoint "
            "from this page, and a year later you can prove on your own machine that everything "
            "before it is still the same."
        ),
    ),
)


def first_address(request: HttpRequest) -> str:
    """Give where the tour begins for the visitor."""
    return _address(steps_for(visitor(request))[0])


def steps_for(person: Person) -> list[TourStep]:
    return [step for step in STEPS if step.is_open_to(person)]


def _address(step: TourStep) -> str:
    return address_of(step.page, PLACE, parameters={"as_of": LAST_DAY.isoformat(), PARAMETER: step.page})


def read_step(request: HttpRequest) -> str:
    """Understand the parameter of the tour on a page of the invented programme; "" where none is asked for."""
    match = request.resolver_match
    titles = {step.page: step.title for step in STEPS}
    if match is None or match.kwargs.get("slug") != PLACE or match.url_name not in titles:
        return ""
    here = {match.url_name: titles[match.url_name]}
    return parameters_of(request).choice(PARAMETER, here, label=_("Step of the tour"))


def tour_box(request: HttpRequest, wanted: str) -> Mapping[str, object] | None:
    """Give the box of the step on whose page the visitor is; nothing beside the tour."""
    steps = steps_for(visitor(request)) if wanted else []
    place = next((index for index, step in enumerate(steps) if step.page == wanted), None)
    if place is None:
        return None
    following = steps[place + 1] if place + 1 < len(steps) else None
    return {
        "number": place + 1,
        "of": len(steps),
        "step": steps[place],
        "next": following,
        "next_address": _address(following) if following else address_of("help-tour-end"),
        "before_address": _address(steps[place - 1]) if place else "",
    }
