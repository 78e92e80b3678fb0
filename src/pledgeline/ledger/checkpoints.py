"""Checkpoints: a few lines that vouch for the whole books up to an entry.

Who keeps a checkpoint can show later that an entry was changed, moved or cut off, even by the people
who keep the books. The text is that of https://c2sp.org/tlog-checkpoint with one more line, the hash
of the trial balance; it is signed as https://c2sp.org/signed-note says, with Ed25519.
"""

import base64
import hashlib
from dataclasses import dataclass

from pledgeline.ledger.verifier import BASE, ORDER, Checkpoint, compressed, key_id, read_checkpoint, times


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SigningKey:
    """A secret of 32 bytes and the name under which it signs.

    The arithmetic takes a time that depends on the secret: sign where nobody measures it, on the machine
    that keeps the books, and not as a service to strangers.

    Raises:  ValueError for a secret of another length, or a name with a blank or a plus in it.
    """

    name: str
    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise ValueError("a signing key has 32 bytes")
        if not self.name or any(letter.isspace() or letter == "+" for letter in self.name):
            raise ValueError(f"“{self.name}” cannot be the name of a key: no blanks, no plus")

    @property
    def public(self) -> bytes:
        """Give the public key: 32 bytes."""
        return compressed(times(self._scalar(), BASE))

    @property
    def public_text(self) -> str:
        """Give the public key as partners keep it: `name+id+base64`."""
        public = self.public
        encoded = base64.b64encode(b"\x01" + public).decode()
        return f"{self.name}+{key_id(self.name, public).hex()}+{encoded}"

    def sign(self, message: bytes) -> bytes:
        """Sign a message.

        Source:  RFC 8032, section 5.1.6
        """
        scalar, public = self._scalar(), self.public
        prefix = hashlib.sha512(self.secret).digest()[32:]
        nonce = _number(prefix + message)
        point = compressed(times(nonce, BASE))
        challenge = _number(point + public + message)
        return point + ((nonce + challenge * scalar) % ORDER).to_bytes(32, "little")

    def _scalar(self) -> int:
        half = bytearray(hashlib.sha512(self.secret).digest()[:32])
        half[0] &= 0b1111_1000
        half[31] = half[31] & 0b0111_1111 | 0b0100_0000
        return int.from_bytes(half, "little")


def _number(content: bytes) -> int:
    return int.from_bytes(hashlib.sha512(content).digest(), "little") % ORDER


def checkpoint_of(
    *, origin: str, size: int, root: bytes, trial_balance: bytes, key: SigningKey | None = None
) -> str:
    """Write a checkpoint; without a key it is unsigned, and vouches only for whoever keeps it.

    Raises:  ValueError for an origin of several lines or none.
    """
    if not origin.strip() or len(origin.splitlines()) != 1:
        raise ValueError("the origin of a checkpoint is one line that names the books")
    encoded = [base64.b64encode(each).decode() for each in (root, trial_balance)]
    text = f"{origin}\n{size}\n{encoded[0]}\ntrial-balance {encoded[1]}\n"
    if key is None:
        return f"{text}\n"
    signature = base64.b64encode(key_id(key.name, key.public) + key.sign(text.encode())).decode()
    return f"{text}\n— {key.name} {signature}\n"


__all__ = ["Checkpoint", "SigningKey", "checkpoint_of", "read_checkpoint"]
