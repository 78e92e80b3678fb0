"""Give a database that has no programme the ones that come with the package."""

from datetime import datetime

from django.db import transaction

from pledgeline.actions.books import open_books, replay_into
from pledgeline.actions.records import LoadReport, Progress, load_record
from pledgeline.exchange.record import read_folder, shipped
from pledgeline.ledger.invented import illustration
from pledgeline.ledger.replay import event_file_of
from pledgeline.money import Amount
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme, today_of
from pledgeline.records.models import ProgrammeRecord

ILLUSTRATION = Programme(
    slug="illustration",
    name="Illustration (an invented programme)",
    short_name="Illustration",
    about=(
        "Invented, so that there is something to look at: a year of books of twelve partners that do not exist. "
        "Nothing in it ever happened."
    ),
    recipient="Nobody (invented)",
    validator="Nobody (invented)",
    supplier="Nobody (invented)",
    package_size=Amount(500_000_000_00, "USD"),
    base_currency="USD",
    invented=True,
)


def load_shipped(*, now: datetime, by: str, progress: Progress | None = None) -> list[LoadReport]:
    """Load the shipped programmes, unless there is a programme already: then nothing is touched.

    Raises:  ValueError when a shipped folder has errors: a slip of ours, which a test finds first.
    """
    if ProgrammeRecord.objects.exists():
        return []
    reports = []
    for folder in shipped():
        reading = read_folder(folder)
        if reading.programme is None or reading.errors:
            raise ValueError(f"the shipped record in {folder.name} has errors: {reading.errors[:1]}")
        reports.append(
            load_record(
                programme=reading.programme,
                record=reading.record,
                prune=False,
                today=today_of(reading.programme, now),
                by=by,
                progress=progress,
            )
        )
    return reports


@transaction.atomic
def load_illustration(*, now: datetime, by: str) -> int:
    """Load the invented programme and its books, unless it is there; give the number of entries.

    Its books are made by the same actions as any others.
    """
    if ProgrammeRecord.objects.filter(slug=ILLUSTRATION.slug).exists():
        return 0
    today = today_of(ILLUSTRATION, now)
    load_record(programme=ILLUSTRATION, record=PublicRecord(), prune=False, today=today, by=by)
    file = event_file_of(illustration(), name="illustration")
    open_books(ILLUSTRATION.slug, currencies=file.currencies, public=True)
    return replay_into(ILLUSTRATION.slug, file).counts["ok"]
