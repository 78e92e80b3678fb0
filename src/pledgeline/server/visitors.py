"""Who asks: the address of a visitor, also where servers of ours stand in between, and a name to count by."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Network = IPv4Network | IPv6Network

_HOME_OF_SOMEBODY = 64
"""Units: bits. Whoever has one address of version 6 has all that begin like it."""


class NoSuchProxy(ValueError):
    """The setting cannot be used; the message says why, in one line."""


def networks(text: str) -> tuple[Network, ...]:
    """Read the addresses and networks of proxies, with commas.

    Raises:  NoSuchProxy.

    >>> networks("127.0.0.1, 10.1.0.0/16")
    (IPv4Network('127.0.0.1/32'), IPv4Network('10.1.0.0/16'))
    """
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise NoSuchProxy(f"PLEDGELINE_TRUSTED_PROXIES cannot be read: {error}") from None


def client_address(request: HttpRequest) -> str:
    """Give the address of the visitor.

    It is that of the other end of the connection, unless that is a server which the setting
    `PLEDGELINE_TRUSTED_PROXIES` names; then it is the last address of X-Forwarded-For that none of those servers
    has. What a visitor writes into that header stands before it and means nothing.
    """
    trusted: Sequence[Network] = settings.TRUSTED_PROXIES
    found = _address(request.META.get("REMOTE_ADDR", ""))
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while found is not None and said and _is_one_of(found, trusted):
        before = _address(said.pop())
        if before is None:  # a server of ours did not know better
            break
        found = before
    return str(found) if found is not None else ""


def counted_as(request: HttpRequest) -> str:
    """Name the visitor for counting: the account, else the address, or the network of one household.

    Means:   "person:7", "address:192.0.2.1", "address:2001:db8::/64".
    """
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"person:{user.pk}"
    text = client_address(request)
    address = _address(text)
    if isinstance(address, IPv6Address):
        return f"address:{ip_network((address, _HOME_OF_SOMEBODY), strict=False)}"
    return f"address:{text}"


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


def _is_one_of(address: IPv4Address | IPv6Address, trusted: Sequence[Network]) -> bool:
    return any(address in network for network in trusted)
