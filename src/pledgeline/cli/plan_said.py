"""What the command line says of plans: tables for people, JSON for programs."""

import json
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pledgeline.money import Amount, in_full
from pledgeline.plan import Difference, Explanation, Plan, Problem, charges_of, plan_to_json
from pledgeline.programme.findings import Finding

WIDE = 400

# ---- JSON ----


def answer_as_json(made: Plan, waits: Sequence[Explanation], findings: Sequence[Finding]) -> dict[str, Any]:
    told = plan_to_json(made)
    bound = {one.line: list(one.binding) for one in waits if one.binding is not None}
    if bound or not waits:
        told["binding"] = bound
    told["reasons"] = [explained_as_json(one) for one in waits]
    told["findings"] = findings_as_json(findings)
    return told


def explained_as_json(one: Explanation) -> dict[str, Any]:
    row = {
        "line": one.line,
        "wanted": one.wanted,
        "got": one.got,
        "reason": one.reason.value,
        "said": one.said.replace("\u00a0", " "),
        "facts": dict(one.facts),
    }
    if one.binding is not None:
        row["binding"] = list(one.binding)
    return row


def difference_as_json(difference: Difference) -> dict[str, Any]:
    return {
        "tiers": {name: str(more) for name, more in difference.tiers.items()},
        "lines": dict(difference.lines),
        "cost_minor": difference.cost_minor,
        "paid_minor": {
            name: more for name, more in difference.paid_minor.items() if not name.startswith("\0")
        },
    }


def findings_as_json(findings: Sequence[Finding]) -> list[dict[str, object]]:
    return [
        {
            "severity": finding.severity.value,
            "code": finding.code,
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column or None,
            "wrong": finding.wrong,
            "way_out": finding.way_out,
            "excerpt": finding.excerpt or None,
        }
        for finding in findings
    ]


def print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def write_json(file: Path, told: Mapping[str, Any]) -> None:
    try:
        file.write_text(json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
    except OSError as error:
        stop(f"{file} cannot be written: {error.strerror}")


# ---- tables ----


def console(*, stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, width=None if stream.isatty() else WIDE)


def say(text: str) -> None:
    console().print(Text(text.replace("\u00a0", " ")), soft_wrap=True)


def print_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], numbers: Sequence[int] = ()
) -> None:
    drawn = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for place, column in enumerate(columns):
        drawn.add_column(column, justify="right" if place in numbers else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(str(cell).replace("\u00a0", " ")) for cell in row))
    console().print(drawn)


def print_findings(findings: Sequence[Finding]) -> None:
    out = console(stderr=True)
    for finding in findings:
        style = "bold red" if finding.is_error else "bold yellow"
        head = f" {finding.code}: {finding.place}"
        excerpt = f"\n    {finding.excerpt}" if finding.excerpt else ""
        rest = f"{excerpt}\n  {finding.wrong}\n  {finding.way_out}"
        out.print(Text.assemble((finding.severity.value, style), head, rest), soft_wrap=True)


def print_plan(problem: Problem, made: Plan, waits: Sequence[Explanation]) -> None:
    if made.interrupted:
        say("The search was stopped: this is the best plan so far.")
    elif made.is_provably_best():
        say("Provably best: each value below is proven.")
    print_table(
        "Scores",
        ["Objective", "Value", "Bound", "Standing"],
        [
            [
                one.name,
                figure(one.value),
                "" if one.bound is None else figure(one.bound),
                one.standing.value,
            ]
            for one in made.scores
        ],
        numbers=(1, 2),
    )
    price = {offer.id: offer.unit_price_minor for offer in problem.offers}
    print_table(
        "Purchases",
        ["Line", "Offer", "Package", "Units", "Cost"],
        [
            [
                one.line,
                one.offer,
                one.package,
                f"{one.units:,}",
                in_money(problem, one.units * price[one.offer]),
            ]
            for one in made.purchases
        ],
        numbers=(3, 4),
    )
    charges = charges_of(problem, made.purchases)
    if charges:
        print_table(
            "Fixed charges",
            ["Supplier", "Package", "Charge"],
            [[supplier, package, in_money(problem, minor)] for (supplier, package), minor in charges.items()],
            numbers=(2,),
        )
    given = {one.id: problem.can_pay_minor(one) for one in problem.contributions}
    print_table(
        "Payments",
        ["Contribution", "Pays", "Has left"],
        [
            [name, in_money(problem, paid), in_money(problem, given[name] - paid)]
            for name, paid in made.paid_minor.items()
        ],
        numbers=(1, 2),
    )
    if waits:
        print_table(
            "Lines that wait",
            ["Line", "Got", "Wanted", "Reason", "Why", "What binds"],
            [
                [
                    one.line,
                    f"{one.got:,}",
                    f"{one.wanted:,}",
                    one.reason.value,
                    one.said,
                    ", ".join(one.binding or ()),
                ]
                for one in waits
            ],
            numbers=(1, 2),
        )
    for note in made.notes:
        say(note)


def print_difference(difference: Difference) -> None:
    rows: list[list[object]] = [[name, signed(more)] for name, more in difference.tiers.items() if more]
    rows += [[f"line {name}", f"{more:+,} units"] for name, more in difference.lines.items()]
    if difference.cost_minor:
        rows.append(["cost, minor units", f"{difference.cost_minor:+,}"])
    rows += [
        [f"contribution {name}, minor units", f"{more:+,}"]
        for name, more in difference.paid_minor.items()
        if not name.startswith("\0")
    ]
    if rows:
        print_table("Differences", ["What", "Change"], rows, numbers=(1,))


def in_money(problem: Problem, minor: int) -> str:
    return in_full(Amount(minor, problem.currency))


def figure(exact: Fraction) -> str:
    return f"{exact.numerator:,}" if exact.denominator == 1 else f"{float(exact):,.6f}"


def signed(exact: Fraction) -> str:
    return f"{float(exact):+,.6g}"


def in_lines(difference: Difference) -> str:
    units = ", ".join(f"{name} {more:+,}" for name, more in list(difference.lines.items())[:8])
    rest = len(difference.lines) - 8
    return (units + (f" and {rest} lines more" if rest > 0 else "")) or "nothing"


def stop(message: str) -> NoReturn:
    typer.echo(f"pledgeline: {message}", err=True)
    raise typer.Exit(2)
