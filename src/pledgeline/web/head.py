"""What the head and the foot of every page know: where *Help* leads, the step of the tour, version and contact."""

from functools import cache, partial
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from pledgeline.web.help.places import help_address
from pledgeline.web.help.tour import read_step, tour_box


def for_pages(request: HttpRequest) -> dict[str, Any]:
    """Tell pages what stands above and below them; what costs something, where they ask for it."""
    step = read_step(request) if request.method == "GET" else ""
    return {
        "help_address": partial(help_address, request),
        "tour_box": partial(tour_box, request, step),
        "version": installed_version(),
        "contact": contact(settings.CONTACT),
    }


@cache
def installed_version() -> str:
    return version("pledgeline")


def contact(text: str) -> dict[str, str]:
    """Give whom visitors write to: what is shown, and where it leads.

    >>> contact("office@example.org")
    {'text': 'office@example.org', 'address': 'mailto:office@example.org'}
    >>> contact("https://example.org/contact")["text"], contact("")
    ('example.org/contact', {})
    """
    if not text:
        return {}
    if text.startswith(("https://", "http://")):
        return {"text": text.partition("://")[2].rstrip("/"), "address": text}
    return {"text": text, "address": f"mailto:{text}"}
