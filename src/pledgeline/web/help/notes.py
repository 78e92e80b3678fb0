"""What is new: the notes of changes that ship with the program, newest version first."""

import re
from dataclasses import dataclass
from functools import cache

from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from pledgeline.web.help.markdown import rendered
from pledgeline.web.help.shipped import shipped

KINDS = {"added": _("Added"), "changed": _("Changed"), "fixed": _("Fixed"), "removed": _("Removed")}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesOfAKind:
    """Notes of one kind that are not in a version yet, each as a page shows it."""

    kind: str
    notes: tuple[SafeString, ...]

    @property
    def title(self) -> object:
        return KINDS[self.kind]


def notes_since() -> tuple[NotesOfAKind, ...]:
    """Give what has changed since the last version of the change log."""
    return _notes_since(get_script_prefix())


def notes_of_versions() -> SafeString:
    """Give the change log: what changed in each version."""
    return _notes_of_versions(get_script_prefix())


@cache
def _notes_since(_prefix: str) -> tuple[NotesOfAKind, ...]:
    notes: dict[str, list[SafeString]] = {kind: [] for kind in KINDS}
    for path in sorted((shipped() / "changes").glob("*.*.md")):
        kind = path.name.split(".")[-2]
        if kind in notes:
            notes[kind].append(_shown(path.read_text(encoding="utf-8")))
    return tuple(NotesOfAKind(kind=kind, notes=tuple(item)) for kind, item in notes.items() if item)


@cache
def _notes_of_versions(_prefix: str) -> SafeString:
    text = (shipped() / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.split(r"^## ", text, maxsplit=1, flags=re.MULTILINE)
    return _shown(f"## {versions[1]}") if len(versions) > 1 else SafeString("")


def _shown(text: str) -> SafeString:
    web_alone = re.compile(r"https?://")
    return rendered(text, address_of=lambda link: link if web_alone.match(link) else None, scrolled="").body
