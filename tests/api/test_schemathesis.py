"""Whatever a program sends, it is answered as the document of the API says: never with an error of ours."""

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pledgeline.programme.roles import Role
from tests.api.conftest import token_of
from tests.people import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

EXAMPLES = int(os.environ.get("PLEDGELINE_API_EXAMPLES", "2"))
"""How many requests to each address; `do.py torture api` sends many more."""

KEYS = {
    "announcements": "C001",
    "sources": "S001",
    "contributions": "A",
    "packages": "P-1",
    "claims": "CL1",
    "requirements": "AD-014",
    "offers": "O-1",
    "orders": "ORD-1",
    "shipments": "SH-1",
    "receipts": "RC-1",
    "instruments": "ua-gb-2024",
    "parties": "NLD",
    "entries": 0,
}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def token(harbour):
    return token_of(a_person("everything", *Role, programme=""))


@pytest.fixture
def one_connection():
    """Let requests keep the connection of the test, as the client of Django's tests does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_answer_is_one_of_the_document(token, one_connection):
    """Each address is asked for with a token of somebody who may do everything, and without one."""
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) > 60
    wrong = []
    for operation in operations:
        try:
            _ask(operation, token)
        except (Exception, BaseExceptionGroup) as error:  # whatever schemathesis objects to, at every address
            wrong.append(f"{operation.label}: {error}")
    assert not wrong, "\n".join(wrong)


def _ask(operation, token):
    @given(case=operation.as_strategy(), is_known=st.booleans(), is_public=st.booleans())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def asked(case, is_known, is_public):
        known = dict(case.path_parameters or {})
        if "slug" in known:
            known["slug"] = "harbour"
        for name in {"key", "ref", "position"} & known.keys():
            noun = operation.path.rstrip("/").split("/")[-2]
            if noun in KEYS and is_known:
                known[name] = KEYS[noun]
        case.path_parameters = known
        headers = {"Accept-Encoding": "identity"} | (
            {} if is_public else {"Authorization": f"Bearer {token}"}
        )
        case.call_and_validate(headers=headers, checks=CHECKS)

    asked()
