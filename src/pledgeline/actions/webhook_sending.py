"""Send a message to an address of another office, and to no machine of this network.

Whoever names an address could name one that only this machine reaches: the database beside it, the metadata of a
cloud. So the name is looked up here, every number that it has must be one of the open internet, and the connection
is made to a number that was looked at: a name that means another machine a moment later gains nothing. An answer
that leads elsewhere is not followed.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Timer
from urllib.parse import urlsplit

from django.conf import settings

PATIENCE_SECONDS = 10.0
LONGEST_SECONDS = 30.0
LONGEST_ANSWER = 10_000
"""Units: bytes that are read of an answer; nothing in it is of use."""

TRANSLATED = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""Numbers of IPv6 behind which a number of IPv4 stands."""


class BadAddress(ValueError):
    """An address is none to which messages are sent; the text is a code of the catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of sending: the status that was answered, or a code where nothing was."""

    status: int | None
    code: str
    milliseconds: int

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def check_address(address: str) -> None:
    """Look whether messages may be sent to an address, as far as it says itself.

    Raises:  BadAddress.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise BadAddress("webhook.address-form") from None
    plain = settings.WEBHOOKS_PRIVATE and parts.scheme == "http"
    if (parts.scheme != "https" and not plain) or not parts.hostname or parts.username or parts.fragment:
        raise BadAddress("webhook.address-form")
    if port == 0 or not address.isascii() or not address.isprintable() or " " in address:
        raise BadAddress("webhook.address-form")
    try:
        number = ip_address(parts.hostname)
    except ValueError:
        _must_be_name(parts.hostname)
        return
    if not may_reach(str(number)):
        raise BadAddress("webhook.address-private")


def _must_be_name(host: str) -> None:
    try:
        host.encode("idna")
    except UnicodeError:  # a label is empty, or longer than a name may have one
        raise BadAddress("webhook.address-form") from None


def may_reach(number: str) -> bool:
    """Say whether a number is one of the open internet, or this site may send to its own network.

    >>> [_is_open(ip_address(number)) for number in ("127.0.0.1", "10.1.2.3", "::ffff:169.254.169.254", "9.9.9.9")]
    [False, False, False, True]
    """
    return settings.WEBHOOKS_PRIVATE or _is_open(ip_address(number.partition("%")[0]))


def _is_open(number: object) -> bool:
    if isinstance(number, IPv6Address):
        if number.ipv4_mapped is not None:
            return _is_open(number.ipv4_mapped)
        if any(number in network for network in TRANSLATED):
            return False
    return bool(number.is_global) and not number.is_multicast  # type: ignore[attr-defined]


def send(address: str, body: bytes, headers: Mapping[str, str]) -> Sent:
    """Send a message once."""
    began = time.monotonic()

    def sent(status: int | None, code: str = "") -> Sent:
        return Sent(status=status, code=code, milliseconds=round((time.monotonic() - began) * 1000))

    try:
        check_address(address)
        connection = _connected(address)
    except BadAddress as error:
        return sent(None, str(error))
    except (OSError, UnicodeError):
        return sent(None, "webhook.no-connection")
    parts = urlsplit(address)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    said = {"Host": parts.netloc, "Content-Type": "application/json", "User-Agent": "Pledgeline", **headers}
    end = Timer(
        LONGEST_SECONDS, _hang_up, [connection.sock]
    )  # an answer of a letter each second has an end, too
    end.start()
    try:
        connection.request("POST", path, body=body, headers=said)
        response = connection.getresponse()
        response.read(LONGEST_ANSWER)
    except (OSError, http.client.HTTPException):
        return sent(None, "webhook.no-answer")
    finally:
        end.cancel()
        connection.close()
    if 200 <= response.status < 300:
        return sent(response.status)
    return sent(response.status, "webhook.elsewhere" if 300 <= response.status < 400 else "webhook.refused")


def _hang_up(open_socket: socket.socket) -> None:
    with suppress(OSError):
        open_socket.shutdown(socket.SHUT_RDWR)


def _connected(address: str) -> http.client.HTTPConnection:
    """Connect to a number that was looked at, under the name that the address has.

    Raises:  BadAddress; OSError.
    """
    parts = urlsplit(address)
    host, is_safe = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if is_safe else 80)
    numbers = list(
        dict.fromkeys(str(answer[4][0]) for answer in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    )
    if not numbers or not all(map(may_reach, numbers)):
        raise BadAddress("webhook.address-private")
    open_socket = socket.create_connection((numbers[0], port), timeout=PATIENCE_SECONDS)
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
    try:
        if is_safe:
            open_socket = ssl.create_default_context().wrap_socket(open_socket, server_hostname=host)
    except OSError:
        open_socket.close()
        raise
    connection.sock = open_socket
    return connection
