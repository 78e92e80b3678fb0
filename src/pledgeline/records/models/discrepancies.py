"""The table of discrepancies: units of a lot that were rejected or short, until it is settled what becomes of them."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from pledgeline.programme.discrepancies import REJECTED, SHORT, Discrepancy
from pledgeline.records.models.chain import ChainRow, chain_constraints
from pledgeline.records.models.columns import RefField, one_of
from pledgeline.records.models.receipts import CountedLotRecord, ReceiptRecord


class DiscrepancyRecord(ChainRow):
    """One discrepancy; `party` is that of its receipt. Keys of its entries begin with `ref`."""

    KIND: ClassVar[type[Discrepancy]] = Discrepancy

    ref = RefField()
    receipt = models.ForeignKey(ReceiptRecord, on_delete=models.PROTECT, related_name="discrepancies")
    counted = models.ForeignKey(CountedLotRecord, on_delete=models.PROTECT, related_name="discrepancies")
    party = models.ForeignKey("PartyRecord", on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=10)

    class Meta(ChainRow.Meta):
        db_table = "records_discrepancy"
        constraints = (
            *chain_constraints("discrepancy"),
            one_of("what", [REJECTED, SHORT], name="discrepancy_what"),
            CheckConstraint(condition=Q(units__gt=0), name="discrepancy_is_something"),
        )

    @property
    def lot(self) -> str:
        """Give what the books call the lot."""
        return self.counted.lot
