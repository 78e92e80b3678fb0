"""A request takes a thread once all of it is there; nothing that is slow or large holds one."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import pytest
from django.test import Client

from pledgeline.server import bodies, lanes, serving
from pledgeline.server.bodies import LARGEST_REQUEST, SMALL, Bodies, BodyRefused
from pledgeline.server.refusals import REFUSED
from pledgeline.server.serving import Site, environ_of

Message = dict[str, Any]


def scope(path: bytes = b"/", method: str = "GET", headers: Iterable[tuple[bytes, bytes]] = ()) -> Message:
    return {
        "type": "http",
        "method": method,
        "raw_path": path,
        "query_string": b"q=%ff",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", "8000"),
        "client": ("192.0.2.7", "4711"),
        "headers": list(headers),
    }


def sent(
    *pieces: bytes, after: Callable[[], Awaitable[Message]] | None = None
) -> Callable[[], Awaitable[Message]]:
    """Send a body piece by piece, or begin with these and go on with `after`."""
    waiting = list(pieces)

    async def receive() -> Message:
        if waiting:
            piece = waiting.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(waiting) or after is not None}
        assert after is not None
        return await after()

    return receive


async def never() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


async def gone() -> Message:
    return {"type": "http.disconnect"}


class Reader:
    """A visitor: keeps what is sent."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def __call__(self, message: Message) -> None:
        self.messages.append(message)

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    @property
    def content(self) -> bytes:
        return b"".join(message["body"] for message in self.messages[1:])


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Give back what was sent; or the status for which the request was refused."""
    refused = environ.get(REFUSED)
    start(
        f"{refused or 200} x", [("Content-Type", "text/plain"), ("X-Thread", threading.current_thread().name)]
    )
    return [environ["wsgi.input"].read()]


def ask(site: Site, asked: Message, receive: Callable[[], Awaitable[Message]] = never) -> Reader:
    reader = Reader()
    asyncio.run(site(asked, receive, reader))
    return reader


def site(wsgi: Any = echo, is_dear: Callable[[Any], bool] = lambda environ: False) -> Site:
    return Site(wsgi, is_dear)


LENGTH = (b"content-length", b"11")
CHUNKED = (b"transfer-encoding", b"chunked")


@pytest.mark.parametrize("header", [LENGTH, CHUNKED])
@pytest.mark.parametrize("method", ["POST", "GET", "DELETE"])
def test_a_body_is_whole_when_the_thread_begins(header, method):
    reader = ask(site(), scope(method=method, headers=[header]), sent(b"hello", b" ", b"world"))

    assert (200, b"hello world") == (reader.status, reader.content)
    assert (b"x-thread", b"request_0") in reader.messages[0]["headers"]


def test_without_a_body_nothing_is_waited_for():
    assert 200 == ask(site(), scope()).status
    assert 200 == ask(site(), scope(headers=[(b"content-length", b"0")])).status


@pytest.mark.parametrize("header", [(b"content-length", b"900000"), CHUNKED])
def test_a_body_that_does_not_arrive_is_given_up(header, monkeypatch):
    """Eight of these were all threads of the site."""
    monkeypatch.setattr(bodies, "SECONDS_AT_FIRST", 0.05)
    reader = ask(site(), scope(method="POST", headers=[header]), sent(b"x", after=never))

    assert (408, b"") == (reader.status, reader.content)


def test_a_body_that_comes_at_a_pace_is_waited_for(monkeypatch):
    """Ten pieces with pauses, each of which buys its time."""
    monkeypatch.setattr(bodies, "SECONDS_AT_FIRST", 0.2)
    monkeypatch.setattr(bodies, "SLOWEST", 10_000)
    left = [b"x" * 1_000] * 10

    async def slowly() -> Message:
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": left.pop(), "more_body": bool(left)}

    reader = ask(site(), scope(method="POST", headers=[CHUNKED]), slowly)

    assert (200, 10_000) == (reader.status, len(reader.content))


def test_one_byte_at_a_time_buys_none(monkeypatch):
    monkeypatch.setattr(bodies, "SECONDS_AT_FIRST", 0.1)
    came = []

    async def drip() -> Message:
        await asyncio.sleep(0.01)
        came.append(1)
        return {"type": "http.request", "body": b"x", "more_body": True}

    assert 408 == ask(site(), scope(method="POST", headers=[CHUNKED]), drip).status
    assert len(came) < 100


def test_a_body_that_says_it_is_too_large_is_not_read():
    """The application is asked all the same and answers 413, with its own page."""
    too_large = (b"content-length", str(LARGEST_REQUEST + 1).encode())

    assert (200, b"") == (lambda r: (r.status, r.content))(
        ask(site(), scope(method="POST", headers=[too_large]))
    )


def test_a_body_that_becomes_too_large_is_not_read_on(monkeypatch):
    monkeypatch.setattr(bodies, "LARGEST_REQUEST", 1_000)

    assert 413 == ask(site(), scope(method="POST", headers=[CHUNKED]), sent(*[b"x" * 300] * 4)).status


def test_a_body_that_breaks_off_is_not_taken_for_a_whole_one():
    reader = ask(site(), scope(method="POST", headers=[LENGTH]), sent(b"hello", after=gone))

    assert (400, b"") == (reader.status, reader.content)


def test_large_bodies_take_up_room_and_small_ones_do_not(monkeypatch):
    """There is room for two uploads at a time; forms are read beside them, and the room is given back."""
    monkeypatch.setattr(bodies, "MOST_KEPT", 200_000)
    kept = Bodies()

    async def act() -> None:
        two = [await kept.read(sent(b"x" * (SMALL + 100_000))) for _ in range(2)]
        with pytest.raises(BodyRefused) as refused:
            await kept.read(sent(b"x" * (SMALL + 1)))
        assert 503 == refused.value.status
        small = await kept.read(sent(b"x" * SMALL))
        assert SMALL == len(small.whole())
        two[0].close()
        (await kept.read(sent(b"x" * (SMALL + 100_000)))).close()
        two[1].close()
        small.close()

    asyncio.run(act())
    assert 0 == kept._kept


def test_what_is_refused_or_broken_off_gives_its_room_back(monkeypatch):
    monkeypatch.setattr(bodies, "MOST_KEPT", 200_000)
    monkeypatch.setattr(bodies, "SECONDS_AT_FIRST", 0.05)
    monkeypatch.setattr(bodies, "SLOWEST", 10**9)
    served = site()
    large = b"x" * (SMALL + 150_000)
    for after in (never, gone):
        ask(served, scope(method="POST", headers=[CHUNKED]), sent(large, after=after))

    assert 0 == served.bodies._kept


# ---- what is dear ----


def test_what_is_dear_takes_two_threads_and_the_rest_go_on():
    """Six scenarios that never end, and a page that is answered beside them."""
    may_end = threading.Event()
    working: list[str] = []

    def wsgi(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/dear":
            working.append("dear")
            may_end.wait(20)
        start("200 OK", [])
        return [b"done"]

    served = site(wsgi, lambda environ: environ["PATH_INFO"] == "/dear")

    async def act() -> tuple[int, list[bytes]]:
        readers = [Reader() for _ in range(6)]
        dear = [asyncio.create_task(served(scope(b"/dear"), never, reader)) for reader in readers]
        while len(working) < lanes.DEAR_THREADS:
            await asyncio.sleep(0.01)
        pages = [Reader() for _ in range(8)]
        await asyncio.wait_for(asyncio.gather(*(served(scope(), never, page) for page in pages)), 10)
        at_once = len(working)
        may_end.set()
        await asyncio.gather(*dear)
        return at_once, [reader.content for reader in (*pages, *readers)]

    at_once, contents = asyncio.run(act())

    assert 2 == at_once
    assert [b"done"] * 14 == contents
    assert 6 == len(working)


def test_whose_turn_does_not_come_is_told_to_come_back(monkeypatch):
    monkeypatch.setattr(lanes, "LONGEST_WAIT_SECONDS", 0.05)
    monkeypatch.setattr(lanes, "MOST_WAITING", 3)
    may_end = threading.Event()

    def wsgi(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if REFUSED not in environ:
            may_end.wait(20)
        return echo(environ, start)

    served = site(wsgi, lambda environ: True)

    async def act() -> list[int]:
        readers = [Reader() for _ in range(9)]
        tasks = [asyncio.create_task(served(scope(), never, reader)) for reader in readers]
        while sum(bool(reader.messages) for reader in readers) < 7:
            await asyncio.sleep(0.01)
        may_end.set()
        await asyncio.gather(*tasks)
        return sorted(reader.status for reader in readers)

    assert [200] * 2 + [503] * 7 == asyncio.run(act())


# ---- answers ----


def test_a_long_answer_is_sent_as_it_is_made():
    """The reader has the first part before the last one is made."""
    reader = Reader()
    seen: list[int] = []

    def wsgi(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        for number in range(100):
            seen.append(len(reader.messages))
            yield bytes([number]) * 10_000

    asyncio.run(site(wsgi)(scope(), never, reader))

    assert b"".join(bytes([number]) * 10_000 for number in range(100)) == reader.content
    assert [True, False] == [message["more_body"] for message in (reader.messages[1], reader.messages[-1])]
    assert seen[0] == 0 < seen[-1]


def test_one_answer_of_fifty_ends_its_connection():
    """So visitors who crowd one worker come to another."""
    served = site(echo)

    async def act() -> list[int]:
        readers = [Reader() for _ in range(120)]
        for reader in readers:
            await served(scope(), never, reader)
        return [
            number
            for number, reader in enumerate(readers, 1)
            if (b"connection", b"close") in reader.messages[0]["headers"]
        ]

    assert [50, 100] == asyncio.run(act())


def test_a_reader_who_does_not_read_is_given_up(monkeypatch):
    monkeypatch.setattr(serving, "READER_SECONDS", 0.05)
    closed = []

    class Pieces:
        def __iter__(self) -> Any:
            return iter([b"x" * 300_000] * 3)

        def close(self) -> None:
            closed.append(True)

    def wsgi(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [])
        return Pieces()

    async def deaf(message: Message) -> None:
        await asyncio.Event().wait()

    asyncio.run(asyncio.wait_for(site(wsgi)(scope(), never, deaf), 10))

    assert [True] == closed


def test_the_environment_is_that_of_wsgi():
    headers = [
        (b"host", b"pledge.example"),
        (b"content-type", b"text/plain"),
        (b"x-two", b"a"),
        (b"x-two", b"b"),
        (b"x_forwarded_for", b"203.0.113.9"),
        (b"x-forwarded_proto", b"https"),
    ]
    environ = environ_of(scope(b"/caf%C3%A9/%ff/a%2fb", headers=headers))

    assert "/caf\xc3\xa9/\xff/a/b" == environ["PATH_INFO"]
    assert "q=%ff" == environ["QUERY_STRING"]
    assert "192.0.2.7" == environ["REMOTE_ADDR"]
    assert ("pledge.example", "text/plain", "a,b") == (
        environ["HTTP_HOST"],
        environ["CONTENT_TYPE"],
        environ["HTTP_X_TWO"],
    )
    assert not [key for key in environ if "FORWARDED" in key]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "title"), [(408, "did not arrive"), (413, "too large"), (503, "answered first")]
)
def test_what_the_server_refuses_gets_a_page_of_ours(client: Client, status, title):
    page = client.post("/sign-in/", **{REFUSED: status})

    assert status == page.status_code
    assert title in page.content.decode()
    assert ("5" if status == 503 else "") == page.headers.get("Retry-After", "")


@pytest.mark.parametrize("said", ["²", "-1", "1_0", "٣", "x", ""])
def test_a_length_that_is_none_counts_as_nothing(said):
    assert 0 == bodies.declared_size({"CONTENT_LENGTH": said})


def test_a_length_of_five_thousand_digits_is_too_large():
    assert bodies.declared_size({"CONTENT_LENGTH": "9" * 5_000}) > LARGEST_REQUEST


def test_where_many_wait_answers_end_their_connections_until_they_are_fewer():
    """So a crowd that came to one worker is spread over all."""
    may_end = threading.Event()

    def wsgi(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        may_end.wait(20)
        return echo(environ, start)

    served = site(wsgi)

    async def act() -> tuple[list[bool], bool]:
        readers, late = [Reader() for _ in range(20)], Reader()
        tasks = [asyncio.create_task(served(scope(), never, reader)) for reader in readers]
        await asyncio.sleep(0.05)
        may_end.set()
        await asyncio.gather(*tasks)
        await served(scope(), never, late)
        return [ends(reader) for reader in readers], ends(late)

    def ends(reader: Reader) -> bool:
        return (b"connection", b"close") in reader.messages[0]["headers"]

    crowd, after = asyncio.run(act())
    assert sum(crowd) > 20 - serving.CROWDED
    assert not after


def test_a_busy_site_says_at_once_that_it_lives():
    may_end = threading.Event()

    def wsgi(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] not in lanes.HEALTH:
            may_end.wait(20)
        return echo(environ, start)

    served = site(wsgi)

    async def act() -> list[int]:
        tasks = [asyncio.create_task(served(scope(b"/slow"), never, Reader())) for _ in range(40)]
        await asyncio.sleep(0.05)
        watchers = [Reader() for _ in lanes.HEALTH]
        for path, watcher in zip(sorted(lanes.HEALTH), watchers, strict=True):
            await asyncio.wait_for(served(scope(path.encode()), never, watcher), 5)
        may_end.set()
        await asyncio.gather(*tasks)
        return [watcher.status for watcher in watchers]

    assert [200, 200] == asyncio.run(act())
