"""The checklist of a programme: from a new one to an accepted plan, shown to whom it is for."""

import pytest
from django.test import Client

from pledgeline.actions import acceptance, list_plans
from pledgeline.programme.roles import Role
from pledgeline.queries.checklist import Task, checklist
from pledgeline.records.models import ProgrammeRecord
from tests.chain import TODAY, a_fund, listed, offered, paid, worker
from tests.people import NOW, a_person
from tests.planning import ADA, planned
from tests.web.books import text_of

pytestmark = pytest.mark.django_db


def to_do(person):
    programme = ProgrammeRecord.objects.get(slug="harbour")
    return [item.task for item in checklist(programme, person, NOW) if not item.is_done]


def test_each_thing_goes_once_it_is_done():
    fund = a_fund()
    ada = a_person("ada", Role.ADMINISTRATOR)
    assert to_do(ada) == list(Task)

    for role in (Role.RECIPIENT, Role.VALIDATOR, Role.COORDINATOR, Role.SUPPLIER):
        worker(role)
    (people, *_others) = checklist(fund, ada, NOW)
    assert people.lacking == (Role.FINANCE,)
    worker(Role.FINANCE)
    assert to_do(ada) == list(Task)[1:]

    paid(fund, "A", 2_000_00)
    assert to_do(ada) == [Task.REQUIREMENT, Task.OFFER, Task.PLAN, Task.ACCEPTANCE]
    listed(fund)
    offered(fund, valid_until="2025-12-31")
    assert to_do(ada) == [Task.OFFER, Task.PLAN, Task.ACCEPTANCE]
    offered(fund, key="O-2")
    assert to_do(ada) == [Task.PLAN, Task.ACCEPTANCE]
    run = planned(list_plans.hand_in(programme=fund, package="P-1", asker=ADA, today=TODAY))
    assert to_do(ada) == [Task.ACCEPTANCE]
    acceptance.accept(run, person=worker(Role.COORDINATOR), today=TODAY, now=NOW, reserved_until=TODAY)
    assert to_do(ada) == []


@pytest.mark.parametrize("role", Role)
def test_who_has_something_to_do_sees_what_and_who_has_not_sees_nothing(role):
    a_fund()
    client = Client()
    client.force_login(worker(role))
    page = text_of(client.get("/p/harbour/"))
    works = role in (Role.RECIPIENT, Role.VALIDATOR, Role.COORDINATOR, Role.FINANCE, Role.ADMINISTRATOR)

    assert ("To the first plan" in page) == works
    links = client.get("/p/harbour/").content.decode()
    assert ('"/people/invite/"' in links.partition("to-do")[2]) == (role is Role.ADMINISTRATOR)


def test_everybody_else_sees_no_checklist():
    ProgrammeRecord.objects.filter(pk=a_fund().pk).update(published=True)

    assert "To the first plan" not in text_of(Client().get("/p/harbour/"))
    assert checklist(ProgrammeRecord.objects.get(), None, NOW) == []


def test_the_page_of_programmes_names_the_next_thing():
    a_fund()
    client = Client()
    client.force_login(a_person("fin", Role.FINANCE))

    assert "Next: Open the books" in text_of(client.get("/programmes/"))


def test_the_first_pledge_is_entered_with_the_form_of_pledges():
    fund = a_fund()
    client = Client()
    client.force_login(worker(Role.COORDINATOR))
    to_do = client.get("/p/harbour/").content.decode().partition("to-do")[2]
    assert 'href="/p/harbour/contributions/"' in to_do

    paid(fund, "A", 2_000_00)
    assert (
        'href="/p/harbour/contributions/pledge/"' in client.get("/p/harbour/contributions/").content.decode()
    )
