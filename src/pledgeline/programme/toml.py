"""Read TOML that may come from anybody: a link, a form, an upload, a file of another office.

The reader of the standard library needs memory that grows with the square of the length of a dotted
key, so that an address of 272 characters takes all memory of a machine; and what walks over the values
afterwards pays for each step down. So a text is looked over before it is read: nothing in it may stand
deeper than our files ever do. Nobody else reads TOML in this house; the lints see to that.
"""

import re
import tomllib  # noqa: TID251 - this is the one place
from collections.abc import Iterator
from datetime import date
from typing import Any

from pledgeline.programme.findings import way_out_of
from pledgeline.programme.sentences import Sentence, sentence

DEEPEST = 20
"""Units: steps. Each part of a header and of a key is one, and each bracket around a value. Our files need 7."""

_LONGEST_NUMBER = 4_300
"""Units: digits. Python reads no longer one, as its time too grows with the square."""

_SIGN = re.compile(r"""[.,=\[\]{}\n#"']""")
_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


class NotToml(ValueError):
    """A text is no TOML that we read: what is wrong, and in which line, counted from 1."""

    def __init__(self, said: Sentence, *, line: int) -> None:
        super().__init__(said)
        self.said, self.line = said, line

    @property
    def wrong(self) -> str:
        return str(self.said)

    @property
    def way_out(self) -> str:
        return way_out_of(self.said)


def read_toml(text: str) -> dict[str, Any]:
    """Give the values of a TOML text.

    Raises:  NotToml, whatever is wrong with it.

    >>> read_toml("a.b = 1")
    {'a': {'b': 1}}
    """
    text = text.replace("\r\n", "\n")
    for here, depth in _depths(text):
        if depth > DEEPEST:
            raise NotToml(sentence("toml.too-deep", most=DEEPEST), line=_line_at(text, here))
    try:
        return tomllib.loads(text)
    except RecursionError:  # not reached before the depth is, unless somebody called us from far down
        raise NotToml(sentence("toml.nested-too-deeply"), line=1) from None
    except ValueError as problem:
        raise _explained(text, str(problem)) from None


def _depths(text: str) -> Iterator[tuple[int, int]]:
    """Walk over a text and say how deep it goes, sign by sign.

    This has to agree with the reader up to the first mistake only, since the reader ends there.

    Shape:   pairs of a character, counted from 0, and the depth of what follows it.
    """
    table = parts = 0  # how deep the table stands that the last header began, and the key that is being read
    around: list[int] = []  # how deep the contents of each open bracket stand
    is_header = is_value = False
    here = 0
    while sign := _SIGN.search(text, here):
        mark, here = sign[0], sign.end()
        if mark == "#":
            end = text.find("\n", here)
            here = len(text) if end < 0 else end
        elif mark in "\"'":
            here = _end_of_text(text, sign.start())
        elif mark == "=":
            is_value = True
        elif mark == ".":
            parts += not is_value  # in a number or a time it parts nothing
        elif mark in "[{" and not around and not is_value:
            is_header, parts = True, parts + 1
        elif mark in "[{":
            around.append((around[-1] if around else table) + parts + 1)
            is_value, parts = False, 0
        elif mark in "]}" and around:
            around.pop()
            is_value, parts = True, 0
        elif mark == "," or (mark == "\n" and around):
            is_value, parts = False, 0
        elif mark == "\n":
            table = parts if is_header else table
            is_header, is_value, parts = False, False, 0
        outside = around[-1] if around else table
        yield sign.start(), parts if is_header else outside + parts + 1


def _end_of_text(text: str, start: int) -> int:
    """Give the place behind a text in quotes that begins at `start`."""
    quote = text[start]
    fence = quote * 3 if text.startswith(quote * 3, start) else quote
    stops = fence + (r"|\\." if quote == '"' else "") + ("|\n" if fence == quote else "")
    here = start + len(fence)
    while stop := re.compile(stops, re.DOTALL).search(text, here):
        here = stop.end()
        if stop[0] == "\n":  # it should have ended before: the reader stops here
            return stop.start()
        if stop[0] == fence:
            more = len(fence) == 3  # up to two quotes may stand directly before the closing three
            return here + (len(text[here : here + 2]) - len(text[here : here + 2].lstrip(quote))) * more
    return len(text)


def _explained(text: str, problem: str) -> NotToml:
    """Say where and what, for what the reader found wrong."""
    found = _LINE.search(problem)
    if found:
        line = int(found[1]) if found[1] else _line_at(text.rstrip(), len(text))
        return NotToml(sentence("toml.not-valid", problem=_LINE.sub("", problem)[:200]), line=line)
    number = re.search(rf"[0-9_]{{{_LONGEST_NUMBER},}}", text)
    if number:
        return NotToml(
            sentence("toml.long-number", most=_LONGEST_NUMBER), line=_line_at(text, number.start())
        )
    # A day such as 2025-02-30 is well formed and still no day.
    day = next((day for day in _DAY.finditer(text) if not _is_day(day)), None)
    return NotToml(
        sentence("toml.not-valid", problem=problem), line=_line_at(text, day.start()) if day else 1
    )


def _line_at(text: str, here: int) -> int:
    return text.count("\n", 0, here) + 1


def _is_day(found: re.Match[str]) -> bool:
    try:
        date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return False
    return True
