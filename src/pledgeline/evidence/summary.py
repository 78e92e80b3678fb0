"""What may be said of a programme as of a day, in figures that one printable sentence needs."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from pledgeline.evidence.told import Told, sum_of
from pledgeline.money import Amount, Converted
from pledgeline.programme.announcements import Stage
from pledgeline.programme.coverage import Coverage, Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The announced total as of a day, what it is made of, and how far it can be relied on.

    `decided` is the part that was reported as committed or paid. `silent` are counted rows whose amount
    nobody stated, `not_converted` those without a usable rate: neither is in `total`. `rates_from` and
    `rates_until` are the days of the oldest and the newest rate used, `None` where nothing was
    converted. `sources` are the keys of all pages behind the counted rows, each once. `reach` is
    `None` where the programme does not say how far its record reaches. `waiting_most` is the partner of whose own
    announcements most is not yet reported as committed or paid, with that sum: the one decision that would change most.
    """

    day: date
    total: Amount
    decided: Amount
    partners: tuple[str, ...]
    rows: int
    silent: int
    not_converted: int
    rates_from: date | None
    rates_until: date | None
    maximum_rate_age_days: int
    sources: tuple[str, ...]
    coverage: Coverage | None
    waiting_most: tuple[str, Amount] | None = None

    @property
    def reach(self) -> Reach | None:
        return self.coverage.on(self.day) if self.coverage else None


def summary_of(told: Told, coverage: Coverage | None, maximum_rate_age_days: int) -> Summary:
    """Sum up what had been announced by the day of `told`."""
    days = [
        rate.day for row in told.counted if isinstance(row.outcome, Converted) for rate in row.outcome.rates
    ]
    decided = (row for row in told.counted if row.announcement.stage is not Stage.ANNOUNCED)
    return Summary(
        day=told.day,
        total=told.total,
        decided=sum_of(decided, told.currency),
        partners=tuple(sorted({code for row in told.counted for code in row.announcement.partners})),
        rows=len(told.counted),
        silent=len(told.without_amount),
        not_converted=len(told.without_rate),
        rates_from=min(days, default=None),
        rates_until=max(days, default=None),
        maximum_rate_age_days=maximum_rate_age_days,
        sources=tuple(dict.fromkeys(ref for row in told.counted for ref in row.announcement.sources)),
        coverage=coverage,
        waiting_most=_waiting_most(told),
    )


def _waiting_most(told: Told) -> tuple[str, Amount] | None:
    """Find the partner with most that is only announced; what several announced together is nobody's alone."""
    sums: Counter[str] = Counter()
    for row in told.counted:
        partners, stage = row.announcement.partners, row.announcement.stage
        if stage is Stage.ANNOUNCED and len(partners) == 1 and row.value is not None:
            sums[partners[0]] += row.value.minor
    partner, minor = max(sorted(sums.items()), key=lambda pair: pair[1], default=("", 0))
    return (partner, Amount(minor, told.currency)) if minor > 0 else None
