"""The tables of orders and of their lines."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from pledgeline.programme.orders import Order, OrderLine
from pledgeline.records.models.chain import ChainRow, PartRow, chain_constraints
from pledgeline.records.models.columns import RefField
from pledgeline.records.models.formed import FormedPackage, PackageLine

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class OrderRecord(ChainRow):
    """One order; `party` is the supplier that it names, where that is a party. Keys of its entries begin with `ref`."""

    KIND: ClassVar[type[Order]] = Order
    lines: "RelatedManager[OrderLineRecord]"

    ref = RefField()
    package = models.ForeignKey(FormedPackage, on_delete=models.PROTECT, related_name="orders")
    party = models.ForeignKey("PartyRecord", on_delete=models.PROTECT, null=True, related_name="+")
    accepted_on = models.DateField(null=True)

    class Meta(ChainRow.Meta):
        db_table = "records_order"
        constraints = chain_constraints("order")


class OrderLineRecord(PartRow):
    """One line of an order: so many units of a line of the package, at the price that was agreed.

    `cancelled` are the units of which the order was relieved after it had been accepted. Where the price was changed
    on the way, `earlier_prices` is by how much units that had come at other prices cost more, or less.
    """

    objects: ClassVar[models.Manager[Self]]
    KIND: ClassVar[type[OrderLine]] = OrderLine

    order = models.ForeignKey(OrderRecord, on_delete=models.PROTECT, related_name="lines")
    package_line = models.ForeignKey(PackageLine, on_delete=models.PROTECT, related_name="order_lines")
    cancelled = models.BigIntegerField(default=0)
    earlier_prices = models.BigIntegerField(default=0)

    class Meta(PartRow.Meta):
        db_table = "records_order_line"
        constraints = (
            UniqueConstraint(fields=("order", "package_line"), name="order_line_once"),
            CheckConstraint(condition=Q(units__gt=0) & Q(unit_price__gte=0), name="order_line_is_something"),
            CheckConstraint(
                condition=Q(cancelled__gte=0) & Q(cancelled__lte=F("units")), name="order_line_cancelled"
            ),
        )

    def __str__(self) -> str:
        return f"{self.line}: {self.units}"

    @property
    def line(self) -> str:
        """Give what the books call it."""
        return str(self.package_line.line)
