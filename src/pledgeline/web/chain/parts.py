"""What the pages of nouns show beside their fields: lines and lots, where units came from, and what follows."""

from pledgeline.actions import chain
from pledgeline.actions.discrepancies import line_of
from pledgeline.actions.nouns import finding
from pledgeline.ledger import Balances
from pledgeline.money import Amount
from pledgeline.programme.steps import UNDER_WAY, State, state_name
from pledgeline.queries.contributions import state_now
from pledgeline.queries.orders import lines_to_order, ordered_lines, why_not_shipped
from pledgeline.queries.packages import lineage_of, lines_of
from pledgeline.records.models import (
    DiscrepancyRecord,
    FormedPackage,
    OrderRecord,
    PlanRun,
    ReceiptRecord,
    ShipmentRecord,
)
from pledgeline.web.asked import books_for
from pledgeline.web.chain.here import Here
from pledgeline.web.chain.order_words import UNIT_WORDS
from pledgeline.web.chain.package_summary import summary_of
from pledgeline.web.chain.photo_forms import PhotoForm, rejected_lots


def of_a_package(here: Here, row: FormedPackage) -> dict[str, object]:
    """Give the lines of a package with the money on them, its orders, and where its units came from and went."""
    books = books_for(here.request, here.programme.slug)
    can_order = row.state == State.OPEN and chain.may_write(OrderRecord, here.programme, here.person)
    state = state_now(here.programme)
    return {
        "summary": summary_of(here.asked, row, here.person, state, sees_money=books is not None),
        "lines": lines_of(row, books.state if books else Balances()),
        "sees_books": books is not None,
        "orders": row.orders.exclude(state=State.CANCELLED),
        "to_order": lines_to_order(row, state) if can_order else {},
        "lineage": lineage_of(row),
        "sees_plan": PlanRun.objects.visible_to(here.person, here.programme.slug)
        .filter(pk=row.plan.run_id)
        .exists(),
    }


def of_a_discrepancy(here: Here, row: DiscrepancyRecord) -> dict[str, object]:
    """Give the line of the order whose units they are, and what they cost."""
    ordered = line_of(row)
    return {
        "ordered": ordered,
        "order": ordered.line.order,
        "effect": Amount(row.units * ordered.line.unit_price, ordered.line.order.currency),
    }


def of_an_order(here: Here, row: OrderRecord) -> dict[str, object]:
    """Give the lines of an order with where their units are, its shipments, and whether more can be shipped."""
    lines = ordered_lines(row)
    why = why_not_shipped(row, lines)
    ships = chain.may_write(ShipmentRecord, here.programme, here.person)
    return {
        "lines": lines,
        "unit_words": UNIT_WORDS.values(),
        "was_accepted": row.accepted_on is not None,
        "sees_books": books_for(here.request, here.programme.slug) is not None,
        "shipments": [
            (shipment, state_name("shipment", shipment.state)) for shipment in row.shipments.order_by("pk")
        ],
        "may_ship": not why and ships,
        "why_not_ship": finding("shipment", row.key, f"nothing-to-ship.{why}", order=row.key)
        if why and ships and row.state != State.CANCELLED
        else None,
    }


def of_a_shipment(here: Here, row: ShipmentRecord) -> dict[str, object]:
    """Give the lots of a shipment, its receipt, and whether it can be received."""
    receipt = ReceiptRecord.objects.filter(shipment=row).first()
    can_receive = receipt is None and row.state in UNDER_WAY
    return {
        "lots": row.lots.select_related("order_line__package_line__requirement"),
        "receipt": receipt,
        "receipt_state": state_name("receipt", receipt.state) if receipt else "",
        "may_receive": can_receive and chain.may_write(ReceiptRecord, here.programme, here.person),
    }


def of_a_receipt(here: Here, row: ReceiptRecord) -> dict[str, object]:
    """Give what was counted of each lot."""
    return {
        "lots": row.lots.select_related("shipped__order_line__package_line__requirement"),
        "discrepancies": [
            (discrepancy, state_name("discrepancy", discrepancy.state))
            for discrepancy in row.discrepancies.order_by("pk")
        ],
        "photos": row.photos.defer("content"),
        "photo_form": _photo_form(here, row),
        "sees_books": row.state == State.ACCEPTED
        and books_for(here.request, here.programme.slug) is not None,
    }


def _photo_form(here: Here, row: ReceiptRecord) -> PhotoForm | None:
    lots = rejected_lots(row)
    may_add = bool(lots) and chain.may_write(ReceiptRecord, here.programme, here.person)
    return PhotoForm(lots=lots) if may_add else None
