"""Every answer carries the headers, and no request is too odd to be answered."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def boom(request: Any) -> HttpResponse:
    raise RuntimeError("a slip of the program")


def echo(request: Any, word: str = "") -> HttpResponse:
    return HttpResponse(f"{request.GET.dict()} {word}" * 100)


urlpatterns = [
    path("boom/", boom),
    path("echo/", echo),
    path("echo/<str:word>/", echo),
    path("", include("pledgeline.server.urls")),
]


@pytest.fixture
def client() -> Any:
    """A visitor of the site, with two more pages: one that answers anything, one that fails."""
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False, headers={"host": "localhost"})


def test_health(client: Client):
    assert b"ok\n" == client.get("/healthz").content


def test_the_policy_trusts_nothing_inline_and_nobody_else(client: Client):
    answer = client.get("/healthz")
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))

    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer["Permissions-Policy"]
    assert not answer.cookies


ODD = [
    "/echo/?q=%00",
    "/echo/%00/",
    "/echo/a%00b/",
    "/%00",
    "/echo/?q=%ff%fe",
    "/echo/%ff%fe/",
    "/%c0%ae%c0%ae/",
    "/echo/?q=%ed%a0%80",
    "/echo/%ed%a0%80/",
    "/echo/?" + "q=1&" * 1_500,
    "/echo/?q=" + "x" * 100_000,
    "/echo/?%",
    "/echo/?%zz=%zz",
    "/echo/?&&&===;;;",
    "/echo/?__proto__[x]=1",
    "/echo/" + "x" * 50_000 + "/",
    "/echo/" + quote("Ελλάς/../../etc/passwd") + "/",
    "/..%2f..%2fetc/passwd",
    "/static/..%2f..%2fetc/passwd",
    "/static/%00",
    "//example.org/",
    "/echo/?q=%F0%9F%92%A9",
]


@pytest.mark.parametrize("address", ODD)
@pytest.mark.parametrize("method", ["get", "head", "post", "options", "put"])
def test_no_address_is_an_error_of_ours(client: Client, address: str, method: str):
    before, _, query = address.partition("?")
    answer = client.generic(method.upper(), before, QUERY_STRING=query)

    assert answer.status_code < 500


@pytest.mark.parametrize("address", ["/echo/?q=%00", "/echo/?%00=q", "/echo/%00/", "/echo/?q=" + "x" * 8_001])
def test_what_no_page_can_mean_is_a_bad_request(client: Client, address: str):
    before, _, query = address.partition("?")

    assert client.generic("GET", before, QUERY_STRING=query).status_code == 400


def test_an_unknown_host_is_a_bad_request():
    assert Client(headers={"host": "elsewhere.example.org"}).get("/healthz").status_code == 400


def test_an_error_of_ours_is_logged_with_where_it_happened(client: Client, caplog: pytest.LogCaptureFixture):
    answer = client.get("/boom/")

    assert answer.status_code == 500
    assert b"a slip of the program" not in answer.content
    (logged,) = [record for record in caplog.records if record.name == "django.request"]
    assert logged.exc_info


def test_long_answers_are_packed(client: Client):
    assert client.get("/echo/?q=1", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_static_files_carry_their_version_and_may_be_kept(client: Client):
    from django.templatetags.static import static

    address = static("pledgeline/theme.css")
    answer = client.get(address)

    assert re.search(r"\?v=[0-9a-f]{10}$", address)
    assert answer.status_code == 200
    assert "max-age=604800" in answer["Cache-Control"]
    assert client.get("/static/no-such-file.css").status_code == 404


def test_debugging_is_off():
    assert settings.DEBUG is False
