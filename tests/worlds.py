"""Worlds: what is written once for many tests, each of which finds it as it was, and taken back after the last.

A world is held open in a transaction, and each test works in a transaction within it. A test that does not ask for it
does not meet it; none can have it that commits, or looks from another connection.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction


class World:
    """Rows that one function writes, for the tests that ask for a fixture of this name, of one file or of all."""

    def __init__(self, write: Callable[[], Any], name: str, path: Path | None) -> None:
        self.name, self.path = name, path
        self.outer = transaction.atomic()
        self.outer.__enter__()
        try:
            self.made = write()
        except BaseException:
            self.leave()
            raise

    def is_for(self, item: Any) -> bool:
        return item is not None and self.path in (None, item.path) and self.name in item.fixturenames

    def leave(self) -> None:
        """Take the rows back."""
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)


held: list[World] = []
"""Those that are there now, each within the one before."""

following: list[Any] = [None]
"""The test after the one that ends."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    following[0] = nextitem


def leave_what_is_not_asked_for() -> None:
    while not all(world.is_for(following[0]) for world in held):
        held.pop().leave()


def written_once(write: Callable[[], Any], *, after: str = "", for_all_files: bool = False) -> Any:
    """Give a fixture of what `write` gives, and of its rows, as they were written, for every test that asks for it.

    `after` names a world in which it is written; whoever asks for this asks for that, too.
    It is of a class so that it comes before the transaction of a test is opened, and goes after that is closed.
    """

    @pytest.fixture(scope="class")
    def world(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
        if after:
            request.getfixturevalue(after)
        name, path = str(request.fixturename), None if for_all_files else request.node.path
        found = next((world for world in held if (world.name, world.path) == (name, path)), None)
        with django_db_blocker.unblock():
            if found is None:
                found = World(write, name, path)
                held.append(found)
        yield found.made
        with django_db_blocker.unblock():
            leave_what_is_not_asked_for()

    return world
