"""What the pages of orders, shipments and receipts show beside their fields: lines and lots, and what follows."""

from typing import Any

from pledgeline.actions import chain
from pledgeline.programme.steps import UNDER_WAY, State, state_name
from pledgeline.queries.orders import ordered_lines
from pledgeline.records.models import OrderRecord, ReceiptRecord, ShipmentRecord
from pledgeline.web.asked import books_for
from pledgeline.web.chain.here import Here
from pledgeline.web.chain.photo_forms import PhotoForm, rejected_lots


def of_an_order(here: Here, row: OrderRecord) -> dict[str, Any]:
    """Give the lines of an order with where their units are, its shipments, and whether more can be shipped."""
    lines = ordered_lines(row)
    can_ship = row.state == State.ACCEPTED and any(line.to_ship for line in lines)
    return {
        "lines": lines,
        "was_accepted": row.accepted_on is not None,
        "sees_books": books_for(here.request, here.programme.slug) is not None,
        "shipments": [(shipment, state_name(shipment.state)) for shipment in row.shipments.order_by("pk")],
        "may_ship": can_ship and chain.may_write(ShipmentRecord, here.programme, here.person),
    }


def of_a_shipment(here: Here, row: ShipmentRecord) -> dict[str, Any]:
    """Give the lots of a shipment, its receipt, and whether it can be received."""
    receipt = ReceiptRecord.objects.filter(shipment=row).first()
    can_receive = receipt is None and row.state in UNDER_WAY
    return {
        "lots": row.lots.select_related("order_line__package_line__requirement"),
        "receipt": receipt,
        "receipt_state": state_name(receipt.state) if receipt else "",
        "may_receive": can_receive and chain.may_write(ReceiptRecord, here.programme, here.person),
    }


def of_a_receipt(here: Here, row: ReceiptRecord) -> dict[str, Any]:
    """Give what was counted of each lot."""
    return {
        "lots": row.lots.select_related("shipped__order_line__package_line__requirement"),
        "photos": row.photos.defer("content"),
        "photo_form": _photo_form(here, row),
        "sees_books": row.state == State.ACCEPTED
        and books_for(here.request, here.programme.slug) is not None,
    }


def _photo_form(here: Here, row: ReceiptRecord) -> PhotoForm | None:
    lots = rejected_lots(row)
    may_add = bool(lots) and chain.may_write(ReceiptRecord, here.programme, here.person)
    return PhotoForm(lots=lots) if may_add else None
