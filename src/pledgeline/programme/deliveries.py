"""A public statement on what arrived. Reported is not accepted."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pledgeline.programme.record_fields import CellKind, cell


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDelivery:
    """One statement.

    `when` is as precise as the page: a day (`2025-09-17`), a month (`2025-09`) or empty.
    `packages` is empty where the statement names none.
    """

    when: Annotated[str, cell(CellKind.DAY, "date", month_too=True)]
    packages: Annotated[tuple[str, ...], cell(CellKind.REFERENCES, "package", rows="packages")]
    what: Annotated[str, cell(CellKind.TEXT, "what_as_reported", needed=True)]
    sources: Annotated[tuple[str, ...], cell(CellKind.REFERENCES, "source_ids", needed=True, rows="sources")]
    note: Annotated[str, cell(CellKind.TEXT)]

    @property
    def first_day(self) -> date | None:
        """Give the earliest day that `when` can mean."""
        return (
            date.fromisoformat(self.when if len(self.when) > 7 else f"{self.when}-01") if self.when else None
        )
