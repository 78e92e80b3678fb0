"""`pledgeline guarantees`: the register of guarantees, asked from a terminal.

Every answer about events is an answer about a scenario, and says so.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from pledgeline.cli.options import AsJson, day_of
from pledgeline.cli.printing import count, findings_as_json, print_findings, print_json, say, stop, table
from pledgeline.exchange.timelines import timeline_csv, timeline_icalendar, timeline_text
from pledgeline.guarantees import (
    Case,
    Coverage,
    Register,
    check_case,
    compare,
    coverage,
    coverage_matrix,
    evaluate,
    evaluate_fast,
    read_cases,
    read_folder,
    removals,
    timeline,
    without,
)
from pledgeline.guarantees.checking import CaseResult, moment_in
from pledgeline.guarantees.coverage import kinds_of_help
from pledgeline.guarantees.instances import Instance
from pledgeline.guarantees.sentences import provenance
from pledgeline.guarantees.timeline import Entry, Line, Timeline, gathered
from pledgeline.guarantees.toml_tables import did_you_mean, moment_of
from pledgeline.programme.findings import Finding

app = typer.Typer(
    help="Security guarantees: check, timeline, coverage, compare, without, cases.",
    epilog="Exit codes: 0 it went well; 1 there are findings or differences; 2 the command could not be carried out.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

RegisterFolder = Annotated[
    Path | None,
    typer.Option(
        "--register",
        help="A folder of instruments. Without it: the register that is shipped.",
        show_default=False,
    ),
]
Beneficiary = Annotated[str, typer.Option("--beneficiary", help="Whose guarantees.")]
OnDay = Annotated[
    str, typer.Option("--on", help="The day: 2026-12-05. Without it: today.", show_default=False)
]
OfEvent = Annotated[
    str, typer.Option("--event", help="A kind of event: armed_attack, naval_blockade, …", show_default=False)
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", help="A kind of help; may be given several times.", show_default=False),
]
ScenarioOption = Annotated[
    str,
    typer.Option("--scenario", help="A scenario: a file, or the name of a ready one.", show_default=False),
]
CaseName = Annotated[
    str, typer.Option("--case", help="Which case, where the file holds several.", show_default=False)
]

SHIPPED = Path(str(files("pledgeline"))) / "data" / "guarantees"
READY = SHIPPED / "scenarios"


@app.command()
def check(folder: RegisterFolder = None, as_json: AsJson = False) -> None:
    """Print every finding of a register, with file, line and way out.

    Exit codes: 0 nothing found, 1 findings, 2 it could not be done.
    """
    reading = read_folder(_folder(folder), words_from=SHIPPED)
    register = reading.register
    instruments = register.instruments if register else ()
    numbers = {
        "instruments": len(instruments),
        "obligations": sum(len(each.obligations) for each in instruments),
    }
    if as_json:
        print_json({"findings": findings_as_json(reading.findings), **numbers})
    else:
        print_findings(reading.findings)
        if register:
            say(
                f"{count(numbers['instruments'], 'instrument')}, {count(numbers['obligations'], 'obligation')}."
            )
        if not reading.findings:
            say("Nothing was found wrong.")
    raise typer.Exit(1 if reading.findings else 0)


@app.command("timeline")
def show_timeline(
    scenario: Annotated[
        str,
        typer.Argument(
            help="A file, or the name of a ready scenario; “list” names those.", show_default=False
        ),
    ],
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            help="The moment or day to answer for. Without it: as the scenario says.",
            show_default=False,
        ),
    ] = "",
    known_at: Annotated[
        str,
        typer.Option(
            "--known-at", help="The moment whose knowledge counts. Without it: the same.", show_default=False
        ),
    ] = "",
    name: CaseName = "",
    standing: Annotated[bool, typer.Option("--standing", help="Also what is owed without an event.")] = False,
    form: Annotated[
        str, typer.Option("--format", help="table, text (for a telephone), csv or icalendar.")
    ] = "table",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.", show_default=False)
    ] = None,
    folder: RegisterFolder = None,
    as_json: AsJson = False,
) -> None:
    """Say who owes what, to whom, by when, in a scenario.

    Exit codes: 0 answered, 1 findings in the register or the scenario, 2 it could not be done.
    """
    if form not in ("table", "text", "csv", "icalendar"):
        stop(f"“{form[:40]}” is no format: table, text, csv or icalendar")
    if scenario == "list":
        _list_ready(as_json)
        return
    register = _register(folder, as_json)
    case = _case(register, scenario, name, as_json)
    moment = _moment(as_of, case)
    known = _typed_moment(known_at) if known_at else None
    found = timeline(register, case.scenario, moment, known_at=known, with_standing=standing)
    if as_json:
        print_json(_timeline_as_json(found))
    elif form == "csv":
        _write(output, timeline_csv(found))
    elif form == "icalendar":
        _write(output, timeline_icalendar(found, stamp=datetime.now(UTC)))
    elif form == "text":
        _write(output, timeline_text(found).encode())
    else:
        _print_timeline(found)


@app.command("coverage")
def show_coverage(
    beneficiary: Beneficiary = "UA",
    on: OnDay = "",
    event: OfEvent = "",
    kinds: Kinds = None,
    removed: Annotated[
        list[str] | None,
        typer.Option(
            "--without", help="A guarantor to leave out; may be given several times.", show_default=False
        ),
    ] = None,
    scenario: ScenarioOption = "",
    name: CaseName = "",
    folder: RegisterFolder = None,
    as_json: AsJson = False,
) -> None:
    """Say which kinds of help are covered, by whom, and who is alone with one.

    Without --event: the matrix of events and kinds of help, with its empty cells.

    Exit codes: 0 answered, 1 findings in the register or the scenario, 2 it could not be done.
    """
    register = _register(folder, as_json)
    chosen = _words(kinds or [], kinds_of_help(register), "kind of help")
    _words([beneficiary, *(removed or [])], register.actors.codes(), "actor")
    _words([event] if event else [], tuple(register.vocabulary.parents), "kind of event")
    day = day_of(on)
    told = _case(register, scenario, name, as_json).scenario if scenario else None
    if event:
        found = coverage(
            register,
            beneficiary=beneficiary,
            on=day,
            event=event,
            kinds=chosen,
            without=removed or [],
            scenario=told,
        )
        if as_json:
            print_json(_coverage_as_json(found))
        else:
            _print_coverage(found)
        return
    whole = coverage(
        register, beneficiary=beneficiary, on=day, kinds=chosen, without=removed or [], scenario=told
    )
    rows = coverage_matrix(register, beneficiary=beneficiary, on=day, kinds=chosen, scenario=told)
    if as_json:
        print_json(
            {"all_duties": _coverage_as_json(whole), "events": [_coverage_as_json(row) for row in rows]}
        )
    else:
        _print_matrix(whole, rows)


@app.command("compare")
def show_comparison(
    instruments: Annotated[
        list[str], typer.Argument(help="Two instruments or more, by id.", show_default=False)
    ],
    folder: RegisterFolder = None,
    as_json: AsJson = False,
) -> None:
    """Compare instruments over twelve properties, each with its reason. There is no score.

    Exit codes: 0 answered, 1 findings in the register, 2 it could not be done.
    """
    register = _register(folder, as_json)
    ids = _words(instruments, tuple(register.by_id), "instrument")
    found = compare(register, ids)
    if as_json:
        print_json(
            {
                "instruments": [each.id for each in found.instruments],
                "properties": [
                    {
                        "property": row[0].property,
                        "title": row[0].title,
                        "answers": [
                            {
                                "instrument": instrument.id,
                                "answer": each.answer.value,
                                "reason": each.reason,
                                "clauses": [
                                    {
                                        "obligation": clause.obligation,
                                        "provision": clause.provision or None,
                                        "basis": clause.basis,
                                        "sources": list(clause.sources),
                                    }
                                    for clause in each.clauses
                                ],
                            }
                            for instrument, each in zip(found.instruments, row, strict=True)
                        ],
                    }
                    for row in found.rows
                ],
            }
        )
        return
    for row in found.rows:
        say(row[0].title)
        for instrument, each in zip(found.instruments, row, strict=True):
            places = [f"{clause.obligation}{_place(clause.provision)}" for clause in each.clauses[:4]]
            more = ", …" if len(each.clauses) > 4 else ""
            clauses = f" [{', '.join(places)}{more}]" if places else ""
            say(f"  {instrument.id}: {each.answer.value}. {each.reason}{clauses}")


def _place(provision: str) -> str:
    return f" ({provision})" if provision else ""


@app.command("without")
def show_without(
    leavers: Annotated[
        list[str] | None,
        typer.Argument(
            help="Who leaves. Without any: every one and every two that matter.", show_default=False
        ),
    ] = None,
    beneficiary: Beneficiary = "UA",
    on: OnDay = "",
    event: OfEvent = "",
    kinds: Kinds = None,
    scenario: ScenarioOption = "",
    name: CaseName = "",
    folder: RegisterFolder = None,
    as_json: AsJson = False,
) -> None:
    """Say what falls away if guarantors leave, and from which moment.

    Exit codes: 0 answered, 1 findings in the register or the scenario, 2 it could not be done.
    """
    register = _register(folder, as_json)
    chosen = _words(kinds or [], kinds_of_help(register), "kind of help")
    _words([beneficiary, *(leavers or [])], register.actors.codes(), "actor")
    _words([event] if event else [], tuple(register.vocabulary.parents), "kind of event")
    day = day_of(on)
    told = _case(register, scenario, name, as_json).scenario if scenario else None
    if not leavers:
        whole = coverage(register, beneficiary=beneficiary, on=day, event=event, kinds=chosen, scenario=told)
        found = removals(whole)
        if as_json:
            print_json(
                [{"without": list(each.guarantors), "uncovered": list(each.uncovered)} for each in found]
            )
            return
        say(f"{beneficiary} on {day}{f', {event}' if event else ''}: whose leaving uncovers what")
        table(
            "",
            ["without", "uncovers"],
            [[" + ".join(each.guarantors), _list(each.uncovered)] for each in found],
        )
        if not found:
            say("No one and no two of them.")
        return
    left = without(
        register,
        leavers=leavers,
        beneficiary=beneficiary,
        on=day,
        event=event,
        kinds=chosen,
        scenario=told,
    )
    if as_json:
        print_json(
            {
                "without": leavers,
                "beneficiary": beneficiary,
                "on": day,
                "event": event or None,
                "newly_uncovered": list(left.newly_uncovered),
                "coverage": _coverage_as_json(left.after),
                "instruments": [
                    {
                        "instrument": each.instrument.id,
                        "ends_at": _utc(each.ends_at),
                        "goes_on": each.goes_on,
                        "obligations": sorted({one.obligation.id for one in each.duties}),
                    }
                    for each in left.departures
                ],
            }
        )
        return
    say(f"{beneficiary} without {', '.join(leavers)}, as of {day}{f', {event}' if event else ''}")
    say(f"Uncovered by it: {_list(left.newly_uncovered) or 'nothing'}.")
    table(
        "",
        ["instrument", "ends, if notice is given that day", "obligations"],
        [
            [
                each.instrument.id,
                (_utc(each.ends_at) or "no notice clause is known") + (" (for them)" if each.goes_on else ""),
                ", ".join(sorted({one.obligation.id for one in each.duties})),
            ]
            for each in left.departures
        ],
    )


@app.command()
def cases(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files of cases. Without any: the ready scenarios.", show_default=False),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Ask the plain evaluator, which reads everything.")
    ] = False,
    folder: RegisterFolder = None,
    as_json: AsJson = False,
) -> None:
    """Run scenario cases and compare what comes out with what they expect.

    Exit codes: 0 all as expected, 1 differences or findings, 2 it could not be done.
    """
    register = _register(folder, as_json)
    findings: list[Finding] = []
    results: list[CaseResult] = []
    for path in paths or sorted(READY.glob("*.toml")):
        reading = read_cases(path.name, _text(path), register)
        findings += reading.findings
        results += [
            check_case(register, case, by=evaluate if plain else evaluate_fast) for case in reading.cases
        ]
    differences = [each for result in results for each in result.differences]
    checks = sum(result.checks for result in results)
    if as_json:
        print_json(
            {
                "findings": findings_as_json(findings),
                "cases": [
                    {
                        "case": result.case.scenario.id,
                        "checks": result.checks,
                        "differences": [
                            {
                                "line": each.line,
                                "about": each.about,
                                "expected": each.expected,
                                "got": each.got,
                                "trace": [{"rule": step.rule, "says": step.says} for step in each.trace],
                            }
                            for each in result.differences
                        ],
                    }
                    for result in results
                ],
                "checks": checks,
                "differences": len(differences),
            }
        )
    else:
        print_findings(findings)
        for each in differences:
            say(f"{each.case}, line {each.line}: {each.about}")
            say(f"  expected {each.expected}")
            say(f"  got      {each.got}")
            for step in each.trace:
                say(f"    rule {step.rule}: {step.says}")
        say(
            f"{count(len(results), 'case')}, {count(checks, 'check')}, {count(len(differences), 'difference')}."
        )
    raise typer.Exit(1 if differences or any(finding.is_error for finding in findings) else 0)


# Finding what was named


def _folder(folder: Path | None) -> Path:
    chosen = SHIPPED if folder is None else folder
    if not chosen.is_dir():
        stop(f"there is no folder {chosen}")
    return chosen


def _register(folder: Path | None, as_json: bool) -> Register:
    reading = read_folder(_folder(folder), words_from=SHIPPED)
    if reading.register is None:
        _findings(reading.findings, as_json)
        raise typer.Exit(1)
    return reading.register


def _findings(findings: Sequence[Finding], as_json: bool) -> None:
    if as_json:
        print_json({"findings": findings_as_json(findings)})
    else:
        print_findings(findings)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as problem:
        stop(f"{path} cannot be read: {problem.strerror}")
    except UnicodeDecodeError:
        stop(f"{path} is not a UTF-8 text")


def _case(register: Register, scenario: str, name: str, as_json: bool) -> Case:
    """Give the scenario of a file, or the ready one of that name."""
    path = Path(scenario)
    if not path.suffix and not path.exists():
        path = READY / f"{scenario}.toml"
        if not path.exists():
            ready = [each.stem for each in sorted(READY.glob("*.toml"))]
            stop(f"there is no scenario “{scenario[:60]}”. {did_you_mean(scenario, ready, 'scenarios')}")
    reading = read_cases(path.name, _text(path), register)
    if not reading.cases:
        _findings(reading.findings, as_json)
        raise typer.Exit(1)
    named = [each for each in reading.cases if not name or each.scenario.id == name]
    if len(named) == 1:
        return named[0]
    ids = [each.scenario.id for each in reading.cases]
    if not named:
        stop(f"{path.name} has no case “{name[:60]}”. {did_you_mean(name, ids, 'cases')}")
    stop(f"{path.name} holds several cases: name one with --case ({', '.join(ids[:20])})")


def _moment(text: str, case: Case) -> datetime:
    if text:
        return _typed_moment(text)
    if case.as_of is not None:
        return moment_in(case.as_of, "UTC")
    if case.expect:
        return max(moment_in(each.as_of, "UTC") for each in case.expect)
    stop("the scenario does not say for which moment: say it with --as-of 2026-12-05T12:00:00Z")


def _typed_moment(text: str) -> datetime:
    moment = moment_of(text, allows_day=True)
    if moment is None:
        stop(f"“{text[:40]}” is no moment: write it as 2026-12-05T04:00:00+02:00, or 2026-12-05")
    return moment_in(moment, "UTC")


def _words(words: Sequence[str], known: Sequence[str], what: str) -> tuple[str, ...]:
    for word in words:
        if word not in known:
            stop(f"“{word[:60]}” is no {what}. {did_you_mean(word, known, what + 's')}")
    return tuple(words)


def _list_ready(as_json: bool) -> None:
    names = [path.stem for path in sorted(READY.glob("*.toml"))]
    if as_json:
        print_json(names)
    else:
        for each in names:
            say(each)


# Printing


def _write(output: Path | None, content: bytes) -> None:
    if output is None:
        typer.echo(content.decode("utf-8-sig"), nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as problem:
        stop(f"{output} cannot be written: {problem.strerror}")
    say(f"Written: {output}")


def _print_timeline(found: Timeline) -> None:
    say(f"Scenario: {found.scenario.title or found.scenario.id}")
    say(f"As of {_utc(found.as_of)}")
    for title, chosen in (
        ("Owed", found.owed),
        ("Only a decision is owed", found.to_decide),
        ("May be done, not owed", found.powers),
        ("Held up", found.held_up),
        ("Done", found.done),
    ):
        lines = gathered(chosen)
        if lines:
            say()
            table(f"Scenario: {title}", _COLUMNS, [_line(each) for each in lines])
    if found.unknowns:
        say()
        table(
            "Scenario: To be found out",
            ["fact", "episode", "what hangs on it"],
            [
                [each.fact, each.episode, _list(dict.fromkeys(_clause(one) for one in each.obligations))]
                for each in found.unknowns
            ],
        )
    if not any((found.owed, found.to_decide, found.powers, found.held_up, found.done, found.unknowns)):
        say("Nothing is owed that waits for an event.")


_COLUMNS = ("due (local)", "due (UTC)", "state", "who", "what", "force", "clause and basis")


def _line(line: Line) -> list[object]:
    entry = line.entry
    local, due = entry.due_local, entry.instance.due
    state = entry.instance.state.value.replace("_", " ")
    if entry.instance.possibly_overdue:
        state += ", possibly overdue"
    waits = _list(each.kind for each in entry.instance.blocked_by)
    if waits:
        state += f": {waits}" + (" (adversary)" if entry.waits_for_the_adversary else "")
    if entry.instance.breach is not None:
        state += f"; found breached by {entry.instance.breach.found_by}"
    groups = entry.instance.unlisted_groups
    return [
        f"{local[0]:%Y-%m-%d %H:%M %Z}" if local else entry.obligation.urgency,
        (_utc(due.earliest) or "") + ("" if due.is_exact else f" to {_utc(due.latest)}") if due else "",
        state,
        ", ".join(line.obligors) + (f" (of {', '.join(groups)}, members not all known)" if groups else ""),
        entry.obligation.summary,
        f"{entry.legal_form}, {entry.obligation.strength}",
        f"{entry.obligation.id}: {provenance(entry.instrument, entry.obligation)}",
    ]


def _clause(entry: Entry) -> str:
    return f"{entry.instrument.id} {entry.obligation.id}"


def _print_coverage(found: Coverage) -> None:
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
                _list(cell.remaining) or "nobody",
                _list(cell.standing),
                _list(cell.blocked),
                _list(cell.unlisted_groups),
            ]
            for cell in found.cells
            if cell.remaining or cell.guarantors or cell.standing or cell.blocked
        ],
    )
    say(f"Uncovered: {_list(found.uncovered_kinds) or 'nothing'}.")
    say(f"Alone with a kind of help: {_list(found.single_points) or 'nobody'}.")


def _print_matrix(whole: Coverage, rows: Sequence[Coverage]) -> None:
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
    say(f"Uncovered by all duties: {_list(whole.uncovered_kinds) or 'nothing'}.")
    say(f"Alone with a kind of help: {_list(whole.single_points) or 'nobody'}.")
    if whole.uncertain_kinds:
        say(f"Rests on groups whose members are not all known: {_list(whole.uncertain_kinds)}.")


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


# As JSON


def _utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _timeline_as_json(found: Timeline) -> dict[str, object]:
    return {
        "scenario": found.scenario.id,
        "title": found.scenario.title,
        "as_of": _utc(found.as_of),
        "entries": [_entry_as_json(entry) for entry in found.entries],
        "to_be_found_out": [
            {
                "fact": each.fact,
                "episode": each.episode,
                "obligations": [_clause(one) for one in each.obligations],
            }
            for each in found.unknowns
        ],
    }


def _entry_as_json(entry: Entry) -> dict[str, object]:
    instance, obligation = entry.instance, entry.obligation
    local = entry.due_local
    return {
        "instrument": instance.instrument,
        "obligation": instance.obligation,
        "kind": obligation.kind,
        "state": instance.state.value,
        "owed_as": entry.owed_as,
        "legal_form": entry.legal_form,
        "strength": obligation.strength,
        "discretion": obligation.discretion,
        "obligors": list(instance.obligors),
        "beneficiaries": list(obligation.to),
        "summary": obligation.summary,
        "episode": instance.episode or None,
        "period": instance.period or None,
        "due_at": _utc(instance.due_at),
        "due_local": local[0].isoformat(timespec="seconds") if local else None,
        "due_window": [_utc(instance.due.earliest), _utc(instance.due.latest)] if instance.due else None,
        "readings": [
            {"start": each.start, "due": [_utc(each.due.earliest), _utc(each.due.latest)]}
            for each in instance.readings
        ],
        "possibly_overdue": instance.possibly_overdue,
        "late_by": _iso(instance.late_by),
        "shortfall": instance.shortfall,
        "missing_facts": list(instance.missing_facts),
        "blocked_by": [{"kind": each.kind, "by": each.by or None} for each in instance.blocked_by],
        "waits_for_the_adversary": entry.waits_for_the_adversary,
        "survives_end": instance.survives_end,
        "members_not_known": list(instance.unlisted_groups),
        "breach": _breach_as_json(instance),
        "provision": obligation.provision or None,
        "basis": obligation.basis,
        "sources": list(obligation.sources),
        "trace": [{"rule": step.rule, "says": step.says} for step in instance.trace],
    }


def _breach_as_json(instance: Instance) -> dict[str, object] | None:
    breach = instance.breach
    return {"found_by": breach.found_by, "source": breach.source, "on": str(breach.when)} if breach else None


def _iso(length: timedelta | None) -> str | None:
    if length is None:
        return None
    return f"P{length.days}DT{length.seconds}S" if length.days else f"PT{length.seconds}S"


def _coverage_as_json(found: Coverage) -> dict[str, object]:
    return {
        "beneficiary": found.beneficiary,
        "on": found.on,
        "event": found.event or None,
        "without": list(found.without),
        "uncovered_kinds": list(found.uncovered_kinds),
        "single_points": list(found.single_points),
        "uncertain_kinds": list(found.uncertain_kinds),
        "cells": [
            {
                "kind": cell.kind,
                "guarantors": list(cell.guarantors),
                "remaining": list(cell.remaining),
                "standing": list(cell.standing),
                "blocked": list(cell.blocked),
                "members_not_known": list(cell.unlisted_groups),
            }
            for cell in found.cells
        ],
    }
