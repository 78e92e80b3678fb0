"""Ask another extractor: one that is installed (entry points `pledgeline.extractors`), or one that answers by HTTP.

By HTTP only this machine is asked, or an address that PLEDGELINE_EXTRACTORS names: the text of a report goes nowhere
by accident. One question, one answer, no redirection, so many bytes, so long.
"""

import http.client
import ipaddress
import json
import os
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import EntryPoint, entry_points
from urllib.parse import urlsplit

GROUP = "pledgeline.extractors"
ALLOWED = "PLEDGELINE_EXTRACTORS"
LARGEST_ANSWER = 5_000_000
"""Units: bytes."""
MOST_SECONDS = 120
"""Units: seconds for the whole answer, however slowly it comes."""


class NoAnswer(Exception):
    """An extractor was not asked, or gave no answer: `args[0]` says why."""


class Extractor:
    """Somebody who can be asked; `origin` is kept with what they propose."""

    def __init__(self, named: str) -> None:
        """Find the extractor that is meant by an address or a name.

        Raises:  NoAnswer.
        """
        self._installed: EntryPoint | None = None
        if named.startswith(("http://", "https://")):
            self._address = allowed(named, os.environ)
            self.origin = f"http {named[:80]}"
            return
        self._address = ""
        installed = {point.name: point for point in entry_points(group=GROUP)}
        if named not in installed:
            known = ", ".join(sorted(installed)) or "none is installed"
            raise NoAnswer(f"there is no extractor “{named[:60]}”: {known}; or give an address with http://")
        self._installed = installed[named]
        version = self._installed.dist.version if self._installed.dist else "?"
        self.origin = f"entry point {named} {version}"

    def ask(self, question: dict[str, object]) -> object:
        """Give the answer, of whatever form.

        Raises:  NoAnswer.
        """
        if self._installed is None:
            return _over_http(self._address, question)
        try:
            return self._installed.load()(question)
        except Exception as problem:  # a program of somebody else: whatever it raises is no fault of a report
            raise NoAnswer(f"{self.origin} failed: {type(problem).__name__}") from problem


def allowed(address: str, environment: Mapping[str, str]) -> str:
    """Let through an address of this machine, or one that the settings name.

    Raises:  NoAnswer.
    """
    if address in [entry.strip() for entry in environment.get(ALLOWED, "").split(",") if entry.strip()]:
        return address
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local or parts.username or parts.password:
        raise NoAnswer(f"{address[:80]} is not on this machine: name it in {ALLOWED} to allow it")
    name = "127.0.0.1" if host == "localhost" else f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}:{port or 80}{parts.path or '/'}"


def _over_http(address: str, question: dict[str, object]) -> object:
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=MOST_SECONDS)
    ended = threading.Event()
    clock: threading.Timer | None = None
    try:
        connection.connect()
        clock = threading.Timer(MOST_SECONDS, _hang_up, [connection.sock, ended])
        clock.daemon = True
        clock.start()
        body = json.dumps(question, ensure_ascii=False).encode("utf-8", "replace")
        connection.request("POST", parts.path or "/", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        if response.status != 200:
            raise NoAnswer(f"{address} answered with status {response.status}")
        content = response.read(LARGEST_ANSWER + 1)
        if ended.is_set():
            raise NoAnswer(f"{address} took longer than {MOST_SECONDS} s")
        if len(content) > LARGEST_ANSWER:
            raise NoAnswer(f"{address} answered with more than {LARGEST_ANSWER:,} bytes")
        return json.loads(content)
    except (OSError, http.client.HTTPException) as problem:
        if ended.is_set():
            raise NoAnswer(f"{address} took longer than {MOST_SECONDS} s") from problem
        raise NoAnswer(f"{address} cannot be asked: {problem}") from problem
    except (ValueError, RecursionError):
        raise NoAnswer(f"{address} answered with something that is no JSON") from None
    finally:
        if clock is not None:
            clock.cancel()
        connection.close()


def _hang_up(line: socket.socket, ended: threading.Event) -> None:
    """End a connection whose time is over: one that sends a byte now and then is never idle."""
    ended.set()
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
