"""One word for each thing: the glossary has it once, and pages, headings of files and commands say no other."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from pledgeline.exchange.workbook.layout import SHEETS

pytestmark = pytest.mark.any_database

CHECKOUT = Path(__file__).parents[2]
SOURCE = CHECKOUT / "src" / "pledgeline"

PLANS = ("web/planning/", "web/templates/web/plan/", "cli/plan", "data/sentences/en/plan.ftl")
BOOKS = ("web/books/", "web/definitions.py", "web/templates/web/books/", "web/templates/web/rows/books/")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A word that stands for nothing of ours, and the word of the glossary that does.

    `within` are the beginnings of the places that are looked at, `allowed` are parts of texts in which the
    word means something else, `left` is how many texts have still to be put right: the number may only fall.
    """

    not_this: str
    but: str
    within: tuple[str, ...] = ("",)
    allowed: tuple[str, ...] = ()
    left: int = 0


RULES = (
    Rule(
        not_this=r"signed",
        but="committed",
        within=BOOKS,
        allowed=(
            "this installation signed with",  # keys that sign checkpoints
            "signed; this installation has no key",
            "Signed with a key",
            "Signed until",
            "Not signed: this installation",
        ),
    ),
    Rule(
        not_this=r"signed",
        but="committed",
        within=("data/sentences/en/ledger",),
        allowed=("is not signed with a key of a log",),
    ),
    Rule(
        not_this=r"free",
        but="available",
        allowed=(
            "Free entry",  # of any postings
            "Free of veto points",
            "change of terms would free idle money",  # what a change does
            "Idle money, and what would free it",
            "free entry",
            "free entries",
            "Free text",
            "free of charge",
        ),
    ),
    Rule(not_this=r"on order", but="ordered"),
    Rule(not_this=r"tiers?", but="priority"),
    # The one sentence for those who know none of our words yet says donor.
    Rule(
        not_this=r"donors?|givers?|funders?|contributors?",
        but="partner",
        allowed=("Follow donor money and goods",),
    ),
    Rule(not_this=r"vendors?|sellers?", but="supplier"),
    # A worker is told to end; keys are told apart.
    Rule(not_this=r"told", but="announced", allowed=("0 it was told to end", "can be told apart")),
    Rule(not_this=r"ledgers?", but="books", allowed=("Nobody's ledger stands behind them",)),
    Rule(not_this=r"transactions?|bookings?", but="entry", left=8),
    Rule(
        not_this=r"revers(?:e[ds]?|als?)|undo|undone",
        but="take back",
        allowed=(
            "what you leave out is undone",  # edits of a text
            "This cannot be undone",
        ),
    ),
    Rule(not_this=r"projects?", but="programme"),
    # The program that opens a workbook.
    Rule(
        not_this=r"spreadsheets?",
        but="workbook",
        allowed=("spreadsheet program", "no file of a spreadsheet", "spreadsheets turn"),
    ),
    Rule(not_this=r"objections?|issues?", but="finding"),
    # A plan speaks of requirements, as the recipient does; a line is what the books order together.
    Rule(
        not_this=r"lines?",
        but="requirement",
        within=PLANS,
        allowed=("Line in the books", "can add it with one line", "{ $lines ->"),
        left=1,
    ),
)

TRANSLATED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
PRINTED = {"say", "table", "stop", "warn"}
IN_TEMPLATES = re.compile(
    r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)')|\{%\s*blocktranslate.*?%\}(.*?)\{%\s*endblocktranslate""",
    re.S,
)
IN_CATALOGUES = re.compile(r"^(?:[\w-]+ =|    \.[\w-]+ =|\s+\*?\[[^]]*\]|    )(.*)$", re.MULTILINE)
"""What messages, their attributes, variants and further lines say; not remarks."""

NAMES_OF_OURS = re.compile(
    r"`[^`]*`|pledgeline ledger \S+|ledger (?:dialects|checkpoint)|\{\{.*?\}\}|\{ ?[$-][^}]*\}|%\(\w+\)"
)
"""Commands, fields and values within a text: they are keys, which are never renamed."""


def _constants(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def _page_words(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATED:
            yield from _constants(node.args)


def _command_words(tree: ast.AST) -> Iterator[str]:
    """Give what commands print and how their help explains them and their options."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and re.search(
            r"\.(?:command|callback)\b", " ".join(map(ast.unparse, node.decorator_list))
        ):
            yield ast.get_docstring(node) or ""
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in PRINTED:
                yield from _constants(node.args)
            yield from _constants([keyword.value for keyword in node.keywords if keyword.arg == "help"])


@cache
def texts() -> list[tuple[str, str]]:
    """List what people read on pages, in headings of files, from commands and in sentences, with its place."""
    found: list[tuple[str, str]] = []
    for folder, words_of in (("web", _page_words), ("cli", _command_words)):
        for path in sorted((SOURCE / folder).rglob("*.py")):
            place = path.relative_to(SOURCE).as_posix()
            found += [(place, text) for text in words_of(ast.parse(path.read_text(encoding="utf-8")))]
    for path in sorted((SOURCE / "web" / "templates").rglob("*.html")):
        place = path.relative_to(SOURCE).as_posix()
        found += [
            (place, " ".join(filter(None, match)))
            for match in IN_TEMPLATES.findall(path.read_text(encoding="utf-8"))
        ]
    for path in sorted((SOURCE / "data" / "sentences" / "en").glob("*.ftl")):
        place = path.relative_to(SOURCE).as_posix()
        found += [(place, text) for text in IN_CATALOGUES.findall(path.read_text(encoding="utf-8"))]
    for sheet in SHEETS:
        found += [("exchange/workbook/", text) for text in (sheet.name, *(c.header for c in sheet.columns))]
    return [(place, NAMES_OF_OURS.sub(" ", text)) for place, text in found]


def against(rule: Rule) -> list[tuple[str, str]]:
    word = re.compile(rf"\b(?:{rule.not_this})\b", re.IGNORECASE)
    return [
        (place, text)
        for place, text in texts()
        if place.startswith(rule.within)
        and word.search(text)
        and not any(part in " ".join(text.split()) for part in rule.allowed)
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.but}, not {rule.not_this}")
def test_a_thing_has_one_word_on_pages_in_files_and_in_commands(rule):
    found = against(rule)

    assert len(found) <= rule.left, f"say {rule.but}: {found}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.but}, not {rule.not_this}")
def test_what_is_allowed_is_still_there(rule):
    """An exception that nobody needs any more is struck off."""
    shown = [" ".join(text.split()) for _, text in texts()]

    assert [] == [part for part in rule.allowed if not any(part in text for text in shown)]


def test_texts_are_found():
    """One of each kind: a call, a template, a help, a docstring, a printed heading, a heading of the workbook."""
    assert {
        ("web/books/words.py", "committed"),
        ("web/templates/web/books/contribution.html", "Available"),
        ("cli/plan.py", "The id of the requirement."),
        ("cli/ledger_shown.py", "stage"),
        ("exchange/workbook/", "Priority"),
    } <= set(texts())
    assert any(text.startswith("Say why a requirement gets what it gets.") for _, text in texts())


def test_each_word_stands_once_in_the_glossary():
    glossary = (CHECKOUT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!word \||---)(.+?) \| ", glossary, re.MULTILINE)
    words = [word for row in rows for word in row.split(", ")]

    assert sorted(set(words)) == sorted(words)
    assert [] == [rule.but for rule in RULES if not re.search(rf"\b{rule.but}\b", glossary)]
