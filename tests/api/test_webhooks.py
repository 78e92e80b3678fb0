"""A program names addresses of other offices, once; its secret is in the answer and lies nowhere in the clear."""

import pytest

from pledgeline.accounts.models import KeptAnswer
from pledgeline.programme.roles import Role
from pledgeline.records.models import Webhook
from tests.api.conftest import HARBOUR, program
from tests.chain import a_fund

pytestmark = pytest.mark.django_db

GIVEN = {"address": "https://office.example/in", "kinds": ["orders"], "role": "supplier"}


def test_an_address_is_named_once_listed_without_its_secret_and_ended():
    a_fund()
    admin = program(Role.ADMINISTRATOR)
    made = admin.send("POST", f"{HARBOUR}/webhooks", GIVEN, key="k1")
    again = admin.send("POST", f"{HARBOUR}/webhooks", GIVEN, key="k1")
    secret = made.json()["secret"]

    assert (made.status_code, again.json()) == (201, made.json())
    assert secret.startswith("whsec_")
    assert secret not in KeptAnswer.objects.get().body + Webhook.objects.get().secret
    (row,) = admin.get(f"{HARBOUR}/webhooks").json()["items"]
    assert row == {name: value for name, value in made.json().items() if name != "secret"}
    assert admin.send("DELETE", f"{HARBOUR}/webhooks/{row['ref']}").status_code == 204
    assert [] == admin.get(f"{HARBOUR}/webhooks").json()["items"]


def test_what_is_wrong_has_its_place_and_who_may_not_is_told():
    a_fund()
    answer = program(Role.ADMINISTRATOR).send(
        "POST", f"{HARBOUR}/webhooks", {"address": "x", "kinds": ["all"]}
    )
    assert {"/kinds"} <= {found["pointer"] for found in answer.json()["findings"]}
    assert answer.status_code == 422
    eve = program(Role.COORDINATOR)
    assert eve.send("POST", f"{HARBOUR}/webhooks", GIVEN).status_code == 403
    assert eve.get(f"{HARBOUR}/webhooks").status_code == 403
