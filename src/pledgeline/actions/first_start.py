"""Give a database that has no programme the ones that are shipped."""

from collections.abc import Iterator
from datetime import date

from pledgeline.actions.records import LoadReport, load_record
from pledgeline.exchange.record import read_folder, shipped
from pledgeline.records.models import ProgrammeRecord


def load_shipped(*, today: date, by: str) -> Iterator[LoadReport]:
    """Load every shipped programme, giving a report of each; nothing where there is a programme already.

    Raises:  ValueError when a shipped folder has an error: a slip of ours that a test finds.
    """
    if ProgrammeRecord.objects.exists():
        return
    for folder in shipped():
        reading = read_folder(folder)
        if reading.errors or reading.programme is None:
            raise ValueError(f"the shipped record in {folder} has errors: {reading.errors[:3]}")
        yield load_record(programme=reading.programme, record=reading.record, prune=False, today=today, by=by)
