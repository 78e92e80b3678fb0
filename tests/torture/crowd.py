"""Two hundred people order at once from the same money, while others look at the books in the site.

People come as they do in the site: through threads of a few processes that share connections to the
database. Nobody may spend what is gone, nobody may be answered by a failure, and the log has no gap.
"""

import threading
import time
from collections import Counter
from typing import Any

from tests.torture import stage

PROCESSES = 4
UNIT = 7
"""What one unit costs, in cents."""


def many_people(people: int, orders: int) -> dict[str, Any]:
    """Let each of `people` order `orders` times one unit; there is money for two thirds of it."""
    stage.make_books()
    enough = people * orders * 2 // 3
    stage.funded("C00", enough * UNIT)
    stage.enter("set aside", "allocate", contribution="C00", line="L", currency="USD", amount=enough * UNIT)
    before = len(stage.stored())
    _read(0, _at_once(), lambda _: None)  # what pages need is loaded once, before there are several processes
    begin = time.time() + 1 + people * 0.01
    crowd = [stage.Child(_room, number, people // PROCESSES, orders, begin) for number in range(PROCESSES)]
    said = sum((Counter(person.answer()) for person in crowd), Counter[str]())
    seconds = time.time() - begin
    books = stage.stored()
    balances = {spot.account.value: minor for spot, minor in books.balances().items()}
    units = {place.place.value: number for place, number in books.state.bins().items()}
    positions = [entry.position for entry in books.entries]
    wrong = [f"{number} x {answer}" for answer, number in said.items() if answer not in EXPECTED]
    wrong += books.verify().problems
    if (said["entered"], said["refused"]) != (enough, people * orders - enough):
        wrong.append(f"money for {enough} orders, {said['entered']} entered and {said['refused']} refused")
    if balances.get("ordered") != enough * UNIT or "allocated" in balances or units.get("ordered") != enough:
        wrong.append(f"{enough} units are ordered, and the books say {balances} and {units}")
    if positions != list(range(before + enough)):
        wrong.append("the log has a gap")
    return {
        "wrong": wrong,
        "people": people,
        "overspent": max(0, said["entered"] - enough),
        "failed": sum(number for answer, number in said.items() if answer not in EXPECTED),
        "entered": said["entered"],
        "refused": said["refused"],
        "pages_read": said["read"],
        "posted_per_second": round(said["entered"] / seconds),
    }


EXPECTED = {"entered", "refused", "read"}


def _room(name: int, people: int, orders: int, begin: float) -> dict[str, int]:
    """Let people order from one process, and one more read pages until they are done."""
    said: Counter[str] = Counter()
    lock = threading.Lock()
    done = threading.Event()

    def note(answer: str) -> None:
        with lock:
            said[answer] += 1

    threads = [
        threading.Thread(target=_person, args=(f"{name}-{number}", orders, begin, note))
        for number in range(people)
    ]
    reader = threading.Thread(target=_read, args=(begin, done, note))
    for thread in (*threads, reader):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    reader.join()
    return said


def _person(name: str, orders: int, begin: float, note: Any) -> None:
    from django.db import connection

    from pledgeline.ledger import Posted, Refusal

    stage.wait_until(begin)
    for number in range(orders):
        try:
            answer = stage.enter(
                f"{name}-{number}", "order", line="L", currency="USD", qty=1, unit_price=UNIT
            )
        except Exception as error:
            note(f"failure: {type(error).__name__}: {str(error)[:100]}")
        else:
            gone = isinstance(answer, Refusal) and answer.code in ("ledger.below-zero", "ledger.not-enough")
            note("entered" if isinstance(answer, Posted) else "refused" if gone else str(answer)[:100])
        finally:
            connection.close()  # as at the end of a request where connections are shared


def _read(begin: float, done: threading.Event, note: Any) -> None:
    """Read the pages of the books, as a partner would at that moment."""
    from django.db import connection
    from django.test import Client

    from pledgeline.programme.roles import Role
    from tests.people import a_person

    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(a_person("reader", Role.READER))
    stage.wait_until(begin)
    while True:
        for page in ("", "journal/", "balances/", "line/?key=L"):
            status = client.get(f"/p/{stage.SLUG}/books/{page}").status_code
            note("read" if status == 200 else f"{status} from {page or 'the overview'}")
        if done.wait(0.2):
            break
    connection.close()


def _at_once() -> threading.Event:
    """Give an event that has happened."""
    event = threading.Event()
    event.set()
    return event
