"""The facts of a report as pages show them: with the words that state each, or who gave it, or that none does."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from pledgeline.evidence.deciding.marking import shown
from pledgeline.records.models import DocumentRecord
from pledgeline.web.reports import words
from pledgeline.web.reports.common import ReportRequest

NAMES = {
    "title": _("Title"),
    "outlet": _("Outlet"),
    "author": _("Author"),
    "published_on": _("Published on"),
    "language": _("Language"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """One fact of a report, and how it is known."""

    name: object
    value: str
    how: object


def facts_of_document(here: ReportRequest, document: DocumentRecord) -> list[ShownFact]:
    """Give the facts of a report in their order."""
    shows = document.shows_text_to(here.person)
    facts = []
    for name, label in NAMES.items():
        value = getattr(document, name)
        place = document.stated.get(name)
        if not value:
            how: Any = _("not stated")
        elif place is not None and shows:
            quoted = shown(document.text[place[0] : place[1]])
            how = _("stated: “%(words)s”, at character %(at)d") % {"words": quoted, "at": place[0]}
        elif place is not None:
            how = _("stated in the text")
        elif name == "language":
            how = _("read from its words")
        else:
            how = _("given by %(who)s; not in the text") % {"who": document.added_by}
        said = (
            date_format(value, "DAY_FORMAT") if name == "published_on" and value else shown(str(value or ""))
        )
        facts.append(ShownFact(name=label, value=said, how=how))
    standpoint = str(words.STANDPOINTS[document.standpoint])
    facts.append(ShownFact(name=_("What it is"), value=standpoint, how=""))
    return facts
