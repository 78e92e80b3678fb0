"""Give a database that has no programme the ones that come with the package, and keep them current.

A new version brings a new edition of a public record. Where nobody but this program has ever written
the record, it is renewed as a whole; where somebody has loaded rows or settings, theirs stay, and it
is said what the new edition would change.
"""

from datetime import datetime
from functools import partial

from pledgeline.accounts.roles import Machine
from pledgeline.actions.publication import publish
from pledgeline.actions.records import LoadReport, Progress, load_record
from pledgeline.exchange.record import read_folder, shipped
from pledgeline.programme.settings import today_of
from pledgeline.records.models import ProgrammeRecord, Subject

FIRST_START, NEW_EDITION = "first start", "new edition"
"""Who loaded a record, where it was this program."""

PROGRAM = Machine(FIRST_START)
"""Who publishes what comes with the package: it was public before, or is invented."""


def load_shipped(*, now: datetime, progress: Progress | None = None) -> list[LoadReport]:
    """Load the shipped programmes into an empty database and publish them; renew those that only this program wrote.

    Gives what was done, where anything was. A report that is a `dry_run` says what the new edition
    would change in a record that somebody has written into: that one is left alone.

    Raises:  ValueError when a shipped folder has errors: a slip of ours, which a test finds first.
    """
    empty = not ProgrammeRecord.objects.exists()
    reports = []
    for folder in shipped():
        reading = read_folder(folder)
        if reading.programme is None or reading.errors:
            raise ValueError(f"the shipped record in {folder.name} has errors: {reading.errors[:1]}")
        row = ProgrammeRecord.objects.filter(slug=reading.programme.slug).first()
        if row is None and not empty:
            continue
        load = partial(
            load_record,
            programme=reading.programme,
            record=reading.record,
            today=today_of(reading.programme, now),
            by=FIRST_START if row is None else NEW_EDITION,
        )
        ours = row is None or not row.loads.exclude(loaded_by__in=(FIRST_START, NEW_EDITION)).exists()
        planned = load(prune=ours, dry_run=True)
        if planned.changes_anything:
            reports.append(load(prune=True, progress=progress) if ours else planned)
        if row is None:
            publish(reading.programme.slug, Subject.PROGRAMME, person=PROGRAM, now=now)
    return reports
