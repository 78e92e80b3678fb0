"""Corrections: what an entry says now, after all that was corrected and taken back, and what it should have said.

An entry and those that correct it or take it back, one after the other, are a *chain*: each is taken back by
the next. What holds in the end is a *version*: which entries make the figure, and what they say together.
A correction is of the version in force, and becomes one entry.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pledgeline.ledger import stages
from pledgeline.ledger.book import Books
from pledgeline.ledger.entries import Draft, Entry, time_text
from pledgeline.ledger.refusals import Refusal, RefusalRaised
from pledgeline.ledger.schema import MODELS, BooksEvent, form_of, own_fields, read_said, sealed_body
from pledgeline.ledger.schema.models import HEAD, CorrectingEvent
from pledgeline.ledger.state import Balances

AMOUNT_IS = {
    "deliver": "cost",
    "accept": "cost",
    "reject": "cost",
    "cancel_units": "cost",
    "write_off_lot": "cost",
    "convert": "received",
}
"""What the amount of an entry is called in these events; in the others it is `amount`."""

PlainDraft = Callable[[BooksEvent, Balances], Draft | Refusal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What an entry says now: the entry that said it last, all that make the figure, and the event they come to."""

    entry: Entry
    entries: tuple[Entry, ...]
    body: Mapping[str, Any]

    @property
    def form(self) -> str:
        """Give the name of the event's form."""
        return form_of(str(self.body["type"]), "lot" in self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The last entry of a chain, and the version that holds after it: none where all was taken back."""

    last: Entry
    version: Version | None


def chain_of(book: Books, key: str) -> Chain:
    """Follow an entry to the first one of its chain, and from there to what holds now.

    Raises:  RefusalRaised where there is no such entry, or where one cannot be read any more.
    """
    entry = _entry(book, key)
    while entry.takes_back:
        entry = _entry(book, entry.takes_back)
    versions: list[Version | None] = [None, Version(entry=entry, entries=(entry,), body=_body(entry))]
    while taker := book.taken_back_by(entry.key):
        entry = _entry(book, taker)
        versions.append(_after(entry, versions))
    return Chain(last=entry, version=versions[-1])


def _after(entry: Entry, versions: list[Version | None]) -> Version | None:
    """Give the version after an entry that takes back the newest one: the one before that, or a new one."""
    body = _body(entry)
    before = versions[-1]
    if body["type"] == "reverse":
        return versions[-2] if entry.kind == "reverse" else None
    assert before is not None, "only what holds is corrected"
    return Version(
        entry=entry, entries=(*before.entries, entry), body=_restated(before, _changes(body), _left_out(body))
    )


def _entry(book: Books, key: str) -> Entry:
    entry = book.entry(key)
    if entry is None:
        raise RefusalRaised("unknown-entry.key", key=key, at="/of")
    return entry


def _body(entry: Entry) -> dict[str, object]:
    """Give what an entry says, if it is what an event can say today."""
    body: dict[str, object] = json.loads(entry.body)
    read = read_said({**body, "recorded_at": time_text(entry.recorded_at)})
    if isinstance(read, Refusal) or sealed_body(read) != body:
        raise RefusalRaised("cannot-be-restated.old-form", **_named(entry))
    return body


def taking_back(book: Books, key: str) -> Draft:
    """Make the draft that takes an entry back, whole.

    Raises:  RefusalRaised where it is not in force.
    """
    entry = _entry(book, key)
    if not book.taken_back_by(key):
        return stages.reverse(entry)
    chain = chain_of(book, key)
    version = _in_force(chain, key)
    if len(version.entries) > 1:
        raise RefusalRaised("cannot-be-restated.restored", **_named(entry))
    return stages.withdraw(version.entries, chain.last.key)


def correction(
    book: Books, state: Balances, event: CorrectingEvent, plain_draft: PlainDraft
) -> Draft | Refusal:
    """Make the draft that puts what should have been in the place of an entry.

    Raises:  RefusalRaised.
    """
    chain, version = _to_correct(book, event.of)
    said = sealed_body(event)
    changes, left_out = _changes(said), _left_out(said)
    if not changes and not left_out:
        raise RefusalRaised("missing-field.nothing-corrected")
    restated = read_said(
        {
            **_restated(version, changes, left_out),
            "recorded_at": time_text(event.recorded_at),
        }
    )
    if isinstance(restated, Refusal):
        raise RefusalRaised(replace(restated, others=()))
    again: BooksEvent = restated
    return stages.correct(state, version.entries, chain.last.key, lambda without: plain_draft(again, without))


def _in_force(chain: Chain, key: str) -> Version:
    """Give the version in force, if it is what the entry with the key says."""
    version = chain.version
    if version is None:
        raise RefusalRaised("taken-back-before.by", key=key, taker=chain.last.key, at="/of")
    if version.entry.key != key:
        raise RefusalRaised("taken-back-before.replaced", key=key, holds=version.entry.key, at="/of")
    return version


def version_to_correct(book: Books, key: str) -> Version:
    """Give what an entry says now, if it is in force and can be corrected.

    Raises:  RefusalRaised.
    """
    return _to_correct(book, key)[1]


def _to_correct(book: Books, key: str) -> tuple[Chain, Version]:
    chain, entry = chain_of(book, key), _entry(book, key)
    if _body(entry)["type"] == "reverse":
        holds = chain.version
        if holds is None:
            raise RefusalRaised("cannot-be-restated.took-back", **_named(entry))
        raise RefusalRaised("cannot-be-restated.took-back-what-holds", holds=holds.entry.key, **_named(entry))
    return chain, _in_force(chain, key)


def _changes(said: Mapping[str, object]) -> dict[str, object]:
    """Give what a correction says anew."""
    return {name: value for name, value in said.items() if name not in HEAD | {"of", "without"}}


def _left_out(said: Mapping[str, Any]) -> list[str]:
    return list(said.get("without", ()))


def _restated(version: Version, changes: Mapping[str, object], left_out: list[str]) -> dict[str, object]:
    """Give the event as it should have been: every field that is named belongs to it."""
    fields = own_fields(MODELS[version.form])
    changes = _with_its_amount(version, changes, fields)
    for name in (*changes, *left_out):
        if name not in fields:
            raise RefusalRaised(
                "unknown-field.of-entry",
                field=name,
                entry=version.entry.key,
                type=version.body["type"],
                fields=", ".join(fields),
                at=f"/{name}",
            )
    for name in left_out:
        if fields[name].is_required() or name in changes:
            raise RefusalRaised(
                "missing-field.left-out",
                field=name,
                entry=version.entry.key,
                type=version.body["type"],
                at="/without",
            )
    kept = {name: value for name, value in version.body.items() if name not in left_out}
    if (
        "amount" in kept
        and "unit_price" in fields
        and "amount" not in changes
        and changes.keys() & {"qty", "unit_price"}
    ):
        raise RefusalRaised("cannot-be-restated.costs-together", **_named(version.entry))
    return {**kept, **changes}


def _with_its_amount(
    version: Version, changes: Mapping[str, Any], fields: Mapping[str, object]
) -> dict[str, object]:
    """Put a new amount into the field that holds the amount of the event."""
    if "amount" not in changes or "amount" in fields:
        return dict(changes)
    amount = changes["amount"]
    others = {name: value for name, value in changes.items() if name != "amount"}
    if version.form == "journal":
        new: dict[str, object] = {"postings": _with_amount(version, amount)}
    elif version.form in AMOUNT_IS:
        new = {AMOUNT_IS[version.form]: amount}
    else:
        raise RefusalRaised("cannot-be-restated.no-amount", **_named(version.entry))
    if new.keys() & others.keys():
        raise RefusalRaised("cannot-be-restated.two-amounts", field=next(iter(new)), **_named(version.entry))
    return {**others, **new}


def _with_amount(version: Version, minor: int) -> list[dict[str, object]]:
    """Put another amount into a journal whose postings all are of one amount."""
    postings: list[dict[str, Any]] = version.body["postings"]
    if len({abs(posting["amount"]) for posting in postings}) != 1:
        raise RefusalRaised("cannot-be-restated.several-amounts", **_named(version.entry))
    return [{**posting, "amount": minor if posting["amount"] > 0 else -minor} for posting in postings]


def _named(entry: Entry) -> dict[str, str]:
    """Give what a sentence says of an entry that cannot be restated."""
    return {"entry": entry.key, "type": entry.kind}
