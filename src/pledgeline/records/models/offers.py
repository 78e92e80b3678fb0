"""The table of offers."""

from typing import ClassVar

from django.db import models

from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.programme.offers import Offer
from pledgeline.records.models.chain import ChainRow, chain_constraints


class OfferRecord(ChainRow):
    """One version of an offer; `party` is the supplier that it names, where that is a party."""

    KIND: ClassVar[type[Offer]] = Offer

    item = models.CharField(max_length=LONGEST_KEY)
    supplier = models.CharField(max_length=LONGEST_KEY)
    party = models.ForeignKey("PartyRecord", on_delete=models.PROTECT, null=True, related_name="+")
    unit_price = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    available = models.BigIntegerField(null=True)
    lead_days = models.PositiveIntegerField()
    lot = models.BigIntegerField()
    min_order = models.BigIntegerField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    terms = models.TextField()

    class Meta(ChainRow.Meta):
        db_table = "records_offer"
        constraints = chain_constraints("offer")
        indexes = (models.Index(fields=("programme", "state", "item"), name="offer_of_item"),)
