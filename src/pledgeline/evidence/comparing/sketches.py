"""Find reports that are one report: a reprint, or a text that takes over most of another one.

Of each text its runs of five words are numbered by a digest, and the smallest numbers are kept: how many of them two
texts share says how much they have in common (a bottom-k sketch). Nothing depends on order or chance.

Source:  A. Broder, On the resemblance and containment of documents, 1997.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

WORDS = 5
"""Words of one run. Shorter runs are shared by chance, longer ones are broken by one changed word."""

KEPT = 200
"""Numbers of one sketch: so many tell a share to within some three points of a hundred."""

ALIKE = 0.4
"""From this share on one text is taken for a reprint of the other: a reprint changes title, quotes and the end."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Another text, and how much of the smaller one of both is in the other, in hundredths."""

    key: str
    percent: int


def sketch_of(text: str) -> list[int]:
    """Give the smallest numbers of the runs of words of a text, in their order; none for a few words."""
    words = [match[0] for match in _WORD.finditer(text.casefold())]
    numbers = {_number(" ".join(words[place : place + WORDS])) for place in range(len(words) - WORDS + 1)}
    return sorted(numbers)[:KEPT]


def _number(run: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "big"
    )


def share(first: Sequence[int], second: Sequence[int]) -> float:
    """Estimate which share of all runs of two texts both have."""
    both = sorted({*first, *second})[: min(KEPT, max(len(first), len(second)))]
    if not first or not second or not both:
        return 0.0
    here, there = set(first), set(second)
    return sum(number in here and number in there for number in both) / len(both)


def reprints(sketch: Sequence[int], others: dict[str, Sequence[int]]) -> list[Likeness]:
    """Name the texts that are a reprint of one, the likest first."""
    found = [
        Likeness(key=key, percent=round(alike * 100))
        for key, other in others.items()
        if (alike := share(sketch, other)) >= ALIKE
    ]
    return sorted(found, key=lambda likeness: (-likeness.percent, likeness.key))
