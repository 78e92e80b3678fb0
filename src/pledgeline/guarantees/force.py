"""Rules 1 and 2: from when to when is an instrument in force, and what does a notice end?"""

from collections.abc import Iterator
from datetime import date, datetime

from pledgeline.guarantees.durations import in_words
from pledgeline.guarantees.instances import Force, Step
from pledgeline.guarantees.instruments import Instrument, Register
from pledgeline.guarantees.known import View
from pledgeline.guarantees.moments import count_from, day_end, day_start, local_day

_ENDED = frozenset({"expired", "terminated", "superseded"})


def force_of(register: Register, instrument: Instrument, view: View, assumed: date | None) -> Force:
    """Say from when to when `instrument` is in force, by what was known."""
    steps: list[Step] = []
    if assumed is not None:
        day: date | None = assumed
        steps.append(Step(1, f"scenario assumes it in force from {assumed}"))
    elif instrument.is_proposal:
        return Force(
            start=None, end=None, ended_by="", steps=(Step(1, "a proposal is never in force by itself"),)
        )
    else:
        day = instrument.in_force_on or instrument.signed_on
        what = "entry into force" if instrument.in_force_on else "signature; entry into force is not known"
        steps.append(Step(1, f"in force from {day}, the day of {what}"))
    if day is None:
        return Force(start=None, end=None, ended_by="", steps=(Step(1, "no day of signature is known"),))
    start = day_start(day, view.zone)
    ends = [*_fixed_ends(instrument, view, day, assumed), *_lapses(register, instrument, view, start)]
    leaves: list[tuple[str, datetime]] = []
    for actor, end, says in _notices(register, instrument, view, start):
        if actor and _goes_on_without(register, instrument, [*(who for who, _ in leaves), actor]):
            leaves.append((actor, end))
            steps.append(Step(2, f"{says}; it goes on without {actor}"))
        else:
            ends.append((end, says))
    if not ends:
        return Force(start=start, end=None, ended_by="", leaves=tuple(leaves), steps=tuple(steps))
    end, says = min(ends)
    steps.append(Step(2 if says.startswith("notice") else 1, f"ends: {says}"))
    return Force(start=start, end=end, ended_by=says, leaves=tuple(leaves), steps=tuple(steps))


def _fixed_ends(
    instrument: Instrument, view: View, start: date, assumed: date | None
) -> Iterator[tuple[datetime, str]]:
    if instrument.ends_on:
        yield day_end(instrument.ends_on, view.zone), f"last day {instrument.ends_on}"
    if instrument.status in _ENDED and assumed is None:
        day = instrument.status_as_of
        yield day_end(day, view.zone), f"known as {instrument.status} on {day}"
    term = instrument.term
    if term is None or term.length is None or term.is_indefinite:
        return
    counted: date | None = None
    if term.counted_from == "signature":
        counted = instrument.signed_on or assumed
    elif term.counted_from == "entry_into_force":
        counted = start
    elif term.counted_from == "date":
        counted = term.start
    elif term.counted_from == "ceasefire":
        first = next(
            (seen for seen in view.of_kind("ceasefire_in_force") if seen.is_a("ceasefire_in_force")), None
        )
        counted = local_day(first.window.earliest, view.zone) if first else None
    if counted is not None:
        last = term.length.after(counted)
        yield day_end(last, view.zone), f"term of {in_words(term.length)} from {counted}, last day {last}"


def _lapses(
    register: Register, instrument: Instrument, view: View, start: datetime
) -> Iterator[tuple[datetime, str]]:
    for ending in instrument.term.ends_when if instrument.term else ():
        who = frozenset(register.actors.expand([ending.actor]))
        for seen in view.of_kind(ending.event):
            where = {seen.event.to, *seen.event.against} - {""}
            fits = (
                seen.is_a(ending.event)
                and seen.by & who
                and (not ending.to or not where or ending.to in where)
            )
            if fits and seen.window.latest >= start:
                yield seen.window.latest, f"{ending.event} of {ending.actor} ({seen.event.id})"
                break


def _notices(
    register: Register, instrument: Instrument, view: View, start: datetime
) -> Iterator[tuple[str, datetime, str]]:
    """Give who leaves, when, and why, for each notice that counts."""
    termination = instrument.termination
    if termination is None or not termination.allowed or termination.notice is None:
        return
    parties = frozenset(register.actors.expand(party.id for party in instrument.parties))
    for seen in view.of_kind("notice_of_termination", instrument.id):
        if not seen.is_a("notice_of_termination") or seen.event.instrument != instrument.id:
            continue
        givers = sorted(seen.by & parties)
        if (seen.by and not givers) or seen.window.latest < start:
            continue
        given = local_day(seen.window.earliest, view.zone)
        if termination.earliest is not None:
            first = termination.earliest.after(local_day(start, view.zone))
            if given < first:
                continue
        if termination.notice.is_elapsed:
            end = count_from(seen.window, termination.notice, view.zone).latest
        else:
            end = day_end(termination.notice.after(given), view.zone)
        last = local_day(end, view.zone)
        says = f"notice of {given} ({seen.event.id}) with {termination.notice} ends on {last}"
        for giver in givers or [""]:
            yield giver, end, says


def _goes_on_without(register: Register, instrument: Instrument, gone: list[str]) -> bool:
    """Say whether a treaty still has two sides when these have left it."""
    left = frozenset(gone)

    def remaining(*roles: str) -> int:
        return len(frozenset(register.actors.expand(instrument.with_role(*roles))) - left)

    if instrument.with_role("bound"):
        return remaining("bound") >= 2
    guarantors, beneficiaries = remaining("guarantor", "mutual"), remaining("beneficiary", "mutual")
    everybody = remaining("guarantor", "beneficiary", "mutual")
    return guarantors >= 1 and beneficiaries >= 1 and everybody >= 2
