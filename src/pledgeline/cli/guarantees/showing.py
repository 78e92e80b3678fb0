"""How the commands of guarantees print their answers: tables, each under the word scenario where it is one."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from pledgeline.cli.guarantees.as_json import clause, utc
from pledgeline.cli.outputs import Outputs
from pledgeline.cli.printing import say, table
from pledgeline.exchange.timelines import waiting
from pledgeline.guarantees import Coverage
from pledgeline.guarantees.sentences import provenance
from pledgeline.guarantees.timeline import Line, Timeline, gathered


def give(outputs: Outputs, output: Path | None, content: bytes) -> None:
    """Write into the file that is named, or print."""
    if output is None:
        typer.echo(content.decode("utf-8-sig"), nl=False)
    else:
        outputs.write(output, content)
        say(f"Written: {output}")


def print_timeline(found: Timeline) -> None:
    say(f"Scenario: {found.scenario.title or found.scenario.id}")
    say(f"As of {utc(found.as_of)}")
    if found.unknowns:
        say(f"{waiting(found)}: see the end.")
    for title, chosen in (
        ("To be asked for", found.to_ask),
        ("Owed", found.owed),
        ("Only a decision is owed", found.to_decide),
        ("May be done, not owed", found.powers),
        ("Held up", found.held_up),
        ("Done", found.done),
    ):
        lines = gathered(chosen)
        if lines:
            say()
            table(f"Scenario: {title}", COLUMNS, [line_of(each) for each in lines])
    if found.unknowns:
        say()
        table(
            "Scenario: To be found out",
            ["fact", "episode", "what hangs on it"],
            [
                [each.fact, each.episode, listed(dict.fromkeys(clause(one) for one in each.obligations))]
                for each in found.unknowns
            ],
        )
    if not any(
        (found.to_ask, found.owed, found.to_decide, found.powers, found.held_up, found.done, found.unknowns)
    ):
        say("Nothing is owed that waits for an event.")


COLUMNS = ("due (local)", "due (UTC)", "state", "who", "what", "force", "clause and basis")


def line_of(line: Line) -> list[object]:
    entry = line.entry
    local, due = entry.due_local, entry.instance.due
    state = str(entry.instance.state.said)
    if entry.instance.possibly_overdue:
        state += ", possibly overdue"
    waits = listed(each.kind for each in entry.instance.blocked_by)
    if waits:
        state += f": {waits}" + (" (adversary)" if entry.waits_for_the_adversary else "")
    if entry.instance.breach is not None:
        state += f"; found breached by {entry.instance.breach.found_by}"
    groups = entry.instance.unlisted_groups
    return [
        f"{local[0]:%Y-%m-%d %H:%M %Z}" if local else entry.obligation.urgency,
        (utc(due.earliest) or "") + ("" if due.is_exact else f" to {utc(due.latest)}") if due else "",
        state,
        ", ".join(line.obligors) + (f" (of {', '.join(groups)}, members not all known)" if groups else ""),
        entry.obligation.summary,
        f"{entry.form_said}, {entry.obligation.strength}",
        f"{entry.obligation.id}: {provenance(entry.instrument, entry.obligation)}",
    ]


def print_coverage(found: Coverage) -> None:
    head = f"{found.beneficiary} on {found.on}, {found.event or 'all duties'}"
    if found.without:
        head += f", without {', '.join(found.without)}"
    say(head)
    table(
        "",
        [
            "kind of help",
            "covered by",
            "apart from the event",
            "would be, but blocked",
            "members not all known",
        ],
        [
            [
                cell.kind.replace("_", " "),
                listed(cell.remaining) or "nobody",
                listed(cell.standing),
                listed(cell.blocked),
                listed(cell.unlisted_groups),
            ]
            for cell in found.cells
            if cell.remaining or cell.guarantors or cell.standing or cell.blocked
        ],
    )
    say(f"Uncovered: {listed(found.uncovered_kinds) or 'nothing'}.")
    say(f"Alone with a kind of help: {listed(found.single_points) or 'nobody'}.")


def print_matrix(whole: Coverage, rows: Sequence[Coverage]) -> None:
    say(
        f"{whole.beneficiary} on {whole.on}: guarantors by kind of help and event; an empty cell is uncovered"
    )
    columns = ["kind of help", "all duties", *(row.event.replace("_", " ") for row in rows)]
    numbers = [
        [
            cell.kind.replace("_", " "),
            len(cell.remaining) or "",
            *(len(row.cells[place].remaining) or "" for row in rows),
        ]
        for place, cell in enumerate(whole.cells)
    ]
    table("", columns, numbers, numbers=range(1, len(columns)))
    say(f"Uncovered by all duties: {listed(whole.uncovered_kinds) or 'nothing'}.")
    say(f"Alone with a kind of help: {listed(whole.single_points) or 'nobody'}.")
    if whole.uncertain_kinds:
        say(f"Rests on groups whose members are not all known: {listed(whole.uncertain_kinds)}.")


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)
