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
from pledgeline.guarantees.sentences import event_in_words, word_in_words
from pledgeline.guarantees.timeline import NEEDS_THE_ADVERSARY
from pledgeline.guarantees.vocabulary import IMPLICIT
from pledgeline.programme.sentences import Param, Sentence, sentence


class HasProperty(StrEnum):
    """Whether an instrument has a property."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"

    @property
    def said(self) -> Sentence:
        return sentence("guarantees.answer", answer=self.name.lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerClause:
    """An obligation that an answer rests on."""

    obligation: str
    provision: str
    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyAnswer:
    """One property of one instrument: the answer, the reason, and the clauses it rests on."""

    property: str
    title: Sentence
    answer: HasProperty
    reason: Sentence
    clauses: tuple[AnswerClause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentComparison:
    """Several instruments over the twelve properties.

    Shape:   `rows`: one per property, in their order; in each one answer per instrument, in their order.
    """

    instruments: tuple[Instrument, ...]
    rows: tuple[tuple[PropertyAnswer, ...], ...]


Found = tuple[HasProperty, Sentence, Sequence[Obligation]]

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


def compare(register: Register, ids: Sequence[str]) -> InstrumentComparison:
    """Compare instruments property by property.

    Raises:  KeyError for an instrument that is not in the register.
    """
    chosen = tuple(register.by_id[name] for name in ids)
    columns = [properties(register, instrument) for instrument in chosen]
    return InstrumentComparison(instruments=chosen, rows=tuple(zip(*columns, strict=True)))


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
                    AnswerClause(
                        obligation=obligation.id,
                        provision=obligation.provision,
                        basis=obligation.basis,
                        sources=obligation.sources,
                    )
                    for obligation in obligations
                ),
            )
        )
    return tuple(found)


def by_level(register: Register) -> dict[str, tuple[Instrument, ...]]:
    """Put side by side what strengthens the beneficiary's own forces (1) and what others guarantee (2).

    An instrument of both levels stands in both lists.
    """
    return {
        level: tuple(instrument for instrument in register.instruments if instrument.level in (level, "both"))
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
            obligation
            for obligation in instrument.obligations
            if obligation.kind not in ("restraint", "withdrawal")
            and frozenset(actors.expand(obligation.to)) & self.beneficiaries
            and frozenset(actors.expand(obligation.by)) & self.guarantors
        ]
        self.on_events = [obligation for obligation in self.help if set(obligation.trigger.events) - IMPLICIT]
        self.on_attack = [
            obligation for obligation in self.on_events if ATTACKS & set(obligation.trigger.events)
        ]
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


def _ids(obligations: Sequence[Obligation]) -> tuple[str, ...]:
    return tuple(obligation.id for obligation in obligations)


def _clear_trigger(about: _About) -> Found:
    triggered = [
        obligation for obligation in about.instrument.obligations if set(obligation.trigger.events) - IMPLICIT
    ]
    if not triggered:
        return HasProperty.NO, sentence("guarantees.reason.no-event"), []
    if about.on_attack:
        judged = [
            obligation for obligation in about.on_attack if JUDGEMENTS & set(obligation.trigger.requires)
        ]
        if judged:
            return HasProperty.PARTLY, sentence("guarantees.reason.judgement", ids=_ids(judged)), judged
        return HasProperty.YES, sentence("guarantees.reason.attack-named"), about.on_attack
    opinion = [obligation for obligation in triggered if OPINIONS & set(obligation.trigger.events)]
    nuclear = [
        obligation
        for obligation in triggered
        if all("nuclear" in event for event in obligation.trigger.events)
    ]
    if len(opinion) + len(nuclear) == len(triggered):
        return HasProperty.NO, sentence("guarantees.reason.only-opinion"), triggered
    return HasProperty.PARTLY, sentence("guarantees.reason.no-attack"), triggered


def _response(about: _About) -> Found:
    responses = [obligation for obligation in about.on_attack if obligation.kind in RESPONSES]
    owed = [
        obligation
        for obligation in responses
        if obligation.owed_as == "performance" and obligation.strength in ("shall", "will")
    ]
    if owed:
        settled = [obligation for obligation in owed if obligation.discretion == "none"]
        if settled:
            return HasProperty.YES, sentence("guarantees.reason.response-settled"), settled
        return HasProperty.PARTLY, sentence("guarantees.reason.response-owed"), owed
    if any(obligation.owed_as == "performance" for obligation in responses):
        return HasProperty.PARTLY, sentence("guarantees.reason.response-intended"), responses
    if responses:
        return HasProperty.NO, sentence("guarantees.reason.response-open"), responses
    return HasProperty.NO, sentence("guarantees.reason.no-response"), []


def _deadline(about: _About) -> Found:
    timed = [
        obligation
        for obligation in about.instrument.obligations
        if (obligation.deadline and obligation.deadline.within)
        or (obligation.due_on and obligation.kind != "funding")
    ]
    responses = [obligation for obligation in timed if obligation in about.on_events]
    if not timed:
        adverbs = tuple(
            sorted({obligation.urgency for obligation in about.instrument.obligations if obligation.urgency})
        )
        if adverbs:
            return HasProperty.NO, sentence("guarantees.reason.only-adverb", adverbs=adverbs), []
        return HasProperty.NO, sentence("guarantees.reason.no-deadline"), []
    loose = [
        obligation
        for obligation in timed
        if obligation.deadline and (obligation.deadline.is_soft or obligation.deadline.ambiguous)
    ]
    if loose:
        return HasProperty.PARTLY, sentence("guarantees.reason.soft-deadline", ids=_ids(loose)), timed
    if not responses:
        return HasProperty.PARTLY, sentence("guarantees.reason.deadline-before"), timed
    answers = [obligation for obligation in responses if obligation.kind in RESPONSES]
    if not answers:
        return HasProperty.PARTLY, sentence("guarantees.reason.consultation-only"), responses
    return HasProperty.YES, sentence("guarantees.reason.deadline"), responses


def _in_place(about: _About) -> Found:
    standing = [
        obligation
        for obligation in about.help
        if obligation.is_standing and obligation.kind in IN_PLACE and not obligation.is_power
    ]
    if not standing:
        return HasProperty.NO, sentence("guarantees.reason.nothing-in-place"), []
    free = [
        obligation
        for obligation in standing
        if obligation.strength in ("shall", "will")
        and not any(condition.effect == "blocks" for condition in obligation.conditions)
    ]
    if free:
        return HasProperty.YES, sentence("guarantees.reason.owed-before"), free
    return HasProperty.PARTLY, sentence("guarantees.reason.intended-before"), standing


def _cost_of_reneging(about: _About) -> Found:
    instrument = about.instrument
    signs = []
    if instrument.binding == "yes":
        signs.append(sentence("guarantees.sign.binding"))
    if instrument.in_force_on and instrument.kind in ("treaty", "legislation", "executive_agreement"):
        signs.append(sentence("guarantees.sign.in-force"))
    if instrument.kind == "legislation" and any(obligation.money for obligation in instrument.obligations):
        signs.append(sentence("guarantees.sign.money"))
    if instrument.verification and instrument.verification.has_enforcement:
        signs.append(sentence("guarantees.sign.breach"))
    if len(signs) >= 2:
        return HasProperty.YES, sentence("guarantees.reason.signs", signs=tuple(signs)), []
    if signs:
        return HasProperty.PARTLY, sentence("guarantees.reason.one-sign", sign=signs[0]), []
    return HasProperty.NO, sentence("guarantees.reason.no-sign", binding=instrument.binding or "draft"), []


def _verification(about: _About) -> Found:
    verification = about.instrument.verification
    gap = about.gap("verification", "attribution", "monitor")
    if verification is None:
        if gap:
            return HasProperty.NO, sentence("guarantees.reason.gap", gap=gap), []
        return HasProperty.UNKNOWN, sentence("guarantees.reason.no-verification"), []
    mechanism, attribution = verification.mechanism, verification.attribution
    if attribution in ("none", "unspecified"):
        return HasProperty.PARTLY, sentence("guarantees.reason.no-attribution", mechanism=mechanism), []
    said = sentence("guarantees.reason.attribution", mechanism=mechanism, attribution=attribution)
    proposed = "proposed" in mechanism or about.instrument.is_proposal
    return HasProperty.PARTLY if attribution == "self" or proposed else HasProperty.YES, said, []


def _own_strength(about: _About) -> Found:
    own = [
        obligation
        for obligation in about.help
        if obligation.is_standing
        and obligation.kind in ("military_aid", "funding", "training", "air_defence", "defence_industry")
    ]
    if about.instrument.level not in ("1", "both") or not own:
        return HasProperty.NO, sentence("guarantees.reason.no-support"), []
    funded = [obligation for obligation in own if obligation.money is not None]
    if funded:
        return HasProperty.YES, sentence("guarantees.reason.support-funded"), funded
    return HasProperty.PARTLY, sentence("guarantees.reason.support"), own


def _resilience(about: _About) -> Found:
    if not about.guarantors:
        return HasProperty.NOT_APPLICABLE, sentence("guarantees.reason.no-guarantor"), []
    hostile = about.guarantors & about.adversaries
    if hostile:
        names = tuple(about.register.actors.name(enemy) for enemy in sorted(hostile))
        return HasProperty.NO, sentence("guarantees.reason.adversary", names=names), about.on_events
    asked = about.on_events or about.help
    counts = {
        kind: {
            actor
            for obligation in asked
            if obligation.kind == kind
            for actor in about.register.actors.expand(obligation.by)
            if actor in about.guarantors and about.beneficiaries - {actor}
        }
        for kind in dict.fromkeys(obligation.kind for obligation in asked)
    }
    if not counts:
        return HasProperty.UNKNOWN, sentence("guarantees.reason.no-help"), []
    kind, fewest = min(counts.items(), key=lambda pair: len(pair[1]))
    groups = about.register.actors.unlisted(about.instrument.with_role("guarantor", "mutual"))
    answer = (
        HasProperty.YES if len(fewest) >= 3 else HasProperty.PARTLY if len(fewest) == 2 else HasProperty.NO
    )
    said = sentence("guarantees.reason.obligors", obligors=len(fewest), help=word_in_words(kind))
    if groups:
        said = sentence("guarantees.reason.not-all-known", reason=said)
    return answer, said, asked


def _funding(about: _About) -> Found:
    lone = about.register.only((about.instrument.id,))
    years = [
        year
        for beneficiary in sorted(about.beneficiaries)
        for year in funding_by_year(lone, beneficiary=beneficiary)
    ]
    if not years:
        return HasProperty.NO, sentence("guarantees.reason.no-money"), []
    named = sorted({year.year for year in years})
    clauses = list({year.obligation.id: year.obligation for year in years}.values())
    span: Param = str(named[0])
    if len(named) > 1:
        span = sentence("guarantees.when.between", first=str(named[0]), last=str(named[-1]))
    if any(year.needs_budget for year in years):
        return HasProperty.PARTLY, sentence("guarantees.reason.money-budget", years=span), clauses
    if len(named) < 3:
        return HasProperty.PARTLY, sentence("guarantees.reason.money-only", years=span), clauses
    return HasProperty.YES, sentence("guarantees.reason.money", years=span), clauses


def _vetoes(about: _About) -> Found:
    instrument = about.instrument
    name = about.register.actors.name
    points = [
        sentence(
            "guarantees.reason.veto",
            actor=name(veto.actor),
            kind=word_in_words(veto.kind),
            obligation=veto.over,
        )
        for veto in instrument.vetoes
    ]
    hostile = [
        obligation
        for obligation in instrument.obligations
        if any(
            condition.effect == "blocks" and condition.kind in NEEDS_THE_ADVERSARY
            for condition in obligation.conditions
        )
    ]
    stopped = [
        obligation
        for obligation in instrument.obligations
        if any(condition.effect == "blocks" for condition in obligation.conditions)
    ]
    if points:
        over = {veto.over for veto in instrument.vetoes}
        said = sentence("guarantees.reason.vetoes", vetoes=tuple(points))
        return (
            HasProperty.NO,
            said,
            [obligation for obligation in instrument.obligations if obligation.id in over],
        )
    if hostile:
        return HasProperty.NO, sentence("guarantees.reason.adversary-waits", ids=_ids(hostile)), hostile
    if stopped:
        return HasProperty.PARTLY, sentence("guarantees.reason.condition-blocks", ids=_ids(stopped)), stopped
    if all(obligation.basis == "text" for obligation in instrument.obligations):
        return HasProperty.YES, sentence("guarantees.reason.no-veto"), []
    return HasProperty.UNKNOWN, sentence("guarantees.reason.no-veto-known"), []


def _legal_force(about: _About) -> Found:
    instrument, termination = about.instrument, about.instrument.termination
    exit_ = sentence("guarantees.exit.unknown")
    if termination is not None and termination.notice is not None:
        exit_ = sentence("guarantees.exit.notice", length=in_words(termination.notice))
    elif termination is not None:
        exit_ = sentence("guarantees.exit.possible")
    if not instrument.binding:
        return HasProperty.UNKNOWN, sentence("guarantees.reason.draft", exit=exit_), []
    if instrument.binding == "no":
        return HasProperty.NO, sentence("guarantees.reason.not-binding", exit=exit_), []
    if instrument.binding != "yes":
        return HasProperty.NO, sentence("guarantees.reason.disputed", exit=exit_), []
    if instrument.in_force_on is None:
        return HasProperty.PARTLY, sentence("guarantees.reason.binding-not-in-force", exit=exit_), []
    if termination is None:
        return HasProperty.PARTLY, sentence("guarantees.reason.binding", exit=exit_), []
    return HasProperty.YES, sentence("guarantees.reason.binding-in-force", exit=exit_), []


def _wide(about: _About) -> Found:
    named = []
    clauses: list[Obligation] = []
    for kind in GREY:
        above = set(about.register.vocabulary.lineage(kind)) - {"security_event"}
        fitting = [obligation for obligation in about.on_events if above & set(obligation.trigger.events)]
        if fitting:
            named.append(kind)
            clauses += [obligation for obligation in fitting if obligation not in clauses]
    has = tuple(map(event_in_words, named))
    lacks = tuple(event_in_words(kind) for kind in GREY if kind not in named)
    if not has:
        return HasProperty.NO, sentence("guarantees.reason.none-named", lacks=lacks), []
    if lacks:
        return HasProperty.PARTLY, sentence("guarantees.reason.some-named", has=has, lacks=lacks), clauses
    return HasProperty.YES, sentence("guarantees.reason.all-named", has=has), clauses


_PROPERTIES: tuple[tuple[str, Sentence, Callable[[_About], Found]], ...] = (
    ("clear_trigger", sentence("guarantees.property.clear-trigger"), _clear_trigger),
    ("response", sentence("guarantees.property.response"), _response),
    ("deadline", sentence("guarantees.property.deadline"), _deadline),
    ("in_place", sentence("guarantees.property.in-place"), _in_place),
    ("cost_of_reneging", sentence("guarantees.property.cost-of-reneging"), _cost_of_reneging),
    ("verification", sentence("guarantees.property.verification"), _verification),
    ("own_strength", sentence("guarantees.property.own-strength"), _own_strength),
    ("resilience", sentence("guarantees.property.resilience"), _resilience),
    ("funding", sentence("guarantees.property.funding"), _funding),
    ("vetoes", sentence("guarantees.property.vetoes"), _vetoes),
    ("legal_force", sentence("guarantees.property.legal-force"), _legal_force),
    ("wide", sentence("guarantees.property.wide"), _wide),
)
