"""Whose address counts: what a visitor writes into a header never does."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory, override_settings

from pledgeline.server.misconfigured import Misconfigured
from pledgeline.server.visitors import Network, client_address, counted_as, trusted


def named(proxies: str) -> tuple[Network, ...]:
    return trusted({"PLEDGELINE_TRUSTED_PROXIES": proxies})


def asked(address: str, forwarded: str = "", *, proxies: str = "") -> str:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    with override_settings(TRUSTED_PROXIES=named(proxies)):
        return client_address(RequestFactory(headers=headers).get("/", REMOTE_ADDR=address))


@pytest.mark.parametrize(
    ("address", "forwarded", "proxies", "expected"),
    [
        ("192.0.2.7", "", "", "192.0.2.7"),
        ("192.0.2.7", "203.0.113.9", "", "192.0.2.7"),
        ("127.0.0.1", "203.0.113.9", "", "127.0.0.1"),
        ("192.0.2.7", "203.0.113.9", "127.0.0.1", "192.0.2.7"),
        ("127.0.0.1", "203.0.113.9", "127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9, 10.0.0.4", "127.0.0.1,10.0.0.0/8", "203.0.113.9"),
        ("127.0.0.1", "10.0.0.5, 10.0.0.4", "127.0.0.1,10.0.0.0/8", "10.0.0.5"),
        ("127.0.0.1", "", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, nonsense", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9,", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9:4711", "127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", "[2001:db8::1]:4711", "127.0.0.1", "2001:db8::1"),
        ("127.0.0.1", "2001:DB8:0:0::1", "127.0.0.1", "2001:db8::1"),
        ("::ffff:127.0.0.1", "203.0.113.9", "127.0.0.1", "203.0.113.9"),
        ("::1", "203.0.113.9", "::1", "203.0.113.9"),
        ("", "203.0.113.9", "127.0.0.1", ""),
    ],
)
def test_the_address_is_the_last_one_that_no_server_of_ours_has(address, forwarded, proxies, expected):
    assert expected == asked(address, forwarded, proxies=proxies)


def test_no_proxy_is_trusted_unless_it_is_named():
    assert () == named("") == trusted({})


@pytest.mark.parametrize("text", ["localhost", "10.0.0.0/33", "10.0.0.1/8", "*", "127.0.0.1;10.0.0.1"])
def test_a_setting_that_names_no_network_is_said(text):
    with pytest.raises(Misconfigured, match="PLEDGELINE_TRUSTED_PROXIES"):
        named(text)


def test_who_is_signed_in_is_counted_alone_and_others_by_their_address():
    class Somebody:
        pk, is_authenticated = 7, True

    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    with override_settings(TRUSTED_PROXIES=()):
        assert "address:192.0.2.7" == counted_as(request)
        request.user = AnonymousUser()
        assert "address:192.0.2.7" == counted_as(request)
        request.user = Somebody()
        assert "person:7" == counted_as(request)


def test_a_household_of_version_six_is_one_visitor():
    def visitor(address: str) -> str:
        return counted_as(RequestFactory().get("/", REMOTE_ADDR=address))

    assert visitor("2001:db8::1") == visitor("2001:db8:0:0:ffff::9") != visitor("2001:db8:0:1::1")
