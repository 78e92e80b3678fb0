"""Proofs and files: verify the books, give and compare checkpoints, and hand the books out."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pledgeline.actions import verification
from pledgeline.actions.long_files import not_long
from pledgeline.exchange.books import to_export
from pledgeline.exchange.iati.written import activity_file, organisation_file
from pledgeline.exchange.journal import to_beancount, to_hledger
from pledgeline.jobs.asking import NotNow
from pledgeline.ledger import Entry, SigningKey, verifier
from pledgeline.ledger.entries import time_text
from pledgeline.ledger.keys import is_vouched_for
from pledgeline.ledger.keys import published as published_keys
from pledgeline.ledger.verifier import Checkpoint, Wrong, is_consistent, leaf_hash, read_checkpoint
from pledgeline.queries.iati import NothingToPublish, entries_of, published
from pledgeline.records.books import StoredBooks, listed
from pledgeline.records.books.checkpoints import given_checkpoints, seen_by
from pledgeline.records.books.keys import key_ring, witness_keys
from pledgeline.records.models import ProgrammeRecord
from pledgeline.web.asked import asker_of
from pledgeline.web.books.asked import AskedBooks, ask_books, file_name, mark_of, show_books
from pledgeline.web.books.journal import entry_at
from pledgeline.web.downloads import attached
from pledgeline.web.jobs import elapsed_seconds, why_it_waits

MOST_GIVEN = 10
"""So many checkpoints that were given are listed."""

MOST_BYTES = 20_000
"""No checkpoint is longer; what is longer is another file."""


class CheckpointForm(forms.Form):
    """An older checkpoint, as a file or as text."""

    file = forms.FileField(
        label=_("File of the checkpoint"), required=False, error_messages={"empty": _("The file is empty.")}
    )
    text = forms.CharField(
        label=_("or its text"),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            cleaned["checkpoint"] = read_checkpoint(self._note(cleaned))
        except Wrong as error:
            field = "file" if cleaned.get("file") else "text"
            self.add_error(
                field,
                forms.ValidationError(_("This is no checkpoint: %(why)s."), params={"why": str(error)}),
            )
        return cleaned

    def _note(self, cleaned: dict[str, Any]) -> str:
        """Give the text; line ends that a browser or a mail program made are put back."""
        if not cleaned.get("file"):
            text = str(cleaned.get("text", "")).replace("\r\n", "\n").strip("\n")
            if not text.strip():
                raise Wrong(str(_("choose a file, or paste the text")))
            return f"{text}\n" if "\n\n" in text else f"{text}\n\n"
        if cleaned["file"].size > MOST_BYTES:
            raise Wrong(str(_("it has more than 20,000 bytes")))
        try:
            return str(cleaned["file"].read().decode()).replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise Wrong(str(_("it is not text in UTF-8"))) from None


def proofs_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the proofs; on request have the books verified, or hold an older checkpoint against them."""
    asked = ask_books(request, slug)
    books = asked.books
    wanted = request.POST.get("do", "")
    form = CheckpointForm(request.POST, request.FILES) if wanted == "compare" else CheckpointForm()
    context: dict[str, Any] = {"form": form, "compared": None, "refused": ""}
    if wanted == "compare" and form.is_valid():
        context["compared"] = compared(books, form.cleaned_data["checkpoint"])
    if wanted == "verify":
        try:
            verification.ask_to_verify(books, asker=asker_of(request))
        except NotNow as error:
            context["refused"] = str(error)
        else:
            return redirect(f"{request.get_full_path()}#verification")
    job = verification.under_way(slug)
    return show_books(
        request,
        "proofs",
        asked,
        **context,
        job=job,
        elapsed=elapsed_seconds(job) if job else 0,
        waits_for=why_it_waits(job) if job else "",
        verified=verification.newest(slug),
        why_none=verification.why_none(slug),
        root=books.root().hex(),
        size=len(books),
        note=checkpoint_note(books),
        public_keys=key_ring().public,
        given=list(islice(given_checkpoints(books), MOST_GIVEN)),
        names_witnesses=bool(witness_keys()),
        mark=mark_of(asked.programme),
        stem=file_name(asked, ""),
    )


def compared(books: StoredBooks, checkpoint: Checkpoint) -> dict[str, object]:
    """Say whether a checkpoint is one of these books: the beginning of what they hold now, or not.

    It is held against the hashes that the books keep; whether those are the hashes of the entries is what
    verifying says, and takes longer.
    """
    said: dict[str, object] = {
        "checkpoint": checkpoint,
        "proof": [],
        "size": len(books),
        "signer": next((key for key in key_ring().public if is_vouched_for(checkpoint, key.text)), None),
        "has_keys": bool(key_ring().public),
        "cosigned": seen_by(checkpoint),
    }
    if checkpoint.origin != books.origin:
        return {**said, "answer": "other"}
    if checkpoint.size > len(books):
        return {**said, "answer": "ahead"}
    if books.root_of(checkpoint.size) != checkpoint.root:
        return {**said, "answer": "different", "root": books.root_of(checkpoint.size).hex()}
    tree = books.tree()
    proof = tree.consistency(checkpoint.size)
    if not is_consistent(checkpoint.size, checkpoint.root, len(books), books.root(), proof):
        return {**said, "answer": "different", "root": tree.root(checkpoint.size).hex()}
    ours = read_checkpoint(books.checkpoint(size=checkpoint.size))
    if checkpoint.trial_balance not in (None, ours.trial_balance):
        return {**said, "answer": "balances"}
    answer = "same" if checkpoint.size == len(books) else "beginning"
    return {**said, "answer": answer, "proof": [node.hex() for node in proof]}


# Checkpoints and proofs as files


def checkpoint_note(books: StoredBooks) -> str:
    """Give the checkpoint of the books as they are, made once for each size of the books and kept."""
    known = _NOTES.get(books.number)
    if known is None or known[0] != (books.root(), settings.BOOKS_KEY):
        known = ((books.root(), settings.BOOKS_KEY), books.checkpoint(keys=key_ring().signing))
        _NOTES[books.number] = known
    return known[1]


_NOTES: dict[int, tuple[tuple[bytes, str], str]] = {}
"""The newest checkpoint of each set of books, with what it was made from."""


def _file(asked: AskedBooks, content: str | bytes, what: str, kind: str) -> HttpResponse:
    return attached(content, file_name(asked, what), kind)


@require_safe
def checkpoint_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the checkpoint of all entries as a file."""
    asked = ask_books(request, slug)
    note = checkpoint_note(asked.books)
    return _file(asked, note, f"checkpoint-{len(asked.books)}.txt", "text/plain; charset=utf-8")


@require_safe
def published_file(request: HttpRequest) -> HttpResponse:
    """Give the newest checkpoint of all books that are public, and the keys that sign, for others to keep.

    Of books of which none was given yet it is the one of now.
    """
    rows = []
    for books in listed():
        given = next(given_checkpoints(books), None)
        note = given.note if given else checkpoint_note(books)
        rows.append(
            {
                "programme": books.programme,
                "origin": books.origin,
                "size": read_checkpoint(note).size,
                "checkpoint": note,
                "given_at": time_text(given.made_at) if given else None,
                "witnesses": [
                    {"witness": witness.witness, "at": time_text(witness.at)}
                    for witness in (given.seen if given else ())
                ],
            }
        )
    keys = [
        {"key": key.text, "since": key.since and str(key.since), "until": key.until and str(key.until)}
        for key in key_ring().public
    ]
    content = {"format": "pledgeline-checkpoints-1", "keys": keys, "books": rows}
    return HttpResponse(
        json.dumps(content, indent=1, ensure_ascii=False) + "\n",
        content_type="application/json",
        headers={
            "Content-Disposition": 'attachment; filename="checkpoints.json"',
            "Cache-Control": "no-store",
        },
    )


@require_safe
def keys_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the public keys that sign checkpoints of these books, and those that signed before, with their days."""
    asked = ask_books(request, slug)
    return _file(asked, published_keys(key_ring()), "keys.txt", "text/plain; charset=utf-8")


@require_safe
def inclusion_file(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Give the proof that an entry stands in the books: its leaf, the hashes beside its way up, the checkpoint."""
    asked = ask_books(request, slug)
    entry = entry_at(asked, position)
    books = asked.books
    proof = {
        "format": "pledgeline-inclusion-1",
        "origin": books.origin,
        "mark": mark_of(asked.programme),
        "leaf": entry.leaf(),
        "leaf_hash": leaf_hash(entry.leaf_bytes()).hex(),
        "position": position,
        "size": len(books),
        "root": books.root().hex(),
        "proof": [node.hex() for node in books.tree().inclusion(position)],
        "checkpoint": checkpoint_note(books),
    }
    content = json.dumps(proof, indent=1, ensure_ascii=False) + "\n"
    return _file(asked, content, f"proof-{position}.json", "application/json")


@require_safe
def verifier_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the program that verifies an export and needs nothing else."""
    ask_books(request, slug)
    return attached(Path(verifier.__file__).read_bytes(), "verifier.py", "text/x-python; charset=utf-8")


# The books as files


class _Signed:
    """Books to be exported, with the checkpoint that was signed once."""

    def __init__(self, books: StoredBooks) -> None:
        self._books = books
        self.currencies = books.currencies

    @property
    def entries(self) -> Iterator[Entry]:
        return self._books.entries

    def checkpoint(self, *, origin: str, keys: Sequence[SigningKey]) -> str:
        assert origin == self._books.origin
        assert not keys
        return checkpoint_note(self._books)


@require_safe
def export_file(request: HttpRequest, slug: str, form: str) -> HttpResponse | StreamingHttpResponse:
    """Give the whole books: lines of JSON to be verified, or a journal for Beancount or hledger.

    The lines are sent as they are made, however many: who verifies them is a program, and no job's page leads it on.

    Raises:  IsLong where a job is to write the journal.
    """
    asked = ask_books(request, slug)
    books = asked.books
    title = " · ".join(part for part in (books.name, mark_of(asked.programme)) if part)
    if form == "jsonl":
        response = StreamingHttpResponse(
            to_export(_Signed(books), origin=books.origin), content_type="application/jsonl"
        )
        response["Content-Disposition"] = f'attachment; filename="{file_name(asked, "books.jsonl")}"'
        return response
    if form == "beancount":
        return _file(
            asked,
            to_beancount(list(not_long(books.entries)), title),
            "books.beancount",
            "text/plain; charset=utf-8",
        )
    if form == "hledger":
        return _file(
            asked,
            to_hledger(list(not_long(books.entries)), title),
            "books.journal",
            "text/plain; charset=utf-8",
        )
    raise Http404


IATI_FILES = {"activities": activity_file, "organisations": organisation_file}


@require_safe
def iati_file(request: HttpRequest, slug: str, kind: str) -> StreamingHttpResponse:
    """Give the programme as IATI: the same file to everybody who may see the books, as it is there to be published."""
    asked = ask_books(request, slug)
    if kind not in IATI_FILES:
        raise Http404
    now = timezone.now()
    try:
        of = published(ProgrammeRecord.objects.get(slug=slug), asked.books, now=now)
    except NothingToPublish:
        raise Http404("nothing has happened yet") from None
    response = StreamingHttpResponse(
        IATI_FILES[kind](of, entries_of(asked.books), now=now), content_type="application/xml"
    )
    name = file_name(asked, f"iati-{kind}.xml")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
