"""Where would this be another Budapest? Twelve properties of an instrument, each with its reason.

There is no score. A sum would hide the reasons, and weights are politics; so each property is answered
alone, with the clauses that the answer rests on, and "unknown" is an answer.

Source:  the checklist of testable properties in the reference on guarantees, which names for each the
         research behind it (alliance reliability, ceasefires, verification, funding).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pledgeline.guarantees.durations import in_words
from pledgeline.guarantees.instruments import Instrument, Obligation, Register
from pledgeline.guarantees.questions import funding_by_year
from pledgeline.guarantees.timeline import NEEDS_THE_ADVERSARY
from pledgeline.guarantees.vocabulary import IMPLICIT


class Answer(StrEnum):
    """Whether an instrument has a property."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """An obligation that an answer rests on."""

    obligation: str
    provision: str
    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyAnswer:
    """One property of one instrument: the answer, the reason, and the clauses it rests on."""

    property: str
    title: str
    answer: Answer
    reason: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Several instruments over the twelve properties.

    Shape:   `rows`: one per property, in their order; in each one answer per instrument, in their order.
    """

    instruments: tuple[Instrument, ...]
    rows: tuple[tuple[PropertyAnswer, ...], ...]


Found = tuple[Answer, str, Sequence[Obligation]]

RESPONSES = frozenset(
    "military_aid armed_response air_defence maritime_security troop_presence sanctions intelligence cyber "
    "funding logistics".split()
)
"""Kinds of help that answer an attack; consultation only prepares one."""

IN_PLACE = frozenset(
    "troop_presence logistics capability_building air_defence maritime_security training".split()
)
"""Kinds of help that are there before anything happens."""

ATTACKS = frozenset({"armed_attack", "armed_aggression", "security_event", "ceasefire_violation"})
"""Triggers that a conventional attack or a violation of a ceasefire fits."""

OPINIONS = frozenset({"commitment_question", "security_threatened", "significant_escalation"})
"""Triggers that begin with somebody's view."""

JUDGEMENTS = frozenset({"significant", "deliberate", "sustained", "expanded"})
"""Facts that leave room for the obligor's judgement."""

GREY = ("grey_zone_attack", "naval_blockade", "threat_of_armed_attack", "significant_escalation")
"""What comes instead of an open attack, or before one."""


def compare(register: Register, ids: Sequence[str]) -> Comparison:
    """Compare instruments property by property.

    Raises:  KeyError for an instrument that is not in the register.
    """
    chosen = tuple(register.by_id[each] for each in ids)
    columns = [properties(register, instrument) for instrument in chosen]
    return Comparison(instruments=chosen, rows=tuple(zip(*columns, strict=True)))


def properties(register: Register, instrument: Instrument) -> tuple[PropertyAnswer, ...]:
    """Answer the twelve properties for one instrument."""
    about = _About(register, instrument)
    found = []
    for name, title, answer in _PROPERTIES:
        given, reason, obligations = answer(about)
        found.append(
            PropertyAnswer(
                property=name,
                title=title,
                answer=given,
                reason=reason,
                clauses=tuple(
                    Clause(
                        obligation=each.id,
                        provision=each.provision,
                        basis=each.basis,
                        sources=each.sources,
                    )
                    for each in obligations
                ),
            )
        )
    return tuple(found)


def by_level(register: Register) -> dict[str, tuple[Instrument, ...]]:
    """Put side by side what strengthens the beneficiary's own forces (1) and what others guarantee (2).

    An instrument of both levels stands in both lists.
    """
    return {
        level: tuple(each for each in register.instruments if each.level in (level, "both"))
        for level in ("1", "2")
    }


class _About:
    """An instrument with what several properties ask of it."""

    def __init__(self, register: Register, instrument: Instrument) -> None:
        self.register, self.instrument = register, instrument
        actors = register.actors
        self.guarantors = frozenset(actors.expand(instrument.with_role("guarantor", "mutual")))
        self.beneficiaries = frozenset(actors.expand(instrument.with_role("beneficiary", "mutual")))
        self.help = [
            each
            for each in instrument.obligations
            if each.kind not in ("restraint", "withdrawal")
            and frozenset(actors.expand(each.to)) & self.beneficiaries
            and frozenset(actors.expand(each.by)) & self.guarantors
        ]
        self.on_events = [each for each in self.help if set(each.trigger.events) - IMPLICIT]
        self.on_attack = [each for each in self.on_events if ATTACKS & set(each.trigger.events)]
        self.adversaries = frozenset(instrument.aggressor) | {
            who
            for other in register.instruments
            if self.beneficiaries & frozenset(actors.expand(other.with_role("beneficiary", "mutual")))
            for who in other.aggressor
        }

    def gap(self, *words: str) -> str:
        """Give the gap of the file that begins with “No” and names one of `words`."""
        for gap in self.instrument.gaps:
            low = gap.casefold()
            if low.startswith("no ") and any(word in low for word in words):
                return gap
        return ""


def _ids(obligations: Sequence[Obligation]) -> str:
    return ", ".join(each.id for each in obligations)


def _clear_trigger(about: _About) -> Found:
    triggered = [each for each in about.instrument.obligations if set(each.trigger.events) - IMPLICIT]
    if not triggered:
        return Answer.NO, "nothing is triggered by an event", []
    if about.on_attack:
        judged = [each for each in about.on_attack if JUDGEMENTS & set(each.trigger.requires)]
        if judged:
            return Answer.PARTLY, f"{_ids(judged)}: a fact of the trigger is a matter of judgement", judged
        return Answer.YES, "an attack or violation and its facts are named", about.on_attack
    opinion = [each for each in triggered if OPINIONS & set(each.trigger.events)]
    nuclear = [each for each in triggered if all("nuclear" in event for event in each.trigger.events)]
    if len(opinion) + len(nuclear) == len(triggered):
        return Answer.NO, "only a nuclear case, or somebody's view, triggers anything", triggered
    return Answer.PARTLY, "events are named, but an attack or a breach triggers nothing", triggered


def _response(about: _About) -> Found:
    responses = [each for each in about.on_attack if each.kind in RESPONSES]
    owed = [
        each for each in responses if each.owed_as == "performance" and each.strength in ("shall", "will")
    ]
    if owed:
        settled = [each for each in owed if each.discretion == "none"]
        if settled:
            return Answer.YES, "a response is owed and its content is settled", settled
        return Answer.PARTLY, "a response is owed, its means are open", owed
    if any(each.owed_as == "performance" for each in responses):
        return Answer.PARTLY, "a response is intended, not promised", responses
    if responses:
        return Answer.NO, "whether to respond is left open", responses
    return Answer.NO, "no response to an attack is named", []


def _deadline(about: _About) -> Found:
    timed = [
        each
        for each in about.instrument.obligations
        if (each.deadline and each.deadline.within) or (each.due_on and each.kind != "funding")
    ]
    responses = [each for each in timed if each in about.on_events]
    if not timed:
        adverbs = sorted({each.urgency for each in about.instrument.obligations if each.urgency})
        reason = f"only an adverb: {', '.join(adverbs)}" if adverbs else "no deadline is named"
        return Answer.NO, reason, []
    loose = [each for each in timed if each.deadline and (each.deadline.is_soft or each.deadline.ambiguous)]
    if loose:
        return Answer.PARTLY, f"{_ids(loose)}: soft, or its start is ambiguous", timed
    if not responses:
        return Answer.PARTLY, "numbers only where nothing has happened yet", timed
    answers = [each for each in responses if each.kind in RESPONSES]
    if not answers:
        return Answer.PARTLY, "consultation has a number, the response has none", responses
    return Answer.YES, "consultation or response has a number", responses


def _in_place(about: _About) -> Found:
    standing = [
        each for each in about.help if each.is_standing and each.kind in IN_PLACE and not each.is_power
    ]
    if not standing:
        return Answer.NO, "nothing has to be there before the trigger", []
    free = [
        each
        for each in standing
        if each.strength in ("shall", "will") and not any(one.effect == "blocks" for one in each.conditions)
    ]
    if free:
        return Answer.YES, "owed before anything happens", free
    return Answer.PARTLY, "intended, or waiting for a condition", standing


def _cost_of_reneging(about: _About) -> Found:
    instrument = about.instrument
    signs = []
    if instrument.binding == "yes":
        signs.append("legally binding")
    if instrument.in_force_on and instrument.kind in ("treaty", "legislation", "executive_agreement"):
        signs.append("in force by ratification or law")
    if instrument.kind == "legislation" and any(each.money for each in instrument.obligations):
        signs.append("money in a law")
    if instrument.verification and instrument.verification.has_enforcement:
        signs.append("something follows from a breach")
    if len(signs) >= 2:
        return Answer.YES, "; ".join(signs), []
    if signs:
        return Answer.PARTLY, f"{signs[0]}, and nothing else", []
    force = {"disputed": "disputed whether it binds", "": "a draft"}.get(instrument.binding, "not binding")
    return Answer.NO, f"{force}, and no sanction is attached", []


def _verification(about: _About) -> Found:
    verification = about.instrument.verification
    gap = about.gap("verification", "attribution", "monitor")
    if verification is None:
        return (Answer.NO, gap, []) if gap else (Answer.UNKNOWN, "the file says nothing about it", [])
    if verification.attribution in ("none", "unspecified"):
        return Answer.PARTLY, f"{verification.mechanism}; nobody says who did it", []
    proposed = "proposed" in verification.mechanism or about.instrument.is_proposal
    if verification.attribution == "self" or proposed:
        return Answer.PARTLY, f"{verification.mechanism}; attribution: {verification.attribution}", []
    return Answer.YES, f"{verification.mechanism}; attribution: {verification.attribution}", []


def _own_strength(about: _About) -> Found:
    own = [
        each
        for each in about.help
        if each.is_standing
        and each.kind in ("military_aid", "funding", "training", "air_defence", "defence_industry")
    ]
    if about.instrument.level not in ("1", "both") or not own:
        return Answer.NO, "nothing strengthens the beneficiary's own forces over time", []
    funded = [each for each in own if each.money is not None]
    if funded:
        return Answer.YES, "support over time, with money named", funded
    return Answer.PARTLY, "support over time, without an amount", own


def _resilience(about: _About) -> Found:
    if not about.guarantors:
        return Answer.NOT_APPLICABLE, "there is no guarantor", []
    hostile = about.guarantors & about.adversaries
    if hostile:
        names = ", ".join(about.register.actors.name(each) for each in sorted(hostile))
        return Answer.NO, f"{names} is an obligor and the adversary", about.on_events
    asked = about.on_events or about.help
    counts = {
        kind: {
            actor
            for each in asked
            if each.kind == kind
            for actor in about.register.actors.expand(each.by)
            if actor in about.guarantors and about.beneficiaries - {actor}
        }
        for kind in dict.fromkeys(each.kind for each in asked)
    }
    if not counts:
        return Answer.UNKNOWN, "no help is named", []
    kind, fewest = min(counts.items(), key=lambda each: len(each[1]))
    help_ = kind.replace("_", " ")
    groups = about.register.actors.unlisted(about.instrument.with_role("guarantor", "mutual"))
    unsure = "; members not all known" if groups else ""
    if len(fewest) >= 3:
        return Answer.YES, f"at least {len(fewest)} obligors for {help_}{unsure}", asked
    if len(fewest) == 2:
        return Answer.PARTLY, f"two obligors for {help_}{unsure}", asked
    return Answer.NO, f"one obligor for {help_}: a single point{unsure}", asked


def _funding(about: _About) -> Found:
    lone = about.register.only((about.instrument.id,))
    years = [
        year
        for beneficiary in sorted(about.beneficiaries)
        for year in funding_by_year(lone, beneficiary=beneficiary)
    ]
    if not years:
        return Answer.NO, "no money is named for any year", []
    named = sorted({each.year for each in years})
    clauses = list({each.obligation.id: each.obligation for each in years}.values())
    span = f"{named[0]}" if len(named) == 1 else f"{named[0]} to {named[-1]}"
    if any(each.needs_budget for each in years):
        return Answer.PARTLY, f"named for {span}, under a condition of budget", clauses
    if len(named) < 3:
        return Answer.PARTLY, f"named for {span} only", clauses
    return Answer.YES, f"named for {span}", clauses


def _vetoes(about: _About) -> Found:
    instrument = about.instrument
    name = about.register.actors.name
    points = [
        f"{name(each.actor)} ({each.kind.replace('_', ' ')}) over {each.over}" for each in instrument.vetoes
    ]
    hostile = [
        each
        for each in instrument.obligations
        if any(one.effect == "blocks" and one.kind in NEEDS_THE_ADVERSARY for one in each.conditions)
    ]
    stopped = [
        each for each in instrument.obligations if any(one.effect == "blocks" for one in each.conditions)
    ]
    if points:
        over = {each.over for each in instrument.vetoes}
        return Answer.NO, "; ".join(points), [each for each in instrument.obligations if each.id in over]
    if hostile:
        return Answer.NO, f"{_ids(hostile)}: waits for what the adversary can withhold", hostile
    if stopped:
        return Answer.PARTLY, f"{_ids(stopped)}: a condition blocks", stopped
    if all(each.basis == "text" for each in instrument.obligations):
        return Answer.YES, "none in the text as read", []
    return Answer.UNKNOWN, "none is recorded, and the text was not read", []


def _legal_force(about: _About) -> Found:
    instrument, termination = about.instrument, about.instrument.termination
    way_out = "no exit rule is known"
    if termination is not None:
        notice = termination.notice
        way_out = f"notice of {in_words(notice)}" if notice else "it can be ended"
    if not instrument.binding:
        return Answer.UNKNOWN, f"a draft that does not say whether it binds; {way_out}", []
    if instrument.binding != "yes":
        said = "not binding" if instrument.binding == "no" else "whether it binds is disputed"
        return Answer.NO, f"{said}; {way_out}", []
    open_ = instrument.ratification is not None and instrument.in_force_on is None
    if termination is None or open_ or instrument.in_force_on is None:
        force = "" if instrument.in_force_on else "; entry into force is not known"
        return Answer.PARTLY, f"binding{force}; {way_out}", []
    return Answer.YES, f"binding and in force; {way_out}", []


def _wide(about: _About) -> Found:
    named = []
    clauses: list[Obligation] = []
    for kind in GREY:
        above = set(about.register.vocabulary.lineage(kind)) - {"security_event"}
        fitting = [each for each in about.on_events if above & set(each.trigger.events)]
        if fitting:
            named.append(kind.replace("_", " "))
            clauses += [each for each in fitting if each not in clauses]
    missing = [kind.replace("_", " ") for kind in GREY if kind.replace("_", " ") not in named]
    if not named:
        return Answer.NO, f"not named: {', '.join(missing)}", []
    if missing:
        return Answer.PARTLY, f"named: {', '.join(named)}; not: {', '.join(missing)}", clauses
    return Answer.YES, f"named: {', '.join(named)}", clauses


_PROPERTIES: tuple[tuple[str, str, Callable[[_About], Found]], ...] = (
    ("clear_trigger", "Clear trigger", _clear_trigger),
    ("response", "Response owed, not open", _response),
    ("deadline", "Deadline", _deadline),
    ("in_place", "Capability in place", _in_place),
    ("cost_of_reneging", "Cost of reneging", _cost_of_reneging),
    ("verification", "Verification and attribution", _verification),
    ("own_strength", "Strength of the beneficiary", _own_strength),
    ("resilience", "Holds when guarantors leave", _resilience),
    ("funding", "Funding certainty", _funding),
    ("vetoes", "Free of veto points", _vetoes),
    ("legal_force", "Legal force and exit", _legal_force),
    ("wide", "Grey zone, blockade, threat and escalation named", _wide),
)
