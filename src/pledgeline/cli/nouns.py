"""The commands of a noun of the chain: list, show, write down, and take a step."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pledgeline.accounts.roles import Machine
from pledgeline.cli.database import make_ready
from pledgeline.cli.noun_files import import_file
from pledgeline.cli.options import AsJson, now, user_name
from pledgeline.cli.printing import print_json, say, stop, table
from pledgeline.programme.nouns import plural
from pledgeline.programme.steps import ASK

if TYPE_CHECKING:
    from pledgeline.records.models import ChainRow, ProgrammeRecord

Programme = Annotated[str, typer.Option("--programme", help="The slug of the programme.", show_default=False)]
Key = Annotated[str, typer.Argument(help="Its short name.", show_default=False)]


def commands(noun: str, *, about: str, is_written: bool = True) -> typer.Typer:
    """Make the commands of a noun, named as pages name it in the plural; `is_written` where people write one down."""
    app = typer.Typer(
        name=plural(noun), help=about, no_args_is_help=True, add_completion=False, rich_markup_mode=None
    )
    _add_list(app, noun)
    _add_show(app, noun)
    if is_written:
        _add_write(app, noun)
    _add_step(app, noun)
    if noun in IN_FILES:
        _add_import(app, noun)
    return app


IN_FILES = ("requirement", "offer")
"""The nouns that are brought in from workbooks and CSV files."""


def _add_list(app: typer.Typer, noun: str) -> None:
    @app.command(name="list")
    def list_(
        programme: Programme,
        state: Annotated[str, typer.Option(help="Only those in this state.", show_default=False)] = "",
        as_json: AsJson = False,
    ) -> None:
        """List them in their order, the newest version of each.

        Exit codes: 0 always, 2 it could not be done.
        """
        fund, kind = _ready(programme, noun)
        from pledgeline.programme.steps import states_of
        from pledgeline.queries.chain import LISTS, newest, with_figures

        if state and state not in states_of(noun):
            stop(f"“{state[:40]}” is no state: choose one of {', '.join(states_of(noun))}")
        rows = with_figures(kind, newest(kind, fund, machine())).order_by(*LISTS[kind].order)
        found = [row for row in rows if not state or row.state == state]
        if as_json:
            print_json([{**_said(row), **_units(row)} for row in found])
        elif found:
            names = [
                name
                for name, field in kind.KIND.fields_said().items()
                if field.part is None and field.kind != "Note"
            ]
            figures = [_units(row).get("units", {}) for row in found]
            table(
                "",
                [*names, *figures[0], "state"],
                [
                    [*(getattr(row, name) for name in names), *units.values(), row.state]
                    for row, units in zip(found, figures, strict=True)
                ],
            )
        else:
            say("There is none.")


def _add_show(app: typer.Typer, noun: str) -> None:
    @app.command()
    def show(key: Key, programme: Programme, as_json: AsJson = False) -> None:
        """Show one: what it says, its state, what can be done now, and what has happened to it.

        Exit codes: 0 it is shown, 2 there is none.
        """
        fund, kind = _ready(programme, noun)
        from pledgeline.programme.steps import steps_from
        from pledgeline.queries.chain import history, newest, with_figures

        row = with_figures(kind, newest(kind, fund, machine())).filter(key=key).first()
        if row is None:
            stop(f"there is no {noun} “{key[:80]}” in {programme}")
        taken = [
            {
                "step": event.step,
                "by": event.by_name,
                "at": event.at,
                "version": event.version,
                "reason": event.reason,
            }
            for event in history(row)
        ]
        if as_json:
            print_json({**_said(row), **_units(row), **_line_units(row), "history": taken})
            return
        said = _said(row)
        parts = {name: said.pop(name) for name, field in kind.KIND.fields_said().items() if field.part}
        table("", ["field", "says"], [[name, value] for name, value in said.items()])
        for name, members in parts.items():
            names = list(dict.fromkeys(field for part in members for field in part))
            table(name, names, [[_cell(part.get(field, "")) for field in names] for part in members])
        for name, lines in _line_units(row).items():
            table(name, [*lines[0]], [[*part.values()] for part in lines])
        say(f"Can be done now: {', '.join(step.name for step in steps_from(noun, row.state)) or 'nothing'}.")
        table("", ["when", "who", "step", "why"], [[o["at"], o["by"], o["step"], o["reason"]] for o in taken])


def _add_write(app: typer.Typer, noun: str) -> None:
    @app.command()
    def write(
        file: Annotated[
            str, typer.Argument(help="A JSON file: one object, or a list of them; - for the standard input.")
        ],
        programme: Programme,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Say what is wrong, and write nothing.")
        ] = False,
    ) -> None:
        """Write them down as drafts, or change drafts. What is wrong is said with its place; good ones are kept.

        The names of the fields are those that `show --json` prints.

        Exit codes: 0 all are written down, 1 some are not, 2 the file cannot be read.
        """
        fund, kind = _ready(programme, noun)
        failed = False
        for number, raw in enumerate(_read(file), start=1):
            failed = _write_one(kind, fund, raw, f"{file}, {number}", dry_run=dry_run) or failed
        if failed:
            raise typer.Exit(1)


def _add_step(app: typer.Typer, noun: str) -> None:
    @app.command()
    def step(
        key: Key,
        name: Annotated[str, typer.Argument(help="The step, as `show` lists it.", show_default=False)],
        programme: Programme,
        reason: Annotated[str, typer.Option(help="Why, where the step needs it.", show_default=False)] = "",
        given: Annotated[
            str,
            typer.Option(
                "--with",
                help="A JSON file with what the step asks for; - for the standard input.",
                show_default=False,
            ),
        ] = "",
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Show what it would enter into the books, and take no step.")
        ] = False,
    ) -> None:
        """Take a step.

        Exit codes: 0 it is taken, or could be, 1 it cannot be taken now, 2 what it is given cannot be read.
        """
        fund, kind = _ready(programme, noun)
        from pledgeline.actions.chain import foreseen, take_step
        from pledgeline.programme.findings import Finding

        details = _read(given)[0] if given else {}
        if not isinstance(details, dict):
            stop(f"{given} is no object: write its fields between braces")
        asked: Any = {
            "programme": fund,
            "person": machine(),
            "now": now(),
            "reason": reason,
            "details": details,
        }
        if dry_run:
            seen = foreseen(kind, key, name, **asked)
            refuse(entry for entry in seen if isinstance(entry, Finding))
            table("", ["event", "contribution", "account", "line", "amount"], movements(seen))
            return
        done = take_step(kind, key, name, **asked)
        refuse([done] if isinstance(done, Finding) else [])
        assert not isinstance(done, Finding)
        held = " It waits for approval: `pledgeline approvals list` has it." if done.step == ASK else ""
        say(f"{key}: {done.origin} -> {done.target}.{held}")


def _add_import(app: typer.Typer, noun: str) -> None:
    @app.command(name="import")
    def import_(
        file: Annotated[Path, typer.Argument(help="A workbook (.xlsx) or a CSV file in UTF-8, with commas.")],
        programme: Programme,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Say what would come of it, and write nothing.")
        ] = False,
        column: Annotated[
            list[str] | None,
            typer.Option(help="FIELD=HEADING: the heading that is meant for a field.", show_default=False),
        ] = None,
    ) -> None:
        """Bring them in from a workbook or a CSV file: new ones and changes; what is as it stands is left alone.

        What is wrong is said with its cell and the way out; good rows are kept. A field without a column stays as it
        is; an empty cell empties it.

        Exit codes: 0 all rows are good, 1 some are refused, 2 the file cannot be read.
        """
        fund, kind = _ready(programme, noun)
        if import_file(
            kind, fund, file, dict(_pair(pair) for pair in column or ()), machine(), dry_run=dry_run
        ):
            raise typer.Exit(1)


def _pair(text: str) -> tuple[str, str]:
    field, sign, heading = text.partition("=")
    if not sign:
        stop(f"“{text[:60]}” is not FIELD=HEADING")
    return field.strip(), heading.strip()


def _ready(programme: str, noun: str) -> "tuple[ProgrammeRecord, type[ChainRow]]":
    row = programme_of(programme)
    from pledgeline.actions.chain import TABLES

    return row, TABLES[noun]


def programme_of(slug: str) -> "ProgrammeRecord":
    """Give a programme; where there is none, say which there are, and end."""
    make_ready()
    from pledgeline.records.models import ProgrammeRecord

    row: ProgrammeRecord | None = ProgrammeRecord.objects.filter(slug=slug).first()
    if row is None:
        known = ", ".join(ProgrammeRecord.objects.order_by("slug").values_list("slug", flat=True))
        stop(f"there is no programme “{slug[:60]}”: choose one of {known or 'none yet'}")
    return row


def machine() -> Machine:
    """Give whoever works on the command line."""
    return Machine(name=user_name())


def refuse(findings: Iterable[Any]) -> None:
    """Say why a step cannot be taken, and end with 1; nothing where it can."""
    wrong = list(findings)
    for finding in wrong:
        path = ".".join(map(str, finding.place.path))
        typer.echo(f"{f'{path}: ' if path else ''}{finding.wrong} {finding.way_out}", err=True)
    if wrong:
        raise typer.Exit(1)


def movements(entries: Iterable[Any]) -> list[list[Any]]:
    """Give every posting of entries as a row."""
    return [
        [entry.kind, posting.contribution, posting.account.value, posting.line, posting.amount]
        for entry in entries
        for posting in entry.postings
    ]


def _cell(value: object) -> object:
    return ", ".join(value) if isinstance(value, list) else value


def _said(row: "ChainRow") -> dict[str, Any]:
    return {**row.to_value().as_said(), "state": row.state, "version": row.version}


BESIDE = frozenset({"state", "version", "units", "line_units", "history"})
"""What `show --json` prints beside what a noun says; whoever writes it down again may leave it there."""


def _units(row: "ChainRow") -> dict[str, dict[str, int]]:
    """Give where the units of an order are; of other nouns nothing."""
    from pledgeline.queries.order_units import units_of
    from pledgeline.records.models import OrderRecord

    return {"units": units_of(row).as_said()} if isinstance(row, OrderRecord) else {}


def _line_units(row: "ChainRow") -> dict[str, list[dict[str, object]]]:
    """Give where the units of each line of an order are; of other nouns nothing."""
    from pledgeline.queries.orders import line_units
    from pledgeline.records.models import OrderRecord

    return {"line_units": line_units(row)} if isinstance(row, OrderRecord) else {}


def _read(file: str) -> list[object]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
        said = json.loads(text)
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as problem:
        stop(f"{file} cannot be read as JSON: {problem}")
    return said if isinstance(said, list) else [said]


def _write_one(
    kind: "type[ChainRow]", fund: "ProgrammeRecord", raw: object, at: str, *, dry_run: bool
) -> bool:
    """Write one down, or say what is wrong with it; say whether something is."""
    from pledgeline.actions import chain
    from pledgeline.programme.findings import Place
    from pledgeline.programme.nouns import read_noun

    if not isinstance(raw, dict):
        typer.echo(f"{at}: this is no object. Write its fields between braces.", err=True)
        return True
    said = {name: value for name, value in raw.items() if name not in BESIDE}
    done: Any = (
        read_noun(kind.KIND, said, Place(file=at))
        if dry_run
        else chain.write(kind, said, programme=fund, person=machine(), now=now())
    )
    if isinstance(done, list):
        for finding in done:
            path = ".".join(map(str, finding.place.path)) or "-"
            typer.echo(f"{at}, {path}: {finding.wrong} {finding.way_out}", err=True)
        return True
    say(f"{done.key}: {'can be written down' if dry_run else 'written down'}.")
    return False
