"""A programme's public record as of a day, in a currency: what pages, files and programs are shown of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pledgeline.evidence import Reconciliation, Standing, Told, Treatment, as_of, standings
from pledgeline.money import Rates
from pledgeline.programme.announcements import Announcement
from pledgeline.programme.deliveries import ReportedDelivery
from pledgeline.programme.packages import ReportedPackage
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme
from pledgeline.programme.sources import Source
from pledgeline.programme.stated_totals import StatedTotal
from pledgeline.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class RecordOnDay:
    """One programme's record, read as of a day in a currency."""

    snapshot: Snapshot
    day: date
    currency: str

    @property
    def programme(self) -> Programme:
        return self.snapshot.programme

    @property
    def record(self) -> PublicRecord:
        return self.snapshot.record

    @property
    def rates(self) -> Rates:
        age = self.programme.maximum_rate_age_days
        return self.snapshot.derived("rates", lambda: Rates(self.record.rates, maximum_age_days=age))

    def rows(self) -> tuple[Standing, ...]:
        """Value every announcement in the currency asked for."""
        return self.rows_in(self.currency)

    def rows_in(self, currency: str) -> tuple[Standing, ...]:
        """Value every announcement in `currency`."""
        return self.snapshot.derived(
            ("standings", currency), lambda: standings(self.record.announcements, self.rates, currency)
        )

    def told(self) -> Told:
        """Apply the as-of rule for the day asked for."""
        return self.snapshot.derived(
            ("told", self.currency, self.day), lambda: as_of(self.rows(), self.day, self.currency)
        )

    @property
    def reconciliation(self) -> Reconciliation:
        return self.snapshot.derived("reconciliation", lambda: Reconciliation(self.record, self.rates))

    def stated(self) -> list[StatedTotal]:
        """Give the totals stated by the day asked for."""
        return [stated for stated in self.record.stated_totals if stated.as_of <= self.day]

    def public(self) -> tuple[Standing, ...]:
        """Give the rows of the day and before, newest first."""
        return self.snapshot.derived(
            ("public", self.currency, self.day),
            lambda: tuple(
                sorted(
                    (row for row in self.rows() if row.announcement.announced_on <= self.day),
                    key=lambda row: (row.announcement.announced_on, row.announcement.id),
                    reverse=True,
                )
            ),
        )

    def row(self, id_: str) -> Standing | None:
        index: dict[str, Standing] = self.snapshot.derived(
            ("index", self.currency), lambda: {row.announcement.id: row for row in self.rows()}
        )
        return index.get(id_)

    def package(self, id_: str) -> ReportedPackage | None:
        return self._by_id("packages").get(id_)

    def source(self, id_: str) -> Source | None:
        return self._by_id("sources").get(id_)

    def _by_id(self, kind: str) -> dict[str, Any]:
        index: dict[str, object] = self.snapshot.derived(
            ("by id", kind), lambda: {row.id: row for row in getattr(self.record, kind)}
        )
        return index

    def packages(self) -> list[ReportedPackage]:
        """Give the packages that were public by the day."""
        return [package for package in self.record.packages if package.announced_on <= self.day]

    def deliveries(self) -> list[ReportedDelivery]:
        """Give the statements of the day and before, and those whose page has no date."""
        return [
            delivery
            for delivery in self.record.deliveries
            if delivery.first_day is None or delivery.first_day <= self.day
        ]


def rated_in(found: Snapshot) -> list[str]:
    """List the currencies for which a record has rates, with its own."""
    base = found.programme.base_currency
    codes: list[str] = found.derived(
        "currencies",
        lambda: sorted({base, *(code for rate in found.record.rates for code in (rate.base, rate.currency))}),
    )
    return codes


def passes(row: Standing, day: date, wanted: Mapping[str, Any]) -> bool:
    """Say whether an announcement was public on a day and passes every filter that `wanted` sets.

    `treatment` is how it is treated, or why; `package` is "-" for those that name none.
    """
    treatment, why = row.on(day)
    announcement = row.announcement
    needle = str(wanted.get("q", "")).casefold()
    return (
        treatment is not Treatment.NOT_YET
        and ("partner" not in wanted or wanted["partner"] in announcement.partners)
        and ("package" not in wanted or wanted["package"] == (announcement.package or "-"))
        and ("stage" not in wanted or wanted["stage"] == announcement.stage.value)
        and ("treatment" not in wanted or wanted["treatment"] in (treatment.value, why.value))
        and ("since" not in wanted or announcement.announced_on >= wanted["since"])
        and ("until" not in wanted or announcement.announced_on <= wanted["until"])
        and (not needle or needle in _text(announcement))
    )


def _text(announcement: Announcement) -> str:
    return " ".join(
        (announcement.id, announcement.title, announcement.earmark, announcement.note, announcement.package)
    ).casefold()
