"""A year of invented books, from the event file that `pledgeline ledger invent` writes, as a public programme.

Twelve partners, eight packages, 223 entries with the times at which they were recorded: what the pages of books are
tried on.
"""

from datetime import UTC, date, datetime

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.books import open_books, replay_into
from pledgeline.actions.publication import publish
from pledgeline.actions.records import load_record
from pledgeline.ledger.event_files import event_file_of
from pledgeline.ledger.invented import illustration
from pledgeline.programme.record import PublicRecord
from pledgeline.records.models import Subject
from tests.builders import a_programme

TODAY = date(2026, 1, 1)


def load_year(slug: str) -> None:
    """Make the programme and enter its year."""
    programme = a_programme(
        slug=slug, name=f"A year of books ({slug})", short_name=slug, base_currency="USD", invented=True
    )
    load_record(programme=programme, record=PublicRecord(), prune=False, today=TODAY, by="a test")
    file = event_file_of(illustration(), name="year")
    open_books(slug, currencies=file.currencies)
    replay_into(slug, file, today=TODAY)
    for subject in Subject:
        publish(slug, subject, person=MACHINE, now=datetime(2026, 1, 1, tzinfo=UTC))
