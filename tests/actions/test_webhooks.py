"""Other offices are told: signed, once, of what they may see, and never a machine of this network."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.utils import timezone

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import webhook_sending, webhooks
from pledgeline.actions.parties import keep_parties
from pledgeline.actions.programmes import change
from pledgeline.actions.webhook_sending import BadAddress, check_address, send
from pledgeline.audit.acts import AuditAct
from pledgeline.audit.models import AuditEvent
from pledgeline.client import NotSigned, message_of
from pledgeline.programme.findings import Finding
from pledgeline.programme.roles import Role
from pledgeline.programme.webhooks import PAUSES, DeliveryState, EventKind, verify
from pledgeline.records.models import (
    PartyRecord,
    ProgrammeRecord,
    RequirementRecord,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
)
from tests.chain import REQUIREMENT, a_fund, formed, ordered, written
from tests.people import a_person, publish_all

pytestmark = pytest.mark.django_db


class Office(BaseHTTPRequestHandler):
    """A program of another office: keeps what it is sent, and answers as the test wants."""

    taken: list[tuple[dict[str, str], bytes]]
    answers: list[int]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((dict(self.headers.items()), body))
        status = self.answers.pop(0) if self.answers else 204
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_: object) -> None: ...


@contextmanager
def an_office(*answers: int) -> Iterator[tuple[str, type[Office]]]:
    office = type("ThisOffice", (Office,), {"taken": [], "answers": list(answers)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), office)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/in?from=us", office
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def fund(settings) -> ProgrammeRecord:
    settings.WEBHOOKS_PRIVATE = True
    return a_fund()


def told(fund, address="http://127.0.0.1:9/in", kinds=("programme",), **more) -> tuple[Webhook, str]:
    made = webhooks.subscribe(
        fund, {"address": address, "kinds": list(kinds), **more}, person=MACHINE, now=timezone.now()
    )
    assert isinstance(made, tuple), made
    return made


def happen(fund, name: str) -> None:
    done = change(
        fund, {"about": name, "recipient": "UKR"}, person=MACHINE, now=timezone.now(), reason="It is so."
    )
    assert isinstance(done, ProgrammeRecord)


def run(now: datetime) -> list[bool]:
    hooks = list(Webhook.objects.filter(ended_at=None))
    for hook in hooks:
        webhooks.write_down(hook, now)
    return [webhooks.deliver(number, now) for hook in hooks for number in webhooks.due(hook, now)]


def test_what_happens_is_sent_once_signed_and_only_what_was_asked_for(fund):
    publish_all("harbour")
    with an_office() as (address, office):
        _hook, secret = told(fund, address)
        happen(fund, "Another sentence.")
        written(fund, RequirementRecord, REQUIREMENT)  # of another kind
        assert [True] == run(timezone.now())
        assert [] == run(timezone.now() + timedelta(days=1))
    ((headers, body),) = office.taken

    message = message_of(secret, headers, body)
    assert message["type"] == "programme.settings-changed"
    assert message["data"] == {
        "programme": "harbour", "noun": "programme", "key": "harbour", "act": "settings-changed",
        "address": "/p/harbour/",
    }  # fmt: skip
    delivery = WebhookDelivery.objects.get()
    assert (delivery.ref, delivery.state) == (headers["webhook-id"], DeliveryState.DELIVERED)
    assert [204] == list(WebhookAttempt.objects.values_list("status", flat=True))


@pytest.mark.parametrize("what", ["body", "secret", "moment", "signature"])
def test_a_message_that_was_bent_is_not_taken(fund, what):
    publish_all("harbour")
    with an_office() as (address, office):
        _hook, secret = told(fund, address)
        happen(fund, "Another sentence.")
        run(timezone.now())
    ((headers, body),) = office.taken
    later = datetime.now(UTC)
    if what == "body":
        body += b" "
    elif what == "secret":
        secret = "whsec_" + "A" * 44
    elif what == "moment":
        later += timedelta(minutes=6)
    else:
        headers = {**headers, "webhook-signature": "v1,AAAA v2,x"}

    with pytest.raises(NotSigned):
        verify(secret, headers, body, later)


def test_what_is_not_taken_is_sent_again_after_longer_and_longer_and_given_up_with_an_event(fund):
    publish_all("harbour")
    with an_office(*[500] * (len(PAUSES) + 1)) as (address, office):
        hook, _secret = told(fund, address)
        happen(fund, "Another sentence.")
        now = timezone.now()
        assert [False] == run(now)
        for pause in PAUSES:
            assert [] == run(now + pause - timedelta(seconds=1))
            now += pause
            assert [False] == run(now)
        assert [] == run(now + timedelta(days=30))
        assert len(office.taken) == len(PAUSES) + 1
        assert 1 == len({headers["webhook-id"] for headers, _body in office.taken})

        delivery = WebhookDelivery.objects.get()
        assert delivery.state == DeliveryState.GIVEN_UP
        event = AuditEvent.objects.get(act=AuditAct.WEBHOOK_GIVEN_UP)
        assert (event.ref, event.code, event.outcome) == (hook.ref, "webhook.refused", "failed")
        assert [] == webhooks.resend(delivery, person=MACHINE, now=now)
        assert [True] == run(now)
    assert len(office.taken) == len(PAUSES) + 2


def test_two_workers_send_it_once_and_one_that_dies_has_it_sent_again(fund, monkeypatch):
    publish_all("harbour")
    with an_office() as (address, office):
        told(fund, address)
        happen(fund, "Another sentence.")
        now = timezone.now()
        for hook in Webhook.objects.all():
            webhooks.write_down(hook, now)
            webhooks.write_down(hook, now)
        (number,) = webhooks.due(hook, now)
        with monkeypatch.context() as dying:
            dying.setattr(webhooks, "send", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                webhooks.deliver(number, now)
        assert webhooks.deliver(number, now) is False
        assert webhooks.deliver(number, now + PAUSES[0]) is True
        assert webhooks.deliver(number, now + PAUSES[0]) is False
    assert 1 == len(office.taken)


def test_an_office_is_told_only_of_what_its_party_sees(settings):
    """Maker A is told of its own orders, Maker B of them not, the public of nothing of what is not published."""
    settings.WEBHOOKS_PRIVATE = True
    fund = a_fund(parties={"MAKERA": "Maker A", "MAKERB": "Maker B"})
    keep_parties(fund, fund.parties)
    a, b = (PartyRecord.objects.get(name=name).ref for name in ("Maker A", "Maker B"))
    readers = {
        "own": told(fund, kinds=list(EventKind), role=Role.SUPPLIER, party=a),
        "other": told(fund, kinds=list(EventKind), role=Role.SUPPLIER, party=b),
        "all": told(fund, kinds=list(EventKind), role=Role.COORDINATOR),
        "public": told(fund, kinds=list(EventKind)),
    }
    formed(fund)
    ordered(fund)
    for hook, _secret in readers.values():
        webhooks.write_down(hook, timezone.now())
    of = {
        name: {delivery.kind.partition(".")[0] for delivery in hook.deliveries.all()}
        for name, (hook, _secret) in readers.items()
    }

    assert "order" in of["own"]
    assert "order" in of["all"]
    assert not {key for key in _keys(readers["other"][0]) if key in _keys(readers["own"][0])}
    assert set() == of["public"]
    assert not {"requirement", "plan", "entry", "contribution"} & of["own"]


def _keys(hook: Webhook) -> set[str]:
    return {json.loads(delivery.body)["data"]["key"] for delivery in hook.deliveries.all()}


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.8/", "https://192.168.1.1/", "https://172.16.0.1/",
        "https://169.254.169.254/latest/meta-data", "https://[fe80::1]/", "https://[fc00::1]/", "https://0.0.0.0/",
        "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://100.64.0.1/", "https://224.0.0.1/",
        "http://office.example/", "ftp://office.example/", "https://", "https://user:word@office.example/",
        "https://office.example:0/", "https://office.example/#part", "javascript:alert(1)", "https://of fice.example/",
        "https://a..b/", f"https://{'a' * 64}.example/",
    ],
)  # fmt: skip
def test_no_address_of_this_network_and_none_without_https_is_named(address, settings):
    settings.WEBHOOKS_PRIVATE = False
    with pytest.raises(BadAddress):
        check_address(address)
    fund = a_fund()
    (finding,) = webhooks.subscribe(
        fund, {"address": address, "kinds": ["record"]}, person=MACHINE, now=timezone.now()
    )
    assert isinstance(finding, Finding)
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("number", ["127.0.0.1", "10.1.1.1", "::1", "fe80::1", "169.254.169.254"])
def test_a_name_that_means_a_machine_of_this_network_is_not_sent_to(number, settings, monkeypatch):
    """Also where one of its numbers is of the open internet: nobody is connected to."""
    settings.WEBHOOKS_PRIVATE = False
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    found = [(socket.AF_INET, 1, 6, "", ("9.9.9.9", 443)), (family, 1, 6, "", (number, 443))]
    monkeypatch.setattr(webhook_sending.socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(
        webhook_sending.socket, "create_connection", lambda *_, **__: pytest.fail("connected")
    )

    assert send("https://office.example/in", b"{}", {}).code == "webhook.address-private"


def test_an_address_that_cannot_be_sent_to_keeps_nobody_else_waiting(fund, monkeypatch):
    """A name that no network looks up, a fault of ours in the sending, and one that takes its time."""
    publish_all("harbour")
    bad, _secret = told(fund)
    Webhook.objects.filter(pk=bad.pk).update(address="http://a..b/in")
    assert send(f"http://{'a' * 64}/", b"{}", {}).status is None
    with an_office() as (address, office):
        told(fund, address)
        happen(fund, "Another sentence.")
        happen(fund, "A third sentence.")
        assert sorted(run(timezone.now())) == [False, False, True, True]
        assert len(office.taken) == 2
        monkeypatch.setattr(webhooks, "send", lambda *_: 1 // 0)
        now = timezone.now()
        for _try in PAUSES:
            now += timedelta(days=2)
            run(now)
        assert set(bad.deliveries.values_list("state", flat=True)) == {DeliveryState.GIVEN_UP}
        bad.deliveries.update(state=DeliveryState.WAITING, next_at=now)
        monkeypatch.setattr(webhooks, "LONGEST_EACH", 0.0)
        webhooks.send_due(bad, now)
        assert len(webhooks.due(bad, now)) == 1


def test_an_answer_that_leads_elsewhere_is_not_followed(fund):
    with an_office(302) as (address, office):
        came = send(address, b"{}", {})
    assert (came.status, came.code, len(office.taken)) == (302, "webhook.elsewhere", 1)
    assert send("http://127.0.0.1:1/", b"{}", {}).code == "webhook.no-connection"


def test_who_may_not_names_no_address_and_the_secret_is_kept_sealed(fund):
    given = {"address": "https://office.example/in", "kinds": ["record"]}
    for role in Role:
        made = webhooks.subscribe(
            fund, given, person=a_person(f"of-{role}", role, programme="harbour"), now=timezone.now()
        )
        assert isinstance(made, tuple) is (role is Role.ADMINISTRATOR), role
    hook = Webhook.objects.get()
    assert not hook.secret.startswith("whsec_")
