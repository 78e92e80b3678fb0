"""What a spreadsheet shows of a number: the one place where number formats are read.

A cell holds 0.5 and shows `0.5%`, `50%`, `€0.50` or `0.5 million`: its format decides, and whoever typed the
number saw what is shown. So the reader asks here whether a format makes a day of a number, which currency
and which words stand beside it, and whether the figure that is shown is the one that is held.

Source:  ECMA-376 part 1, 18.8.30 and 18.8.31; what LibreOffice, Google and others write is read beside it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS

from pledgeline.money import is_currency
from pledgeline.money.signs import currencies_meant
from pledgeline.programme.sentences import Sentence, sentence

GENERAL = "General"

LONGEST_FORMAT, MOST_KEPT = 1_000, 4_096
"""Units: characters of a format that are read, four times what Excel takes; formats that are kept once read."""

FIGURE = "\0"
"""Stands for the figure in a text that is shown beside it."""

_EAST_ASIAN_DAYS = {**dict.fromkeys((27, 28, 29, 30, 31, 36, *range(50, 55), 57, 58), "yyyy-mm-dd"),
                    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss")}  # fmt: skip
_LOCAL_CURRENCY = frozenset({5, 6, 7, 8, 41, 42, 43, 44})
"""Formats whose sign is that of whoever opens the workbook: it says nothing about the amount."""


def builtin_format(number: int) -> str:
    """Give the format that a number of the file stands for where the file does not write it out."""
    if number in _EAST_ASIAN_DAYS:
        return _EAST_ASIAN_DAYS[number]
    known = BUILTIN_FORMATS.get(number, GENERAL)
    return known.replace('"$"', "").replace("$", "") if number in _LOCAL_CURRENCY else known


_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[(?P<tag>[^\]]*)\]|_.|\*.|(?P<end>;)'
    r"|(?P<general>General(?![^\W\d_]))|(?P<noon>AM/PM|A/P)|(?P<exponent>E[+-])|(?P<figure>[0#?])"
    r"|(?P<word>[A-Za-z]+|[^\W\d_A-Za-z]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CURRENCY_TAG = re.compile(
    r"\$(?P<sign>.*?)(?:-(?P<place>[0-9A-Fa-f]{1,8}|x-[\w-]+|[a-z]{2,3}(?:-[A-Za-z0-9]+)*)(?:,[0-9A-Fa-f]*)?)?"
)
_SYSTEM_DAY = re.compile(r"\$-(F800|F400|x-sysdate|x-systime)", re.IGNORECASE)
"""The long date or the time of whoever opens the workbook: what stands behind it does not count."""

_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)
_DAY_LETTERS = frozenset("ymdhsbegianqw")
_LOCAL_DAY = re.compile(r"([^\W\d_])\1{1,4}([./\- ,]{1,2}([^\W\d_])\3{1,4}){1,2}")
"""A day in the letters of another language: TT.MM.JJJJ, jj/mm/aaaa, ДД.ММ.ГГГГ."""

_DOLLAR_OF = {"409": "USD", "1009": "CAD", "c0c": "CAD", "c09": "AUD", "1409": "NZD", "4804": "SGD",
              "1004": "SGD", "c04": "HKD", "404": "TWD", "80a": "MXN", "340a": "CLP", "240a": "COP",
              "2c0a": "ARS", "en-us": "USD", "en-ca": "CAD", "fr-ca": "CAD", "en-au": "AUD", "en-nz": "NZD",
              "en-sg": "SGD", "zh-hk": "HKD", "zh-tw": "TWD", "es-mx": "MXN"}  # fmt: skip
"""Whose dollar a format means that names its country: Windows language codes, and those of BCP 47."""


@dataclass(slots=True)
class Section:
    """One of up to four parts of a format, each for numbers of its own.

    `beside` is what is shown with the figure, FIGURE in its place; `inside` what is put between its digits.
    `percents` are true percent signs, each of which multiplies by 100; `thousands` the times that the figure
    is divided by a thousand. `named` are currencies that a tag of the format names.
    """

    beside: str = ""
    inside: str = ""
    percents: int = 0
    thousands: int = 0
    shows_figure: bool = False
    is_day: bool = False
    is_text: bool = False
    condition: tuple[str, Decimal] | None = None
    named: frozenset[str] = frozenset()

    @property
    def is_plain(self) -> bool:
        """Say whether the figure alone is shown, as it is."""
        return (
            self.shows_figure
            and not self.beside.replace(FIGURE, "").strip(" ()-+")
            and not (self.inside or self.percents or self.thousands)
        )

    @property
    def currencies(self) -> frozenset[str]:
        return self.named or currencies_meant(self.beside.replace(FIGURE, " "))

    def shown(self, figure: str) -> str:
        """Write a figure as the cell shows it, but for the separators between its digits."""
        return " ".join((self.beside.replace(FIGURE, figure) + "%" * self.percents).split())


@dataclass(slots=True)
class _Reading:
    """A section while it is read."""

    section: Section = field(default_factory=Section)
    pieces: list[tuple[str, str]] = field(default_factory=list)


@lru_cache(maxsize=MOST_KEPT)
def sections(number_format: str) -> tuple[Section, ...]:
    """Part a format into its sections, and read each."""
    readings = [_Reading()]
    for token in _TOKEN.finditer(number_format[:LONGEST_FORMAT]):
        kind, text = token.lastgroup, token[token.lastgroup] if token.lastgroup else ""
        if kind == "end":
            readings.append(_Reading())
        elif kind == "tag":
            _read_tag(readings[-1], text)
        elif kind is not None:
            readings[-1].pieces.append((kind, text))
    for reading in readings:
        _finish(reading)
    return tuple(reading.section for reading in readings)


def _read_tag(reading: _Reading, text: str) -> None:
    section = reading.section
    if _SYSTEM_DAY.fullmatch(text):
        reading.pieces.append(("noon", text))
    elif _ELAPSED.fullmatch(text):
        reading.pieces.append(("word", text))
    elif condition := _CONDITION.fullmatch(text.strip()):
        section.condition = condition[1], Decimal(condition[2])
    elif (currency := _CURRENCY_TAG.fullmatch(text)) and currency["sign"]:
        reading.pieces.append(("quoted", currency["sign"]))
        place = (currency["place"] or "").lstrip("0").casefold()
        if currency["sign"].strip() == "$" and place in _DOLLAR_OF:
            section.named = frozenset({_DOLLAR_OF[place]})


def _finish(reading: _Reading) -> None:
    section, pieces = reading.section, reading.pieces
    section.is_text = any(piece == ("other", "@") for piece in pieces)
    section.is_day = _is_day(pieces)
    if section.is_day:
        return
    figures = [place for place, (kind, _) in enumerate(pieces) if kind in ("figure", "general")]
    if not figures and any(kind == "word" for kind, _ in pieces):  # "Standard": General in another language
        words = "".join(text for kind, text in pieces if kind == "word")
        section.shows_figure, section.beside = True, FIGURE
        section.named = section.named or currencies_meant(words)
        return
    section.shows_figure = bool(figures) or section.is_text
    first, last = (figures[0], figures[-1]) if figures else (len(pieces), -1)
    shown: list[str] = []
    decimals = False
    for place, (kind, text) in enumerate(pieces):
        within = first < place < last
        if kind == "other" and text == "%":
            section.percents += 1
        elif (kind == "other" and text == "@") or place == first:
            shown.append(FIGURE)
        elif kind in ("figure", "general", "exponent", "noon"):
            continue
        elif kind == "other" and text in ".,":
            decimals = decimals or text == "."
            ends = not any(k == "figure" for k, _ in pieces[place + 1 :]) or _next_is(pieces, place, ".")
            if text == "," and place > first and ends:
                section.thousands += 1
        elif within:
            section.inside += "" if text.isspace() or text in "'’/" else text
        else:
            shown.append(text)
    section.beside = "".join(shown)
    if section.inside in (".", ",") * 3 and _is_grouping(pieces):
        section.inside = ""


def _next_is(pieces: list[tuple[str, str]], place: int, sign: str) -> bool:
    """Say whether only commas stand between a place and a sign: `0,,.0` shows millions."""
    rest = [text for _, text in pieces[place + 1 :]]
    while rest and rest[0] == ",":
        rest.pop(0)
    return bool(rest) and rest[0] == sign


def _is_grouping(pieces: list[tuple[str, str]]) -> bool:
    """Say whether a point or comma that is written out parts thousands: three places follow each."""
    shape = "".join("0" if kind == "figure" else text if text in ".," else "" for kind, text in pieces)
    return re.fullmatch(r"0+([.,]000)+", shape) is not None


def _is_day(pieces: list[tuple[str, str]]) -> bool:
    """Say whether a section makes a day or a time of a number."""
    plain = "".join(text for kind, text in pieces if kind in ("word", "other", "figure"))
    if _LOCAL_DAY.fullmatch(plain) and not any(kind == "figure" for kind, _ in pieces):
        return True
    seconds = letters = False
    for kind, text in pieces:
        if kind == "noon":
            letters = True
        elif kind == "word":
            low = re.sub("(?<=[dy])t(?=h)|(?<=s)z$", "", text.casefold())
            if not any(letter.isascii() for letter in low):
                continue  # letters of another script beside a day
            if not set(low) <= _DAY_LETTERS:
                return False
            letters = letters or bool(set(low) & set("ymdhsi"))
            seconds = low.endswith("s")
        elif kind in ("general", "exponent") or (kind == "figure" and not seconds):
            return False
        elif kind != "figure" and text not in ".,":
            seconds = False
    return letters


@lru_cache(maxsize=MOST_KEPT)
def _all_days(number_format: str) -> bool | None:
    """Say whether a format shows days whatever the number; None where it depends on the number."""
    days = {section.is_day for section in sections(number_format) if not section.is_text or section.is_day}
    return days.pop() if len(days) == 1 else None if days else False


def shows_a_day(number_format: str, number: str) -> bool:
    """Say whether a number with this format is shown as a day or a time.

    >>> shows_a_day("yyyy-mm-dd", "46203"), shows_a_day("Standard", "50000"), shows_a_day("[Red]#,##0", "5")
    (True, False, False)
    """
    days = _all_days(number_format)
    if days is not None:
        return days
    try:
        return section_of(number_format, Decimal(number)).is_day
    except ArithmeticError:
        return False


@lru_cache(maxsize=MOST_KEPT)
def is_plain(number_format: str) -> bool:
    """Say whether a format shows every number as it is: no words, no signs, nothing hidden."""
    parts = sections(number_format)
    if parts[0].beside.lstrip()[:1] in ("-", "−", "(") or any(section.condition for section in parts):
        return False
    return all(section.is_plain or section.is_text for section in parts)


_COMPARE = {
    "<": lambda number, limit: number < limit, "<=": lambda number, limit: number <= limit,
    ">": lambda number, limit: number > limit, ">=": lambda number, limit: number >= limit,
    "=": lambda number, limit: number == limit, "<>": lambda number, limit: number != limit,
}  # fmt: skip


def section_of(number_format: str, number: Decimal) -> Section:
    """Give the section by which a number is shown."""
    parts = [section for section in sections(number_format) if not section.is_text] or [
        Section(shows_figure=True, beside=FIGURE)
    ]
    if any(section.condition for section in parts):
        for section in parts:
            if section.condition is None or _COMPARE[section.condition[0]](number, section.condition[1]):
                return section
        return parts[-1]
    if number < 0 and len(parts) > 1:
        return parts[1]
    return parts[2] if not number and len(parts) > 2 else parts[0]


def text_section(number_format: str) -> Section | None:
    """Give the section by which a text is shown, where the format has one of its own."""
    return next((section for section in sections(number_format) if section.is_text), None)


# ---- words of size ----

_POWERS: dict[str, int] = {
    **dict.fromkeys("k tsd tys thousand thousands тис тыс тисяч тысяч mille ths '000".split(), 3),
    **dict.fromkeys("mn mio mln million millions millionen млн мільйон мільйонів миллион миллионов".split(), 6),
    **dict.fromkeys("bn bln mrd mld milliard milliards billion billions млрд мільярдів миллиардов".split(), 9),
    **dict.fromkeys("hundred hundreds сотень".split(), 2),
}  # fmt: skip
_IN_DAYS = re.compile(
    r"[^\w]*(calendar )?(d|days?|дн|дні|днів|день|дней|дня|tage?n?|jours?|j|días?|dni|dzień)?[^\w]*",
    re.IGNORECASE,
)
_OTHER_COUNTS = frozenset(
    "dozen dozens doz gross дюжина дюжини дюжин dutzend douzaine douzaines docena docenas tuzin".split()
)
_POWERS_OF_MONEY = _POWERS | {"m": 6, "b": 9}


def power_said(text: str, *, of_money: bool) -> int | None:
    """Give the power of ten of a word of size; None where there is none. Beside units an m may be a metre.

    >>> power_said("USD m", of_money=True), power_said("m", of_money=False), power_said("K", of_money=False)
    (6, None, 3)
    >>> power_said("kUSD", of_money=True), power_said("T€", of_money=True), power_said("EUR/t", of_money=True)
    (3, 3, None)
    """
    powers = _POWERS_OF_MONEY if of_money else _POWERS
    words = re.findall(r"'000|[^\W\d_]+(?:[$€£](?![^\W\d_]))?", text.replace("’", "'"))
    said = (_power_of(word, powers, of_money=of_money) for word in words)
    return next((power for power in said if power is not None), None)


def _power_of(word: str, powers: Mapping[str, int], *, of_money: bool) -> int | None:
    """Give the power of ten of one word; beside money it may be part of one with the code or the sign: kUSD, T€."""
    rest = word.rstrip("$€£")
    if of_money and len(word) > 3 and is_currency(word[-3:]):
        rest = word[:-3]
    elif of_money and len(word) > 3 and is_currency(word[:3]):
        rest = word[3:]
    if rest == "T" and rest != word:
        return 3  # Tausend: by itself a T may be a ton
    return powers.get(rest.casefold())


def difference(section: Section, *, of_money: bool, of_days: bool = False) -> Sentence | None:
    """Say why the figure that is shown is another than the one that is held; nothing where it is the same.

    A true percent sign is none of these reasons: it means the same in every program.
    """
    around = section.beside.replace(FIGURE, " ")
    power = power_said(around, of_money=of_money)
    if power is not None and power != 3 * section.thousands:
        return sentence("cell.format-changes-figure.workbook.word-of-size")
    if not _OTHER_COUNTS.isdisjoint(re.findall(r"[^\W\d_]+", around.casefold())):
        return sentence("cell.format-changes-figure.workbook.other-count")
    if of_days and not _IN_DAYS.fullmatch(around):
        return sentence("cell.format-changes-figure.workbook.other-measure")
    if re.search("[%‰‱％٪]", around):
        return sentence("cell.format-changes-figure.workbook.percent-letter")
    if re.search(r"[0-9]", section.beside):
        return sentence("cell.format-changes-figure.workbook.digits-beside")
    if section.inside:
        return sentence("cell.format-changes-figure.workbook.between-digits", text=section.inside[:10])
    return None
