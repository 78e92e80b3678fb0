"""`pledgeline ledger` where it proves: keys that change, witnesses elsewhere, and what a verification proves."""

import json
import stat
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
import time_machine

from pledgeline.actions.books import open_books
from pledgeline.actions.records import load_record
from pledgeline.ledger import SigningKey, verifier
from pledgeline.ledger.keys import published, read_key_ring
from pledgeline.ledger.verifier import read_checkpoint
from pledgeline.programme.record import PublicRecord
from pledgeline.records.models import CheckpointRecord
from tests.builders import a_programme
from tests.cli.test_ledger import CASE, json_of, run
from tests.ledger.stories import DELIVERED, events_of

WITNESS = SigningKey(name="witness.example/w1", secret=b"\x5a" * 32)


@pytest.fixture
def programme():
    load_record(
        programme=a_programme(), record=PublicRecord(), prune=False, today=date(2026, 1, 1), by="a test"
    )


@pytest.fixture
def events(tmp_path):
    path = tmp_path / "events.json"
    path.write_text(json.dumps({"events": events_of(DELIVERED)}), encoding="utf-8")
    return path


@pytest.fixture
def books(events, tmp_path, monkeypatch):
    """An installation with a key, somebody elsewhere who is a witness, and the books of a file."""
    monkeypatch.chdir(tmp_path)
    public = run("key", "books.example", "--out", "books.key").stdout.strip()
    (tmp_path / "witness.key").write_text(f"{WITNESS.name} {WITNESS.secret.hex()}\n")
    return public


def ask(old, **more):
    """Ask the witness to cosign what the books are now."""
    request = run("checkpoint", "--events", "events.json", "--key-file", "books.key", "--for-witness", old)
    assert 0 == request.exit_code, request.output
    with open("request.txt", "w", encoding="utf-8") as file:
        file.write(request.stdout)
    return run(
        "witness", "request.txt", "--key-file", "witness.key", "--state", "seen", *sum(more.items(), ())
    )


def test_a_witness_cosigns_remembers_and_refuses(books, events):
    said = {"--log-key": books}
    with time_machine.travel(datetime(2026, 11, 29, 12, tzinfo=UTC), tick=False):
        line = ask(0, **said)
    assert (0, "") == (line.exit_code, line.stderr)
    note = run("checkpoint", "--events", events, "--key-file", "books.key").stdout
    seen = read_checkpoint(note + line.stdout)
    assert datetime(2026, 11, 29, 12, tzinfo=UTC).timestamp() == verifier.cosigned_at(
        seen, WITNESS.witness_text
    )

    again = ask(0, **said)
    assert 1 == again.exit_code
    assert "REFUSED  this witness has cosigned 10 entries of pledgeline books so far." in again.stdout
    assert "Ask again with what `ledger checkpoint --for-witness 10` writes." in again.stdout
    assert 0 == ask(10, **said).exit_code

    other = DELIVERED.replace("amount=600", "amount=601", 1)
    events.write_text(json.dumps({"events": events_of(other)}), encoding="utf-8")
    forked = ask(10, **said)
    assert 1 == forked.exit_code
    assert "are not the beginning of these 10" in " ".join(forked.stdout.split())
    events.write_text(json.dumps({"events": events_of(DELIVERED)[:4]}), encoding="utf-8")
    assert 1 == ask(4, **said).exit_code


def test_a_witness_speaks_to_programs_too(books):
    asked = ("witness", "request.txt", "--key-file", "witness.key", "--state", "seen", "--log-key", books)
    ask(0, **{"--log-key": WITNESS.public_text})

    cosigned = json_of(*asked)
    assert (True, 10) == (cosigned["cosigned"], cosigned["size"])
    assert cosigned["cosignature"].startswith("— witness.example/w1 ")
    refused = json_of(*asked)
    assert (False, "conflict", 10) == (refused["cosigned"], refused["code"], refused["size"])
    unknown = json_of(*asked[:-1], WITNESS.public_text)
    assert (False, "unknown", None) == (unknown["cosigned"], unknown["code"], unknown["size"])


def test_what_a_witness_cannot_read_ends_with_2_and_one_line(books, tmp_path):
    ask(0, **{"--log-key": books})
    (tmp_path / "bad").write_text("no key, no request, no memory\n" * 20)
    for arguments in (
        ("bad", "--key-file", "witness.key", "--state", "seen", "--log-key", books),
        ("request.txt", "--key-file", "bad", "--state", "seen", "--log-key", books),
        ("request.txt", "--key-file", "witness.key", "--state", "bad", "--log-key", books),
        ("request.txt", "--key-file", "witness.key", "--state", "seen", "--log-key", "none"),
        ("request.txt", "--key-file", "witness.key", "--state", "seen", "--log-key", WITNESS.witness_text),
        ("request.txt", "--key-file", "witness.key", "--state", "no/such/folder", "--log-key", books),
    ):
        done = run("witness", *arguments)
        assert 2 == done.exit_code, (arguments, done.output)
        assert isinstance(done.exception, SystemExit)


def test_a_key_takes_over_and_what_the_old_one_signed_still_verifies(books, events, tmp_path, capsys):
    old_note, export = tmp_path / "old.txt", tmp_path / "books.jsonl"
    assert 0 == run("checkpoint", "--events", events, "--key-file", "books.key", "--out", old_note).exit_code
    new = run("key", "books.example", "--out", "new.key", "--replaces", "books.key").stdout.strip()
    assert 0 == run("export", "--events", events, "--key-file", "new.key", "--out", export).exit_code
    ring = read_key_ring((tmp_path / "new.key").read_text())
    (tmp_path / "keys.txt").write_text(published(ring))

    assert 0o600 == stat.S_IMODE((tmp_path / "new.key").stat().st_mode)
    assert [new, books] == [key.text for key in ring.public]
    assert datetime.now(UTC).date() == ring.before[0].until
    assert (
        read_key_ring((tmp_path / "books.key").read_text()).signing[0].secret.hex()
        not in (tmp_path / "new.key").read_text()
    )
    kept = ("--checkpoint", old_note)
    assert 1 == run("verify", "--export", export, *kept, "--key", new).exit_code
    assert 0 == run("verify", "--export", export, *kept, "--key", new, "--key", books).exit_code
    assert 0 == run("verify", "--export", export, *kept, "--keys", "keys.txt").exit_code
    assert 1 == verifier.main([str(export), "--checkpoint", str(old_note), "--key", new])
    assert 0 == verifier.main(
        [str(export), "--checkpoint", str(old_note), "--keys", str(tmp_path / "keys.txt")]
    )
    assert 2 == run("key", "x", "--out", "other.key", "--replaces", "keys.txt").exit_code
    assert 2 == run("key", "x", "--out", "new.key", "--replaces", "new.key").exit_code


def test_verifying_says_what_it_proves_and_what_not(books, events, tmp_path):
    note = tmp_path / "note.txt"
    alone = run("verify", "--events", events).stdout
    assert "The books agree with themselves. That does not prove that nothing was rewritten" in alone
    assert "Verified, with 0 kept checkpoints." in alone

    line = ask(0, **{"--log-key": books}).stdout
    note.write_text(run("checkpoint", "--events", events, "--key-file", "books.key").stdout + line)
    said = json_of(
        "verify",
        "--events",
        events,
        "--checkpoint",
        note,
        "--key",
        books,
        "--witness-key",
        WITNESS.witness_text,
    )
    assert [(10, "witness.example/w1")] == [
        (cosignature["size"], cosignature["witness"]) for cosignature in said["cosigned"]
    ]
    kept, witnessed, signed = said["proves"]
    assert "vouched for 10 of these 10 entries" in kept
    assert "The witness witness.example/w1 saw the checkpoint of 10 entries" in witnessed
    assert "Against whoever holds the key of that installation it proves nothing" in signed

    events.write_text(json.dumps({"events": events_of(DELIVERED)[:4]}), encoding="utf-8")
    assert [] == json_of("verify", "--events", events, "--checkpoint", note)["proves"]


def test_the_one_file_says_it_too(books, events, tmp_path):
    """The same sentences, from a Python that knows no packages."""
    export, note = tmp_path / "books.jsonl", tmp_path / "note.txt"
    line = ask(0, **{"--log-key": books}).stdout
    run("export", "--events", events, "--key-file", "books.key", "--out", export)
    note.write_text(run("checkpoint", "--events", events, "--key-file", "books.key").stdout + line)

    def alone(*arguments):
        command = [sys.executable, "-I", "-S", verifier.__file__, export, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (0, "") == (done.returncode, done.stderr)
        return done.stdout

    assert "That does not prove that nothing was rewritten from end to end" in alone()
    said = alone("--checkpoint", note, "--key", books, "--witness", WITNESS.witness_text)
    assert "vouched for 10 of these 10 entries" in said
    assert "The witness witness.example/w1 saw the checkpoint of 10 entries" in said
    assert "Against whoever holds the key" in said
    assert said.endswith("verified\n")


@pytest.mark.django_db
def test_books_in_the_database_are_signed_by_the_installation_witnessed_and_remembered(
    programme,
    books,
    tmp_path,
    settings,
):
    settings.BOOKS_KEY = (tmp_path / "books.key").read_text()
    run("replay", CASE, "--programme", "harbour")
    request = run("checkpoint", "--for-witness", 0)
    (tmp_path / "request.txt").write_text(request.stdout)
    assert request.stdout.startswith("old 0\n\npledgeline/harbour\n13\n")
    asked = (
        "request.txt",
        "--key-file",
        "witness.key",
        "--state",
        "seen",
        "--log-key",
        books,
        "--out",
        "answer.txt",
    )
    assert 0 == run("witness", *asked).exit_code

    stranger = run("checkpoint", "--cosigned", "answer.txt")
    assert 2 == stranger.exit_code
    assert "no witness whose key is known here" in " ".join(stranger.stderr.split())
    taken = run("checkpoint", "--cosigned", "answer.txt", "--witness-key", WITNESS.witness_text)
    assert 0 == taken.exit_code
    seen = read_checkpoint(taken.stdout)
    assert ["books.example", "witness.example/w1"] == [name for name, _ in seen.signatures]
    settings.WITNESS_KEYS = [WITNESS.witness_text]
    assert 2 == run("checkpoint", "--cosigned", "answer.txt").exit_code
    assert 2 == CheckpointRecord.objects.count()
    (tmp_path / "cosigned.txt").write_text(taken.stdout)
    verified = json_of("verify", "--checkpoint", "cosigned.txt")
    assert (True, 1) == (verified["verified"], len(verified["cosigned"]))
    assert 0 == run("verify").exit_code
    assert 2 == run("checkpoint", "--cosigned", "answer.txt", "--events", "events.json").exit_code

    export = run("export")
    assert verifier.is_vouched_for(
        read_checkpoint(json.loads(export.stdout.splitlines()[-1])["checkpoint"]), books
    )


@pytest.mark.django_db
def test_a_request_for_more_entries_than_there_are_is_refused(programme):
    open_books("harbour")

    done = run("checkpoint", "--for-witness", 5)

    assert 2 == done.exit_code
    assert "a tree of 5 leaves is not the beginning of one of 0" in " ".join(done.stderr.split())
