"""A file of many rows is written by a job, for whoever asked and nobody else."""

import io
from functools import partial

import openpyxl
import pytest
from django.test import Client

from pledgeline.accounts.models import Membership
from pledgeline.jobs.models import Job, JobFile
from pledgeline.programme.roles import Role
from tests.people import a_person, sit_at_desk
from tests.web.books import PACKAGE, keep, text_of
from tests.working import led_to, worked_off
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

JOURNAL = "/p/harbour/books/journal.xlsx"


@pytest.fixture
def most(monkeypatch):
    """Let three rows be as many as a page writes itself."""
    monkeypatch.setattr("pledgeline.actions.long_files.MOST_AT_ONCE", 3)


books = written_once(partial(keep, PACKAGE, public=False))


@pytest.fixture
def keeper(books, client):
    client.force_login(a_person("olena", Role.FINANCE))
    return client


def cells(answer):
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return list(sheet.iter_rows(values_only=True))


def written(client, address):
    """Ask for a file, wait for it, download it."""
    page = led_to(client, client.get(address))
    assert "It is ready" in text_of(page)
    return client.get(f"{page.request['PATH_INFO']}file")


@pytest.mark.parametrize("filters", ["", "?kind=deliver", "?as_of=2025-09-05&partner=Westmark"])
def test_it_holds_what_the_page_would_have_written(keeper, monkeypatch, filters):
    short = cells(keeper.get(JOURNAL + filters))
    monkeypatch.setattr("pledgeline.actions.long_files.MOST_AT_ONCE", 3)

    answer = written(keeper, JOURNAL + filters)

    assert len(short) > 4
    assert short == cells(answer)
    assert 'filename="harbour-journal' in answer["Content-Disposition"]
    assert answer["Content-Disposition"].endswith('.xlsx"')


def test_what_is_not_long_is_given_at_once_and_of_a_csv_file_more_is_not_long(keeper, most):
    """Lines of JSON are for programs that verify: they come as they are made."""
    assert keeper.get("/p/harbour/books/journal.csv").status_code == 200
    assert keeper.get(f"{JOURNAL}?kind=fee").status_code == 200
    assert keeper.get("/p/harbour/books/books.jsonl").status_code == 200
    assert not Job.objects.exists()


@pytest.mark.parametrize("name", ["journal.csv", "books.beancount", "books.hledger"])
def test_a_long_text_is_written_by_a_job_too(keeper, monkeypatch, name):
    address = f"/p/harbour/books/{name}"
    short = keeper.get(address)
    monkeypatch.setattr("pledgeline.actions.long_files.MOST_AT_ONCE", 3)
    monkeypatch.setattr("pledgeline.actions.long_files.MOST_LINES_AT_ONCE", 3)

    answer = written(keeper, address)

    assert short.content == answer.content
    assert short["Content-Type"] == answer["Content-Type"]
    assert short["Content-Disposition"] == answer["Content-Disposition"]


def test_the_desk_and_the_public_get_what_they_may_see(client, settings, most):
    keep(PACKAGE)

    assert len(cells(written(client, JOURNAL))) > 4
    assert len(cells(written(sit_at_desk(Client(), settings), JOURNAL))) > 4


def test_whoever_did_not_ask_does_not_get_it(keeper, most):
    page = led_to(keeper, keeper.get(JOURNAL)).request["PATH_INFO"]
    other = Client()
    other.force_login(a_person("taras", Role.FINANCE))

    for stranger in (other, Client()):
        for address in (page, f"{page}file", f"{page}part/"):
            assert stranger.get(address).status_code in (403, 404)
        assert stranger.post(f"{page}stop/").status_code in (403, 404)


def test_what_one_may_not_see_any_more_is_not_written(keeper, most):
    asked = keeper.get(JOURNAL)
    Membership.objects.all().delete()
    worked_off()

    assert "does not give this file any more" in Job.objects.get().said
    assert not JobFile.objects.exists()
    assert keeper.get(f"{asked['Location']}file").status_code in (403, 404)


def test_an_account_that_was_closed_gets_nothing(keeper, most):
    keeper.get(JOURNAL)
    person = a_person("olena")
    person.is_active = False
    person.save()
    worked_off()

    assert "failed" == Job.objects.get().state


def test_the_same_is_written_once_and_a_third_waits(keeper, most):
    first = keeper.get(JOURNAL)["Location"]
    assert first == keeper.get(JOURNAL)["Location"]
    assert first != keeper.get(f"{JOURNAL}?kind=allocate")["Location"]

    refused = keeper.get(f"{JOURNAL}?sort=-position")

    assert "2 files are being written for you already" in text_of(refused, 429)
    assert 2 == Job.objects.count()


def test_the_older_of_two_makes_room(keeper, most):
    addresses = [JOURNAL, f"{JOURNAL}?kind=allocate", f"{JOURNAL}?sort=-position"]
    pages = [led_to(keeper, keeper.get(address)).request["PATH_INFO"] for address in addresses]

    assert [404, 200, 200] == [keeper.get(f"{page}file").status_code for page in pages]


def test_an_address_that_is_not_understood_asks_for_nothing(keeper, most):
    assert keeper.get(f"{JOURNAL}?colour=red").status_code == 400
    assert keeper.get(f"{JOURNAL}?as_of=soon").status_code == 400
    assert not Job.objects.exists()


def test_a_file_of_the_register_belongs_to_no_programme_and_is_written_at_once(client, db, most):
    assert client.get("/guarantees/register.xlsx").status_code == 200
    assert not Job.objects.exists()


def test_whoever_sat_at_the_desk_is_nobody_once_there_is_an_account(client, settings, most):
    keep(PACKAGE, public=False)
    sit_at_desk(client, settings).get(JOURNAL)
    a_person("olena", Role.FINANCE)
    worked_off()

    assert "failed" == Job.objects.get().state
