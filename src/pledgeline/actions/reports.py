"""Read a report in: its bytes, its text once and for ever, and what rules propose. Nothing is accepted by that."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from pledgeline.accounts.rights import Act, Person, may, username_of
from pledgeline.actions.changes import NothingDone
from pledgeline.actions.job_askers import in_the_name_of_who_asked, person_behind
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.evidence.comparing.ranks import Standpoint
from pledgeline.evidence.comparing.sketches import sketch_of
from pledgeline.evidence.deciding.intake import LARGEST_FILE, NotText, read_bytes
from pledgeline.evidence.deciding.proposals import Proposal
from pledgeline.evidence.finding.candidates import RULES
from pledgeline.evidence.reading.texts import LONGEST_TEXT, TextTooLong
from pledgeline.jobs import asking
from pledgeline.jobs.asking import Asker, Upload
from pledgeline.jobs.clock import database_time
from pledgeline.jobs.context import JobContext
from pledgeline.jobs.kinds import job
from pledgeline.jobs.models import Job
from pledgeline.programme.findings import Finding
from pledgeline.programme.sentences import as_data
from pledgeline.queries.reports import Described, LookedOver, look_over, refused_report
from pledgeline.records.models import CandidateRecord, DocumentRecord, OriginalRecord, ProgrammeRecord

LONG = 150_000
"""Units: bytes. A longer report is read by a job, so that no page waits for it."""

NOUN = "report"


def look(content: bytes, described: Described, *, programme: ProgrammeRecord) -> LookedOver | Finding:
    """Say what a report would be read in as, and change nothing."""
    try:
        return look_over(read_bytes(content), described, programme.to_value())
    except NotText as wrong:
        return refused_report(f"not-text.{wrong.code}", at="content", megabytes=LARGEST_FILE // 1_000_000)
    except TextTooLong:
        return refused_report("not-text.long", at="content", most=LONGEST_TEXT)


def read_in(
    content: bytes, described: Described, *, programme: ProgrammeRecord, person: Person, now: datetime
) -> DocumentRecord | Finding:
    """Keep a report with its candidates; bytes that are there already are not kept a second time."""
    looked = look(content, described, programme=programme)
    try:
        if isinstance(looked, Finding):
            raise NothingDone(looked)
        with transaction.atomic():
            return _kept(looked, content, programme, person, now)
    except NothingDone as refused:
        (finding,) = refused.findings
        trail.refused(
            AuditAct.REPORT_READ, NOUN, described.file_name, code=finding.code, programme=programme.slug
        )
        return finding


def _kept(
    looked: LookedOver, content: bytes, programme: ProgrammeRecord, person: Person, now: datetime
) -> DocumentRecord:
    row = ProgrammeRecord.objects.select_for_update().get(pk=programme.pk)
    if not may(person, Act.EDIT_RECORD, row.slug):
        raise NothingDone(refused_report("no-right"))
    known = DocumentRecord.objects.filter(programme=row)
    if same := known.filter(sha256=looked.read.sha256).first():
        raise NothingDone(refused_report("there-already", at="content", ref=same.ref, known=same.ref))
    said, extraction = looked.described, looked.report.extraction
    document = DocumentRecord.objects.create(
        programme=row,
        ref=f"D{known.count() + 1}",
        sha256=looked.read.sha256,
        size_bytes=looked.read.size,
        file_name=said.file_name,
        text=looked.read.text,
        reader=looked.read.reader,
        extractor=RULES,
        title=said.title,
        outlet=said.outlet,
        author=said.author,
        address=said.address,
        language=said.language,
        published_on=said.published_on,
        stated=dict(looked.stated),
        noise=[[part.span.start, part.span.end, part.kind] for part in extraction.noise],
        sketch=sketch_of(looked.read.text),
        dropped=looked.report.dropped,
        standpoint=said.standpoint,
        may_show=said.may_show,
        licence=said.licence,
        added_by=username_of(person),
        added_at=now,
    )
    if said.may_show:
        OriginalRecord.objects.create(document=document, content=content)
    CandidateRecord.objects.bulk_create(
        _candidate(document, number, proposal)
        for number, proposal in enumerate(looked.report.proposals, start=1)
    )
    trail.record(
        AuditAct.REPORT_READ,
        NOUN,
        document.ref,
        programme=row.slug,
        sha256=document.sha256,
        candidates=len(looked.report.proposals),
    )
    return document


def _candidate(document: DocumentRecord, number: int, proposal: Proposal) -> CandidateRecord:
    row = CandidateRecord(
        document=document, number=number, left_out=list(proposal.left_out), origin=proposal.origin
    )
    row.take_over(proposal.claim)
    return row


@trail.leaves_refusals(AuditAct.REPORT_HANDED_IN, NOUN, ref="programme")
@transaction.atomic
def ask_to_read_report(content: bytes, described: Described, *, programme: str, asker: Asker) -> Job:
    """Have a long report read in by a job.

    Raises:  NotNow.
    """
    said: dict[str, object] = asdict(described)
    said["published_on"] = described.published_on.isoformat() if described.published_on else None
    upload = Upload(name=described.file_name or "report.txt", content=content)
    asked = asking.ask(read_report_in, programme=programme, asker=asker, upload=upload, described=said)
    trail.record(AuditAct.REPORT_HANDED_IN, "job", asked.ref, programme=programme, bytes=len(content))
    return asked


@job("report")
def read_report_in(context: JobContext, described: Mapping[str, Any]) -> None:
    """Read the report of the job in; its result names it, or says why it was not."""
    asked = context.job
    day = described["published_on"]
    said = Described(**{**described, "published_on": date.fromisoformat(day) if day else None})
    programme = ProgrammeRecord.objects.get(slug=asked.programme)
    with in_the_name_of_who_asked(asked), context.ending() as end:
        done = read_in(
            bytes(asked.file.content),
            said,
            programme=programme,
            person=person_behind(asked),
            now=database_time(),
        )
        end.result = {"refused": as_data(done.said)} if isinstance(done, Finding) else {"report": done.ref}


def describe(
    document: DocumentRecord, *, standpoint: str, may_show: bool, licence: str, person: Person
) -> DocumentRecord | Finding:
    """Say anew what a report is to what it tells, and whether its text may be shown; if not, no bytes are kept."""
    slug = document.programme.slug
    try:
        with transaction.atomic():
            if not may(person, Act.EDIT_RECORD, slug):
                raise NothingDone(refused_report("no-right", ref=document.ref))
            if standpoint not in list(Standpoint):
                raise NothingDone(refused_report("standpoint", ref=document.ref, at="standpoint"))
            document.standpoint, document.may_show, document.licence = standpoint, may_show, licence
            document.save(update_fields=["standpoint", "may_show", "licence"])
            if not may_show:
                OriginalRecord.objects.filter(document=document).delete()
            trail.record(
                AuditAct.REPORT_DESCRIBED,
                NOUN,
                document.ref,
                programme=slug,
                standpoint=standpoint,
                may_show=may_show,
                licence=licence,
            )
            return document
    except NothingDone as refused:
        (finding,) = refused.findings
        trail.refused(AuditAct.REPORT_DESCRIBED, NOUN, document.ref, code=finding.code, programme=slug)
        return finding
