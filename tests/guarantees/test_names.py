"""Names in another language: what the register has for it, what CLDR calls a country, or the register's own name."""

import pytest

from pledgeline.guarantees import obligation_sentence, read_register
from pledgeline.programme.sentences import spoken_in
from tests.guarantees.conftest import SHIPPED

TEXTS = {path.name: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.toml")}
"""The shipped register, of which a test changes one file."""


def with_names(file: str, names: str):
    """Read the shipped words with one instrument, or with other actors; its names are these alone."""
    kept = {name: TEXTS[name] for name in ("vocab.toml", "actors.toml", "budapest-1994.toml")}
    before, table, after = kept[file].partition("[names.uk]\n")
    assert table
    rest = after.partition("\n\n")[2] if file != "actors.toml" else ""
    return read_register(kept | {file: f"{before}{names}\n\n{rest}"})


def test_every_actor_group_and_instrument_of_the_shipped_register_has_a_ukrainian_name(shipped):
    """Written down by hand: two states as CLDR has them, an organisation, a group, and titles that were published."""
    with spoken_in("uk"):
        names = {code: shipped.actors.name(code) for code in shipped.actors.codes()}
        titles = {each.id: each.name for each in shipped.instruments}
        budapest = shipped.by_id["budapest-1994"]
        assert (
            "Меморандум про гарантії безпеки у зв’язку з приєднанням України до Договору про нерозповсюдження "
            "ядерної зброї"
        ) == budapest.full_title

    latin = set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert ("Велика Британія", "Нідерланди") == (names["GB"], names["NL"])
    assert "Організація з безпеки і співробітництва в Європі" == names["OSCE"]
    assert "Група семи" == names["G7"]
    assert "Велика Британія: безпекова угода з Україною, 2024" == titles["ua-gb-2024"]
    assert "Український договір" == titles["ukraine-compact-2024"]
    assert [] == [name for name in (*names.values(), *titles.values()) if latin & set(name)]


def test_in_english_names_are_those_of_the_register(shipped):
    assert "Russian Federation" == shipped.actors.name("RU")
    assert "Budapest Memorandum" == shipped.by_id["budapest-1994"].name
    with spoken_in("uk"):
        assert "Budapest Memorandum" == shipped.by_id["budapest-1994"].register_name


def test_a_name_that_is_not_in_the_data_stays_as_it_is():
    """No name of a group or an organisation is made up; a state has its name from CLDR all the same."""
    actors = with_names("actors.toml", '[names.uk]\nG7 = "Сімка"').register.actors
    instrument = with_names("budapest-1994.toml", '[names.uk]\nshort_title = "Меморандум"').register
    unnamed = with_names("budapest-1994.toml", "").register

    with spoken_in("uk"):
        assert "Сімка" == actors.name("G7")
        assert "Trilateral Contact Group" == actors.name("TCG")
        assert "Польща" == actors.name("PL")
        assert "NOBODY" == actors.name("NOBODY")
        assert "Меморандум" == instrument.by_id["budapest-1994"].name
        assert instrument.by_id["budapest-1994"].full_title.startswith("Memorandum on Security Assurances")
        assert "Budapest Memorandum" == unnamed.by_id["budapest-1994"].name


def test_the_name_of_the_register_comes_before_that_of_cldr():
    actors = with_names("actors.toml", '[names.uk]\nRU = "Російська Федерація"').register.actors

    with spoken_in("uk"):
        assert "Російська Федерація" == actors.name("RU")


@pytest.mark.parametrize(
    ("file", "names", "code"),
    [
        ("actors.toml", '[names.uk]\nNOBODY = "Ніхто"', "guarantees.unknown-key"),
        ("actors.toml", "[names.uk]\nG7 = 7", "guarantees.wrong-type"),
        ("actors.toml", '[names.tlh]\nG7 = "G7"', "guarantees.unknown-key"),
        ("actors.toml", '[names]\nuk = "G7"', "guarantees.wrong-type"),
        ("budapest-1994.toml", '[names.uk]\nname = "Меморандум"', "guarantees.unknown-key"),
        ("budapest-1994.toml", '[names.uk]\ntitle = ""', "guarantees.wrong-type"),
        ("budapest-1994.toml", '[names.uk]\nsource = "zakon.rada.gov.ua"', "guarantees.bad-address"),
    ],
)
def test_a_name_that_is_none_is_a_finding_with_its_line(file, names, code):
    findings = with_names(file, names).findings

    assert [code] == [finding.code for finding in findings]
    assert names.splitlines()[-1 if "tlh" not in names else 0] == findings[0].excerpt


def test_an_obligation_names_its_parties_in_the_language_of_whoever_reads(shipped):
    instrument = shipped.by_id["budapest-1994"]
    with spoken_in("uk"):
        said = str(obligation_sentence(shipped, instrument.obligations[0]))

    assert said.startswith("Росія, Велика Британія та Сполучені Штати, кожен окремо, ")
    assert "(на користь: Україна)" in said


def test_a_state_whose_ukrainian_name_is_plural_has_a_verb_in_the_plural(shipped):
    obligation = shipped.by_id["tra-1979"].obligations[0]
    with spoken_in("uk"):
        assert str(obligation_sentence(shipped, obligation)).startswith("Сполучені Штати обіцяють надавати ")
    assert str(obligation_sentence(shipped, obligation)).startswith("The United States will give ")
