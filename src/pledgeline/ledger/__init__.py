"""The books: where every cent is, how it got there, and the proof that nobody changed it."""

from pledgeline.ledger.accounts import STAGES, Account, Spot
from pledgeline.ledger.book import Book, Books, Posted, Replayed, Shortfall
from pledgeline.ledger.entries import AgreedTerm, Draft, Entry, Goods, Posting, Private
from pledgeline.ledger.event_files import EventFile, event_file_of, read_event_file
from pledgeline.ledger.events import Event, enter, foresee, read_event
from pledgeline.ledger.keys import KeyRing, SigningKey
from pledgeline.ledger.refusals import Refusal
from pledgeline.ledger.replay import Replay, replay_events
from pledgeline.ledger.rules import checked
from pledgeline.ledger.state import Balances

__all__ = [
    "STAGES",
    "Account",
    "AgreedTerm",
    "Balances",
    "Book",
    "Books",
    "Draft",
    "Entry",
    "Event",
    "EventFile",
    "Goods",
    "KeyRing",
    "Posted",
    "Posting",
    "Private",
    "Refusal",
    "Replay",
    "Replayed",
    "Shortfall",
    "SigningKey",
    "Spot",
    "checked",
    "enter",
    "event_file_of",
    "foresee",
    "read_event",
    "read_event_file",
    "replay_events",
]
