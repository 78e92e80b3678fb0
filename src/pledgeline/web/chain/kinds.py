"""The nouns that have pages, and what is special about the pages of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledgeline.programme.steps import Step
from pledgeline.records.models import (
    ChainRow,
    DiscrepancyRecord,
    FormedPackage,
    OfferRecord,
    OrderRecord,
    ReceiptRecord,
    RequirementRecord,
    ShipmentRecord,
)
from pledgeline.web.chain import begun, parts
from pledgeline.web.chain.here import Here

Text = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages of one noun. `name` begins the names of their addresses.

    Where it follows from something else, `begin` says what a new one begins with, and there is no `new` in its list;
    `begins_on` is the page where it is begun, and what leads there. `first_template` draws what stands first,
    `parts_template` what it consists of; `more` gives what those show. `begin_step` says what the form of a step begins
    with.
    """

    name: str
    table: type[ChainRow]
    title: Text
    lead: Text
    none: Text
    change: Text
    new: Text
    is_begun_elsewhere: bool = False
    begins_on: tuple[str, Text] | None = None
    comes_in_files: bool = False
    begin: Callable[[Here], begun.Begun] = begun.of_nothing
    first_template: str = ""
    parts_template: str = ""
    more: Callable[[Here, Any], dict[str, object]] = lambda _here, _row: {}
    begin_step: Callable[[Here, Any, Step], begun.Begun] = begun.step_of_nothing

    @property
    def noun(self) -> str:
        return self.table.KIND.NAME


REQUIREMENTS = Pages(
    name="requirements",
    table=RequirementRecord,
    title=_("Requirements"),
    lead=_(
        "What the recipient asks for, in the order in which it is to be met. A plan is made from those on the list."
    ),
    none=_("There is no requirement yet. A recipient enters the first one."),
    new=_("New requirement"),
    change=_("Change this requirement"),
    comes_in_files=True,
)

OFFERS = Pages(
    name="offers",
    table=OfferRecord,
    title=_("Offers"),
    lead=_("What suppliers offer: item, price, quantity, and until when the offer stands."),
    none=_("There is no offer yet. A supplier or a coordinator enters the first one."),
    new=_("New offer"),
    change=_("Change this offer"),
    comes_in_files=True,
    begin=begun.of_a_supplier,
)

ORDERS = Pages(
    name="orders",
    table=OrderRecord,
    title=_("Orders"),
    lead=_("What is ordered from whom: the lines of packages, each at the price that was agreed."),
    none=_("Nothing has been ordered yet. A coordinator orders on the page of a package."),
    new=_("New order"),
    change=_("Change this order"),
    is_begun_elsewhere=True,
    begins_on=("formed", _("To the packages")),
    begin=begun.of_a_package,
    parts_template="web/chain/_order.html",
    more=parts.of_an_order,
    begin_step=begun.step_of_an_order,
)

SHIPMENTS = Pages(
    name="shipments",
    table=ShipmentRecord,
    title=_("Shipments"),
    lead=_("What was sent to the recipient, lot by lot, and where it is now."),
    none=_(
        "Nothing has been shipped yet. A supplier or a coordinator enters a shipment on the page of an accepted order."
    ),
    new=_("New shipment"),
    change=_("Change this shipment"),
    is_begun_elsewhere=True,
    begins_on=("orders", _("To the orders")),
    begin=begun.of_an_order,
    parts_template="web/chain/_shipment.html",
    more=parts.of_a_shipment,
)

RECEIPTS = Pages(
    name="receipts",
    table=ReceiptRecord,
    title=_("Receipts"),
    lead=_("What the recipient counted of each shipment: accepted, rejected, or short."),
    none=_("Nothing has been received yet. A recipient counts on the page of a shipment that is under way."),
    new=_("New receipt"),
    change=_("Change this count"),
    is_begun_elsewhere=True,
    begins_on=("shipments", _("To the shipments")),
    begin=begun.of_a_shipment,
    parts_template="web/chain/_receipt.html",
    more=parts.of_a_receipt,
)

PACKAGES = Pages(
    name="formed",
    table=FormedPackage,
    title=_("Packages of the programme"),
    lead=_("What is bought together. Plans that were accepted form packages; their money is in the books."),
    none="",
    change="",
    new="",
    is_begun_elsewhere=True,
    first_template="web/chain/_package_summary.html",
    parts_template="web/chain/_package.html",
    more=parts.of_a_package,
    begin_step=begun.step_of_a_package,
)

DISCREPANCIES = Pages(
    name="discrepancies",
    table=DiscrepancyRecord,
    title=_("Discrepancies"),
    lead=_("Units that were rejected or short at a receipt, until it is settled what becomes of them."),
    none=_("None: everything that was received was accepted."),
    change="",
    new="",
    is_begun_elsewhere=True,
    parts_template="web/chain/_discrepancy.html",
    more=parts.of_a_discrepancy,
)
