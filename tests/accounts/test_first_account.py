"""The first account has every role: there is one, however many ask for it at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from pledgeline.accounts.models import Membership, User
from pledgeline.actions import people

AT_ONCE = 6


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one write at a time: nothing happens at once")
@pytest.mark.django_db(transaction=True)
def test_of_six_who_make_the_first_account_at_once_one_does():
    """On PostgreSQL four did, each with every role."""
    together = Barrier(AT_ONCE)

    def ask(number: int) -> str:
        together.wait()
        try:
            people.add_first_person(name=f"keeper-{number}", password="harbour-lantern-otter")
        except people.Refused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return "made"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        said = list(pool.map(ask, range(AT_ONCE)))

    assert 1 == said.count("made"), said
    assert 1 == User.objects.count()
    assert {User.objects.get().pk} == set(Membership.objects.values_list("person_id", flat=True))
