"""The columns of the list of each noun."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from pledgeline.money import Amount
from pledgeline.programme.steps import state_name
from pledgeline.queries.order_units import units_of
from pledgeline.records.models import ChainRow
from pledgeline.web import words
from pledgeline.web.chain.order_words import ON_THE_LIST, UNIT_WORDS
from pledgeline.web.columns import Column, Day, Mark, Money, Ordinal, Text, Timestamp, Whole


def columns_of(table: type[ChainRow], page: Callable[[Any], str]) -> list[Column]:
    """Give the columns of the list of a noun; `page` gives the address of one."""
    labels = {name: str(field.label) for name, field in table.KIND.fields_said().items()}
    return [
        Text("key", labels["key"], link=page),
        *_BETWEEN[table.KIND.NAME](labels, page),
        Mark("state", _("State"), named=state_name, mark=lambda row: f"mark state-{row.state}"),
        *([Ordinal("version", _("Version"))] if table.KIND.NAME == "requirement" else []),
    ]


def _of_requirements(labels: dict[str, str], page: Callable[[Any], str]) -> list[Column]:
    return [
        Text("item", labels["item"], link=page, quiet=True),
        Whole("quantity", labels["quantity"]),
        Ordinal("priority", labels["priority"]),
        Day("need_by", labels["need_by"]),
        Text("category", labels["category"], shown=False),
    ]


def _of_offers(labels: dict[str, str], page: Callable[[Any], str]) -> list[Column]:
    return [
        Text("item", labels["item"], link=page, quiet=True),
        Text("supplier", labels["supplier"]),
        Money("unit_price", labels["unit_price"], lambda row: Amount(row.unit_price, row.currency)),
        Text("currency", labels["currency"], shown=False),
        Whole("available", labels["available"], empty="–"),
        Whole("lead_days", labels["lead_days"]),
        Day("valid_until", labels["valid_until"]),
    ]


def _of_orders(labels: dict[str, str], _page: Callable[[Any], str]) -> list[Column]:
    return [
        Text("package", labels["package"], "package.key"),
        Text("supplier", labels["supplier"]),
        Text("contract", labels["contract"], empty="–"),
        Text("delivery_point", labels["delivery_point"]),
        Text("currency", labels["currency"], shown=False),
        *(
            Whole(name, label, _units(name), sortable=False, shown=name in ON_THE_LIST)
            for name, label in UNIT_WORDS.items()
        ),
        Day("accepted_on", _("Accepted on")),
    ]


def _units(name: str) -> Callable[[Any], int]:
    return lambda row: units_of(row).as_said()[name]


def _of_shipments(labels: dict[str, str], _page: Callable[[Any], str]) -> list[Column]:
    return [
        Text("order", labels["order"], "order.key"),
        Text("supplier", _("Supplier"), "order.supplier", sortable=False),
        Day("dispatched_on", labels["dispatched_on"]),
        Text("handover_point", labels["handover_point"]),
    ]


def _of_receipts(labels: dict[str, str], _page: Callable[[Any], str]) -> list[Column]:
    return [
        Text("shipment", labels["shipment"], "shipment.key"),
        Day("received_on", labels["received_on"]),
        Text("place", labels["place"]),
        Text("counted_by", labels["counted_by"]),
    ]


def _of_discrepancies(labels: dict[str, str], _page: Callable[[Any], str]) -> list[Column]:
    return [
        Text("receipt", labels["receipt"], "receipt.key"),
        Text("lot", labels["lot"], "lot", sortable=False),
        Text("what", labels["what"], named=lambda what: words.DISCREPANCIES[what]),
        Whole("units", labels["units"]),
        Text("why", labels["why"], sortable=False),
        Timestamp("made_at", _("Opened")),
    ]


_BETWEEN: dict[str, Callable[[dict[str, str], Callable[[Any], str]], list[Column]]] = {
    "requirement": _of_requirements,
    "offer": _of_offers,
    "order": _of_orders,
    "shipment": _of_shipments,
    "receipt": _of_receipts,
    "discrepancy": _of_discrepancies,
}
