"""Follow the links of pages, as somebody would who presses everything."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urljoin

from django.urls import resolve

OF_A_KIND = 12
"""So many pages of one kind are opened: a hundred announcements have the same page."""


def links_of(page: str) -> list[str]:
    return sorted({html.unescape(link) for link in re.findall(r'href="([^"#]+)', page)})


def follow(site: Any, starts: Iterable[str], *, leads_on: Callable[[str], bool]) -> dict[str, int]:
    """Open pages and what they link to; give what each address answered.

    Links of an address for which `leads_on` is false are not followed.
    """
    seen: dict[str, int] = {}
    kinds: Counter[tuple[str, str]] = Counter()
    waiting = list(starts)
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(("http:", "https:", "/static/")):
            continue
        path, _, query = address.partition("?")
        kind = resolve(path).url_name or path, re.sub(r"=[^&]*", "", query)
        kinds[kind] += 1
        if kinds[kind] > OF_A_KIND:
            continue
        answer = site.get(address)
        seen[address] = answer.status_code
        if answer.status_code == 302:
            waiting.append(answer["Location"])
        elif leads_on(address) and answer["Content-Type"].startswith("text/html"):
            waiting += (urljoin(address, link) for link in links_of(answer.content.decode()))
    return seen
