"""How the commands of guarantees print their answers: tables, each under the word scenario where it is one."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from pledgeline.cli.guarantees.as_json import clause, utc
from pledgeline.cli.outputs import Outputs
from pledgeline.cli.printing import count, say, table
from pledgeline.exchange.timelines import waiting
from pledgeline.guarantees import CaseResult, HelpCoverage, Removal
from pledgeline.guarantees.questions import Without
from pledgeline.guarantees.sentences import provenance
from pledgeline.guarantees.timeline import Timeline, TimelineLine, gathered


def give(outputs: Outputs, output: Path | None, content: bytes) -> None:
    """Write into the file that is named, or print."""
    if output is None:
        typer.echo(content.decode("utf-8-sig"), nl=False)
    else:
        outputs.write(output, content)
        say(f"Written: {output}")


def print_timeline(found: Timeline) -> None:
    say(f"Scenario: {found.scenario.name}")
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
            table(f"Scenario: {title}", COLUMNS, [line_of(line) for line in lines])
    if found.unknowns:
        say()
        table(
            "Scenario: To be found out",
            ["fact", "episode", "what hangs on it"],
            [
                [fact.fact, fact.episode, listed(dict.fromkeys(clause(entry) for entry in fact.obligations))]
                for fact in found.unknowns
            ],
        )
    if not any(
        (found.to_ask, found.owed, found.to_decide, found.powers, found.held_up, found.done, found.unknowns)
    ):
        say("Nothing is owed that waits for an event.")


COLUMNS = ("due (local)", "due (UTC)", "state", "who", "what", "force", "clause and basis")


def line_of(line: TimelineLine) -> list[object]:
    entry = line.entry
    local, due = entry.due_local, entry.instance.due
    state = str(entry.instance.state.said)
    if entry.instance.possibly_overdue:
        state += ", possibly overdue"
    waits = listed(condition.kind for condition in entry.instance.blocked_by)
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


def print_coverage(found: HelpCoverage) -> None:
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


def print_matrix(whole: HelpCoverage, rows: Sequence[HelpCoverage]) -> None:
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


def print_removals(whole: HelpCoverage, removals: Sequence[Removal]) -> None:
    say(f"{whole.beneficiary} on {whole.on}{_if_of(whole.event)}: whose leaving uncovers what")
    table(
        "",
        ["without", "uncovers"],
        [[" + ".join(removal.guarantors), listed(removal.uncovered)] for removal in removals],
    )
    if not removals:
        say("No one and no two of them.")


def print_withdrawal(left: Without, leavers: Sequence[str]) -> None:
    after = left.after
    say(f"{after.beneficiary} without {', '.join(leavers)}, as of {after.on}{_if_of(after.event)}")
    say(f"Uncovered by it: {listed(left.newly_uncovered) or 'nothing'}.")
    table(
        "",
        ["instrument", "ends, if notice is given that day", "obligations"],
        [
            [
                departure.instrument.id,
                (utc(departure.ends_at) or "no notice clause is known")
                + (" (for them)" if departure.goes_on else ""),
                ", ".join(sorted({duty.obligation.id for duty in departure.duties})),
            ]
            for departure in left.departures
        ],
    )


def _if_of(event: str) -> str:
    return f", {event}" if event else ""


def print_results(results: Sequence[CaseResult]) -> None:
    """Print what came out otherwise than its case expects, and how much was compared."""
    differences = [difference for result in results for difference in result.differences]
    for difference in differences:
        say(f"{difference.case}, line {difference.line}: {difference.about}")
        say(f"  expected {difference.expected}")
        say(f"  got      {difference.got}")
        for step in difference.trace:
            say(f"    rule {step.rule}: {step.says}")
    checks = sum(result.checks for result in results)
    say(f"{count(len(results), 'case')}, {count(checks, 'check')}, {count(len(differences), 'difference')}.")


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)
