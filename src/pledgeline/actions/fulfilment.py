"""Let an obligation point to contributions of a programme, and read from the books what came of it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction

from pledgeline.guarantees import Instrument
from pledgeline.guarantees.fulfilment import Booked, Measured, measure
from pledgeline.records.models import ContributionPointer
from pledgeline.records.people import Person, Role, may

ReadBooks = Callable[[str, Sequence[str]], Sequence[Booked]]
"""Gives the entries of a programme's books about some of its contributions."""

LONGEST_REF = 200


class Refused(ValueError):
    """It cannot be pointed to; the message says why."""


def books_of(programme: str, contributions: Sequence[str]) -> Sequence[Booked]:
    """Read what the books of a programme say about contributions: receipts and acceptances.

    The books are kept elsewhere; until they are connected here nothing was received.
    """
    return ()


@transaction.atomic
def point(
    *,
    instrument: Instrument,
    obligation: str,
    programme: str,
    contribution: str,
    points: bool,
    reason: str,
    person: Person,
    now: datetime,
) -> ContributionPointer:
    """Say that an obligation is measured by a contribution, or no longer is.

    Raises:  Refused when there is nothing to measure, or the person has no right to say so.
    """
    duty = next((each for each in instrument.obligations if each.id == obligation), None)
    if duty is None or (duty.money is None and duty.quantity is None):
        raise Refused(f"“{obligation}” names no amount and no number: there is nothing to measure")
    if not may(person, Role.REGISTER_EDITOR, programme) or not may(person, Role.READER, programme):
        raise Refused(f"no right to connect the programme “{programme}”")
    if not contribution.strip() or len(contribution) > LONGEST_REF:
        raise Refused("name the contribution by its reference in the books")
    return ContributionPointer.objects.create(
        instrument=instrument.id,
        obligation=obligation,
        programme=programme,
        contribution=contribution.strip(),
        points=points,
        reason=reason,
        said_by=person.get_username(),
        said_at=now,
    )


def measured(
    instrument: Instrument, *, as_of: date, person: Person, read_books: ReadBooks = books_of
) -> dict[str, tuple[Measured, ...]]:
    """Measure the obligations of an instrument that point to contributions.

    Only pointers to programmes whose books the person may read count: for everybody else there are none.

    Shape:   by the id of the obligation, its periods.
    """
    found: dict[str, tuple[Measured, ...]] = {}
    for obligation, pointers in ContributionPointer.standing(instrument.id).items():
        duty = next((each for each in instrument.obligations if each.id == obligation), None)
        if duty is None or (duty.money is None and duty.quantity is None):
            continue  # a later version of the text took the number away
        readable = [each for each in pointers if may(person, Role.READER, each[0])]
        if not readable:
            continue
        booked = [
            entry
            for programme in dict.fromkeys(programme for programme, _ in readable)
            for entry in read_books(programme, [ref for slug, ref in readable if slug == programme])
        ]
        found[obligation] = measure(instrument, duty, booked, as_of=as_of)
    return found
