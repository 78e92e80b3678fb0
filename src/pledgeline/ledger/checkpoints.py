"""Checkpoints: a few lines that vouch for the whole books up to an entry.

Who keeps a checkpoint can show later that an entry was changed, moved or cut off, even by the people
who keep the books. The text is that of https://c2sp.org/tlog-checkpoint with one more line, the hash
of the trial balance; it is signed as https://c2sp.org/signed-note says, with Ed25519.
"""

import base64
from collections.abc import Sequence

from pledgeline.ledger.keys import SigningKey
from pledgeline.ledger.verifier import Checkpoint, key_id


def checkpoint_of(
    *, origin: str, size: int, root: bytes, trial_balance: bytes, keys: Sequence[SigningKey] = ()
) -> str:
    """Write a checkpoint, signed with each key; without one it vouches only for whoever keeps it.

    Raises:  ValueError for an origin of several lines or none.
    """
    if not origin.strip() or len(origin.splitlines()) != 1:
        raise ValueError("the origin of a checkpoint is one line that names the books")
    encoded = [base64.b64encode(value).decode() for value in (root, trial_balance)]
    text = f"{origin}\n{size}\n{encoded[0]}\ntrial-balance {encoded[1]}\n"
    signatures = (
        signature_line(key.name, key_id(key.name, key.public) + key.sign(text.encode())) for key in keys
    )
    return f"{text}\n{''.join(signatures)}"


def signature_line(name: str, signature: bytes) -> str:
    """Write a line of a signed note: who signed, and the bytes that say with which key and what came of it."""
    return f"— {name} {base64.b64encode(signature).decode()}\n"


def note_of(checkpoint: Checkpoint) -> str:
    """Write a checkpoint that was read as the note that it was."""
    lines = (signature_line(name, signature) for name, signature in checkpoint.signatures)
    return f"{checkpoint.text}\n{''.join(lines)}"
