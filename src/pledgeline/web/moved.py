"""Addresses of before: the pages of a programme lay at the root of the site, where its own pages are."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from pledgeline.records.models import ProgrammeRecord


def moved(request: HttpRequest, slug: str, rest: str = "") -> HttpResponse:
    """Lead on from an address of before; where there is no such programme for this person, nothing is there."""
    if (
        request.method not in ("GET", "HEAD")
        or not ProgrammeRecord.objects.visible_to(request.user).filter(slug=slug).exists()
    ):
        raise Http404
    asked_for = request.get_full_path().partition(f"/{slug}/")[2]
    return HttpResponsePermanentRedirect(reverse("web:overview", args=[slug]) + asked_for)
