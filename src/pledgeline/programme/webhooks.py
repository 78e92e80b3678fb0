"""What other offices are told as it happens, how it is signed, and when it is sent again.

The form is that of Standard Webhooks: three headers name the message, the moment and the signature, an HMAC-SHA-256
over the three parts name, moment and body. So a receiver knows who sent it, that nobody changed it, and that it is
new; the libraries that others have for that form read it.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"

SECRET_BEGINS = "whsec_"
SECRET_BYTES = 32

TOLERANCE = timedelta(minutes=5)
"""How far the moment of a message may lie from the receiver's: what comes later may be a copy."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 8 * 60, 24 * 60))
"""How long is waited after each sending that failed; after the one behind the last pause it is given up."""


class EventKind(StrEnum):
    """What one can be told of."""

    RECORD = "record"
    REQUIREMENTS = "requirements"
    OFFERS = "offers"
    CONTRIBUTIONS = "contributions"
    PLANS = "plans"
    ORDERS = "orders"
    SHIPMENTS = "shipments"
    RECEIPTS = "receipts"
    BOOKS = "books"
    INSTRUMENTS = "instruments"
    PROGRAMME = "programme"


class DeliveryState(StrEnum):
    """How far the sending of a message is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given-up"


class NotSigned(ValueError):
    """A message is not what the holder of the secret sent just now; the text is a code."""


def secret_of(key: bytes) -> str:
    """Write a key that signs as it is shown."""
    return SECRET_BEGINS + base64.b64encode(key).decode()


def signed(secret: str, ref: str, moment: int, body: bytes) -> dict[str, str]:
    """Give the headers of a message. Units: seconds since 1970.

    >>> signed("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
    ...     b'{"test": 2432232314}')["webhook-signature"]
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    made = base64.b64encode(_mac(secret, ref, moment, body)).decode()
    return {ID: ref, TIMESTAMP: str(moment), SIGNATURE: f"v1,{made}"}


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """Give the name of a message that the holder of the secret sent just now: the same name is the same message.

    Raises:  NotSigned.
    """
    said = {name.casefold(): value for name, value in headers.items()}
    ref, moment, signatures = (said.get(name, "") for name in (ID, TIMESTAMP, SIGNATURE))
    if not ref or not signatures or not (moment.isascii() and moment.isdecimal() and len(moment) < 12):
        raise NotSigned("no-headers")
    if abs(now.timestamp() - int(moment)) > TOLERANCE.total_seconds():
        raise NotSigned("not-now")
    wanted = _mac(secret, ref, int(moment), body)
    if not any(hmac.compare_digest(wanted, given) for given in map(_read, signatures.split())):
        raise NotSigned("other-signature")
    return ref


def _read(signature: str) -> bytes:
    version, _comma, text = signature.partition(",")
    try:
        return base64.b64decode(text, validate=True) if version == "v1" else b""
    except (binascii.Error, ValueError):
        return b""


def _mac(secret: str, ref: str, moment: int, body: bytes) -> bytes:
    key = base64.b64decode(secret.removeprefix(SECRET_BEGINS))
    return hmac.new(key, f"{ref}.{moment}.".encode() + body, hashlib.sha256).digest()
