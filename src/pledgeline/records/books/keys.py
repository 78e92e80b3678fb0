"""The keys that this installation signs checkpoints with, and the witnesses that it knows."""

from functools import lru_cache

from django.conf import settings

from pledgeline.ledger.keys import KeyRing, read_key_ring


def key_ring() -> KeyRing:
    """Give the keys of this installation's books."""
    return _ring(settings.BOOKS_KEY)


def witness_keys() -> tuple[str, ...]:
    """Give the public keys of the witnesses whose cosignatures count here."""
    return tuple(settings.WITNESS_KEYS)


@lru_cache(maxsize=4)
def _ring(text: str) -> KeyRing:
    return read_key_ring(text)
