"""Parties: whoever pays, asks, checks or supplies, each with every name that it is known by.

A country has its ISO 3166-1 alpha-3 code, and its names are CLDR's, which Babel carries; withdrawn codes and codes
for private use are no partners. A programme adds parties that are no countries in its settings.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from babel import Locale
from babel.core import get_global

from pledgeline.programme.names import look_alike_key, name_key

_NOT_PARTIES = set("AAA ANT ASC BUR CPT DDR DGA FXX NTZ SCG SUN TAA TMP YMD YUG ZAR ZZZ".split())

JOINT = "+"
"""What stands between the codes where only a joint sum of several partners is public."""

LANGUAGES = ("en", "uk")
"""The languages in which a country is known by its name; its first name is in the first."""


class PartyKind(StrEnum):
    """What a party is."""

    STATE = "state"
    ORGANISATION = "organisation"
    COMPANY = "company"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who pays, asks, checks or supplies: one party, whatever a programme or a book calls it.

    `ref` is our own lasting reference, of a country its alpha-3 code. `country` is the alpha-2 code of the country
    that it is or belongs to, "" where it belongs to none; `identifier` is its number in the form of IATI
    (`XM-DAC-7`), "" where it has none or nobody has said it.
    """

    ref: str
    name: str
    kind: PartyKind
    country: str = ""
    identifier: str = ""
    other_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Give every name in words, its own first."""
        return (self.name, *self.other_names)

    @property
    def found_by(self) -> tuple[str, ...]:
        """Give whatever it is found by: its names, its references, and of a country the alpha-2 code too."""
        codes = (self.ref, self.identifier, self.country if self.kind is PartyKind.STATE else "")
        return (*self.names, *filter(None, codes))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyMatch:
    """What was found for a name: the party that it means, or those among which somebody has to choose.

    Means:   with no `party`, `candidates` share the name, or have one that only looks the same.
    """

    party: Party | None = None
    candidates: tuple[Party, ...] = ()


def find_parties(names: Iterable[str], parties: Iterable[Party]) -> dict[str, PartyMatch]:
    """Say for each name which of the parties it means; two that it may mean are never chosen from.

    A name is compared as people read it: blanks, capitals and the way accents are typed do not matter. A letter of
    another script does: such a name means nobody for sure.

    >>> norway = country_party("NOR")
    >>> find_parties([" norway", "NO", "Ruritania"], [norway]) == {
    ...     " norway": PartyMatch(party=norway), "NO": PartyMatch(party=norway), "Ruritania": PartyMatch()}
    True
    """
    parties = tuple(parties)
    same = _by_name(parties, name_key)
    alike: dict[str, tuple[Party, ...]] | None = None
    found: dict[str, PartyMatch] = {}
    for name in names:
        meant = same.get(name_key(name), ())
        if len(meant) == 1:
            found[name] = PartyMatch(party=meant[0])
            continue
        if not meant:
            alike = _by_name(parties, look_alike_key) if alike is None else alike
            meant = alike.get(look_alike_key(name), ())
        found[name] = PartyMatch(candidates=meant)
    return found


def _by_name(parties: Iterable[Party], key: Callable[[str], str]) -> dict[str, tuple[Party, ...]]:
    found: dict[str, dict[str, Party]] = {}
    for party in parties:
        for name in party.found_by:
            found.setdefault(key(name), {})[party.ref] = party
    return {name: tuple(members.values()) for name, members in found.items()}


def find_party(name: str, parties: Iterable[Party]) -> PartyMatch:
    """Say which of the parties a name means."""
    return find_parties([name], parties)[name]


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


@cache
def state_name(code: str, locale: str) -> str:
    """Name a state or the European Union by its alpha-2 code; "" where CLDR knows none of that code.

    >>> state_name("NL", "uk"), state_name("OSCE", "uk")
    ('Нідерланди', '')
    """
    return str(Locale.parse(locale).territories.get(code, "")) if len(code) == 2 else ""


def country_party(code: str, *also: str) -> Party:
    """Give the party that a country is, known by its names in our languages and by those that are given `also`.

    Raises:  KeyError when `code` is no alpha-3 code of a country.

    >>> country_party("KOR", "Republic of Korea").names
    ('South Korea', 'Південна Корея', 'Republic of Korea')
    """
    names = {name_key(name): name for name in (*(country_name(code, locale) for locale in LANGUAGES), *also)}
    first, *others = names.values()
    return Party(
        ref=code, name=first, kind=PartyKind.STATE, country=countries()[code], other_names=tuple(others)
    )
