"""Events as data: an object of a file or a request becomes a call of `stages`.

An event says what happened in the words of the field, with amounts in minor units. What cannot be read
is refused like what cannot be entered: with a code and a way out, and nothing is changed.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from pledgeline.ledger.book import Books, Posted, Replayed
from pledgeline.ledger.drafts import draft_of
from pledgeline.ledger.entries import Draft, Private
from pledgeline.ledger.refusals import Refusal, refusal_of
from pledgeline.ledger.schema import BooksEvent, read_said, sealed_body


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event as its closed model has read it, with what the books keep beside it."""

    said: BooksEvent
    private: tuple[Private, ...] = ()

    @property
    def key(self) -> str:
        return self.said.id

    @property
    def effective_on(self) -> date:
        return self.said.effective_on

    @property
    def recorded_at(self) -> datetime:
        return self.said.recorded_at

    def recorded(self, at: datetime) -> "Event":
        """Give the event as one that is written down at this moment, whatever it says itself."""
        return replace(self, said=self.said.model_copy(update={"recorded_at": at.astimezone(UTC)}))

    @property
    def body(self) -> dict[str, object]:
        """Give what the books seal: the same whoever wrote the event, and in whose words."""
        return sealed_body(self.said)


def read_event(raw: object, *, today: date) -> Event | Refusal:
    """Read an event. What it means in the books is asked when it is entered.

    Means:   what happened did not happen after `today`; a day that is only planned may lie there.
    """
    said = read_said(raw)
    if isinstance(said, Refusal):
        return said
    if said.effective_on > today:
        return _not_yet("effective_on", said.effective_on, today)
    if said.recorded_at >= end_of(today):
        return _not_yet("recorded_at", said.recorded_at, today)
    return Event(said=said, private=(Private(name="note", text=said.note),) if said.note else ())


def end_of(day: date) -> datetime:
    """Give the moment at which a day has ended everywhere: its last hours are those twelve hours behind UTC."""
    return datetime.combine(day, time(12), UTC) + timedelta(days=1)


def _not_yet(name: str, day: date, today: date) -> Refusal:
    return refusal_of("in-the-future.day", field=name, day=day, today=today, at=f"/{name}")


def enter(book: Books, event: Event) -> Posted | Replayed | Refusal:
    """Enter an event into the books, once."""
    return book.enter(
        key=event.key,
        body=event.body,
        effective_on=event.effective_on,
        recorded_at=event.recorded_at,
        draft=lambda books: draft_of(event.said, books, books.state),
        private=event.private,
    )


def foresee(book: Books, event: Event) -> Draft | Replayed | Refusal:
    """Say what `enter` would enter, and enter nothing."""
    return book.foresee(
        key=event.key, body=event.body, draft=lambda books: draft_of(event.said, books, books.state)
    )
