"""People at a site over HTTP, as far as a torture needs them: some read, some keep books, one has files read.

Bookkeepers sign in by name and password, and press the button again with the same key until they are told that the
pledge is entered. What they were told is kept.
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

PASSWORD = "harbour-lantern-otter"
BOOKS = f"/p/{stage.SLUG}/books/"
PAGES = (
    "/",
    "/p/purl/",
    "/p/purl/announcements/",
    "/p/purl/partners/",
    "/guarantees/",
    "/p/illustration/books/",
    "/p/illustration/books/journal/",
    f"/p/{stage.SLUG}/",
    BOOKS,
    f"{BOOKS}journal/",
    f"{BOOKS}balances/",
    f"{BOOKS}contributions/",
)
TIMEOUT_SECONDS = 30
SECONDS_BETWEEN_FILES = 5
SIGN_IN = "sign in"
REFUSED = ("429", "503")
"""What is answered to somebody who is to come back."""


class Answer(NamedTuple):
    status: int
    location: str
    body: str


class Entered(NamedTuple):
    """A pledge that was acknowledged: when it was asked for, when the answer came."""

    asked_at: float
    told_at: float


@dataclass
class Seen:
    """What all people together saw."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    answers: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    pledges: dict[str, Entered] = field(default_factory=dict)
    jobs: set[str] = field(default_factory=set)
    checkpoints: list[str] = field(default_factory=list)
    sign_ins: int = 0

    def note(self, page: str, kind: str, took: float, *, is_expected: bool) -> None:
        with self.lock:
            self.answers[kind] += 1
            if is_expected:
                self.seconds[page].append(took)
            elif kind.isdigit() and kind not in REFUSED:
                self.odd[f"{kind} for {page}"] += 1


class Visitor:
    """A browser as far as this needs one: a connection that is kept, and cookies."""

    def __init__(self, port: int, seen: Seen, timeout: float = TIMEOUT_SECONDS) -> None:
        self.port, self.seen, self.timeout = port, seen, timeout
        self.cookies: dict[str, str] = {}
        self.connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: str = "") -> Answer:
        """Raises: OSError or http.client.HTTPException, where there is no answer."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        headers = {"Accept": "text/html"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
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

    def get(self, path: str, page: str = "") -> Answer | None:
        """Give a page; nothing where there was no answer, or another than the page."""
        return self._asked(page or path, "GET", path, "", expected=(200,))

    def post(self, path: str, page: str, body: str, token: str) -> Answer | None:
        """Send a form. That it comes back with what is wrong is an answer, too."""
        return self._asked(
            page, "POST", path, f"csrfmiddlewaretoken={token}&{body}", expected=(200, 302, 403)
        )

    def _asked(
        self, page: str, method: str, path: str, body: str, *, expected: tuple[int, ...]
    ) -> Answer | None:
        began = time.monotonic()
        try:
            answer = self.ask(method, path, body)
        except (OSError, http.client.HTTPException) as error:
            self.seen.note(page, type(error).__name__, time.monotonic() - began, is_expected=False)
            return None
        is_expected = answer.status in expected or _is_to_sign_in(answer)
        self.seen.note(page, str(answer.status), time.monotonic() - began, is_expected=is_expected)
        return answer if is_expected else None

    def token(self, path: str, page: str) -> str:
        """Give the token of the form at an address; nothing where there was none."""
        answer = self._asked(page, "GET", path, "", expected=(200, 403))
        if answer is not None and (answer.status == 403 or _is_to_sign_in(answer)):
            self.cookies.pop("sessionid", None)  # a jump of the clock ends a session
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.body if answer else "")
        return found.group(1) if found else ""

    def sign_in(self, name: str) -> bool:
        """Say whether somebody is signed in, and sign in otherwise."""
        if "sessionid" in self.cookies:
            return True
        token = self.token("/sign-in/", "sign-in form")
        answer = (
            self.post("/sign-in/", SIGN_IN, f"login={name}&password={PASSWORD}", token) if token else None
        )
        if answer is None or answer.status != 302 or "sessionid" not in self.cookies:
            self.cookies.clear()
            return False
        with self.seen.lock:
            self.seen.sign_ins += 1
        return True


def _is_to_sign_in(answer: Answer) -> bool:
    return answer.status == 302 and answer.location.startswith("/sign-in/")


def read_pages(port: int, seen: Seen, chance: random.Random, done: threading.Event, name: str = "") -> None:
    """Read one page after another, signed in where there is a name."""
    visitor = Visitor(port, seen)
    while not done.is_set():
        if not name or visitor.sign_in(name):
            visitor.get(chance.choice(PAGES))
        done.wait(chance.random())


def enter_pledges(port: int, seen: Seen, chance: random.Random, done: threading.Event, name: str) -> None:
    """Enter one pledge after another, each until it is acknowledged, as somebody who presses the button again."""
    visitor, number, token = Visitor(port, seen), 0, ""
    path = f"{BOOKS}record/?kind=pledge"
    while not done.is_set():
        key = f"{name}-{number}"
        if not visitor.sign_in(name):
            token = ""
        elif not token:
            token = visitor.token(path, "form of a pledge")
        if token:
            fields = (
                f"contribution={key}&partner=P&currency=USD&amount=1.00&effective_on=2026-01-01&key={key}"
            )
            asked_at = time.monotonic()
            answer = visitor.post(path, "enter a pledge", fields, token)
            if answer is not None and answer.status == 302 and "/journal/" in answer.location:
                with seen.lock:
                    seen.pledges[key] = Entered(asked_at, time.monotonic())
                number += 1
            elif answer is not None:  # the token is of another session, or the pledge is not taken now
                token = ""
        done.wait(chance.random())


def hand_in_files(port: int, seen: Seen, chance: random.Random, done: threading.Event, name: str) -> None:
    """Have a shipped workbook read by a job, again and again; and keep checkpoints of the books, as an auditor does."""
    visitor = Visitor(port, seen)
    while not done.is_set():
        if visitor.sign_in(name):
            token = visitor.token(f"/p/{stage.SLUG}/plan/new/", "form of a plan")
            path = f"/p/{stage.SLUG}/plan/sample/"
            answer = (
                visitor.post(path, "hand in a file", "sample=medical-procurement", token) if token else None
            )
            if answer is not None and answer.status == 302 and "/job/" in answer.location:
                seen.jobs.add(answer.location.rstrip("/").rpartition("/")[2])
            kept = visitor.get(f"{BOOKS}checkpoint.txt")
            if kept is not None and kept.status == 200:
                seen.checkpoints.append(kept.body)
        done.wait(SECONDS_BETWEEN_FILES * (0.5 + chance.random()))
