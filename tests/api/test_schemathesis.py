"""Whatever a program sends, it is answered as the document of the API says: never with an error of ours."""

import os
import re
import sys
from collections import Counter
from dataclasses import dataclass, field

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pledgeline.api.urls import api
from pledgeline.programme.roles import Role
from pledgeline.records.models import PlanRun
from tests.api.conftest import HARBOUR, Program, token_of
from tests.exchange.bank_files import camt
from tests.people import a_person, publish_all
from tests.working import worked_off

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

EXAMPLES = int(os.environ.get("PLEDGELINE_API_EXAMPLES", "1"))
"""How many requests to each address in each way; `do.py torture api` sends many more."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
KNOWN, AS_DRAWN, WRONG, PUBLIC = "known", "as drawn", "wrong", "public"
"""The ways to ask: for what is there, for whatever is drawn, with what the document does not allow, without a token."""


@dataclass
class Asked:
    """What was answered: so many times with each status, by method and address."""

    answers: dict[str, Counter[int]] = field(default_factory=dict)

    def note(self, label, status):
        self.answers.setdefault(label, Counter())[status] += 1

    def __str__(self):
        statuses = sum(self.answers.values(), Counter())
        return f"{len(self.answers)} addresses, {statuses.total()} calls: {sorted(statuses.items())}"


@pytest.fixture
def token(harbour):
    return token_of(a_person("everything", *Role, programme=""))


@pytest.fixture
def keys(harbour, token):
    """Something at each address: by the address before its key."""
    asker = Program(token)
    harbour.approvals = [["refund", 0, "administrator"]]
    harbour.save()
    publish_all("harbour")
    back = {"id": "back", "type": "return_to_partner", "contribution": "A", "amount": 1_00, "currency": "USD",
            "effective_on": "2026-01-01"}  # fmt: skip
    event = f"{HARBOUR}/contribution-events"
    held = asker.send("POST", f"{event}?sure={asker.send('POST', event, back).json()['sure']}", back)
    hook = {"address": "https://office.example/in", "kinds": ["orders"]}
    book = asker.get(f"{HARBOUR}/workbook").content
    files = {"workbook/looks": ("b.xlsx", book), "bank/statements": ("s.xml", camt())}
    sent = {
        where: asker.post(
            f"{HARBOUR}/{where}",
            {"file": SimpleUploadedFile(*file)},
            headers={"idempotency-key": where},
        ).json()
        for where, file in files.items()
    }
    worked_off("sheets")
    (entry,) = asker.get(f"{HARBOUR}/bank/entries").json()["items"]
    return {
        "announcements": "C001",
        "sources": "S001",
        "stated-totals": asker.get(f"{HARBOUR}/stated-totals").json()["items"][0]["key"],
        "contributions": "A",
        "packages": "P-1",
        "plans": PlanRun.objects.get().ref,
        "claims": "CL1",
        "requirements": "AD-014",
        "offers": "O-1",
        "orders": "ORD-1",
        "shipments": "SH-1",
        "receipts": "RC-1",
        "instruments": "ua-gb-2024",
        "parties": "NLD",
        "books/entries": 0,
        "bank/entries": entry["number"],
        "workbook/looks": sent["workbook/looks"]["ref"],
        "approvals": held.json()["ref"],
        "webhooks": asker.send("POST", f"{HARBOUR}/webhooks", hook).json()["ref"],
    }


@pytest.fixture
def one_connection():
    """Let requests keep the connection of the test, as the client of Django's tests does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


NOTHING_THERE = frozenset({"reported-packages", "reported-deliveries", "items"})
"""Rows of the record that the programme of the tests does not have."""


def test_the_document_has_every_address_of_the_api():
    """An address that is not in the document would be asked for by nobody, and by no test."""
    served = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern)) for pattern in api.urls[0]} - {
        "",
        "docs",
        "openapi.json",
    }
    document = api.get_openapi_schema()
    written = {path.removeprefix("/api/v1/") for path in document["paths"]}
    assert served == written


def test_every_answer_is_one_of_the_document(token, keys, one_connection, capsys):
    """Each address is asked for by somebody who may do everything, and by the public; what is there is there."""
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operations = [found.ok() for found in document.get_all_operations()]
    reads = [operation for operation in operations if operation.method == "get"]
    writes = [operation for operation in operations if operation.method != "get"]
    asked, wrong = Asked(), []
    for operation in (*reads, *writes):
        for way in (KNOWN, AS_DRAWN, WRONG, PUBLIC):
            try:
                _ask(operation, way, token, keys, asked)
            except (
                Exception,
                BaseExceptionGroup,
            ) as error:  # whatever schemathesis objects to, at every address
                wrong.append(f"{operation.label}, {way}: {error}")
    with capsys.disabled():
        sys.stdout.write(f"\n{asked}\n")
    assert not wrong, "\n".join(wrong)
    assert set(asked.answers) == {operation.label for operation in operations}
    unreached = {label for label, answers in asked.answers.items() if set(answers) <= {401, 404}}
    assert {label for label in unreached if not any(name in label for name in NOTHING_THERE)} == set()


def _ask(operation, way, token, keys, asked):
    mode = GenerationMode.NEGATIVE if way == WRONG else GenerationMode.POSITIVE

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        if way in (KNOWN, PUBLIC):
            case.path_parameters = _known(operation.path, dict(case.path_parameters or {}), keys)
        elif case.path_parameters and "slug" in case.path_parameters:
            case.path_parameters = {**case.path_parameters, "slug": "harbour"}
        headers = {"Accept-Encoding": "identity"}
        if way != PUBLIC:
            headers["Authorization"] = f"Bearer {token}"
        response = case.call_and_validate(headers=headers, checks=CHECKS)
        asked.note(operation.label, response.status_code)

    ask()


def _known(path, given, keys):
    """Put the names of what is there into an address."""
    known = {**given, "slug": "harbour"} if "slug" in given else given
    for name in {"key", "ref", "position", "number"} & given.keys():
        before = path.partition("{" + name + "}")[0].rstrip("/")
        before = re.sub(r"^(/api/v1)?(/programmes/\{slug\})?/", "", before)
        known[name] = keys.get(before, given[name])
    return known
