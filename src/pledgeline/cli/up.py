"""`pledgeline up`: from nothing to a site that answers, and back to nothing on Ctrl-C.

The site is made ready in this process (tables, first record) and served by granian's workers. Where the system
can fork they start with everything imported. Beside them a worker does what waits in the queue.
"""

import errno
import gc
import http.client
import multiprocessing
import os
import socket
import sys
import threading
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from pledgeline.accounts.desk_token import VARIABLE, digest_of, new_token
from pledgeline.cli.database import new_database, set_earlier_aside, set_up
from pledgeline.cli.worker_beside import WorkerBeside

if TYPE_CHECKING:
    from pledgeline.actions.records import LoadReport

_WORDS = ("added", "changed", "removed")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")
PATIENCE_SECONDS = 60
PAUSE_SECONDS = 2
LET_GO_SECONDS = 2
NEW_OBJECTS = 10_000
"""So many have to come before a worker looks for those that could be let go."""

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def up(
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for every one.")] = "127.0.0.1",
) -> None:
    """Start the site, with the public record loaded, and print its address.

    Exit codes: 0 after Ctrl-C, 2 when it cannot be started.
    """
    gc.disable()  # what is made until the pages are ready stays: see `_prepare_pages`
    _must_be_free(host, port)
    if host not in LOOPBACK:
        os.environ.setdefault(
            "PLEDGELINE_HOSTS", "*" if host in EVERYWHERE else f"{host},localhost,127.0.0.1"
        )
    token = new_token() if host in LOOPBACK else ""
    os.environ[VARIABLE] = digest_of(token) if token else ""  # before the settings read it
    set_up()
    from pledgeline.operation import running

    try:
        _renew_tables()
        with running.site_lock():
            has_accounts = _make_ready()
            try:
                _serve(host, port, "" if has_accounts else token)
            finally:
                _desk_file().unlink(missing_ok=True)
                _fold_in_log()
    except running.InUse as refusal:
        _stop(str(refusal))
    finally:
        gc.enable()


def _stop(message: str) -> NoReturn:
    typer.echo(f"pledgeline: {message}", err=True)
    raise typer.Exit(2)


def _must_be_free(host: str, port: int) -> None:
    """Say that the port is taken, before anything is made.

    The workers of a site that was killed let go of it a moment later: so long is waited.
    """
    until = time.monotonic() + LET_GO_SECONDS
    while (wrong := _cannot_listen(host, port)) is not None:
        if wrong.errno != errno.EADDRINUSE or time.monotonic() > until:
            _say_why_not(host, port, wrong)
        time.sleep(0.05)


def _cannot_listen(host: str, port: int) -> OSError | None:
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            if sys.platform != "win32":  # there it would allow to take a port that is in use
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        return error
    return None


def _say_why_not(host: str, port: int, error: OSError) -> NoReturn:
    if isinstance(error, socket.gaierror):
        _stop(f"“{host}” is no address of this machine: leave --host out, or give one of its addresses")
    if isinstance(error, PermissionError):
        _stop(f"port {port} needs more rights than you have: choose one above 1023, for example --port 8000")
    another = port + 1 if port < 65535 else 8000
    _stop(
        f"cannot listen on {host} port {port} ({error.strerror}): end what uses it, "
        f"or choose another with --port {another}"
    )


def _renew_tables() -> None:
    """Make the tables, or renew those of an embedded database; a PostgreSQL is renewed when its people say so."""
    from django.db import DatabaseError

    from pledgeline.cli.upgrade import print_upgrade
    from pledgeline.operation import running, upgrade, versions

    _must_answer(os.environ.get("PLEDGELINE_DATABASE_URL", ""))
    try:
        set_earlier_aside()
        begun = new_database()
        tables = versions.tables()
        if tables.are_missing:
            versions.migrate()
            if begun is not None:
                typer.echo(f"A new database was begun: {begun}")
        elif tables.unknown or not running.is_embedded():
            if tables.trouble:
                _stop(tables.trouble)
        elif done := upgrade.upgrade(now=datetime.now(UTC)):
            print_upgrade(done)
    except upgrade.RehearsalFailed as failure:
        _stop(f"the tables could not be renewed for this version, and nothing was changed: {failure}")
    except DatabaseError as error:
        _cannot_be_used(error)


def _make_ready() -> bool:
    """See that there is a first record in the tables, and that nothing waits in SQLite's log of writes.

    Says whether anybody has an account.
    """
    from django.db import DatabaseError

    from pledgeline.accounts.models import User
    from pledgeline.accounts.sessions import SessionStore
    from pledgeline.actions.first_start import load_shipped
    from pledgeline.actions.illustration import load_illustration

    try:
        SessionStore.clear_expired()
        now = datetime.now(UTC)
        shipped = load_shipped(now=now)
        for report in shipped:
            typer.echo(_loaded(report))
        if any(report.settings == "added" for report in shipped):
            entries = load_illustration(now=now)
            typer.echo(
                f"Made an invented programme to look at, Illustration: {entries:,} entries in its books."
            )
        has_accounts = User.objects.exists()
    except DatabaseError as error:
        _cannot_be_used(error)
    _close_connections()
    _fold_in_log()
    return has_accounts


def _close_connections() -> None:
    """Close what is open to the database: workers must not inherit it."""
    from django.db import connection, connections

    connections.close_all()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


def _fold_in_log() -> None:
    """Leave one database file that has everything; where that cannot be, say so to whoever would copy it."""
    from django.db import DatabaseError

    from pledgeline.operation import running

    try:
        is_whole, why = running.fold_in_log(), "another process still has it open"
    except DatabaseError as error:
        is_whole, why = False, _first_line(error)
    if not is_whole:
        typer.echo(
            f"The newest entries stand in {running.database_file()}-wal and not in the file beside it ({why}): "
            "copy neither, and use `pledgeline backup`.",
            err=True,
        )


def _cannot_be_used(error: Exception) -> NoReturn:
    _stop(
        f"the database cannot be used ({_first_line(error)}): check PLEDGELINE_DATABASE_URL and PLEDGELINE_HOME"
    )


def _loaded(report: "LoadReport") -> str:
    """Say what became of a public record that comes with the package."""
    name = report.programme.short_name
    sums = {word: sum(kind.counts()[word] for kind in report.kinds.values()) for word in _WORDS}
    rows = ", ".join(f"{number:,} {word}" for word, number in sums.items() if number) or "settings changed"
    if report.dry_run:
        return (
            f"A new edition of the public record of {name} has come with this version ({rows}). Yours was left alone, "
            "since somebody has loaded rows into it: docs/handbook/running.md says how to take the new one over."
        )
    if report.settings == "added":
        return f"Loaded the public record of {name}: {sums['added']:,} rows."
    return f"Renewed the public record of {name}: {rows}."


def _must_answer(address: str) -> None:
    """Say that a PostgreSQL is not there. The pool of connections would try for long, and loudly."""
    if address:
        import psycopg

        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.Error as error:
            _stop(f"the database does not answer ({_first_line(error)}): check PLEDGELINE_DATABASE_URL")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0]


def _serve(host: str, port: int, token: str) -> None:
    """Serve until Ctrl-C or a signal to end.

    Whoever answers and dies is replaced, and one of the two answers meanwhile. granian gives up where one dies again
    at once; a site that has answered before begins anew then, and one that never has is broken. What waits in the
    queue is done by a worker beside them.
    """
    _prepare_pages()
    has_answered = threading.Event()
    threading.Thread(target=_announce, args=(host, port, token, has_answered), daemon=True).start()
    worker = WorkerBeside(begins_after=has_answered)
    worker.start()
    try:
        _serve_again_and_again(host, port, has_answered)
    finally:
        worker.end()
    typer.echo("Stopped.")


def _prepare_pages() -> None:
    """Import and read what answers before the workers are forked: each would take two seconds of a core for it.

    What is there then stays: nobody looks through it for what could be let go, neither while it is read, which would
    take a sixth of the start, nor later in a worker, a tenth of a second each time; and what has come since is looked
    through after more of it than Python would, which counts on small programs.
    """
    if multiprocessing.get_start_method() == "fork":
        from django.apps import apps
        from django.urls import get_resolver

        _ = get_resolver().url_patterns
        pages: Any = apps.get_app_config("web")
        pages.read_beforehand()
        _close_connections()
        gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 10, 10)
    gc.enable()


def _serve_again_and_again(host: str, port: int, has_answered: threading.Event) -> None:
    """Let granian serve, and serve anew where it gives up; a signal to end ends it, whenever it comes.

    A signal reaches the workers, too: those that end before granian tells them to are no failure. One that comes
    while granian begins anew still goes to the granian before.
    """
    server = _granian(host, port)
    while True:
        try:
            server.serve()
            return
        except SystemExit as end:
            if not server.interrupt_signal and not (end.code and has_answered.is_set()):
                raise
        if not server.interrupt_signal:
            typer.echo("The workers ended again and again. Beginning anew.", err=True)
            time.sleep(PAUSE_SECONDS)
        if server.interrupt_signal:
            return
        before, server = server, _granian(host, port)
        server.on_startup(partial(_pass_on_signal, before, server))


def _pass_on_signal(before: Any, server: Any) -> None:
    if before.interrupt_signal:
        server.signal_handler_interrupt()


def _granian(host: str, port: int) -> Any:
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    return Granian(
        "pledgeline.server.embedded:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        workers=1 if sys.platform == "win32" else 2,
        workers_kill_timeout=5,
        respawn_failed_workers=True,
        log_level=LogLevels.error,
    )


def _announce(host: str, port: int, token: str, has_answered: threading.Event) -> None:
    """Print the address as soon as the site answers, and the one that opens the desk."""
    here = "127.0.0.1" if host in EVERYWHERE else host
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        time.sleep(0.05)
        asking = http.client.HTTPConnection(here, port, timeout=5)
        try:
            asking.request("GET", "/healthz", headers={"Host": "localhost"})
            asking.getresponse()
        except (OSError, http.client.HTTPException):
            continue
        finally:
            asking.close()
        has_answered.set()
        address = f"http://{f'[{here}]' if ':' in here else here}:{port}/"
        typer.echo(f"Pledgeline is at {address}  (Ctrl-C stops it)")
        if token:
            _show_desk(f"{address}desk/{token}/")
        return
    typer.echo("The site has not answered for a minute. Look above for the reason.", err=True)


def _show_desk(address: str) -> None:
    """Say by which address the desk is opened: to whoever watches, and to a log only where it is written down."""
    said = address
    if not sys.stdout.isatty():
        path = _desk_file()
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{address}\n")
        said = f"the address in {path}"
    typer.echo(f"To work in it, or to make the first account, open {said}")


def _desk_file() -> Path:
    from django.conf import settings

    return Path(settings.HOME) / "desk-address"
