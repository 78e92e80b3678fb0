"""Anything that no other event says, and taking an entry back."""

from collections.abc import Callable, Collection

from pledgeline.ledger.entries import Draft, Entry, Posting
from pledgeline.ledger.refusals import Refusal, or_refusal
from pledgeline.ledger.state import State, joined, negated


@or_refusal
def journal(postings: Collection[Posting]) -> Draft:
    """Move money freely, for what no other event says; only the rules hold."""
    return Draft(kind="journal", postings=tuple(postings))


def reverse(entry: Entry) -> Draft:
    """Take an entry back: every posting and every unit the other way round. Once for each entry."""
    return negated(entry)


def correct(state: State, entry: Entry, again: Callable[[State], Draft | Refusal]) -> Draft | Refusal:
    """Take an entry back and put what should have been in its place, in one entry.

    `again` makes the event anew with the books as they would be without the old one. Whose a contribution is
    and in which currency it was pledged stay: other entries rest on that.
    """
    undone = negated(entry)
    without = state.after(undone)
    without.disagree(term for term in entry.terms if term.name == "package")
    new = again(without)
    return new if isinstance(new, Refusal) else joined("correct", undone, new)
