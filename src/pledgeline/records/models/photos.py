"""Photographs of what was rejected: they belong to a receipt, and are seen by whoever may see it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.records.models.receipts import ReceiptRecord

LONGEST_DIGEST = 64


class ReceiptPhoto(models.Model):
    """A photograph of a lot, kept as it is shown; `handed_in` is the digest of the file as it came.

    It names the lot and no row of a count: a count can be changed, and what was seen stays.
    """

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    receipt = models.ForeignKey(ReceiptRecord, on_delete=models.PROTECT, related_name="photos")
    lot = models.CharField(max_length=LONGEST_KEY)
    digest = models.CharField(max_length=LONGEST_DIGEST)
    handed_in = models.CharField(max_length=LONGEST_DIGEST)
    content = models.BinaryField()
    size_bytes = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "records_receipt_photo"
        ordering = ("lot", "pk")
        constraints = (
            UniqueConstraint(fields=("receipt", "lot", "digest"), name="receipt_photo_once"),
            CheckConstraint(condition=Q(size_bytes__gt=0), name="receipt_photo_is_something"),
        )

    def __str__(self) -> str:
        return f"{self.lot} {self.digest[:12]}"
