"""Databases as earlier versions left them: what their dumps hold, and how one is made.

A dump is made once, when a version is released or its tables begin anew, and never changed:

    python -m tests.operation.dump 2026-11

writes `dumps/2026-11.sqlite.sql`, and with `PLEDGELINE_DATABASE_URL` of an empty database `2026-11.postgresql.sql`.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

DUMPS = Path(__file__).parent / "dumps"
PERSON, PROGRAMME, ENTRIES = "olena", "harbour", 22


def fill() -> None:
    """Enter something of each kind: a record, books, a plan's input, a person, a version of an instrument."""
    from pledgeline.programme.roles import Role
    from pledgeline.records.models import InstrumentVersion
    from tests.builders import a_record
    from tests.people import NOW, a_person
    from tests.planning import handed_in
    from tests.web.books import PACKAGE, keep

    keep(PACKAGE, record=a_record())
    handed_in(programme=PROGRAMME)
    a_person(PERSON, Role.FINANCE, Role.AUDITOR, programme=PROGRAMME)
    InstrumentVersion.objects.create(
        programme="", instrument="a-text", number=1, text="x = 1", reason="r", saved_by=PERSON, saved_at=NOW
    )


def dump(name: str) -> Path:
    """Write the dump of the database of the environment."""
    from django.db import connection, connections

    file = DUMPS / f"{name}.{connection.vendor}.sql"
    address = os.environ.get("PLEDGELINE_DATABASE_URL", "")
    place = str(connection.settings_dict["NAME"])
    connections.close_all()
    if address:
        from tests.postgresql import programs

        command = [programs() / "pg_dump", "--no-owner", "--no-privileges", "-f", file, address]
        subprocess.run(command, check=True)
    else:
        with closing(sqlite3.connect(place)) as there:
            file.write_text("\n".join(there.iterdump()) + "\n", encoding="utf-8")
    return file


def main() -> None:
    if not os.environ.get("PLEDGELINE_DATABASE_URL"):
        os.environ["PLEDGELINE_HOME"] = tempfile.mkdtemp()
    from pledgeline.cli.database import make_ready

    make_ready()
    fill()
    sys.stdout.write(f"{dump(sys.argv[1])}\n")


if __name__ == "__main__":
    main()
