"""Whose address it is: that of the visitor, and never the one that the visitor says."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from pledgeline.server.visitors import Misconfigured, find_visitor, trusted

PROXY, VISITOR, CLAIMED = "127.0.0.1", "203.0.113.9", "198.51.100.7"


def seen(settings, proxies: str, address: str, header: str | None) -> str:
    settings.TRUSTED_PROXIES = trusted({"PLEDGELINE_TRUSTED_PROXIES": proxies})
    said = {"headers": {"X-Forwarded-For": header}} if header is not None else {}
    request = RequestFactory().get("/", REMOTE_ADDR=address, **said)

    def answer(found: HttpRequest) -> HttpResponse:
        return HttpResponse(found.META["REMOTE_ADDR"])

    return find_visitor(answer)(request).content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("header", [None, CLAIMED, f"{CLAIMED}, {PROXY}", PROXY, "nonsense", ""])
def test_without_a_proxy_that_is_trusted_the_header_counts_for_nothing(settings, header):
    assert VISITOR == seen(settings, "", VISITOR, header)
    assert VISITOR == seen(settings, "10.0.0.0/8", VISITOR, header)


@pytest.mark.parametrize(
    "header", [VISITOR, f"{CLAIMED}, {VISITOR}", f"{CLAIMED},{VISITOR},10.1.2.3", f" {VISITOR} "]
)
def test_a_trusted_proxy_says_where_it_got_it_from_and_the_visitor_says_nothing(settings, header):
    assert VISITOR == seen(settings, "127.0.0.1, 10.0.0.0/8", PROXY, header)


def test_what_is_no_address_is_not_one(settings):
    assert PROXY == seen(settings, "127.0.0.1", PROXY, "<script>")
    assert "2001:db8::7" == seen(settings, "::1", "::1", "2001:db8::7")


def test_a_network_that_is_none_stops_the_start():
    with pytest.raises(Misconfigured, match="no address and no network"):
        trusted({"PLEDGELINE_TRUSTED_PROXIES": "127.0.0.1, everywhere"})
