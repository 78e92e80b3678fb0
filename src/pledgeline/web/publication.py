"""Publish a programme or its books, or show them no longer: what is so now, a question, and the act."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import may
from pledgeline.actions.publication import ACTS, Publication, publications, publish, unpublish
from pledgeline.programme.settings import WITHHOLDABLE
from pledgeline.records.models import Subject
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.not_yours import not_yours
from pledgeline.web.words import Words

SUBJECTS: Words = {Subject.PROGRAMME: _("The programme"), Subject.BOOKS: _("The books")}


def publication_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show whether the programme and its books are public, and who decided so."""
    asked = ask(request, slug)
    person = visitor(request)
    if not any(may(person, act, slug) for act in ACTS.values()):
        return not_yours(request, ACTS[Subject.PROGRAMME])
    states = [
        (SUBJECTS[publication.subject], publication, may(person, ACTS[publication.subject], slug))
        for publication in publications(slug)
    ]
    return show(request, "web/publication.html", asked, states=states)


def change_page(request: HttpRequest, slug: str, subject: str) -> HttpResponse:
    """Ask first; with the answer publish it, or show it no longer.

    Raises:  Http404 where the programme keeps no books, or there is no such thing to publish.
    """
    asked = ask(request, slug)
    state = next((publication for publication in publications(slug) if publication.subject == subject), None)
    if state is None:
        raise Http404(f"there is no {subject!r} to publish")
    person = visitor(request)
    if not may(person, ACTS[state.subject], slug):
        return not_yours(request, ACTS[state.subject])
    if request.method == "POST":
        act = publish if request.POST.get("public") == "yes" else unpublish
        act(slug, state.subject, person=person, now=timezone.now())
        return redirect("web:publication", slug)
    return _ask_first(request, asked, state)


def _ask_first(request: HttpRequest, asked: Asked, state: Publication) -> HttpResponse:
    programme = asked.programme
    return show(
        request,
        "web/publication_change.html",
        asked,
        state=state,
        is_of_books=state.subject is Subject.BOOKS,
        withheld=[(kind, names) for kind in WITHHOLDABLE if (names := programme.withheld(kind))],
    )
