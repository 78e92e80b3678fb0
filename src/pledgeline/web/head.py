"""What the head and the foot of every page know: the programmes to choose from, help, version and contact."""

from functools import cache, partial
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from pledgeline.accounts.rights import Act, may_anywhere
from pledgeline.exchange.record.own_names import own_name
from pledgeline.records.snapshot import programme_names
from pledgeline.web.asked import visitor
from pledgeline.web.help.places import help_address
from pledgeline.web.help.tour import read_step, tour_box
from pledgeline.web.menu import is_of_record


def for_pages(request: HttpRequest) -> dict[str, object]:
    """Tell pages what stands above and below them; what costs something, where they ask for it."""
    step = read_step(request) if request.method == "GET" else ""
    return {
        "programmes": cache(lambda: _programmes(request)),
        "may_edit_register": cache(lambda: may_anywhere(visitor(request), Act.EDIT_REGISTER)),
        "reads_what_was_done": cache(lambda: may_anywhere(visitor(request), Act.READ_AUDIT)),
        "is_of_record": is_of_record(request),
        "help_address": partial(help_address, request),
        "tour_box": partial(tour_box, request, step),
        "version": installed_version(),
        "contact": contact(settings.CONTACT),
    }


def _programmes(request: HttpRequest) -> list[Any]:
    """List the programmes to choose from, each in the language of whoever reads."""
    return [
        known._replace(
            short_name=own_name(known.slug, known.short_name), about=own_name(known.slug, known.about)
        )
        for known in programme_names(visitor(request))
    ]


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
