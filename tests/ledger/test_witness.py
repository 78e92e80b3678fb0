"""Witnesses: a cosignature for what continues what was seen, and a refusal for everything else."""

import base64
import hashlib
import struct

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pledgeline.ledger import SigningKey, verifier
from pledgeline.ledger.checkpoints import checkpoint_of, note_of
from pledgeline.ledger.proofs import Tree
from pledgeline.ledger.verifier import Wrong, leaf_hash, read_checkpoint, what_it_proves
from pledgeline.ledger.witness import (
    Cosignature,
    NotWitnessed,
    cosign,
    cosignatures,
    read_request,
    request_to_witness,
    with_cosignatures,
)

LOG = SigningKey(name="books.example", secret=bytes(range(32)))
WITNESS = SigningKey(name="witness.example/w1", secret=b"\x5a" * 32)
OTHER = SigningKey(name="witness.example/w2", secret=b"\x0f" * 32)
TIME = 1_795_000_000


def tree(size, fork=None):
    """A log of so many entries; one with a `fork` has another entry at that place."""
    return Tree(leaf_hash(f"{number}{'!' * (number == fork)}".encode()) for number in range(size))


def note_at(log, size, keys=(LOG,), origin="pledgeline/purl"):
    return checkpoint_of(origin=origin, size=size, root=log.root(size), trial_balance=bytes(32), keys=keys)


def asked(log, old, size, **more):
    return read_request(request_to_witness(old, log.consistency(old, size), note_at(log, size, **more)))


def answered(request, last, logs=(LOG.public_text,)):
    return cosign(request, last=last, logs=logs, key=WITNESS, time=TIME)


def test_a_cosignature_is_what_c2sp_says_it_is():
    """Worked out here again from the text of c2sp.org/tlog-cosignature, with nothing of ours."""
    secret = Ed25519PrivateKey.from_private_bytes(b"\x5a" * 32)
    public = secret.public_key().public_bytes_raw()
    root = hashlib.sha256(
        b"\x01" + hashlib.sha256(b"\x000").digest() + hashlib.sha256(b"\x001").digest()
    ).digest()
    body = f"pledgeline/purl\n2\n{base64.b64encode(root).decode()}\ntrial-balance {'A' * 43}=\n"
    number = hashlib.sha256(b"witness.example/w1\n\x04" + public).digest()[:4]
    signature = secret.sign(f"cosignature/v1\ntime {TIME}\n{body}".encode())
    line = base64.b64encode(number + struct.pack(">Q", TIME) + signature).decode()

    assert f"— witness.example/w1 {line}\n" == answered(asked(tree(2), 0, 2), None)
    encoded = base64.b64encode(bytes([4]) + public).decode()
    assert f"witness.example/w1+{number.hex()}+{encoded}" == WITNESS.witness_text


def test_the_example_of_c2sp_is_read():
    """Source: c2sp.org/tlog-cosignature, where the time of the example is told in the signed message."""
    note = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE"
        "+xeMcTOAYQ8=\n"
        "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ"
        "qhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
    )
    checkpoint = read_checkpoint(note)

    assert ("example.com/behind-the-sofa", 20852163) == checkpoint[:2]
    (_, plain), (_, cosigned) = checkpoint.signatures
    assert (4 + 64, 4 + 8 + 64) == (len(plain), len(cosigned))
    assert 1679315147 == int.from_bytes(cosigned[4:12], "big")
    assert verifier.cosigned_message(checkpoint, 1679315147).startswith(
        b"cosignature/v1\ntime 1679315147\nexample.com/"
    )
    assert note == note_of(checkpoint)


def test_a_request_is_what_c2sp_says_it_is():
    log = tree(5)
    proof = "".join(f"{base64.b64encode(node).decode()}\n" for node in log.consistency(3, 5))
    request = request_to_witness(3, log.consistency(3, 5), note_at(log, 5))

    assert f"old 3\n{proof}\n{note_at(log, 5)}" == request
    assert (3, 5) == (read_request(request).old_size, read_request(request).checkpoint.size)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 20])
def test_a_witness_cosigns_every_continuation_of_what_it_saw_and_no_fork(size):
    log = tree(size)
    for old in range(size + 1):
        last = (old, log.root(old)) if old else None
        line = answered(asked(log, old, size), last)
        seen = with_cosignatures(read_checkpoint(note_at(log, size)), line, [WITNESS.witness_text])
        assert [Cosignature(witness="witness.example/w1", time=TIME)] == cosignatures(
            seen, [WITNESS.witness_text]
        )
        for changed in range(old):
            forked = tree(size, changed)
            with pytest.raises(NotWitnessed, match="not the beginning") as refused:
                answered(asked(forked, old, size), last)
            assert "inconsistent" == refused.value.code


def test_a_witness_does_not_forget_what_was_cut_off():
    """Twenty entries were cosigned, ten are left: whatever is asked, nothing is cosigned."""
    log, last = tree(20), (20, tree(20).root())
    for old in (0, 5, 10):
        with pytest.raises(NotWitnessed, match="has cosigned 20 entries") as refused:
            answered(asked(log, old, 10), last)
        assert ("conflict", 20) == (refused.value.code, refused.value.size)
    with pytest.raises(NotWitnessed, match="cannot be the beginning"):
        answered(read_request(request_to_witness(20, [], note_at(log, 10))), last)


def test_a_log_whose_key_is_not_known_is_not_cosigned():
    log = tree(3)
    for request, logs in (
        (asked(log, 0, 3), (OTHER.public_text,)),
        (asked(log, 0, 3), ()),
        (asked(log, 0, 3, keys=()), (LOG.public_text,)),
    ):
        with pytest.raises(NotWitnessed, match="not signed with a key of a log known here"):
            answered(request, None, logs)
    bent = note_at(log, 3).replace("pledgeline/purl", "pledgeline/pearl")
    with pytest.raises(NotWitnessed):
        answered(read_request(f"old 0\n\n{bent}"), None)


def test_the_first_checkpoint_needs_no_proof_and_may_have_none():
    log = tree(3)
    assert answered(asked(log, 0, 3), None)

    with pytest.raises(NotWitnessed, match="not the beginning"):
        answered(read_request(request_to_witness(0, [bytes(32)], note_at(log, 3))), None)


@pytest.mark.parametrize(
    "text",
    [
        "", "old 3", "old 3\n", "old three\n\n{note}", "old 03\n\n{note}", "old -1\n\n{note}", "new 3\n\n{note}",
        "{note}",
        "old 3\nAAAA\n\n{note}", "old 3\n!!!\n\n{note}", "old 3\n" + "A" * 43 + "=\n", "old 3\n\nnothing\n",
        "old 3\n" + ("A" * 43 + "=\n") * 64 + "\n{note}",
    ],
)  # fmt: skip
def test_what_is_no_request_is_said_to_be_none(text):
    with pytest.raises(Wrong):
        read_request(text.replace("{note}", note_at(tree(3), 3)))


def test_only_cosignatures_of_this_checkpoint_by_witnesses_that_are_known_are_taken_in():
    log = tree(5)
    checkpoint = read_checkpoint(note_at(log, 5))
    ours = answered(asked(log, 0, 5), None)
    lines = ours + cosign(asked(log, 0, 5), last=None, logs=[LOG.public_text], key=OTHER, time=TIME)
    elsewhere = answered(asked(log, 0, 4), None)

    seen = with_cosignatures(checkpoint, lines + elsewhere, [WITNESS.witness_text])
    assert note_at(log, 5) + ours == note_of(seen)
    assert seen == with_cosignatures(seen, lines, [WITNESS.witness_text])
    assert checkpoint == with_cosignatures(checkpoint, lines, [])
    assert checkpoint == with_cosignatures(checkpoint, elsewhere, [WITNESS.witness_text])
    with pytest.raises(Wrong):
        with_cosignatures(checkpoint, "a line that is none\n", [WITNESS.witness_text])


def test_a_cosignature_holds_for_its_time_and_its_text():
    log = tree(5)
    seen = read_checkpoint(note_at(log, 5) + answered(asked(log, 0, 5), None))
    name, signature = seen.signatures[1]
    later = signature[:4] + (TIME + 1).to_bytes(8, "big") + signature[12:]
    never = signature[:4] + (2**63).to_bytes(8, "big") + signature[12:]

    assert TIME == verifier.cosigned_at(seen, WITNESS.witness_text)
    assert None is verifier.cosigned_at(seen, OTHER.witness_text)
    for bent in (
        seen._replace(signatures=((name, later),)),
        seen._replace(signatures=((name, never),)),
        seen._replace(signatures=((name, signature[:4]),)),
        seen._replace(text=seen.text.replace("\n5\n", "\n6\n")),
    ):
        assert None is verifier.cosigned_at(bent, WITNESS.witness_text)
    assert not verifier.is_vouched_for(seen._replace(signatures=(seen.signatures[1],)), LOG.public_text)


# What a verification proves


def test_books_that_nobody_kept_a_checkpoint_of_agree_with_themselves_and_no_more():
    (said,) = what_it_proves(10, [], is_signed=False)

    assert "agree with themselves" in said
    assert "does not prove that nothing was rewritten from end to end, or cut off at the end" in said
    assert "a checkpoint that was kept elsewhere" in said


def test_a_kept_checkpoint_proves_the_entries_up_to_it():
    log = tree(10)
    kept = [read_checkpoint(note_at(log, size)) for size in (4, 7)]

    assert [
        "The newest of the 2 checkpoints that was kept elsewhere vouched for 7 of these 10 entries: none of them was "
        "changed, moved or taken out since.",
        "Of what was entered after it, this proves only that it agrees with the rest.",
    ] == what_it_proves(10, kept, is_signed=False)
    (all_of_them,) = what_it_proves(7, kept[1:], is_signed=False)
    assert "The checkpoint that was kept elsewhere vouched for 7 of these 7 entries" in all_of_them


def test_a_signature_proves_nothing_against_whoever_holds_the_key():
    said = what_it_proves(10, [], is_signed=True)[-1]

    assert "Against whoever holds the key of that installation it proves nothing" in said


def test_a_witness_is_named_with_the_moment():
    checkpoint = read_checkpoint(note_at(tree(10), 10))
    said = what_it_proves(
        10, [checkpoint], is_signed=False, seen=[(checkpoint, "witness.example/w1", 1679315147)]
    )

    assert (
        "The witness witness.example/w1 saw the checkpoint of 10 entries at 2023-03-20 12:25 UTC, and cosigns no other "
        "books under this name."
    ) == said[-1]
