"""A language for tests: every text of the catalogues 40 per cent longer and with an accent on each letter.

`python -m tools.longer FOLDER` copies the package into a folder and adds the language there in the way that
`docs/handbook/languages.md` tells: a catalogue, a folder of sentences, the ways to write a day, a row of the settings.
Nothing of the program knows it. What a page then shows without accents, no catalogue can translate; what it cuts off,
it would cut off in a language with longer words. It takes the place of Esperanto, so that numbers have rules.
"""

import re
import shutil
import sys
from pathlib import Path

from babel.messages import Catalog
from django.conf import settings
from fluent.syntax import FluentParser, FluentSerializer, ast, visitor

from tools.texts import CHECKOUT, SOURCE, as_bytes, current_catalogue

LANGUAGE, FIRST = "eo", "en"
GROWTH = 40
"""Units: per cent of the letters of a text."""

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀčďéƒğħíĵķĺṁñóṕɋřšťúṽŵẋýžÁƁČĎÉƑĞĦÍĴĶĹṀÑÓṔɊŘŠŤÚṼŴẊÝŽ",
)
_KEPT = re.compile(r"%\(\w+\)\d*[sd]|%[sd%]|\{\w*\}|<[^>]*>|&\w+;|https?://\S+|\[\[|\]\]")
"""What stands for something else in a text: places of figures, tags, addresses."""


def longer(text: str) -> str:
    """Write a text with accents and longer, its places of figures and its tags as they are.

    >>> longer("Partners of %(name)s")
    'Ṕářřťññéřšš óƒƒ %(name)s'
    """
    grown, owed, last = [], 0, 0
    for kept in [*_KEPT.finditer(text), None]:
        for sign in text[last : kept.start() if kept else len(text)]:
            letter = sign.translate(_ACCENTED)
            owed += GROWTH * (letter != sign)
            times = 2 if letter != sign and owed >= 100 else 1
            owed -= 100 * (times - 1)
            grown.append(letter * times)
        if kept:
            grown.append(kept[0])
            last = kept.end()
    return "".join(grown)


def longer_catalogue() -> Catalog:
    """Give the catalogue of the pages: each text as `longer` writes it, each plural form, too."""
    catalogue = Catalog(locale=LANGUAGE, fuzzy=False)
    for message in current_catalogue(LANGUAGE):
        if message.id:
            is_counted = isinstance(message.id, tuple)
            said = tuple(map(longer, message.id)) if is_counted else longer(message.id)
            catalogue.add(message.id, said, context=message.context)
    return catalogue


class _Longer(visitor.Transformer):
    """Writes the texts of messages longer; what they speak of, their choices and their functions stay."""

    def visit_TextElement(self, node: ast.TextElement) -> ast.TextElement:
        node.value = longer(node.value)
        return node


def longer_sentences(text: str) -> str:
    """Write a file of sentences longer."""
    return FluentSerializer().serialize(_Longer().visit(FluentParser().parse(text)))


def add_to(package: Path) -> None:
    """Add the language to a copy of the package, as the chapter on languages says."""
    catalogue = package / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(as_bytes(longer_catalogue()))
    for name in ("__init__.py", "formats.py"):
        shutil.copy(package / "locale" / FIRST / name, package / "locale" / LANGUAGE / name)
    sentences = package / "data" / "sentences"
    (sentences / LANGUAGE).mkdir()
    for path in sorted((sentences / FIRST).glob("*.ftl")):
        text = longer_sentences(path.read_text(encoding="utf-8"))
        (sentences / LANGUAGE / path.name).write_text(text, encoding="utf-8")
    offered = package / "server" / "settings.py"
    before = offered.read_text(encoding="utf-8")
    after = before.replace('("en", "English"), ', f'("en", "English"), ("{LANGUAGE}", "Longer"), ')
    assert before != after
    offered.write_text(after, encoding="utf-8")


def copy_to(folder: Path) -> Path:
    """Copy the package with the texts that ship with it, add the language, and give what Python has to look in.

    What is compiled goes along, but for what Python is just writing.
    """
    shutil.copytree(SOURCE, folder / "src" / SOURCE.name, ignore=shutil.ignore_patterns("*.pyc.*"))
    for name in ("docs", "changes", "CHANGELOG.md"):
        (folder / name).symlink_to(CHECKOUT / name)
    add_to(folder / "src" / SOURCE.name)
    return folder / "src"


def main() -> None:
    """Copy the package into the folder that is named, with the language."""
    settings.configure() if not settings.configured else None
    if len(sys.argv) != 2:
        raise SystemExit("name a folder that is not there yet: python -m tools.longer FOLDER")
    print(f"PYTHONPATH={copy_to(Path(sys.argv[1]))}")


if __name__ == "__main__":
    main()
