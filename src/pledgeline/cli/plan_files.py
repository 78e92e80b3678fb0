"""The files that planning reads and writes: problems as JSON or workbooks, plans, the template, the samples."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pledgeline.exchange.workbook import read_workbook, write_plan, write_problem
from pledgeline.plan import Explanation, Plan, PlanFigures, Problem, parse_problem, problem_to_json, validate
from pledgeline.programme.findings import Finding

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
"""Endings of files that are read as workbooks; the reader says which of them are none."""


class UnreadableFile(Exception):
    """A file cannot be read; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """A problem that was asked to be planned: what the file says, and what is wrong with it.

    `data` is its JSON form. `first_day` is the day it calls 0, where the file has dates. `marked` is the
    workbook with its faulty cells marked, empty where the file is none.
    """

    problem: Problem
    data: Mapping[str, object]
    findings: Sequence[Finding] = ()
    first_day: date | None = None
    title: str = ""
    marked: bytes = b""
    kept: Mapping[str, int] = field(default_factory=dict)

    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)


def is_workbook(file: Path) -> bool:
    """Say by its ending whether a file is a workbook."""
    return file.suffix.lower() in WORKBOOKS


def read_problem_file(file: Path) -> PlanRequest:
    """Read a problem from a workbook or from JSON.

    Raises:  UnreadableFile when there is no such file, or it is neither.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{file} cannot be read: {error.strerror}") from None
    if is_workbook(file) or content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _from_workbook(file, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(f"{file} cannot be read: it is not UTF-8 text") from None
    problem, findings = parse_problem(text, str(file))
    if not any(finding.is_error for finding in findings):
        findings = [*findings, *validate(problem, str(file))]
    return PlanRequest(problem=problem, findings=findings, data=_object(text))


def _from_workbook(file: Path, content: bytes) -> PlanRequest:
    reading = read_workbook(content, str(file))
    return PlanRequest(
        problem=reading.problem or Problem(currency=""),
        findings=reading.findings,
        data=reading.raw,
        first_day=reading.first_day,
        title=reading.title,
        marked=reading.marked,
        kept=reading.kept,
    )


def _object(text: str) -> Mapping[str, object]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def plan_bytes(
    asked: PlanRequest, made: Plan, reasons: Sequence[Explanation], told: Mapping[str, object], file: Path
) -> bytes:
    """Write a plan in the form that the name of its file asks for: a workbook, or JSON."""
    if is_workbook(file):
        figures = PlanFigures(problem=asked.problem, plan=made)
        return write_plan(figures, first_day=asked.first_day, title=asked.title, reasons=reasons)
    return (json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def problem_bytes(asked: PlanRequest, file: Path) -> bytes:
    """Write a problem in the form that the name of its file asks for: a workbook, or JSON.

    Raises:  NotInAWorkbook for a text that no cell keeps.
    """
    if is_workbook(file):
        return write_problem(asked.problem, first_day=asked.first_day, title=asked.title)
    return (json.dumps(problem_to_json(asked.problem), ensure_ascii=False, indent=2) + "\n").encode()
