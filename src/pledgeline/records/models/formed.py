"""The tables of what an accepted plan forms: packages, the units in them, and the rows that a plan was made from."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from pledgeline.programme.formed import FormedLine, ProgrammePackage
from pledgeline.records.models.chain import ChainRow, PartRow, chain_constraints
from pledgeline.records.models.offers import OfferRecord
from pledgeline.records.models.plans import PlanInput, SavedPlan
from pledgeline.records.models.requirements import RequirementRecord

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class FormedPackage(ChainRow):
    """A package that came of a plan: what is ordered together. Its money is in the books, on the lines of its units.

    One that was split off another has the plan of that one. It has one version.
    """

    KIND: ClassVar[type[ProgrammePackage]] = ProgrammePackage
    lines: "RelatedManager[PackageLine]"

    plan = models.ForeignKey(SavedPlan, on_delete=models.PROTECT, related_name="packages")

    class Meta(ChainRow.Meta):
        db_table = "records_formed_package"
        constraints = chain_constraints("package")


class PackageLine(PartRow):
    """So many units of an offer for a requirement in a package; `line` is what the books call it.

    Where its units were moved to other packages it stays, with those that are left, or none.
    """

    objects: ClassVar[models.Manager[Self]]
    KIND: ClassVar[type[FormedLine]] = FormedLine
    package_id: int

    package = models.ForeignKey(FormedPackage, on_delete=models.PROTECT, related_name="lines")
    requirement = models.ForeignKey(RequirementRecord, on_delete=models.PROTECT, related_name="package_lines")
    offer = models.ForeignKey(OfferRecord, on_delete=models.PROTECT, related_name="package_lines")

    class Meta(PartRow.Meta):
        db_table = "records_package_line"
        constraints = (
            UniqueConstraint(fields=("package", "requirement", "offer"), name="package_line_once"),
            CheckConstraint(
                condition=Q(units__gte=0) & Q(unit_price__gte=0), name="package_line_is_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.line}: {self.units}"


class LineMove(models.Model):
    """So many units that went from a line of one package to a line of another, and the step that moved them.

    What a line has is what it was formed with, and what came, less what went.
    """

    objects: ClassVar[models.Manager[Self]]

    origin = models.ForeignKey(PackageLine, on_delete=models.PROTECT, related_name="went")
    target = models.ForeignKey(PackageLine, on_delete=models.PROTECT, related_name="came")
    units = models.BigIntegerField()
    moved_by = models.TextField()
    moved_at = models.DateTimeField()

    class Meta:
        db_table = "records_line_move"
        ordering = ("pk",)
        constraints = (
            CheckConstraint(condition=Q(units__gt=0) & ~Q(origin=F("target")), name="line_move_is_something"),
        )

    def __str__(self) -> str:
        return f"{self.origin.line} -> {self.target.line}: {self.units}"


class PlannedFrom(models.Model):
    """One row that an input was made from: a version of a requirement or of an offer."""

    objects: ClassVar[models.Manager[Self]]

    input = models.ForeignKey(PlanInput, on_delete=models.CASCADE, related_name="made_from")
    requirement = models.ForeignKey(RequirementRecord, on_delete=models.PROTECT, null=True, related_name="+")
    offer = models.ForeignKey(OfferRecord, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "records_planned_from"
        ordering = ("pk",)
        constraints = (
            CheckConstraint(
                condition=Q(requirement__isnull=False, offer__isnull=True)
                | Q(requirement__isnull=True, offer__isnull=False),
                name="planned_from_one_row",
            ),
        )

    def __str__(self) -> str:
        return str(self.requirement or self.offer)
