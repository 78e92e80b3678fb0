"""A database of its own for a part of the torture, and work in processes that can be killed."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[2]
SLUG = "tortured"
TODAY = date(2026, 1, 1)


SETTINGS = "pledgeline.server.settings"


def environment(home: Path, address: str = "", settings: str = SETTINGS) -> dict[str, str]:
    """Give the environment of a process that works on the database in `home`, or at `address`."""
    return {
        **os.environ,
        "PLEDGELINE_HOME": str(home),
        "PLEDGELINE_DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": os.pathsep.join((str(CHECKOUT / "src"), str(CHECKOUT))),
    }


def call(part: str, *arguments: object, home: Path, address: str = "", settings: str = SETTINGS) -> Any:
    """Call a function, as `module:function`, in a process that has the database in `home` or at `address`."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.stage", part, *map(str, arguments)],
        env=environment(home, address, settings),
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


class Child:
    """A process made by forking this one: quick to start, and easy to kill."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        let_go()
        self._reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(writing)
            return
        code = 1
        try:
            with os.fdopen(writing, "w", encoding="utf-8") as answer:
                json.dump(function(*arguments), answer)
            code = 0
        except Exception:
            traceback.print_exc()  # nobody else says it: the process ends here
        finally:
            os._exit(code)

    def answer(self) -> Any:
        """Wait for its end and give what its function returned."""
        with os.fdopen(self._reading, encoding="utf-8") as answer:
            said = answer.read()
        _, status = os.waitpid(self.pid, 0)
        if status:
            raise RuntimeError(f"a process ended with {status}")
        return json.loads(said)

    def kill(self) -> None:
        """Kill it in the middle of whatever it does."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._reading)


def let_go() -> None:
    """Close all connections: a child must not inherit them."""
    from django.db import connections

    connections.close_all()
    for connection in connections.all():
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def set_up() -> None:
    """Make Django ready for the database of the environment."""
    import django

    django.setup()


def make_books(*currencies: str) -> None:
    """Make the tables, a programme and its books, if they are not there."""
    from pledgeline.actions.books import open_books
    from pledgeline.actions.records import load_record
    from pledgeline.operation import versions
    from pledgeline.programme.record import PublicRecord
    from pledgeline.records.models import BooksRecord
    from tests.builders import a_programme

    versions.migrate()
    if not BooksRecord.objects.filter(programme__slug=SLUG).exists():
        load_record(
            programme=a_programme(slug=SLUG),
            record=PublicRecord(),
            prune=False,
            today=TODAY,
            by="torture",
        )
        open_books(SLUG, currencies=currencies or ("USD",))


def funded(contribution: str, amount: int) -> None:
    """Make a contribution with money that is available."""
    from pledgeline.ledger import Posted, Replayed

    for kind in ("pledge", "commit", "receive"):
        partner = {"partner": "P"} if kind == "pledge" else {}
        said = {"contribution": contribution, "currency": "USD", "amount": amount, **partner}
        answer = enter(f"{contribution} {kind}", kind, **said)
        assert isinstance(answer, Posted | Replayed), answer


def enter(key: str, kind: str, **fields: object) -> Any:
    """Enter an event now."""
    from pledgeline.actions.books import post

    event = {"id": key, "type": kind, "effective_on": "2026-01-01", **fields}
    return post(SLUG, event, today=datetime.now(UTC).date())


def stored() -> Any:
    """Open the books for reading."""
    from pledgeline.accounts.roles import MACHINE
    from pledgeline.records.books import books_of

    return books_of(SLUG, MACHINE)


def wait_until(moment: float) -> None:
    """Wait, so that several processes begin together."""
    time.sleep(max(0.0, moment - time.time()))


def read(argument: str) -> int | str:
    """Read an argument: a number, or a text."""
    return int(argument) if argument.lstrip("-").isdigit() else argument


def main() -> None:
    import importlib

    logging.disable(logging.WARNING)
    module, function = sys.argv[1].split(":")
    set_up()
    part = importlib.import_module(f"tests.torture.{module}")
    answer = getattr(part, function)(*map(read, sys.argv[2:]))
    let_go()
    sys.stdout.write(f"\n{json.dumps(answer)}\n")


if __name__ == "__main__":
    main()
