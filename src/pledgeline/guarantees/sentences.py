"""An obligation as a plain sentence, made from the data and from nothing else.

Whoever reads the sentence reads the record: if it sounds wrong, the record is wrong or the text is. Words of the
register go into the catalogue as they are; one that it does not know is shown with spaces for low lines.
"""

from pledgeline.guarantees.durations import Duration, in_words, repeated
from pledgeline.guarantees.instruments import (
    Condition,
    Fact,
    Instrument,
    Obligation,
    Quantity,
    Register,
    Sum,
    Trigger,
)
from pledgeline.guarantees.vocabulary import Actors
from pledgeline.programme.sentences import Param, Sentence, sentence, spoken_language

_NO_FACTS_OF_AN_EVENT = frozenset(
    {"by", "against", "attribution", "persists_after", "time", "gdp", "period.start"}
)
"""What may have to be found out, and is no answer of yes or no."""

_LEFT_OPEN = frozenset({"means", "whether", "whether_and_means"})

_WITH_ARTICLE = tuple(
    "United Russian European Netherlands Congress President Group German Parliament Council Republic "
    "Organization Parties Member Chamber Leaders Signatories Coalition".split()
)
"""Names that begin so take an article, as the names of the register are English; no state of it is misread."""


_PLURAL = {"uk": frozenset({"US", "NL"})}
"""Whose names are plural in a language: its verbs stand with them as with several."""


def obligation_sentence(register: Register, obligation: Obligation) -> Sentence:
    """Say in plain words who owes what, to whom, when, and under which conditions.

    Means:   what is not in the sentence is not in the record; the summary of the clause stands beside it.
    """
    actors = register.actors
    said = [_duty(obligation, actors)]
    if obligation.after:
        said.append(sentence("guarantees.duty.after", obligation=obligation.after))
    said += [_condition(condition, actors) for condition in obligation.conditions]
    if obligation.is_power:
        said.append(sentence("guarantees.duty.nothing-owed"))
    elif obligation.discretion in _LEFT_OPEN:
        said.append(sentence("guarantees.duty.left-open", discretion=obligation.discretion))
    if obligation.limits:
        said.append(sentence("guarantees.duty.exceptions", limits=obligation.limits))
    return sentence("guarantees.duty.sentences", sentences=tuple(said))


def provenance(instrument: Instrument, obligation: Obligation) -> Sentence:
    """Say where an obligation is written, how that was read, and on which pages."""
    read: dict[str, Param] = {
        "basis": basis_in_words(obligation.basis),
        "instrument": instrument.id,
        "sources": obligation.sources,
    }
    if obligation.provision:
        return sentence("guarantees.provenance.provision", provision=obligation.provision, **read)
    return sentence("guarantees.provenance.unknown", **read)


def basis_in_words(basis: str) -> Sentence:
    """Say how a clause was read."""
    return sentence("guarantees.basis", basis=basis)


def word_in_words(word: str) -> Sentence:
    """Say a word of the register that the catalogue has no words for.

    >>> str(word_in_words("military_aid"))
    'military aid'
    """
    return sentence("guarantees.word", word=word, words=_spaced(word))


def event_in_words(kind: str) -> Sentence:
    """Say a kind of event.

    >>> str(event_in_words("naval_blockade"))
    'a naval blockade'
    """
    return sentence("guarantees.event", kind=kind, words=_spaced(kind))


def fact_in_words(name: str) -> Sentence:
    """Say a fact of an event that is not known yet.

    >>> str(fact_in_words("new_attack"))
    'whether it is a new attack'
    """
    if name in _NO_FACTS_OF_AN_EVENT:
        return sentence("guarantees.open.fact", fact=name.replace(".", "-"))
    return sentence("guarantees.open.whether", fact=_true(name))


def deed_in_words(kind: str, *, goes_on: bool = False) -> Sentence:
    """Say what has to be done, as it stands after a verb; `goes_on` where more of the sentence follows.

    >>> str(deed_in_words("military_aid"))
    'give military aid'
    """
    return sentence("guarantees.deed", kind=kind, words=_spaced(kind), goes_on="yes" if goes_on else "no")


def named(actors: Actors, code: str, *, at_start: bool = False) -> Sentence | str:
    """Give the name of an actor with its article, and say so when members of a group are not known."""
    name = actors.name(code)
    said: Sentence | str
    if not name.startswith(_WITH_ARTICLE):
        said = f"{name[:1].upper()}{name[1:]}" if at_start else name
    elif at_start:
        said = sentence("guarantees.name.article-at-start", name=name)
    else:
        said = sentence("guarantees.name.article", name=name)
    return sentence("guarantees.name.unlisted", name=said) if actors.unlisted([code]) else said


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _named_all(actors: Actors, codes: tuple[str, ...]) -> tuple[Sentence | str, ...]:
    return tuple(named(actors, code) for code in codes)


def _duty(obligation: Obligation, actors: Actors) -> Sentence:
    """Say who owes what, to whom, how much, when and until when: one sentence with its full stop."""
    is_one = len(obligation.by) == 1 and obligation.by[0] not in actors.groups
    others = tuple(code for code in obligation.to if code not in obligation.by)
    to = sentence("guarantees.duty.to", names=_named_all(actors, others)) if others else None
    amount, when, due = _how_much(obligation), _when(obligation, actors), _by_when(obligation)
    goes_on = any(part is not None for part in (to, amount, when, due))
    return sentence(
        "guarantees.duty.whole",
        who=_who(obligation, actors, is_one=is_one),
        verb=sentence("guarantees.verb.one", strength=obligation.strength)
        if is_one and obligation.by[0] not in _PLURAL.get(spoken_language(), ())
        else sentence("guarantees.verb.many", strength=obligation.strength),
        deed=deed_in_words(obligation.kind, goes_on=goes_on),
        to=_part(to),
        amount=_part(amount),
        when=_part(when),
        due=sentence("guarantees.duty.part-after", part=due)
        if due is not None and _happenings(obligation.trigger)
        else _part(due),
    )


def _part(part: Sentence | None) -> Sentence | str:
    return "" if part is None else sentence("guarantees.duty.part", part=part)


def _condition(condition: Condition, actors: Actors) -> Sentence:
    return sentence(
        "guarantees.condition.effect",
        effect=condition.effect,
        condition=sentence("guarantees.condition.kind", kind=condition.kind, words=_spaced(condition.kind)),
        by=sentence("guarantees.condition.by", name=named(actors, condition.by)) if condition.by else "",
        note=sentence("guarantees.condition.note", note=condition.note) if condition.note else "",
    )


def _who(obligation: Obligation, actors: Actors, *, is_one: bool) -> Sentence | str:
    first = named(actors, obligation.by[0], at_start=True)
    if is_one:
        return first
    names = (first, *_named_all(actors, obligation.by[1:]))
    if obligation.mode == "joint":
        return sentence("guarantees.who.together", names=names)
    return sentence("guarantees.who.each", names=names)


def _how_much(obligation: Obligation) -> Sentence | None:
    parts = []
    if obligation.money is not None:
        parts.append(_money(obligation.money))
    if obligation.quantity is not None:
        parts.append(_quantity(obligation.quantity))
    return sentence("guarantees.duty.amount", parts=tuple(parts)) if parts else None


def _money(money: Sum) -> Sentence:
    if money.amount is not None:
        figure = sentence("guarantees.money.amount", amount=money.amount, per=money.per)
    else:
        percent = str(money.share_of_gdp_percent)
        figure = sentence("guarantees.money.share", percent=percent, per=money.per)
    return sentence("guarantees.qualified", qualifier=money.qualifier, figure=figure)


def _quantity(quantity: Quantity) -> Sentence:
    figure = sentence(
        "guarantees.quantity.units",
        value=quantity.value,
        unit=quantity.unit,
        item=sentence("guarantees.quantity.item", item=quantity.item) if quantity.item else "",
        per=quantity.per,
    )
    return sentence("guarantees.qualified", qualifier=quantity.qualifier, figure=figure)


def _happenings(trigger: Trigger) -> tuple[str, ...]:
    return tuple(event for event in trigger.events if event not in ("standing", "calendar"))


def _when(obligation: Obligation, actors: Actors) -> Sentence | None:
    trigger = obligation.trigger
    happenings = _happenings(trigger)
    if not happenings:
        return _throughout(obligation)
    by, against, asking = (
        _named_all(actors, codes) for codes in (trigger.by, trigger.against, trigger.on_request_of)
    )
    facts = tuple(_fact(*fact) for fact in trigger.requires.items())
    return sentence(
        "guarantees.when.event",
        events=tuple(map(event_in_words, happenings)),
        by=sentence("guarantees.when.by", names=by) if by else "",
        against=sentence("guarantees.when.against", names=against) if against else "",
        facts=sentence("guarantees.when.facts", facts=facts) if facts else "",
        asked=sentence("guarantees.when.asked", names=asking) if asking else "",
    )


def _true(name: str) -> Sentence:
    return sentence("guarantees.fact.true", fact=name, words=_spaced(name))


def _fact(name: str, value: Fact) -> Sentence:
    if isinstance(value, Duration):
        return sentence("guarantees.fact.persists", length=in_words(value))
    return _true(name) if value else sentence("guarantees.fact.not", fact=_true(name))


def _throughout(obligation: Obligation) -> Sentence | None:
    period = obligation.period
    if obligation.trigger.at is not None:
        return sentence("guarantees.when.from-at", at=obligation.trigger.at.said)
    if period is None:
        return None if obligation.due_on else sentence("guarantees.when.throughout")
    again: Sentence | str = ""
    if period.recurrence:
        again = sentence("guarantees.when.again", length=repeated(period.recurrence))
    if period.start and period.end:
        return sentence("guarantees.when.from-to", first=period.start, last=period.end, again=again)
    if period.start:
        return sentence("guarantees.when.from", first=period.start, again=again)
    if period.end:
        return sentence("guarantees.when.until", last=period.end, again=again)
    return sentence("guarantees.when.label", label=period.label, again=again)


def _by_when(obligation: Obligation) -> Sentence | None:
    deadline, urgency = obligation.deadline, obligation.urgency
    parts = []
    if deadline is not None and deadline.within is not None:
        due = sentence(
            "guarantees.due.within",
            qualifier=deadline.qualifier,
            length=in_words(deadline.within),
            start=sentence("guarantees.due.start", start=deadline.start),
        )
        if deadline.ambiguous:
            due = sentence("guarantees.due.ambiguous", due=due, why=deadline.ambiguous)
        parts.append(due)
    if obligation.due_on:
        parts.append(sentence("guarantees.due.by", day=obligation.due_on))
    if urgency:
        adverb = sentence("guarantees.due.urgency", urgency=urgency)
        parts.append(adverb if parts else sentence("guarantees.due.urgency-alone", urgency=adverb))
    return sentence("guarantees.due.all", parts=tuple(parts)) if parts else None
