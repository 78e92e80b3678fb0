"""The desk: open by the printed address alone, and closed by an account, a proxy, a day or another start."""

import logging
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from pledgeline.accounts.desk import COOKIE, LOOK_COOKIE
from pledgeline.accounts.desk_token import digest_of
from pledgeline.accounts.models import Membership, User
from pledgeline.accounts.rights import Act, may
from pledgeline.accounts.roles import MACHINE
from pledgeline.accounts.stand_ins import PLACE, STAND_INS
from pledgeline.actions import chain, people
from pledgeline.actions.records import load_record
from pledgeline.audit.models import AuditEvent
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.roles import Role
from pledgeline.records.models import ProgrammeRecord, RequirementRecord
from pledgeline.web.desk import STAND_IN_NAMES
from tests.builders import a_programme
from tests.people import NOW, TOKEN, a_person, sit_at_desk
from tests.web.books import PACKAGE, keep, text_of

pytestmark = pytest.mark.django_db

PASSWORD = "harbour-lantern-otter"
FIRST = {"name": "keeper", "password": PASSWORD, "again": PASSWORD}
PROXIES = [
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "X-Forwarded-Host",
    "X-Forwarded-Whatever",
    "Forwarded",
    "Via",
    "X-Real-IP",
]


@pytest.fixture
def desk(client, settings):
    keep(PACKAGE, public=False)
    return sit_at_desk(client, settings)


def sees(client, **more) -> bool:
    status = client.get("/p/harbour/books/journal/", **more).status_code
    assert status in (200, 404)
    return status == 200


def test_whoever_opened_the_printed_address_may_do_everything(desk):
    assert sees(desk)
    assert "At the desk" in text_of(desk.get("/p/harbour/"))
    assert desk.get("/p/harbour/plan/new/").status_code == 200
    assert desk.get("/p/harbour/books/record/").status_code == 200
    assert desk.get("/guarantees/new/").status_code == 200
    assert "no-store" in desk.get("/p/harbour/books/").headers["Cache-Control"]


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(desk):
    cookie = desk.cookies[COOKIE]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == 12 * 3600
    assert TOKEN not in cookie.value


def test_another_browser_on_the_same_machine_is_the_public(desk):
    assert not sees(Client())
    assert not sees(Client(headers={"Host": "127.0.0.1"}), REMOTE_ADDR="127.0.0.1")


@pytest.mark.parametrize("header", PROXIES)
def test_what_a_proxy_passed_on_is_not_from_the_desk(desk, header):
    assert not sees(desk, headers={header: "1"})
    assert Client().get(f"/desk/{TOKEN}/", headers={header: "1"}).status_code == 404
    assert sees(desk)


def test_the_desk_is_closed_as_soon_as_there_is_an_account(desk):
    a_person("ada")

    assert not sees(desk)
    assert Client().get(f"/desk/{TOKEN}/").status_code == 404


def test_also_by_an_account_that_was_taken_away(desk):
    a_person("ada")
    people.remove_person(name="ada")

    assert not sees(desk)


def test_the_desk_is_open_for_a_working_day(desk):
    begin = timezone.now()
    with time_machine.travel(begin + timedelta(hours=11, minutes=59)):
        assert sees(desk)
    with time_machine.travel(begin + timedelta(hours=12, minutes=1)):
        assert not sees(desk)


def test_another_start_has_another_desk(desk, settings):
    settings.DESK_DIGEST = digest_of("the token of the next start")

    assert not sees(desk)
    assert desk.get(f"/desk/{TOKEN}/").status_code == 404


def test_a_site_that_was_not_started_on_loopback_has_no_desk(desk, settings):
    settings.DESK_DIGEST = ""

    assert not sees(desk)
    assert desk.get(f"/desk/{TOKEN}/").status_code == 404
    assert desk.get("/desk//").status_code == 404


@pytest.mark.parametrize("cookie", ["", "x", TOKEN, digest_of(TOKEN), f"{digest_of(TOKEN)}:1:2"])
def test_a_made_up_cookie_opens_nothing(desk, cookie):
    other = Client()
    other.cookies[COOKIE] = cookie

    assert not sees(other)


def test_a_stranger_is_told_how_to_get_in(desk):
    page = text_of(Client().get("/p/harbour/plan/"), status=403)
    assert "/desk/" in page
    assert TOKEN not in page
    assert "Sign in" in page

    a_person("ada")
    assert "/desk/" not in text_of(Client().get("/p/harbour/plan/"), status=403)


LOOK = "/desk/look/"


def steps_offered(client, key="R-1"):
    page = client.get(f"/p/illustration/requirements/one/?key={key}").content.decode()
    buttons = re.findall(r"<button[^>]*>\s*([^<]+?)\s*</button>", page)
    return {"Submit for validation", "Validate", "Return"} & set(buttons)


@pytest.fixture
def walked(desk):
    """The desk, and a programme under the name of the invented one with one draft in it."""
    load_record(
        programme=a_programme(slug=PLACE, invented=True),
        record=PublicRecord(),
        prune=False,
        today=date(2026, 1, 1),
        by="a test",
    )
    row = ProgrammeRecord.objects.get(slug=PLACE)
    said = {"key": "R-1", "item": "tent", "quantity": 3}
    chain.write(RequirementRecord, said, programme=row, person=MACHINE, now=NOW)
    return desk


def test_whoever_sits_at_the_desk_looks_as_a_role_and_sees_and_may_what_it_does(walked):
    answer = walked.post(LOOK, {"as": "validator"}, follow=True)
    assert "You look as the validator." in text_of(answer)

    assert steps_offered(walked) == set()  # a draft is the recipient's to submit
    assert walked.get("/people/").status_code == 403
    assert not sees(walked)  # another programme is that of the public
    walked.post(LOOK, {"as": "recipient"})
    assert steps_offered(walked) == {"Submit for validation"}
    answer = walked.post(LOOK, {"as": ""}, follow=True)
    assert "You look as" not in text_of(answer)
    assert "Walk through it as" in text_of(answer)
    assert sees(walked)
    looked = AuditEvent.objects.filter(act="desk-looked-as").order_by("pk").values_list("ref", flat=True)
    assert list(looked) == ["validator", "recipient", "this machine"]


def test_a_page_that_is_refused_says_as_whom_one_looks_and_how_to_stop(walked):
    walked.post(LOOK, {"as": "validator"})
    answer = walked.get("/people/")
    page = text_of(answer, status=403)
    assert "You look as the validator, who may not do this here." in page
    assert "Look as yourself again" in page
    assert "sign in" not in page.casefold()


def test_the_menu_and_the_choice_show_as_whom_one_looks_now(walked):
    page = walked.get("/p/illustration/").content.decode()
    assert '<option value="" selected>' in page
    walked.post(LOOK, {"as": "validator"})
    page = walked.get("/p/illustration/").content.decode()
    assert '<option value="validator" selected>' in page
    assert page.count(" selected>the ") == 1
    assert "At the desk, as the validator" in page


def test_what_a_stand_in_does_is_noted_under_its_name(walked):
    walked.post(LOOK, {"as": "validator"})
    walked.get("/people/")

    event = AuditEvent.objects.get(act="access-refused")
    assert (event.actor, event.actor_name) == ("desk", "validator (invented)")


@pytest.mark.parametrize("header", PROXIES)
def test_nobody_looks_as_a_role_through_a_proxy(walked, header):
    assert walked.post(LOOK, {"as": "finance"}, headers={header: "1"}).status_code == 404
    walked.post(LOOK, {"as": "administrator"})
    page = text_of(walked.get("/p/purl/", headers={header: "1"}), status=404)
    assert "You look as" not in page


def test_nobody_looks_as_a_role_without_the_desk_or_beside_accounts(walked):
    stranger = Client()
    stranger.cookies[LOOK_COOKIE] = "finance"
    assert stranger.post(LOOK, {"as": "finance"}).status_code == 404
    assert stranger.get("/p/illustration/requirements/").status_code in (403, 404)

    walked.post(LOOK, {"as": "recipient"})
    a_person("ada")
    assert walked.post(LOOK, {"as": "finance"}).status_code == 404
    assert walked.get("/p/illustration/requirements/").status_code in (403, 404)


def test_a_made_up_role_takes_nothing_and_gives_nothing(walked):
    walked.cookies[LOOK_COOKIE] = "emperor"
    assert sees(walked)
    assert walked.get(LOOK).status_code == 405
    assert walked.post(LOOK, {"as": "emperor"}).status_code == 302


def test_every_stand_in_has_a_name_on_pages_and_the_right_to_see_the_programme():
    assert set(STAND_IN_NAMES) == set(STAND_INS)
    assert all(may(person, Act.SEE_UNPUBLISHED, PLACE) for person in STAND_INS.values())
    assert not any(may(person, Act.SEE_UNPUBLISHED, "harbour") for person in STAND_INS.values())


def test_who_leaves_the_desk_is_the_public_again(desk):
    assert desk.get("/desk/leave/").status_code == 405
    desk.post("/desk/leave/")

    assert not sees(desk)


def test_the_log_does_not_say_the_address(client, settings, caplog):
    with caplog.at_level(logging.INFO, "pledgeline"):
        sit_at_desk(client, settings)

    assert "/desk/[cut]/" in {getattr(record, "path", "") for record in caplog.records}
    assert not any(TOKEN in str(vars(record) | {"request": ""}) for record in caplog.records)


def test_the_first_account_is_made_at_the_desk_and_has_every_role(client, settings):
    sit_at_desk(client, settings)
    address = f"/desk/{TOKEN}/"

    assert "not the same" in text_of(client.post(address, FIRST | {"again": "other"}))
    assert "too short" in text_of(client.post(address, FIRST | {"password": "kurz", "again": "kurz"}))
    assert client.post(address, FIRST)["Location"] == "/programmes/"
    assert "keeper" in text_of(client.get("/account/"))
    assert {(role, "") for role in Role} == set(Membership.objects.values_list("role", "programme"))
    assert client.get(address).status_code == 404


def test_the_trail_says_that_the_first_account_was_made_from_the_desk(client, settings):
    sit_at_desk(client, settings)

    client.post(f"/desk/{TOKEN}/", FIRST)

    made = AuditEvent.objects.filter(act__in=["person-added", "role-given"])
    assert 1 + len(Role) == made.count()
    assert {"desk"} == set(made.values_list("actor", flat=True))


def test_there_is_one_first_account():
    people.add_first_person(name="keeper", password=PASSWORD)

    with pytest.raises(people.Refused, match="somebody has an account already"):
        people.add_first_person(name="second", password=PASSWORD)
    assert [user.username for user in User.objects.all()] == ["keeper"]
