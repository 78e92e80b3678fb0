"""The columns of the list of each noun: one for each field, by its kind, but where more is to be said of it.

A field that few say, and a text of several lines, are only in the files of a list.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from pledgeline.money import Amount
from pledgeline.programme.nouns import FieldSaid
from pledgeline.programme.steps import state_name
from pledgeline.queries.chain import sorts_of
from pledgeline.queries.order_units import units_of
from pledgeline.records.models import ChainRow
from pledgeline.web import words
from pledgeline.web.chain.order_words import ON_THE_LIST, UNIT_WORDS
from pledgeline.web.columns import Column, Day, Mark, Money, Ordinal, Reader, Text, Timestamp, Whole

Page = Callable[[Any], str]

_OF_NUMBERS: dict[str, type[Column]] = {
    "Units": Whole,
    "Count": Whole,
    "LeadDays": Whole,
    "Percent": Whole,
    "Priority": Ordinal,
    "Day": Day,
}
_OF_LINES = frozenset({"EarmarkLines", "Serials"})
_ONLY_IN_FILES = frozenset({"Note", "Currency", *_OF_LINES})
"""Kinds that a list has no room for: texts of several lines, and the currency, which stands with each amount."""


def column_of(field: FieldSaid, value: Reader = "", **more: Any) -> Column:
    """Make the column of a field, which is read off a row by its own name, or as `value` says."""
    name, label, kind = field.name, str(field.label), field.kind
    shown = {"shown": kind not in _ONLY_IN_FILES and not field.is_seldom, **more}
    if kind in _OF_NUMBERS:
        return _OF_NUMBERS[kind](name, label, value, **shown)
    if kind == "Price":
        return Money(name, label, lambda row: Amount(getattr(row, name), row.currency), **shown)
    if kind == "YesNo":
        return Text(name, label, value, named=words.yes_or_no, **shown)
    if kind in _OF_LINES:
        return Text(name, label, value, named="\n".join, **shown)
    return Text(name, label, value, **{**shown, "empty": "" if field.is_needed else "–"})


def columns_of(table: type[ChainRow], page: Page) -> list[Column]:
    """Give the columns of the list of a noun; `page` gives the address of one."""
    noun, sorts = table.KIND.NAME, sorts_of(table)
    said = {name: field for name, field in table.KIND.fields_said().items() if field.part is None}
    columns: list[Column] = []
    for name, field in said.items():
        special = _SPECIAL[noun, name](page) if (noun, name) in _SPECIAL else {}
        if name == "key":
            special = {"link": page}
        elif name in sorts and table._meta.get_field(name).is_relation:
            special = {"value": f"{name}.key", **special}
        columns += [
            column_of(field, **{"sortable": name in sorts, **special}),
            *_BESIDE.get((noun, name), list)(),
        ]
    return [
        *columns,
        Mark(
            "state", _("State"), named=partial(state_name, noun), mark=lambda row: f"mark state-{row.state}"
        ),
        *([Ordinal("version", _("Version"))] if noun == "requirement" else []),
    ]


_SPECIAL: dict[tuple[str, str], Callable[[Page], dict[str, Any]]] = {
    ("requirement", "item"): lambda page: {"link": page, "quiet": True},
    ("offer", "item"): lambda page: {"link": page, "quiet": True},
    ("discrepancy", "what"): lambda _page: {"named": words.DISCREPANCIES.__getitem__},
    ("discrepancy", "why"): lambda _page: {"shown": True},
}
"""What the column of a field has that its kind does not say, by noun and field."""


def _of_orders() -> list[Column]:
    """Give where the units of an order are, and when it was accepted."""
    units = (
        Whole(name, label, _units(name), sortable=False, shown=name in ON_THE_LIST)
        for name, label in UNIT_WORDS.items()
    )
    return [*units, Day("accepted_on", _("Accepted on"))]


def _units(name: str) -> Callable[[object], int]:
    return lambda row: units_of(row).as_said()[name]


_BESIDE: dict[tuple[str, str], Callable[[], list[Column]]] = {
    ("order", "currency"): _of_orders,
    ("shipment", "order"): lambda: [Text("supplier", _("Supplier"), "order.supplier", sortable=False)],
    ("discrepancy", "why"): lambda: [Timestamp("made_at", _("Opened"))],
}
"""The columns that stand behind a field and are none: what is worked out, or said elsewhere."""
