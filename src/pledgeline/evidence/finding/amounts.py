"""Sums of money as a report states them: sign, digits, scale, range and qualifier in four languages.

"$" stays "$": whose dollar it is, the text does not say. A range is kept as one. A number with a scale and no
currency has that of the sum before it in the same sentence or the one before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from pledgeline.evidence.finding.words import Words, data, words_of
from pledgeline.evidence.reading.texts import Span

MOST = Decimal(10) ** 15
"""Units: of the currency. No report of a larger sum was ever right."""

_DIGITS = r"(?:\d{1,3}(?:[ ,.']\d{3})+(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,3})?)(?![\d]|[.,]\d)"
_EVERYDAY = ("KRW", "RON", "BGN", "TRY")
"""Currencies whose names are everyday words: they need a scale word before them."""

_TIGHT = ("k", "K", "m", "M", "b", "B", "mil", "Md", "Mds")
_WHOLE = 1_000
"""A number word that is this large says a sum without a scale: "мільярд євро"."""

_DASH = r"[ ]?[-–—][ ]?"


@dataclass(frozen=True, slots=True)
class StatedSum:
    """A sum as stated, at its place; `upper` is the other end of a range.

    `currency` is an ISO code, "$" or "kroner" where the text says no more, and never None: what has no currency
    at all and cannot inherit one is no money. `inherited` says that it came from the sum before.
    """

    span: Span
    value: Decimal
    currency: str
    qualifier: str = "exact"
    upper: Decimal | None = None
    inherited: bool = False
    has_scale: bool = True


@dataclass(frozen=True, slots=True)
class _Grammar:
    sum: re.Pattern[str]
    currencies: tuple[tuple[str, re.Pattern[str]], ...]
    words: dict[str, Decimal]
    scales: dict[str, int]
    decimal: str
    hint: re.Pattern[str]
    compound: re.Pattern[str]


@cache
def _grammar(language: str) -> _Grammar:
    words, table = words_of(language), data("money.toml")["currencies"]
    numbers = words.values["numbers"]
    signs = sorted({part for parts in table.values() for part in parts}, key=len, reverse=True)
    before = [sign for sign in signs if not sign[:1].islower() or sign == "kr"]
    scales = sorted(map(re.escape, numbers["scales"]), key=len, reverse=True)
    tight = [scale for scale in scales if scale in _TIGHT]
    loose = [scale for scale in scales if scale not in _TIGHT]
    spelt = "|".join(sorted(map(re.escape, numbers["words"]), key=len, reverse=True))
    spelt = spelt.replace("\\'", "'")
    number = rf"(?:{_DIGITS}|(?i:{spelt})(?![\w]))"
    scale = (
        rf"(?:(?:[ -]?(?i:{'|'.join(loose)})|(?:{'|'.join(tight) or '(?!)'}))(?!\w)|[ ]?(?:M|Mds?)(?=[ ]?€))"
    )
    currency, leading = "|".join(signs), "|".join(before)
    to, between, both = ("|".join(numbers[name]) for name in ("range", "between", "both"))
    a, b, c, d, e = (rf"(?P<{name}>{number})(?P<{name}s>{scale})?" for name in ("a", "b", "c", "d", "e"))
    plain_a, plain_c = rf"(?P<a>{number})", rf"(?P<c>{number})"
    del a, c
    ends = rf"(?:{_DASH}|[ ](?:{to})[ ])"
    two = rf"[ ](?:{both})[ ]"
    leads = (
        rf"(?P<grows>(?<=by )|(?<=from ))?(?P<x>(?i:{between})[ ])?(?P<lead>{leading})[ ]?{plain_a}"
        rf"(?:(?P<as>{scale})?(?(x){two}|{_DASH})(?:{leading})?[ ]?{b}"
        rf"|[ ](?:{to})[ ](?:{leading})?[ ]?(?P<b2>{number})(?P<b2s>{scale})"
        rf"|(?(grows)(?!))(?P<as3>{scale})[ ](?:{to})[ ](?:{leading})[ ]?(?P<b3>{number})(?P<b3s>{scale})"
        rf"|(?P<as2>{scale}))?"
        rf"(?:[ ]?(?P<lead2>USD|NZD|AUD|CAD|US)(?!\w))?"
    )
    follows = (
        rf"(?P<y>(?i:{between})[ ])?{plain_c}(?:(?P<cs>{scale})?(?(y){two}|{ends}){d}|(?P<cs2>{scale}))?"
        rf"(?:[ -]|[ ]d'|[ ]de[ ])?(?P<follow>{currency})(?![\w])"
    )
    alone = rf"(?P<alone>{e})"
    sum_ = re.compile(rf"(?<![\w$€£])(?<!\d[.,])(?:{leads}(?![\w])|{follows}|{alone}(?!\w))")
    large = [re.escape(word) for word, value in numbers["words"].items() if int(Decimal(value)) >= _WHOLE]
    hint = re.compile(rf"\d|[$€£¥₴]|(?<!\w)(?i:{'|'.join([*loose, *large])})(?!\w)")
    return _Grammar(
        sum_,
        tuple(
            (code, re.compile(rf"(?:{'|'.join(parts)})\Z", re.IGNORECASE)) for code, parts in table.items()
        ),
        {word.lower().replace("’", "'"): Decimal(value) for word, value in numbers["words"].items()},
        {word.lower(): int(power) for word, power in numbers["scales"].items()},
        words.decimal,
        hint,
        re.compile(rf"(?<![\w.,])(?P<digits>{_DIGITS})(?P<scale>{scale})[ ]\Z"),
    )


def money_in(
    seen: str, sentence: Span, language: str, *, before: StatedSum | None = None, masked: Sequence[Span] = ()
) -> list[StatedSum]:
    """Find the sums of one sentence, in its order.

    `before` is the last sum of the sentence before, from which a currency may be inherited.
    """
    grammar, words = _grammar(language), words_of(language)
    if not grammar.hint.search(seen, sentence.start, sentence.end):
        return []
    sums: list[StatedSum] = []
    respectively = words["donors.respectively"].search(seen, sentence.start, sentence.end)
    for match in grammar.sum.finditer(seen, sentence.start, sentence.end):
        span = Span(match.start() + len(match["x"] or match["y"] or ""), match.end())
        if any(span.meets(part) for part in masked):
            continue
        money = _read(match, span, grammar)
        if money is not None and match["follow"]:
            money = _compound(money, seen, sentence, grammar)
        if money is None:
            money = _inherited(match, span, grammar, seen, (principal(seen, sums) if sums else before), words)
        if (
            money is not None
            and (match["follow"] or money.inherited)
            and respectively
            and (shared := _sharing(match, money, seen, grammar))
        ):
            sums.append(shared)
        if money is not None and 0 < money.value <= MOST:
            changed = _changed(money, seen, sentence, words)
            sums.extend(_qualified(part, seen, sentence, words) for part in changed)
    return sums


def principal(seen: str, sums: Sequence[StatedSum]) -> StatedSum:
    """Give the last sum that stands in no brackets: what follows has its currency, and not that of an equivalent."""
    for money in reversed(sums):
        before = seen[max(0, money.span.start - 24) : money.span.start]
        if "(" not in before or ")" in before[before.rindex("(") :]:
            return money
    return sums[-1]


def _read(match: re.Match[str], span: Span, grammar: _Grammar) -> StatedSum | None:
    lead, follow = match["lead"], match["follow"]
    if lead is not None:
        low, low_scale = match["a"], match["as"] or match["as2"] or match["as3"]
        high = match["b"] or match["b2"] or match["b3"]
        high_scale = match["bs"] or match["b2s"] or match["b3s"]
    elif follow is not None:
        low, low_scale, high, high_scale = match["c"], match["cs"] or match["cs2"], match["d"], match["ds"]
    else:
        return None
    sign = lead or follow or ""
    currency = _currency(sign, grammar)
    if match["lead2"] and currency == "$":
        currency = {"US": "USD"}.get(match["lead2"], match["lead2"])
    scale = low_scale or high_scale
    if not low[0].isdigit() and not scale and grammar.words.get(low.lower(), Decimal(0)) < _WHOLE:
        return None
    if currency in _EVERYDAY and not scale:
        return None
    value = _value(low, low_scale or high_scale, grammar)
    upper = _value(high, high_scale or low_scale, grammar) if high else None
    if value is None or (upper is not None and upper <= value):
        upper = None
    return None if value is None else StatedSum(span, value, currency, upper=upper, has_scale=bool(scale))


def _currency(sign: str, grammar: _Grammar) -> str:
    return next((code for code, pattern in grammar.currencies if pattern.match(sign)), sign)


def _value(digits: str, scale: str | None, grammar: _Grammar) -> Decimal | None:
    power = grammar.scales.get((scale or "").strip(" -").lower(), 0)
    if not digits[0].isdigit():
        spelt = grammar.words.get(digits.lower())
        return None if spelt is None else spelt.scaleb(power)
    number = number_of(digits, grammar.decimal, scaled=bool(power))
    return None if number is None else number.scaleb(power)


def number_of(digits: str, decimal: str, *, scaled: bool = False) -> Decimal | None:
    """Read digits as a language groups them.

    A sign that the language groups thousands with is a decimal one where not three digits follow, and the
    other way round where several groups stand. Before a scale word nobody writes thousands of millions.

    >>> number_of("1.500.000,50", ","), number_of("1,5", "."), number_of("1,500", ".")
    (Decimal('1500000.50'), Decimal('1.5'), Decimal('1500'))
    """
    bare = digits.replace(" ", "").replace("'", "")
    marks = [sign for sign in bare if sign in ".,"]
    if not marks:
        return Decimal(bare)
    if len(set(marks)) == 2:
        last = marks[-1]
        return Decimal(bare.replace("." if last == "," else ",", "").replace(last, "."))
    mark, tail = marks[0], bare.rpartition(marks[0])[2]
    if len(marks) > 1:
        return Decimal(bare.replace(mark, ""))
    groups = len(tail) == 3 and mark != decimal
    if groups and scaled and len(bare.partition(mark)[0]) > 1:
        groups = True
    return Decimal(bare.replace(mark, "")) if groups else Decimal(bare.replace(mark, "."))


def _inherited(
    match: re.Match[str], span: Span, grammar: _Grammar, seen: str, earlier: StatedSum | None, words: Words
) -> StatedSum | None:
    """Give a number with a scale the currency of the sum before, where nothing is counted but money."""
    scale = match["es"]
    if earlier is None or not scale or not earlier.has_scale or not match["e"][0].isdigit():
        return None
    if grammar.scales.get(scale.strip(" -").lower(), 0) < 6:
        return None
    after = seen[span.end : span.end + 24]
    word = re.match(r" ([^\W\d_]+)", after)
    if word and words.language == "de" and word[1].islower():
        word = None  # a noun, such as what is counted, has a capital
    if word and _is_part(seen, span, words) and not words["highlights.items"].fullmatch(word[1]):
        word = None
    if word and not words["numbers.after_bare"].fullmatch(word[1]) and not _is_giving(word[1], words):
        return None
    value = _value(match["e"], scale, grammar)
    return None if value is None else StatedSum(span, value, earlier.currency, inherited=True)


def _is_part(seen: str, span: Span, words: Words) -> bool:
    """Say whether the words right before a number make it a part of the sum before: "of which 500 million"."""
    left = seen[max(0, span.start - 30) : span.start].rstrip(" ,")
    return any(match.end() == len(left) for match in words["roles.component"].finditer(left))


_COMPOUND = 40
"""Units: characters. The larger part of a number in two parts: "1 billion 200 million euros"."""


def _compound(money: StatedSum, seen: str, sentence: Span, grammar: _Grammar) -> StatedSum:
    """Add the larger part that stands right before a sum: what is read without it would be another sum."""
    start = max(sentence.start, money.span.start - _COMPOUND)
    match = grammar.compound.search(seen[start : money.span.start])
    part = _value(match["digits"], match["scale"], grammar) if match else None
    if match is None or part is None or part <= money.value:
        return money
    return replace(money, span=Span(start + match.start(), money.span.end), value=part + money.value)


_CHANGES = 70
"""Units: characters between a verb of change and its sums."""
_LEVELS = re.compile(r"(?P<low>.*?)(?P<between>\s*[-–—]\s*|\s+\S{1,3}\s+)(?P<high>\D{0,12}\d.*)", re.DOTALL)


def _changed(money: StatedSum, seen: str, sentence: Span, words: Words) -> Sequence[StatedSum]:
    """Part a range that is none: "raised from 250 to 500 million" tells two sums, the one before and the one now."""
    start = max(sentence.start, money.span.start - _CHANGES)
    told = money.span.of(seen)
    levels = _LEVELS.fullmatch(told)
    if (
        money.upper is None
        or levels is None
        or not words["numbers.changes"].search(seen, start, money.span.start)
        or not words["numbers.changed_from"].search(seen, max(start, money.span.start - 8), money.span.start)
    ):
        return [money]
    low, high = levels.span("low"), levels.span("high")
    at = money.span.start
    return [
        replace(money, span=Span(at + low[0], at + low[1]), upper=None),
        replace(money, span=Span(at + high[0], at + high[1]), value=money.upper, upper=None),
    ]


def _sharing(match: re.Match[str], money: StatedSum, seen: str, grammar: _Grammar) -> StatedSum | None:
    """Give the number before a sum that shares its scale and currency: "respectively 250 and 170 million euros"."""
    first = re.search(rf"(?<![\w.,])({_DIGITS})[ ](?:and|et|und|та|і|й)[ ]\Z", seen[: money.span.start][-40:])
    if first is None:
        return None
    value = _value(first[1], match["cs2"] or match["cs"] or match["es"], grammar)
    start = money.span.start - (len(first[0]))
    return None if value is None else replace(money, span=Span(start, start + len(first[1])), value=value)


def _is_giving(word: str, words: Words) -> bool:
    return any(
        words[f"stages.{name}"].fullmatch(word)
        for name in ("pledged", "committed", "contributed", "delivered", "future")
    )


_BEFORE = 40


def _qualified(money: StatedSum, seen: str, sentence: Span, words: Words) -> StatedSum:
    """Read what stands right before a sum ("more than") or right after it ("or more")."""
    start = max(sentence.start, money.span.start - _BEFORE)
    left = seen[start : money.span.start].rstrip(" (")
    if any(match.end() == len(left) for match in words["qualifiers.worth"].finditer(left)):
        return money  # "ein Paket über 500 Millionen": of, and not more than
    for name in ("at_least", "more_than", "almost", "about"):
        for match in words[f"qualifiers.{name}"].finditer(left):
            if match.end() == len(left):
                return replace(money, qualifier=name)
    if left.endswith("~"):
        return replace(money, qualifier="about")
    right = seen[money.span.end : min(sentence.end, money.span.end + 20)].lstrip(" ")
    for name, qualifier in (("after_at_least", "at_least"), ("after_more_than", "more_than")):
        if words[f"qualifiers.{name}"].match(right):
            return replace(money, qualifier=qualifier)
    if right.startswith("+"):
        return replace(money, qualifier="more_than")
    return money


def plain(value: Decimal) -> str:
    """Write a value without exponent and without idle zeros.

    >>> plain(Decimal("1.5").scaleb(9))
    '1500000000'
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
