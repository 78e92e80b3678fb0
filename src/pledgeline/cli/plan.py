"""`pledgeline plan`: make a plan from a file, ask why, ask what if, prove it. No database is needed.

The clock lives here: a time budget and Ctrl-C stop the search, and the best plan so far is printed and
marked as such.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from pledgeline.cli.outputs import Force, Outputs, output_path
from pledgeline.cli.plan_files import (
    PlanRequest,
    UnreadableFile,
    plan_bytes,
    problem_bytes,
    read_problem_file,
)
from pledgeline.cli.plan_said import (
    answer_as_json,
    difference_as_json,
    explained_as_json,
    in_lines,
    in_money,
    named,
    print_difference,
    print_plan,
    terms_in_words,
    tried_as_json,
)
from pledgeline.cli.plan_waiting import Clock, as_far_as_explained, as_stopped, replanning, waiting
from pledgeline.cli.printing import findings_as_json, print_findings, print_json, say, stop, table
from pledgeline.exchange.samples import samples
from pledgeline.exchange.workbook import NotInAWorkbook, template
from pledgeline.money import NotAnAmount, parse_plain
from pledgeline.plan import (
    Earmark,
    Explanation,
    Freeing,
    Keep,
    Limits,
    LineReason,
    NotAChange,
    NotAPlan,
    Plan,
    Policy,
    Problem,
    Stopped,
    Violation,
    binding,
    compare,
    contradictions,
    digest_of,
    explain,
    explain_all,
    freeing,
    idle_money,
    marginal,
    plan,
    plan_from_json,
    plan_to_json,
    problem_to_json,
    read_problem,
    refuted,
    try_steps,
    validate,
    with_changes,
    with_money,
)
from pledgeline.plan import check as check_plan
from pledgeline.plan.fields import EARMARK_KEYS
from pledgeline.plan.sentences import score_name, what_binds, why
from pledgeline.programme.findings import Finding
from pledgeline.programme.sentences import sentence

app = typer.Typer(
    help="Plan what to buy, from whom, with whose money: best by priority, and why a requirement waits.",
    epilog="Exit codes: 0 it went well; 1 errors or differences; 2 the command could not be carried out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

REASONS_SECONDS = 0.7
"""How long reasons may take in any case, when the time of the search is over."""

FEW_LINES = 12
"""Up to here the limits that bind each line are looked for without being asked."""

FileArgument = Annotated[
    Path, typer.Argument(help="A planning problem: a workbook (.xlsx) or JSON.", show_default=False)
]
Marked = Annotated[
    Path | None,
    typer.Option(
        help="Where a workbook has faults: write a copy with the faulty cells marked.",
        parser=output_path,
        metavar="<path>",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Budget = Annotated[
    float | None, typer.Option(help="Seconds after which the best plan so far is taken.", min=0)
]
Nodes = Annotated[
    int | None, typer.Option(help="Search nodes for each step: a budget that can be repeated exactly.", min=1)
]
Mode = Annotated[str, typer.Option(help="prove: until each value is proven. fast: sooner, with bounds.")]


@app.command()
def solve(
    ctx: typer.Context,
    file: FileArgument,
    as_json: AsJson = False,
    budget: Budget = None,
    nodes: Nodes = None,
    mode: Mode = "prove",
    deep: Annotated[
        bool | None,
        typer.Option("--deep/--no-deep", help="Look for the limits that bind each unmet requirement."),
    ] = None,
    keep: Annotated[
        Path | None, typer.Option(help="An earlier plan: what it promised is changed as little as can be.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "--out",
            help="Write the plan to this file: a workbook for people (.xlsx) or JSON.",
            parser=output_path,
            metavar="<path>",
        ),
    ] = None,
    marked: Marked = None,
    force: Force = False,
) -> None:
    """Plan a problem: what to buy, who pays, and why each requirement that waits does.

    Ctrl-C ends the search and prints the best plan so far; a second one ends the command.

    Exit codes: 0 a plan was made, 1 the problem has errors, 2 it could not be done.
    """
    outputs = Outputs(ctx, output, marked)
    _must_be_a_mode(mode)
    asked = _asked(file, as_json, outputs, marked)
    problem, findings = asked.problem, asked.findings
    promised = Keep(promised=_plan(keep).fulfilled) if keep is not None else None
    with waiting(budget, quiet=as_json) as watch:
        made = plan(problem, Policy(mode=mode), Limits(nodes=nodes), keep=promised, watch=watch)
        made = as_stopped(made, watch, budget)
        watch.allow(REASONS_SECONDS)
        waits = explain_all(problem, made, watch.must_end)
        if deep or (deep is None and len(problem.lines) <= FEW_LINES and not made.interrupted):
            waits = [_bound_by(problem, made, reason, mode, watch) for reason in waits]
        made = as_far_as_explained(problem, made, waits)
    told = answer_as_json(made, waits, findings) if as_json or output is not None else {}
    if output is not None:
        outputs.write(output, plan_bytes(asked, made, waits, told, output))
    if as_json:
        print_json(told)
        return
    print_findings(findings, stderr=True)
    print_plan(asked, made, waits)


@app.command(name="explain")
def explain_line(
    ctx: typer.Context,
    file: FileArgument,
    line: Annotated[str, typer.Argument(help="The id of the requirement.", show_default=False)],
    deep: Annotated[
        bool, typer.Option("--deep", help="Lift limits for this requirement alone and plan again.")
    ] = False,
    made: Annotated[
        Path | None, typer.Option("--plan", help="A plan made before; else one is made now.")
    ] = None,
    as_json: AsJson = False,
    budget: Budget = None,
    mode: Mode = "prove",
    marked: Marked = None,
    force: Force = False,
) -> None:
    """Say why a requirement gets what it gets.

    Exit codes: 0 it was explained, 1 the problem has errors, 2 it could not be done.
    """
    outputs = Outputs(ctx, marked)
    _must_be_a_mode(mode)
    asked = _asked(file, as_json, outputs, marked)
    problem = asked.problem
    if line not in {known.id for known in problem.lines}:
        stop(f"{file} has no requirement “{line}”")
    with waiting(budget, quiet=as_json) as watch:
        base = _plan(made) if made is not None else plan(problem, Policy(mode=mode), watch=watch)
        _must_fit(problem, base)

        try:
            found = explain(problem, base, line, deep=deep, replan=replanning(Policy(mode=mode), watch))
        except Stopped:  # what a search found that was stopped half-way proves nothing
            found = explain(problem, base, line)
    if as_json:
        print_json(explained_as_json(found))
        return
    say(f"{found.line}: {found.got} of {found.wanted} units. {found.reason.value}")
    say(why(found, asked.first_day))
    if found.binding is not None:
        say(f"What would help, lifted for this requirement alone: {what_binds(found)}")
    elif deep and found.reason is not LineReason.MET:
        say("The search was stopped before it was known what would help.")


@app.command()
def whatif(
    ctx: typer.Context,
    file: FileArgument,
    amount: Annotated[
        str, typer.Option(help="More money in whole units of the plan's currency: 50000000 or 12.50.")
    ] = "",
    earmark: Annotated[
        list[str] | None,
        typer.Option(help="Terms of that money: item=A,B or supplier!=S1. May be given several times."),
    ] = None,
    like: Annotated[str, typer.Option(help="A contribution whose terms that money has.")] = "",
    changes: Annotated[
        Path | None, typer.Option(help='A JSON list of changes: [{"list", "id", "set"}].')
    ] = None,
    idle: Annotated[
        bool, typer.Option("--idle", help="Say which change of terms would free idle money.")
    ] = False,
    as_json: AsJson = False,
    budget: Budget = None,
    mode: Mode = "prove",
    marked: Marked = None,
    force: Force = False,
) -> None:
    """Say what more money, other terms or other rows would change.

    With an amount alone: what it would buy without terms and with those of each earmark there is.

    Exit codes: 0 it was answered, 1 the problem has errors, 2 it could not be done.
    """
    outputs = Outputs(ctx, marked)
    _must_be_a_mode(mode)
    asked = _asked(file, as_json, outputs, marked)
    problem, policy = asked.problem, Policy(mode=mode)
    with waiting(budget, quiet=as_json) as watch:
        base = plan(problem, policy, watch=watch)
        replan = replanning(policy, watch)
        if changes is not None:
            try:
                changed, findings = read_problem(
                    with_changes(problem_to_json(problem), _json_of(changes)), str(file)
                )
            except NotAChange as error:
                stop(f"{changes}: {error}")
            _must_be_good(changed, [*findings, *validate(changed, str(file))], as_json)
            _answer_change(problem, base, changed, plan(changed, policy, watch=watch), as_json)
        elif idle:
            _answer_idle(asked, base, as_json, replan)
        elif not amount:
            stop("say what is to change: --amount, --changes or --idle")
        else:
            minor = _minor(amount, problem.currency)
            if like and like not in {contribution.id for contribution in problem.contributions}:
                stop(f"{file} has no contribution “{like}”")
            if earmark or like:
                changed = with_money(problem, minor, like, _earmark(earmark or []) if earmark else None)
                _answer_change(problem, base, changed, plan(changed, policy, watch=watch), as_json)
            else:
                _answer_marginal(asked, base, minor, as_json, replan, watch)
        if watch.is_over() and not as_json:
            say("The search was stopped: more may be gained than is said here.")


@app.command(name="compare")
def compare_plans(
    first: Annotated[Path, typer.Argument(help="A plan as JSON.", show_default=False)],
    second: Annotated[Path, typer.Argument(help="Another plan as JSON.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Say what the second plan has more, or less, than the first.

    Exit codes: 0 they decide the same, 1 they differ, 2 one could not be read.
    """
    before, after = _plan(first), _plan(second)
    difference = compare(before, after)
    moved = before.purchases != after.purchases
    if as_json:
        print_json(difference_as_json(difference) | {"same_purchases": not moved})
    else:
        if before.input_digest != after.input_digest:
            say("The two were made from different problems.")
        print_difference(difference)
        if difference.is_none():
            say("Other purchases, the same values." if moved else "They decide the same.")
    raise typer.Exit(0 if difference.is_none() and not moved else 1)


@app.command()
def check(
    file: FileArgument,
    made: Annotated[Path, typer.Argument(help="A plan as JSON.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Prove a plan against its problem, in integers: each term, each cent, and no better plan one step away.

    One step more of every requirement that waits is tried, and every exchange of one purchase for an earlier or cheaper
    one. What is possible is listed; where the plan calls itself proven there, that is a rule broken.

    Exit codes: 0 every rule is kept, 1 a rule is broken, 2 a file could not be read.
    """
    problem = _asked(file, as_json).problem
    told, claimed = _json_of(made), _plan(made)
    violations = [
        *check_plan(problem, claimed),
        *(
            Violation(rule="written", about=field, said=contradiction)
            for field, contradiction in contradictions(told, claimed)
        ),
    ]
    if claimed.input_digest not in ("", digest_of(problem)):
        said = sentence("plan.broken.other-data", file=str(file))
        violations.append(Violation(rule="input", about="input_digest", said=said))
    tried = None if violations else try_steps(problem, claimed)
    violations += [] if tried is None else refuted(claimed, tried)
    if as_json:
        print_json(
            {
                "violations": [
                    {"rule": violation.rule, "about": violation.about, "said": str(violation.said)}
                    for violation in violations
                ]
            }
            | ({} if tried is None else {"tried": tried_as_json(tried)})
        )
    elif violations:
        table("Broken", ["Rule", "About", "What is wrong"], [[v.rule, v.about, v.said] for v in violations])
    else:
        say("Every rule is kept and every cent is accounted for.")
    if tried is not None and not as_json:
        say(str(tried.said()))
        if tried.better and not violations:
            rows = [[step.line, score_name(step.objective), step.said] for step in tried.better]
            table("Better by one step", ["Requirement", "What gains", "What is possible"], rows)
    raise typer.Exit(1 if violations else 0)


@app.command(name="template")
def write_template(
    ctx: typer.Context,
    output: Annotated[
        Path,
        typer.Argument(help="Where the workbook goes: plan.xlsx.", parser=output_path, show_default=False),
    ],
    force: Force = False,
) -> None:
    """Write the workbook that people fill in: with help, lists to choose from, and examples.

    Exit codes: 0 it was written, 2 it could not be.
    """
    outputs = Outputs(ctx, output)
    _write_new(outputs, output, template())


@app.command()
def sample(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Which one; without a name they are listed.")] = "",
    output: Annotated[
        Path | None, typer.Argument(help="Where it goes; NAME.xlsx if not said.", parser=output_path)
    ] = None,
    force: Force = False,
) -> None:
    """Write a sample workbook that can be planned at once.

    Exit codes: 0 it was written, or all were listed, 2 it could not be.
    """
    outputs = Outputs(ctx, output)
    known = samples()
    if not name:
        for known_sample in known:
            say(known_sample)
    elif name.removesuffix(".xlsx") not in known:
        stop(f"there is no sample “{name}”: there are {', '.join(known) or 'none'}")
    else:
        path = known[name.removesuffix(".xlsx")]
        _write_new(outputs, output or Path(path.name), path.read_bytes())


@app.command()
def convert(
    ctx: typer.Context,
    file: FileArgument,
    output: Annotated[
        Path,
        typer.Argument(
            help="Where it goes: .xlsx for a workbook, else JSON.", parser=output_path, show_default=False
        ),
    ],
    marked: Marked = None,
    force: Force = False,
) -> None:
    """Look at a problem without planning it, and write it as a workbook or as JSON.

    Exit codes: 0 it was written, 1 the problem has errors, 2 it could not be done.
    """
    outputs = Outputs(ctx, output, marked)
    asked = _asked(file, False, outputs, marked)
    try:
        content = problem_bytes(asked, output)
    except NotInAWorkbook as error:
        stop(f"{file} cannot be written as a workbook: {error}")
    print_findings(asked.findings)
    _write_new(outputs, output, content)


# ---- reading ----


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        stop(f"{file} cannot be read: {why}")


def _json_of(file: Path) -> Any:
    try:
        return json.loads(_text_of(file))
    except (ValueError, RecursionError) as error:
        stop(f"{file} is not JSON: {error}")


def _asked(
    file: Path, as_json: bool, outputs: Outputs | None = None, marked: Path | None = None
) -> PlanRequest:
    """Read the problem that is asked about; with errors, say them all and end."""
    try:
        asked = read_problem_file(file)
    except UnreadableFile as error:
        stop(str(error))
    if asked.has_errors() and marked is not None and outputs is not None:
        if not asked.marked:
            stop(f"{file} is no workbook whose cells could be marked")
        outputs.write(marked, asked.marked)
    _must_be_good(asked.problem, asked.findings, as_json)
    return asked


def _must_be_good(problem: Problem, findings: Sequence[Finding], as_json: bool) -> None:
    if not any(finding.is_error for finding in findings):
        return
    if as_json:
        print_json({"findings": findings_as_json(findings)})
    else:
        print_findings(findings, stderr=True)
    raise typer.Exit(1)


def _write_new(outputs: Outputs, file: Path, content: bytes) -> None:
    outputs.write(file, content)
    say(f"{file} written")


def _plan(file: Path) -> Plan:
    try:
        return plan_from_json(_json_of(file))
    except NotAPlan as error:
        stop(f"{file} is not a plan: {error}")


def _must_fit(problem: Problem, made: Plan) -> None:
    """A plan of another problem explains nothing."""
    broken = check_plan(problem, made)
    if broken:
        stop(f"the plan does not fit the problem: {broken[0].about}: {broken[0].said}")


def _minor(amount: str, currency: str) -> int:
    try:
        read = parse_plain(amount, currency)
    except NotAnAmount:
        read = None
    if read is None or read.minor < 0:
        stop(f"“{amount}” is not an amount: write 50000000 or 12.50")
    return read.minor


def _earmark(terms: Sequence[str]) -> Earmark:
    sides: dict[str, dict[str, frozenset[str]]] = {"allow": {}, "deny": {}}
    for term in terms:
        key, equals, values = term.partition("=")
        side, key = ("deny", key[:-1]) if key.endswith("!") else ("allow", key)
        if not equals or key not in EARMARK_KEYS:
            stop(
                f"“{term}” is no earmark: write KEY=A,B or KEY!=A, with KEY one of {', '.join(EARMARK_KEYS)}"
            )
        sides[side][key] = frozenset(value.strip() for value in values.split(",") if value.strip())
    return Earmark(**sides)


def _must_be_a_mode(mode: str) -> None:
    if mode not in ("prove", "fast"):
        stop(f"“{mode}” is no mode: write prove or fast")


# ---- answers to what-if ----


def _answer_change(before: Problem, base: Plan, after: Problem, made: Plan, as_json: bool) -> None:
    difference = compare(base, made)
    if as_json:
        told = plan_to_json(made)
        told["paid_minor"] = {
            name: paid for name, paid in made.paid_minor.items() if not name.startswith("\0")
        }
        print_json(told | {"difference": difference_as_json(difference)})
        return
    print_difference(difference, after)
    if difference.is_none():
        say("Nothing changes.")


def _bound_by(problem: Problem, made: Plan, why: Explanation, mode: str, watch: Clock) -> Explanation:
    """Add which limits bind a line; a search that was stopped half-way knows nothing of them."""
    try:
        found = binding(problem, made, why.line, replanning(Policy(mode=mode), watch))
    except Stopped:
        return why
    return replace(why, binding=found)


def _answer_marginal(
    asked: PlanRequest, base: Plan, minor: int, as_json: bool, replan: Callable[[Problem], Plan], watch: Clock
) -> None:
    problem = asked.problem
    found = marginal(problem, base, minor, replan=replan, watch=watch)
    if as_json:
        print_json(
            {
                "amount_minor": minor,
                "marginal": [
                    {
                        "like": more.like or None,
                        "contributions": list(more.members),
                        "hoped": {str(tier): round(gain, 9) for tier, gain in more.hoped.items()},
                        "confirmed": None if more.confirmed is None else difference_as_json(more.confirmed),
                    }
                    for more in found
                ],
            }
        )
        return
    givers = {contribution.id: contribution for contribution in problem.contributions}
    rows = []
    for more in found:
        hoped = "; ".join(
            f"priority {tier}: {gain:+.4g} lines" for tier, gain in more.hoped.items() if abs(gain) > 1e-6
        )
        sure = "not asked" if more.confirmed is None else in_lines(more.confirmed)
        terms = terms_in_words(givers[more.like], asked.first_day) if more.like else "no terms"
        rows.append([terms, named(givers[more.like]) if more.like else "", hoped or "nothing", sure])
    table(
        f"What {in_money(problem, minor)} more would buy",
        ["On these terms", "As those of", "By the bound", "Confirmed by a plan"],
        rows,
    )


def _answer_idle(asked: PlanRequest, base: Plan, as_json: bool, replan: Callable[[Problem], Plan]) -> None:
    problem = asked.problem
    idle = idle_money(problem, base)
    found: dict[str, list[Freeing]] = {}
    with suppress(Stopped):
        for name in idle:
            found[name] = freeing(problem, base, name, replan=replan)
    if as_json:
        print_json(
            {
                "idle": [
                    {
                        "contribution": name,
                        "idle_minor": left,
                        "changes": [
                            {"change": change.change} | difference_as_json(change.gained)
                            for change in found[name]
                        ]
                        if name in found
                        else None,
                    }
                    for name, left in idle.items()
                ]
            }
        )
        return
    givers = {contribution.id: contribution for contribution in problem.contributions}
    rows = [
        [
            named(givers[name]),
            in_money(problem, left),
            terms_in_words(givers[name], asked.first_day),
            "; ".join(f"{change.change}: {in_lines(change.gained)}" for change in found[name])
            or "no single change"
            if name in found
            else "not known: the search was stopped",
        ]
        for name, left in idle.items()
    ]
    if rows:
        table(
            "Idle money, and what would free it",
            ["Contribution", "Idle", "Its terms", "Change of terms: gain"],
            rows,
        )
    else:
        say("No money is idle.")
