"""An obligation as a plain sentence, made from the data and from nothing else.

Whoever reads the sentence reads the record: if it sounds wrong, the record is wrong or the text is.
"""

from collections.abc import Sequence

from pledgeline.guarantees.durations import Duration, in_words
from pledgeline.guarantees.instruments import Fact, Instrument, Obligation, Quantity, Register, Sum
from pledgeline.guarantees.vocabulary import Actors
from pledgeline.money import in_full

BASES = {
    "text": "read in a text",
    "official": "from an official statement",
    "press": "from the press",
    "analysis": "from an analysis",
    "recalled": "recalled from general knowledge, to be checked",
}

_VERBS = {
    "shall": "shall",
    "will": "will",
    "intends": "intends to",
    "reaffirms": "reaffirms the duty to",
    "may": "may",
}
_VERBS_OF_MANY = _VERBS | {"intends": "intend to", "reaffirms": "reaffirm the duty to"}

_DEEDS = {
    "consult": "consult",
    "military_aid": "give military aid",
    "armed_response": "respond to it, with armed force not excluded,",
    "funding": "provide money",
    "training": "train forces",
    "intelligence": "share intelligence",
    "sanctions": "act by sanctions",
    "diplomatic": "act by diplomacy",
    "maritime_security": "help to secure the sea",
    "air_defence": "help to defend the air",
    "troop_presence": "station forces, or allow it",
    "monitoring": "monitor and verify",
    "restraint": "refrain from what the clause names",
    "cyber": "help against cyber attacks",
    "defence_industry": "cooperate in defence industry",
    "demining": "help with demining",
    "reconstruction": "help with reconstruction",
    "humanitarian": "give humanitarian help",
    "logistics": "provide logistics",
    "capability_building": "build up capability",
    "legislation": "pass or carry out laws",
    "reporting": "report",
    "withdrawal": "withdraw, or pull back",
    "release": "release the persons held",
    "review": "review the commitments",
}

_EVENTS = {
    "armed_attack": "an armed attack",
    "armed_aggression": "armed aggression",
    "nuclear_attack": "an attack with nuclear weapons",
    "naval_blockade": "a naval blockade",
    "threat_of_armed_attack": "a threat of armed attack",
    "nuclear_threat": "a threat with nuclear weapons",
    "significant_escalation": "a significant escalation",
    "ceasefire_violation": "a violation of the ceasefire",
    "airspace_incursion": "an incursion into airspace",
    "grey_zone_attack": "an attack below the threshold of war",
    "economic_coercion": "economic coercion",
    "security_threatened": "a threat to security, as a party sees it",
    "commitment_question": "a question about these commitments",
    "ceasefire_in_force": "the entry into force of a ceasefire",
    "hostilities_ended": "the end of hostilities",
    "peace_agreement": "a peace agreement",
}

_FACTS = {
    "new_attack": "it is a new attack",
    "significant": "it is significant",
    "deliberate": "it is deliberate",
    "sustained": "it is sustained",
    "expanded": "it has grown into a wider attack",
    "in_treaty_area": "it is in the treaty area",
    "on_territory": "it is on the victim's territory",
    "under_administration": "it is in territory under administration",
    "toward_guarantor": "something is heading for the guarantor",
    "across_line": "it crosses the agreed line",
}

_NOT_KNOWN = {
    "by": "who did it",
    "against": "against whom",
    "attribution": "whether the allegation is confirmed",
    "persists_after": "how long it goes on",
    "time": "the hour, on a day on which the instrument began or ended",
    "gdp": "the gross domestic product of the year",
    "period.start": "when the period began",
}

_STARTS = {
    "trigger": "of the event",
    "first_trigger": "of the first event",
    "request": "of the request",
    "determination": "of the determination",
    "signature": "of signature",
    "entry_into_force": "of entry into force",
    "date": "of the date named",
}

_URGENCIES = {"immediate": "at once", "swift": "swiftly", "urgent": "urgently", "prompt": "promptly"}

_OPEN = {
    "none": "",
    "means": "The means are left to the obligor.",
    "whether": "Whether to act at all is left to the obligor.",
    "whether_and_means": "Whether to act at all, and by what means, is left to the obligor.",
}

_EFFECTS = {
    "blocks": "Waits for",
    "limits": "Limited by",
    "suspends": "May be suspended over",
    "lapses": "Lapses over",
}

_WITH_ARTICLE = tuple(
    "United Russian European Netherlands Congress President Group German Parliament Council Republic "
    "Organization Parties Member Chamber Leaders Signatories Coalition".split()
)
"""Names that begin so take an article; no state of the register is misread by it."""


def sentence(register: Register, obligation: Obligation) -> str:
    """Say in plain words who owes what, to whom, when, and under which conditions.

    Means:   what is not in the sentence is not in the record; the summary of the clause stands beside it.
    """
    actors = register.actors
    is_one = len(obligation.by) == 1 and obligation.by[0] not in actors.groups
    verbs = _VERBS if is_one else _VERBS_OF_MANY
    parts = [
        _who(obligation, actors),
        verbs.get(obligation.strength, obligation.strength),
        _DEEDS.get(obligation.kind, obligation.kind.replace("_", " ")),
    ]
    others = [code for code in obligation.to if code not in obligation.by]
    if others:
        parts.append(f"for {_joined([named(actors, code) for code in others], 'and')}")
    parts += [_how_much(obligation), _when(obligation, actors), _by_when(obligation)]
    first = " ".join(part for part in parts if part).strip().removesuffix(",")
    sentences = [first[0].upper() + first[1:] + "."]
    if obligation.after:
        sentences.append(f"This starts only when “{obligation.after}” is fulfilled.")
    sentences += [
        f"{_EFFECTS.get(each.effect, each.effect)} {_condition(each.kind)}"
        + (f" by {named(actors, each.by)}" if each.by else "")
        + (f" ({each.note})" if each.note else "")
        + "."
        for each in obligation.conditions
    ]
    if obligation.is_power:
        sentences.append("Nothing is owed.")
    elif _OPEN.get(obligation.discretion):
        sentences.append(_OPEN[obligation.discretion])
    if obligation.limits:
        sentences.append(f"Exceptions: {_joined(obligation.limits, 'and')}.")
    return " ".join(sentences)


def provenance(instrument: Instrument, obligation: Obligation) -> str:
    """Say where an obligation is written, how that was read, and on which pages."""
    provision = f"Provision {obligation.provision}" if obligation.provision else "Provision not known"
    basis = BASES.get(obligation.basis, obligation.basis)
    return f"{provision}; {basis}; {instrument.id}, source {', '.join(obligation.sources)}."


def named(actors: Actors, code: str) -> str:
    """Give the name of an actor with its article, and say so when members of a group are not known."""
    name = actors.name(code)
    name = f"the {name}" if name.startswith(_WITH_ARTICLE) else name
    return f"{name} (members not all known)" if actors.unlisted([code]) else name


def _joined(words: Sequence[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _condition(kind: str) -> str:
    return kind.replace("_", " ").replace("un charter", "the UN Charter")


def _who(obligation: Obligation, actors: Actors) -> str:
    names = [named(actors, code) for code in obligation.by]
    if len(names) == 1 and obligation.by[0] not in actors.groups:
        return names[0]
    return f"{_joined(names, 'and')}, {'together' if obligation.mode == 'joint' else 'each for itself'},"


def _how_much(obligation: Obligation) -> str:
    parts = []
    if obligation.money is not None:
        parts.append(_money(obligation.money))
    if obligation.quantity is not None:
        parts.append(_quantity(obligation.quantity))
    return f"({'; '.join(parts)})" if parts else ""


_QUALIFIERS = {
    "exact": "", "about": "about ", "at_least": "at least ", "up_to": "up to ", "more_than": "more than ",
    "target": "as a target ", "": "",
}  # fmt: skip


def _money(money: Sum) -> str:
    per = " a year" if money.per == "year" else " in all"
    if money.amount is not None:
        return f"{_QUALIFIERS[money.qualifier]}{in_full(money.amount).replace(chr(160), ' ')}{per}"
    share = f"{money.share_of_gdp_percent} per cent of gross domestic product"
    return f"{_QUALIFIERS[money.qualifier]}{share}{per}"


def _quantity(quantity: Quantity) -> str:
    per = " a year" if quantity.per == "year" else ""
    item = f", {quantity.item}" if quantity.item else ""
    unit = (
        f"{quantity.unit}s" if quantity.value > 1 and quantity.unit in ("person", "system") else quantity.unit
    )
    return f"{_QUALIFIERS.get(quantity.qualifier, '')}{quantity.value:,} {unit}{item}{per}"


def _when(obligation: Obligation, actors: Actors) -> str:
    trigger = obligation.trigger
    happenings = [each for each in trigger.events if each not in ("standing", "calendar")]
    if not happenings:
        return _throughout(obligation)
    events = _joined([_EVENTS.get(each, each.replace("_", " ")) for each in happenings], "or")
    text = f"after {events}"
    if trigger.by:
        text += f" by {_joined([named(actors, code) for code in trigger.by], 'or')}"
    if trigger.against:
        text += f" against {_joined([named(actors, code) for code in trigger.against], 'or')}"
    if trigger.requires:
        text += f", if {_joined([_fact(*each) for each in trigger.requires.items()], 'and')}"
    if trigger.on_request_of:
        text += (
            f", at the request of {_joined([named(actors, code) for code in trigger.on_request_of], 'or')}"
        )
    return text + ","


def fact_in_words(name: str) -> str:
    """Say a fact of an event that is not known yet.

    >>> fact_in_words("new_attack")
    'whether it is a new attack'
    """
    return _NOT_KNOWN.get(name) or f"whether {_FACTS.get(name, name.replace('_', ' '))}"


def _fact(name: str, value: Fact) -> str:
    if isinstance(value, Duration):
        return f"it goes on after {in_words(value)}"
    words = _FACTS.get(name, name.replace("_", " "))
    return words if value else f"not: {words}"


def _throughout(obligation: Obligation) -> str:
    period = obligation.period
    if obligation.trigger.at is not None:
        return f"from {obligation.trigger.at} on"
    if period is None:
        return "" if obligation.due_on else "throughout the term"
    again = f", every {in_words(period.recurrence).removeprefix('1 ')}" if period.recurrence else ""
    if period.start and period.end:
        return f"from {period.start} to {period.end}{again}"
    if period.start:
        return f"from {period.start} on{again}"
    return (f"until {period.end}" if period.end else f"for {period.label}") + again


def _by_when(obligation: Obligation) -> str:
    deadline = obligation.deadline
    parts = []
    if deadline is not None and deadline.within is not None:
        soft = {"where_possible": "where possible ", "best_efforts": "as a best effort "}
        start = _STARTS.get(deadline.start, f"of {deadline.start}")
        text = f"{soft.get(deadline.qualifier, '')}within {in_words(deadline.within)} {start}"
        parts.append(f"{text} (ambiguous: {deadline.ambiguous})" if deadline.ambiguous else text)
    if obligation.due_on:
        parts.append(f"by {obligation.due_on}")
    if obligation.urgency:
        adverb = _URGENCIES.get(obligation.urgency, obligation.urgency)
        parts.append(adverb if parts else f"{adverb}, without a number of hours")
    return ", ".join(parts)
