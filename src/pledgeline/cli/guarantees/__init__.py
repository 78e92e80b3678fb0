"""`pledgeline guarantees`: the register of guarantees, asked from a terminal.

Every answer about events is an answer about a scenario, and says so.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pledgeline.cli.guarantees.as_json import coverage_as_json, timeline_as_json, utc
from pledgeline.cli.guarantees.asked import (
    READY,
    SHIPPED,
    Beneficiary,
    CaseName,
    Kinds,
    OfEvent,
    OnDay,
    RegisterFolder,
    ScenarioOption,
    case_of,
    folder_of,
    known_words,
    list_ready,
    moment_for,
    register_of,
    text_of,
    typed_moment,
)
from pledgeline.cli.guarantees.questions import show_funding, show_vetoes
from pledgeline.cli.guarantees.showing import give, listed, print_coverage, print_matrix, print_timeline
from pledgeline.cli.options import AsJson, day_of, today
from pledgeline.cli.outputs import Force, Outputs, output_path
from pledgeline.cli.printing import (
    as_text,
    count,
    findings_as_json,
    print_findings,
    print_json,
    say,
    stop,
    table,
)
from pledgeline.exchange.calendars import timeline_icalendar
from pledgeline.exchange.timelines import timeline_csv, timeline_text, timeline_xlsx
from pledgeline.guarantees import (
    CaseResult,
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
from pledgeline.guarantees.coverage import kinds_of_help
from pledgeline.programme.findings import Finding

app = typer.Typer(
    help="Security guarantees: check, timeline, coverage, compare, without, funding, vetoes, cases.",
    epilog="Exit codes: 0 it went well; 1 there are findings or differences; 2 the command could not be carried out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


app.command("funding")(show_funding)
app.command("vetoes")(show_vetoes)


@app.command()
def check(folder: RegisterFolder = None, as_json: AsJson = False) -> None:
    """Print every finding of a register, with file, line and way out.

    Exit codes: 0 nothing found, 1 findings, 2 it could not be done.
    """
    reading = read_folder(folder_of(folder), words_from=SHIPPED)
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
    ctx: typer.Context,
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
        str, typer.Option("--format", help="table, text (for a telephone), csv, xlsx or icalendar.")
    ] = "table",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write to this file.",
            parser=output_path,
            metavar="<path>",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
    folder: RegisterFolder = None,
    as_json: AsJson = False,
) -> None:
    """Say who owes what, to whom, by when, in a scenario.

    Exit codes: 0 answered, 1 findings in the register or the scenario, 2 it could not be done.
    """
    outputs = Outputs(ctx, output)
    if form not in ("table", "text", "csv", "xlsx", "icalendar"):
        stop(f"“{form[:40]}” is no format: table, text, csv, xlsx or icalendar")
    if form == "xlsx" and output is None:
        stop("a workbook is no text for a terminal: say where it goes with --output FILE.xlsx")
    if form == "table" and output is not None and not as_json:
        stop("a table is made for a terminal: add --format text, csv, xlsx or icalendar, or --json")
    if as_json and form != "table":
        stop(f"say either --json or --format {form}")
    if scenario == "list":
        list_ready(as_json)
        return
    register = register_of(folder, as_json)
    case = case_of(register, scenario, name, as_json)
    moment = moment_for(as_of, case)
    known = typed_moment(known_at) if known_at else None
    found = timeline(register, case.scenario, moment, known_at=known, with_standing=standing)
    if as_json:
        give(outputs, output, as_text(timeline_as_json(found)).encode())
    elif form == "csv":
        give(outputs, output, timeline_csv(found))
    elif form == "xlsx":
        give(outputs, output, timeline_xlsx(found))
    elif form == "icalendar":
        stamp = datetime.now(UTC)
        give(outputs, output, timeline_icalendar(found, actors=register.actors, stamp=stamp))
    elif form == "text":
        give(outputs, output, timeline_text(found).encode())
    else:
        print_timeline(found)


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
    register = register_of(folder, as_json)
    chosen = known_words(kinds or [], kinds_of_help(register), "kind of help")
    known_words([beneficiary, *(removed or [])], register.actors.codes(), "actor")
    known_words([event] if event else [], tuple(register.vocabulary.parents), "kind of event")
    day = day_of(on, today=today())
    told = case_of(register, scenario, name, as_json).scenario if scenario else None
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
            print_json(coverage_as_json(found))
        else:
            print_coverage(found)
        return
    whole = coverage(
        register, beneficiary=beneficiary, on=day, kinds=chosen, without=removed or [], scenario=told
    )
    rows = coverage_matrix(register, beneficiary=beneficiary, on=day, kinds=chosen, scenario=told)
    if as_json:
        print_json({"all_duties": coverage_as_json(whole), "events": [coverage_as_json(row) for row in rows]})
    else:
        print_matrix(whole, rows)


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
    register = register_of(folder, as_json)
    ids = known_words(instruments, tuple(register.by_id), "instrument")
    found = compare(register, ids)
    if as_json:
        print_json(
            {
                "instruments": [each.id for each in found.instruments],
                "properties": [
                    {
                        "property": row[0].property,
                        "title": str(row[0].title),
                        "answers": [
                            {
                                "instrument": instrument.id,
                                "answer": each.answer.value,
                                "reason": str(each.reason),
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
        say(str(row[0].title))
        for instrument, each in zip(found.instruments, row, strict=True):
            places = [f"{clause.obligation}{_place(clause.provision)}" for clause in each.clauses[:4]]
            more = ", …" if len(each.clauses) > 4 else ""
            clauses = f" [{', '.join(places)}{more}]" if places else ""
            say(f"  {instrument.id}: {each.answer.said}. {each.reason}{clauses}")


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
    register = register_of(folder, as_json)
    chosen = known_words(kinds or [], kinds_of_help(register), "kind of help")
    known_words([beneficiary, *(leavers or [])], register.actors.codes(), "actor")
    known_words([event] if event else [], tuple(register.vocabulary.parents), "kind of event")
    day = day_of(on, today=today())
    told = case_of(register, scenario, name, as_json).scenario if scenario else None
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
            [[" + ".join(each.guarantors), listed(each.uncovered)] for each in found],
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
                "coverage": coverage_as_json(left.after),
                "instruments": [
                    {
                        "instrument": each.instrument.id,
                        "ends_at": utc(each.ends_at),
                        "goes_on": each.goes_on,
                        "obligations": sorted({one.obligation.id for one in each.duties}),
                    }
                    for each in left.departures
                ],
            }
        )
        return
    say(f"{beneficiary} without {', '.join(leavers)}, as of {day}{f', {event}' if event else ''}")
    say(f"Uncovered by it: {listed(left.newly_uncovered) or 'nothing'}.")
    table(
        "",
        ["instrument", "ends, if notice is given that day", "obligations"],
        [
            [
                each.instrument.id,
                (utc(each.ends_at) or "no notice clause is known") + (" (for them)" if each.goes_on else ""),
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
    register = register_of(folder, as_json)
    findings: list[Finding] = []
    results: list[CaseResult] = []
    for path in paths or sorted(READY.glob("*.toml")):
        reading = read_cases(path.name, text_of(path), register)
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
                                "about": str(each.about),
                                "expected": str(each.expected),
                                "got": str(each.got),
                                "trace": [{"rule": step.rule, "says": str(step.says)} for step in each.trace],
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
