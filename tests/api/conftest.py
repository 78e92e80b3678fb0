"""A programme in which everything has happened, and programs with tokens of people of every role."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pledgeline.accounts.models import Membership, Scope, User
from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.claims import accept
from pledgeline.actions.records import load_record
from pledgeline.actions.reports import read_in
from pledgeline.actions.tokens import make_token
from pledgeline.programme.roles import Role
from pledgeline.queries.reports import Described
from tests.builders import a_programme, a_record, a_source, a_stated_total, an_announcement
from tests.chain import TODAY, a_fund, dispatched, formed, ordered, received, the_fund
from tests.people import a_person
from tests.worlds import written_once

HARBOUR = "/api/v1/programmes/harbour"


def token_of(person: User, scope: Scope = Scope.WRITE, programme: str = "", days: int = 3) -> str:
    return make_token(
        person=person, name="a program", scope=scope, programme=programme, days=days, now=timezone.now()
    )


class Program(Client):
    """A program with a token; each request that writes has a key of its own unless one is given."""

    def __init__(self, token: str = "") -> None:
        super().__init__(headers={"authorization": f"Bearer {token}"} if token else {})
        self.sent = 0

    def send(self, method: str, address: str, body: Any = None, *, key: str = "", match: str = "") -> Any:
        self.sent += 1
        headers = {"idempotency-key": key or f"key {id(self)} {self.sent}"}
        if match:
            headers["if-match"] = match
        return self.generic(
            method, address, b"" if body is None else _json(body), "application/json", headers=headers
        )


def _json(body: Any) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def program(*roles: Role, party: str = "", scope: Scope = Scope.WRITE, programme: str = "") -> Program:
    """Give a program of somebody with some roles in the programme “harbour”."""
    person = a_person("-".join(["of", *roles, party]), *(roles if not party else ()), programme="harbour")
    for role in roles if party else ():
        Membership.objects.get_or_create(
            person=person, role=role, programme="harbour", party=party, defaults={"given_by": "a test"}
        )
    return Program(token_of(User.objects.get(pk=person.pk), scope, programme))


def everything() -> None:
    """Write a programme with a record, books, a package, an order, a shipment, a receipt and a claim of a report."""
    row = a_fund(public_fields={})
    load_record(
        programme=a_programme(base_currency="USD", public_fields={}),
        record=a_record(
            sources=(a_source(),),
            announcements=(an_announcement(note="SECRET-WORD"),),
            stated_totals=(a_stated_total(),),
        ),
        prune=False,
        today=TODAY,
        by="a test",
    )
    row.refresh_from_db()
    formed(row)
    ordered(row)
    dispatched(row)
    received(row)
    content = b"Belgium pledged EUR 5 million to Harbour on 4 August 2025.\n"
    report = read_in(content, Described(may_show=True), programme=row, person=MACHINE, now=timezone.now())
    accept(report, 1, person=MACHINE, now=timezone.now())


whole_chain = written_once(everything, for_all_files=True)


@pytest.fixture
def harbour(whole_chain, db):
    """The programme in which everything has happened."""
    return the_fund()
