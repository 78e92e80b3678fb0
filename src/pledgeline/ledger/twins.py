"""Keys that look the same and are not: `C-1` with a Latin letter and with a Cyrillic one.

Two contributions that nobody can tell apart on a page are money that is counted twice. So a key that is new
to the books and looks like one that they have is refused, with the letter named.
"""

from typing import Any

from pledgeline.ledger.refusals import Refusal, Refused
from pledgeline.ledger.state import State
from pledgeline.programme.names import describe_letter, differing_letter, look_alike_key, name_key

BRINGS_IN = {
    "contribution": ("pledge",),
    "partner": ("pledge",),
    "line": ("allocate",),
    "lot": ("deliver",),
    "package": ("allocate",),
}
"""Which events can bring in a key of which noun; the others speak of keys that are there, or are refused."""


def require_no_twins(event: Any, state: State) -> None:
    """Refuse a key that is new and looks the same as one that the books have."""
    for name, kinds in BRINGS_IN.items():
        key = getattr(event, name, None)
        if key and event.type in kinds and (twin := state.twin_of(name, key)):
            raise Refused(
                "looks-the-same",
                f"The {name} “{key}” looks the same as “{twin}”, which the books have, and is another key"
                f"{_by(key, twin)}.",
                f"Write it as “{twin}” if that is meant; else choose a key that can be told apart.",
                f"/{name}",
            )


class IdsOfAFile:
    """The ids of a file so far: two that look the same would enter one event twice."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def refusal(self, key: str) -> Refusal | None:
        """Note an id, and refuse one that looks the same as an earlier one and has other letters."""
        twin = self._ids.setdefault(look_alike_key(key), key)
        if name_key(twin) == name_key(key):
            return None
        return Refusal(
            code="ledger.looks-the-same",
            wrong=f"The id “{key}” looks the same as “{twin}”, which the file has, and is another id{_by(key, twin)}.",
            way_out=f"Write it as “{twin}” if it is that event; else choose an id that can be told apart.",
            at="/id",
        )


def _by(key: str, twin: str) -> str:
    letter, other = differing_letter(key, twin), differing_letter(twin, key)
    if letter is None:
        return ""
    return f": it has {describe_letter(letter)}" + (f" for {describe_letter(other)}" if other else "")
