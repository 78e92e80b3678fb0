"""Books written as small tables, so that a test reads as a story.

    2025-08-04  pledge    contribution=N partner=P1 currency=USD amount=500
    2025-08-04  commit    contribution=N amount=500

The day, the type and the fields; `recorded=2025-09-02` where an event was typed in on another day, `id=`
where the story needs the key. Values are JSON where they can be, else texts.
"""

import json
from datetime import date

from pledgeline.ledger import Book, Posted, Refusal, enter, read_event

TODAY = date(2026, 12, 31)
"""The day on which every story is told: all of it has happened."""


def day(text):
    return date.fromisoformat(text)


def events_of(story):
    """Read the events of a story."""
    events = []
    for number, line in enumerate(filter(str.strip, story.splitlines()), start=1):
        on, kind, *words = line.split()
        event = {"id": f"e{number}", "type": kind, "effective_on": on, "recorded_at": f"{on}T12:00:00Z"}
        for word in words:
            name, _, value = word.partition("=")
            if name == "recorded":
                event["recorded_at"] = f"{value}T12:00:00Z"
            else:
                event[name] = _value(value)
        events.append(event)
    return events


def _value(text):
    try:
        return json.loads(text)
    except ValueError:
        return text


def submit(book, event):
    """Enter one event as it would come from a file."""
    read = read_event(event, today=TODAY)
    return read if isinstance(read, Refusal) else enter(book, read)


def written(story, book=None):
    """Give the books after a story in which nothing is refused."""
    book = book or Book(("USD", "EUR", "JPY", "KWD"))
    for event in events_of(story):
        answer = submit(book, event)
        assert isinstance(answer, Posted), (event, answer)
    return book


def also(book, line):
    """Enter one more event; give what came of it. Its key is free whatever was entered before."""
    (event,) = events_of(line)
    if event["id"] == "e1":
        event["id"] = f"x{len(book)}"
    return submit(book, event)


def money(state, contribution, currency="USD", **where):
    """Give the balances of a contribution by stage, zero ones left out."""
    found = {}
    for spot, minor in state.money().items():
        if (spot.contribution, spot.currency) == (contribution, currency) and all(
            getattr(spot, name) == value for name, value in where.items()
        ):
            found[spot.account.value] = found.get(spot.account.value, 0) + minor
    return found


FUNDED = """
    2025-06-01  pledge    contribution=A partner=P1 currency=USD amount=600
    2025-06-01  commit    contribution=A amount=600
    2025-06-02  receive   contribution=A amount=600
    2025-06-01  pledge    contribution=B partner=P2 currency=USD amount=400
    2025-06-01  commit    contribution=B amount=400
    2025-06-02  receive   contribution=B amount=400
"""

ORDERED = (
    FUNDED
    + """
    2025-06-03  allocate  contribution=A line=L1 amount=300
    2025-06-03  allocate  contribution=B line=L1 amount=200
    2025-06-04  order     line=L1 currency=USD qty=5 unit_price=100
"""
)

DELIVERED = (
    ORDERED
    + """
    2025-07-01  deliver   line=L1 lot=D1 currency=USD qty=3 cost=300
"""
)
