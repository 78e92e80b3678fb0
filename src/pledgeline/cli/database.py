"""How commands reach the database, and which programme of it is meant."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import typer

from pledgeline.accounts.roles import MACHINE
from pledgeline.cli.options import now, user_name
from pledgeline.cli.printing import stop
from pledgeline.exchange.record.settings import read_settings
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme


def make_ready(*, begin: bool = True) -> None:
    """Make the database ready for a command: begin one where there is none, and refuse one of another version."""
    set_up()
    from pledgeline.operation import versions

    with database_errors():
        set_earlier_aside()
        begun = new_database()
        if begun is not None and not begin:
            stop(f"there is no database yet: {begun}")
        tables = versions.tables()
        if tables.are_missing:
            if not begin:
                stop("there is nothing in the database yet")
            versions.migrate()
            if begun is not None:
                typer.echo(f"A new database was begun: {begun}", err=True)
        elif tables.trouble:
            stop(tables.trouble)


def set_up() -> None:
    """Read the settings; the database is not asked yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pledgeline.server.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
        _name_caller()
    except ImproperlyConfigured as error:
        stop(str(error))


@contextlib.contextmanager
def database_errors() -> Iterator[None]:
    """End the command with a sentence where the database does not do what it is asked."""
    from django.db import DatabaseError, connection

    try:
        yield
    except DatabaseError as error:
        place = f" {connection.settings_dict['NAME']}" if connection.vendor == "sqlite" else ""
        stop(f"the database{place} cannot be used: {str(error).strip().splitlines()[0]}")


def _name_caller() -> None:
    """Say for the audit trail who acts from here on: a user of this machine."""
    from pledgeline.audit.acts import Actor
    from pledgeline.audit.callers import Caller, call_from_here_on

    call_from_here_on(Caller(kind=Actor.COMMAND_LINE, name=user_name()))


def new_database() -> Path | None:
    """Name the embedded database if it is about to be begun: people are told where, so that none is a surprise."""
    from django.db import connection

    path = Path(str(connection.settings_dict["NAME"]))
    is_embedded = connection.vendor == "sqlite" and path.suffix == ".sqlite3"
    return path if is_embedded and not path.exists() else None


def set_earlier_aside() -> None:
    """Set a database aside that was made before the tables began anew, and say where it is."""
    from pledgeline.operation import earlier, running

    if not earlier.is_earlier():
        return
    try:
        place = earlier.set_aside(now=now())
    except (earlier.CannotBeSetAside, running.InUse) as refusal:
        stop(str(refusal))
    except OSError as problem:
        stop(f"nothing was changed: {problem.filename or 'the disk'}: {problem.strerror or problem}")
    typer.echo(
        f"The database was made before accounts were kept as now. It was set aside, as it was: {place}",
        err=True,
    )


def slug_of(wanted: str) -> str:
    """Name the programme that is meant: the one wanted, or the only one that is not invented."""
    from pledgeline.records.snapshot import programmes

    found = programmes(MACHINE)
    known = [programme.slug for programme in found]
    real = [programme.slug for programme in found if not programme.invented]
    if not known:
        stop("the database holds no programme yet: load one with `pledgeline record load FOLDER`")
    if wanted and wanted not in known:
        stop(f"there is no programme “{wanted}”: choose one of {', '.join(known)}")
    if not wanted and len(known) > 1 and len(real) != 1:
        stop(f"there are several programmes: name one with --programme, of {', '.join(known)}")
    return wanted or (real or known)[0]


def target_of(folder: Path, wanted: str) -> tuple[Programme | None, PublicRecord]:
    """Find the programme that a folder is loaded into, and the rows that it has already."""
    from pledgeline.records.snapshot import programmes, snapshot

    own = read_settings(folder)
    known = {programme.slug: programme for programme in programmes(MACHINE)}
    if own is not None and wanted and own.slug != wanted:
        stop(
            f"the folder's programme.toml says “{own.slug}” and --programme “{wanted}”: leave one of them out"
        )
    slug = own.slug if own else wanted
    real = [name for name, programme in known.items() if not programme.invented]
    if not slug and len(real) == 1:
        slug = real[0]
    if not own and slug not in known:
        if wanted:
            stop(f"there is no programme “{wanted}” yet: put its settings into {folder / 'programme.toml'}")
        if known:
            stop(
                f"{folder} has no programme.toml: name the programme with --programme, of {', '.join(known)}"
            )
        return None, PublicRecord()
    if slug not in known:
        return own, PublicRecord()
    found = snapshot(slug, MACHINE)
    return own or found.programme, found.record
