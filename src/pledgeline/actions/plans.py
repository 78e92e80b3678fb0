"""Hand in what is to be planned, ask for a plan, stop it, delete it.

A plan is made in a process of its own (`actions.planner`): it outlives the browser, and the site answers
meanwhile. The queue is a table, so that it does not matter which worker of the site is asked, or on which
machine. Whoever looks at it also tends it: runs that fell silent are given up, waiting ones get a process.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.exchange.workbook import read_workbook
from pledgeline.plan import Problem, digest_of, parse_problem, problem_to_json, validate
from pledgeline.programme.findings import Finding, Place
from pledgeline.records.models import (
    UNDER_WAY,
    Origin,
    PlanInput,
    PlanRun,
    ProgrammeRecord,
    RunKind,
    RunState,
)

LARGEST_UPLOAD = 20_000_000
"""Units: bytes. A workbook of 100,000 lines takes about 8 million."""

LONGEST_BUDGET = 3_600
"""Units: seconds."""

AT_ONCE = max(1, min(4, (os.cpu_count() or 2) - 1))
"""How many runs work at the same time; the others wait."""

SILENCE = timedelta(seconds=20)
"""After so long without a beat the process of a run is taken for gone."""

PATIENCE_SECONDS = 10.0
"""A process that was just started needs a moment before it takes a run: no second one is sent after it."""

_started_at = -PATIENCE_SECONDS

MOST_WAITING = 50
"""Runs of one programme that may wait. Beyond that somebody leans on the button."""

MODES = ("fast", "prove")


class NotNow(ValueError):
    """The run cannot be asked for; the message says why, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who does something, and when."""

    name: str
    at: datetime


@trail.leaves_refusals(AuditAct.INPUT_HANDED_IN, "input", ref="file_name")
def hand_in(*, programme: str, data: bytes, file_name: str, name: str, origin: Origin, who: Who) -> PlanInput:
    """Keep a workbook or a JSON problem as it came, with the problem that it says or what is wrong with it."""
    if _is_workbook(data, file_name):
        reading = read_workbook(data, file_name)
        return _keep(
            programme=programme,
            name=name or reading.title or file_name,
            origin=Origin.WORKBOOK if origin is Origin.JSON else origin,
            file_name=file_name,
            upload=data,
            marked=reading.marked,
            problem=reading.problem,
            findings=reading.findings,
            kept=reading.kept,
            first_day=reading.first_day,
            who=who,
        )
    problem, findings = _read_json(data, file_name)
    good = not any(finding.is_error for finding in findings)
    sections = ("lines", "offers", "contributions", "packages")
    return _keep(
        programme=programme,
        name=name or file_name,
        origin=origin,
        file_name=file_name,
        upload=data,
        marked=b"",
        problem=problem if good else None,
        findings=findings,
        kept={section: len(getattr(problem, section)) for section in sections},
        first_day=None,
        who=who,
    )


@trail.leaves_refusals(AuditAct.INPUT_HANDED_IN, "input", ref="base")
def hand_in_change(*, base: PlanRun, problem: Problem, name: str, who: Who) -> PlanInput:
    """Keep the problem of a what-if: that of `base` with something changed."""
    return _keep(
        programme=base.programme.slug,
        name=name,
        origin=Origin.WHAT_IF,
        file_name="",
        upload=b"",
        marked=b"",
        problem=problem,
        findings=(),
        kept={},
        first_day=base.input.first_day,
        who=who,
    )


@trail.leaves_refusals(AuditAct.PLAN_ASKED, "plan")
def ask(
    *,
    source: PlanInput,
    kind: RunKind,
    mode: str,
    budget_seconds: int | None,
    who: Who,
    base: PlanRun | None = None,
    change: Mapping[str, Any] | None = None,
) -> PlanRun:
    """Put a run into the queue and see that somebody works on it.

    Raises:  NotNow when too many wait already, or nothing can be planned from the input.
    """
    if not source.problem:
        raise NotNow("There are errors in the input: correct them and upload it again.")
    if PlanRun.objects.filter(programme=source.programme, state=RunState.WAITING).count() >= MOST_WAITING:
        raise NotNow("Too many plans wait already: stop one, or come back when some are done.")
    with transaction.atomic():
        run: PlanRun = PlanRun.objects.create(
            programme=source.programme,
            input=source,
            base=base,
            kind=kind,
            change=dict(change or {}),
            mode=mode if mode in MODES else "prove",
            budget_seconds=budget_seconds,
            asked_at=who.at,
            asked_by=who.name,
        )
        trail.record(
            AuditAct.PLAN_ASKED,
            "plan",
            run.ref,
            programme=source.programme.slug,
            kind=kind,
            mode=run.mode,
            budget_seconds=budget_seconds,
            input=source.ref,
        )
    start_process()
    return run


@trail.leaves_refusals(AuditAct.PLAN_STOPPED, "plan", ref="run")
@transaction.atomic
def stop(*, run: PlanRun, now: datetime) -> None:
    """Ask a run to end with what it has. One that waits is ended at once."""
    row = PlanRun.objects.select_for_update().get(pk=run.pk)
    if row.state == RunState.WAITING:
        row.state, row.ended_at = RunState.FAILED.value, now
        row.said = "It was taken out of the queue before it began."
    row.stop_wanted = True
    row.save(update_fields=["state", "ended_at", "said", "stop_wanted"])
    trail.record(AuditAct.PLAN_STOPPED, "plan", run.ref, programme=run.programme.slug)


@trail.leaves_refusals(AuditAct.PLAN_DELETED, "plan", ref="run")
@transaction.atomic
def delete(*, run: PlanRun) -> None:
    """Delete a run with its plan and what was asked of it; its input, too, unless another run needs it."""
    inputs = {run.input_id, *run.asked_of.values_list("input_id", flat=True)}
    trail.record(
        AuditAct.PLAN_DELETED,
        "plan",
        run.ref,
        programme=run.programme.slug,
        name=run.input.name,
        asked_by=run.asked_by,
        asked_at=run.asked_at.isoformat(),
        with_it=list(run.asked_of.values_list("ref", flat=True)),
    )
    run.delete()
    PlanInput.objects.filter(pk__in=inputs, runs__isnull=True).delete()


@trail.leaves_refusals(AuditAct.INPUT_DELETED, "input", ref="source")
@transaction.atomic
def discard(*, source: PlanInput) -> None:
    """Delete an input from which nothing was planned."""
    if not source.runs.exists():
        trail.record(
            AuditAct.INPUT_DELETED,
            "input",
            source.ref,
            programme=source.programme.slug,
            name=source.name,
            saved_by=source.saved_by,
        )
        source.delete()


def tend(*, now: datetime) -> None:
    """Give up runs whose process fell silent, and start processes for those that wait."""
    under_way = list(PlanRun.objects.filter(state__in=UNDER_WAY).values_list("pk", "state", "beat_at"))
    silent = [pk for pk, state, beat in under_way if state == RunState.RUNNING and is_silent(beat, now)]
    if silent:
        give_up(silent, now)
    working = sum(1 for pk, state, _ in under_way if state == RunState.RUNNING and pk not in silent)
    waiting = sum(1 for _, state, _ in under_way if state == RunState.WAITING)
    if waiting and working < AT_ONCE and time.monotonic() - _started_at > PATIENCE_SECONDS:
        start_process()


def is_silent(beat: datetime | None, now: datetime) -> bool:
    return beat is None or now - beat > SILENCE


def give_up(silent: Sequence[int], now: datetime) -> None:
    """Say of runs that their process is gone."""
    PlanRun.objects.filter(pk__in=silent, state=RunState.RUNNING, beat_at__lt=now - SILENCE).update(
        state=RunState.LOST,
        ended_at=now,
        said="The process that made this plan ended without a word: it was killed, or the machine was "
        "switched off. Nothing of it was kept; ask again.",
    )


def start_process() -> None:
    """Start a planner. It takes what waits, and ends when nothing does or enough are at work."""
    global _started_at
    _started_at = time.monotonic()
    command = [sys.executable, "-m", "pledgeline.actions.planner"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "close_fds": True}
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS
        process = subprocess.Popen(command, creationflags=flags, **quiet)  # type: ignore[call-overload]
    else:
        process = subprocess.Popen(command, start_new_session=True, **quiet)  # type: ignore[call-overload]
    threading.Thread(target=process.wait, daemon=True).start()  # so that it leaves no zombie


def _is_workbook(data: bytes, file_name: str) -> bool:
    """What begins like a ZIP file is a workbook, whatever it is called; so is what only claims to be one."""
    return data[:2] == b"PK" or not file_name.lower().endswith(".json")


def _read_json(data: bytes, file_name: str) -> tuple[Problem, list[Finding]]:
    text = data.decode("utf-8-sig", errors="replace")
    problem, findings = parse_problem(text, file_name)
    if not any(finding.is_error for finding in findings):
        findings = [*findings, *validate(problem, file_name)]
    said = json.dumps(problem_to_json(problem), ensure_ascii=False)
    if "\0" in said or "\\u0000" in said or any("\ud800" <= letter <= "\udfff" for letter in said):
        findings = [
            *findings,
            Finding(
                code="plan.unreadable-character",
                place=Place(file=file_name),
                wrong="A text holds a character that no page and no database can keep.",
                way_out="Take NUL characters and halves of characters out of the names.",
            ),
        ]
    return problem, list(findings)


@transaction.atomic
def _keep(
    *,
    programme: str,
    name: str,
    origin: Origin,
    file_name: str,
    upload: bytes,
    marked: bytes,
    problem: Problem | None,
    findings: Sequence[Finding],
    kept: Mapping[str, int],
    first_day: date | None,
    who: Who,
) -> PlanInput:
    row: PlanInput = PlanInput.objects.create(
        programme=ProgrammeRecord.objects.get(slug=programme),
        name=_plain_text(name)[:200],
        origin=origin,
        file_name=_plain_text(file_name)[:200],
        upload=upload,
        marked=marked,
        problem=json.dumps(problem_to_json(problem), ensure_ascii=True) if problem is not None else "",
        digest=digest_of(problem) if problem is not None else "",
        findings=[_finding(one) for one in findings],
        kept=dict(kept),
        first_day=first_day,
        saved_at=who.at,
        saved_by=who.name,
    )
    trail.record(
        AuditAct.INPUT_HANDED_IN,
        "input",
        row.ref,
        programme=programme,
        name=row.name,
        origin=origin,
        bytes=len(upload),
    )
    return row


def _finding(one: Finding) -> dict[str, Any]:
    place = one.place
    return {
        "code": one.code,
        "sheet": _plain_text(place.sheet),
        "cell": place.cell,
        "row": place.line,
        "at": _plain_text(place.column),
        "wrong": _plain_text(one.wrong),
        "way_out": _plain_text(one.way_out),
        "excerpt": _plain_text(one.excerpt),
        "severity": one.severity.value,
    }


def _plain_text(text: str) -> str:
    """Leave out what no database keeps: NUL, and halves of characters."""
    return "".join(letter for letter in text if letter != "\0" and not "\ud800" <= letter <= "\udfff")
