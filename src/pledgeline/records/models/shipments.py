"""The tables of shipments and of the lots in them."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from pledgeline.programme.shipments import Shipment, ShippedLot
from pledgeline.records.models.chain import ChainRow, PartRow, chain_constraints
from pledgeline.records.models.orders import OrderLineRecord, OrderRecord
from pledgeline.records.models.programmes import ProgrammeRecord

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from pledgeline.records.models.receipts import CountedLotRecord


class ShipmentRecord(ChainRow):
    """One shipment; `party` is that of its order."""

    KIND: ClassVar[type[Shipment]] = Shipment
    lots: "RelatedManager[ShippedLotRecord]"

    order = models.ForeignKey(OrderRecord, on_delete=models.PROTECT, related_name="shipments")
    party = models.ForeignKey("PartyRecord", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(ChainRow.Meta):
        db_table = "records_shipment"
        constraints = chain_constraints("shipment")


class ShippedLotRecord(PartRow):
    """One lot of a shipment: the books call it so, which is why its name is there once in a programme."""

    objects: ClassVar[models.Manager[Self]]
    KIND: ClassVar[type[ShippedLot]] = ShippedLot
    counted: "CountedLotRecord"

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.PROTECT, related_name="+")
    shipment = models.ForeignKey(ShipmentRecord, on_delete=models.PROTECT, related_name="lots")
    order_line = models.ForeignKey(OrderLineRecord, on_delete=models.PROTECT, related_name="lots")

    class Meta(PartRow.Meta):
        db_table = "records_shipped_lot"
        constraints = (
            UniqueConstraint(fields=("programme", "lot"), name="shipped_lot_once"),
            CheckConstraint(condition=Q(units__gt=0), name="shipped_lot_is_something"),
        )

    def __str__(self) -> str:
        return str(self.lot)

    @property
    def line(self) -> str:
        """Give what the books call its line."""
        return str(self.order_line.line)
