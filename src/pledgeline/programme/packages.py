"""A package as far as it was made public."""

from dataclasses import dataclass
from datetime import date

from pledgeline.money import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedPackage:
    """What was said of one package.

    `number` is empty where sources disagree on it; `value` where none was stated.
    `delivery_reported_on` is the first public statement that equipment was flowing: not an
    acceptance by the recipient.
    """

    id: str
    number: int | None
    announced_on: date
    value: Amount | None
    currency: str
    funders: tuple[str, ...]
    contents: str
    delivery_reported_on: date | None
    sources: tuple[str, ...]
    note: str
