"""What the log says of a request, in both forms; and what it never says: whatever lets somebody in."""

import io
import json
import logging
import logging.config
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, include, path

from pledgeline.accounts import desk_token
from pledgeline.accounts.models import User
from pledgeline.server import addresses
from pledgeline.server.logs import logging_settings
from pledgeline.web.guarantees.told import pack
from tests.people import a_person
from tests.web.test_sign_in import code_now

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PASSWORD = "harbour-lantern-otter"
TOKEN = "first-1vQxYz-Qm9va2tlZXBlcg-and-some-more-of-it"


def boom(request: Any, **_parts: str) -> HttpResponse:
    """Fail as a page may: with the address and everything that was typed in the message."""
    raise RuntimeError(
        f"could not read {request.get_full_path()}\n{dict(request.POST)}\r\x1b[2J2026 info forged"
    )


web = ([path("desk/<str:token>/", boom), path("boom/", boom)], "web")

urlpatterns = [
    path("library/reset/<str:uid>-<str:key>/", boom),
    path("", include(web, namespace="broken")),
    path("", include("pledgeline.server.urls")),
]

handler500 = "pledgeline.web.errors.server_error"


@pytest.fixture(params=["lines", "json"])
def log(request):
    """The log as the site writes it, in one of its two forms."""
    form = request.param
    written = io.StringIO()
    settings = logging_settings(form)
    settings["handlers"]["stderr"]["stream"] = written
    before = logging.root.handlers[:]
    logging.config.dictConfig(settings)
    yield written
    logging.config.dictConfig(logging_settings("lines"))
    for handler in before:
        if handler not in logging.root.handlers:
            logging.root.addHandler(handler)


def add_app(visitor: Client, password: str) -> str:
    """Set up an authenticator app, and give its secret."""
    visitor.post("/account/again/", {"password": password})
    page = visitor.get("/account/second-factor/totp/activate/").content.decode()
    secret = re.search(r'<code class="link-once">(\w+)<', page)[1]
    assert (
        visitor.post("/account/second-factor/totp/activate/", {"code": code_now(secret)}).status_code == 302
    )
    return secret


def link_of(answer, path):
    """Give what a link on a page carries behind a path."""
    return re.search(rf"{path}([^/\"<\s]+)/", answer.content.decode())[1]


def client(**more: Any) -> Client:
    return Client(raise_request_exception=False, headers={"host": "localhost"}, **more)


def lines_of(log: io.StringIO) -> list[str]:
    return [line for line in log.getvalue().split("\n") if line]


def test_a_request_is_one_line_with_what_an_operator_asks_for(log):
    visitor = client()
    visitor.force_login(a_person("ada"))
    log.seek(0)
    log.truncate()
    answer = visitor.get("/account/?a=b")

    (line,) = lines_of(log)
    number, request_id = User.objects.get().pk, answer["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{16}", request_id)
    if line.startswith("{"):
        said = json.loads(line)
        assert said.pop("ms") >= 0
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", said.pop("timestamp"))
        assert said == {
            "event": "request", "level": "info", "logger": "pledgeline.requests", "method": "GET",
            "path": "/account/?a=b", "status": 400, "bytes": len(answer.content), "request_id": request_id,
            "person": number,
        }  # fmt: skip
    else:
        assert re.fullmatch(
            rf"\S+ info request method=GET path=/account/\?a=b status=400 ms=\d+ bytes={len(answer.content)} "
            rf"request_id={request_id} person={number}",
            line,
        )


def test_an_id_is_taken_from_no_visitor():
    ids = {client().get("/healthz", headers={"X-Request-ID": "mine"})["X-Request-ID"] for _ in range(2)}

    assert len(ids) == 2
    assert "mine" not in ids


@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_is_found_by_the_number_on_its_page(log):
    answer = client().get("/boom/")

    assert (answer.status_code, answer["X-Request-ID"] in answer.content.decode()) == (500, True)
    assert "RuntimeError" in log.getvalue()
    assert answer["X-Request-ID"] in next(line for line in lines_of(log) if "Internal Server Error" in line)


@pytest.mark.parametrize("address", ["/p/nowhere/", "/%00"])
def test_every_page_of_an_error_says_the_number_of_its_request(address):
    answer = client().get(address)

    assert answer["X-Request-ID"] in answer.content.decode()


def test_a_form_without_its_token_says_the_number_of_its_request():
    answer = client(enforce_csrf_checks=True).post("/sign-in/")

    assert answer.status_code == 403
    assert answer["X-Request-ID"] in answer.content.decode()


def test_nothing_that_lets_somebody_in_is_in_the_log(log, settings):
    """Sign in, fail to, change the password, open links that are keys, mistype them, break the pages behind them."""
    scenario = pack('title = "Drill"\n' * 40)
    link = desk_token.new_token()
    settings.DESK_DIGEST = desk_token.digest_of(link)
    visitor = client()
    visitor.get(f"/desk/{link}/")
    visitor.get(f"/desk/{link}")
    visitor.get(f"/desk/{link}/typo/")
    visitor.get(f"/sign-in/?next=/desk/{link}/")
    visitor.post(f"/desk/{link}/", {"name": "ada", "password": PASSWORD, "again": PASSWORD})
    visitor.post("/sign-out/")
    visitor.post("/sign-in/", {"login": "ada", "password": "wrong-wrong-wrong"})
    visitor.post("/sign-in/", {"login": "my-password-by-mistake", "password": PASSWORD})
    visitor.post("/sign-in/", {"login": "ada", "password": PASSWORD})
    new = {"password1": "another-lantern-otter", "password2": "another-lantern-otter"}
    visitor.post("/account/password/", {"oldpassword": PASSWORD, **new})
    seed = add_app(visitor, "another-lantern-otter")
    invited = visitor.post("/people/invite/", {"name": "Bob", "role": "reader", "programme": ""})
    invitation = link_of(invited, "/invitation/")
    reset = link_of(visitor.post(f"/people/{User.objects.get().pk}/", {"link": "1"}), "/sign-in/reset/")
    visitor.get(f"/sign-in/reset/{reset}/", follow=True)
    visitor.get(f"/invitation/{invitation}/")
    visitor.get(f"/invitation/{invitation[:-3]}/")
    visitor.get(f"/guarantees/scenarios/written/?s={scenario}")
    cookies = [visitor.cookies[name].value for name in ("sessionid", "pledgeline-desk")]
    with override_settings(ROOT_URLCONF=__name__):
        visitor.get(f"/desk/{TOKEN}/?s={scenario}")
        visitor.post(f"/desk/{TOKEN}/", {"password": PASSWORD, "code": "314159", "name": "ada"})
        visitor.get("/library/reset/Ng-c3ltLXNlY3JldC1rZXk/?code=oidc-code&state=oidc-state")

    said = log.getvalue()
    assert said.count("request method=") + said.count('"event": "request"') >= 14
    for secret in (
        link, TOKEN, scenario, PASSWORD, "wrong-wrong-wrong", "my-password-by-mistake", "another-lantern-otter",
        "314159", "c3ltLXNlY3JldC1rZXk", "oidc-code", "oidc-state", seed, reset, invitation, invitation[:-3],
        *cookies,
    ):  # fmt: skip
        assert secret not in said
    assert "/desk/[cut]/" in said


@pytest.mark.parametrize(
    "address",
    [
        "/a%0A2026%20info%20forged",
        "/p/nowhere/?q=a%0D%0A2026 info forged",
        "/?%0Ainfo=1",
        "/%1b%5b2J/",
        "/%E2%80%AE/?a=%E2%80%A8",
    ],
)
def test_no_address_forges_a_line(log, address):
    before, _, query = address.partition("?")
    client().generic("GET", before, QUERY_STRING=query)

    (line,) = lines_of(log)
    assert line.isascii()
    assert line.isprintable()


@override_settings(ROOT_URLCONF=__name__)
def test_no_message_forges_a_line(log):
    """The exception holds line ends, an escape of the terminal and what looks like a line of ours."""
    client().post("/boom/", {"note": "a\n2026-11-29T00:00:00Z info request forged"})

    said = log.getvalue()
    assert "\x1b" not in said
    assert "\r" not in said
    assert [line for line in lines_of(log) if re.match(r"\d{4}", line) and "forged" in line] == []


KNOWN_PARTS = set(
    "code form format_ id_ key kind name noun number part pk position ref slug subject what".split()
)
"""The parts of our addresses that anybody may read in a log."""


def parts_of(resolver: Any) -> set[str]:
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        found |= set(pattern.pattern.converters) | (
            parts_of(pattern) if hasattr(pattern, "url_patterns") else set()
        )
    return found


def test_every_part_of_our_addresses_is_known_to_be_secret_or_not():
    """A new part is one or the other: whoever adds it decides, or this fails."""
    (ours,) = (
        pattern for pattern in get_resolver().url_patterns if getattr(pattern, "app_name", "") == "web"
    )
    assert parts_of(ours) == KNOWN_PARTS | addresses.SECRET_ARGUMENTS


def test_the_log_goes_to_standard_error_and_nowhere_else():
    for form in ("lines", "json"):
        said = logging_settings(form)
        assert {name: handler["class"] for name, handler in said["handlers"].items()} == {
            "stderr": "logging.StreamHandler"
        }
        assert {tuple(logger.get("handlers", ())) for logger in said["loggers"].values()} == {()}
        assert said["root"]["handlers"] == ["stderr"]


def test_what_somebody_looks_for_is_not_in_the_log(log):
    client().get("/audit/?person=ada&q=eve&act=sign-in&since=2026-01-01")

    assert "/audit/?person=[cut]&q=[cut]&act=sign-in&since=2026-01-01" in log.getvalue()


def test_another_form_of_the_log_is_refused():
    with pytest.raises(ValueError, match="PLEDGELINE_LOG is “xml”: set it to lines or to json"):
        logging_settings("xml")
