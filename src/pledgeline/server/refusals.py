"""What is refused before the site looks at it, for reasons that only the server knows."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from pledgeline.web import errors

REFUSED = "pledgeline.refused"
"""Stands in the environment of a request that is refused, with the status of the answer."""


def answer_refused(
    handle: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give a page of ours to a request that the server refused, whatever it asked for."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        status = request.META.get(REFUSED)
        return handle(request) if status is None else errors.refused(request, status)

    return answered
