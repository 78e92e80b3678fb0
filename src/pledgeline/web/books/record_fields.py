"""The fields of every event that can be recorded: which it needs, how each is called, read and checked.

What a field can check by itself (a key, a sum above zero, a year that can be meant) is said there, before
the books are asked.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pledgeline.ledger import Account
from pledgeline.ledger.fields import LONGEST_KEY, YEARS, key_of
from pledgeline.ledger.refusals import Refused
from pledgeline.web.books.asked import AskedBooks
from pledgeline.web.books.filters import SUGGESTED, suggested
from pledgeline.web.books.words import account_name, kind_name
from pledgeline.web.fields import day_field

Needs = tuple[tuple[str, ...], tuple[str, ...]]
"""What an event needs, and what it may say besides."""

_SUM: Needs = (("contribution", "currency", "amount"), ())
_LOT: Needs = (("lot", "currency", "qty"), ("cost",))

GROUPS: tuple[tuple[Any, Mapping[str, Needs]], ...] = (
    (
        _("Promises and receipts"),
        {
            "pledge": (("contribution", "partner", "currency", "amount"), ("use_by",)),
            "revise": _SUM,
            "reduce": _SUM,
            "commit": _SUM,
            "receive": _SUM,
            "write_off": _SUM,
        },
    ),
    (
        _("Money that has arrived"),
        {
            "convert": (("from_currency", "to_currency", "received"), ()),
            "fee": _SUM,
            "allocate": (("contribution", "line", "currency", "amount"), ("package", "reserved_until")),
            "release": (("contribution", "line", "currency"), ("amount",)),
            "return_to_partner": (("contribution", "currency", "amount"), ("stage",)),
            "lapse": (("contribution",), ()),
            "carry_over": (("contribution", "currency", "use_by"), ("amount",)),
        },
    ),
    (
        _("Orders"),
        {
            "order": (("line", "currency", "qty", "unit_price"), ()),
            "price_change": (("line", "currency", "unit_price"), ()),
            "cancel_units": (("line", "currency", "qty"), ()),
            "swap": (("line", "from", "to", "currency", "amount"), ()),
        },
    ),
    (
        _("Goods"),
        {
            "deliver": (("line", "lot", "currency", "qty"), ("cost",)),
            "accept": _LOT,
            "reject": _LOT,
            "refund": (("lot", "currency", "amount"), ()),
            "write_off_lot": _LOT,
        },
    ),
    (
        _("Slips, and what nothing else says"),
        {"correct": ((), ()), "reverse": ((), ()), "journal": (("currency",), ())},
    ),
    (
        _("Cash book, where the programme holds the money itself"),
        {
            "cash_owed": _SUM,
            "cash_in": _SUM,
            "cash_fee": _SUM,
            "cash_sold": _SUM,
            "cash_bought": _SUM,
            "cash_advance": (_SUM[0], ("line",)),
            "cash_invoice": (_SUM[0], ("line", "lot")),
            "cash_settle": (_SUM[0], ("line",)),
            "cash_paid": (_SUM[0], ("line",)),
            "cash_refund": (_SUM[0], ("line", "lot")),
            "cash_returned": _SUM,
        },
    ),
)
FIELDS: dict[str, Needs] = {kind: needs for _title, kinds in GROUPS for kind, needs in kinds.items()}

ASKED_FIRST = frozenset(
    {
        *("correct", "reverse", "reduce", "cancel_units", "return_to_partner", "lapse"),
        *("write_off", "write_off_lot"),
    }
)
"""What takes something away: shown before it is entered."""

SPOKEN = {
    "write_off": _("Write-off of signed money"),
    "write_off_lot": _("Write-off of lost goods"),
    "correct": _("Correction of an entry"),
    "reverse": _("Taking an entry back"),
}
MONEY = {"amount": "currency", "unit_price": "currency", "cost": "currency", "received": "to_currency"}
"""Fields that hold money, and the field that says in which currency."""

CURRENCIES = ("currency", "from_currency", "to_currency")
DAYS = ("effective_on", "use_by", "reserved_until")
LABELS = {
    "contribution": _("Contribution"),
    "partner": _("Partner"),
    "currency": _("Currency"),
    "from_currency": _("Currency given"),
    "to_currency": _("Currency received"),
    "received": _("Received together"),
    "stage": _("Taken from"),
    "amount": _("Amount"),
    "unit_price": _("Unit price"),
    "cost": _("Cost, where it is not the line's price"),
    "package": _("Package of the line"),
    "line": _("Line"),
    "lot": _("Lot"),
    "qty": _("Units"),
    "from": _("Contribution that gives up its share"),
    "to": _("Contribution that takes it over"),
    "of": _("Number of the entry"),
    "use_by": _("To be used by"),
    "reserved_until": _("Reserved until"),
}
_DIGITS = _("Digits and at most one point, without separators: 1500000.00")
HELP = {
    "amount": _DIGITS,
    "unit_price": _DIGITS,
    "received": _DIGITS,
    "cost": _DIGITS,
    "of": _("As the journal shows it in the column “Number”."),
}
SUGGESTED_AS = {
    "contribution": "contribution",
    "from": "contribution",
    "to": "contribution",
    "partner": "partner",
    "line": "line",
    "lot": "lot",
}
"""The fields that suggest keys of the books, and which."""


def spoken(kind: str) -> str:
    """Name a kind of event where one is chosen."""
    return str(SPOKEN.get(kind) or kind_name(kind))


def suggestions(asked: AskedBooks) -> dict[str, list[str]]:
    """List the keys that fields suggest; others can be typed."""
    owners = asked.books.contributions()
    known = {"contribution": list(owners), "partner": sorted(set(owners.values()))}
    known |= {name: suggested(asked.books, name) for name in ("line", "lot")}
    return {name: keys[:SUGGESTED] for name, keys in known.items()}


def field(name: str, asked: AskedBooks, *, required: bool) -> forms.Field:
    """Make the field with a name of an event."""
    label = LABELS[name]
    if name in CURRENCIES:
        codes = sorted(asked.books.currencies)
        return forms.ChoiceField(
            label=label, required=required, choices=[("", "–"), *((code, code) for code in codes)]
        )
    if name == "stage":
        stages = (Account.AVAILABLE, Account.LAPSED)
        return forms.ChoiceField(
            label=label, required=required, choices=[(each.value, account_name(each)) for each in stages]
        )
    if name == "qty":
        return forms.IntegerField(label=label, required=required, min_value=1, max_value=10**12)
    if name in DAYS:
        return day(label, required=required)
    made = forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_KEY,
        help_text=HELP.get(name, ""),
        validators=[] if name in MONEY else [is_key],
    )
    made.widget.attrs.update(attributes(name))
    return made


def attributes(name: str) -> dict[str, str]:
    """Give what a field tells the browser: its list of suggestions, or that digits are typed in it."""
    if name in MONEY:
        return {"inputmode": "decimal", "autocomplete": "off"}
    listed = {"list": f"known-{SUGGESTED_AS[name]}"} if name in SUGGESTED_AS else {}
    return {"autocomplete": "off", "spellcheck": "false", **listed}


def day(label: Any, *, required: bool) -> forms.DateField:
    """Make the field of a day."""
    return day_field(label, required=required, validators=[_can_be_meant])


def _can_be_meant(value: date) -> None:
    if value.year not in YEARS:
        raise ValidationError(
            _("Choose a year from %(first)s to %(last)s."),
            params={"first": YEARS.start, "last": YEARS.stop - 1},
        )


def is_key(value: str) -> None:
    """Check that a text can be a key.

    Raises:  ValidationError.
    """
    try:
        key_of(value, "key")
    except Refused:
        raise ValidationError(
            _("This holds a character that nobody sees. Type it anew instead of pasting it.")
        ) from None
