"""The table of offers."""

from typing import ClassVar

from django.db import models

from pledgeline.programme.offers import Offer
from pledgeline.records.models.chain import ChainRow, chain_constraints


class OfferRecord(ChainRow):
    """One version of an offer; `party` is the supplier that it names, where that is a party."""

    KIND: ClassVar[type[Offer]] = Offer

    party = models.ForeignKey("PartyRecord", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(ChainRow.Meta):
        db_table = "records_offer"
        constraints = chain_constraints("offer")
        indexes = (models.Index(fields=("programme", "state", "item"), name="offer_of_item"),)
