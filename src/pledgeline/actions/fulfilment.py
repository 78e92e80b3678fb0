"""Let an obligation point to contributions of a programme, and read from the books what came of it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction

from pledgeline.accounts.rights import Act, Person, may, username_of
from pledgeline.actions.booked import booked
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.guarantees import Instrument
from pledgeline.guarantees.fulfilment import Booked, Measured, measure
from pledgeline.records import clock
from pledgeline.records.books import Filter, NoBooks, books_of, listed
from pledgeline.records.models import ContributionPointer

ReadBooks = Callable[[str, Sequence[str], Person], Sequence[Booked]]
"""Gives what a programme's books say to a person about some of its contributions."""

LONGEST_REF = 200


class PointerRefused(ValueError):
    """It cannot be pointed to; the message says why."""


def read_books(programme: str, contributions: Sequence[str], person: Person) -> Sequence[Booked]:
    """Read what the books of a programme say about contributions: receipts and acceptances.

    Nothing, where there are no books or `person` may not see them.
    """
    try:
        books = books_of(programme, person)
    except NoBooks:
        return ()
    entries = {
        entry.position: entry
        for contribution in contributions
        for entry in books.journal(Filter(contribution=contribution))
    }
    return tuple(booked((entries[position] for position in sorted(entries)), contributions))


@trail.leaves_refusals(AuditAct.CONTRIBUTION_POINTED, "obligation", ref="obligation")
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

    Raises:  PointerRefused when there is nothing to measure, or the person has no right to say so.
    """
    duty = next((stated for stated in instrument.obligations if stated.id == obligation), None)
    if duty is None or (duty.money is None and duty.quantity is None):
        raise PointerRefused(f"“{obligation}” names no amount and no number: there is nothing to measure")
    if not may(person, Act.EDIT_REGISTER, programme):
        raise PointerRefused(f"no right to connect the programme “{programme}”")
    contribution = contribution.strip()
    if not contribution or len(contribution) > LONGEST_REF:
        raise PointerRefused("name the contribution by its reference in the books")
    _must_be_in_the_books(programme, contribution, person)
    pointer = ContributionPointer.objects.create(
        instrument=instrument.id,
        obligation=obligation,
        programme=programme,
        contribution=contribution,
        points=points,
        reason=reason,
        said_by=username_of(person),
        said_at=clock.not_before(ContributionPointer.objects.all(), "said_at", now),
    )
    trail.record(
        AuditAct.CONTRIBUTION_POINTED,
        "obligation",
        f"{instrument.id}/{obligation}",
        programme=programme,
        contribution=contribution,
        points=points,
    )
    return pointer


def measured(
    instrument: Instrument, *, as_of: date, person: Person, read: ReadBooks = read_books
) -> dict[str, tuple[Measured, ...]]:
    """Measure the obligations of an instrument that point to contributions.

    Only pointers to programmes whose books are public, or in which the person has a role, count: for everybody
    else there are none.

    Shape:   by the id of the obligation, its periods.
    """
    public = {books.programme for books in listed(person)}
    found: dict[str, tuple[Measured, ...]] = {}
    for obligation, pointers in ContributionPointer.standing(instrument.id).items():
        duty = next((stated for stated in instrument.obligations if stated.id == obligation), None)
        if duty is None or (duty.money is None and duty.quantity is None):
            continue  # a later version of the text took the number away
        readable = [
            pointer for pointer in pointers if pointer[0] in public or may(person, Act.SEE_BOOKS, pointer[0])
        ]
        if not readable:
            continue
        booked = [
            entry
            for programme in dict.fromkeys(programme for programme, _ in readable)
            for entry in read(programme, [ref for slug, ref in readable if slug == programme], person)
        ]
        found[obligation] = measure(instrument, duty, booked, as_of=as_of)
    return found


def _must_be_in_the_books(programme: str, contribution: str, person: Person) -> None:
    """A slip in a reference would measure nothing, and look like a promise that nobody kept."""
    try:
        known = books_of(programme, person).contributions()
    except NoBooks:
        return  # they may be opened later
    if contribution not in known:
        raise PointerRefused(f"the books of “{programme}” know no contribution “{contribution}”")
