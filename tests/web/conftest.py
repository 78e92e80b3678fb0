"""A site with the shipped record in its database, for the tests of the pages."""

from datetime import UTC, datetime

import pytest

from tests.worlds import written_once


def _with_the_shipped_record():
    from pledgeline.actions.first_start import load_shipped

    reports = list(load_shipped(now=datetime(2026, 1, 1, tzinfo=UTC)))
    assert reports, "the database was not empty"


purl = written_once(_with_the_shipped_record, for_all_files=True)


@pytest.fixture
def site(purl, db, client):
    """A visitor of that site."""
    client.raise_request_exception = True
    return client


def _with_books():
    from tests.web.books import PACKAGE, keep

    keep(PACKAGE)


worked_package = written_once(_with_books, for_all_files=True)


@pytest.fixture
def harbour(worked_package, db, client):
    """A site with the worked package."""
    client.raise_request_exception = True
    return client
