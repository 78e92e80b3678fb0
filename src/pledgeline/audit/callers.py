"""Who acts just now: said by the door through which they came, and asked for where an event is written.

An action is not told who is behind it for the sake of the trail: it would have to hand that on through every
function. Each door says it once, at its threshold.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from pledgeline.audit.acts import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who acts, as they are called now, from which address, in which request. Without a door it is the program."""

    kind: Actor = Actor.PROGRAM
    number: int | None = None
    name: str = ""
    address: str = ""
    request_id: str = ""


_caller: ContextVar[Callable[[], Caller]] = ContextVar("caller", default=Caller)


@contextmanager
def called_by(caller: Callable[[], Caller]) -> Iterator[None]:
    """Say who acts until the end of a block; `caller` is asked only where an event is written."""
    token = _caller.set(caller)
    try:
        yield
    finally:
        _caller.reset(token)


def call_from_here_on(caller: Caller) -> None:
    """Say who acts until the end of this process: the door of a command line."""
    _caller.set(lambda: caller)


def current_caller() -> Caller:
    """Give who acts just now."""
    return _caller.get()()
