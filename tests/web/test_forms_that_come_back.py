"""A form whose token does not fit is answered by a page of ours, which keeps what was typed where it may."""

import html
import re

import pytest
from django.test import Client

from pledgeline.programme.roles import Role
from pledgeline.records.books import books_of
from tests.people import a_person
from tests.web.books import PACKAGE, keep

pytestmark = pytest.mark.django_db

ADDRESS = "/p/harbour/books/record/?kind=fee"
FEE = {
    "contribution": "W", "currency": "USD", "amount": "1.00", "effective_on": "2025-10-06", "key": "k",
    "note": 'of the "bank" <b>',
}  # fmt: skip
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def strict(db):
    """A bookkeeper whose browser sends no token that fits."""
    keep(PACKAGE)
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_person("ada", Role.FINANCE, programme="harbour"))
    return client


def hidden(page):
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.split("<main")[1])
    return {name: html.unescape(value) for name, value in found}


def test_a_form_without_a_token_that_fits_is_kept_and_enters_once_when_it_is_sent_again(strict):
    refused = strict.post(ADDRESS, FEE, headers=OURS)
    page = refused.content.decode()

    assert refused.status_code == 403
    assert "nothing was done" in page
    assert books_of("harbour").entry("k") is None
    again = hidden(page)
    assert {**FEE, "csrfmiddlewaretoken": again["csrfmiddlewaretoken"]} == again

    assert strict.post(ADDRESS, again, headers=OURS).status_code == 302
    assert books_of("harbour").entry("k") is not None


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_nothing_of_a_form_from_elsewhere_is_shown_or_offered(strict, headers):
    page = strict.post(ADDRESS, FEE, headers=headers).content.decode()

    assert "of the " not in page
    assert "Send it again" not in page
    assert "load the page again" in page


def test_a_password_is_never_written_into_a_page(strict):
    sent = {"login": "ada", "password": "harbour-lantern"}
    answer = strict.post("/sign-in/?next=/p/purl/", sent, headers=OURS)

    assert answer.status_code == 403
    assert "harbour-lantern" not in answer.content.decode()
    assert 'href="/sign-in/?next=/p/purl/"' in answer.content.decode()


def test_who_may_not_do_something_is_told_by_a_page_of_ours(strict):
    answer = strict.get("/guarantees/new/")

    assert answer.status_code == 403
    assert "this account has no such role here" in answer.content.decode()
