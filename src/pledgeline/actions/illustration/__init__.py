"""“Illustration”: a programme that never was, made by the same actions that people call, so that there is something to
look at and to walk through as each role.

A year of it: twelve partners in six currencies, eight packages, and everything that happens to money and goods on the
way: parts, a price rise, a rejected lot, a loss, a refund, a lapse, a correction, a reservation that expires, and what
a second person has to approve. At its
end something waits for everybody. Nothing in it ever happened, and each page of it says so.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction

from pledgeline.accounts.roles import Machine
from pledgeline.accounts.stand_ins import PLACE
from pledgeline.actions.books import open_books
from pledgeline.actions.illustration.goods import let_goods_come
from pledgeline.actions.illustration.money import FIRST_PLEDGE, let_money_come, pledged_in_all
from pledgeline.actions.illustration.reports import read_reports
from pledgeline.actions.illustration.tables import tables
from pledgeline.actions.illustration.telling import Teller
from pledgeline.actions.illustration.wishes import let_recipients_ask, let_suppliers_offer
from pledgeline.actions.parties import keep_parties
from pledgeline.actions.publication import publish
from pledgeline.actions.records import load_record
from pledgeline.audit import trail
from pledgeline.money import Amount, Rate, split
from pledgeline.programme.announcements import Announcement, Relation, Stage
from pledgeline.programme.approvals import Approvable, ApprovalBand
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.roles import Role
from pledgeline.programme.settings import Programme
from pledgeline.programme.sources import Source
from pledgeline.records import clock
from pledgeline.records.books import books_of, sql
from pledgeline.records.models import ProgrammeRecord, Subject

LAST_DAY: Final = date(2025, 12, 31)
BY: Final = "first start"
SOURCE: Final = "S01"
TOLD_IN: Final = (50, 30, 20)
"""Units: per cent. The parts in which a pledge is made public."""
RATES_HOLD_DAYS: Final = 3_660
"""The rates are invented and the same all year: whoever looks years later still sees one sum of all currencies."""


@transaction.atomic
def load_illustration(*, now: datetime) -> int:
    """Make the invented programme, unless it is there; give the number of entries in its books."""
    if ProgrammeRecord.objects.filter(slug=PLACE).exists():
        return 0
    programme = _settings()
    load_record(programme=programme, record=_record(), prune=False, today=LAST_DAY, by=BY)
    row = ProgrammeRecord.objects.get(slug=PLACE)
    keep_parties(row, programme.parties)
    open_books(PLACE, currencies={partner.currency for partner in tables().partners})
    teller = Teller(row)
    for plan_ahead in (let_money_come, let_suppliers_offer, let_recipients_ask, let_goods_come):
        plan_ahead(teller)
    with clock.telling(lambda: teller.now), trail.of_a_story():
        teller.live(until=LAST_DAY)
        read_reports(row)
    sql.count_rows_anew()
    for subject in Subject:
        publish(PLACE, subject, person=Machine(BY), now=now)
    return len(books_of(PLACE))


def _settings() -> Programme:
    return Programme(
        slug=PLACE,
        name="Illustration (an invented programme)",
        short_name="Illustration",
        about=(
            "Invented, so that there is something to look at: a year of twelve partners that do not exist, from what "
            "they promise to what is received. Nothing in it ever happened."
        ),
        recipient="Nobody (invented)",
        validator="Nobody (invented)",
        supplier="Nobody (invented)",
        package_size=Amount(5_000_000_00, "USD"),
        base_currency="USD",
        maximum_rate_age_days=RATES_HOLD_DAYS,
        approvals=(
            ApprovalBand(what=Approvable.ORDER, above=Amount(2_000_000_00, "USD"), role=Role.ADMINISTRATOR),
            ApprovalBand(what=Approvable.COMMITMENT, above=Amount(500_000_00, "USD"), role=Role.FINANCE),
            ApprovalBand(what=Approvable.REFUND, above=Amount(100_000_00, "USD"), role=Role.COORDINATOR),
        ),
        parties={
            **{partner.code: partner.name for partner in tables().partners},
            **tables().suppliers,
        },
        invented=True,
    )


def _record() -> PublicRecord:
    """Give what was announced of the pledges, in three parts over the year, with the rates of each of those days.

    In the end it is, in each currency, what the books say was pledged in all.
    """
    announcements = sorted(_announced(), key=lambda told: (told.announced_on, told.id))
    days = sorted({told.announced_on for told in announcements})
    return PublicRecord(
        announcements=tuple(announcements),
        sources=(
            Source(
                id=SOURCE,
                url="https://example.org/illustration",
                publisher="Nobody (invented)",
                published_on=None,
                title="Pledges of a year that never was",
                accessed_as="invented",
            ),
        ),
        rates=tuple(
            Rate(day=day, base="USD", currency=code, rate=Decimal(rate), source=SOURCE)
            for day in days
            for code, rate in tables().rates.items()
        ),
    )


def _announced() -> Iterator[Announcement]:
    """Give the announcements: a part with the pledge, and two parts of it that are made public later in the year."""
    for place, partner in enumerate(tables().partners):
        parts = split(Amount(pledged_in_all(partner), partner.currency), list(TOLD_IN))
        days = (
            FIRST_PLEDGE + timedelta(days=2 * place),
            FIRST_PLEDGE + timedelta(days=75 + 7 * place),
            FIRST_PLEDGE + timedelta(days=190 + 13 * place),
        )
        for number, (amount, day) in enumerate(zip(parts, days, strict=True), start=1):
            yield Announcement(
                id=f"A{place + 1:02}-{number}",
                partners=(partner.code,),
                announced_on=day,
                amount=amount,
                reported_usd=None,
                package="",
                stage=Stage.ANNOUNCED,
                earmark="",
                title=f"{partner.name} pledges for the year"
                if number == 1
                else f"{partner.name} makes a further part of its pledge public",
                sources=(SOURCE,),
                relation=Relation.NEW,
                relates_to=(),
                note="",
            )
