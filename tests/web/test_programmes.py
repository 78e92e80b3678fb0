"""A programme made on a page, and its settings changed there: who may, what is wrong where, nothing done twice."""

import pytest
from django.test import Client

from pledgeline.accounts.models import Membership
from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import programmes
from pledgeline.programme.roles import Role
from pledgeline.records.models import PartyName, ProgrammeRecord, StepTaken
from pledgeline.records.snapshot import snapshot
from tests.actions.acts import A_SETTING, load
from tests.forms import SETTINGS, hidden
from tests.people import NOW, a_person
from tests.web.books import text_of

pytestmark = pytest.mark.django_db

NEW = "/new-programme/"


@pytest.fixture
def administrator(client):
    client.force_login(a_person("ada", Role.ADMINISTRATOR))
    return client


def made(slug="energy-fund"):
    return ProgrammeRecord.objects.get(slug=slug)


def change(client, **more):
    page = client.get("/p/energy-fund/settings/")
    sent = {**SETTINGS, "reason": "moved", **{name: hidden(page, name) for name in ("seen", "asked_with")}}
    return client.post("/p/energy-fund/settings/", sent | more)


def test_a_new_programme_is_made_unpublished_with_nothing_public_that_can_be_withheld(administrator):
    answer = administrator.post(NEW, {**SETTINGS, "official_speakers": "The minister\nHer deputy"})
    assert answer["Location"] == "/p/energy-fund/"

    row = made()
    assert not row.published
    assert row.parties == {"EUX": "European Union"}
    assert row.official_speakers == ["The minister", "Her deputy"]
    assert row.package_size_minor == 20_000_000_00
    assert set(map(tuple, row.public_fields.values())) == {()}
    assert PartyName.objects.filter(name="European Union").exists()
    assert 404 == Client().get("/p/energy-fund/").status_code
    assert "ada created it" in text_of(administrator.get("/p/energy-fund/settings/"))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 2001}, "name"),
        ({"short_name": " \u202e"}, "short_name"),
        ({"short_name": "Фонд"}, "slug"),
        ({"slug": "The Fund"}, "slug"),
        ({"slug": "harbour"}, "slug"),
        ({"recipient": "Ukraine"}, "recipient"),
        ({"base_currency": "XXZ"}, "base_currency"),
        ({"package_size": "0"}, "package_size"),
        ({"package_size": "12.345"}, "package_size"),
        ({"package_size": "many"}, "package_size"),
        ({"package_size_currency": "DEM"}, "package_size_currency"),
        ({"time_zone": "Kyiv"}, "time_zone"),
        ({"maximum_rate_age_days": "-1"}, "maximum_rate_age_days"),
        ({"maximum_rate_age_days": "9" * 400}, "maximum_rate_age_days"),
        ({"parties": "EUX"}, "parties"),
        ({"parties": "ukr Ukraine"}, "parties"),
        ({"parties": "UKR Ukraine"}, "parties"),
        ({"public_fields": ["sources.url"]}, "public_fields"),
        ({"official_speakers": "a\0b"}, "official_speakers"),
        ({"licence": "CC-BY-4.0"}, "licence"),
        ({"licence": "CC BY", "licence_name": "By", "licence_address": "https://a.example/"}, "licence"),
        ({"licence": "CC-BY", "licence_name": "By", "licence_address": "javascript:alert(1)"}, "licence"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(administrator, said, field):
    load()
    answer = administrator.post(NEW, {**SETTINGS, **said})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'id="id_{field}_error"' in page
    assert "Ministry of Energy" in page
    assert not ProgrammeRecord.objects.exclude(slug="harbour").exists()


def test_a_button_pressed_twice_makes_one_programme(administrator):
    sent = {**SETTINGS, "asked_with": hidden(administrator.get(NEW), "asked_with")}
    first, again = (administrator.post(NEW, sent) for _time in range(2))

    assert first["Location"] == again["Location"] == "/p/energy-fund/"
    assert StepTaken.objects.count() == 1


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.ADMINISTRATOR)])
def test_only_an_administrator_of_every_programme_makes_one(client, role):
    load()
    if role:
        client.force_login(a_person("bo", role))
    else:
        client.force_login(a_person("bo", Role.ADMINISTRATOR, programme="harbour"))

    assert 403 == client.get(NEW).status_code
    assert 403 == client.post(NEW, SETTINGS).status_code
    assert "New programme" not in text_of(client.get("/programmes/"))
    refused = programmes.create(A_SETTING, person=a_person("bo"), now=NOW)
    assert ["steps.no-right"] == [finding.code for finding in refused]


def test_settings_change_with_a_reason_and_the_history_says_what(administrator):
    administrator.post(NEW, SETTINGS)
    revision = made().revision
    assert change(administrator, supplier="the market", public_fields=["items.note"]).status_code == 302

    assert made().supplier == "the market"
    assert made().public_fields["items"] == ["note"]
    assert made().revision == revision + 1
    page = text_of(administrator.get("/p/energy-fund/settings/"))
    assert "ada changed the settings : “moved” Supplier: several → the market" in page.replace(
        "settings:", "settings :"
    )
    assert Membership.objects.filter(programme="energy-fund").count() == 0


@pytest.mark.parametrize(
    ("said", "field"), [({"reason": ""}, "reason"), ({"name": ""}, "name"), ({"recipient": "X"}, "recipient")]
)
def test_what_is_wrong_with_changed_settings_is_said_at_its_field(administrator, said, field):
    administrator.post(NEW, SETTINGS)
    answer = change(administrator, supplier="the market", **said)

    assert answer.status_code == 400
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert made().supplier == "several"


def test_of_two_who_change_settings_at_once_the_second_is_told(administrator):
    administrator.post(NEW, SETTINGS)
    page = administrator.get("/p/energy-fund/settings/")
    change(administrator, supplier="the market")
    late = administrator.post(
        "/p/energy-fund/settings/",
        {**SETTINGS, "validator": "another", "reason": "r", "seen": hidden(page, "seen")},
    )

    assert late.status_code == 400
    assert "has been changed since you opened it" in text_of(late, status=400)
    assert made().validator == "Ministry of Energy"


def test_settings_that_a_form_does_not_ask_for_and_the_record_stay(administrator):
    """The days that a record covers, and that a programme is invented, stand in files alone."""
    from datetime import date

    from pledgeline.programme.coverage import Coverage
    from tests.builders import a_programme, a_record, an_announcement

    coverage = Coverage(thin_after=date(2026, 1, 1), ends_on=date(2026, 2, 1), searched_on=date(2026, 2, 2))
    load(
        programme=a_programme(slug="energy-fund", coverage=coverage, invented=True),
        record=a_record(announcements=(an_announcement(),)),
    )
    assert change(administrator).status_code == 302

    assert made().to_value().coverage == coverage
    assert made().invented
    assert 1 == len(snapshot("energy-fund", MACHINE).record.announcements)
