"""The pages of help: contents, chapters, the glossary, the tour, and what is new."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pledgeline.accounts.stand_ins import PLACE
from pledgeline.records.snapshot import programme_names
from pledgeline.web.asked import visitor
from pledgeline.web.help.glossary import glossary, language_of_words
from pledgeline.web.help.handbook import ShownText, chapter_text, chapters, reference_text
from pledgeline.web.help.notes import notes_of_versions, notes_since
from pledgeline.web.help.shipped import REFERENCE
from pledgeline.web.help.tour import first_address, steps_for


def contents_page(request: HttpRequest) -> HttpResponse:
    """List the chapters, and what else helps."""
    references = [(slug, reference_text(slug).rendered.title) for slug in REFERENCE]
    return render(request, "web/help/contents.html", {"chapters": chapters(), "references": references})


def chapter_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a chapter, with what it holds, and the chapters before and after it."""
    listed = chapters()
    place = next((index for index, chapter in enumerate(listed) if chapter.slug == slug), None)
    if place is None:
        raise Http404(f"the handbook has no chapter “{slug}”")
    around = {
        "before": listed[place - 1] if place else None,
        "after": listed[place + 1] if place + 1 < len(listed) else None,
        "number": place + 1,
        "of": len(listed),
    }
    return _shown(request, chapter_text(slug), around)


def reference_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page that is written from the code."""
    if slug not in REFERENCE:
        raise Http404(f"there is no such page: “{slug}”")
    return _shown(request, reference_text(slug), {})


def _shown(request: HttpRequest, text: ShownText, around: dict[str, Any]) -> HttpResponse:
    sections = [section for section in text.rendered.sections if section.level in (2, 3)]
    return render(request, "web/help/chapter.html", {"text": text, "sections": sections, **around})


def glossary_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/help/glossary.html", {"parts": glossary(), "language": language_of_words()})


def new_page(request: HttpRequest) -> HttpResponse:
    """Show what changed, newest first."""
    context = {"notes": notes_since(), "versions": notes_of_versions()}
    return render(request, "web/help/new.html", context)


def tour_page(request: HttpRequest) -> HttpResponse:
    """Say what the tour is, and where it begins."""
    is_there = any(programme.slug == PLACE for programme in programme_names(visitor(request)))
    context = {
        "begins_at": first_address(request) if is_there else "",
        "steps": steps_for(visitor(request)),
    }
    return render(request, "web/help/tour.html", context)


def tour_end_page(request: HttpRequest) -> HttpResponse:
    """Say what to do after the tour."""
    return render(request, "web/help/tour_end.html", {"slug": PLACE})
