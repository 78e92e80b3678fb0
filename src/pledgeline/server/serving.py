"""Serve a WSGI application over ASGI: a request takes a thread once all of it is there.

The site is written for WSGI, where the thread that makes a page would also wait for the body of its request. Then
eight bodies of one byte a second are all threads there are. Here the event loop waits for bodies and for readers;
decision 46 has what was measured. A body that does not arrive, or a turn that does not come, is answered with a page
by the site itself, which learns from `REFUSED` in the environment why it is asked.
"""

import asyncio
import functools
import itertools
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from pledgeline.server.bodies import (
    LARGEST_REQUEST,
    Bodies,
    Body,
    BodyRefused,
    Receive,
    declared_size,
)
from pledgeline.server.lanes import THREADS, Lanes, TooBusy
from pledgeline.server.refusals import REFUSED

Scope = Mapping[str, Any]
Environ = dict[str, Any]
Send = Callable[[dict[str, object]], Awaitable[None]]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

WHOLE = 256_000
"""Units: bytes. An answer up to so long is handed over whole; a longer one as fast as it is read."""

READER_SECONDS = 30
"""So long may a reader take for a part of a long answer before it is given up: a thread waits for it."""


ENDS_ITS_CONNECTION = 50
"""One answer of so many ends its connection. Where a worker died, its visitors connect to another and, as browsers
and proxies keep their connections, would stay there: one worker has the work of two, and the new one none. So the
more visitors a worker has, the more of them connect anew, and those go to whoever is free.
"""

CROWDED = 2 * THREADS
"""Where so many requests of a worker are under way or wait for a thread, each answer ends its connection: until the
crowd is spread over all workers again, nobody stays where others wait.
"""


class ReaderGone(Exception):
    """A visitor who does not read the answer on."""


class Site:
    """A WSGI application, served over ASGI."""

    def __init__(self, wsgi: Wsgi, is_dear: Callable[[Environ], bool]) -> None:
        self.wsgi, self.is_dear = wsgi, is_dear
        self.bodies = Bodies()
        self.answers = itertools.count(1)

    @functools.cached_property
    def lanes(self) -> Lanes:
        return Lanes()  # made by the first request, in the process and the loop that serve it

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        environ = environ_of(scope)
        body: Body | None = None
        try:
            if has_body(environ) and declared_size(environ) <= LARGEST_REQUEST:
                body = await self.bodies.read(receive)
                environ["wsgi.input"] = BytesIO(body.whole())
            await self._answer(environ, send, is_dear=self.is_dear(environ))
        except ReaderGone:
            return  # the connection ends in the middle, so that nobody takes a part for the whole
        except BodyRefused as refused:
            await self._refuse(environ, send, refused.status)
        except TooBusy:
            await self._refuse(environ, send, 503)
        finally:
            if body is not None:
                body.close()

    async def _refuse(self, environ: Environ, send: Send, status: int) -> None:
        environ[REFUSED] = status
        environ["wsgi.input"] = BytesIO()
        await self._answer(environ, send, is_dear=False)

    async def _answer(self, environ: Environ, send: Send, *, is_dear: bool) -> None:
        answer = SentAnswer(self.wsgi, environ, send, asyncio.get_running_loop(), self._is_last)
        await self.lanes.run(answer.make, path=environ["PATH_INFO"], is_dear=is_dear)
        await answer.send_whole()

    def _is_last(self) -> bool:
        """Say, when an answer begins, whether it is the last of its connection."""
        return next(self.answers) % ENDS_ITS_CONNECTION == 0 or self.lanes.under_way > CROWDED


class SentAnswer:
    """One answer: made in a thread, sent by the loop."""

    def __init__(
        self,
        wsgi: Wsgi,
        environ: Environ,
        send: Send,
        loop: asyncio.AbstractEventLoop,
        is_last: Callable[[], bool],
    ) -> None:
        self.wsgi, self.environ, self.send, self.loop = wsgi, environ, send, loop
        self.is_last = is_last
        self.start: dict[str, object] = {}
        self.kept: list[bytes] = []

    def make(self) -> None:
        """Ask the application; what is too long to be kept is sent from here, in the thread."""
        content = self.wsgi(self.environ, self._start)
        try:
            size = 0
            for piece in content:
                size += len(piece)
                self.kept.append(piece)
                if size > WHOLE:
                    self._send_kept()
        finally:
            close = getattr(content, "close", None)
            if close is not None:
                close()

    def _start(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        self.start = {
            "type": "http.response.start",
            "status": int(status[:3]),
            "headers": [
                *((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers),
                *([(b"connection", b"close")] if self.is_last() else []),
            ],
        }

    def _send_kept(self) -> None:
        sent = asyncio.run_coroutine_threadsafe(self._send(b"".join(self.kept), more=True), self.loop)
        self.kept = []
        try:
            sent.result(READER_SECONDS)
        except TimeoutError:
            sent.cancel()
            raise ReaderGone from None

    async def _send(self, content: bytes, *, more: bool) -> None:
        if self.start:
            await self.send(self.start)
            self.start = {}
        await self.send({"type": "http.response.body", "body": content, "more_body": more})

    async def send_whole(self) -> None:
        await self._send(b"".join(self.kept), more=False)


def environ_of(scope: Scope) -> Environ:
    """Give the environment of WSGI for a request, without its body.

    A header with a low line in its name could be taken for one of a proxy and is left out, as servers do.
    """
    host, port = scope.get("server") or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").upper(), raw_value.decode("latin-1")
        if "_" in name:
            continue
        name = name.replace("-", "_")
        key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    return environ


def has_body(environ: Environ) -> bool:
    return environ.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in environ
