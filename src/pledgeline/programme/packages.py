"""A package as far as it was made public."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pledgeline.money import Amount
from pledgeline.programme.record_fields import CellKind, cell


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedPackage:
    """What was said of one package.

    `number` is empty where sources disagree on it; `value` where none was stated.
    `delivery_reported_on` is the first public statement that equipment was flowing: not an
    acceptance by the recipient.
    """

    id: Annotated[str, cell(CellKind.REFERENCE)]
    number: Annotated[int | None, cell(CellKind.WHOLE)]
    announced_on: Annotated[date, cell(CellKind.DAY, needed=True)]
    value: Annotated[Amount | None, cell(CellKind.AMOUNT, "target_value")]
    currency: Annotated[str, cell(CellKind.CURRENCY, needed=True)]
    funders: Annotated[tuple[str, ...], cell(CellKind.PARTIES)]
    contents: Annotated[str, cell(CellKind.TEXT, "contents_as_reported")]
    delivery_reported_on: Annotated[date | None, cell(CellKind.DAY)]
    sources: Annotated[tuple[str, ...], cell(CellKind.REFERENCES, "source_ids", needed=True, rows="sources")]
    note: Annotated[str, cell(CellKind.TEXT)]
