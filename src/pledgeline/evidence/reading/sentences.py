"""Where sentences begin and end in the text of a report."""

import re
from collections.abc import Iterator

from pledgeline.evidence.reading.texts import Span

_END = re.compile(r"""[.!?…]+["'”»)\]]*(?=\s)|\n+""")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sen|Rep|St|No|vs|approx|ca|Mio|Mrd|Tsd|Bio|bzw|Nr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|"
    r"Okt|Nov|Dec|Dez|janv|févr|avr|juil|млн|млрд|тис|трлн|ім|р|рр|ст|див|напр|e\.g|i\.e|z\.B|d\.h|u\.a|т\.зв)"
    r"|\b(?:[A-ZА-ЯІЇЄ]\.)*[A-ZА-ЯІЇЄ]|(?:^|\s)\d{1,2})\.$"
)
_WRAPPED = re.compile(r"\n[ ]*[a-zа-яіїєґäöüéèàç]")
_BACK = 12

LONGEST_SENTENCE = 1_500
"""Units: characters."""


def sentences(seen: str) -> list[Span]:
    """Give the sentences of a text: a line end parts them, too, unless the next line goes on in small letters."""
    return [part for span in _cut(seen) for part in _bounded(span) if seen[part.start : part.end].strip()]


def _bounded(span: Span) -> Iterator[Span]:
    """Part what no person writes as one sentence, so that no rule meets one without end."""
    for start in range(span.start, span.end, LONGEST_SENTENCE):
        yield Span(start, min(span.end, start + LONGEST_SENTENCE))


def _cut(seen: str) -> Iterator[Span]:
    start = 0
    for end in _END.finditer(seen):
        if end[0][0] == "\n":
            if len(end[0]) == 1 and _WRAPPED.match(seen, end.start()):
                continue
        elif _goes_on(seen, end.start(), end.end()):
            continue
        yield _trimmed(seen, start, end.end())
        start = end.end()
    yield _trimmed(seen, start, len(seen))


def _goes_on(seen: str, start: int, end: int) -> bool:
    after = seen[end : end + 5].lstrip(" –—-")
    if after and after[0].islower():
        return True
    if seen[start] == "." and seen.startswith(("США", "US", "Euro", "€"), end + 1):
        return True
    return bool(_ABBREVIATED.search(seen[max(0, end - _BACK) : end]))


def _trimmed(seen: str, start: int, end: int) -> Span:
    while start < end and seen[start].isspace():
        start += 1
    while end > start and seen[end - 1].isspace():
        end -= 1
    return Span(start, end)
