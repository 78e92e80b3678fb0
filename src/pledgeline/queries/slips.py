"""What somebody should look at again before an event is entered: it may be meant, and looks like a slip."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Sum

from pledgeline.ledger import Balances
from pledgeline.ledger.twins import BRINGS_IN
from pledgeline.money import Amount
from pledgeline.programme.findings import Finding, Place, Severity
from pledgeline.programme.nouns import at_field
from pledgeline.programme.sentences import Param, sentence
from pledgeline.records.books import StoredBooks
from pledgeline.records.models import EntryRecord, PostingRecord


def is_same_again(books: StoredBooks, event: Mapping[str, Any]) -> bool:
    """Say whether the same amount of a contribution was entered as the same kind of event on the same day."""
    entries = EntryRecord.objects.filter(
        books_id=books.number,
        kind=event["type"],
        effective_on=event["effective_on"],
        taken_back_by=None,
        postings__spot__contribution=event["contribution"],
        postings__spot__currency=event["currency"],
        postings__amount=event["amount"],
    )
    return entries.exists()


def entered_that_day(books: StoredBooks, event: Mapping[str, Any], contributions: Iterable[str]) -> int:
    """Give what was entered of some contributions as the same kind of event on the same day. Units: minor units."""
    postings = PostingRecord.objects.filter(
        entry__books_id=books.number,
        entry__kind=event["type"],
        entry__effective_on=event["effective_on"],
        entry__taken_back_by=None,
        spot__contribution__in=list(contributions),
        spot__currency=event["currency"],
        amount__gt=0,
    )
    return postings.aggregate(sum=Sum("amount"))["sum"] or 0


def slips_in(books: StoredBooks, state: Balances, event: Mapping[str, Any]) -> list[Finding]:
    """List what looks like a slip in an event that was not entered yet; nothing where it was."""
    if books.entry(event["id"]) is not None:
        return []
    return [*_same_again(books, event), *_new_line(state, event)]


def _same_again(books: StoredBooks, event: Mapping[str, Any]) -> Iterator[Finding]:
    if all(event.get(name) for name in ("contribution", "currency", "amount")) and is_same_again(
        books, event
    ):
        amount = Amount(event["amount"], event["currency"])
        yield _asked("contribution.again.same-day", "amount", amount=amount)


def _new_line(state: Balances, event: Mapping[str, Any]) -> Iterator[Finding]:
    """Ask about a line that nobody has used, where there are others: the first line of books is no slip."""
    line = event.get("line")
    if line and event["type"] in BRINGS_IN["line"] and state.has_lines() and not state.knows_line(line):
        yield _asked("contribution.new-line.key", "line", line=line)


def _asked(code: str, at: str, **params: Param) -> Finding:
    place = at_field(Place(file="event"), at)
    return Finding(place=place, said=sentence(code, **params), severity=Severity.WARNING)
