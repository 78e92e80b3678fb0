"""The methods of HTTP that the site answers to: what forms and links of a browser send, what programs send
to the API, and no others.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

ANSWERED = ("GET", "HEAD", "POST", "OPTIONS")
ALSO_OF_PROGRAMS = ("PUT", "DELETE")
"""What the API takes beside."""

API = "/api/"


def refuse_other_methods(
    handle: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 405 to any other: TRACE would be answered with a page, and what PUT and DELETE bring is never read."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        is_of_a_program = request.path_info.startswith(API) and request.method in ALSO_OF_PROGRAMS
        if request.method in ANSWERED or is_of_a_program:
            return handle(request)
        response = HttpResponseNotAllowed(ANSWERED)
        response["Connection"] = "close"  # a body that nobody reads is not taken for the next request
        return response

    return guarded
