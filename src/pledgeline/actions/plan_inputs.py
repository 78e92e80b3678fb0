"""Hand in what is to be planned: a workbook, a JSON problem, or the problem of a what-if.

A file from a browser is read by a job. It may be built to take long or much memory: then it takes that from the
process of the job, and the site answers meanwhile.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Length

from pledgeline.actions.job_askers import in_the_name_of_who_asked
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.exchange.workbook import read_workbook
from pledgeline.jobs import asking
from pledgeline.jobs.asking import Asker, Upload
from pledgeline.jobs.context import JobContext
from pledgeline.jobs.kinds import job
from pledgeline.jobs.models import Job
from pledgeline.plan import Problem, digest_of, parse_problem, problem_to_json, validate
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.sentences import as_data, sentence
from pledgeline.records import clock
from pledgeline.records.models import (
    OfferRecord,
    Origin,
    PlanInput,
    PlannedFrom,
    PlanRun,
    ProgrammeRecord,
    RequirementRecord,
)

SECTIONS = ("lines", "offers", "contributions", "packages")
"""The parts of a problem of which is said how many rows they have."""

LARGEST_UPLOAD = 20_000_000
"""Units: bytes. A workbook of 100,000 lines takes about 8 million."""


@trail.leaves_refusals(AuditAct.INPUT_HANDED_IN, "file", ref="file_name")
@transaction.atomic
def ask_to_read(
    *, programme: str, data: bytes, file_name: str, name: str, origin: Origin, asker: Asker
) -> Job:
    """Keep a file until a job has read it; the result of the job names the input that it became.

    Raises:  NotNow when too many wait already, or too much is stored.
    """
    upload = Upload(
        name=_plain_text(file_name),
        content=data,
        programme_keeps=_bytes_of(programme__slug=programme),
        person_keeps=_bytes_of(saved_by=asker.name),
    )
    job = asking.ask(
        read_input,
        programme=programme,
        asker=asker,
        upload=upload,
        name=_plain_text(name),
        origin=origin.value,
    )
    trail.record(
        AuditAct.INPUT_HANDED_IN, "job", job.ref, programme=programme, file=file_name, bytes=len(data)
    )
    return job


def _bytes_of(**whose: str) -> int:
    size = Sum(Length("upload") + Length("marked"))
    return PlanInput.objects.filter(**whose).aggregate(size=size)["size"] or 0


@job("read")
def read_input(context: JobContext, name: str, origin: str) -> None:
    """Read the file of the job, and keep what it says or what is wrong with it."""
    job = context.job
    told = _read(bytes(job.file.content), job.file.name, name, Origin(origin))
    row = _row(told, programme=job.programme, saved_by=job.asked_by)
    with in_the_name_of_who_asked(job), context.ending() as end:
        row.save()
        end.result = {"input": row.ref}
        trail.record(AuditAct.INPUT_READ, "input", row.ref, programme=job.programme, name=row.name)


@trail.leaves_refusals(AuditAct.INPUT_HANDED_IN, "file", ref="file_name")
def hand_in(
    *, programme: str, data: bytes, file_name: str, name: str, origin: Origin, asker: Asker
) -> PlanInput:
    """Keep a workbook or a JSON problem as it came, with the problem that it says or what is wrong with it."""
    row = _row(_read(data, file_name, name, origin), programme=programme, saved_by=asker.name)
    return _kept(row, programme)


@trail.leaves_refusals(AuditAct.INPUT_HANDED_IN, "plan", ref="base")
def hand_in_change(*, base: PlanRun, problem: Problem, name: str, asker: Asker) -> PlanInput:
    """Keep the problem of a what-if: that of `base` with something changed."""
    changed = _HandedIn(name=name, origin=Origin.WHAT_IF, problem=problem, first_day=base.input.first_day)
    slug = base.programme.slug
    return _kept(_row(changed, programme=slug, saved_by=asker.name), slug)


@trail.leaves_refusals(AuditAct.INPUT_HANDED_IN, "list", ref="name")
@transaction.atomic
def hand_in_list(
    *,
    programme: str,
    problem: Problem,
    findings: Sequence[Finding],
    first_day: date,
    name: str,
    requirements: Sequence[RequirementRecord],
    offers: Sequence[OfferRecord],
    asker: Asker,
) -> PlanInput:
    """Keep the problem that the rows of a programme say, and which rows those are."""
    told = _HandedIn(
        name=name,
        origin=Origin.LIST,
        problem=problem,
        findings=findings,
        first_day=first_day,
        kept={part: len(getattr(problem, part)) for part in SECTIONS},
    )
    kept = _kept(_row(told, programme=programme, saved_by=asker.name), programme)
    PlannedFrom.objects.bulk_create(PlannedFrom(input=kept, requirement=row) for row in requirements)
    PlannedFrom.objects.bulk_create(PlannedFrom(input=kept, offer=row) for row in offers)
    return kept


@transaction.atomic
def _kept(row: PlanInput, programme: str) -> PlanInput:
    row.save()
    trail.record(
        AuditAct.INPUT_HANDED_IN, "input", row.ref, programme=programme, name=row.name, origin=row.origin
    )
    return row


@trail.leaves_refusals(AuditAct.INPUT_DELETED, "input", ref="source")
@transaction.atomic
def discard(*, source: PlanInput) -> None:
    """Delete an input from which nothing was planned."""
    if not source.runs.exists():
        slug, name, by = source.programme.slug, source.name, source.saved_by
        trail.record(AuditAct.INPUT_DELETED, "input", source.ref, programme=slug, name=name, saved_by=by)
        source.delete()


@dataclass(frozen=True, slots=True, kw_only=True)
class _HandedIn:
    """What was handed in, and what was read in it."""

    name: str
    origin: Origin
    problem: Problem | None
    file_name: str = ""
    upload: bytes = b""
    marked: bytes = b""
    findings: Sequence[Finding] = ()
    kept: Mapping[str, int] = field(default_factory=dict)
    first_day: date | None = None


def _read(data: bytes, file_name: str, name: str, origin: Origin) -> _HandedIn:
    if _is_workbook(data, file_name):
        reading = read_workbook(data, file_name)
        return _HandedIn(
            name=name or reading.title or file_name,
            origin=Origin.WORKBOOK if origin is Origin.JSON else origin,
            file_name=file_name,
            upload=data,
            marked=reading.marked,
            problem=reading.problem,
            findings=reading.findings,
            kept=reading.kept,
            first_day=reading.first_day,
        )
    problem, findings = _read_json(data, file_name)
    good = not any(finding.is_error for finding in findings)
    return _HandedIn(
        name=name or file_name,
        origin=origin,
        file_name=file_name,
        upload=data,
        problem=problem if good else None,
        findings=findings,
        kept={section: len(getattr(problem, section)) for section in SECTIONS},
    )


def _is_workbook(data: bytes, file_name: str) -> bool:
    """What begins like a ZIP file is a workbook, whatever it is called; so is what only claims to be one."""
    return data[:2] == b"PK" or not file_name.lower().endswith(".json")


def _read_json(data: bytes, file_name: str) -> tuple[Problem, list[Finding]]:
    text = data.decode("utf-8-sig", errors="replace")
    problem, findings = parse_problem(text, file_name)
    if not any(finding.is_error for finding in findings):
        findings = [*findings, *validate(problem, file_name)]
    written = json.dumps(problem_to_json(problem), ensure_ascii=False)
    if "\0" in written or "\\u0000" in written or any("\ud800" <= letter <= "\udfff" for letter in written):
        findings = [
            *findings,
            Finding(place=Place(file=file_name), said=sentence("plan.unreadable-character")),
        ]
    return problem, list(findings)


def _row(told: _HandedIn, *, programme: str, saved_by: str) -> PlanInput:
    """Make the row of what was handed in, not yet saved: to write a large problem takes a while."""
    problem = told.problem
    return PlanInput(
        programme=ProgrammeRecord.objects.get(slug=programme),
        name=_plain_text(told.name)[:200],
        origin=told.origin,
        file_name=_plain_text(told.file_name)[:200],
        upload=told.upload,
        marked=told.marked,
        problem=json.dumps(problem_to_json(problem), ensure_ascii=True) if problem is not None else "",
        digest=digest_of(problem) if problem is not None else "",
        findings=[_finding(finding) for finding in told.findings],
        kept=dict(told.kept),
        first_day=told.first_day,
        saved_at=clock.now(),
        saved_by=saved_by,
    )


def _finding(one: Finding) -> dict[str, object]:
    """Write a finding so that it can be kept: its sentence as data."""
    place = one.place
    return {
        "code": one.code,
        "sheet": _plain_text(place.sheet),
        "cell": place.cell,
        "row": place.line,
        "at": _plain_text(place.column),
        "said": _storable(as_data(one.said)),
        "excerpt": _plain_text(one.excerpt),
        "severity": one.severity.value,
    }


def _storable(data: object) -> object:
    match data:
        case dict():
            return {key: _storable(value) for key, value in data.items()}
        case list():
            return [_storable(value) for value in data]
        case str():
            return _plain_text(data)
    return data


def _plain_text(text: str) -> str:
    """Leave out what no database keeps: NUL, and halves of characters."""
    return "".join(letter for letter in text if letter != "\0" and not "\ud800" <= letter <= "\udfff")
