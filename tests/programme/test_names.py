"""One name typed in two ways is one; two names that look the same are two, and the letter is named."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.programme.names import (
    clean,
    describe_letter,
    differing_letter,
    invisible_characters,
    look_alike_key,
    mixed_script,
    name_key,
    shown,
)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Cafe\u0301", "Café"),
        ("Польськии\u0306", "Польський"),
        ("C-1\u00a0", "C-1"),
        ("Air\u2009defence", "air  defence"),
        ("STRASSE", "straße"),
        ("line\r\nend", "Line End"),
    ],
)
def test_one_name_typed_in_two_ways_is_one_name(typed, same):
    assert name_key(typed) == name_key(same)


@pytest.mark.parametrize(
    ("name", "twin", "letter"),
    [
        ("С-1", "C-1", "Cyrillic С (U+0421)"),
        ("PATRIОT", "PATRIOT", "Cyrillic О (U+041E)"),
        ("Ρ-04", "P-04", "Greek Ρ (U+03A1)"),
        ("с-1", "C-1", "Cyrillic с (U+0441)"),
        ("C\u200b-1", "C-1", "U+200B"),
    ],
)
def test_two_names_that_look_the_same_are_told_apart_by_their_letter(name, twin, letter):
    assert name_key(name) != name_key(twin)
    assert look_alike_key(name) == look_alike_key(twin)
    assert letter == describe_letter(differing_letter(name, twin))


@pytest.mark.parametrize(
    "name", ["Patriot ракета", "ППО-1 / AD-1", "105 мм", "Ελλάδα Greece", "naïve", "10 µm", ""]
)
def test_a_name_in_two_languages_is_no_fault(name):
    assert mixed_script(name) is None


@pytest.mark.parametrize(
    ("name", "letter"), [("Pаtriot", "а"), ("Ракeта", "e"), ("ok then HАWK", "А"), ("аb", "b")]
)
def test_a_word_of_two_scripts_is_named_with_the_letter(name, letter):
    assert letter == mixed_script(name)


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)
    assert name_key(name_key(text)) == name_key(text) == name_key(clean(text))
    assert invisible_characters(shown(text)) == []


@given(st.text())
def test_names_that_are_one_look_alike(text):
    assert look_alike_key(text) == look_alike_key(unicodedata.normalize("NFD", text))
