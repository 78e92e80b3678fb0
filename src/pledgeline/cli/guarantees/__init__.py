"""`pledgeline guarantees`: the register of guarantees, asked from a terminal.

Every answer about events is an answer about a scenario, and says so.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pledgeline.cli.guarantees.as_json import (
    coverage_as_json,
    removals_as_json,
    results_as_json,
    timeline_as_json,
    withdrawal_as_json,
)
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
from pledgeline.cli.guarantees.showing import (
    give,
    print_coverage,
    print_matrix,
    print_removals,
    print_results,
    print_timeline,
    print_withdrawal,
)
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
)
from pledgeline.exchange.calendars import timeline_icalendar
from pledgeline.exchange.timelines import timeline_csv, timeline_text, timeline_xlsx
from pledgeline.guarantees import (
    CaseResult,
    Timeline,
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
from pledgeline.guarantees.vocabulary import Actors
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
        "obligations": sum(len(instrument.obligations) for instrument in instruments),
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
    _refuse_form(form, output, as_json)
    if scenario == "list":
        list_ready(as_json)
        return
    register = register_of(folder, as_json)
    case = case_of(register, scenario, name, as_json)
    moment = moment_for(as_of, case)
    known = typed_moment(known_at) if known_at else None
    answer = timeline(register, case.scenario, moment, known_at=known, with_standing=standing)
    if form == "table" and not as_json:
        print_timeline(answer)
    else:
        give(outputs, output, _written(answer, register.actors, "json" if as_json else form))


def _refuse_form(form: str, output: Path | None, as_json: bool) -> None:
    """Say why a timeline cannot be given in this form, and end; nothing where it can."""
    if form not in ("table", "text", "csv", "xlsx", "icalendar"):
        stop(f"“{form[:40]}” is no format: table, text, csv, xlsx or icalendar")
    if form == "xlsx" and output is None:
        stop("a workbook is no text for a terminal: say where it goes with --output FILE.xlsx")
    if form == "table" and output is not None and not as_json:
        stop("a table is made for a terminal: add --format text, csv, xlsx or icalendar, or --json")
    if as_json and form != "table":
        stop(f"say either --json or --format {form}")


def _written(answer: Timeline, actors: Actors, form: str) -> bytes:
    """Write a timeline as the file of this form."""
    match form:
        case "json":
            return as_text(timeline_as_json(answer)).encode()
        case "csv":
            return timeline_csv(answer)
        case "xlsx":
            return timeline_xlsx(answer)
        case "icalendar":
            return timeline_icalendar(answer, actors=actors, stamp=datetime.now(UTC))
    return timeline_text(answer).encode()


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
                "instruments": [instrument.id for instrument in found.instruments],
                "properties": [
                    {
                        "property": row[0].property,
                        "title": str(row[0].title),
                        "answers": [
                            {
                                "instrument": instrument.id,
                                "answer": property_.answer.value,
                                "reason": str(property_.reason),
                                "clauses": [
                                    {
                                        "obligation": clause.obligation,
                                        "provision": clause.provision or None,
                                        "basis": clause.basis,
                                        "sources": list(clause.sources),
                                    }
                                    for clause in property_.clauses
                                ],
                            }
                            for instrument, property_ in zip(found.instruments, row, strict=True)
                        ],
                    }
                    for row in found.rows
                ],
            }
        )
        return
    for row in found.rows:
        say(str(row[0].title))
        for instrument, property_ in zip(found.instruments, row, strict=True):
            places = [f"{clause.obligation}{_place(clause.provision)}" for clause in property_.clauses[:4]]
            more = ", …" if len(property_.clauses) > 4 else ""
            clauses = f" [{', '.join(places)}{more}]" if places else ""
            say(f"  {instrument.id}: {property_.answer.said}. {property_.reason}{clauses}")


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
        if as_json:
            print_json(removals_as_json(removals(whole)))
        else:
            print_removals(whole, removals(whole))
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
        print_json(withdrawal_as_json(left, leavers))
    else:
        print_withdrawal(left, leavers)


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
    if as_json:
        print_json(results_as_json(results, findings))
    else:
        print_findings(findings)
        print_results(results)
    differs = any(result.differences for result in results)
    raise typer.Exit(1 if differs or any(finding.is_error for finding in findings) else 0)
