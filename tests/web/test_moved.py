"""Addresses of before the pages of a programme moved below `/p/` lead on; they tell nobody of what is hidden."""

import pytest

from pledgeline.records.models import ProgrammeRecord

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("/purl/", "/p/purl/"),
        ("/purl/?as_of=2025-12-31", "/p/purl/?as_of=2025-12-31"),
        ("/purl/partners/NLD/", "/p/purl/partners/NLD/"),
        ("/purl/announcements.csv?q=%C3%A9%2F", "/p/purl/announcements.csv?q=%C3%A9%2F"),
        ("/purl//elsewhere.example/", "/p/purl//elsewhere.example/"),
    ],
)
def test_an_address_of_before_leads_on_with_all_that_it_asks_for(site, before, now):
    answer = site.get(before)

    assert (301, now) == (answer.status_code, answer.headers["Location"])


@pytest.mark.parametrize("address", ["/nowhere/", "/nowhere/partners/", "/purl/books/", "/api/v1/"])
def test_where_there_is_no_programme_for_a_visitor_there_is_nothing(site, address):
    ProgrammeRecord.objects.filter(slug="purl").update(published=False)

    assert 404 == site.get(address).status_code


def test_nothing_is_sent_to_an_address_of_before(site):
    assert 404 == site.post("/purl/plan/sample/", {"sample": "purl-size"}).status_code
