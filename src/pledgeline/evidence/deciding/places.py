"""Find the words again that somebody quoted from a stored text: by what they say, and by where they should stand."""

from pledgeline.evidence.reading.texts import Span

MOST_TRIED = 10_000


def find_words(text: str, words: str, *, near: int = 0) -> Span | None:
    """Give the place of quoted words, the one nearest to `near` where they stand several times; None for nowhere.

    >>> find_words("one two one", "one", near=9)
    Span(start=8, end=11)
    """
    wanted = words.strip()
    if not wanted:
        return None
    best: Span | None = None
    start = text.find(wanted)
    for _ in range(MOST_TRIED):
        if start < 0:
            break
        if best is None or abs(start - near) < abs(best.start - near):
            best = Span(start, start + len(wanted))
        elif start > near:
            break
        start = text.find(wanted, start + 1)
    return best


def place_of(text: str, words: str, at: int | None, *, near: int = 0) -> Span | None:
    """Give the place of quoted words: where they are said to stand, if they do; else where they stand nearest."""
    wanted = words.strip()
    if at is not None and at >= 0 and wanted and text.startswith(wanted, at):
        return Span(at, at + len(wanted))
    return find_words(text, wanted, near=near if at is None else at)
