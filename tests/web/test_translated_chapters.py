"""A chapter in another language says what the English one says: its numbers, its code, its links, its tables.

Sentences cannot be compared, but what is written alike in both languages can, and a chapter that was left behind when
the English one moved on nearly always lacks some of it.
"""

import posixpath
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook"
TRANSLATED = sorted(path.stem for path in (HANDBOOK / "uk").glob("*.md") if path.stem != "README")

GROUPS = {"en": r"(?<=\d),(?=\d{3}(?!\d))", "uk": r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))"}
"""What stands between the groups of a number."""


@dataclass(frozen=True, kw_only=True)
class WrittenAlike:
    """What a chapter has that no language changes."""

    numbers: set[str]
    code: Counter[str]
    links: Counter[str]
    rows: list[int]
    listings: list[int]


def read(text: str, language: str) -> WrittenAlike:
    """Take apart a chapter; `rows` are the cells of each row of a table, `listings` the lines of each."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    listing = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
    prose = listing.sub("", text)
    said = re.sub(GROUPS[language], "", re.sub(r"`[^`]*`", "", prose))
    return WrittenAlike(
        numbers=set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", ".", said))),
        code=Counter(re.sub(r"\s+", " ", code) for code in re.findall(r"`([^`]+)`", prose)),
        links=Counter(leads_to(link) for link in re.findall(r"\]\(([^)]+)\)", prose)),
        rows=[row.count("|") for row in re.findall(r"^\|.*$", prose, re.MULTILINE)],
        listings=[part.count("\n") for part in listing.findall(text)],
    )


def leads_to(link: str) -> str:
    """Name what a link leads to, whatever the folder and the language of the text in which it stands."""
    if link.startswith(("http", "#")):
        return link
    path, _sign, anchor = link.partition("#")
    return f"{posixpath.basename(path).replace('.uk.md', '.md')}#{anchor}"


@pytest.mark.parametrize("chapter", TRANSLATED)
def test_a_translated_chapter_has_what_the_english_one_has(chapter):
    english = read((HANDBOOK / f"{chapter}.md").read_text(encoding="utf-8"), "en")
    translated = read((HANDBOOK / "uk" / f"{chapter}.md").read_text(encoding="utf-8"), "uk")

    assert set() == english.numbers - translated.numbers
    assert Counter() == english.code - translated.code
    assert english.links == translated.links
    assert english.rows == translated.rows
    assert english.listings == translated.listings


def test_a_number_left_behind_a_row_and_a_command_are_noticed():
    english = read("20,000 bytes, 1.1035 of `that` [b](b.md#c)\n\n|a|b|\n|-|-|\n\n```\none\n```\n", "en")
    left_behind = read(
        "10 000 байтів, 1,1035 від `того` [б](../b.md#c)\n\n|а|б|\n\n```\none\ntwo\n```\n", "uk"
    )
    the_same = read("20\u00a0000 байтів, 1,1035 `that` [б](b.md#c)\n\n|а|б|\n|-|-|\n\n```\nодин\n```\n", "uk")

    assert english == the_same
    assert {"20000"} == english.numbers - left_behind.numbers
    assert english.links == left_behind.links
    assert Counter(["that"]) == english.code - left_behind.code
    assert english.rows != left_behind.rows
    assert english.listings != left_behind.listings
