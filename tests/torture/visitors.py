"""People at a site over HTTP, as far as a torture needs them: some read pages, some enter pledges.

They press the button again with the same key until they are told that the pledge is entered.
"""

import http.client
import random
import re
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.torture import stage

PAGES = (
    "",
    "announcements/",
    "books/",
    "books/journal/",
    "books/balances/",
    "books/contributions/",
    "partners/",
)


class Answer(NamedTuple):
    status: int
    location: str
    body: str


@dataclass
class Seen:
    """What all people together saw."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    statuses: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    acknowledged: set[str] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)

    def note(self, page: str, status: str, took: float) -> None:
        with self.lock:
            self.statuses[status] += 1
            if status in ("200", "302"):
                self.seconds[page].append(took)


class Visitor:
    """A browser as far as this needs one: a connection that is kept, and cookies."""

    def __init__(self, port: int, session: str = "") -> None:
        self.port = port
        self.cookies = {"sessionid": session} if session else {}
        self.connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: str = "") -> Answer:
        """Raises: OSError or http.client.HTTPException, where there is no answer."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body or None, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return Answer(answer.status, answer.getheader("Location") or "", text)


def read_pages(port: int, session: str, chance: random.Random, seen: Seen, done: threading.Event) -> None:
    visitor = Visitor(port, session)
    while not done.is_set():
        page = chance.choice(PAGES)
        _asked(visitor, seen, page, "GET", f"/{stage.SLUG}/{page}")
        done.wait(chance.random())


def enter_pledges(
    port: int, session: str, chance: random.Random, seen: Seen, done: threading.Event, name: str
) -> None:
    """Enter one pledge after another, each until it is acknowledged, as somebody who presses the button again."""
    visitor, number = Visitor(port, session), 0
    path = f"/{stage.SLUG}/books/record/?kind=pledge"
    token = ""
    while not done.is_set():
        key = f"{name}-{number}"
        if not token:
            form = _asked(visitor, seen, "books/record/", "GET", path)
            found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.body if form else "")
            token = found.group(1) if found else ""
        if token:
            seen.tried.add(key)
            fields = (
                f"contribution={key}&partner=P&currency=USD&amount=1.00&effective_on=2026-01-01&key={key}"
            )
            answer = _asked(visitor, seen, "enter", "POST", path, f"csrfmiddlewaretoken={token}&{fields}")
            if answer is not None and answer.status == 302 and "/journal/" in answer.location:
                with seen.lock:
                    seen.acknowledged.add(key)
                number += 1
            elif answer is not None and answer.status != 503:
                token = ""
        done.wait(chance.random())


def _asked(visitor: Visitor, seen: Seen, page: str, method: str, path: str, body: str = "") -> Answer | None:
    began = time.monotonic()
    try:
        answer = visitor.ask(method, path, body)
    except (OSError, http.client.HTTPException) as error:
        seen.note(page, type(error).__name__, time.monotonic() - began)
        return None
    seen.note(page, str(answer.status), time.monotonic() - began)
    return answer
