"""What was probably meant: a finding that names the right spelling saves a look into a table of codes.

Nothing is ever read as what was probably meant; it is only said.
"""

import difflib
import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import cache

from pledgeline.programme.names import differing_letter, look_alike_key, named_letter
from pledgeline.programme.parties import countries, country_name
from pledgeline.programme.sentences import Sentence, sentence

_NUMBERS = re.compile(r"([0-9]{1,4})[./ -]([0-9]{1,2})[./ -]([0-9]{1,4})")
_SERIAL_FROM = date(1899, 12, 30)


def meant_days(text: str) -> list[str]:
    """Say which days of the calendar a text may mean.

    >>> meant_days("04.08.2025"), meant_days("04/08/2025"), meant_days("45873")
    (['2025-08-04'], ['2025-08-04', '2025-04-08'], ['2025-08-04'])
    """
    if re.fullmatch("[34567][0-9]{4}", text):  # what a spreadsheet keeps: days since the end of 1899
        return [(_SERIAL_FROM + timedelta(days=int(text))).isoformat()]
    if found := re.match(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})", text):
        return _days((found[1], found[2], found[3]))
    if found := _NUMBERS.fullmatch(text):
        one, two, three = found.groups()
        if len(one) == 4:
            return _days((one, two, three))
        orders = [(three, two, one)] if "." in text else [(three, two, one), (three, one, two)]
        return _days(*orders) if len(three) == 4 else []
    return []


def _days(*candidates: tuple[str, str, str]) -> list[str]:
    found = []
    for year, month, day in candidates:
        try:
            found.append(date(int(year), int(month), int(day)).isoformat())
        except ValueError:
            continue
    return list(dict.fromkeys(found))


MOST_KEYS = 10_000
"""Units: keys that a key with a letter of another script is compared with."""


def is_meant(text: str = "") -> Sentence | str:
    """Ask whether a text is meant; nothing where there is none.

    >>> str(is_meant("fx.csv"))
    ' Is “fx.csv” meant?'
    """
    return sentence("hints.meant", text=text) if text else ""


def look_alike_of(key: str, known: Collection[str]) -> Sentence | str:
    """Say which known key looks like one that is not known, and by which letter they differ; else nothing.

    >>> str(look_alike_of("С1", {"C1", "C2"}))
    ' “C1” looks the same; this one has Cyrillic С (U+0421).'
    """
    if key.isascii() or len(known) > MOST_KEYS:
        return ""
    twin = next((other for other in known if look_alike_key(other) == look_alike_key(key)), None)
    letter = differing_letter(key, twin) if twin else None
    if not (twin and letter):
        return ""
    return sentence("hints.looks-the-same", twin=twin[:40], letter=named_letter(letter))


_OTHER_CODES = {
    "UK": "GBR", "EL": "GRC",
    "BUL": "BGR", "CRO": "HRV", "DEN": "DNK", "GER": "DEU", "GRE": "GRC", "KOS": "XKX", "LAT": "LVA", "NED": "NLD",
    "POR": "PRT", "SLO": "SVN", "SUI": "CHE",
}  # fmt: skip
"""Codes of countries that European texts and sports use, and ISO 3166 does not."""

_UNIONS = frozenset(("EU", "EUR", "EUU", "EUN", "QUU", "EUROPEAN UNION"))


def unknown_partner(text: str, parties: Mapping[str, str]) -> Sentence:
    """Say that a text is no partner, and what to write instead where that is known.

    >>> unknown_partner("UK", {}).part("way-out"), unknown_partner("EL", {}).part("way-out")
    ('Write GBR, if that is meant.', 'Write GRC, if that is meant.')
    """
    if not text:
        return sentence("cell.unknown-partner.record.missing")
    if text.strip().upper() in _UNIONS:
        return sentence("cell.unknown-partner.record.union", code=text[:40])
    if meant := meant_party(text, parties):
        return sentence("cell.unknown-partner.record.meant", code=text[:40], meant=meant)
    return sentence("cell.unknown-partner.record.code", code=text[:40])


def meant_party(text: str, parties: Mapping[str, str]) -> str:
    """Say which partner a text may mean, or nothing.

    >>> meant_party("NL", {}), meant_party("Netherlands", {}), meant_party("nld", {})
    ('NLD', 'NLD', 'NLD')
    """
    letters = text.strip().upper()
    if letters in countries() or letters in parties:
        return letters
    if letters in _OTHER_CODES:
        return _OTHER_CODES[letters]
    names = _country_names() | {name.casefold(): code for code, name in parties.items()}
    if code := names.get(text.casefold()):
        return code
    near = difflib.get_close_matches(text.casefold(), names, 1, 0.8) if len(text) > 3 else []
    return names[near[0]] if near else ""


@cache
def _country_names() -> dict[str, str]:
    """Give alpha-3 codes by the English name of the country, and by its alpha-2 code."""
    names = {country_name(code).casefold(): code for code in countries()}
    return names | {two.casefold(): code for code, two in countries().items()}
