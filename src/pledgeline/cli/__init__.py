"""The command line: the same questions as in the site, and the same answers.

Exit codes, of every command: 0 it went well and nothing is wrong; 1 there are errors in the data;
2 the command could not be understood or carried out.
"""

import io
import os
import sys
from typing import Annotated, Any

import typer
import typer.core

from pledgeline.cli import guarantees, ledger, people, record
from pledgeline.cli.rights import rights
from pledgeline.cli.up import up


class _Rooms(typer.core.TyperGroup):
    """The commands. Those of planning come when they are asked for: the solver takes a second to import."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*super().list_commands(ctx), "plan"]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name != "plan":
            return super().get_command(ctx, cmd_name)
        from pledgeline.cli import plan

        return typer.main.get_command(plan.app)


app = typer.Typer(
    cls=_Rooms,
    name="pledgeline",
    help="Follow donor money and goods from a promise to a delivered item.",
    epilog="Exit codes: 0 it went well; 1 there are errors in the data; 2 the command could not be carried out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(record.app, name="record")
app.add_typer(guarantees.app, name="guarantees")
app.add_typer(ledger.app, name="ledger")
app.add_typer(people.app, name="people")
app.command("up")(up)
app.command("rights")(rights)


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
