"""Keys that look the same and are not: `C-1` with a Latin letter and with a Cyrillic one.

Two contributions that nobody can tell apart on a page are money that is counted twice. So a key that is new
to the books and looks like one that they have is refused, with the letter named.
"""

from collections.abc import Callable

from pledgeline.ledger.refusals import Refusal, RefusalRaised, refusal_of
from pledgeline.ledger.schema import BooksEvent
from pledgeline.ledger.state import Balances
from pledgeline.programme.names import (
    describe_letter,
    differing_letter,
    look_alike_key,
    look_alikes,
    name_key,
)

_OF_CASH = ("cash_advance", "cash_invoice", "cash_settle", "cash_paid", "cash_refund")

BRINGS_IN = {
    "contribution": ("pledge",),
    "partner": ("pledge",),
    "line": ("allocate", "cash_fee", *_OF_CASH),
    "lot": ("deliver", "cash_fee", *_OF_CASH),
    "package": ("allocate",),
}
"""Which events can bring in a key of which noun; the others speak of keys that are there, or are refused."""


def require_no_twins(event: BooksEvent, state: Balances) -> None:
    """Refuse a key that is new and looks the same as one that the books have."""
    for name, kinds in BRINGS_IN.items():
        if event.type in kinds:
            _require_no_twin(name, getattr(event, name, None), state, f"/{name}")
    for place, posting in enumerate(getattr(event, "postings", None) or ()):
        for name in ("line", "lot"):
            _require_no_twin(name, getattr(posting, name), state, f"/postings/{place}/{name}")


def _require_no_twin(noun: str, key: str | None, state: Balances, at: str) -> None:
    if key and (twin := state.twin_of(noun, key)):
        raise RefusalRaised("looks-the-same.key", noun=noun, key=key, twin=twin, at=at, **_letters(key, twin))


def twin_id_refused(key: str, is_there: Callable[[str], bool]) -> Refusal | None:
    """Refuse the id of an event that looks the same as one in the books: the event would be entered twice."""
    twin = next((twin for twin in look_alikes(key) if is_there(twin)), None)
    return None if twin is None else _twin_id(key, twin, "books")


def _twin_id(key: str, twin: str, place: str) -> Refusal:
    return refusal_of("looks-the-same.id", key=key, twin=twin, place=place, at="/id", **_letters(key, twin))


class IdsOfAFile:
    """The ids of a file so far: two that look the same would enter one event twice."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def refusal(self, key: str) -> Refusal | None:
        """Note an id, and refuse one that looks the same as an earlier one and has other letters."""
        twin = self._ids.setdefault(look_alike_key(key), key)
        if name_key(twin) == name_key(key):
            return None
        return _twin_id(key, twin, "file")


def _letters(key: str, twin: str) -> dict[str, str]:
    """Give the letter by which a key is another one than its twin, and the twin's, as far as there are any."""
    letter, other = differing_letter(key, twin), differing_letter(twin, key)
    if letter is None:
        return {"letters": "none"}
    if not other:
        return {"letters": "one", "letter": describe_letter(letter)}
    return {"letters": "two", "letter": describe_letter(letter), "other": describe_letter(other)}
