"""The body of a request, read whole before the request takes a thread, and given up where it does not arrive.

The rule is Apache's (mod_reqtimeout, body=20,MinRate): twenty seconds, and more for as long as bytes keep coming at
a pace that any line has. Somebody on a slow line sends 20 MB in twenty minutes; one byte a second ends after twenty
seconds.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

SECONDS_AT_FIRST = 20

SLOWEST = 16_000
"""Units: bytes a second."""

LARGEST_REQUEST = 21_000_000
"""Units: bytes. The largest upload of the site, and its form around it."""

SMALL = 64_000
"""Units: bytes. What any form sends but an upload: there is always room for it."""

MOST_KEPT = 64_000_000
"""Units: bytes of all bodies that one process keeps at a time, beyond what is small of each."""

Receive = Callable[[], Awaitable[Mapping[str, Any]]]


def declared_size(environ: Mapping[str, Any]) -> int:
    """Give the length that a request says its body has; a nonsensical one is larger than anything that is read."""
    said = environ.get("CONTENT_LENGTH") or "0"
    if not (said.isascii() and said.isdecimal()):
        return 0
    return int(said) if len(said) < 12 else LARGEST_REQUEST + 1


class BodyRefused(Exception):
    """A body that is not read; `status` is that of the answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Bodies:
    """Reads the bodies of one process, and knows how much of it they take up."""

    def __init__(self) -> None:
        self._kept = 0

    async def read(self, receive: Receive) -> "Body":
        """Read a body; it takes up room until it is closed.

        Raises:  BodyRefused: 400 where it breaks off or is none, 408 where it comes too slowly, 413 where it is
                 too large, 503 where the process holds as much as it may.
        """
        body = Body(self)
        try:
            await body.read(receive)
        except BaseException:
            body.close()
            raise
        return body

    def take(self, more: int) -> None:
        if more > 0 and self._kept + more > MOST_KEPT:
            raise BodyRefused(503)
        self._kept += more


class Body:
    """One body: its bytes, and the room that they take up."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._taken = 0
        self._pieces: list[bytes] = []
        self._size = 0

    async def read(self, receive: Receive) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout_at(began + SECONDS_AT_FIRST) as limit:
                while True:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise BodyRefused(400)
                    self._add(message.get("body", b""))
                    if not message.get("more_body"):
                        return
                    limit.reschedule(began + SECONDS_AT_FIRST + self._size / SLOWEST)
        except TimeoutError:
            raise BodyRefused(408) from None

    def _add(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > LARGEST_REQUEST:
            raise BodyRefused(413)
        beyond = max(0, self._size - SMALL)
        self._bodies.take(beyond - self._taken)
        self._taken = beyond
        self._pieces.append(piece)

    def whole(self) -> bytes:
        return b"".join(self._pieces)

    def close(self) -> None:
        """Give the room back."""
        self._bodies.take(-self._taken)
        self._taken = 0
        self._pieces = []
