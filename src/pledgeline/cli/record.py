"""`pledgeline record check` and `record load`: a folder, looked at and taken over."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from pledgeline.cli import sums
from pledgeline.cli.database import make_ready, target_of
from pledgeline.cli.options import AsJson, FolderArgument, Slug, now, user_name
from pledgeline.cli.printing import (
    console,
    count,
    findings_as_json,
    print_findings,
    print_json,
    say,
    stop,
    table,
)
from pledgeline.exchange.record import RecordReading, read_folder
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import today_of

if TYPE_CHECKING:
    from pledgeline.actions.records import LoadReport

app = typer.Typer(
    help="The public record of a programme: check, load, total, reconcile.",
    epilog="Exit codes: 0 it went well; 1 there are errors in the data; 2 the command could not be carried out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

app.command()(sums.total)
app.command()(sums.reconcile)


@app.command()
def check(folder: FolderArgument, as_json: AsJson = False) -> None:
    """Print every finding of a folder of CSV files, and touch nothing.

    Exit codes: 0 no error (warnings are no errors), 1 errors.
    """
    reading = read_folder(folder, now=now())
    rows = _rows(reading.record)
    if as_json:
        print_json(
            {"findings": findings_as_json(reading.findings), "errors": len(reading.errors), "rows": rows}
        )
    else:
        print_findings(reading.findings)
        good = ", ".join(f"{number:,} {kind}" for kind, number in rows.items()).replace("_", " ")
        say(f"Good rows: {good}.")
        if not reading.findings:
            say("Nothing was found wrong.")
    raise typer.Exit(1 if reading.errors else 0)


@app.command()
def load(
    folder: FolderArgument,
    slug: Slug = "",
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove the rows that the folder does not have, after asking.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before removing.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check a folder, then load it into the database: all of it, or nothing.

    Rows that the database has and the folder does not are kept and named.

    Exit codes: 0 loaded, 1 errors in the folder and nothing changed, 2 it could not be done.
    """
    make_ready()
    from pledgeline.actions.records import load_record

    programme, beside = target_of(folder, slug)
    reading = read_folder(folder, programme=programme, beside=PublicRecord() if prune else beside, now=now())
    if reading.errors:
        _print_errors(reading, as_json=as_json)
        raise typer.Exit(1)
    programme = reading.programme or programme
    if programme is None:
        stop(
            f"{folder} has no programme.toml, and there is no programme to load it into: "
            "add one, or name a programme with --programme"
        )
    wanted: dict[str, Any] = {
        "programme": programme,
        "record": reading.record,
        "prune": prune,
        "today": today_of(programme, now()),
        "by": user_name(),
    }
    if prune and not yes and not dry_run:
        _ask(load_record(**wanted, dry_run=True), as_json=as_json)
    with _progress_bar() as progress:
        report = load_record(**wanted, dry_run=dry_run, progress=progress)
    _print_load(report, reading, as_json=as_json)


def _print_errors(reading: RecordReading, *, as_json: bool) -> None:
    if as_json:
        findings = findings_as_json(reading.findings)
        print_json({"findings": findings, "errors": len(reading.errors), "loaded": False})
    else:
        print_findings(reading.findings)
        say("Nothing was loaded: the record is as it was.")


@contextmanager
def _progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Show how far each kind of rows is, where somebody looks."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(kind: str, done: int, whole: int) -> None:
            if kind not in tasks:
                tasks[kind] = bar.add_task(kind.replace("_", " "), total=whole)
            bar.update(tasks[kind], completed=done)

        yield progress


def _ask(report: "LoadReport", *, as_json: bool) -> None:
    removed = {kind: loaded.removed for kind, loaded in report.kinds.items() if loaded.removed}
    if not removed:
        return
    for kind, keys in removed.items():
        typer.echo(f"{kind}: {', '.join(keys[:20])}{' …' if len(keys) > 20 else ''}", err=True)
    number = sum(map(len, removed.values()))
    if as_json or not sys.stdin.isatty():
        stop(f"{count(number, 'row')} would be removed: say so with --yes, or leave --prune out")
    if not typer.confirm(f"Remove {count(number, 'row')} for good?"):
        stop("nothing was changed")


def _print_load(report: "LoadReport", reading: RecordReading, *, as_json: bool) -> None:
    kinds = {kind: loaded.counts() for kind, loaded in report.kinds.items()}
    if as_json:
        print_json(
            {
                "programme": report.programme.slug,
                "settings": report.settings,
                "loaded": not report.dry_run,
                "revision": report.revision,
                "kinds": kinds,
                "findings": findings_as_json(reading.findings),
            }
        )
        return
    print_findings(reading.findings)
    say(f"Programme {report.programme.slug} ({report.programme.name}): settings {report.settings}.")
    columns = ["added", "changed", "unchanged", "kept", "removed"]
    table(
        "",
        ["rows", *columns],
        [[kind.replace("_", " "), *(counts[name] for name in columns)] for kind, counts in kinds.items()],
        numbers=range(1, 6),
    )
    for kind, loaded in report.kinds.items():
        for name in ("changed", "kept", "removed"):
            keys = getattr(loaded, name)
            if keys:
                more = f" … and {len(keys) - 20:,} more" if len(keys) > 20 else ""
                say(f"{name}, {kind.replace('_', ' ')}: {', '.join(keys[:20])}{more}")
    if report.dry_run:
        say("This was a dry run: nothing was changed.")
    elif report.settings == "added":
        say(
            "It is not published: only people with a role in it see it. Show it to everybody with "
            f"`pledgeline publish --programme {report.programme.slug}`."
        )


def _rows(record: PublicRecord) -> dict[str, int]:
    """Count the good rows of each kind."""
    return {kind: len(getattr(record, kind)) for kind in record.__slots__}
