"""The table of requirements."""

from typing import ClassVar

from django.db import models

from pledgeline.programme.requirements import Requirement
from pledgeline.records.models.chain import ChainRow, chain_constraints


class RequirementRecord(ChainRow):
    """One version of a requirement.

    `listed_as` is its place in the order of the programme among those of its priority: the smaller was listed first.
    """

    KIND: ClassVar[type[Requirement]] = Requirement

    listed_as = models.PositiveBigIntegerField(null=True)

    class Meta(ChainRow.Meta):
        db_table = "records_requirement"
        constraints = chain_constraints("requirement")
        indexes = (
            models.Index(fields=("programme", "state", "priority", "listed_as"), name="requirement_order"),
        )
