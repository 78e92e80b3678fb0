"""The keys that sign checkpoints: a secret, the public halves that partners keep, and those of before.

A signature says which installation a checkpoint came from. Against whoever holds the secret it says nothing: that
person can sign other books just as well. For that there are checkpoints kept elsewhere, and witnesses.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pledgeline.ledger import verifier
from pledgeline.ledger.verifier import COSIGNATURE, SIGNATURE, Wrong, key_id, read_key
from pledgeline.programme.sentences import sentence


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SigningKey:
    """A secret of 32 bytes, the name under which it signs, and since when, where that was noted.

    Raises:  ValueError for a secret of another length, or a name with a blank or a plus in it.
    """

    name: str
    secret: bytes
    since: date | None = None

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise ValueError(sentence("ledger.signing-key.bytes"))
        if not self.name or any(letter.isspace() or letter == "+" for letter in self.name):
            raise ValueError(sentence("ledger.signing-key.name", name=self.name))

    @property
    def public(self) -> bytes:
        """Give the public key: 32 bytes."""
        return self._key().public_key().public_bytes_raw()

    @property
    def public_text(self) -> str:
        """Give the public key as partners keep it: `name+id+base64`."""
        return _public_text(self.name, SIGNATURE, self.public)

    @property
    def witness_text(self) -> str:
        """Give the public key as those keep it for whom this key is a witness."""
        return _public_text(self.name, COSIGNATURE, self.public)

    def sign(self, message: bytes) -> bytes:
        """Sign a message (Ed25519, RFC 8032)."""
        return self._key().sign(message)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)


def _public_text(name: str, kind: int, public: bytes) -> str:
    encoded = base64.b64encode(bytes([kind]) + public).decode()
    return f"{name}+{key_id(name, public, kind).hex()}+{encoded}"


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the holder of the key signed the message (Ed25519)."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


# What the verifier that partners carry does with arithmetic of its own, this program does with a library.
is_vouched_for = partial(verifier.is_vouched_for, check=is_signed)
cosigned_at = partial(verifier.cosigned_at, check=is_signed)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A public key as it is published, and the days from and until which it signed, as far as they were noted."""

    text: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class KeyRing:
    """The keys of some books: those that sign, and the public halves of those that signed before."""

    signing: tuple[SigningKey, ...] = ()
    before: tuple[PublicKey, ...] = ()

    @property
    def public(self) -> tuple[PublicKey, ...]:
        """Give every public key that partners should know, those that sign today first."""
        return (*(PublicKey(text=key.public_text, since=key.since) for key in self.signing), *self.before)

    def replaced_by(self, key: SigningKey, on: date) -> "KeyRing":
        """Give the ring after a day on which another key takes over."""
        gone = tuple(
            PublicKey(text=signer.public_text, since=signer.since, until=on) for signer in self.signing
        )
        return KeyRing(signing=(key,), before=(*gone, *self.before))

    def lines(self) -> Iterator[str]:
        """Write the ring as `read_key_ring` reads it."""
        for key in self.signing:
            yield _line(key.name, key.secret.hex(), key.since)
        for known in self.before:
            yield _line(known.text, known.since, known.until)


def read_key_ring(text: str) -> KeyRing:
    """Read keys, one on a line: `NAME SECRET SINCE` of one that signs, `NAME+ID+BASE64 SINCE UNTIL` of one that did.

    SECRET is 64 hexadecimal digits; days are written 2026-12-31, or - where nobody noted them, or are left out. A line
    that begins with # is a remark.

    Raises:  ValueError, which says the line and never shows what is in it.
    """
    signing, before = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            if "+" in words[0]:
                read_key(words[0], SIGNATURE)
                since, until = _days(words[1:], 2)
                before.append(PublicKey(text=words[0], since=since, until=until))
            else:
                (since,) = _days(words[2:], 1)
                signing.append(SigningKey(name=words[0], secret=bytes.fromhex(words[1]), since=since))
        except (IndexError, ValueError) as error:
            said = sentence("ledger.key-line.form", line=str(number))
            if isinstance(error, Wrong):
                said = sentence("ledger.key-line.fault", line=str(number), fault=str(error))
            raise ValueError(said) from None
    return KeyRing(signing=tuple(signing), before=tuple(before))


def published(ring: KeyRing) -> str:
    """Write the public keys for others to keep: a line for each, with the days from and until which it signed."""
    return "".join(f"{_line(key.text, key.since, key.until)}\n" for key in ring.public)


def _days(words: list[str], number: int) -> list[date | None]:
    if len(words) > number:
        raise ValueError("more than a key and its days")
    found = [None if word == "-" else date.fromisoformat(word) for word in words]
    return [*found, *[None] * (number - len(found))]


def _line(*words: object) -> str:
    return " ".join("-" if word is None else str(word) for word in words)
