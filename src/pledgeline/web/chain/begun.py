"""What a new noun begins with, where it follows from another: lines of a package, what is outstanding, a count."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pledgeline.accounts.rights import may, own_parties, username_of
from pledgeline.accounts.table import row_of_step
from pledgeline.actions.nouns import finding
from pledgeline.programme import steps
from pledgeline.programme.findings import Finding
from pledgeline.queries import chain as queries
from pledgeline.queries.contributions import state_now
from pledgeline.queries.orders import free_lines, lines_to_order, ordered_lines, why_not_shipped
from pledgeline.records.models import (
    FormedPackage,
    OrderRecord,
    PartyRecord,
    ReceiptRecord,
    ShipmentRecord,
)
from pledgeline.web.chain.here import Here
from pledgeline.web.formats import number
from pledgeline.web.parameters import parameters_of

Begun = tuple[Mapping[str, object], dict[str, str]]
"""What its fields say first, and what is said about each of its parts."""


class CannotBegin(Exception):
    """Nothing can be begun from what an address names: why, and the page on which one goes on."""

    def __init__(self, why: Finding, place: str, name: str) -> None:
        super().__init__(why.wrong)
        self.why, self.place, self.name = why, place, name


def of_nothing(_here: Here) -> Begun:
    """Begin with empty fields."""
    return {}, {}


def of_a_supplier(here: Here) -> Begun:
    """Begin an offer with the name of the one party for which whoever asks may write."""
    right = row_of_step("offer", "write")
    own = own_parties(here.person, right, here.programme.slug)
    if may(here.person, right, here.programme.slug) or len(own) != 1:
        return {}, {}
    return {"supplier": PartyRecord.objects.get(ref__in=own).name}, {}


def of_a_package(here: Here) -> Begun:
    """Begin an order with the lines of a package that one supplier offers, and that no other order has."""
    parameters = parameters_of(here.request)
    packages = {
        package.key: package
        for package in FormedPackage.objects.filter(programme=here.programme, state=steps.State.OPEN)
    }
    package = packages.get(key := parameters.choice("package", packages, label=_("Package")))
    offered = lines_to_order(package, state_now(here.programme)) if package else {}
    sellers = package.lines.values_list("offer__supplier", flat=True) if package else ()
    supplier = parameters.choice("supplier", sorted(set(sellers)), label=_("Supplier"))
    if package is None:
        return {}, {}
    lines = offered.get(supplier, [])
    if supplier and not lines:
        why = finding("order", key, "nothing-to-order.package", package=key, supplier=supplier)
        raise CannotBegin(why, here.asked.at("formed-one", key=key), key)
    begun = {
        "package": key,
        "supplier": supplier,
        "currency": lines[0].currency if lines else here.programme.base_currency,
        "lines": [{"line": line.line, "units": line.units, "unit_price": line.unit_price} for line in lines],
    }
    return begun, {line.line: f"{line.requirement.key}, {line.requirement.item}" for line in lines}


def of_an_order(here: Here) -> Begun:
    """Begin a shipment with all that is to be shipped of an order."""
    orders = {row.key: row for row in queries.newest(OrderRecord, here.programme, here.person)}
    order = orders.get(key := parameters_of(here.request).choice("order", orders, label=_("Order")))
    if order is None:
        return {}, {}
    ordered_now = ordered_lines(order)
    if why := why_not_shipped(order, ordered_now):
        said = finding("shipment", key, f"nothing-to-ship.{why}", order=key)
        raise CannotBegin(said, here.asked.at("orders-one", key=key), key)
    lines = [ordered for ordered in ordered_now if ordered.to_ship]
    begun = {
        "order": key,
        "dispatched_on": here.asked.today,
        "handover_point": order.delivery_point,
        "lots": [{"line": ordered.line.line, "units": ordered.to_ship} for ordered in lines],
    }
    return begun, {
        ordered.line.line: ngettext(
            "%(item)s: %(units)s unit is to be shipped",
            "%(item)s: %(units)s units are to be shipped",
            ordered.to_ship,
        )
        % {"item": ordered.line.package_line.requirement.item, "units": number(ordered.to_ship)}
        for ordered in lines
    }


def of_a_shipment(here: Here) -> Begun:
    """Begin a receipt with all that was shipped, as if everything were there and good."""
    shipments = {row.key: row for row in queries.newest(ShipmentRecord, here.programme, here.person)}
    shipment = shipments.get(
        key := parameters_of(here.request).choice("shipment", shipments, label=_("Shipment"))
    )
    if shipment is None:
        return {}, {}
    receipt = ReceiptRecord.objects.filter(shipment=shipment).first()
    if receipt is not None:
        why = finding("receipt", key, "nothing-to-count.counted", shipment=key, receipt=receipt.key)
        raise CannotBegin(why, here.asked.at("receipts-one", key=receipt.key), receipt.key)
    if shipment.state not in steps.UNDER_WAY:
        why = finding("receipt", key, "nothing-to-count.not-under-way", shipment=key)
        raise CannotBegin(why, here.asked.at("shipments-one", key=key), key)
    lots = list(shipment.lots.select_related("order_line__package_line__requirement"))
    begun = {
        "shipment": key,
        "received_on": here.asked.today,
        "place": shipment.handover_point,
        "counted_by": username_of(here.person),
        "lots": [{"lot": lot.lot, "accepted": lot.units, "rejected": 0, "short": 0} for lot in lots],
    }
    return begun, {
        lot.lot: ngettext(
            "%(item)s: %(units)s unit was shipped", "%(item)s: %(units)s units were shipped", lot.units
        )
        % {"item": lot.order_line.package_line.requirement.item, "units": number(lot.units)}
        for lot in lots
    }


def step_of_nothing(_here: Here, _row: object, _step: steps.Step) -> Begun:
    """Begin the form of a step with empty fields."""
    return {}, {}


def step_of_an_order(_here: Here, row: OrderRecord, step: steps.Step) -> Begun:
    """Begin an amendment with every line of which something is outstanding, as it is now."""
    if step.name != "amend":
        return {}, {}
    lines = [ordered for ordered in ordered_lines(row) if ordered.outstanding]
    begun = [
        {
            "line": ordered.line.line,
            "units": ordered.line.units - ordered.line.cancelled,
            "unit_price": ordered.line.unit_price,
        }
        for ordered in lines
    ]
    return {"lines": begun}, {
        ordered.line.line: ngettext(
            "%(item)s: %(units)s unit is outstanding",
            "%(item)s: %(units)s units are outstanding",
            ordered.outstanding,
        )
        % {"item": ordered.line.package_line.requirement.item, "units": number(ordered.outstanding)}
        for ordered in lines
    }


def step_of_a_package(here: Here, row: FormedPackage, step: steps.Step) -> Begun:
    """Begin a split with every line that no order has, and all its units."""
    if step.name != "split":
        return {}, {}
    lines = free_lines(row, state_now(here.programme))
    return {"lines": [{"line": line.line, "units": line.units} for line in lines]}, {
        line.line: ngettext("%(item)s: %(units)s unit", "%(item)s: %(units)s units", line.units)
        % {"item": line.requirement.item, "units": number(line.units)}
        for line in lines
    }
