"""A public statement on what arrived. Reported is not accepted."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDelivery:
    """One statement.

    `when` is as precise as the page: a day (`2025-09-17`), a month (`2025-09`) or empty.
    `packages` is empty where the statement names none.
    """

    when: str
    packages: tuple[str, ...]
    what: str
    sources: tuple[str, ...]
    note: str

    @property
    def first_day(self) -> date | None:
        """Give the earliest day that `when` can mean."""
        return (
            date.fromisoformat(self.when if len(self.when) > 7 else f"{self.when}-01") if self.when else None
        )
