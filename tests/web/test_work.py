"""The page of what waits: the next act first, and the count in the menu."""

from datetime import date

import pytest
from django.test import Client

from pledgeline.accounts.roles import MACHINE
from pledgeline.programme.roles import Role
from pledgeline.queries.waiting import waiting
from tests.chain import a_fund, required, take, worker
from tests.web.test_contributions import signed_in, text_of

pytestmark = pytest.mark.django_db

PAGE = "/p/harbour/work/"


def test_what_waits_is_counted_and_leads_to_the_first():
    fund = a_fund()
    for key in ("AD-014", "AD-015"):
        take(required(fund, key=key), "submit", worker(Role.RECIPIENT))
    page = signed_in(Role.VALIDATOR).get(PAGE)

    assert "2 requirements wait for validation" in text_of(page)
    assert 'href="/p/harbour/requirements/one/?key=AD-014">Open AD-014' in page.content.decode()
    assert "/p/harbour/requirements/?state=submitted" in page.content.decode()
    assert "What waits for you 2" in text_of(page)


def test_where_nothing_waits_it_says_so_and_what_comes_next():
    a_fund()
    page = text_of(signed_in(Role.READER).get(PAGE))
    assert "Nothing waits for you" in page
    assert "In this programme you are: Reader" in page
    assert "When somebody submits or validates a requirement" in page


def test_where_nothing_waits_yet_the_next_step_to_the_first_plan_is_named():
    """A programme without books waits for finance; whoever has a draft of a requirement submits it."""
    fund = a_fund()
    page = signed_in(Role.FINANCE).get(PAGE)
    assert "Open the books" in text_of(page)
    assert "Nothing waits for you" not in text_of(page)
    assert 'href="/p/harbour/books/"' in page.content.decode()

    required(fund)
    page = signed_in(Role.RECIPIENT).get(PAGE)
    assert "1 draft of yours can be submitted" in text_of(page)
    assert "/p/harbour/requirements/?state=draft" in page.content.decode()


def test_it_is_for_people_with_a_role(settings):
    fund = a_fund()
    fund.published = True
    fund.save()
    assert Client().get(PAGE).status_code == 403
    assert "What waits for you" not in text_of(Client().get("/p/harbour/"))


def test_a_menu_counts_all_that_waits_in_three_queries(django_assert_num_queries):
    """Approvals, what is owed, and everything else; whoever sits at the machine has every role."""
    fund = a_fund()
    for key in ("AD-014", "AD-015"):
        take(required(fund, key=key), "submit", worker(Role.RECIPIENT))
    with django_assert_num_queries(3):
        found = waiting(fund, MACHINE, date(2026, 1, 1))
    assert [("validate", 2, "AD-014")] == [(row.kind, row.number, row.first) for row in found]


def test_a_page_reads_its_programme_once(django_assert_max_num_queries):
    """What stands around a page and what stands in it ask for the same row."""
    a_fund()
    client = signed_in(Role.COORDINATOR)
    client.get("/p/harbour/")  # which reads the record into memory
    with django_assert_max_num_queries(30) as captured:
        assert client.get("/p/harbour/").status_code == 200
    whole = 'SELECT "records_programmerecord"."id", '
    assert 1 == sum(query["sql"].startswith(whole) for query in captured.captured_queries)
