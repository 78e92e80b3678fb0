"""Which currencies a sign or a word may stand for: in a cell's format, beside an amount, in a heading.

A sign is no currency: `$` is that of some twenty, `kr` of four. So a sign gives all that it may mean, and
whoever reads decides what to do with more than one.

Source:  the symbols of Unicode CLDR (common/main), and the local abbreviations that its list lacks.
"""

import re

from pledgeline.money.currencies import MINOR_DIGITS, PAST_CURRENCIES

_DOLLARS = (
    "USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD "
    "ARS CLP COP CUP DOP MXN UYU CVE NIO TOP"
)

_CROWNS = "SEK NOK DKK ISK"

_SIGNS: dict[str, str] = {
    "$": _DOLLARS,
    "us$": "USD", "u$s": "USD", "$us": "USD",
    **dict.fromkeys("dollar dollars долар долара доларів доллар доллара долларов дол долл".split(), _DOLLARS),
    "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "can$": "CAD", "nz$": "NZD", "hk$": "HKD",
    "s$": "SGD", "nt$": "TWD", "mx$": "MXN", "r$": "BRL",
    "€": "EUR", "euro": "EUR", "euros": "EUR", "eur.": "EUR", "євро": "EUR", "евро": "EUR",
    "£": "GBP EGP FKP GIP LBP SDG SHP SSP SYP", "gb£": "GBP", "pound": "GBP", "pounds": "GBP",
    "¥": "JPY CNY", "￥": "JPY CNY", "円": "JPY", "元": "CNY", "yen": "JPY",
    "₴": "UAH", "грн": "UAH", "грн.": "UAH", "hrn": "UAH",
    **dict.fromkeys("гривня гривні гривень гривна гривны гривен".split(), "UAH"),
    **dict.fromkeys("kr kr. kronor kroner".split(), _CROWNS),
    **dict.fromkeys("крона крони крон кроны".split(), f"{_CROWNS} CZK"),
    "skr": "SEK", "nkr": "NOK", "dkr": "DKK", "ikr": "ISK",
    **dict.fromkeys("zł zl złoty złote złotych злотий злотих злотый злотых".split(), "PLN"),
    "kč": "CZK", "ft": "HUF", "lei": "RON MDL", "лв": "BGN KGS", "лв.": "BGN KGS",
    "₽": "RUB",
    **dict.fromkeys("руб руб. рубль рубля рублей рублів".split(), "RUB BYN"),
    "₺": "TRY", "tl": "TRY", "₾": "GEL", "₼": "AZN", "֏": "AMD",
    "₸": "KZT", "₩": "KRW KPW", "₹": "INR", "₪": "ILS", "₫": "VND", "₦": "NGN", "₱": "PHP", "฿": "THB",
    "₵": "GHS", "₡": "CRC", "₲": "PYG", "₭": "LAK", "₮": "MNT", "sfr": "CHF", "sfr.": "CHF", "fr.": "CHF",
    "fr": "CHF",
}  # fmt: skip

_PIECE = re.compile(r"[^\W\d_]{0,3}[$€£¥￥₠-₿฿֏][Uu]?[Ss]?|[^\W\d_]+\.?")


def currencies_meant(text: str) -> frozenset[str]:
    """Give the currencies that a text beside a figure may name; none where it names no currency.

    Where two names stand together (`USD $`), only what both may mean is left, and where that is nothing,
    all that either means: such a text names a currency, though nobody knows which.

    >>> sorted(currencies_meant("€")), sorted(currencies_meant("kr")), sorted(currencies_meant("per box"))
    (['EUR'], ['DKK', 'ISK', 'NOK', 'SEK'], [])
    >>> sorted(currencies_meant("USD $")), sorted(currencies_meant("US$"))
    (['USD'], ['USD'])
    """
    meant: frozenset[str] = frozenset()
    for piece in _PIECE.findall(text):
        named = _piece_means(piece)
        meant = (meant & named or meant | named) if meant and named else meant or named
    return meant


def _piece_means(piece: str) -> frozenset[str]:
    code = piece.strip(".").upper()
    if piece[:1].isupper() and (code in MINOR_DIGITS or code in PAST_CURRENCIES):
        return frozenset({code})
    low = piece.casefold()
    codes = _SIGNS.get(low) or _SIGNS.get(low.rstrip("."), "")
    if not codes and not piece[-1].isalpha():  # a sign with letters before it that are no part of it
        codes = _SIGNS.get(re.sub(r"[^$€£¥￥₠-₿฿֏]", "", piece)[:1], "")
    return frozenset(codes.split())
