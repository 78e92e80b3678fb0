"""Texts that are one text: reprints and copies, found by the runs of words that they share."""

import re
from collections.abc import Mapping

from pledgeline.evidence.reading.texts import text_of

RUN = 5
"""Units: words of a run. Two reports of one event share names and sums, seldom five words in a row."""

ALIKE = 0.6
"""The part of the shorter text's runs that a reprint has in common with the other."""

_FEWEST = 8
_WORD = re.compile(r"\w+")


def runs_of(text: str) -> frozenset[int]:
    words = [match[0].lower() for match in _WORD.finditer(text_of(text).seen)]
    return frozenset(hash(tuple(words[start : start + RUN])) for start in range(len(words) - RUN + 1))


def repeats(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give the pairs of texts of which one repeats the other."""
    runs = {id_: found for id_, text in texts.items() if len(found := runs_of(text)) >= _FEWEST}
    holders: dict[int, list[str]] = {}
    shared: dict[tuple[str, str], int] = {}
    for id_, found in runs.items():
        for run in found:
            for other in holders.setdefault(run, [])[:50]:
                shared[other, id_] = shared.get((other, id_), 0) + 1
            holders[run].append(id_)
    return sorted(
        pair for pair, count in shared.items() if count >= ALIKE * min(len(runs[pair[0]]), len(runs[pair[1]]))
    )
