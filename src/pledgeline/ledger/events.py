"""Events as data: an object of a file or a request becomes a call of `stages`.

An event says what happened in the words of the field, with amounts in minor units. What cannot be read
is refused like what cannot be entered: with a code and a way out, and nothing is changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pledgeline.ledger.book import Books, Posted, Replayed
from pledgeline.ledger.entries import Draft, Private, body_text
from pledgeline.ledger.fields import Fields
from pledgeline.ledger.readers import DRAFTS, OTHER_TYPES, draft_of
from pledgeline.ledger.refusals import Refusal, Refused, or_refusal

NOT_IN_BODY = frozenset({"expect", "note", "salt", "recorded_at", "batch"})
"""What is said about an event without being part of it: the same event again may say it differently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event that could be read so far that it has a key, a type and its two dates."""

    key: str
    kind: str
    effective_on: date
    recorded_at: datetime
    body: Mapping[str, Any]
    private: tuple[Private, ...] = ()


@or_refusal
def read_event(raw: object) -> Event:
    """Read what every event has. What its type needs is read when it is entered."""
    if not isinstance(raw, Mapping):
        raise Refused("unknown-event", "An event is a JSON object.", "Write it as one, with id and type.")
    fields = Fields(raw)
    key = fields.key("id", "key")
    kind = fields.key("type", "event", "kind")
    kind = OTHER_TYPES.get(kind, kind)
    if kind not in DRAFTS:
        raise Refused(
            "unknown-event",
            f"There is no event “{kind}”.",
            f"The types are {', '.join(sorted(DRAFTS))}.",
        )
    body = {name: value for name, value in raw.items() if name not in NOT_IN_BODY}
    try:
        body_text(body).encode()
    except (ValueError, RecursionError, TypeError):
        raise Refused(
            "not-a-text", "The event has a text that cannot be written as UTF-8.", "Correct the text."
        ) from None
    note = fields.note()
    return Event(
        key=key,
        kind=kind,
        effective_on=fields.day("effective_on"),
        recorded_at=fields.moment("recorded_at"),
        body=body,
        private=(Private(name="note", text=note, salt=fields.salt()),) if note else (),
    )


def enter(book: Books, event: Event) -> Posted | Replayed | Refusal:
    """Enter an event into the books, once."""
    return book.enter(
        key=event.key,
        body=event.body,
        effective_on=event.effective_on,
        recorded_at=event.recorded_at,
        draft=lambda books: draft_of(event.kind, event.body, books, books.state),
        private=event.private,
    )


def foresee(book: Books, event: Event) -> Draft | Replayed | Refusal:
    """Say what `enter` would enter, and enter nothing."""
    return book.foresee(
        key=event.key,
        body=event.body,
        draft=lambda books: draft_of(event.kind, event.body, books, books.state),
    )
