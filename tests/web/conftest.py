"""A site with the shipped record in its database, for the tests of the pages."""

from datetime import UTC, datetime

import pytest


@pytest.fixture(scope="module")
def purl(django_db_setup, django_db_blocker):
    """The shipped record of PURL, loaded once for the tests of a file and taken away after them."""
    from pledgeline.actions.first_start import load_shipped
    from pledgeline.records.models import ProgrammeRecord

    with django_db_blocker.unblock():
        reports = list(load_shipped(now=datetime(2026, 1, 1, tzinfo=UTC)))
    assert reports, "the database was not empty"
    yield
    with django_db_blocker.unblock():
        for programme in ProgrammeRecord.objects.all():
            programme.delete()


@pytest.fixture
def site(purl, db, client):
    """A visitor of that site."""
    client.raise_request_exception = True
    return client


@pytest.fixture
def harbour(db, client):
    """A site with the worked package."""
    from tests.web.books import PACKAGE, keep

    keep(PACKAGE)
    client.raise_request_exception = True
    return client
