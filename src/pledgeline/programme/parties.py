"""Countries by their ISO 3166-1 alpha-3 code, and their names in the reader's language.

The codes and names are CLDR's, which Babel carries; withdrawn codes and codes for private
use are not partners. A programme adds parties that are no countries in its settings.
"""

from functools import cache

from babel import Locale
from babel.core import get_global

_NOT_PARTIES = set("AAA ANT ASC BUR CPT DDR DGA FXX NTZ SCG SUN TAA TMP YMD YUG ZAR ZZZ".split())

JOINT = "+"
"""What stands between the codes where only a joint sum of several partners is public."""


@cache
def countries() -> dict[str, str]:
    """Give the alpha-2 code of every country by its alpha-3 code."""
    known = {
        code: targets[0]
        for code, targets in get_global("territory_aliases").items()
        if len(code) == 3 and code.isalpha() and len(targets[0]) == 2 and code not in _NOT_PARTIES
    }
    private = {code for code in known if code[0] in "QX" and code != "QAT"}
    return {code: two for code, two in known.items() if code not in private} | {"XKX": "XK"}


@cache
def country_name(code: str, locale: str = "en") -> str:
    """Name a country.

    Raises:  KeyError when `code` is no alpha-3 code of a country.

    >>> country_name("NLD"), country_name("NLD", "uk")
    ('Netherlands', 'Нідерланди')
    """
    return str(Locale.parse(locale).territories[countries()[code]])
