"""The head of a page: the programme and the others, a menu of three groups, and a foot that says what is true."""

import html
import re

import pytest
from django.urls import get_resolver

from pledgeline.actions.records import load_record
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.roles import Role
from pledgeline.web.menu import BESIDE, GUARANTEES, OF_A_PROGRAMME, SETTING_UP
from tests.builders import A_DAY, a_programme
from tests.people import a_person, publish_all
from tests.web.books import PACKAGE, keep
from tests.web.html import flat
from tests.web.test_help import leaves

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def groups_of(page: str) -> dict[str, list[str]]:
    """Give the labels of the menu beside the page, by group."""
    beside = re.search(r'<nav class="nav-side".*?</nav>', page, re.DOTALL)[0]
    return {
        re.search(r"<summary>(.*?)<svg", part, re.DOTALL)[1].strip(): [
            html.unescape(re.sub(r"<[^>]*>", "", label)).strip()
            for label in re.findall(r"</svg>([^<]*)", part.partition("</summary>")[2])
        ]
        for part in re.findall(r'<details class="nav-group".*?</details>', beside, re.DOTALL)
    }


def test_a_visitor_is_shown_what_is_public_in_three_groups(client):
    keep(PACKAGE, public=True)

    groups = groups_of(client.get("/p/harbour/").content.decode())

    assert {
        "Programme": ["Overview", "Plan"],
        "Money and deliveries": ["Books"],
        "Public record and guarantees": [
            "Announcements", "Partners", "Packages as reported", "Deliveries as reported", "Stated totals",
            "Items and prices", "Reports and claims", "Sources", "How the figures are made", "Guarantees",
        ],
    } == groups  # fmt: skip


def test_a_group_without_an_entry_is_not_there_and_who_may_more_is_shown_more(client):
    keep(PACKAGE, public=False)
    stranger = groups_of(client.get("/p/harbour/").content.decode())
    client.force_login(a_person("ada", Role.ADMINISTRATOR, Role.COORDINATOR, Role.FINANCE))
    ada = groups_of(client.get("/p/harbour/").content.decode())

    assert "Money and deliveries" not in stranger
    assert [
        "Contributions",
        "Books",
        "Bank statements",
        "Orders",
        "Shipments",
        "Receipts",
        "Discrepancies",
    ] == ada["Money and deliveries"]
    assert ["Settings", "Publication", "People", "Audit trail"] == ada["Administration"]


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("/p/harbour/", "Overview"),
        ("/p/harbour/stated-totals/", "Stated totals"),
        ("/p/harbour/books/journal/", "Books"),
        ("/guarantees/", "Register"),
        ("/guarantees/scenarios/", "Scenarios"),
        ("/guarantees/scenarios/write/", "Scenarios"),
        ("/programmes/", "Programmes"),
    ],
)
def test_the_entry_of_the_page_is_marked_and_no_other(address, here, client):
    keep(PACKAGE, public=True)
    beside = re.search(r'<nav class="nav-side".*?</nav>', client.get(address).content.decode(), re.DOTALL)[0]

    marked = re.findall(r'aria-current="page"><svg.*?</svg>([^<]*)', beside, re.DOTALL)
    assert [here] == [label.strip() for label in marked]


def test_the_switch_names_the_programme_and_the_others_with_a_line_each(client):
    keep(PACKAGE, public=True)
    load_record(
        programme=a_programme(slug="energy", short_name="Energy", about="Transformers for a winter."),
        record=PublicRecord(),
        prune=False,
        today=A_DAY,
        by="test",
    )
    publish_all("energy")
    page = flat(client.get("/p/energy/"))
    switch = re.search(r'<details class="switch">.*?</details>', page, re.DOTALL)[0]

    assert '<span class="switch-name">Energy</span>' in switch
    assert (
        '<a href="/p/energy/" aria-current="true"><strong>Energy</strong> <span>Transformers for a winter.'
        in switch
    )
    assert '<a href="/p/harbour/">' in switch
    assert '<a href="/programmes/">' in switch


def test_every_entry_is_a_page_of_the_site():
    names = {path.name for path in leaves(get_resolver())}
    entries = [
        entry for group in (*OF_A_PROGRAMME, GUARANTEES, BESIDE, SETTING_UP) for entry in group.entries
    ]

    assert set() == {entry.page for entry in entries} - names
    assert 3 == len(OF_A_PROGRAMME)


def test_the_foot_says_announced_of_the_record_booked_of_the_books_and_neither_of_settings(client):
    keep(PACKAGE, public=True)
    client.force_login(a_person("ada", Role.ADMINISTRATOR))
    foot = {
        page: re.search(
            r"<footer>.*?</footer>", client.get(f"/p/harbour/{page}").content.decode(), re.DOTALL
        )[0]
        for page in ("", "sources/", "books/", "settings/", "publication/")
    }

    said = {page: re.findall(r"(Announced|Booked), not", text) for page, text in foot.items()}
    assert {
        "": ["Announced"], "sources/": ["Announced"], "books/": ["Booked"], "settings/": [], "publication/": [],
    } == said  # fmt: skip
