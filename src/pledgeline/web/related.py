"""Addresses that belong together: a page and its files, its lasting address, the terms, the pages before and after.

A page that shows a table has the files of that table beside it: the same address with an ending. A file for programs
is always written in one language, whoever asks for it: a program that reads it reads the same tomorrow.
"""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.encoding import escape_uri_path
from django.utils.http import urlencode

from pledgeline.web.basis import basis_of, is_public, lasting_address
from pledgeline.web.downloads import TYPES
from pledgeline.web.parameters import parameters_of

FOR_PROGRAMS = frozenset({"csv", "json"})
LANGUAGE = "en"
"""The language of files for programs: of the few texts in them that are no keys."""


class Relate:
    """Say in the header `Link` which addresses belong to an answer."""

    def __init__(self, handle: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(translation.get_language()):  # which comes back after a file for programs
            response = self._handle(request)
        if getattr(request, "is_for_programs", False):
            _keep_language(response, LANGUAGE)
        if (
            request.method in ("GET", "HEAD")
            and response.status_code == 200
            and basis_of(request) is not None
        ):
            response["Link"] = ", ".join(
                f'<{address}>; rel="{rel}"' + (f'; type="{kind}"' if kind else "")
                for rel, address, kind in _links(request)
            )
        return response

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, kwargs: dict[str, object]
    ) -> None:
        """Choose the language of a file for programs."""
        if kwargs.get("format_") in FOR_PROGRAMS:
            translation.activate(LANGUAGE)
            request.is_for_programs = True  # type: ignore[attr-defined]


def _keep_language(response: HttpResponseBase, language: str) -> None:
    """Say in which language a file is, and make what is still to be written of it in that language."""
    response["Content-Language"] = language
    if isinstance(response, StreamingHttpResponse) and not response.is_async:
        response.streaming_content = _said_in(language, iter(response.streaming_content))  # type: ignore[arg-type]


def _said_in(language: str, lines: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with translation.override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


def files_beside(request: HttpRequest) -> dict[str, str]:
    """Give the addresses of the files beside a page, by their format; nothing where it has none."""
    match = request.resolver_match
    if match is None or "format_" in match.kwargs:
        return {}
    said = parameters_of(request).said_beside("page")
    query = f"?{urlencode(said)}" if said else ""
    try:
        return {
            format_: reverse(
                f"{match.namespace}:{match.url_name}-file", kwargs={**match.kwargs, "format_": format_}
            )
            + query
            for format_ in TYPES
        }
    except NoReverseMatch:
        return {}


def _links(request: HttpRequest) -> list[tuple[str, str, str]]:
    basis = basis_of(request)
    links = [("canonical", lasting_address(request), "")]
    links += [
        ("alternate", address, TYPES[format_].partition(";")[0])
        for format_, address in files_beside(request).items()
    ]
    programme = basis.programme if basis is not None else None
    if programme is not None:
        if programme.licence is not None:
            links.append(("license", programme.licence.address, ""))
        if is_public(request, programme.slug):
            about = reverse("web:dataset", args=[programme.slug])
            links.append(("describedby", about, "application/ld+json"))
    page, pages = parameters_of(request).turns
    said = parameters_of(request).said_beside("page")
    for rel, number in (("prev", page - 1), ("next", page + 1)):
        if 0 < number <= pages:
            links.append((rel, f"{escape_uri_path(request.path)}?{urlencode([*said, ('page', number)])}", ""))
    return links
