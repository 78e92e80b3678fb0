"""Rules 1 and 2: from when to when is an instrument in force, and what does a notice end?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from pledgeline.guarantees.durations import in_words
from pledgeline.guarantees.instances import Force, RuleApplied
from pledgeline.guarantees.instruments import Instrument, Register
from pledgeline.guarantees.known import View
from pledgeline.guarantees.moments import count_from, day_end, day_start, local_day
from pledgeline.programme.sentences import Sentence, sentence

_ENDED = frozenset({"expired", "terminated", "superseded"})


def force_of(register: Register, instrument: Instrument, view: View, assumed: date | None) -> Force:
    """Say from when to when `instrument` is in force, by what was known."""
    steps: list[RuleApplied] = []
    if assumed is not None:
        day = assumed
        steps.append(RuleApplied(1, sentence("guarantees.step.assumed", day=assumed)))
    elif instrument.is_proposal:
        return _never(sentence("guarantees.step.proposal"))
    elif instrument.in_force_on is not None:
        day = instrument.in_force_on
        steps.append(RuleApplied(1, sentence("guarantees.step.in-force", day=day)))
    elif instrument.signed_on is not None:
        day = instrument.signed_on
        steps.append(RuleApplied(1, sentence("guarantees.step.signed", day=day)))
    else:
        return _never(sentence("guarantees.step.unsigned"))
    start = day_start(day, view.zone)
    ends = [*_fixed_ends(instrument, view, day, assumed), *_lapses(register, instrument, view, start)]
    leaves: list[tuple[str, datetime]] = []
    for actor, end, says in _notices(register, instrument, view, start):
        if actor and _goes_on_without(register, instrument, [*(who for who, _ in leaves), actor]):
            leaves.append((actor, end))
            steps.append(RuleApplied(2, sentence("guarantees.step.goes-on", end=says, actor=actor)))
        else:
            ends.append((end, says))
    if not ends:
        return Force(start=start, end=None, ended_by=None, leaves=tuple(leaves), steps=tuple(steps))
    # What ends it at one moment is told in the order of the codes, whatever was looked at first.
    end, says = min(ends, key=lambda ending: (ending[0], ending[1].code))
    force = Force(start=start, end=end, ended_by=says, leaves=tuple(leaves), steps=tuple(steps))
    last = RuleApplied(2 if force.is_ended_by_notice else 1, sentence("guarantees.step.ends", end=says))
    return replace(force, steps=(*force.steps, last))


def _never(why: Sentence) -> Force:
    return Force(start=None, end=None, ended_by=None, steps=(RuleApplied(1, why),))


End = tuple[datetime, Sentence]
"""When an instrument ends, and by what."""


def _fixed_ends(instrument: Instrument, view: View, start: date, assumed: date | None) -> Iterator[End]:
    if instrument.ends_on:
        says = sentence("guarantees.end.last-day", day=instrument.ends_on)
        yield day_end(instrument.ends_on, view.zone), says
    if instrument.status in _ENDED and assumed is None:
        day = instrument.status_as_of
        says = sentence("guarantees.end.known-as", status=instrument.status, day=day)
        yield day_end(day, view.zone), says
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
        length = in_words(term.length)
        yield (
            day_end(last, view.zone),
            sentence("guarantees.end.term", length=length, start=counted, last=last),
        )


def _lapses(register: Register, instrument: Instrument, view: View, start: datetime) -> Iterator[End]:
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
                says = sentence(
                    "guarantees.end.event", event=ending.event, actor=ending.actor, id=seen.event.id
                )
                yield seen.window.latest, says
                break


def _notices(
    register: Register, instrument: Instrument, view: View, start: datetime
) -> Iterator[tuple[str, datetime, Sentence]]:
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
        says = sentence(
            "guarantees.end.notice", day=given, id=seen.event.id, length=str(termination.notice), last=last
        )
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
