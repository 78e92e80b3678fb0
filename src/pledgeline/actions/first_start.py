"""Give a database that has no programme the ones that come with the package."""

from datetime import date

from pledgeline.actions.records import LoadReport, Progress, load_record
from pledgeline.exchange.record import read_folder, shipped
from pledgeline.records.models import ProgrammeRecord


def load_shipped(*, today: date, by: str, progress: Progress | None = None) -> list[LoadReport]:
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
                today=today,
                by=by,
                progress=progress,
            )
        )
    return reports
