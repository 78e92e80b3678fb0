"""Claims over the API: those that hold, with their place; who decided only for those with a role."""

import pytest

from pledgeline.programme.roles import Role
from tests.api.conftest import HARBOUR, Program, program
from tests.people import publish_all

pytestmark = pytest.mark.django_db


def test_a_claim_is_given_with_its_place_and_who_decided_to_those_with_a_role(harbour):
    (claim,) = program(Role.READER).get(f"{HARBOUR}/claims").json()["items"]

    assert (claim["ref"], claim["exact"], claim["start"]) == ("CL1", "EUR 5 million", 16)
    assert claim["fields"]["donors"] == {"value": ["BE"], "start": 0, "end": 7, "is_own": True}
    assert {"verdict": "accept", "by": "this machine"}.items() <= claim["decisions"][0].items()
    assert 64 == len(claim["report"]["sha256"])


def test_the_public_sees_claims_of_a_published_programme_and_nobody_by_name(harbour):
    assert 404 == Program().get(f"{HARBOUR}/claims").status_code
    publish_all("harbour", books=False)

    claim = Program().get(f"{HARBOUR}/claims/CL1").json()
    assert "by" not in claim["decisions"][0]
    assert [] == Program().get(f"{HARBOUR}/claim-links").json()["items"]
    assert 404 == Program().get(f"{HARBOUR}/claims/CL9").status_code
