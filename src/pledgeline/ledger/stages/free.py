"""Anything that no other event says, and taking an entry back."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pledgeline.ledger.entries import Draft, Entry, Posting
from pledgeline.ledger.refusals import Refusal, or_refusal
from pledgeline.ledger.rules import require_postings
from pledgeline.ledger.state import Balances, joined, negated


@or_refusal
def journal(postings: Sequence[Posting]) -> Draft:
    """Move money freely, for what no other event says; only the rules hold.

    That it moves something is asked here as well: in a correction it is joined to what it takes back.
    """
    require_postings(postings)
    return Draft(kind="journal", postings=tuple(postings))


def reverse(entry: Entry) -> Draft:
    """Take an entry back: every posting and every unit the other way round. Once for each entry."""
    return negated(entry)


def withdraw(entries: Sequence[Entry], takes_back: str) -> Draft:
    """Take back a figure that was restored: a correction that puts nothing in its place."""
    return joined("correct", _undone(entries, takes_back))


def correct(
    state: Balances, entries: Sequence[Entry], takes_back: str, again: Callable[[Balances], Draft | Refusal]
) -> Draft | Refusal:
    """Take back the entries that make a figure, and put what should have been in its place, in one entry.

    `again` makes the event anew with the books as they would be without them. Whose a contribution is and in
    which currency it was pledged stay: other entries rest on that.
    """
    undone = _undone(entries, takes_back)
    without = state.after(undone)
    without.disagree(term for entry in entries for term in entry.terms if term.name == "package")
    new = again(without)
    return new if isinstance(new, Refusal) else joined("correct", undone, new)


def _undone(entries: Sequence[Entry], takes_back: str) -> Draft:
    """Undo entries, the newest first; what is taken back in the log is the last one that was said of them."""
    undone = joined("reverse", *(negated(entry) for entry in reversed(entries)))
    return replace(undone, takes_back=takes_back)
