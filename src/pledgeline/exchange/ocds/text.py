"""Bytes become a JSON value, or findings: within bounded time and memory, and with the line of every value at hand.

The standard library's reader says where a fault of the form is, but takes the last of two fields of one name, a
number that is none, and any depth that its stack holds; and it forgets where a value stood. So the tokens are walked
once before it reads, and once more for the lines of those values that something was found wrong with.
"""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pledgeline.exchange.ocds.catalogue import Objection, Path
from pledgeline.programme.sentences import Sentence, sentence

MOST_BYTES = 50_000_000
MOST_VALUES = 2_000_000
DEEPEST = 64
"""Units: lists and objects within each other. The standard itself goes no deeper than ten."""

LONGEST_NUMBER = 60
"""Units: characters."""

MOST_FAULTS = 100
"""Units: findings of the form of one file; nobody corrects more before reading it again."""

_BLANK = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\\x00-\x1f]|\\.)*+")|(?P<mark>[{}\[\]:,])|(?P<number>-?[0-9][0-9.eE+-]*)'
    r"|(?P<no_number>-?Infinity|NaN)|(?P<word>true|false|null)"
)
_HALF_LETTER = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_EXPONENT = re.compile(r"[eE][+-]?0*[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Token:
    """One value that begins, with the way to it; `again` where its field was there before in the same object."""

    path: Path
    start: int
    text: str
    kind: str
    again: bool


class NotJson(Exception):
    """A file cannot be read as JSON: what is wrong with its form, each with its line where it is known."""

    def __init__(self, *faults: tuple[Objection, int | None]) -> None:
        super().__init__(str(faults[0][0].said))
        self.faults = faults


def read_json(content: bytes) -> tuple[object, str]:
    """Read the value, and the text in which lines are counted. Numbers with a fraction are exact.

    Raises:  NotJson
    """
    text = _decoded(content)
    _must_be_sound(text)
    try:
        return json.loads(text, parse_float=Decimal), text
    except json.JSONDecodeError as error:
        excerpt = text[error.pos : error.pos + 40].split("\n")[0]
        said = sentence("ocds.not-json", why=error.msg, column=error.colno)
        if error.msg == "Extra data" and excerpt.startswith(("{", "[")):
            said = sentence("ocds.not-json.several")
        raise NotJson((Objection(path=(), said=said, excerpt=excerpt), error.lineno)) from None
    except (ValueError, RecursionError, ArithmeticError):
        raise _fault(sentence("ocds.not-json.other")) from None


def _fault(said: Sentence, line: int | None = None, path: Path = (), excerpt: str = "") -> NotJson:
    return NotJson((Objection(path=path, said=said, excerpt=excerpt), line))


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _fault(sentence("ocds.too-large", most=MOST_BYTES // 1_000_000))
    if not content.strip():
        raise _fault(sentence("ocds.no-byte"))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4]:
        raise _fault(sentence("ocds.not-utf-8.wide"))
    if content.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise _fault(sentence("ocds.not-json.packed"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _fault(sentence("ocds.not-utf-8"), line) from None


def _must_be_sound(text: str) -> None:
    """Refuse what the reader would take and should not, all of it at once."""
    faults: list[tuple[Objection, int | None]] = []
    number = 0
    for number, token in enumerate(tokens(text), start=1):
        said = _wrong_with(token)
        if number > MOST_VALUES:
            said = sentence("ocds.too-large.values", most=MOST_VALUES)
        if said is None:
            continue
        line = text.count("\n", 0, token.start) + 1
        faults.append((Objection(path=token.path, said=said, excerpt=token.text[:100]), line))
        if number > MOST_VALUES or len(token.path) > DEEPEST or len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise NotJson(*faults)


def _wrong_with(token: Token) -> Sentence | None:
    if len(token.path) > DEEPEST:
        return sentence("ocds.too-deep", most=DEEPEST)
    if token.again:
        return sentence("ocds.field-twice", field=str(token.path[-1])[:80])
    if token.kind == "no_number":
        return sentence("ocds.not-json.no-number", text=token.text)
    if token.kind == "number" and (len(token.text) > LONGEST_NUMBER or _EXPONENT.search(token.text)):
        return sentence("ocds.number-too-long", most=LONGEST_NUMBER)
    name = token.path[-1] if token.path else 0
    if isinstance(name, str) and not name.isascii() and _SURROGATE.search(name):
        return sentence("ocds.half-a-letter")
    if token.kind == "text" and _HALF_LETTER.search(token.text) and not _is_whole(token.text):
        return sentence("ocds.half-a-letter")
    return None


def _is_whole(token: str) -> bool:
    """Say whether a text has no half of a letter that is written in two halves."""
    try:
        json.loads(token).encode("utf-8")
    except UnicodeEncodeError:
        return False
    except ValueError:
        return True
    return True


def lines_of(text: str, wanted: Collection[Path]) -> dict[Path, int]:
    """Give the lines, counted from 1, on which those values begin to which the paths lead."""
    left, found = set(wanted), {}
    counted, line = 0, 1
    for token in tokens(text) if left else ():
        if token.path in left:
            line += text.count("\n", counted, token.start)
            counted = token.start
            found[token.path] = line
            left.discard(token.path)
            if not left:
                break
    return found


@dataclass(slots=True)
class _Open:
    """A list or an object that has begun: the way to it, and what comes next in it."""

    path: Path
    names: set[str] | None
    name: str = ""
    place: int = -1
    again: bool = False
    wants_name: bool = False


def tokens(text: str) -> Iterator[Token]:
    """Walk the values of a JSON text in their order, until its end or the first fault of its form."""
    opened: list[_Open] = []
    at = 0
    while True:
        at = _BLANK.match(text, at).end()  # type: ignore[union-attr]
        match = _TOKEN.match(text, at)
        if match is None:
            return
        kind, word, start = str(match.lastgroup), match.group(), at
        at = match.end()
        top = opened[-1] if opened else None
        if kind == "mark" and word in "}]:,":
            if word in "}]":
                if top is None:
                    return
                opened.pop()
            elif word == "," and top is not None and top.names is not None:
                top.wants_name = True
            continue
        if top is not None and top.names is not None and top.wants_name:
            if kind != "text" or not _name_begins(top, word):
                return
            continue
        yield _value(opened, top, start, word, kind)


def _name_begins(top: _Open, word: str) -> bool:
    try:
        top.name = json.loads(word)
    except ValueError:
        return False
    assert top.names is not None
    top.again = top.name in top.names
    top.names.add(top.name)
    top.wants_name = False
    return True


def _value(opened: list[_Open], top: _Open | None, start: int, word: str, kind: str) -> Token:
    path: Path = ()
    if top is not None:
        if top.names is None:
            top.place += 1
        path = (*top.path, top.name if top.names is not None else top.place)
    token = Token(path, start, word, kind, again=top is not None and top.names is not None and top.again)
    if word in ("{", "["):
        opened.append(_Open(path, set() if word == "{" else None, wants_name=word == "{"))
    return token
