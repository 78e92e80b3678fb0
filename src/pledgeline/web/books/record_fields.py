"""The fields of every event that can be recorded: which it needs says its model; here is how each is called.

What a field can check by itself (a key, a sum above zero, a year that can be meant) is said there, before
the books are asked.
"""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pledgeline.ledger import Account
from pledgeline.ledger.refusals import RefusalRaised
from pledgeline.ledger.schema import LONGEST_KEY, MODELS, YEARS, key_of, kind_of_field, own_fields
from pledgeline.ledger.schema.models import CASH
from pledgeline.web.books.asked import AskedBooks
from pledgeline.web.books.filters import SUGGESTED, suggested
from pledgeline.web.books.words import account_name, kind_name
from pledgeline.web.fields import day_field

Needs = tuple[tuple[str, ...], tuple[str, ...]]
"""What an event needs, and what it may say besides."""

GROUPS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (_("Promises and receipts"), ("pledge", "revise", "reduce", "commit", "receive", "write_off")),
    (
        _("Money that has arrived"),
        ("convert", "fee", "allocate", "release", "return_to_partner", "lapse", "carry_over"),
    ),
    (_("Orders"), ("order", "price_change", "cancel_units", "swap")),
    (_("Goods"), ("deliver", "accept", "reject", "refund", "write_off_lot")),
    (_("Corrections and free entries"), ("correct", "reverse", "journal")),
    (_("Cash book, where the programme holds the money itself"), tuple(CASH)),
)
ASKED_ONCE = frozenset({"Key", "Currency", "Minor", "Units", "Day", "FreeOrLapsed"})
"""Kinds of fields that a form asks for in one field; the others are asked for in rows."""

ORDER = ("Key", "Currency")
"""The kinds of fields that a form asks for first; the others stand as the event has them."""


def _needs_of(kind: str) -> Needs:
    """Give the fields of a form from the model of its event; it always asks in which currency."""
    model = MODELS[kind]
    if kind in ("correct", "reverse"):
        return (), ()
    kinds = {name: kind_of_field(model, name) for name in own_fields(model)}
    kinds = {name: what for name, what in kinds.items() if what in ASKED_ONCE}
    if kind == "journal":
        del kinds["contribution"]
    if kind == "fee":
        kinds = {"contribution": "Key", **kinds}
    names = sorted(kinds, key=lambda name: ORDER.index(kinds[name]) if kinds[name] in ORDER else len(ORDER))
    fields = own_fields(model)
    needed = [
        name
        for name in names
        if kinds[name] == "Currency" or name not in fields or fields[name].is_required()
    ]
    return tuple(needed), tuple(name for name in names if name not in needed)


FIELDS: dict[str, Needs] = {kind: _needs_of(kind) for _title, kinds in GROUPS for kind in kinds}

ASKED_FIRST = frozenset(
    {
        *("correct", "reverse", "reduce", "cancel_units", "return_to_partner", "lapse"),
        *("write_off", "write_off_lot"),
    }
)
"""What takes something away: shown before it is entered."""

SPOKEN = {
    "write_off": _("Write-off of committed money"),
    "write_off_lot": _("Write-off of lost goods"),
    "correct": _("Correction of an entry"),
    "reverse": _("Taking an entry back"),
}
MONEY = {"amount": "currency", "unit_price": "currency", "cost": "currency", "received": "to_currency"}
"""Fields that hold money, and the field that says in which currency."""

CURRENCIES = ("currency", "from_currency", "to_currency")
LABELS = {
    "contribution": _("Contribution"),
    "partner": _("Partner"),
    "currency": _("Currency"),
    "from_currency": _("Currency given"),
    "to_currency": _("Currency received"),
    "received": _("Received together"),
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
    "use_by": _("Use by"),
    "reserved_until": _("Reserved until"),
}
_DIGITS = _("Digits and at most one point, without separators: 1500000.00")
OWN_LABELS = {
    ("return_to_partner", "from"): _("Taken from"),
    ("order", "amount"): _("Cost together, where it is not units times price"),
    ("price_change", "qty"): _("Units, where it is not all that are still to come"),
    ("reduce", "amount"): _("Amount, where it is not all that is unpaid"),
    ("release", "amount"): _("Amount, where it is not all that is set aside"),
    ("carry_over", "amount"): _("Amount, where it is not all that has lapsed"),
}
"""Labels of fields that mean something of their own in one event."""

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


def field(kind: str, name: str, asked: AskedBooks, *, required: bool) -> forms.Field:
    """Make the field with a name of a kind of event."""
    label = OWN_LABELS.get((kind, name), LABELS[name])
    what = kind_of_field(MODELS[kind], name) if name in own_fields(MODELS[kind]) else "Key"
    if what == "Currency":
        codes = sorted(asked.books.currencies)
        return forms.ChoiceField(
            label=label, required=required, choices=[("", "–"), *((code, code) for code in codes)]
        )
    if what == "FreeOrLapsed":
        stages = (Account.AVAILABLE, Account.LAPSED)
        return forms.ChoiceField(
            label=label, required=required, choices=[(stage.value, account_name(stage)) for stage in stages]
        )
    if what == "Units":
        return forms.IntegerField(label=label, required=required, min_value=1, max_value=10**12)
    if what == "Day":
        return day(label, required=required)
    made = forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_KEY,
        help_text=HELP.get(name, ""),
        validators=[] if what == "Minor" else [is_key],
    )
    made.widget.attrs.update(attributes(name))
    return made


def attributes(name: str) -> dict[str, str]:
    """Give what a field tells the browser: its list of suggestions, or that digits are typed in it."""
    if name in MONEY:
        return {"inputmode": "decimal", "autocomplete": "off"}
    listed = {"list": f"known-{SUGGESTED_AS[name]}"} if name in SUGGESTED_AS else {}
    return {"autocomplete": "off", "spellcheck": "false", **listed}


def day(label: object, *, required: bool, last: date | None = None) -> forms.DateField:
    """Make the field of a day, which can be meant and lies not after the `last` one."""

    def has_come(value: date) -> None:
        if last is not None and value > last:
            raise ValidationError(
                _("What is still to come has not happened: choose today, %(today)s, or a day before."),
                params={"today": last.isoformat()},
            )

    return day_field(label, required=required, validators=[_can_be_meant, has_come])


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
        key_of(value[:LONGEST_KEY].strip(), "it")
    except RefusalRaised as refused:
        if refused.refusal.code == "ledger.mixed-scripts":
            raise ValidationError(f"{refused.refusal.wrong} {refused.refusal.way_out}") from None
        raise ValidationError(
            _("This holds a character that nobody sees. Type it anew instead of pasting it.")
        ) from None
