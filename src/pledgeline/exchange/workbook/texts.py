"""Texts as people type them: blanks around them, and earmarks as terms in one cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from pledgeline.plan.fields import EARMARK_KEYS
from pledgeline.programme.names import clean, differing_letter, look_alike_key, mixed_script, named_letter
from pledgeline.programme.sentences import Sentence, in_each_language, sentence

_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")

_WORDS = {
    "category": sentence("template.earmark.category"),
    "item": sentence("template.earmark.item"),
    "line": sentence("template.earmark.line"),
    "package": sentence("template.earmark.package"),
    "supplier": sentence("template.earmark.supplier"),
    "source": sentence("template.earmark.source"),
}
"""The word for each key of an earmark: a line of a problem is a requirement to people."""

_ALSO = {
    "line": "line",
    "lines": "line",
    "requirements": "line",
    "categories": "category",
    "items": "item",
    "packages": "package",
    "suppliers": "supplier",
    "sources": "source",
}


@cache
def earmark_words() -> dict[str, str]:
    """Give the key that each word of an earmark means, in every language; the words themselves stand first."""
    words = {word: key for key, item in _WORDS.items() for word in in_each_language(item)}
    more = {
        word: key
        for key, item in _WORDS.items()
        for row in in_each_language(item, "also")
        for word in row.split("; ")
    }
    return words | _ALSO | more


def tidy(text: str) -> str:
    """Write a text of a cell in the one way in which we keep it, without what nobody sees at its ends or inside.

    >>> tidy("  air\\u00a0defence \\n")
    'air defence'
    """
    return " ".join(text.split()) if text.isascii() else clean(_UNSEEN.sub("", text))


def letter_note(text: str, meant: str) -> Sentence | str:
    """Name the letter by which a text differs from one that looks the same; nothing where people see it.

    >>> str(letter_note("Аmount", "Amount"))
    ' It differs by Cyrillic А (U+0410).'
    """
    letter = differing_letter(text, meant) if look_alike_key(text) == look_alike_key(meant) else None
    letter = letter or mixed_script(text)
    if letter is None or letter.isascii():
        return ""
    return sentence("hints.differs-by", letter=named_letter(letter))


def shown_number(exact: Fraction) -> str:
    """Write an exact number for people: a decimal where it ends, else a fraction."""
    scaled = exact * 10**18
    if scaled.denominator != 1:
        return f"{exact.numerator}/{exact.denominator}"
    text = f"{Decimal(scaled.numerator).scaleb(-18):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text)[:40]


class NotAnEarmark(ValueError):
    """The terms cannot be read; `unknown_key` is the word that is no key, where that is why."""

    def __init__(self, said: Sentence, unknown_key: str = "") -> None:
        super().__init__(said)
        self.said, self.unknown_key = said, unknown_key


@dataclass(frozen=True, slots=True)
class _Sign:
    """One piece of an earmark: a mark between values, or a value, quoted or not."""

    text: str
    is_mark: bool


def read_earmark(text: str) -> dict[str, list[str]]:
    """Read terms such as `category: air defence, artillery; supplier: "Works, Ltd"`.

    Shape:   the values by key, in the order in which they are written; no value where none stands.
    Raises:  NotAnEarmark saying which part cannot be read.

    >>> read_earmark('category: air defence, artillery; item: "A; B"')
    {'category': ['air defence', 'artillery'], 'item': ['A; B']}
    """
    found: dict[str, list[str]] = {}
    term: list[_Sign] = []
    for sign in (*_signs(text), _Sign(";", True)):
        if sign.is_mark and sign.text == ";":
            _read_term(term, found)
            term = []
        else:
            term.append(sign)
    return found


def _signs(text: str) -> list[_Sign]:
    """Part a text at its marks; inside quotation marks there are none."""
    found: list[_Sign] = []
    value, place = "", 0
    while place < len(text):
        sign = text[place]
        if sign in '"“”' and not value.strip():
            end = place + 1
            inside = ""
            while True:
                if end >= len(text):
                    raise NotAnEarmark(sentence("earmark.quotes.open"))
                if text[end] in '"“”':
                    if text[end + 1 : end + 2] == text[end]:
                        inside, end = inside + text[end], end + 2
                        continue
                    break
                inside, end = inside + text[end], end + 1
            found.append(_Sign(inside, False))
            value, place = "", end + 1
        elif sign in ";:,=\n":
            if value.strip():
                found.append(_Sign(tidy(value), False))
            mark = {"\n": ";", "=": ":"}.get(sign, sign)
            found.append(_Sign(mark, True))
            value, place = "", place + 1
        else:
            value, place = value + sign, place + 1
    if value.strip():
        found.append(_Sign(tidy(value), False))
    return found


def _read_term(term: list[_Sign], found: dict[str, list[str]]) -> None:
    if not term:
        return
    shown = " ".join(sign.text for sign in term)[:60]
    if len(term) < 2 or term[0].is_mark or not (term[1].is_mark and term[1].text == ":"):
        raise NotAnEarmark(sentence("earmark.no-key.text", text=shown))
    key = earmark_words().get(term[0].text.casefold())
    if key is None:
        word = term[0].text
        raise NotAnEarmark(sentence("earmark.unknown-key.text", text=word[:40]), unknown_key=word)
    values = found.setdefault(key, [])
    after_value = False
    for sign in term[2:]:
        if sign.is_mark and sign.text == ":":
            raise NotAnEarmark(sentence("earmark.quotes.colon", text=shown))
        if not sign.is_mark:
            if after_value:
                raise NotAnEarmark(sentence("earmark.quotes.beside", text=shown))
            values.append(sign.text)
        after_value = not sign.is_mark


def earmark_text(terms: Mapping[str, frozenset[str]]) -> str:
    """Write terms as `read_earmark` reads them.

    >>> earmark_text({"category": frozenset({"air defence"}), "item": frozenset({"A; B", "C"})})
    'category: air defence; item: "A; B", C'
    """
    parts = []
    for key in EARMARK_KEYS:
        if key in terms:
            values = ", ".join(_quoted(value) for value in sorted(terms[key]))
            parts.append(f"{_WORDS[key]}: {values}".rstrip())
    return "; ".join(parts)


def _quoted(value: str) -> str:
    if value and not re.search('[;:,="“”\n]', value) and value == tidy(value):
        return value
    return '"' + re.sub('["“”]', r"\g<0>\g<0>", value) + '"'
