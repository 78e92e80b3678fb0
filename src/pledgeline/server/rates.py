"""How often a visitor asks for what is dear: counted by the minute, for all processes of a machine together.

The counts lie in a small SQLite file of their own in the home folder, whatever database the site has: they have to be
there when that one is held by somebody or away, and nothing of value is lost with them. Where even they cannot be
had, nobody is refused.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve

from pledgeline.server.visitors import counted_as
from pledgeline.web import errors
from pledgeline.web.dear import Allowance, allowance_of, allowance_of_program

WINDOW_SECONDS = 60

log = logging.getLogger(__name__)


TRIES, PAUSE_SECONDS = 20, 0.01


class Counts:
    """How often a name came up in the window of time that runs."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._window = 0

    def add(self, name: str, *, now: float) -> int:
        """Count a name once more and give how often that makes; 0 where it cannot be counted."""
        window = int(now // WINDOW_SECONDS)
        try:
            with self._lock:
                return self._counted(name, window)
        except sqlite3.Error as error:
            log.warning("Requests are not counted: %s", error)
            return 0

    def _counted(self, name: str, window: int) -> int:
        if self._connection is None:
            self._connection = self._opened()
        if window != self._window:
            self._connection.execute("DELETE FROM counts WHERE time_window < ?", (window,))
            self._window = window
        (number,) = self._connection.execute(
            "INSERT INTO counts VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET number = number + 1 RETURNING number",
            (name, window),
        ).fetchone()
        return int(number)

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=1, isolation_level=None, check_same_thread=False)
        _in_wal_mode(connection)
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS counts (name TEXT, time_window INTEGER, number INTEGER, "
            "PRIMARY KEY (name, time_window)) WITHOUT ROWID"
        )
        return connection


def _in_wal_mode(connection: sqlite3.Connection) -> None:
    """Set the mode of the file; where another process does so at this moment, SQLite waits for nobody and says so."""
    for _ in range(TRIES):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            time.sleep(PAUSE_SECONDS)


counts = Counts(settings.HOME / "counts.sqlite3")


def takes_a_core(environ: Mapping[str, Any]) -> bool:
    """Say whether a request is for what takes a core for long."""
    path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
    try:
        match = resolve(path)
    except Resolver404:
        return False
    allowance = _allowance(match, environ["REQUEST_METHOD"])
    return allowance is not None and allowance.takes_a_core


def _allowance(match: ResolverMatch | None, method: str, *, is_search: bool = False) -> Allowance | None:
    """Give what a request is counted as; nothing for what is neither a page nor for programs, or costs no more."""
    if match is not None and match.namespace == "api":
        return allowance_of_program(method, match.url_name or "")
    if match is None or match.app_name != "web":
        return None
    return allowance_of(method, match.url_name or "", is_search=is_search)


class LimitRates:
    """Answer 429 to a visitor who asks too often for what is dear."""

    def __init__(self, handle: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._handle(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        match = request.resolver_match
        if not settings.RATE_LIMITS:
            return None
        allowance = _allowance(match, request.method or "", is_search="q" in request.GET)
        if allowance is None:
            return None
        now = time.time()
        if counts.add(f"{allowance.name} {counted_as(request)}", now=now) <= allowance.per_minute:
            return None
        return errors.too_often(request, allowance, seconds=WINDOW_SECONDS - int(now % WINDOW_SECONDS))
