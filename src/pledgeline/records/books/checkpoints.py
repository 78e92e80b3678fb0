"""Checkpoints that were given away: the newest of some books, and which witnesses have seen them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pledgeline.ledger.verifier import Checkpoint, read_checkpoint
from pledgeline.ledger.witness import cosignatures
from pledgeline.records.books.keys import witness_keys
from pledgeline.records.books.stored import StoredBooks
from pledgeline.records.models import CheckpointRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenByWitness:
    """Which witness has seen a checkpoint, and when."""

    witness: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A checkpoint that was given away, with the witnesses known here that have cosigned it."""

    checkpoint: Checkpoint
    note: str
    made_at: datetime
    seen: tuple[SeenByWitness, ...]


def seen_by(checkpoint: Checkpoint) -> tuple[SeenByWitness, ...]:
    """Say which of the witnesses known here have seen a checkpoint."""
    found = cosignatures(checkpoint, witness_keys())
    return tuple(
        SeenByWitness(witness=signature.witness, at=datetime.fromtimestamp(signature.time, UTC))
        for signature in found
    )


def given_checkpoints(books: StoredBooks) -> Iterator[Given]:
    """Give the checkpoints of some books, the largest first, and of those of one size the newest alone.

    What witnesses answered is noted as a checkpoint of its own, so that one has all of it.
    """
    size = -1
    rows = CheckpointRecord.objects.filter(books_id=books.number).order_by("-size", "-pk")
    for note, made_at in rows.values_list("note", "made_at").iterator():
        checkpoint = read_checkpoint(note)
        if checkpoint.size != size:
            size = checkpoint.size
            yield Given(
                checkpoint=checkpoint,
                note=note,
                made_at=made_at,
                seen=seen_by(checkpoint),
            )
