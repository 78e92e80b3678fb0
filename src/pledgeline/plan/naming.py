"""Names in a sentence: the first few, and how many more there are."""

from collections.abc import Sequence

from pledgeline.programme.sentences import Sentence, sentence


def named(names: Sequence[str], most: int) -> Sentence:
    """Name the first `most` and count the rest.

    >>> str(named(["A", "B"], 3)), str(named(["A", "B", "C"], 2))
    ('A, B', 'A, B and 1 more')
    """
    first, rest = tuple(names[:most]), len(names) - most
    if rest > 0:
        return sentence("plan.names.more", names=first, more=rest)
    return sentence("plan.names", names=first)
