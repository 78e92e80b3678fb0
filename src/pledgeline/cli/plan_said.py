"""What the command line says of plans: tables for people, JSON for programs."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from pledgeline.cli.plan_files import PlanRequest
from pledgeline.cli.printing import count, findings_as_json, say, table
from pledgeline.exchange.workbook.texts import earmark_text
from pledgeline.money import Amount, in_full, term_in_percent
from pledgeline.plan import (
    Explanation,
    Plan,
    PlanContribution,
    PlanDifference,
    PlanFigures,
    Problem,
    Tried,
    charges_of,
    plan_to_json,
)
from pledgeline.plan.sentences import day_writer, score_name, verdict, why
from pledgeline.programme.findings import Finding

Thing = TypeVar("Thing")

# ---- JSON ----


def answer_as_json(
    made: Plan, waits: Sequence[Explanation], findings: Sequence[Finding]
) -> dict[str, object]:
    told = plan_to_json(made)
    bound = {wait.line: list(wait.binding) for wait in waits if wait.binding is not None}
    if bound or not waits:
        told["binding"] = bound
    told["reasons"] = [explained_as_json(wait) for wait in waits]
    told["findings"] = findings_as_json(findings)
    return told


def explained_as_json(one: Explanation) -> dict[str, object]:
    row = {
        "line": one.line,
        "wanted": one.wanted,
        "got": one.got,
        "reason": one.reason.value,
        "said": why(one),
        "facts": dict(one.facts),
    }
    if one.binding is not None:
        row["binding"] = list(one.binding)
    return row


def tried_as_json(tried: Tried) -> dict[str, object]:
    better = [
        {"line": step.line, "objective": step.objective, "said": str(step.said)} for step in tried.better
    ]
    return {
        "lines": tried.lines,
        "exchanges": tried.exchanges,
        "left_out": tried.left_out,
        "better": better,
    }


def difference_as_json(difference: PlanDifference) -> dict[str, object]:
    return {
        "tiers": {name: str(more) for name, more in difference.tiers.items()},
        "lines": dict(difference.lines),
        "cost_minor": difference.cost_minor,
        "paid_minor": {
            name: more for name, more in difference.paid_minor.items() if not name.startswith("\0")
        },
    }


# ---- tables ----

MOST_ROWS = 200
"""Rows of a long table for people. Drawing 10,000 of them takes longer than whoever stopped a search waits."""


def print_plan(asked: PlanRequest, made: Plan, waits: Sequence[Explanation]) -> None:
    problem = asked.problem
    say(str(verdict(made)))
    table(
        "Scores",
        ["Objective", "Value", "Bound", "Standing"],
        [
            [
                score.name,
                _worth(problem, score.name, score.value),
                "" if score.bound is None else _worth(problem, score.name, score.bound),
                score.standing.value,
            ]
            for score in made.scores
        ],
        numbers=(1, 2),
    )
    _print_purchases(problem, made)
    _print_payments(problem, made)
    _print_waits(asked, waits)
    for note in made.notes:
        say(str(note))


def _print_purchases(problem: Problem, made: Plan) -> None:
    figures = PlanFigures(problem=problem, plan=made)
    _long_table(
        "Purchases",
        ["Line", "Offer", "Package", "Units", "Cost"],
        made.purchases,
        lambda purchase: [
            purchase.line,
            purchase.offer,
            purchase.package,
            f"{purchase.units:,}",
            in_money(problem, figures.cost_minor([purchase])),
        ],
        numbers=(3, 4),
    )
    _long_table(
        "Fixed charges",
        ["Supplier", "Package", "Charge"],
        list(charges_of(problem, made.purchases).items()),
        lambda charge: [*charge[0], in_money(problem, charge[1])],
        numbers=(2,),
    )


def _print_payments(problem: Problem, made: Plan) -> None:
    figures = PlanFigures(problem=problem, plan=made)
    _long_table(
        "Payments",
        ["Contribution", "Pays", "Has left"],
        [figures.used[name] for name in made.paid_minor],
        lambda used: [
            named(used.contribution),
            in_money(problem, used.used_minor),
            in_money(problem, used.left_minor),
        ],
        numbers=(1, 2),
    )


def _print_waits(asked: PlanRequest, waits: Sequence[Explanation]) -> None:
    priority = {line.id: line.priority for line in asked.problem.lines}
    _long_table(
        "Lines that wait",
        ["Line", "Priority", "Got", "Wanted", "Reason", "Why", "What binds"],
        waits,
        lambda wait: [
            wait.line,
            priority[wait.line],
            f"{wait.got:,}",
            f"{wait.wanted:,}",
            wait.reason.value,
            why(wait, asked.first_day),
            ", ".join(wait.binding or ()),
        ],
        numbers=(1, 2, 3),
    )


def _long_table(
    title: str,
    columns: Sequence[str],
    things: Sequence[Thing],
    row: Callable[[Thing], Sequence[object]],
    numbers: Sequence[int],
) -> None:
    """Print the first rows of what may be 100,000, and say how many more there are and where."""
    if things:
        table(title, columns, map(row, things[:MOST_ROWS]), numbers=numbers)
    if len(things) > MOST_ROWS:
        say(f"… and {count(len(things) - MOST_ROWS, 'row')} more: --json prints and --out writes all.")


def print_difference(difference: PlanDifference, problem: Problem | None = None) -> None:
    """Print what differs; two plans alone do not know their currency, then amounts are in minor units."""

    def money(minor: int) -> str:
        if problem is None:
            return f"{minor:+,} minor units"
        return f"{'+' if minor > 0 else '-'} {in_money(problem, abs(minor))}"

    rows: list[list[object]] = [
        [score_name(name), f"{signed(more)}{' lines' if name.startswith('tier ') else ''}"]
        for name, more in difference.tiers.items()
        if more
    ]
    rows += [[f"line {name}", f"{more:+,} units"] for name, more in difference.lines.items()]
    if difference.cost_minor:
        rows.append(["Cost", money(difference.cost_minor)])
    rows += [
        [f"contribution {name}", money(more)]
        for name, more in difference.paid_minor.items()
        if not name.startswith("\0")
    ]
    if rows:
        table("Differences", ["What", "Change"], rows, numbers=(1,))


def named(one: PlanContribution) -> str:
    """Name a contribution so that people know whose it is."""
    return f"{one.id} {one.partner}" if one.partner and one.partner != one.id else one.id


def terms_in_words(one: PlanContribution, first_day: date | None) -> str:
    """Write what money may pay for, and from when to when."""
    write_day = day_writer(first_day)
    terms = [earmark_text(one.earmark.allow)] if one.earmark.allow else []
    if one.earmark.deny:
        terms.append(f"not {earmark_text(one.earmark.deny)}")
    if one.max_share is not None:
        terms.append(f"at most {term_in_percent(one.max_share)} of a package")
    if one.whole_package_only:
        terms.append("whole packages only")
    if one.available_from is not None:
        terms.append(f"from {write_day(one.available_from)}")
    if one.use_by is not None:
        terms.append(f"until {write_day(one.use_by)}")
    return "; ".join(terms) or "for anything"


def in_money(problem: Problem, minor: int) -> str:
    return in_full(Amount(minor, problem.currency)).replace("\u00a0", " ")


def _worth(problem: Problem, name: str, exact: Fraction) -> str:
    if name == "cost" and exact.denominator == 1:
        return in_money(problem, exact.numerator)
    return figure(exact)


def figure(exact: Fraction) -> str:
    return f"{exact.numerator:,}" if exact.denominator == 1 else f"{float(exact):,.6f}"


def signed(exact: Fraction) -> str:
    return f"{float(exact):+,.6g}"


def in_lines(difference: PlanDifference) -> str:
    units = ", ".join(f"{name} {more:+,}" for name, more in list(difference.lines.items())[:8])
    rest = len(difference.lines) - 8
    return (units + (f" and {rest} lines more" if rest > 0 else "")) or "nothing"
