"""What tables of the books can be narrowed by: whose money, at which stage, on which line, in which lot."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pledgeline.ledger import Account, Spot
from pledgeline.records.books import StoredBooks
from pledgeline.records.models import SpotRecord
from pledgeline.web.books.asked import AskedBooks
from pledgeline.web.books.words import account_name
from pledgeline.web.fields import CHOICE, FormData
from pledgeline.web.parameters import parameters_of

SUGGESTED = 300
"""How many keys a field suggests; others can be typed."""


def suggested(books: StoredBooks, name: str) -> list[str]:
    """List the contributions, lines or lots of some books, as far as a field suggests them."""
    keys = SpotRecord.objects.filter(books_id=books.number).exclude(**{name: ""}).order_by(name)
    return list(keys.values_list(name, flat=True).distinct()[:SUGGESTED])


class Suggesting(forms.TextInput):
    """A field of text with suggestions under it, which needs no script."""

    template_name = "web/books/suggesting.html"

    def __init__(self) -> None:
        super().__init__()
        self.suggestions: list[str] = []

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        listed = f"suggested-{name}"
        context: dict[str, Any] = super().get_context(name, value, {**(attrs or {}), "list": listed})
        return {**context, "listed": listed, "suggestions": self.suggestions}


SomeForm = TypeVar("SomeForm", bound="BooksForm")


def filters_of(request: HttpRequest, form: type[SomeForm], **more: Any) -> SomeForm:
    """Read the filters that an address sets."""
    parameters = parameters_of(request)
    return parameters.form(form(parameters.data, **more))


class BooksForm(forms.Form):
    """The filters that a table names, of those that all tables of the books share."""

    partner = forms.ChoiceField(label=_("Partner"), required=False, error_messages=CHOICE)
    contribution = forms.CharField(
        label=_("Contribution"), required=False, max_length=200, widget=Suggesting()
    )
    package = forms.ChoiceField(label=_("Package"), required=False, error_messages=CHOICE)
    stage = forms.ChoiceField(label=_("Stage"), required=False, error_messages=CHOICE)
    line = forms.CharField(label=_("Line"), required=False, max_length=200, widget=Suggesting())
    lot = forms.CharField(label=_("Lot"), required=False, max_length=200, widget=Suggesting())

    def __init__(
        self,
        data: FormData,
        *,
        asked: AskedBooks,
        without: Sequence[str] = (),
        stages: Iterable[Account] = Account,
    ) -> None:
        super().__init__(data, auto_id="filter-%s")
        for name in without:
            del self.fields[name]
        self.owners = asked.owners()
        self.packages = asked.agreed().packages()
        spots = SpotRecord.objects.filter(books_id=asked.books.number)
        self._contributions, self._lines, self._lots = spots, spots.exclude(line=""), spots.exclude(lot="")
        self.offer("partner", [(name, name) for name in sorted(set(self.owners.values()))])
        self.offer("package", [(name, name) for name in sorted(set(self.packages.values()))])
        self.offer("stage", [(account.value, account_name(account)) for account in stages])
        for name in {"contribution", "line", "lot"} & self.fields.keys():
            self.fields[name].widget.suggestions = suggested(asked.books, name)

    def offer(self, name: str, choices: Sequence[Any]) -> None:
        """Fill a field of choices, where the table has it."""
        if name in self.fields:
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]

    def clean_contribution(self) -> str:
        wrong = _("These books have no contribution “%(key)s”.")
        return self._known("contribution", self._contributions, wrong)

    def clean_line(self) -> str:
        return self._known("line", self._lines, _("These books have no line “%(key)s”."))

    def clean_lot(self) -> str:
        return self._known("lot", self._lots, _("These books have no lot “%(key)s”."))

    def _known(self, name: str, keys: QuerySet[SpotRecord], wrong: Any) -> str:
        key = str(self.cleaned_data[name])
        if key and not keys.filter(**{name: key}).exists():
            raise ValidationError(wrong, params={"key": key})
        return key

    @cached_property
    def given(self) -> dict[str, Any]:
        """Give every filter that is set."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def passes(self, spot: Spot) -> bool:
        """Say whether an account passes what is set."""
        if not self.given:
            return True
        partner = self.owners.get(spot.contribution)
        return (
            self.given.get("partner", partner) == partner
            and self.given.get("contribution", spot.contribution) == spot.contribution
            and self.given.get("package") in (None, self.packages.get(spot.line))
            and self.given.get("stage", spot.account.value) == spot.account.value
            and self.given.get("line", spot.line) == spot.line
            and self.given.get("lot", spot.lot) == spot.lot
        )

    def keeps(self, name: str, money: Mapping[Spot, int]) -> Callable[[str], bool]:
        """Say of a contribution, a line or a lot whether any of its money passes; all do where nothing is set."""
        if not self.given:
            return lambda _key: True
        return {
            getattr(spot, name) for spot, minor in money.items() if minor and self.passes(spot)
        }.__contains__
