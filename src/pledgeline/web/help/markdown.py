"""A text of the handbook, from Markdown to what a page shows of it.

Raw HTML is not passed on, a link leads only where the site or the web has a page, and nothing is written that the
content security policy would refuse. The anchors of headings are those that GitHub gives, so that a link works in
both places.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pledgeline.web.table_cards import as_cards

LEVELS = {"h2": 2, "h3": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSection:
    """A heading with the plain text below it, up to the next heading."""

    anchor: str
    title: str
    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedText:
    """What a page shows of a text: its title, its body without the title, and its sections, the title's first."""

    title: str
    body: SafeString
    sections: tuple[TextSection, ...]


def anchor_of(title: str) -> str:
    """Give the anchor of a heading.

    >>> anchor_of("A role of PostgreSQL that cannot bend the books")
    'a-role-of-postgresql-that-cannot-bend-the-books'
    """
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def rendered(
    text: str,
    *,
    address_of: Callable[[str], str | None],
    scrolled: str,
    anchors: Sequence[str] | None = None,
) -> RenderedText:
    """Turn a text of Markdown into HTML.

    `address_of` gives the address for what a link says, None where the site has no such page: its words then stand
    without a link. `scrolled` is what a table or a listing that may be wider than the page is called. `anchors` are
    those of the headings in order, where they are not made from their words.
    """
    tokens = _parser().parse(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))
    _number_headings(tokens, anchors)
    _fit(tokens, scrolled)
    for token in tokens:
        token.children = _linked(token.children, address_of) if token.children else token.children
    sections = _sections(tokens)
    body = _without_title(tokens)
    html = as_cards(_parser().renderer.render(body, _parser().options, {}), is_read_whole=True)
    return RenderedText(title=sections[0].title if sections else "", body=html, sections=sections)


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _number_headings(tokens: Sequence[Token], anchors: Sequence[str] | None) -> None:
    headings = [
        (token, tokens[index + 1]) for index, token in enumerate(tokens) if token.type == "heading_open"
    ]
    given: Counter[str] = Counter()
    for (heading, words), anchor in zip_longest(headings, (anchors or ())[: len(headings)]):
        made = anchor_of(_plain(words))
        heading.attrSet("id", anchor or (f"{made}-{given[made]}" if given[made] else made))
        given[made] += 1


def _fit(tokens: list[Token], scrolled: str) -> None:
    """Let what is wide be scrolled by keyboard, and say by class what Markdown says by style."""
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.attrs.pop("style", "") == "text-align:right":
            token.attrSet("class", "number")
        if token.type == "th_open" and not tokens[index + 1].content:
            token.tag = tokens[index + 2].tag = "td"  # a heading that says nothing is none
        if token.type in ("fence", "code_block"):
            token.type = "code_block"  # a fence would put its attributes on the code within
            token.attrs = {"tabindex": "0"}
        elif token.type == "table_close":
            tokens.insert(index + 1, Token("scroll_close", "div", -1, block=True))
        elif token.type == "table_open":
            token.attrSet("class", "plain")
            around = Token("scroll_open", "div", 1, block=True)
            around.attrs = {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": scrolled}
            tokens.insert(index, around)


def _linked(children: Sequence[Token], address_of: Callable[[str], str | None]) -> list[Token]:
    """Lead the links of a line where the site has the page; what leads nowhere keeps its words."""
    kept: list[Token] = []
    is_open: list[bool] = []
    for token in children:
        if token.type == "link_open":
            address = address_of(str(token.attrGet("href") or ""))
            is_open.append(address is not None)
            if address is not None:
                token.attrSet("href", address)
                kept.append(token)
        elif token.type == "link_close":
            if is_open.pop():
                kept.append(token)
        elif token.type == "image":
            kept.append(_words(token.content))
        else:
            kept.append(token)
    return kept


def _words(content: str) -> Token:
    token = Token("text", "", 0)
    token.content = content
    return token


def _plain(token: Token) -> str:
    """Give the words of a token, without marks."""
    parts: list[str] = []
    for child in token.children or ():
        parts.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
    return "".join(parts)


def _sections(tokens: Sequence[Token]) -> tuple[TextSection, ...]:
    sections: list[dict[str, Any]] = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            sections.append(
                {
                    "anchor": str(token.attrGet("id")),
                    "title": _plain(tokens[index + 1]),
                    "level": int(token.tag.removeprefix("h")),
                    "text": [],
                }
            )
        elif sections and token.type == "inline" and tokens[index - 1].type != "heading_open":
            sections[-1]["text"].append(_plain(token))
        elif sections and token.type == "code_block":
            sections[-1]["text"].append(token.content)
    return tuple(TextSection(**{**section, "text": " ".join(section["text"])}) for section in sections)


def _without_title(tokens: Sequence[Token]) -> list[Token]:
    """Leave out the title: the page has it as its own heading."""
    if len(tokens) > 2 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return list(tokens[3:])
    return list(tokens)
