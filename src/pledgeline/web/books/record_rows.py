"""Rows of an event: who gives how much to a trade, who pays for a price rise, the postings of a free entry.

A row that is left empty counts for nothing; one that is begun has to be complete. More rows come with a
button that enters nothing, so all of it works without scripts.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pledgeline.ledger import Account
from pledgeline.ledger.schema import LONGEST_KEY
from pledgeline.money.parsing import NotAnAmount, parse_plain
from pledgeline.web.books.record_fields import attributes, is_key
from pledgeline.web.books.words import account_name
from pledgeline.web.fields import FormData, FormFiles, FormOptions, money_error

AT_FIRST, MORE, MOST = 4, 4, 60


class EventRows(NamedTuple):
    """The rows of one kind of event: what they are called in it, and what each holds."""

    name: str
    title: Any
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    currency: str = "currency"
    """The field of the event that says in which currency the amounts are."""


ROWS = {
    "convert": EventRows(
        "given", _("Who gives how much"), ("contribution", "amount"), currency="from_currency"
    ),
    "fee": EventRows(
        "contributions",
        _("Further contributions that bear it, by what they have available"),
        ("contribution",),
    ),
    "price_change": EventRows("paid_by", _("Who pays the increase"), ("contribution",), ("amount",)),
    "journal": EventRows("postings", _("Postings"), ("stage", "contribution", "amount"), ("line", "lot")),
}
WITH_SHARES = frozenset({"convert", "price_change"})
"""Kinds of events of which the rows are shares of contributions."""

HEADS = {
    "contribution": _("Contribution"),
    "amount": _("Amount"),
    "stage": _("Stage or account"),
    "line": _("Line"),
    "lot": _("Lot"),
}
ROW_HELP = {
    "fee": _("Leave all rows empty where one contribution bears it alone."),
    "price_change": _(
        "The amounts add up to the rise exactly. One name alone pays all of it; several without amounts share "
        "it by what they have available. A fall is released by itself: leave all rows empty."
    ),
    "convert": _("What was received is split by the amounts given."),
    "journal": _("Below zero what goes out, above zero what comes in: for each contribution zero together."),
}


class EventRowForm(forms.Form):
    """One row."""

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, kind: str, **more: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **more)
        self.rows = ROWS[kind]
        for name in (*self.rows.needed, *self.rows.optional):
            self.fields[name] = self._field(name)

    def _field(self, name: str) -> forms.Field:
        label = _("%(what)s, row %(number)s") % {
            "what": HEADS[name],
            "number": int(str(self.prefix).split("-")[1]) + 1,
        }
        if name == "stage":
            choices = [("", "–"), *((account.value, account_name(account)) for account in Account)]
            field: forms.Field = forms.ChoiceField(required=False, choices=choices)
        else:
            checks = [] if name == "amount" else [is_key]
            field = forms.CharField(required=False, max_length=LONGEST_KEY, validators=checks)
            field.widget.attrs.update(attributes(name))
        field.widget.attrs["aria-label"] = label
        return field

    def complete(self, currency: str | None) -> None:
        """Check the row, with amounts in the currency of the event; where that is wrong they wait for it."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        if not said or self.errors:
            return
        for name in self.rows.needed:
            if name not in said:
                self.add_error(name, _("Fill this in, or empty the row."))
        if currency and said.get("amount"):
            try:
                self.cleaned_data["amount"] = minor_of(
                    said["amount"], currency, either_way=self.rows is ROWS["journal"]
                )
            except ValidationError as problem:
                self.add_error("amount", problem)

    @property
    def said(self) -> Any:
        """Give the row as the books read it, nothing where it is empty."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return (
            said.get("contribution") if self.rows.needed + self.rows.optional == ("contribution",) else said
        )


def rows_of(kind: str, data: FormData, typed: Mapping[str, object] | None = None) -> list[EventRowForm]:
    """Give the rows of an event: those that were sent, or those typed so far and some more."""
    if kind not in ROWS:
        return []
    sent = str((data or typed or {}).get("rows", ""))
    number = min(int(sent), MOST) if sent.isascii() and sent.isdigit() and len(sent) < 4 else AT_FIRST
    if typed:
        number = min(number + MORE, MOST)
    names = (*ROWS[kind].needed, *ROWS[kind].optional)
    return [
        EventRowForm(
            data,
            kind=kind,
            prefix=f"row-{place}",
            auto_id="event-%s",
            initial={name: (typed or {}).get(f"row-{place}-{name}", "") for name in names},
        )
        for place in range(number)
    ]


def shares_of(rows: list[Any]) -> dict[str, int] | list[str]:
    """Give rows of who gives or pays as the books read them: with amounts, or as names alone."""
    if any("amount" in row for row in rows):
        return {row["contribution"]: row["amount"] for row in rows}
    return [row["contribution"] for row in rows]


def shares_make_sense(kind: str, rows: list[EventRowForm]) -> bool:
    """Say whether each contribution is named once, and whether all rows have an amount or none has."""
    if kind not in WITH_SHARES:
        return True
    begun = [row for row in rows if row.said]
    with_amounts = [row for row in begun if "amount" in row.said]
    names: set[str] = set()
    for row in begun:
        name = row.said.get("contribution", "")
        if name in names:
            row.add_error("contribution", _("This contribution stands in a row above: name each one once."))
        names.add(name)
        if with_amounts and "amount" not in row.said:
            row.add_error("amount", _("Write an amount in every row, or in none."))
    return not any(row.errors for row in begun)


def minor_of(text: str, currency: str, *, either_way: bool = False) -> int:
    """Read an amount above zero, or also one below where it may go either way. Unit: minor units.

    Raises:  ValidationError, which says what is wrong with it.
    """
    try:
        minor = parse_plain(text.strip(), currency).minor
    except NotAnAmount as problem:
        raise ValidationError(money_error(problem.why, currency)) from None
    if either_way and minor == 0:
        raise ValidationError(_("Write an amount other than zero, or empty the row."))
    if minor <= 0 and not either_way:
        raise ValidationError(_("Write an amount above zero: the event says which way it goes."))
    return minor
