"""What all workers of the site begin with, read once before they are forked.

Each would otherwise read it when it is first asked, with visitors waiting: also the one that replaces another.
"""

from django.template.loader import get_template
from lucide.templatetags.lucide import lucide

from pledgeline.records.register import seen_register
from pledgeline.records.snapshot import programmes, snapshot
from pledgeline.web.menu import all_entries

FIRST = (
    "web/overview.html",
    "web/programmes.html",
    "web/guarantees/register.html",
    "web/books/overview.html",
)


def read_beforehand() -> None:
    """Read the public record and the register, and have the frame of all pages and its icons ready."""
    for programme in programmes():
        snapshot(programme.slug)
    seen_register()
    for name in FIRST:
        get_template(name)
    for entry in all_entries():
        lucide(entry.icon, size=18, aria_hidden="true")
