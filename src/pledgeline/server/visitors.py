"""Where a visitor comes from: the address that limits and logs go by.

Behind a proxy every request comes from the proxy, which says in X-Forwarded-For from where it got it. Anybody can
write such a header, so it is read only where `PLEDGELINE_TRUSTED_PROXIES` names the networks of the proxies, with
commas: the address is then the last one in it that is not a proxy's own.
"""

from collections.abc import Callable, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from pledgeline.accounts.households import household_of
from pledgeline.server.misconfigured import Misconfigured

Network = IPv4Network | IPv6Network


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


def client_address(request: HttpRequest) -> str:
    """Give the address of the visitor: the nearest one that no proxy of ours has.

    What a visitor writes into X-Forwarded-For stands before what our proxies write, and means nothing.
    """
    found = _address(str(request.META.get("REMOTE_ADDR", "")))
    said = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    while found is not None and said and _is_one_of(found, settings.TRUSTED_PROXIES):
        before = _address(said.pop())
        if before is None:  # a proxy of ours did not know better
            break
        found = before
    return str(found) if found is not None else ""


def find_visitor(
    handle: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let REMOTE_ADDR be the visitor's address, whatever stands between."""

    def found(request: HttpRequest) -> HttpResponseBase:
        request.META["REMOTE_ADDR"] = client_address(request)
        return handle(request)

    return found


def counted_as(request: HttpRequest) -> str:
    """Name the visitor for counting: the account, else the address, or the network of one household.

    Means:   "person:7", "address:192.0.2.1", "address:2001:db8::/64".
    """
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"person:{user.pk}"
    return f"address:{household_of(str(_address(str(request.META['REMOTE_ADDR'])) or ''))}"


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address; a port beside it is left out, and one of version 4 is written in one way."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _is_one_of(address: IPv4Address | IPv6Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)
