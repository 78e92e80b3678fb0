"""How commands print: tables for people, JSON for programs, findings for whoever has to correct them.

A table in a terminal fits the terminal; in a pipe or a file it is as wide as it needs, so that no
number and no name is ever cut.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pledgeline.money import Amount, in_full
from pledgeline.programme.findings import Finding

WIDE = 400


def console(*, stderr: bool = False) -> Console:
    """Give a console that cuts nothing where nobody watches."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, width=None if stream.isatty() else WIDE)


def say(text: str = "") -> None:
    """Print a line as it is."""
    console().print(Text(text), soft_wrap=True)


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Sequence[int] = ()
) -> None:
    """Print a table; `numbers` are the columns that are aligned to the right."""
    drawn = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for place, column in enumerate(columns):
        drawn.add_column(column, justify="right" if place in numbers else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(shown(cell)) for cell in row))
    console().print(drawn)


def shown(value: object) -> str:
    """Write a value for a table."""
    if value is None:
        return ""
    if isinstance(value, Amount):
        return in_full(value).replace("\u00a0", " ")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def as_text(value: object) -> str:
    """Write JSON: amounts as minor units, currency and exact text, days as ISO 8601."""
    return json.dumps(value, default=_plain, ensure_ascii=False, indent=2) + "\n"


def print_json(value: object) -> None:
    typer.echo(as_text(value), nl=False)


def _plain(value: object) -> object:
    if isinstance(value, Amount):
        return {"minor": value.minor, "currency": value.currency, "amount": f"{value.major:f}"}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"{value!r} has no form in JSON")


def findings_as_json(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Give findings for a program: each with its place in parts."""
    return [
        {
            "severity": finding.severity.value,
            "code": finding.code,
            "file": finding.place.file,
            "sheet": finding.place.sheet or None,
            "line": finding.place.line,
            "column": finding.place.column or None,
            "cell": finding.place.cell or None,
            "pointer": finding.place.pointer or None,
            "element": finding.place.element or None,
            "wrong": finding.wrong,
            "way_out": finding.way_out,
            "excerpt": finding.excerpt or None,
        }
        for finding in findings
    ]


def print_findings(findings: Sequence[Finding], *, stderr: bool = False) -> None:
    """Print every finding: its code and place, the excerpt, what is wrong, and the way out."""
    out = console(stderr=stderr)
    for finding in findings:
        style = "bold red" if finding.is_error else "bold yellow"
        excerpt = f"\n    {finding.excerpt}" if finding.excerpt else ""
        head = f" {finding.code}: {finding.place}"
        rest = f"{excerpt}\n  {finding.wrong}\n  {finding.way_out}"
        out.print(Text.assemble((finding.severity.value, style), head, rest), soft_wrap=True)
    errors = sum(finding.is_error for finding in findings)
    if findings:
        out.print(Text(f"{count(errors, 'error')}, {count(len(findings) - errors, 'warning')}."))


def count(number: int, noun: str) -> str:
    """Write a number of things.

    >>> count(1, "error"), count(2, "error")
    ('1 error', '2 errors')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def stop(message: str) -> NoReturn:
    """Say in one line why the command cannot be carried out, and end with 2."""
    typer.echo(f"pledgeline: {message}", err=True)
    raise typer.Exit(2)
