"""The chapters of the handbook: their order, their texts in the language of the reader, and what stands where.

The order is that of the list in `docs/handbook/README.md`. A chapter that has no translation yet is given in English,
and says so.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import get_script_prefix
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from pledgeline.web.addresses import address_of
from pledgeline.web.help.markdown import RenderedText, TextSection, rendered
from pledgeline.web.help.shipped import REFERENCE, docs

FIRST = "en"
"""The language in which every chapter is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedChapter:
    """A chapter as the list of chapters has it."""

    slug: str
    title: str
    about: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownText:
    """A text as a page shows it, with the language in which it is."""

    rendered: RenderedText
    language: str

    @property
    def is_translated(self) -> bool:
        return self.language == get_language()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSection:
    """A place of the handbook in which words were found."""

    chapter: ListedChapter
    section: TextSection
    excerpt: str

    @property
    def address(self) -> str:
        return f"{address_of('help-chapter', self.chapter.slug)}#{self.section.anchor}"


def chapters(language: str | None = None) -> tuple[ListedChapter, ...]:
    """List the chapters in their order."""
    return _chapters(language or get_language() or FIRST)


@cache
def _chapters(language: str) -> tuple[ListedChapter, ...]:
    listed = {chapter.slug: chapter for chapter in _listed(FIRST)}
    if language != FIRST and _path("README", language).is_file():
        listed |= {chapter.slug: chapter for chapter in _listed(language) if chapter.slug in listed}
    return tuple(listed.values())


def _listed(language: str) -> Iterator[ListedChapter]:
    text = _path("README", language).read_text(encoding="utf-8")
    for title, slug, about in re.findall(r"^\d+\. \[(.+?)\]\(([\w-]+)\.md\): (.+)$", text, re.MULTILINE):
        yield ListedChapter(slug=slug, title=title, about=about[0].upper() + about[1:], language=language)


def chapter_text(slug: str, language: str | None = None) -> ShownText:
    """Give a chapter in the language of the reader, or in English where it has none.

    Raises:  KeyError where there is no such chapter.
    """
    wanted = language or get_language() or FIRST
    if slug not in {chapter.slug for chapter in chapters()}:
        raise KeyError(slug)
    chosen = wanted if _path(slug, wanted).is_file() else FIRST
    return ShownText(rendered=_rendered(_path(slug, chosen), chosen, get_script_prefix()), language=chosen)


def reference_text(slug: str) -> ShownText:
    """Give a page that is written from the code; they are in English.

    Raises:  KeyError where there is no such page.
    """
    if slug not in REFERENCE:
        raise KeyError(slug)
    path = docs() / f"{slug}.md"
    return ShownText(rendered=_rendered(path, FIRST, get_script_prefix()), language=FIRST)


def find_in_handbook(words: Sequence[str], *, most: int) -> list[FoundSection]:
    """Find the sections that have all of the words, those with one in the heading first; at most so many and one."""
    sought = [word.casefold() for word in words]
    found: list[tuple[bool, FoundSection]] = []
    for chapter in chapters():
        for section in chapter_text(chapter.slug).rendered.sections:
            title, text = section.title.casefold(), section.text.casefold()
            if all(word in title or word in text for word in sought):
                excerpt = _excerpt(section.text, sought)
                in_title = any(word in title for word in sought)
                found.append((in_title, FoundSection(chapter=chapter, section=section, excerpt=excerpt)))
    found.sort(key=lambda ranked: not ranked[0])
    return [section for _in_title, section in found[: most + 1]]


EXCERPT = 160
"""Units: characters."""


def _excerpt(text: str, sought: Sequence[str]) -> str:
    """Give the words around the first of those that are sought."""
    places = [place for word in sought if (place := text.casefold().find(word)) >= 0]
    start = max(min(places, default=0) - EXCERPT // 3, 0)
    begins = text.find(" ", start) + 1 if start else 0
    part = (
        text[begins : begins + EXCERPT].rsplit(" ", 1)[0] if len(text) > begins + EXCERPT else text[begins:]
    )
    return f"{'… ' if begins else ''}{part}{' …' if len(text) > begins + EXCERPT else ''}"


def _path(slug: str, language: str) -> Path:
    folder = docs() / "handbook"
    return (folder if language == FIRST else folder / language) / f"{slug}.md"


@cache
def _rendered(path: Path, language: str, _prefix: str) -> RenderedText:
    """Render a text; one of another language has the anchors of the English headings, in their order."""
    folder = path.parent.relative_to(docs()).as_posix()
    anchors = None
    if language != FIRST:
        english = _rendered(_path(path.stem, FIRST), FIRST, _prefix)
        anchors = [section.anchor for section in english.sections]
    with override(language):
        scrolled = _("Scrolls sideways")
    return rendered(
        path.read_text(encoding="utf-8"),
        address_of=lambda link: _leads_to(link, folder),
        scrolled=scrolled,
        anchors=anchors,
    )


def _leads_to(link: str, folder: str) -> str | None:
    """Give the address of what a link in a text leads to; None where the site has no such page."""
    parts = urlsplit(link)
    if parts.scheme:
        return link if parts.scheme in ("http", "https") else None
    if not parts.path:
        return link
    place = posixpath.normpath(posixpath.join(folder, parts.path))
    after = f"#{parts.fragment}" if parts.fragment else ""
    folder, _slash, name = place.rpartition("/")
    slug = name.removesuffix(".md")
    if place in ("glossary.md", "glossary.uk.md"):
        return address_of("help-glossary") + after
    if folder == "" and slug in REFERENCE:
        return address_of("help-reference", slug) + after
    if folder.split("/")[0] == "handbook" and slug in {chapter.slug for chapter in chapters(FIRST)}:
        return address_of("help-chapter", slug) + after
    return None
