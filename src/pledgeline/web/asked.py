"""What a request asks for: which programme, as of which day, in which currency.

Every page shows its day and its currency and hands them on to the next page. Without a day it shows today, and
today is the day of the programme's time zone. A day after it is not understood: what will have happened by then is
not known, and today's figures under tomorrow's date would be a false statement.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts import desk
from pledgeline.accounts.rights import Act, Person, may, may_for_some, username_of
from pledgeline.exchange.record.own_names import with_own_names
from pledgeline.jobs.asking import Asker
from pledgeline.programme.settings import today_of
from pledgeline.queries.public_record import RecordOnDay, rated_in
from pledgeline.queries.waiting import waiting
from pledgeline.records.books import NoBooks, StoredBooks, books_of
from pledgeline.records.snapshot import Snapshot, UnknownProgramme, snapshot
from pledgeline.web.addresses import address_of
from pledgeline.web.basis import DataBasis, is_public, programme_row, rests_on
from pledgeline.web.fields import FormData, day_field
from pledgeline.web.parameters import parameters_of
from pledgeline.web.parts import Part

FIRST_YEAR = 1990

_OWN_TOO = {
    "sees_offers": Act.SEE_OFFERS,
    "sees_contributions": Act.SEE_CONTRIBUTIONS,
    "sees_orders": Act.SEE_ORDERS,
    "sees_shipments": Act.SEE_SHIPMENTS,
    "sees_receipts": Act.SEE_RECEIPTS,
}
"""What a page asks of pages to which whoever sees their own party's alone is led, too."""


class DayForm(forms.Form):
    """The controls at the top of every page: the day and the currency."""

    as_of = day_field(_("As of"))
    currency = forms.ChoiceField(
        label=_("Currency"),
        required=False,
        error_messages={"invalid_choice": _("There are no rates for “%(value)s”. Choose one of the list.")},
    )

    def __init__(self, data: FormData, *, currencies: list[str], today: date, zone: str) -> None:
        super().__init__(data, auto_id="day-%s")
        self.today, self.zone = today, zone
        self.fields["currency"].choices = [(code, code) for code in currencies]  # type: ignore[attr-defined]

    def clean_as_of(self) -> date | None:
        return self.sensible(self.cleaned_data["as_of"])

    def sensible(self, day: date | None) -> date | None:
        """Refuse what is not known yet, and a year that can only be a slip of the keyboard."""
        if day is not None and day > self.today:
            raise forms.ValidationError(
                _("It is after today, %(today)s in %(zone)s: what will have happened by then is not known."),
                params={"today": self.today.isoformat(), "zone": self.zone},
            )
        if day is not None and day.year < FIRST_YEAR:
            raise forms.ValidationError(
                _("Days from %(first)s to today, %(today)s, are understood."),
                params={"first": f"{FIRST_YEAR}-01-01", "today": self.today.isoformat()},
            )
        return day


@dataclass(frozen=True, slots=True)
class Asked(RecordOnDay):
    """One programme's record, read as of a day in a currency, for a page."""

    form: DayForm
    today: date

    @property
    def made_from(self) -> Hashable:
        """Name all that is looked at through this: the key of what is kept of it."""
        return self.snapshot.identity, self.day, self.currency, self.today

    @property
    def kept(self) -> dict[str, str]:
        """Give the parameters that a link hands on: only what differs from the default."""
        kept = {}
        if self.day != self.today:
            kept["as_of"] = self.day.isoformat()
        if self.currency != self.programme.base_currency:
            kept["currency"] = self.currency
        return kept

    def kept_on(self, _page: str) -> dict[str, str]:
        """Give the parameters that a link to the page with this name hands on."""
        return self.kept

    def at(self, page: str, *args: object, **changes: object) -> str:
        """Give the address of a page of this programme, keeping the day and the currency.

        Further keywords become parameters.
        """
        return address_of(page, self.programme.slug, *args, parameters={**self.kept_on(page), **changes})

    @property
    def kept_query(self) -> str:
        return urlencode(self.kept)


def ask(request: HttpRequest, slug: str) -> Asked:
    """Read the request's programme, day and currency.

    Raises:  Http404 where there is no such programme, or this visitor may not see it.
    """
    found = opened(request, slug)
    today = today_of(found.programme, timezone.now())
    parameters = parameters_of(request)
    form = DayForm(parameters.data, currencies=rated_in(found), today=today, zone=found.programme.time_zone)
    given = parameters.form(form).cleaned_data
    asked = Asked(
        snapshot=found,
        form=form,
        day=given.get("as_of") or today,
        currency=given.get("currency") or found.programme.base_currency,
        today=today,
    )
    parameters.shell = partial(shell, request, asked)
    rests_on(request, DataBasis(programme=asked.programme, day=asked.day))
    return asked


def opened(request: HttpRequest, slug: str) -> Snapshot:
    """Give the record of a programme.

    Raises:  Http404 where there is no such programme, or this visitor may not see it.
    """
    try:
        return snapshot(slug, visitor(request))
    except UnknownProgramme as error:
        raise Http404(str(error)) from error


def shell(request: HttpRequest, asked: Asked, *, has_books: bool | None = None) -> dict[str, object]:
    """Give what stands around every page of a programme."""
    slug = asked.programme.slug
    if has_books is None:
        has_books = books_for(request, slug) is not None
    return {
        "asked": asked,
        "programme": with_own_names(asked.programme),
        "has_books": has_books,
        "is_unpublished": may(visitor(request), Act.SEE_UNPUBLISHED, slug) and not is_public(request, slug),
        "is_public": is_public(request, slug),
        "may_publish": any(
            may(visitor(request), act, slug) for act in (Act.PUBLISH_PROGRAMME, Act.PUBLISH_BOOKS)
        ),
        "may_change_settings": may(visitor(request), Act.CHANGE_SETTINGS, slug),
        "may_edit_record": may(visitor(request), Act.EDIT_RECORD, slug),
        "sees_requirements": may(visitor(request), Act.SEE_REQUIREMENTS, slug),
        "sees_approvals": bool(asked.programme.approvals) and may(visitor(request), Act.SEE_APPROVALS, slug),
        "sees_plans": may(visitor(request), Act.SEE_PLANS, slug),
        **{name: may_for_some(visitor(request), act, slug) for name, act in _OWN_TOO.items()},
        "waits": cache(lambda: number_waiting(request, asked)),  # asked for by pages that have a menu
        "keeps_books": may(visitor(request), Act.KEEP_BOOKS, slug),
        "leads_to_books": has_books or may(visitor(request), Act.KEEP_BOOKS, slug),  # who may open them, too
    }


def number_waiting(request: HttpRequest, asked: Asked) -> int | None:
    """Count what waits for the visitor; nothing where they have no role in the programme."""
    slug, person = asked.programme.slug, visitor(request)
    if not may(person, Act.SEE_UNPUBLISHED, slug):
        return None
    rows = waiting(programme_row(request, slug), person, asked.today)
    return sum(row.number for row in rows)


def show(
    request: HttpRequest,
    template: str,
    asked: Asked,
    *,
    has_books: bool | None = None,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    """Render a page of a programme with what every page needs."""
    shared = shell(request, asked, has_books=has_books)
    return render(request, template, {**shared, **context}, status=status)


def show_table(
    request: HttpRequest,
    template: str,
    asked: Asked,
    context: Callable[[], dict[str, Any]],
    **around: Any,
) -> HttpResponse:
    """Render a page around its table, which is kept, or the table alone where a script asks for that.

    `context` gives what stands in the part that is kept, `around` what stands around it.
    """
    if getattr(request, "htmx", False):
        return show(request, "web/_table.html", asked, **around, **context())
    return show(request, template, asked, part=part_of(request, asked, context=context), **around)


def part_of(
    request: HttpRequest, asked: Asked, *also_from: Hashable, context: Callable[[], dict[str, Any]]
) -> Part:
    """Give what a page of a programme keeps; `also_from` names what `context` looks at beside `asked`."""
    shared = {"asked": asked, "programme": with_own_names(asked.programme)}
    return Part(request, made_from=(asked.made_from, *also_from), context=lambda: {**shared, **context()})


def books_for(request: HttpRequest, slug: str) -> StoredBooks | None:
    """Open the books of a programme, where it keeps some that this visitor may see."""
    try:
        return books_of(slug, visitor(request))
    except NoBooks:
        return None


def asker_of(request: HttpRequest) -> Asker:
    """Name the person behind the request, for what they ask for."""
    person = visitor(request)
    return Asker(name=username_of(person), account=str(getattr(person, "pk", None) or ""))


def visitor(request: HttpRequest) -> Person:
    """Give the person behind the request: whoever sits at the desk, a stand-in, an account, or nobody."""
    return desk.person_at(request) or getattr(request, "user", None)
