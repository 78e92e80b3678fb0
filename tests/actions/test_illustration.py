"""The invented programme, made by what people call: all of it is there, and books, chain and pages say the same."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.accounts.stand_ins import PLACE, STAND_INS
from pledgeline.actions.illustration import load_illustration
from pledgeline.actions.illustration.tables import tables
from pledgeline.ledger import Account
from pledgeline.queries.orders import ordered_lines
from pledgeline.queries.waiting import waiting
from pledgeline.records.books import books_of
from pledgeline.records.models import (
    AnnouncementRecord,
    CountedLotRecord,
    FormedPackage,
    HeldAct,
    OfferRecord,
    OrderRecord,
    ProgrammeRecord,
    RequirementRecord,
    ShipmentRecord,
    StepTaken,
)
from pledgeline.records.plans import study_of
from tests.worlds import written_once

pytestmark = [pytest.mark.django_db]

AGREED = ("accepted", "closed")
NOW = datetime(2026, 2, 1, tzinfo=UTC)


year = written_once(partial(load_illustration, now=NOW))


@pytest.fixture
def fund(year):
    return ProgrammeRecord.objects.get(slug=PLACE)


def totals():
    sums = Counter()
    for spot, minor in books_of(PLACE, MACHINE).state.money().items():
        sums[spot.account.value, spot.currency] += minor
    return {place: minor for place, minor in sums.items() if minor}


def test_everything_is_there_that_a_programme_meets(fund):
    kinds = Counter(entry.kind for entry in books_of(PLACE, MACHINE).entries)
    wanted = "pledge commit receive revise reduce correct convert fee allocate release order deliver accept reject "
    wanted += "cancel_units refund lapse carry_over return_to_partner write_off price_change"

    assert set(wanted.split()) <= kinds.keys()
    assert (12, 6) == (len(tables().partners), len({partner.currency for partner in tables().partners}))
    assert RequirementRecord.objects.filter(programme=fund).count() >= 60
    assert set(RequirementRecord.objects.values_list("state", flat=True)) == {
        *("draft", "submitted", "returned", "rejected", "validated", "listed", "withdrawn", "superseded"),
    }
    assert set(OfferRecord.objects.values_list("state", flat=True)) == {"offered", "superseded", "withdrawn"}
    assert FormedPackage.objects.count() == 8
    assert ShipmentRecord.objects.filter(state="lost").count() == 1
    assert CountedLotRecord.objects.filter(rejected__gt=0).count() == 2
    assert OrderRecord.objects.filter(state="closed").count() == 1
    assert StepTaken.objects.filter(step="return").count() == 2


def test_it_is_the_same_everywhere(fund):
    """What the story comes to, in cents: the same on each machine and on both databases."""
    figures = {account: minor for (account, currency), minor in totals().items() if currency == "USD"}
    wanted = {"accepted": 40_588_104_00 + 45 * 600_00, "ordered": 1_746_900_00, "allocated": 372_000_00}

    assert {name: figures[name] for name in wanted} == wanted
    assert sum(figures.values()) == 0
    assert len(books_of(PLACE, MACHINE)) == 427
    last = books_of(PLACE, MACHINE).last_recorded_at
    assert last is not None
    assert last.date() == date(2025, 12, 10)


def test_what_was_announced_is_what_the_books_say_was_pledged_in_all(fund):
    """In each currency: one pledged a tenth more, one a twentieth less, and a tenth of one lapsed unsigned."""
    announced = Counter()
    for row in AnnouncementRecord.objects.filter(programme=fund):
        announced[row.amount_currency] += row.amount_minor
    pledged = {
        code: -minor for (place, code), minor in totals().items() if place == Account.SOURCE.value and minor
    }

    assert pledged == dict(announced)
    assert 755_000_000 * 19 // 20 + 475_000_000 * 9 // 10 == announced["JPY"]
    assert (65_000_000_00 + 49_000_000_00 * 11 // 10) == announced["NOK"]


def test_the_overview_says_what_the_books_say(fund, client):
    """USD 10.5 million, EUR 10.9, NOK 118.9, GBP 7.6, JPY 1,144.75 and KWD 3.14 million are USD 61.5 million."""
    page = client.get("/p/illustration/").content.decode().replace("\xa0", " ")
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))

    assert "12 partners had announced USD 61.5 million for Illustration. What became of it" in said
    assert "Pledged in all USD 61.5 million" in said
    assert "Accepted USD 40.6 million" in said
    assert "USD 0 of it is reported" not in said
    assert "no usable rate" not in said
    listed = client.get("/programmes/").content.decode().replace("\xa0", " ")
    assert "USD 0 of it" not in listed


def test_plans_are_of_the_days_of_their_packages(fund):
    """A package was accepted the day after its plan was made, in the year of the story."""
    for package in FormedPackage.objects.select_related("plan__run__job", "plan__run__input"):
        run = package.plan.run
        moments = (run.job.asked_at, run.job.ended_at, run.input.saved_at, package.plan.saved_at)
        (planned_on,) = {moment.date() for moment in moments}
        assert 2025 == planned_on.year
        assert timedelta(days=1) == package.made_at.date() - planned_on


def test_the_books_are_whole(fund):
    assert books_of(PLACE, MACHINE).verify().problems == ()
    assert books_of(PLACE, MACHINE).shortfalls() == []


def test_every_cent_of_a_plan_was_reserved_where_it_said(fund):
    entries = {entry.key: entry for entry in books_of(PLACE, MACHINE).entries}
    for package in FormedPackage.objects.select_related("plan__run"):
        run = package.plan.run
        study = study_of(run)
        payments = Counter(
            (paid.contribution, paid.minor, f"{package.key}/{paid.line}")
            for paid in study.plan.payments
            if paid.minor
        )
        reserved: Counter[tuple[str, int, str]] = Counter()
        for number in range(1, payments.total() + 1):
            (put,) = (
                posting
                for posting in entries[f"{run.ref}-{number}"].postings
                if posting.account is Account.ALLOCATED
            )
            reserved[put.contribution, put.amount.minor, "/".join(put.line.split("/")[:2])] += 1
        assert reserved == payments
        assert f"{run.ref}-{payments.total() + 1}" not in entries


def test_what_is_outstanding_of_orders_is_on_order_in_the_books(fund):
    state = books_of(PLACE, MACHINE).state
    units = Counter()
    for place, count in state.bins().items():
        units[place.line, place.place] += count
    for order in OrderRecord.objects.filter(state__in=AGREED):
        for ordered in ordered_lines(order):
            assert ordered.outstanding >= 0
            if ordered.line.unit_price:
                line = ordered.line.line
                assert units[line, Account.ACCEPTED] == ordered.accepted
                assert units[line, Account.ORDERED] + units[line, Account.DELIVERED] == ordered.outstanding


def test_what_was_accepted_is_what_was_spent(fund):
    """Units counted by hand times prices agreed, less the refund of a fiftieth of the first lot of generators."""
    counted = CountedLotRecord.objects.filter(receipt__state="accepted").select_related("shipped__order_line")
    spent = sum(lot.accepted * lot.shipped.order_line.unit_price for lot in counted)
    refund = 12 * 70_400_00 // 50

    assert totals()["accepted", "USD"] == spent - refund


def test_what_is_large_was_approved_by_a_second_person(fund):
    """Twelve commitments and a refund; what is signed last waits."""
    held = Counter((act.what, act.decision) for act in HeldAct.objects.filter(programme=fund))
    assert held["commitment", "approved"] == 12
    assert held["refund", "approved"] == 1
    assert held["order", "approved"] > 0
    assert {pair for pair in held if pair[1] != "approved"} == {("commitment", "waiting")}
    assert all(
        act.asked_account != act.decided_account for act in HeldAct.objects.filter(decision="approved")
    )


def test_announcements_lie_over_the_year_and_add_up_to_the_pledges(fund):
    rows = [row.to_value() for row in AnnouncementRecord.objects.filter(programme=fund)]
    assert len({row.announced_on.month for row in rows}) >= 9
    told = Counter()
    for row in rows:
        told[row.partners[0]] += row.amount.minor
    grown, shrunk = (
        {"lowfen": 49_000_000_00 * 11 // 10},
        {"brightsea": 755_000_000 * 19 // 20, "coldbrook": 475_000_000 * 9 // 10},
    )
    assert told == {partner.code: partner.pledged for partner in tables().partners} | grown | shrunk


def test_something_waits_for_each_who_can_do_something(fund):
    today = date(2026, 2, 1)
    found = {key: {task.kind for task in waiting(fund, person, today)} for key, person in STAND_INS.items()}

    assert found["recipient"] == {"draft", "returned", "count"}
    assert found["validator"] == {"validate"}
    assert found["coordinator"] == {"list", "accept", "settle"}
    assert "approve" in found["finance"]
    assert found["auditor"] == set()
