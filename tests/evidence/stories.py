"""Announcements and stated totals written as small tables, so that a test reads as a story."""

from datetime import date
from decimal import Decimal

from pledgeline.money import Amount, Rate, Rates, parse_plain
from pledgeline.programme.announcements import Announcement, Relation, Stage
from pledgeline.programme.stated_totals import StatedTotal

RATES = (
    Rate(day=date(2025, 8, 1), base="EUR", currency="USD", rate=Decimal("1.2"), source="S9"),
    Rate(day=date(2025, 8, 1), base="EUR", currency="NOK", rate=Decimal("12"), source="S9"),
    Rate(day=date(2025, 8, 20), base="EUR", currency="USD", rate=Decimal("1.5"), source="S9"),
)


def rates(maximum_age_days: int = 400) -> Rates:
    """One euro is 1.20 dollars and 12 kroner from 1 August 2025, and 1.50 dollars from the 20th."""
    return Rates(RATES, maximum_age_days=maximum_age_days)


def day(text: str) -> date:
    return date.fromisoformat(text)


def money(text: str) -> Amount | None:
    """Read `USD 5.00`; `-` is no amount."""
    if text == "-":
        return None
    code, _, number = text.partition(" ")
    return parse_plain(number.replace(",", ""), code)


def announced(text: str) -> tuple[Announcement, ...]:
    """Read rows of `id | day | partners | amount | reported dollars | relation and ids | package | stage`.

    The last three may be missing. Columns are parted by a bar.
    """
    rows = []
    for line in text.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        cells += [""] * (8 - len(cells))
        id_, on, partners, amount, reported, related, package, stage = cells
        relation, _, others = related.partition(" ")
        rows.append(
            Announcement(
                id=id_,
                partners=tuple(partners.split("+")),
                announced_on=day(on),
                amount=money(amount),
                reported_usd=money(reported),
                package=package,
                stage=Stage(stage or "announced"),
                earmark="",
                title=f"Statement {id_}",
                sources=("S1",),
                relation=Relation(relation),
                relates_to=tuple(others.split(";")) if others else (),
                note="",
            )
        )
    return tuple(rows)


def said(on: str, measure: str, value: str, unit: str = "USD", by: str = "a minister") -> StatedTotal:
    """Make a stated total."""
    return StatedTotal(
        as_of=day(on), measure=measure, value=Decimal(value), unit=unit, said_by=by, sources=("S1",), note=""
    )
