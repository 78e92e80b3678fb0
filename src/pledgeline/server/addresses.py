"""What of a request may stand in a log: its address without what lets somebody in, and what else is secret in it.

Some addresses are keys: the link for the first account, an invitation, the answer of another site that vouches
for somebody. Of pages that are not ours, as those of the sign-in library, nothing is shown but the path's fixed
words, whoever adds which; of ours everything but what is called a secret here.
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl, quote

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

SECRET_ARGUMENTS = {"token"}
"""The parts of our addresses that let somebody in. A test knows every other part by name."""

SECRET_FIELDS = ("password", "again", "token", "code", "secret")
"""A field of a form is secret if its name has one of these words in it."""

LONGEST_VALUE = 24
"""Units: characters. A longer value after the question mark is shortened: a scenario, words that were searched for."""

LONGEST_ADDRESS = 300
"""Units: characters."""

CUT = "[cut]"


def shown_address(request: HttpRequest) -> str:
    """Give the address of a request as a log may show it."""
    match = _match(request)
    is_ours = match is None or match.app_name == "web"
    asked = "&".join(
        f"{_in_address(_shortened(name))}={_in_address(_shortened(value)) if is_ours else CUT}"
        for name, value in parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    )
    shown = without_secrets(_in_address(request.path), request)
    return f"{shown}?{asked}"[:LONGEST_ADDRESS] if asked else shown[:LONGEST_ADDRESS]


def without_secrets(text: str, request: HttpRequest) -> str:
    """Cut everything secret that the request holds out of a text, as a message or a traceback."""
    for secret in _secrets(request):
        text = text.replace(secret, CUT)
    return text


def _secrets(request: HttpRequest) -> Iterator[str]:
    match = _match(request)
    if match is None:  # a mistyped link may still hold what lets somebody in
        parts = [part for part in request.path.split("/") if len(part) > LONGEST_VALUE]
    else:
        is_ours = match.app_name == "web"
        parts = [
            str(value) for name, value in match.kwargs.items() if not is_ours or name in SECRET_ARGUMENTS
        ]
    for part in parts:
        yield from (form for form in (part, _in_address(part)) if len(form) > 3)
    if hasattr(request, "_post"):  # a form that nobody has read is not read for the log
        for name, values in request.POST.lists():
            if any(word in name.casefold() for word in SECRET_FIELDS):
                yield from (value for value in values if len(value) > 3)


def _match(request: HttpRequest) -> ResolverMatch | None:
    """Find out which page is meant, also where the request did not get that far."""
    if request.resolver_match is not None:
        return request.resolver_match
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None


def _in_address(text: str) -> str:
    """Write a text as it stands in an address: without a character that could end a line."""
    return quote(text, safe="/:@!$&'()*+,;=~", errors="replace")


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:6]}…"
