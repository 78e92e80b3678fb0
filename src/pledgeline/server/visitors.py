"""Where a visitor comes from: the address that limits and logs go by.

Behind a proxy every request comes from the proxy, which says in X-Forwarded-For from where it got it. Anybody can
write such a header, so it is read only where `PLEDGELINE_TRUSTED_PROXIES` names the networks of the proxies, with
commas: the address is then the last one in it that is not a proxy's own.
"""

from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Network = IPv4Network | IPv6Network


class Misconfigured(ValueError):
    """The variable names no networks; the message says which word, and what to do."""


def trusted(environment: Mapping[str, str]) -> tuple[Network, ...]:
    """Read the networks of the proxies.

    Raises:  Misconfigured.
    """
    found = []
    for word in environment.get("PLEDGELINE_TRUSTED_PROXIES", "").split(","):
        if word.strip():
            try:
                found.append(ip_network(word.strip()))
            except ValueError:
                raise Misconfigured(
                    f"PLEDGELINE_TRUSTED_PROXIES: “{word.strip()[:60]}” is no address and no network: "
                    "write 127.0.0.1 or 10.0.0.0/8, with commas between them"
                ) from None
    return tuple(found)


def address_behind(proxies: tuple[Network, ...], address: str, forwarded_for: str) -> str:
    """Give the address of the visitor: the nearest one that no proxy of ours has.

    >>> inside = trusted({"PLEDGELINE_TRUSTED_PROXIES": "127.0.0.1,10.0.0.0/8"})
    >>> address_behind(inside, "127.0.0.1", "203.0.113.9, 198.51.100.7, 10.1.2.3")
    '198.51.100.7'
    >>> address_behind(inside, "192.0.2.1", "203.0.113.9")
    '192.0.2.1'
    """
    for said in reversed([*forwarded_for.split(","), address]):
        one = said.strip()
        try:
            there = ip_address(one)
        except ValueError:
            return address  # no address: the proxy did not write it
        if not any(there in network for network in proxies if network.version == there.version):
            return one
        address = one
    return address


def find_visitor(
    handle: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let REMOTE_ADDR be the visitor's address, whatever stands between."""

    def found(request: HttpRequest) -> HttpResponseBase:
        request.META["REMOTE_ADDR"] = (
            address_behind(
                settings.TRUSTED_PROXIES,
                str(request.META.get("REMOTE_ADDR", "")),
                str(request.META.get("HTTP_X_FORWARDED_FOR", "")),
            )
            if settings.TRUSTED_PROXIES
            else str(request.META.get("REMOTE_ADDR", ""))
        )
        return handle(request)

    return found
