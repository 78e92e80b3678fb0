"""The table of programmes: the settings, and how often the record has changed."""

import uuid
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint

from pledgeline.money import Amount
from pledgeline.programme.approvals import Approvable, ApprovalBand
from pledgeline.programme.coverage import Coverage
from pledgeline.programme.roles import Role
from pledgeline.programme.settings import USUAL_ZONE, DataLicence, Programme
from pledgeline.records.models.columns import in_bounds, is_a_code
from pledgeline.records.visibility import VisibleProgrammes

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from pledgeline.records.models.publications import PublicationNote


class ProgrammeRecord(models.Model):
    """One programme.

    `revision` is raised with every load that changes something. `stamp` is new with every such load,
    everywhere in the world: a database that was put back to an older state can reach the same
    revision again with other rows, but not the same stamp.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.TextField()
    short_name = models.TextField()
    about = models.TextField()
    recipient = models.TextField()
    validator = models.TextField()
    supplier = models.TextField()
    package_size_minor = models.BigIntegerField()
    package_size_currency = models.CharField(max_length=3)
    base_currency = models.CharField(max_length=3)
    time_zone = models.TextField(default=USUAL_ZONE)
    maximum_rate_age_days = models.PositiveIntegerField()
    public_fields = models.JSONField(default=dict)
    parties = models.JSONField(default=dict)
    coverage = models.JSONField(null=True)
    official_speakers = models.JSONField(default=list)
    two_people_decide = models.BooleanField(default=False)
    licence = models.JSONField(null=True)
    approvals = models.JSONField(default=list)
    invented = models.BooleanField(default=False)

    published = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    stamp = models.UUIDField(default=uuid.uuid4)

    objects: ClassVar[VisibleProgrammes[Self]] = VisibleProgrammes()
    publications: "RelatedManager[PublicationNote]"

    class Meta:
        ordering = ("slug",)
        constraints = (
            CheckConstraint(
                condition=is_a_code("package_size_currency") & in_bounds("package_size_minor"),
                name="programme_package_size_is_an_amount",
            ),
            CheckConstraint(condition=is_a_code("base_currency"), name="programme_base_currency_is_a_code"),
        )

    def __str__(self) -> str:
        return self.slug

    def to_value(self) -> Programme:
        """Give the settings that this row keeps."""
        return Programme(
            slug=self.slug,
            name=self.name,
            short_name=self.short_name,
            about=self.about,
            recipient=self.recipient,
            validator=self.validator,
            supplier=self.supplier,
            package_size=Amount(self.package_size_minor, self.package_size_currency),
            base_currency=self.base_currency,
            time_zone=self.time_zone,
            maximum_rate_age_days=self.maximum_rate_age_days,
            public_fields={kind: tuple(names) for kind, names in self.public_fields.items()},
            parties=dict(self.parties),
            coverage=_coverage_of(self.coverage),
            official_speakers=tuple(self.official_speakers),
            two_people_decide=self.two_people_decide,
            licence=DataLicence(**self.licence) if self.licence else None,
            approvals=tuple(_band_of(kept, self.base_currency) for kept in self.approvals),
            invented=self.invented,
        )

    @staticmethod
    def columns_of(value: Programme) -> dict[str, object]:
        """Give what the columns of `value` hold, all but the slug."""
        return {
            "name": value.name,
            "short_name": value.short_name,
            "about": value.about,
            "recipient": value.recipient,
            "validator": value.validator,
            "supplier": value.supplier,
            "package_size_minor": value.package_size.minor,
            "package_size_currency": value.package_size.currency,
            "base_currency": value.base_currency,
            "time_zone": value.time_zone,
            "maximum_rate_age_days": value.maximum_rate_age_days,
            "public_fields": {kind: list(names) for kind, names in value.public_fields.items()},
            "parties": dict(value.parties),
            "coverage": _days_of(value.coverage),
            "official_speakers": list(value.official_speakers),
            "two_people_decide": value.two_people_decide,
            "licence": value.licence.as_said() if value.licence else None,
            "approvals": [[band.what, band.above.minor, band.role] for band in value.approvals],
            "invented": value.invented,
        }

    @classmethod
    def from_value(cls, value: Programme) -> "ProgrammeRecord":
        """Make the row of a programme, not yet saved."""
        return cls(slug=value.slug, **cls.columns_of(value))

    def update_from(self, value: Programme) -> None:
        """Take over the settings of `value`, not yet saved."""
        for column, content in self.columns_of(value).items():
            setattr(self, column, content)

    def raise_revision(self) -> None:
        """Note that the record has changed: whoever keeps a copy must read it again."""
        self.revision += 1
        self.stamp = uuid.uuid4()


def _band_of(kept: list[Any], currency: str) -> ApprovalBand:
    what, minor, role = kept
    return ApprovalBand(what=Approvable(what), above=Amount(minor, currency), role=Role(role))


def _days_of(coverage: Coverage | None) -> dict[str, str] | None:
    return None if coverage is None else {name: day.isoformat() for name, day in asdict(coverage).items()}


def _coverage_of(days: dict[str, str] | None) -> Coverage | None:
    return None if days is None else Coverage(**{name: date.fromisoformat(day) for name, day in days.items()})
