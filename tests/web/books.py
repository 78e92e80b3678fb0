"""Books for the tests of their pages: the invented programme, and the worked package of the reference."""

import re
from datetime import date
from html import unescape

from pledgeline.actions.books import open_books, replay_into
from pledgeline.actions.records import load_record
from pledgeline.ledger.event_files import event_file_of
from pledgeline.programme.record import PublicRecord
from tests.builders import a_programme
from tests.ledger.stories import TODAY, events_of
from tests.people import publish_all

PACKAGE = """
    2025-08-01  pledge    contribution=N partner=Northland currency=EUR amount=2000000000
    2025-08-01  pledge    contribution=W partner=Westmark currency=USD amount=3000000000
    2025-08-05  commit    contribution=N amount=2000000000
    2025-08-05  commit    contribution=W amount=3000000000
    2025-08-10  receive   contribution=N amount=2000000000
    2025-08-10  receive   contribution=W amount=3000000000
    2025-08-11  convert   given={"N":2000000000} from_currency=EUR to_currency=USD received=2207000000
    2025-08-11  fee       contributions=["N"] currency=USD amount=1103500
    2025-08-12  allocate  contribution=N currency=USD line=L1 amount=1800000000
    2025-08-12  allocate  contribution=W line=L1 amount=2200000000
    2025-08-12  allocate  contribution=N currency=USD line=L2 amount=400000000
    2025-08-12  allocate  contribution=W line=L2 amount=200000000
    2025-08-12  allocate  contribution=W line=L3 amount=400000000
    2025-08-15  order     line=L1 currency=USD qty=10 unit_price=400000000
    2025-08-15  order     line=L2 currency=USD qty=2000 unit_price=300000
    2025-08-15  order     line=L3 currency=USD qty=500 unit_price=800000
    2025-09-01  deliver   line=L1 lot=D1 currency=USD qty=4 cost=1600000000
    2025-09-05  accept    lot=D1 currency=USD qty=4 cost=1600000000 recorded=2025-09-08
    2025-09-10  price_change line=L1 currency=USD unit_price=430000000 paid_by={"W":180000000}
    2025-09-20  deliver   line=L1 lot=D2 currency=USD qty=6 cost=2580000000
    2025-10-01  refund    lot=D1 currency=USD amount=12000000
    2025-10-05  swap      line=L3 currency=USD amount=11200000 from=W to=N
"""
"""The worked package of the reference, in minor units; the acceptance was typed in three days late."""


def keep(story, *, public=True, record=None, **settings):
    """Load the invented programme “harbour” with the books that a story tells."""
    load_record(
        programme=a_programme(**settings),
        record=record or PublicRecord(),
        prune=False,
        today=date(2026, 1, 1),
        by="a test",
    )
    events = events_of(story) if isinstance(story, str) else story
    file = event_file_of(
        {
            "title": "A story",
            "currencies": {"EUR": 2, "USD": 2, "JPY": 0},
            "events": [{**event, "expect": "ok"} for event in events],
        },
        "story",
    )
    open_books("harbour", currencies=file.currencies)
    done = replay_into("harbour", file, today=TODAY)
    publish_all("harbour", books=public)
    assert done.is_as_expected, [outcome for outcome in done.outcomes if outcome.refusal]


def text_of(answer, status=200):
    """Give the words of a page, without its tags, with plain blanks."""
    assert answer.status_code == status, answer.status_code
    bare = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(unescape(bare).replace("\xa0", " ").split())
