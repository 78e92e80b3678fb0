"""Money taken back and months without a day, on the pages, in the files and in a plan from the record."""

import csv
import html
import io
import re
from datetime import date

import pytest

from pledgeline.actions.records import load_record
from pledgeline.money import Amount
from pledgeline.programme.announcements import Relation
from tests.builders import a_programme, a_record, an_announcement
from tests.people import publish_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(client):
    """The Netherlands takes 100 of 500 million euros back; Norway everything; of Spain only the month is known."""
    rows = (
        an_announcement("A"),
        an_announcement("B", partners=("NOR",), amount=Amount(70_00, "EUR")),
        an_announcement(
            "C",
            partners=("ESP",),
            announced_on=date(2025, 9, 30),
            month_only=True,
            amount=Amount(30_00, "EUR"),
        ),
        an_announcement(
            "W",
            announced_on=date(2025, 10, 1),
            amount=Amount(100_000_000_00, "EUR"),
            relation=Relation.WITHDRAWS,
            relates_to=("A",),
        ),
        an_announcement(
            "V",
            partners=("NOR",),
            announced_on=date(2025, 10, 2),
            amount=None,
            relation=Relation.WITHDRAWS,
            relates_to=("B",),
        ),
    )
    load_record(
        programme=a_programme(slug="fund"),
        record=a_record(announcements=rows),
        prune=False,
        today=date(2026, 1, 1),
        by="test",
    )
    publish_all("fund")
    return client


def text(page):
    return " ".join(
        re.sub("<[^>]+>", " ", html.unescape(page.content.decode())).replace("\u00a0", " ").split()
    )


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2025-09-29", "2 partners had announced EUR 500,000,070 "),
        ("2025-09-30", "3 partners had announced EUR 500,000,100 "),
        ("2025-10-01", "3 partners had announced EUR 400,000,100 "),
        ("2025-10-02", "2 partners had announced EUR 400,000,030 "),
    ],
)
def test_the_sentence_follows_what_was_taken_back(fund, on, said):
    assert said in text(fund.get(f"/p/fund/?as_of={on}"))


def test_the_page_of_a_row_says_what_was_taken_back_from_it(fund):
    assert "Taken back, in part or as a whole, by: W" in text(fund.get("/p/fund/announcements/A/"))
    gone = text(fund.get("/p/fund/announcements/B/"))
    assert "left out taken back" in gone


def test_a_part_stands_below_zero(fund):
    page = text(fund.get("/p/fund/announcements/W/"))

    assert "−EUR 100,000,000" in page
    assert "counted takes money back" in page


def test_a_month_is_shown_as_one_and_the_page_says_from_when_it_counts(fund):
    page = text(fund.get("/p/fund/announcements/C/"))

    assert "September 2025 day not known" in page
    assert "It counts from the last day of that month, 30 Sep 2025" in page


def test_the_file_adds_up_to_the_sum(fund):
    rows = list(
        csv.DictReader(
            io.StringIO(fund.get("/p/fund/announcements.csv?treatment=counted").content.decode("utf-8-sig"))
        )
    )

    assert {"A", "C", "W"} == {row["id"] for row in rows}
    assert 400_000_030 == sum(float(row["value"]) for row in rows)
    assert {"A": "day", "C": "month", "W": "day"} == {row["id"]: row["known_to"] for row in rows}


def test_every_page_stands_with_less_money(fund):
    for page in (
        "",
        "announcements/",
        "partners/",
        "partners/NLD/",
        "partners/NOR/",
        "rules/",
        "stated-totals/",
    ):
        for on in ("2025-09-29", "2025-10-01", "2026-01-01"):
            assert 200 == fund.get(f"/p/fund/{page}?as_of={on}").status_code


def test_a_plan_from_the_record_has_what_is_left(fund, rf):
    from pledgeline.web.asked import ask
    from pledgeline.web.planning.from_record import problem_of_record

    asked = ask(rf.get("/p/fund/"), "fund")
    problem, _notes = problem_of_record(asked, date(2026, 1, 1))

    assert {"A": 400_000_000_00, "C": 30_00} == {
        contribution.id: contribution.amount_minor for contribution in problem.contributions
    }
