"""Hashes over what no entry says, so that a slip there shows: how books were opened, which checkpoints were given."""

import hashlib

from pledgeline.ledger.verifier import canonical


def origin_of(programme: str) -> str:
    """Give the name under which checkpoints and exports of the books of a programme go."""
    return f"pledgeline/{programme}"


def settings_digest(programme: str, currencies: str, public: str) -> bytes:
    """Hash what is settled when books are opened: whose they are, in what they are kept, who may read them."""
    return hashlib.sha256(canonical([programme, currencies, public])).digest()


def checkpoint_digest(size: int, made_at: str, note: str) -> bytes:
    """Hash all that a row of a checkpoint holds; its time as an entry has it."""
    return hashlib.sha256(canonical([str(size), made_at, note])).digest()
