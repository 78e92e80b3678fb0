"""What a request asks of the books: as of which day, and as known on which day.

`as of` is what had happened by a day; `known on` is what had been written down by the end of a day, where the
programme counts its days.
Without the second everything counts that is written down now.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, may
from pledgeline.ledger import Balances
from pledgeline.money import Amount, Converted
from pledgeline.programme.settings import Programme, today_of
from pledgeline.queries.journal import until_day
from pledgeline.queries.public_record import rated_in
from pledgeline.records.books import StoredBooks
from pledgeline.web.asked import (
    Asked,
    DayForm,
    ask,
    books_for,
    opened,
    shell,
    show,
    show_table,
    visitor,
)
from pledgeline.web.basis import DataBasis, rests_on
from pledgeline.web.fields import day_field
from pledgeline.web.parameters import parameters_of
from pledgeline.web.words import INVENTED


class BooksDayForm(DayForm):
    """The controls at the top of a page of the books: two days and a currency."""

    known_on = day_field(_("Known on"))

    def clean_known_on(self) -> date | None:
        return self.sensible(self.cleaned_data["known_on"])


@dataclass(frozen=True, slots=True)
class AskedBooks(Asked):
    """The books of one programme, read as of a day and as known on a day; `known_on` is empty for now."""

    books: StoredBooks
    known_on: date | None
    _states: list[Balances] = field(default_factory=list)
    _agreed: list[Balances] = field(default_factory=list)

    @property
    def known_day(self) -> date:
        """Give the day to show in the control: today stands for all that is written down."""
        return self.known_on or self.today

    @property
    def made_from(self) -> Hashable:
        return super(AskedBooks, self).made_from, self.books.identity, self.known_on

    @property
    def kept(self) -> dict[str, str]:
        kept = super(AskedBooks, self).kept
        if self.known_on is not None:
            kept["known_on"] = self.known_on.isoformat()
        return kept

    def kept_on(self, page: str) -> dict[str, str]:
        """Give the parameters that a link hands on: other pages know neither the second day nor every currency."""
        if page.startswith("books"):
            return self.kept
        rated = rated_in(self.snapshot)
        return {
            name: value
            for name, value in self.kept.items()
            if name == "as_of" or (name == "currency" and value in rated)
        }

    @property
    def until(self) -> date | None:
        """Give the day up to which entries count; none where all have happened: what is now needs no sums."""
        return until_day(self.books, self.day)

    def state(self) -> Balances:
        """Add the books up for the two days, once."""
        if not self._states:
            self._states.append(self.books.state_at(as_of=self.until, known_on=self.known_on))
        return self._states[0]

    def agreed(self) -> Balances:
        """Give what was agreed, once, without adding money up where nothing else asks for it."""
        if self._states:
            return self._states[0]
        if not self._agreed:
            self._agreed.append(self.books.agreed_at(as_of=self.until, known_on=self.known_on))
        return self._agreed[0]

    def owners(self) -> dict[str, str]:
        """Give the partner of every contribution."""
        return self.agreed().contributions()

    def together(self, sums: Mapping[str, int]) -> Amount | None:
        """Add up sums in several currencies at the rates of the day; nothing where one has no usable rate."""
        whole = Amount(0, self.currency)
        for code, minor in sums.items():
            found = self.rates.convert(Amount(minor, code), self.currency, on=self.day)
            if not isinstance(found, Converted):
                return None
            whole += found.amount
        return whole


def ask_books(request: HttpRequest, slug: str) -> AskedBooks:
    """Read the request's programme, its books, the two days and the currency.

    Raises:  Http404 where there is no such programme or no such books, or this visitor may not see them.
    """
    books = books_for(request, slug)
    if books is None:
        raise Http404(f"no books of {slug} to be seen")
    return _ask(request, slug, books)


def ask_with_books(request: HttpRequest, slug: str) -> Asked:
    """Read the same of a programme that may keep no books yet: then only its record is asked for."""
    books = books_for(request, slug)
    return ask(request, slug) if books is None else _ask(request, slug, books)


def books_of_record(request: HttpRequest, asked: Asked) -> AskedBooks | None:
    """Read the books of a programme as of the day that a page of its record shows, where this visitor may see them."""
    books = books_for(request, asked.programme.slug)
    if books is None:
        return None
    return AskedBooks(
        snapshot=asked.snapshot,
        form=asked.form,
        day=asked.day,
        currency=asked.currency,
        today=asked.today,
        books=books,
        known_on=None,
    )


def _ask(request: HttpRequest, slug: str, books: StoredBooks) -> AskedBooks:
    found = opened(request, slug)
    today = today_of(found.programme, timezone.now())
    parameters = parameters_of(request)
    form = BooksDayForm(
        parameters.data,
        currencies=sorted({*rated_in(found), *books.currencies_held()}),
        today=today,
        zone=found.programme.time_zone,
    )
    given = parameters.form(form).cleaned_data
    known_on = given.get("known_on")
    asked = AskedBooks(
        snapshot=found,
        form=form,
        day=given.get("as_of") or today,
        currency=given.get("currency") or found.programme.base_currency,
        today=today,
        books=books,
        known_on=known_on if known_on != today else None,
    )
    parameters.shell = partial(shell, request, asked, has_books=True)
    rests_on(request, DataBasis(programme=asked.programme, day=asked.day, known_on=asked.known_day))
    return asked


def show_books(request: HttpRequest, page: str, asked: AskedBooks, **context: object) -> HttpResponse:
    """Render a page of the books."""
    return show(
        request, f"web/books/{page}.html", asked, **_around(request, asked), **{**_inside(asked), **context}
    )


def show_books_table(
    request: HttpRequest, page: str, asked: AskedBooks, context: Callable[[], dict[str, object]]
) -> HttpResponse:
    """Render a page of the books around its table, or the table alone where a script asks for that."""
    return show_table(
        request,
        f"web/books/{page}.html",
        asked,
        lambda: {**_inside(asked), **context()},
        **_around(request, asked),
    )


def _around(request: HttpRequest, asked: AskedBooks) -> dict[str, Any]:
    return {"has_books": True, "may_record": may(visitor(request), Act.KEEP_BOOKS, asked.programme.slug)}


def _inside(asked: AskedBooks) -> dict[str, Any]:
    return {"books": asked.books, "owners": SimpleLazyObject(asked.owners)}


def mark_of(programme: Programme) -> str:
    """Give the mark that everything of an invented programme carries."""
    return str(INVENTED) if programme.invented else ""


def file_name(asked: Asked, what: str) -> str:
    """Name a file of the books; that of an invented programme says so in its name."""
    return f"{asked.programme.slug}-{'invented-' if asked.programme.invented else ''}{what}"
