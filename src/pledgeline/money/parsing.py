"""Read amounts that people and files wrote.

Files hold plain decimals (`1500000.00`); people type what their locale writes (`1 500 000,00`).
Neither is guessed at: `1,500` in a plain file may be fifteen hundred or one and a half.
"""

import re
from decimal import Decimal
from fractions import Fraction

from babel.numbers import NumberFormatError, parse_decimal

from pledgeline.money.amount import Amount
from pledgeline.money.currencies import digits_of

LARGEST_MINOR = 10**17
"""No amount may reach this many minor units: ten times the yearly product of the world in cents.

It keeps every amount inside the 64-bit columns of both databases.
"""

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_SEPARATED = re.compile(r"-?[0-9]{1,3}([,.' \u00a0\u202f][0-9]{3})+([.,][0-9]+)?")

_TYPED = re.compile(r"[-−]?[0-9]+([.,][0-9]+)?|[-−]?[.,][0-9]+")
_GROUPED = re.compile(r"[-−]?[0-9]{1,3}(?P<group>[ '’_.,])[0-9]{3}((?P=group)[0-9]{3})*(?P<rest>[.,][0-9]+)?")

LONGEST_TYPED = 60
"""Units: characters of a number that somebody typed."""


class NotAnAmount(ValueError):
    """The text is not an amount of that currency.

    `why` is one of `separators`, `not-a-number`, `decimals`, `too-large`, `two-readings`; with the last one
    `readings` are what it may mean, as plain decimals.
    """

    def __init__(self, why: str, text: str, readings: tuple[str, ...] = ()) -> None:
        super().__init__(f"{text[:40]!r} is no amount: {why}")
        self.why, self.readings = why, readings


def parse_plain(text: str, currency: str) -> Amount:
    """Read a plain decimal: digits, at most one point, no separators.

    Raises:  NotAnAmount saying what is wrong; ValueError when `currency` is none.

    >>> parse_plain("578000000", "USD")
    USD 578000000.00
    """
    if not _PLAIN.fullmatch(text):
        if _SEPARATED.fullmatch(text):
            raise NotAnAmount("separators", text)
        raise NotAnAmount("not-a-number", text)
    return _from_decimal(Decimal(text), text, currency)


def parse_local(text: str, currency: str, locale: str) -> Amount:
    """Read an amount as the locale writes it, or with the true minus that this program shows.

    Raises:  NotAnAmount saying what is wrong; ValueError when `currency` is none.

    >>> parse_local("1.500.000,50", "EUR", "de")
    EUR 1500000.50
    """
    try:
        number = parse_decimal(text.strip().replace("−", "-"), locale=locale, strict=True)
    except NumberFormatError as error:
        raise NotAnAmount("not-a-number", text) from error
    if not number.is_finite():
        raise NotAnAmount("not-a-number", text)
    return _from_decimal(number, text, currency)


def parse_typed(text: str) -> Fraction:
    """Read a number that somebody typed, wherever they come from: it is read where it has one meaning.

    Groups may stand apart by blanks, points, commas or apostrophes, decimals after a point or a comma. One
    point or comma before three digits has two meanings.

    Raises:  NotAnAmount, with both readings where there are two.

    >>> parse_typed("1.500.000,50"), parse_typed("1 500"), parse_typed("0,125")
    (Fraction(3000001, 2), Fraction(1500, 1), Fraction(1, 8))
    """
    if len(text) > LONGEST_TYPED:
        raise NotAnAmount("too-large", text)
    plain = text.replace("−", "-")
    grouped = _GROUPED.fullmatch(plain)
    group, rest = (grouped["group"], grouped["rest"] or "") if grouped else ("", "")
    whole = plain[: len(plain) - len(rest)]
    if grouped and group in ".," and whole.count(group) == 1 and not rest and whole.lstrip("-")[0] != "0":
        digits, decimal = whole.replace(group, ""), whole.replace(group, ".")
        raise NotAnAmount("two-readings", text, (digits, f"{decimal}0"))
    if _TYPED.fullmatch(plain):
        return Fraction(Decimal(plain.replace(",", ".")))
    if not grouped or rest[:1] == group:
        raise NotAnAmount("not-a-number", text)
    return Fraction(Decimal(whole.replace(group, "") + rest.replace(",", ".")))


def _from_decimal(number: Decimal, text: str, currency: str) -> Amount:
    digits = digits_of(currency)
    if number.adjusted() > 20:
        raise NotAnAmount("too-large", text)
    _, figures, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if len(figures) > 100:
        raise NotAnAmount("decimals", text)
    minor = int("".join(map(str, figures)) or "0")
    for _ in range(-exponent - digits):
        minor, lost = divmod(minor, 10)
        if lost:
            raise NotAnAmount("decimals", text)
    minor *= 10 ** max(0, digits + exponent)
    if minor >= LARGEST_MINOR:
        raise NotAnAmount("too-large", text)
    return Amount(-minor if number.is_signed() else minor, currency)
