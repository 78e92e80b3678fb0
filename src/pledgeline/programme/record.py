"""The public record of one programme: everything that was told about it, with the sources."""

from dataclasses import dataclass

from pledgeline.money import Rate
from pledgeline.programme.announcements import Announcement
from pledgeline.programme.deliveries import ReportedDelivery
from pledgeline.programme.items import PricedItem
from pledgeline.programme.packages import ReportedPackage
from pledgeline.programme.sources import Source
from pledgeline.programme.stated_totals import StatedTotal


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord:
    """All rows, each kind in the order of its file."""

    announcements: tuple[Announcement, ...] = ()
    packages: tuple[ReportedPackage, ...] = ()
    deliveries: tuple[ReportedDelivery, ...] = ()
    stated_totals: tuple[StatedTotal, ...] = ()
    items: tuple[PricedItem, ...] = ()
    sources: tuple[Source, ...] = ()
    rates: tuple[Rate, ...] = ()
