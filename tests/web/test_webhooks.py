"""An administrator has another office told, sees what was sent, and sends again; nobody else does."""

import re

import pytest
from django.utils import timezone

from pledgeline.actions.webhooks import write_down
from pledgeline.audit.acts import AuditAct
from pledgeline.audit.models import AuditEvent
from pledgeline.programme.roles import Role
from pledgeline.records.models import ProgrammeRecord, Webhook, WebhookAttempt
from tests.people import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PAGE = "/p/harbour/webhooks/"
GIVEN = {"address": "https://office.example/in", "kinds": ["programme", "orders"], "role": "", "party": ""}


@pytest.fixture
def admin(harbour):
    harbour.force_login(a_person("ada", Role.ADMINISTRATOR, programme="harbour"))
    return harbour


def test_an_address_is_named_its_secret_shown_once_and_it_is_told_no_longer(admin):
    answer = admin.post(PAGE, GIVEN)
    (secret,) = re.findall(r"whsec_[\w+/=]{44}", answer.content.decode())
    hook = Webhook.objects.get()
    assert "whsec_" not in admin.get(PAGE).content.decode()
    assert (hook.kinds, hook.made_by) == (["orders", "programme"], "ada")
    assert secret not in hook.secret

    assert admin.post(f"{PAGE}{hook.ref}/", {"end": "yes"}).status_code == 302
    assert "office.example" not in admin.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"address": "https://127.0.0.1/"}, "private network"),
        ({"address": "http://office.example/"}, "begin with https://"),
        ({"kinds": []}, "required"),
        ({"party": "nobody"}, "no party of this name"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(admin, wrong, said):
    answer = admin.post(PAGE, {**GIVEN, **wrong})

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Webhook.objects.exists()


def test_the_log_has_each_sending_and_a_button(admin):
    admin.post(PAGE, GIVEN)
    hook = Webhook.objects.get()
    settings = ProgrammeRecord.objects.get(slug="harbour")
    AuditEvent.objects.create(
        at=timezone.now(), act=AuditAct.SETTINGS_CHANGED, outcome="done", actor="desk", noun="programme",
        ref="harbour", programme=settings.slug,
    )  # fmt: skip
    write_down(hook, timezone.now())
    delivery = hook.deliveries.get()
    WebhookAttempt.objects.create(
        delivery=delivery, at=timezone.now(), status=500, code="webhook.refused", milliseconds=12
    )
    hook.deliveries.update(state="given-up", tries=7)

    page = admin.get(f"{PAGE}{hook.ref}/").content.decode()
    assert "programme.settings-changed" in page
    assert "500 The message was refused." in page
    assert "given up" in page
    assert admin.post(f"{PAGE}{hook.ref}/", {"again": delivery.ref}).status_code == 302
    assert hook.deliveries.get().state == "waiting"
    assert admin.post(f"{PAGE}{hook.ref}/", {"again": "msg_other"}).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_sees_or_names_one(harbour, role):
    harbour.force_login(a_person("eve", role, programme="harbour"))

    assert harbour.get(PAGE).status_code == 403
    assert harbour.post(PAGE, GIVEN).status_code == 403
    assert not Webhook.objects.exists()
