"""From a row of the record back to its cells, as the reader of its file takes them."""

from typing import Any

from pledgeline.money import Amount
from pledgeline.programme.announcements import Announcement
from pledgeline.programme.parties import JOINT
from pledgeline.programme.sources import Source
from pledgeline.programme.stated_totals import StatedTotal

_PARTED = "; "


def cells_of(value: Announcement | Source | StatedTotal) -> dict[str, str]:
    """Give a text for each column of the file that the row could stand in.

    >>> from datetime import date
    >>> cells_of(Source(id="S1", url="urn:x:1", publisher="A paper", published_on=date(2025, 8, 4),
    ...     title="A page", accessed_as="page"))["published_on"]
    '2025-08-04'
    """
    match value:
        case Source():
            return {
                "id": value.id,
                "url": value.url,
                "publisher": value.publisher,
                "published_on": _day(value.published_on),
                "title": value.title,
                "accessed_as": value.accessed_as,
            }
        case StatedTotal():
            return {
                "as_of": _day(value.as_of),
                "measure": value.measure,
                "value": f"{value.value:f}",
                "unit": value.unit,
                "said_by": value.said_by,
                "source_ids": _PARTED.join(value.sources),
                "note": value.note,
            }
    return _of_announcement(value)


def _of_announcement(value: Announcement) -> dict[str, str]:
    return {
        "id": value.id,
        "partner": JOINT.join(value.partners),
        "announced_on": f"{value.announced_on:%Y-%m}" if value.month_only else _day(value.announced_on),
        "amount": _number(value.amount),
        "currency": value.amount.currency if value.amount else "",
        "amount_usd_as_reported": _number(value.reported_usd),
        "package": value.package,
        "stage": value.stage.value,
        "earmark_text": value.earmark,
        "title": value.title,
        "source_ids": _PARTED.join(value.sources),
        "relation": value.relation.value,
        "relates_to": _PARTED.join(value.relates_to),
        "note": value.note,
    }


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _number(amount: Amount | None) -> str:
    """Write an amount in major units, without decimals where it is whole."""
    return f"{amount.major.normalize():f}" if amount else ""
