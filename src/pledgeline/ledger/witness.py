"""Witnesses: somebody elsewhere says when a checkpoint was seen, and cosigns no other books under the same name.

A witness remembers one thing of each log: the last checkpoint that it cosigned. It cosigns the next one only where a
proof shows that the last one is its beginning. So whoever keeps the books cannot show one version to some and another
to others, nor cut off what a witness has seen.

Source:  https://c2sp.org/tlog-witness for requests and answers, https://c2sp.org/tlog-cosignature for cosignatures
"""

import base64
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pledgeline.ledger.checkpoints import signature_line
from pledgeline.ledger.keys import SigningKey, cosigned_at, is_vouched_for
from pledgeline.ledger.verifier import (
    COSIGNATURE,
    Checkpoint,
    Wrong,
    cosigned_message,
    from_base64,
    is_consistent,
    key_id,
    read_checkpoint,
    read_signatures,
    root_of,
    whole_number,
)
from pledgeline.programme.sentences import Sentence, sentence

LONGEST_PROOF = 63
"""Hashes: no tree of this world is higher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessRequest:
    """What a log asks of a witness: to cosign a checkpoint, of which `old_size` entries were cosigned before."""

    old_size: int
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint


class NotWitnessed(ValueError):
    """The witness does not cosign; the sentence says why, `code` in one word.

    `size` is what the witness has cosigned so far, where the request began somewhere else.
    """

    def __init__(self, code: str, why: Sentence, size: int | None = None) -> None:
        super().__init__(why)
        self.code, self.size = code, size


def request_to_witness(old_size: int, proof: Sequence[bytes], note: str) -> str:
    """Write the request that a witness reads."""
    hashes = "".join(f"{base64.b64encode(node).decode()}\n" for node in proof)
    return f"old {old_size}\n{hashes}\n{note}"


def read_request(text: str) -> WitnessRequest:
    """Read a request.

    Raises:  Wrong
    """
    head, blank, note = text.partition("\n\n")
    first, *hashes = head.split("\n")
    if not blank or not first.startswith("old "):
        raise Wrong(sentence("ledger.request.form"))
    if len(hashes) > LONGEST_PROOF:
        raise Wrong(sentence("ledger.request.proof", most=str(LONGEST_PROOF)))
    return WitnessRequest(
        old_size=whole_number(first.removeprefix("old ")),
        proof=tuple(from_base64(encoded, 32) for encoded in hashes),
        checkpoint=read_checkpoint(note),
    )


def cosign(
    request: WitnessRequest,
    *,
    last: tuple[int, bytes] | None,
    logs: Collection[str],
    key: SigningKey,
    time: int,
) -> str:
    """Give the line with which `key` says that it saw the checkpoint at `time`, in seconds since 1970.

    Means:   `last` is the size and the root of what this witness cosigned last under this name, `logs` are the public
             keys of the logs that it is a witness for. Whoever calls keeps the new size before the line goes out.
    Raises:  NotWitnessed
    """
    new = request.checkpoint
    size, root = last or (0, root_of(()))
    if not any(is_vouched_for(new, log) for log in logs):
        raise NotWitnessed("unknown", sentence("ledger.not-witnessed.unknown", origin=new.origin))
    if request.old_size > new.size:
        said = sentence("ledger.not-witnessed.bad", old=str(request.old_size), new=str(new.size))
        raise NotWitnessed("bad", said)
    if request.old_size != size:
        said = sentence("ledger.not-witnessed.conflict", size=size, origin=new.origin)
        raise NotWitnessed("conflict", said, size)
    if not is_consistent(size, root, new.size, new.root, request.proof):
        said = sentence(
            "ledger.not-witnessed.inconsistent", size=str(size), origin=new.origin, new=str(new.size)
        )
        raise NotWitnessed("inconsistent", said)
    signature = time.to_bytes(8, "big") + key.sign(cosigned_message(new, time))
    return signature_line(key.name, key_id(key.name, key.public, COSIGNATURE) + signature)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosignature:
    """Which witness saw a checkpoint, and when, in seconds since 1970."""

    witness: str
    time: int


def cosignatures(checkpoint: Checkpoint, witnesses: Collection[str]) -> list[Cosignature]:
    """List the cosignatures on a checkpoint by witnesses whose public keys are known; others mean nothing."""
    seen = ((witness, cosigned_at(checkpoint, witness)) for witness in witnesses)
    return [
        Cosignature(witness=witness.partition("+")[0], time=time)
        for witness, time in seen
        if time is not None
    ]


def with_cosignatures(checkpoint: Checkpoint, lines: str, witnesses: Collection[str]) -> Checkpoint:
    """Add what witnesses answered to a checkpoint: the lines that are of it and of witnesses whose keys are known.

    Raises:  Wrong for lines that are no signatures.
    """
    added = [
        signature
        for signature in read_signatures(lines)
        if signature not in checkpoint.signatures
        and cosignatures(checkpoint._replace(signatures=(signature,)), witnesses)
    ]
    return checkpoint._replace(signatures=(*checkpoint.signatures, *added))
