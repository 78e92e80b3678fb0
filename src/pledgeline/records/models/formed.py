"""The tables of what an accepted plan forms: packages, the units in them, and the rows that a plan was made from."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.programme.steps import State
from pledgeline.records.models.columns import one_of
from pledgeline.records.models.offers import OfferRecord
from pledgeline.records.models.plans import PlanInput, SavedPlan
from pledgeline.records.models.programmes import ProgrammeRecord
from pledgeline.records.models.requirements import RequirementRecord

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class FormedPackage(models.Model):
    """A package that came of a plan: what is ordered together. Its money is in the books, on the lines of its units."""

    objects: ClassVar[models.Manager[Self]]
    lines: "RelatedManager[PackageLine]"

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    state = models.CharField(max_length=20)
    plan = models.ForeignKey(SavedPlan, on_delete=models.PROTECT, related_name="packages")
    formed_by = models.TextField()
    formed_at = models.DateTimeField()
    reserved_until = models.DateField()

    class Meta:
        db_table = "records_formed_package"
        ordering = ("key",)
        constraints = (
            UniqueConstraint(fields=("programme", "key"), name="formed_package_key"),
            one_of("state", [State.OPEN.value, State.CANCELLED.value], name="formed_package_state"),
        )

    def __str__(self) -> str:
        return self.key


class PackageLine(models.Model):
    """So many units of an offer for a requirement in a package; `line` is what the books call it."""

    objects: ClassVar[models.Manager[Self]]
    package_id: int

    package = models.ForeignKey(FormedPackage, on_delete=models.PROTECT, related_name="lines")
    line = models.CharField(max_length=LONGEST_KEY)
    requirement = models.ForeignKey(RequirementRecord, on_delete=models.PROTECT, related_name="package_lines")
    offer = models.ForeignKey(OfferRecord, on_delete=models.PROTECT, related_name="package_lines")
    units = models.BigIntegerField()
    unit_price = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        db_table = "records_package_line"
        ordering = ("pk",)
        constraints = (
            UniqueConstraint(fields=("package", "requirement", "offer"), name="package_line_once"),
            CheckConstraint(
                condition=Q(units__gt=0) & Q(unit_price__gte=0), name="package_line_is_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.line}: {self.units}"


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
