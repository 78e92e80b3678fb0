"""A programme is configuration: who asks, who checks, who supplies, and what the public may see.

PURL, an energy fund and a health fund differ in these settings and run on one code path.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from pledgeline.money import Amount
from pledgeline.programme.approvals import ApprovalBand
from pledgeline.programme.coverage import Coverage
from pledgeline.programme.zones import local_day

USUAL_ZONE = "UTC"
"""Where days begin for a programme that does not say it."""

USUAL_RATE_AGE_DAYS = 31

WITHHOLDABLE: dict[str, tuple[str, ...]] = {
    "announcements": ("earmark", "note"),
    "packages": ("contents", "delivery_reported_on", "note"),
    "deliveries": ("packages", "what", "note"),
    "stated_totals": ("note",),
    "items": ("price", "lead_time", "note"),
}
"""The fields of each kind of row that a programme may keep from the public.

What a total is made of (partner, day, amount, relation) and the sources can not be withheld
from a row that is shown: a figure that cannot be opened is not published.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataLicence:
    """On which terms others may use the data: a short identifier such as that of SPDX, a name, and where they stand."""

    identifier: str
    name: str
    address: str

    def as_said(self) -> dict[str, str]:
        return {"identifier": self.identifier, "name": self.name, "address": self.address}


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The settings of one programme.

    `slug` is its address in the site and its name on the command line. `public_fields` lists, for
    each kind in `WITHHOLDABLE`, the fields of that list which everybody may see. `parties` names
    partners that are no countries. `maximum_rate_age_days` is how old an exchange rate may be.
    `time_zone` (IANA) says where its days begin and end: what today is, and what was known by the end of a day.
    `coverage` says from when the public record is thin, where its makers say so.
    Of several stated totals of one day that of one of the `official_speakers` is named first.
    With `two_people_decide` a claim of a report holds only when a second person has confirmed it.
    `licence` says on which terms others may use what is published; without one nothing is stated.
    `approvals` say what needs a second person, from which sum in the base currency on.
    `invented` marks a programme that never was: it is there to look at, and says so.
    """

    slug: str
    name: str
    short_name: str
    about: str
    recipient: str
    validator: str
    supplier: str
    package_size: Amount
    base_currency: str
    time_zone: str = USUAL_ZONE
    maximum_rate_age_days: int = USUAL_RATE_AGE_DAYS
    public_fields: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(WITHHOLDABLE))
    parties: dict[str, str] = field(default_factory=dict)
    coverage: Coverage | None = None
    official_speakers: tuple[str, ...] = ()
    two_people_decide: bool = False
    licence: DataLicence | None = None
    approvals: tuple[ApprovalBand, ...] = ()
    invented: bool = False

    def withheld(self, kind: str) -> tuple[str, ...]:
        """List the fields of `kind` that the public may not see."""
        return tuple(name for name in WITHHOLDABLE[kind] if name not in self.public_fields.get(kind, ()))


def today_of(programme: Programme, now: datetime) -> date:
    """Say which day it is for a programme at the moment `now`: the day of its time zone, not of the machine."""
    return local_day(now, programme.time_zone)
