"""The language is chosen in the head of a page and kept; what is kept of a page differs by it."""

from datetime import date

import pytest
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import deactivate, get_language, override

from pledgeline.programme.sentences import FIRST, sentence, spoken_in
from tests.web.books import PACKAGE, keep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english_afterwards():
    """A page leaves its language with the thread: the next test is not to find it there."""
    yield
    deactivate()


def test_a_page_is_in_the_language_that_was_chosen_and_leads_back(client):
    keep(PACKAGE, public=True)
    english = client.get("/p/harbour/").content.decode()

    answer = client.post("/language/", {"language": "uk", "next": "/p/harbour/?as_of=2025-12-31"})
    ukrainian = client.get("/p/harbour/").content.decode()

    assert '<html lang="en">' in english
    assert (302, "/p/harbour/?as_of=2025-12-31") == (answer.status_code, answer["Location"])
    assert '<html lang="uk">' in ukrainian
    assert "Перейти до змісту" in ukrainian
    assert "Skip to the content" not in ukrainian


def test_who_has_not_chosen_gets_what_the_browser_asks_for(client):
    page = client.get("/guarantees/", headers={"Accept-Language": "uk-UA,uk;q=0.9,en;q=0.5"})

    assert '<html lang="uk">' in page.content.decode()
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in page["Vary"].split(",")}


@pytest.mark.parametrize("code", ["uk-UA", "uk_UA", "UK-ua"])
def test_a_language_with_a_region_is_the_language(client, code):
    """Browsers and devices name a language so; a cookie of another program of the same office may hold it so, too."""
    chosen = client.post("/language/", {"language": code, "next": "/guarantees/"})
    by_header = type(client)().get("/guarantees/", headers={"Accept-Language": code.replace("_", "-")})
    other = type(client)()
    other.cookies[settings.LANGUAGE_COOKIE_NAME] = "uk-UA"

    assert "uk" == chosen.cookies[settings.LANGUAGE_COOKIE_NAME].value
    assert '<html lang="uk">' in other.get("/guarantees/").content.decode()
    assert '<html lang="uk">' in client.get("/guarantees/").content.decode()
    assert '<html lang="uk">' in by_header.content.decode()
    assert (
        '<html lang="en">'
        in type(client)()
        .get("/guarantees/", headers={"Accept-Language": "en-GB,en-US;q=0.9"})
        .content.decode()
    )


def test_the_form_leads_to_no_other_site_and_keeps_no_unknown_language(client):
    away = client.post("/language/", {"language": "uk", "next": "https://elsewhere.example/"})
    unknown = client.post("/language/", {"language": "tlh", "next": "/"})

    assert "/" == away["Location"]
    assert not unknown.cookies


def test_sentences_are_said_in_the_language_of_whoever_reads():
    said = sentence("sentences.plan-day", day="3")
    with override("uk"):
        assert "день 3" == str(said)
        with spoken_in(FIRST):
            assert "day 3" == str(said)
    with override("en"):
        assert "day 3" == str(said)


def test_a_day_is_written_as_the_language_writes_it():
    """In Ukrainian the month stands in the genitive."""
    with override("uk"):
        assert "13 серпня 2025" == date_format(date(2025, 8, 13), "DAY_FORMAT")
    with override("en"):
        assert "13 Aug 2025" == date_format(date(2025, 8, 13), "DAY_FORMAT")


@pytest.mark.parametrize("address", ["/p/harbour/partners.csv", "/p/harbour/partners.json"])
def test_a_file_for_programs_is_in_english_and_gives_the_language_back(client, address):
    keep(PACKAGE, public=True)

    answer = client.get(address, headers={"Accept-Language": "uk"})

    assert ("en", "uk") == (answer["Content-Language"], get_language())
    assert answer.getvalue() == client.get(address, headers={"Accept-Language": "en"}).getvalue()
