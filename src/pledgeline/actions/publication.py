"""Show a programme, or its books, to everybody, and no longer.

Nothing is public because it was loaded. Whoever publishes is noted with the moment. Books are seen by everybody only
while their programme is published, too.
"""

from dataclasses import dataclass
from datetime import datetime

from pledgeline.accounts.rights import Act, NotAllowed, Person, may, username_of
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.records.books import NoBooks, sql
from pledgeline.records.books.digests import settings_digest
from pledgeline.records.models import BooksRecord, ProgrammeRecord, PublicationNote, Subject
from pledgeline.records.snapshot import UnknownProgramme

ACTS = {Subject.PROGRAMME: Act.PUBLISH_PROGRAMME, Subject.BOOKS: Act.PUBLISH_BOOKS}
"""The right that it takes to publish each, or to show it no longer."""


@trail.leaves_refusals(AuditAct.PUBLISHED, ref="subject")
def publish(programme: str, subject: Subject, *, person: Person, now: datetime) -> bool:
    """Show a programme or its books to everybody; say whether they were not before.

    Raises:  UnknownProgramme; NoBooks; NotAllowed.
    """
    return _set(programme, subject, True, person, now)


@trail.leaves_refusals(AuditAct.UNPUBLISHED, ref="subject")
def unpublish(programme: str, subject: Subject, *, person: Person, now: datetime) -> bool:
    """Show them no longer; say whether they were public before.

    Raises:  UnknownProgramme; NoBooks; NotAllowed.
    """
    return _set(programme, subject, False, person, now)


@sql.in_turn()
def _set(programme: str, subject: Subject, is_public: bool, person: Person, now: datetime) -> bool:
    if not may(person, ACTS[subject], programme):
        raise NotAllowed(f"no right to publish the {subject} of {programme}")
    row = ProgrammeRecord.objects.select_for_update().filter(slug=programme).first()
    if row is None:
        raise UnknownProgramme(f"there is no programme “{programme}”")
    changes = _set_programme(row, is_public) if subject is Subject.PROGRAMME else _set_books(row, is_public)
    if changes:
        PublicationNote.objects.create(
            programme=row, subject=subject, is_public=is_public, noted_by=username_of(person), noted_at=now
        )
        act = AuditAct.PUBLISHED if is_public else AuditAct.UNPUBLISHED
        trail.record(act, subject, programme, programme=programme)
    return changes


def _set_programme(row: ProgrammeRecord, is_public: bool) -> bool:
    if row.published == is_public:
        return False
    row.published = is_public
    row.save(update_fields=["published"])
    return True


def _set_books(row: ProgrammeRecord, is_public: bool) -> bool:
    books = BooksRecord.objects.filter(programme=row)
    known = books.values_list("public", "currencies").first()
    if known is None:
        raise NoBooks(f"the programme “{row.slug}” keeps no books")
    if known[0] == is_public:
        return False
    books.update(public=is_public, digest=settings_digest(row.slug, known[1], str(is_public).lower()))
    return True


@dataclass(frozen=True, slots=True)
class Publication:
    """Whether a programme or its books are public, and who decided so when; nobody did where `note` is empty."""

    subject: Subject
    is_public: bool
    note: PublicationNote | None


def publications(programme: str) -> list[Publication]:
    """Say of a programme, and of its books where it keeps some, whether they are public.

    Raises:  UnknownProgramme.
    """
    row = ProgrammeRecord.objects.filter(slug=programme).first()
    if row is None:
        raise UnknownProgramme(f"there is no programme “{programme}”")
    books = BooksRecord.objects.filter(programme=row).values_list("public", flat=True).first()
    states = {Subject.PROGRAMME: row.published, Subject.BOOKS: books}
    return [
        Publication(subject, is_public, row.publications.filter(subject=subject).last())
        for subject, is_public in states.items()
        if is_public is not None
    ]
