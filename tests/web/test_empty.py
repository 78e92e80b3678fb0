"""A site without any record says what to do first."""

import pytest

from pledgeline.actions.records import load_record
from pledgeline.programme.record import PublicRecord
from tests.builders import A_DAY, a_programme
from tests.people import publish_all

pytestmark = pytest.mark.django_db


def test_an_empty_site_says_what_to_do_first(client):
    page = client.get("/").content.decode()

    assert "No programme yet" in page
    assert "pledgeline record load FOLDER" in page


def test_a_programme_without_rows_says_what_to_do_first(client):
    load_record(
        programme=a_programme(slug="energy"), record=PublicRecord(), prune=False, today=A_DAY, by="test"
    )
    publish_all("energy")
    page = client.get("/p/energy/").content.decode()

    assert "Nothing is in this record yet" in page
    assert "pledgeline record load FOLDER --programme energy" in page
    for name in (
        "announcements",
        "partners",
        "packages",
        "deliveries",
        "stated-totals",
        "items",
        "sources",
        "rules",
    ):
        assert 200 == client.get(f"/p/energy/{name}/").status_code


def test_of_several_programmes_the_visitor_chooses(client):
    for slug in ("energy", "health"):
        load_record(
            programme=a_programme(slug=slug, name=f"The {slug} fund"),
            record=PublicRecord(),
            prune=False,
            today=A_DAY,
            by="test",
        )
        publish_all(slug)
    page = client.get("/").content.decode()

    assert "The energy fund" in page
    assert "/health/" in page
