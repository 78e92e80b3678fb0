"""The glossary: each word once, in English and in Ukrainian, for its page and for words that explain themselves.

`docs/glossary.md` has the words; beside it lies one file for each other language, which names the English word of
each of its own, and the official term with the text in which it was read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from pledgeline.web.help.handbook import FIRST
from pledgeline.web.help.markdown import anchor_of
from pledgeline.web.help.shipped import docs


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryWord:
    """A word, by the English one that is its key, and what it means."""

    key: str
    word: str
    meaning: str
    elsewhere: str = ""
    official: "OfficialTerm | None" = None

    @property
    def anchor(self) -> str:
        return anchor_of(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialTerm:
    """The official term for a word: what is said of it, and the text in which it stands, where one was found."""

    says: str
    source: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryPart:
    """Words of one field, under its heading."""

    title: str
    words: tuple[GlossaryWord, ...]


def glossary(language: str | None = None) -> tuple[GlossaryPart, ...]:
    """Give the words in the language of the reader."""
    return _glossary(language or get_language() or FIRST)


def language_of_words() -> str:
    """Name the language in which the words are: the reader's, or English where it has no glossary."""
    language = get_language() or FIRST
    return language if _path(language).is_file() else FIRST


def _path(language: str) -> Path:
    return docs() / ("glossary.md" if language == FIRST else f"glossary.{language}.md")


def words_by_key(language: str | None = None) -> Mapping[str, GlossaryWord]:
    """Find a word by the English one; several in a row of the table are found by each."""
    return _words_by_key(language or get_language() or FIRST)


@cache
def _glossary(language: str) -> tuple[GlossaryPart, ...]:
    path = _path(language)
    if not path.is_file():
        return _glossary(FIRST)
    parts = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return tuple(
        GlossaryPart(title=part.partition("\n")[0].strip(), words=tuple(_words(part, language)))
        for part in parts
    )


def _words(part: str, language: str) -> Iterator[GlossaryWord]:
    """Read the rows of a part, without their headings.

    Means:   word, meaning and names elsewhere; in another language word, meaning, the English word and the official
             term.
    """
    plain = part.replace("`", "").replace("*", "")
    for table in re.findall(r"^\|.+?\|\n\| ---.+\n((?:\|.+\|(?:\n|$))+)", plain, re.MULTILINE):
        for row in table.splitlines():
            word, meaning, third, *official = (cell.strip() for cell in row.strip("|").split("|"))
            if language == FIRST:
                yield GlossaryWord(key=word, word=word, meaning=meaning, elsewhere=third)
            else:
                yield GlossaryWord(
                    key=third, word=word, meaning=meaning, official=_official(*official) if official else None
                )


def _official(cell: str) -> OfficialTerm:
    found = re.fullmatch(r"(.+): \[(.+)\]\((\S+)\)", cell)
    return (
        OfficialTerm(says=found[1], source=found[2], address=found[3]) if found else OfficialTerm(says=cell)
    )


@cache
def _words_by_key(language: str) -> dict[str, GlossaryWord]:
    return {
        key: word
        for part in _glossary(language)
        for word in part.words
        for key in (word.key, *word.key.split(", "))
    }
