"""Random events: the books in memory against a second writing of the rules, and the database against both."""

from typing import Any

from tests.ledger.walks import Walk
from tests.torture import stage

STEPS = 250
"""How long a walk is."""


def walk_database(walks: int, first: int) -> dict[str, Any]:
    """Walk through books in memory, the model beside them; enter the same into the database, and compare."""
    from pledgeline.accounts.roles import MACHINE
    from pledgeline.actions.books import open_books, replay_into
    from pledgeline.actions.records import load_record
    from pledgeline.ledger.event_files import event_file_of
    from pledgeline.programme.record import PublicRecord
    from pledgeline.records.books import books_of
    from tests.builders import a_programme

    stage.make_books()
    wrong = []
    for seed in range(first, first + walks):
        walk, said = Walk(seed), []
        for event, ours, theirs in (walk.step() for _ in range(STEPS)):
            if ours != theirs or not walk.same():
                said.append(f"walk {seed}: {event['id']} is {ours} in memory and {theirs} in the model")
                break
        slug = f"walk-{seed}"
        programme = a_programme(slug=slug)
        load_record(programme=programme, record=PublicRecord(), prune=False, today=stage.TODAY, by="torture")
        open_books(slug, currencies=("USD", "EUR"))
        judge = [outcome.result for outcome in _outcomes(walk)]
        done = replay_into(slug, event_file_of(walk.told, slug), today=stage.TODAY)
        books = books_of(slug, MACHINE)
        if judge != [outcome.result for outcome in done.outcomes]:
            said.append(f"walk {seed}: other answers")
        if books.root() != walk.book.root() or books.balances() != walk.book.state.money():
            said.append(f"walk {seed}: other books")
        wrong += said + list(books.verify().problems if seed % 20 == 0 else ())
    return {"wrong": wrong, "steps": walks * STEPS}


def _outcomes(walk: Walk) -> Any:
    from pledgeline.ledger import replay_events
    from pledgeline.ledger.event_files import event_file_of

    file = event_file_of({"currencies": {"USD": 2, "EUR": 2}, "events": walk.told}, "again")
    return replay_events(file, today=stage.TODAY).outcomes


def bad_input() -> dict[str, Any]:
    """Enter bad input of every kind; nothing of it may change anything."""
    from datetime import UTC, datetime

    from pledgeline.actions.books import post, replay_into
    from pledgeline.ledger import Refusal
    from pledgeline.ledger.event_files import event_file_of
    from tests.ledger.stories import DELIVERED, events_of
    from tests.ledger.test_refused import BAD

    now = datetime.now(UTC)
    stage.make_books("EUR", "JPY", "KWD", "USD")
    replay_into(stage.SLUG, event_file_of(events_of(DELIVERED), "story"), today=stage.TODAY)
    before = stage.stored().root(), stage.stored().balances()
    wrong, tried = [], 0
    for name, (code, raw) in BAD.items():
        bad = {"id": "bad", **raw} if isinstance(raw, dict) else raw
        if isinstance(bad, dict) and ("time" in name):
            continue  # the time of recording is ours, whatever the event says
        tried += 1
        answer = post(stage.SLUG, bad, today=now.date())
        if not isinstance(answer, Refusal) or answer.code != f"ledger.{code}":
            wrong.append(f"{name}: {answer}")
    if before != (stage.stored().root(), stage.stored().balances()):
        wrong.append("something was changed by what was refused")
    return {"wrong": wrong, "kinds": tried}
