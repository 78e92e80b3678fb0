"""Many people order at once: nobody may spend what is gone, and nothing that was acknowledged may be missing."""

import time
from typing import Any

from tests.torture import stage

UNIT = 7
"""What one writer takes at a time, in cents."""


def many_orders(writers: int, rounds: int, contributions: int) -> dict[str, Any]:
    """Let writers take money for a line at once, of which there is two thirds of what they want."""
    stage.make_books()
    wanted = writers * rounds * UNIT
    for number in range(contributions):
        stage.funded(f"C{number:02}", wanted * 2 // 3 // contributions + 1)
    before = len(stage.stored())
    begin = time.time() + 0.2 + writers * 0.02
    crowd = [stage.Child(_write, name, contributions, rounds, begin) for name in range(writers)]
    answers = [person.answer() for person in crowd]
    seconds = time.time() - begin
    entered, refused = (sum(answer[place] for answer in answers) for place in (0, 1))
    books = stage.stored()
    balances = books.balances()
    wrong = list(books.verify().problems)
    allocated = sum(minor for spot, minor in balances.items() if spot.account == "allocated")
    if entered + refused != writers * rounds:
        wrong.append(f"{writers * rounds} wanted, {entered} entered and {refused} refused")
    if allocated != entered * UNIT or len(books) - before != entered:
        wrong.append(f"{entered} acknowledged, {allocated} cents allocated, {len(books) - before} entries")
    overspent = [str(spot) for spot, minor in balances.items() if minor < 0 and spot.account != "source"]
    return {
        "wrong": wrong,
        "overspent": overspent,
        "entered": entered,
        "refused": refused,
        "posted_per_second": round(entered / seconds),
    }


def _write(name: int, contributions: int, rounds: int, begin: float) -> list[int]:
    """Take money again and again; count what was entered and what was refused because it is gone."""
    from pledgeline.ledger import Posted, Refusal

    stage.stored()
    stage.wait_until(begin)
    entered = refused = 0
    for number in range(rounds):
        answer = stage.enter(
            f"{name}-{number}",
            "allocate",
            contribution=f"C{(name + number) % contributions:02}",
            line="L",
            currency="USD",
            amount=UNIT,
        )
        entered += isinstance(answer, Posted)
        refused += isinstance(answer, Refusal) and answer.code == "ledger.below-zero"
    return [entered, refused]


def same_keys(writers: int, keys: int) -> dict[str, Any]:
    """Let everybody press the same buttons at once: each does something once."""
    stage.make_books()
    stage.funded("C00", keys * 2)
    begin = time.time() + 0.2 + writers * 0.02
    crowd = [stage.Child(_press, keys, begin) for _ in range(writers)]
    answers = [person.answer() for person in crowd]
    posted, replayed = (sum(answer[place] for answer in answers) for place in (0, 1))
    books = stage.stored()
    allocated = sum(minor for spot, minor in books.balances().items() if spot.account == "allocated")
    wrong = list(books.verify().problems)
    if (posted, replayed, allocated) != (keys, keys * (writers - 1), keys):
        wrong.append(f"{keys} keys, {posted} entered, {replayed} there already, {allocated} allocated")
    return {"wrong": wrong, "entered": posted, "repeated": replayed}


def _press(keys: int, begin: float) -> list[int]:
    from pledgeline.ledger import Posted, Replayed

    stage.stored()
    stage.wait_until(begin)
    answers = [
        stage.enter(f"key {number}", "allocate", contribution="C00", line="L", currency="USD", amount=1)
        for number in range(keys)
    ]
    return [sum(isinstance(answer, kind) for answer in answers) for kind in (Posted, Replayed)]


def verify_while_writing() -> dict[str, Any]:
    """Verify while somebody else enters: what comes in meanwhile is no problem of the books as they were."""
    from threading import Thread

    from pledgeline.records.books import verify

    stage.make_books()
    stage.funded("C00", 10**9)

    def write(key: str) -> None:
        stage.enter(key, "allocate", contribution="C00", line="L", currency="USD", amount=1)
        stage.let_go()

    class Disturbed(verify._Verification):
        def heads(self) -> Any:
            for heads in super().heads():
                writer = Thread(target=write, args=(f"meanwhile {time.time_ns()}",))
                writer.start()
                writer.join()
                yield heads

    before = len(stage.stored())
    undisturbed, verify._Verification = verify._Verification, Disturbed  # type: ignore[misc]
    try:
        report = stage.stored().verify()
    finally:
        verify._Verification = undisturbed  # type: ignore[misc]
    wrong = [*report.problems, *stage.stored().verify().problems]
    if (report.size, len(stage.stored())) != (before, before + 1):
        wrong.append(
            f"{report.size} entries were verified of {before}, and now there are {len(stage.stored())}"
        )
    return {"wrong": wrong}
