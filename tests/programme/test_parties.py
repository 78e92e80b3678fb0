"""A party is found by any name it is known by, and nobody is guessed at."""

from collections import Counter

import pytest

from pledgeline.programme.names import name_key
from pledgeline.programme.parties import (
    LANGUAGES,
    Party,
    PartyKind,
    PartyMatch,
    countries,
    country_name,
    country_party,
    find_parties,
    find_party,
)

NORWAY, SWEDEN = country_party("NOR"), country_party("SWE")
FUND = Party(
    ref="FUND",
    name="Fonds Énergie",
    kind=PartyKind.ORGANISATION,
    country="NO",
    identifier="XM-DAC-7",
    other_names=("Energy Fund",),
)
TWIN = Party(ref="TWIN", name="The Twin", kind=PartyKind.COMPANY, other_names=("Energy Fund",))


@pytest.mark.parametrize("name", ["Norway", " norway ", "NORWAY", "Норвегія", "NOR", "nor", "NO"])
def test_a_country_is_found_by_its_names_and_codes(name: str):
    assert PartyMatch(party=NORWAY) == find_party(name, [SWEDEN, NORWAY, FUND])


@pytest.mark.parametrize(
    "name", ["Fonds E\u0301nergie", "fonds\u00a0énergie", "ENERGY  FUND", "FUND", "xm-dac-7"]
)
def test_a_fund_is_found_by_its_names_and_references(name: str):
    assert PartyMatch(party=FUND) == find_party(name, [NORWAY, FUND])


def test_two_that_share_a_name_are_both_said():
    assert PartyMatch(candidates=(FUND, TWIN)) == find_party("energy fund", [FUND, NORWAY, TWIN])


def test_a_name_that_only_looks_the_same_means_nobody_for_sure():
    """The second letter is Cyrillic."""
    assert PartyMatch(candidates=(NORWAY,)) == find_party(
        "\u041d\u043erway".replace("Н", "N"), [NORWAY, SWEDEN]
    )


def test_a_fund_is_not_its_country_and_a_name_of_nobody_means_nobody():
    assert PartyMatch() == find_party("NO", [FUND])
    assert PartyMatch() == find_party("Ruritania", [NORWAY])
    assert PartyMatch() == find_party("", [NORWAY, FUND])


def test_many_names_are_found_at_once():
    assert {
        "NO": PartyMatch(party=NORWAY),
        "Sweden": PartyMatch(party=SWEDEN),
        "?": PartyMatch(),
    } == find_parties(["NO", "Sweden", "?"], [NORWAY, SWEDEN])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_countries_share_a_name_in_a_language(language: str):
    """Or a load could not tell them apart."""
    keys = Counter(name_key(country_name(code, language)) for code in countries())

    assert [] == [key for key, count in keys.items() if count > 1]


def test_every_country_is_found_by_each_of_its_names():
    parties = [country_party(code) for code in countries()]
    names = {name: party for party in parties for name in party.names}

    assert {name: PartyMatch(party=party) for name, party in names.items()} == find_parties(names, parties)
