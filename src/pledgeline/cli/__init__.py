"""The command line: the same questions as in the site, and the same answers.

Exit codes, of every command: 0 it went well and nothing is wrong; 1 there are errors in the data;
2 the command could not be understood or carried out; 130 it was ended by Ctrl-C.
"""

import io
import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
import typer.core

ROOMS = {
    "up": "Start the site and print its address.",
    "worker": "Do what waits in the queue: plans, uploads, verification.",
    "status": "Say how the site stands: what waits, who works.",
    "record": "The public record of a programme: check, load, total.",
    "evidence": "Reports: claims proposed, and compared.",
    "guarantees": "Security guarantees: what is owed when, and by whom.",
    "ledger": "The books of a programme: balances, traces, exports.",
    "iati": "IATI files: check, export, import.",
    "publish": "Show a programme or its books to everybody, or no longer.",
    "people": "Accounts on the site, and roles.",
    "webhooks": "Other offices that are told of events.",
    "audit": "What was done, by whom.",
    "workbook": "A programme's rows as one workbook: out, and back.",
    "bank": "Bank statements: taken in, matched, entered.",
    "requirements": "What a recipient asks for, step by step to the list.",
    "offers": "What suppliers offer.",
    "contributions": "What partners give, and what happens to it.",
    "packages": "What is bought together: split, merge, cancel, close.",
    "orders": "What is ordered from whom, out of packages.",
    "shipments": "What left for the recipient, lot by lot.",
    "receipts": "What the recipient counted of a shipment.",
    "discrepancies": "What was rejected or short, and what becomes of it.",
    "approvals": "What a second person has to approve before it is done.",
    "plans": "Plans of the site: list them, accept one.",
    "ocds": "OCDS files: check, import, export.",
    "plan": "Plan what to buy, from whom, with whose money.",
    "backup": "Write everything into one file, verified, while people work.",
    "restore": "Bring an installation back from a backup.",
    "upgrade": "Renew the tables for a new version, with a backup before.",
    "doctor": "Say what is wrong with an installation.",
    "rights": "Let the site work under a role of PostgreSQL with few rights.",
}
"""The commands, each in a module of its name, with the line that the overview says of it."""


class _Rooms(typer.core.TyperGroup):
    """The commands, imported when they are asked for: a solver or a workbook takes a second to import."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*ROOMS, *super().list_commands(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in ROOMS:
            return super().get_command(ctx, cmd_name)
        return typer.main.get_command(import_module(f"pledgeline.cli.{cmd_name}").app)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for; who ends it by Ctrl-C reads that it ended."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo("pledgeline: ended by Ctrl-C before there was an answer", err=True)
            raise typer.Exit(130) from None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the overview from what is known without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(ROOMS.items()))


app = typer.Typer(
    cls=_Rooms,
    name="pledgeline",
    help="Follow donor money and goods from a promise to a delivered item.",
    epilog="Exit codes: 0 it went well; 1 there are errors in the data; 2 the command could not be carried out; "
    "130 it was ended by Ctrl-C.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("pledgeline"))
        raise typer.Exit


@app.callback()
def _about(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and stop.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Follow donor money and goods from a promise to a delivered item."""


def main() -> None:
    """Run a command; a reader that went away and Ctrl-C are no failures of ours."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter is no reason to stop
            stream.reconfigure(errors="replace")
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        database = sys.modules.get("django.db")
        if database is None or not isinstance(error, database.DatabaseError):
            raise
        said = (str(error).strip().splitlines() or ["no reason given"])[0]
        typer.echo(f"pledgeline: the database failed, and nothing was changed: {said}", err=True)
        sys.exit(2)
