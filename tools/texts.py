"""The catalogues of the pages: what can be translated is taken from the code, what was translated is kept.

`python -m tools.texts` brings every catalogue up to date and says how many texts each lacks; with names of languages
it begins those, too: `python -m tools.texts pl`. Babel reads and writes the files, so that nobody needs the programs
of gettext. A text that the code does not say any more leaves the catalogue.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).parents[1]
SOURCE = CHECKOUT / "src" / "pledgeline"
LOCALE = SOURCE / "locale"

KEYWORDS = {
    **dict.fromkeys(("_", "_lazy", "translated", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("n_", "ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}

HEADER = (
    "# The texts of Pledgeline's pages. `python -m tools.texts` brings this file up to date; see\n"
    "# docs/handbook/languages.md."
)


class Text(NamedTuple):
    """A text of the code: one form, or two where it counts; its context, and the file that says it."""

    forms: tuple[str, ...]
    context: str | None
    place: str


def texts() -> Iterator[Text]:
    """Give every text of the code and the templates, in the order of the files."""
    paths = sorted(SOURCE.rglob("*.py")) + sorted(SOURCE.rglob("*.html")) + sorted(SOURCE.rglob("*.txt"))
    for path in paths:
        yield from _texts_of(path)


def _texts_of(path: Path) -> Iterator[Text]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # what templatize leaves is no program: lines begin where they like
        source = re.sub(r"(?m)^[ \t]+", "", templatize(source))
    place = path.relative_to(SOURCE).as_posix()
    for _line, message, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
        forms = message if isinstance(message, tuple) else (message,)
        if forms[0]:
            yield Text(forms, context, place)


def written_catalogue(language: str) -> Catalog:
    """Read the catalogue of a language as it lies there; an empty one where there is none."""
    path = _path(language)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def current_catalogue(language: str) -> Catalog:
    """Give the catalogue with the texts of today, and of what was written whatever still fits."""
    kept = written_catalogue(language)
    catalogue = Catalog(locale=language, header_comment=HEADER, fuzzy=False)
    for text in texts():
        one = text.forms if len(text.forms) > 1 else text.forms[0]
        before = kept.get(text.forms[0], text.context)
        same_form = before is not None and isinstance(before.id, tuple) == (len(text.forms) > 1)
        catalogue.add(
            one,
            before.string if before is not None and same_form else None,
            locations=[(text.place, None)],
            context=text.context,
        )
    return catalogue


def lacking(catalogue: Catalog) -> list[Message]:
    """Give the texts that have no translation, or not every plural form of it."""
    return [
        message
        for message in catalogue
        if message.id
        and not (all(message.string) if isinstance(message.string, tuple) else bool(message.string))
    ]


def as_bytes(catalogue: Catalog) -> bytes:
    """Write a catalogue so that the same texts give the same bytes: no hour, no numbers of lines."""
    file = BytesIO()
    write_po(file, catalogue, width=0, omit_header=True, include_lineno=False, sort_by_file=True)
    head = (
        f'{HEADER}\nmsgid ""\nmsgstr ""\n"Language: {catalogue.locale}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    return head.encode() + file.getvalue()


def languages() -> list[str]:
    """Name the languages that have a catalogue."""
    return sorted(path.parents[1].name for path in LOCALE.glob("*/LC_MESSAGES/django.po"))


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def main() -> None:
    """Bring every catalogue up to date, and begin those that are named."""
    settings.configure() if not settings.configured else None
    for language in sorted({*languages(), *sys.argv[1:]}):
        catalogue = current_catalogue(language)
        path = _path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(catalogue))
        print(f"{language}: {len(catalogue)} texts, {len(lacking(catalogue))} without a translation")


if __name__ == "__main__":
    main()
