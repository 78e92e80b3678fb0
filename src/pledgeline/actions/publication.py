"""Show a programme, or its books, to everybody; and take them back.

Nothing is public because it was loaded. Whoever publishes is noted with the moment. Books are seen by everybody only
while their programme is published, too.
"""

from datetime import datetime

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.records.books import NoBooks, sql
from pledgeline.records.books.digests import settings_digest
from pledgeline.records.models import BooksRecord, ProgrammeRecord, PublicationNote, Subject
from pledgeline.records.snapshot import UnknownProgramme

ACTS = {Subject.PROGRAMME: Act.PUBLISH_PROGRAMME, Subject.BOOKS: Act.PUBLISH_BOOKS}
"""The right that it takes to publish each, or to take it back."""


class NotAllowed(PermissionError):
    """This person may not publish it."""


def publish(programme: str, subject: Subject, *, person: Person, now: datetime) -> bool:
    """Show a programme or its books to everybody; say whether they were not before.

    Raises:  UnknownProgramme; NoBooks; NotAllowed.
    """
    return _set(programme, subject, True, person, now)


def take_back(programme: str, subject: Subject, *, person: Person, now: datetime) -> bool:
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
            programme=row, subject=subject, is_public=is_public, noted_by=person.get_username(), noted_at=now
        )
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
