"""The answer to an address that is not understood: what was not, what would be, and the ways on."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from pledgeline.web.parameters import Misunderstood, NotUnderstood, Parameters, parameters_of

MOST_LISTED = 40
"""So many values are listed in a sentence; a field offers all of them."""


class RefuseMisunderstood:
    """Give a page only for an address that is understood in full.

    An answer that is an error already stays: whoever may not see a page learns nothing of its parameters.
    """

    def __init__(self, handle: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._handle(request)
        match = request.resolver_match
        is_ours = match is not None and match.app_name == "web" and request.method in ("GET", "HEAD")
        if is_ours and response.status_code < 400 and parameters_of(request).not_understood():
            return answer(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer where the page could not be made for what was not understood."""
        if isinstance(error, Http404):
            return None
        is_refused = isinstance(error, NotUnderstood) or bool(parameters_of(request).faults)
        return answer(request) if is_refused else None


class Explained(NamedTuple):
    """One parameter that was not understood; `listed` are the values that would be, where they are few."""

    fault: Misunderstood
    listed: list[str]
    has_field: bool


def answer(request: HttpRequest) -> HttpResponse:
    """Say which parameters were not understood, and give the ways on."""
    parameters = parameters_of(request)
    faults = parameters.not_understood()
    explained = [_explained(parameters, fault) for fault in faults]
    response = render(
        request,
        "web/not_understood.html",
        {
            **parameters.shell(),
            "explained": explained,
            "has_fields": any(fault.has_field for fault in explained),
            "rest": _rest(parameters, faults),
            "repaired": _without(request, faults),
            "known": sorted(parameters.known),
        },
        status=400,
    )
    if getattr(request, "htmx", False):
        response["HX-Redirect"] = request.get_full_path()  # a part of a page has no room for this answer
    add_never_cache_headers(response)
    return response


def _explained(parameters: Parameters, fault: Misunderstood) -> Explained:
    listed = [value for value, _label in fault.choices] if len(fault.choices) <= MOST_LISTED else []
    return Explained(fault, listed, fault.is_known and fault.name not in parameters.lists)


def _without(request: HttpRequest, faults: Iterable[Misunderstood]) -> str:
    """Give the address without what was not understood."""
    parameters = parameters_of(request)
    data = parameters.data.copy()
    for fault in faults:
        is_list = fault.name in parameters.lists
        kept = [value for value in data.getlist(fault.name) if is_list and value != fault.value]
        data.setlist(fault.name, kept)
        if not kept:
            del data[fault.name]
    return f"{request.path}?{data.urlencode()}" if data else request.path


def _rest(parameters: Parameters, faults: Iterable[Misunderstood]) -> list[tuple[str, str]]:
    """List the parameters that were understood, for the form that corrects the others."""
    names = {fault.name for fault in faults}
    data = parameters.data
    return [(name, value) for name in data for value in data.getlist(name) if name not in names and value]
