"""A programme in which people of every role work on the chain, for tests of every room."""

from datetime import date
from typing import Any

from pledgeline.accounts.models import Membership, User
from pledgeline.actions import chain
from pledgeline.actions.books import open_books, post
from pledgeline.programme.roles import Role
from pledgeline.records.models import OfferRecord, ProgrammeRecord, RequirementRecord
from tests.builders import a_programme
from tests.people import NOW, a_person

TODAY = date(2026, 1, 1)
REQUIREMENT = {"key": "AD-014", "item": "interceptor", "quantity": 12}
OFFER = {"key": "O-1", "item": "interceptor", "supplier": "Maker A", "unit_price": 100_00, "currency": "USD"}


def a_fund(**settings: Any) -> ProgrammeRecord:
    """Make the invented programme “harbour”, which counts in USD, with an empty record."""
    row = ProgrammeRecord.from_value(a_programme(**{"base_currency": "USD", **settings}))
    row.save()
    return row


def worker(role: Role, *, name: str = "", party: str = "") -> User:
    """Give somebody of a role in the programme, of a party where one is named."""
    person = a_person(name or f"a-{role}")
    Membership.objects.get_or_create(
        person=person, role=role, programme="harbour", party=party, defaults={"given_by": "a test"}
    )
    return User.objects.get(pk=person.pk)


def required(programme: ProgrammeRecord, **said: Any) -> RequirementRecord:
    made = chain.write(
        RequirementRecord,
        {**REQUIREMENT, **said},
        programme=programme,
        person=worker(Role.RECIPIENT),
        now=NOW,
    )
    assert isinstance(made, RequirementRecord), made
    return made


def listed(programme: ProgrammeRecord, **said: Any) -> RequirementRecord:
    """Write a requirement down and bring it onto the list, each step by whoever is to take it."""
    row = required(programme, **said)
    for step, role in (
        ("submit", Role.RECIPIENT),
        ("validate", Role.VALIDATOR),
        ("list", Role.COORDINATOR),
    ):
        take(row, step, worker(role))
    return RequirementRecord.objects.get(pk=row.pk)


def offered(programme: ProgrammeRecord, **said: Any) -> OfferRecord:
    made = chain.write(
        OfferRecord, {**OFFER, **said}, programme=programme, person=worker(Role.COORDINATOR), now=NOW
    )
    assert isinstance(made, OfferRecord), made
    take(made, "submit", worker(Role.COORDINATOR))
    return OfferRecord.objects.get(pk=made.pk)


def take(row: Any, step: str, person: User, **more: Any) -> Any:
    return chain.take_step(type(row), row.key, step, programme=row.programme, person=person, now=NOW, **more)


def paid(
    programme: ProgrammeRecord, contribution: str, minor: int, *, currency: str = "USD", **pledge: Any
) -> None:
    """Pledge, commit and receive money, in books that are opened where there are none."""
    from pledgeline.records.models import BooksRecord

    if not BooksRecord.objects.filter(programme=programme).exists():
        open_books(programme.slug)
    said = {"contribution": contribution, "amount": minor, "currency": currency, "effective_on": "2026-01-01"}
    for kind in ("pledge", "commit", "receive"):
        more = {"partner": f"Partner of {contribution}", **pledge} if kind == "pledge" else {}
        answer = post(
            programme.slug, {**said, **more, "id": f"{kind} {contribution}", "type": kind}, today=TODAY
        )
        assert hasattr(answer, "entry"), answer
