"""What is wrong with an installation, and what is as it should be: for `pledgeline doctor`.

Each look is at one thing, and gives a diagnosis with a way out. One that cannot be taken is a diagnosis, too.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import DatabaseError

from pledgeline.operation.checkup import database, files, reach, upkeep
from pledgeline.operation.checkup.diagnosis import Diagnosis, wrong
from pledgeline.operation.running import database_file, is_embedded

__all__ = ["Diagnosis", "check_up"]

Look = Callable[[datetime], Iterator[Diagnosis]]

WITHOUT_DATABASE: dict[str, Look] = {
    "files": files.rights,
    "owner": files.owner,
    "keys": files.keys,
    "space": files.space,
    "reach": reach.site,
}
IN_DATABASE: dict[str, Look] = {
    "connection": reach.connection_to_database,
    "version": database.version,
    "clock": database.clock,
    "guards": database.guards_in_place,
    "backup": upkeep.backup,
    "checkpoints": upkeep.checkpoints,
    "verification": upkeep.verification,
    "jobs": upkeep.jobs,
}


def check_up(now: datetime) -> list[Diagnosis]:
    """Look at everything."""
    found = [diagnosis for name, look in WITHOUT_DATABASE.items() for diagnosis in _looked(name, look, now)]
    if is_embedded() and not database_file().exists():
        return [*found, wrong("database", "there is no database yet", "start the site with `pledgeline up`")]
    answers = list(_looked("database", database.answers, now))
    found += answers
    if not any(diagnosis.is_error for diagnosis in answers):
        found += [diagnosis for name, look in IN_DATABASE.items() for diagnosis in _looked(name, look, now)]
    return found


def _looked(name: str, look: Look, now: datetime) -> Iterator[Diagnosis]:
    try:
        yield from look(now)
    except (DatabaseError, OSError) as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        yield wrong(
            name, f"it could not be looked at: {said}", "mend what stands above first, and look again"
        )
