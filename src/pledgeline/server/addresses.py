"""What of a request may stand in a log: its address without what lets somebody in, and what else is secret in it.

Some addresses are keys: the link for the first account, an invitation, the answer of another site that vouches
for somebody. Of pages that are not ours, as those of the sign-in library, nothing is shown but the path's fixed
words, whoever adds which; of ours everything but what is called a secret here.
"""

from collections.abc import Iterator
from urllib.parse import quote, unquote_plus

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

SECRET_ARGUMENTS = {"token"}
"""The parts of our addresses that let somebody in. A test knows every other part by name."""

SECRET_FIELDS = ("password", "again", "token", "code", "secret", "credential")
"""A field of a form is secret if its name has one of these words in it."""

PRIVATE_PARAMETERS = {"person", "q"}
"""What somebody looks for is theirs, and a name is a person's."""

LONGEST_VALUE = 24
"""Units: characters. A longer value after the question mark is cut: a scenario, a page to come back to."""

SHORTEST_SECRET = 3
"""Units: characters. What is not longer could be any word of a text, and lets nobody in."""

LONGEST_ADDRESS = 300
"""Units: characters."""

CUT = "[cut]"


def shown_address(request: HttpRequest) -> str:
    """Give the address of a request as a log may show it."""
    path = without_secrets(_in_address(request.path), request)
    is_ours = _is_ours(_match(request))
    asked = "&".join(
        _in_address(f"{name}{sign}{CUT if _is_private(name, value, is_ours) else value}", "%")
        for name, sign, value in _asked(request)
    )
    shown = f"{path}?{asked}" if asked else path
    return shown.replace(_in_address(CUT), CUT)[:LONGEST_ADDRESS]


def without_secrets(text: str, request: HttpRequest) -> str:
    """Cut everything secret that the request holds out of a text, as a message or a traceback."""
    for secret in _secrets(request):
        text = text.replace(secret, CUT)
    return text


def _secrets(request: HttpRequest) -> Iterator[str]:
    """Give each secret in every form in which a text may hold it."""
    match = _match(request)
    is_ours = _is_ours(match)
    if match is None:  # a mistyped link may still hold what lets somebody in
        parts = [part for part in request.path.split("/") if len(part) > LONGEST_VALUE]
    else:
        captured = match.kwargs.items()
        parts = [str(value) for name, value in captured if not is_ours or name in SECRET_ARGUMENTS]
    for name, _sign, value in _asked(request):
        if _is_private(name, value, is_ours):
            parts += [value, unquote_plus(value)]
    if hasattr(request, "_post"):  # a form that nobody has read is not read for the log
        for name, values in request.POST.lists():
            if any(word in name.casefold() for word in SECRET_FIELDS):
                parts += values
    for part in dict.fromkeys(parts):
        if len(part) > SHORTEST_SECRET:
            yield from dict.fromkeys((part, _in_address(part), _in_address(part, "%")))


def _asked(request: HttpRequest) -> Iterator[tuple[str, str, str]]:
    """Give the parts after the question mark as they are written: name, sign, value."""
    return (pair.partition("=") for pair in request.META.get("QUERY_STRING", "").split("&") if pair)


def _is_private(name: str, value: str, is_ours: bool) -> bool:
    """Say whether a value after the question mark is cut: of pages that are not ours each one is."""
    return not is_ours or name in PRIVATE_PARAMETERS or len(value) > LONGEST_VALUE


def _is_ours(match: ResolverMatch | None) -> bool:
    """Say whether a page is one of ours; an address of no page is none of another's."""
    return match is None or match.app_name == "web" or match.namespace == "api"


def _match(request: HttpRequest) -> ResolverMatch | None:
    """Find out which page is meant, also where the request did not get that far."""
    if request.resolver_match is not None:
        return request.resolver_match
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None


def _in_address(text: str, more: str = "") -> str:
    """Write a text as it stands in an address: in letters that end no line and mislead no eye."""
    return quote(text, safe=f"/:@!$&'()*+,;=~{more}", errors="replace")
