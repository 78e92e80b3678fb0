"""The methods of HTTP that the site answers to: what forms and links of a browser send, and no others."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

ANSWERED = ("GET", "HEAD", "POST", "OPTIONS")


def refuse_other_methods(
    handle: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 405 to any other: TRACE would be answered with a page, and what PUT and DELETE bring is never read."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        if request.method in ANSWERED:
            return handle(request)
        response = HttpResponseNotAllowed(ANSWERED)
        response["Connection"] = "close"  # a body that nobody reads is not taken for the next request
        return response

    return guarded
