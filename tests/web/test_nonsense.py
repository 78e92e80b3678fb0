"""Requests that make no sense are answered, and never with a failure of ours."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples

pytestmark = pytest.mark.django_db

PAGES = [
    "",
    "announcements/",
    "announcements.csv",
    "announcements.xlsx",
    "announcements/C001/",
    "partners/",
    "partners/NLD/",
    "partners/NLD/picture.svg",
    "packages/",
    "packages/PKG05/",
    "deliveries/",
    "stated-totals/",
    "stated-totals.csv",
    "items/",
    "sources/",
    "sources/S001/",
    "rules/",
    "picture/steps.svg",
    "picture/flow.svg",
    "picture/map.svg",
]
NAMES = [
    "as_of",
    "currency",
    "page",
    "sort",
    "q",
    "partner",
    "package",
    "stage",
    "treatment",
    "since",
    "until",
    "show",
]
NONSENSE = [
    "",
    "0",
    "-1",
    "99999999999999999999999999",
    "2025-02-30",
    "0001-01-01",
    "9999-12-31",
    "1989-12-31",
    "2101-01-01",
    "04.08.2025",
    "2025-08-04T00:00",
    "USD",
    "usd",
    "XXX",
    "EUR'",
    "\x00",
    "\ud7ff",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%",
    "../../etc/passwd",
    "-",
    "--announced",
    "-value",
    "a" * 5000,
    "\u202e",
    "Ω",
    "1e9",
    "NaN",
    "null",
    "[]",
]


@pytest.mark.parametrize("page", PAGES)
def test_no_nonsense_in_every_parameter_at_once_breaks_a_page(site, page):
    for value in NONSENSE:
        answer = site.get(f"/p/purl/{page}", dict.fromkeys(NAMES, value))
        assert answer.status_code in (200, 400), value
        assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("name", NAMES)
def test_no_nonsense_in_one_parameter_breaks_a_table(site, name):
    for value in NONSENSE:
        assert site.get("/p/purl/announcements/", {name: value}).status_code in (200, 400), value


@settings(
    max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(PAGES),
    st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30) | st.sampled_from(NONSENSE), max_size=5),
)
def test_no_mixture_of_nonsense_breaks_a_page(site, page, parameters):
    assert site.get(f"/p/purl/{page}", parameters).status_code in (200, 400)


@settings(
    max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=40))
def test_no_address_breaks_the_site(site, text):
    from urllib.parse import quote

    for address in (
        f"/{quote(text)}",
        f"/p/purl/announcements/{quote(text, safe='')}/",
        f"/p/purl/partners/{quote(text, safe='')}/",
    ):
        assert site.get(address).status_code in (200, 301, 302, 400, 404)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("as_of=soon", "Write the day as year-month-day"),
        ("as_of=2025-02-30", "Write the day as year-month-day"),
        ("as_of=1850-01-01", "Days from 1990-01-01 to today"),
        ("currency=XXX", "There are no rates for “XXX”"),
    ],
)
def test_a_day_or_currency_that_makes_no_sense_is_said(site, query, said):
    answer = site.get(f"/p/purl/?{query}")

    assert answer.status_code == 400
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=soon", "Write the day as year-month-day"),
        ("partner=ZZZ", "“ZZZ” is not in the list."),
        ("treatment=maybe", "“maybe” is not in the list."),
    ],
)
def test_a_filter_that_makes_no_sense_is_said_and_shows_no_rows(site, query, said):
    answer = site.get(f"/p/purl/announcements/?{query}")

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert "78 rows" not in answer.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_only_give(site, method):
    """Nothing can be written through a page: other methods change nothing and do not fail."""
    assert getattr(site, method)("/p/purl/").status_code in (200, 403, 405)
