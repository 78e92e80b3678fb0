"""Nothing is public because it was loaded: publishing is an act, asked first, with a name and a moment."""

import pytest
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from pledgeline.accounts.rights import NotAllowed
from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.books import open_books
from pledgeline.actions.publication import publish, unpublish
from pledgeline.actions.records import load_record
from pledgeline.cli import app
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.roles import Role
from pledgeline.records.books import NoBooks, books_of
from pledgeline.records.models import PublicationNote, Subject
from tests.builders import A_DAY, a_programme
from tests.exchange.folders import SETTINGS, plain, write_good
from tests.people import NOW, a_person
from tests.web.books import text_of

pytestmark = pytest.mark.django_db

PAGE = "/p/harbour/publication/"


@pytest.fixture
def programme():
    load_record(programme=a_programme(), record=PublicRecord(), prune=False, today=A_DAY, by="a test")
    open_books("harbour")


@pytest.fixture
def administrator(client, programme):
    client.force_login(a_person("ada", Role.ADMINISTRATOR, programme="harbour"))
    return client


def status_for_everybody(address: str) -> int:
    return Client().get(address).status_code


def test_a_programme_that_was_loaded_is_seen_by_nobody_else(programme):
    assert status_for_everybody("/p/harbour/") == 404
    assert "harbour" not in Client().get("/").content.decode()


def test_an_administrator_publishes_the_programme_then_the_books_and_makes_them_private_again(administrator):
    assert "Not published" in text_of(administrator.get("/p/harbour/"))
    asked = text_of(administrator.get(f"{PAGE}programme/"))
    assert "Publish the programme?" in asked
    assert "No field of it is withheld." in asked
    assert status_for_everybody("/p/harbour/") == 404

    assert administrator.post(f"{PAGE}programme/", {"public": "yes"})["Location"] == PAGE
    assert status_for_everybody("/p/harbour/") == 200
    assert status_for_everybody("/p/harbour/books/journal/") == 404
    assert "Not published" not in text_of(administrator.get("/p/harbour/"))

    administrator.post(f"{PAGE}books/", {"public": "yes"})
    assert status_for_everybody("/p/harbour/books/journal/") == 200
    assert "Decided by ada on" in text_of(administrator.get(PAGE))

    assert "Make the books private?" in text_of(administrator.get(f"{PAGE}books/"))
    administrator.post(f"{PAGE}books/", {"public": "no"})
    assert status_for_everybody("/p/harbour/books/journal/") == 404
    administrator.post(f"{PAGE}programme/", {"public": "no"})
    assert status_for_everybody("/p/harbour/") == 404
    assert [
        ("programme", True, "ada"),
        ("books", True, "ada"),
        ("books", False, "ada"),
        ("programme", False, "ada"),
    ] == list(PublicationNote.objects.values_list("subject", "is_public", "noted_by"))


def test_the_question_names_what_stays_withheld(client):
    load_record(
        programme=a_programme(public_fields={}), record=PublicRecord(), prune=False, today=A_DAY, by="a test"
    )
    client.force_login(a_person("ada", Role.ADMINISTRATOR))
    asked = text_of(client.get(f"{PAGE}programme/"))

    assert "These fields stay withheld: announcements earmark, note" in asked
    assert client.get(f"{PAGE}books/").status_code == 404
    assert client.get(f"{PAGE}nothing/").status_code == 404


def test_public_books_of_a_private_programme_are_seen_by_nobody_else(programme):
    publish("harbour", Subject.BOOKS, person=MACHINE, now=NOW)

    with pytest.raises(NoBooks):
        books_of("harbour")


def test_books_verify_after_they_were_published(programme):
    publish("harbour", Subject.BOOKS, person=MACHINE, now=NOW)
    assert () == books_of("harbour", MACHINE).verify().problems
    unpublish("harbour", Subject.BOOKS, person=MACHINE, now=NOW)
    assert () == books_of("harbour", MACHINE).verify().problems


def test_the_same_again_is_no_other_act(programme):
    said = [publish("harbour", Subject.PROGRAMME, person=MACHINE, now=NOW) for _ in range(2)]

    assert said == [True, False]
    assert PublicationNote.objects.count() == 1


@pytest.mark.parametrize("subject", Subject)
def test_who_may_not_publish_is_refused_by_the_act_itself(programme, subject):
    for person in (None, *(a_person(f"a-{role}", role) for role in Role if role != Role.ADMINISTRATOR)):
        for act in (publish, unpublish):
            with pytest.raises(NotAllowed):
                act("harbour", subject, person=person, now=timezone.now())
    assert not PublicationNote.objects.exists()


# At the command line


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_command_publishes_under_the_name_of_whoever_sits_there(programme, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "olena")

    assert "The programme harbour is public now." in run("publish").stdout
    assert "The programme harbour is already public." in run("publish").stdout
    assert "The books of harbour are public now." in run("publish", "--books").stdout
    assert status_for_everybody("/p/harbour/books/journal/") == 200
    assert "The books of harbour are private now." in run("publish", "--books", "--private").stdout
    assert {"olena"} == set(PublicationNote.objects.values_list("noted_by", flat=True))


def test_a_load_says_that_nothing_is_published_by_it(tmp_path, db):
    folder = write_good(tmp_path / "record")
    (folder / "programme.toml").write_bytes(plain(SETTINGS))
    done = run("record", "load", folder)

    assert "It is not published" in done.stdout, done.stderr
    assert "pledgeline publish --programme" in done.stdout
    assert "not published" not in run("record", "load", folder).stdout


def test_a_programme_without_books_has_none_to_publish(db):
    load_record(programme=a_programme(), record=PublicRecord(), prune=False, today=A_DAY, by="a test")
    refused = run("publish", "--books")

    assert refused.exit_code == 2
    assert "keeps no books" in refused.stderr
