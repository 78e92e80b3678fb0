"""Fits out the site of the browser tests: who may sign in, invented books that are empty, and a year of them.

Run by itself, as the keeper of the machine would, beside the site that is up.
"""

from datetime import date

from pledgeline.cli.database import make_ready

PASSWORD = "harbour-lantern"
PROGRAMME = "harbour"
YEAR = "year"
PEOPLE = (
    "editor",
    "planner",
    "recipient",
    "validator",
    "second",
    "finance",
    "keeper",
    "reader",
    "auditor",
    "boss",
    "maker",
)
MAKER = "Arrowhead Works"
"""The supplier for whom `maker` works."""


def fit_out() -> None:
    make_ready()
    from django.contrib.auth.hashers import make_password
    from django.test import override_settings

    from pledgeline.accounts.models import User
    from pledgeline.accounts.roles import EVERYWHERE
    from pledgeline.actions.books import open_books
    from pledgeline.actions.people import add_person
    from pledgeline.actions.records import load_record
    from pledgeline.programme.record import PublicRecord
    from pledgeline.programme.roles import Role
    from pledgeline.records.models import PartyName, PartyRecord
    from tests.builders import a_programme
    from tests.people import publish_all
    from tests.year import load_year

    programme = a_programme(slug=PROGRAMME, invented=True)
    load_record(programme=programme, record=PublicRecord(), prune=False, today=date(2026, 1, 1), by="a test")
    open_books(PROGRAMME, currencies=("EUR", "USD"))
    publish_all(PROGRAMME)
    load_year(YEAR)
    party = PartyRecord.objects.create(ref="ARROW", name=MAKER, kind="organisation")
    PartyName.objects.create(party=party, name=MAKER, key=MAKER.casefold())
    for name, role, programme in (
        ("editor", Role.REGISTER_EDITOR, EVERYWHERE),
        ("planner", Role.COORDINATOR, EVERYWHERE),
        ("recipient", Role.RECIPIENT, EVERYWHERE),
        ("validator", Role.VALIDATOR, EVERYWHERE),
        ("second", Role.RECIPIENT, EVERYWHERE),
        ("finance", Role.FINANCE, EVERYWHERE),
        ("keeper", Role.FINANCE, PROGRAMME),
        ("reader", Role.READER, PROGRAMME),
        ("auditor", Role.AUDITOR, EVERYWHERE),
        ("boss", Role.ADMINISTRATOR, EVERYWHERE),
        ("maker", Role.SUPPLIER, YEAR),
    ):
        own = party.ref if role is Role.SUPPLIER else ""
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
            add_person(name=name, role=role, programme=programme, party=own, by="a test", password=PASSWORD)
    User.objects.update(password=make_password(PASSWORD))  # one for all: each takes half a second


if __name__ == "__main__":
    fit_out()
