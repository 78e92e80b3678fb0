"""The tables of receipts and of what was counted in them."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q

from pledgeline.programme.receipts import CountedLot, Receipt
from pledgeline.records.models.chain import ChainRow, PartRow, chain_constraints
from pledgeline.records.models.columns import RefField
from pledgeline.records.models.shipments import ShipmentRecord, ShippedLotRecord

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from pledgeline.records.models.photos import ReceiptPhoto


class ReceiptRecord(ChainRow):
    """The receipt of one shipment; `party` is that of its order. Keys of its entries begin with `ref`."""

    KIND: ClassVar[type[Receipt]] = Receipt
    lots: "RelatedManager[CountedLotRecord]"
    photos: "RelatedManager[ReceiptPhoto]"

    ref = RefField()
    shipment = models.OneToOneField(ShipmentRecord, on_delete=models.PROTECT, related_name="receipt")
    party = models.ForeignKey("PartyRecord", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(ChainRow.Meta):
        db_table = "records_receipt"
        constraints = chain_constraints("receipt")


class CountedLotRecord(PartRow):
    """What was counted of one lot: each of its units was accepted, rejected or not there."""

    objects: ClassVar[models.Manager[Self]]
    KIND: ClassVar[type[CountedLot]] = CountedLot

    receipt = models.ForeignKey(ReceiptRecord, on_delete=models.PROTECT, related_name="lots")
    shipped = models.OneToOneField(ShippedLotRecord, on_delete=models.PROTECT, related_name="counted")

    class Meta(PartRow.Meta):
        db_table = "records_counted_lot"
        constraints = (
            CheckConstraint(
                condition=Q(accepted__gte=0, rejected__gte=0, short__gte=0), name="counted_lot_is_no_less"
            ),
            CheckConstraint(
                condition=(Q(rejected=0) | ~Q(why_rejected="")) & (Q(short=0) | ~Q(why_short="")),
                name="counted_lot_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.lot}: {self.accepted}"

    @property
    def lot(self) -> str:
        """Give what the books call the lot."""
        return str(self.shipped.lot)
