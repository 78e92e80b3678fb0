"""What a request asks for: which programme, as of which day, in which currency.

Every page shows its day and its currency and hands them on to the next page. A parameter that
makes no sense is said at its field, and the page answers with the default; it never fails.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from pledgeline.evidence import Reconciliation, Standing, Told, as_of, standings
from pledgeline.money import Rates
from pledgeline.programme.packages import ReportedPackage
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme
from pledgeline.programme.sources import Source
from pledgeline.programme.stated_totals import StatedTotal
from pledgeline.records.books import NoBooks, StoredBooks, books_of
from pledgeline.records.people import Role, may
from pledgeline.records.snapshot import Snapshot, UnknownProgramme, programmes, snapshot
from pledgeline.web.fields import day_field


class DayForm(forms.Form):
    """The controls at the top of every page: the day and the currency."""

    as_of = day_field(_("As of"))
    currency = forms.ChoiceField(
        label=_("Currency"),
        required=False,
        error_messages={"invalid_choice": _("There are no rates for “%(value)s”. Choose one of the list.")},
    )

    def __init__(self, data: Any, *, currencies: list[str]) -> None:
        super().__init__(data, auto_id="day-%s")
        self.fields["currency"].choices = [(code, code) for code in currencies]  # type: ignore[attr-defined]

    def clean_as_of(self) -> date | None:
        return self.sensible(self.cleaned_data["as_of"])

    def sensible(self, day: date | None) -> date | None:
        """Refuse a year that can only be a slip of the keyboard."""
        if day is not None and not 1990 <= day.year <= 2100:
            raise forms.ValidationError(_("Choose a day between 1990 and 2100."))
        return day


@dataclass(frozen=True, slots=True)
class Asked:
    """One programme's record, read as of a day in a currency."""

    snapshot: Snapshot
    form: DayForm
    day: date
    currency: str
    today: date

    @property
    def programme(self) -> Programme:
        return self.snapshot.programme

    @property
    def record(self) -> PublicRecord:
        return self.snapshot.record

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

    @property
    def kept_query(self) -> str:
        return urlencode(self.kept)

    @property
    def rates(self) -> Rates:
        age = self.programme.maximum_rate_age_days
        return self.snapshot.derived("rates", lambda: Rates(self.record.rates, maximum_age_days=age))

    def rows(self) -> tuple[Standing, ...]:
        """Value every announcement in the currency asked for."""
        return self.rows_in(self.currency)

    def rows_in(self, currency: str) -> tuple[Standing, ...]:
        """Value every announcement in `currency`."""
        return self.snapshot.derived(
            ("standings", currency), lambda: standings(self.record.announcements, self.rates, currency)
        )

    def told(self) -> Told:
        """Apply the as-of rule for the day asked for."""
        return self.snapshot.derived(
            ("told", self.currency, self.day), lambda: as_of(self.rows(), self.day, self.currency)
        )

    @property
    def reconciliation(self) -> Reconciliation:
        return self.snapshot.derived("reconciliation", lambda: Reconciliation(self.record, self.rates))

    def stated(self) -> list[StatedTotal]:
        """Give the totals stated by the day asked for."""
        return [stated for stated in self.record.stated_totals if stated.as_of <= self.day]

    def public(self) -> tuple[Standing, ...]:
        """Give the rows of the day and before, newest first."""
        return self.snapshot.derived(
            ("public", self.currency, self.day),
            lambda: tuple(
                sorted(
                    (row for row in self.rows() if row.announcement.announced_on <= self.day),
                    key=lambda row: (row.announcement.announced_on, row.announcement.id),
                    reverse=True,
                )
            ),
        )

    def row(self, id_: str) -> Standing | None:
        index: dict[str, Standing] = self.snapshot.derived(
            ("index", self.currency), lambda: {row.announcement.id: row for row in self.rows()}
        )
        return index.get(id_)

    def package(self, id_: str) -> ReportedPackage | None:
        return self._by_id("packages").get(id_)

    def source(self, id_: str) -> Source | None:
        return self._by_id("sources").get(id_)

    def _by_id(self, kind: str) -> dict[str, Any]:
        index: dict[str, Any] = self.snapshot.derived(
            ("by id", kind), lambda: {row.id: row for row in getattr(self.record, kind)}
        )
        return index


def ask(request: HttpRequest, slug: str) -> Asked:
    """Read the request's programme, day and currency.

    Raises:  Http404 where there is no such programme, or this visitor may not see it.
    """
    try:
        found = snapshot(slug, visitor(request))
    except UnknownProgramme as error:
        raise Http404(str(error)) from error
    today = timezone.localdate()
    base = found.programme.base_currency
    currencies = found.derived(
        "currencies",
        lambda: sorted({base, *(code for rate in found.record.rates for code in (rate.base, rate.currency))}),
    )
    form = DayForm(request.GET, currencies=currencies)
    form.is_valid()
    return Asked(
        snapshot=found,
        form=form,
        day=form.cleaned_data.get("as_of") or today,
        currency=form.cleaned_data.get("currency") or base,
        today=today,
    )


def show(request: HttpRequest, template: str, asked: Asked, **context: Any) -> HttpResponse:
    """Render a page of a programme with what every page needs."""
    slug = asked.programme.slug
    has_books = "books" in context or books_for(request, slug) is not None
    shared = {
        "asked": asked,
        "programme": asked.programme,
        "programmes": programmes(visitor(request)),
        "has_books": has_books,
        "leads_to_books": has_books or may(visitor(request), Role.BOOKKEEPER, slug),  # who may open them, too
    }
    return render(request, template, {**shared, **context})


def books_for(request: HttpRequest, slug: str) -> StoredBooks | None:
    """Open the books of a programme, where it keeps some that this visitor may see."""
    try:
        return books_of(slug, visitor(request))
    except NoBooks:
        return None


def visitor(request: HttpRequest) -> Any:
    """Give the person behind the request, or nobody."""
    return getattr(request, "user", None)
