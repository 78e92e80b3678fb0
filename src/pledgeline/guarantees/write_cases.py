"""Write a scenario as TOML, so that the one reader there is gives the same scenario again.

What a page adds to a scenario, an answer or a request, is added to the value; the text is made from it.
"""

from collections.abc import Mapping

from pledgeline.guarantees.cases import SCHEMA
from pledgeline.guarantees.durations import Duration
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.scenarios import (
    BreachFinding,
    ConditionRecord,
    Fulfilment,
    Product,
    Scenario,
    ScenarioEvent,
)
from pledgeline.guarantees.toml_edit import Literal, literal
from pledgeline.money import Amount

Said = Mapping[str, Literal | None]


def scenario_toml(scenario: Scenario, as_of: Moment | None = None) -> str:
    """Write a scenario, with the moment for which it is usually asked where it has one.

    Shape:   `read_cases` gives the same scenario; answers worked out by hand are no part of it.
    """
    head: Said = {
        "schema": SCHEMA,
        "id": scenario.id,
        "title": scenario.title,
        "why": scenario.why,
        "names": scenario.own_texts,
        "as_of": _moment(as_of, "as_of", "as_of").get("as_of"),
        "instruments": scenario.instruments,
        "assume_in_force": tuple(
            {"instrument": assumption.instrument, "on": assumption.on} for assumption in scenario.assumptions
        ),
    }
    tables = [
        *(("events", _event(event)) for event in scenario.events),
        *(("records", _record(record)) for record in scenario.records),
        *(("conditions", _condition(record)) for record in scenario.conditions),
        *(("breaches", _breach(finding)) for finding in scenario.breaches),
        *(("gdp", _product(product)) for product in scenario.products),
    ]
    return "\n".join([_lines(head), *(f"[[{name}]]\n{_lines(text)}" for name, text in tables)])


def _lines(said: Said) -> str:
    """Write the keys of a table; what is empty was not said."""
    return "".join(
        f"{key} = {literal(value)}\n" for key, value in said.items() if value not in (None, "", (), {})
    )


def _moment(when: Moment | None, at: str = "at", on: str = "on") -> dict[str, Literal]:
    if when is None:
        return {}
    return {at: when.at.isoformat()} if when.at is not None else {on: str(when.on)}


def _learnt(when: Moment | None) -> dict[str, Literal]:
    return _moment(when, "learnt_at", "learnt_on")


def _event(event: ScenarioEvent) -> Said:
    facts: dict[str, Literal] = {
        name: fact.text if isinstance(fact, Duration) else fact for name, fact in event.facts.items()
    }
    return {
        "id": event.id,
        "kinds": event.kinds,
        **_moment(event.when),
        **_learnt(event.learnt),
        "by": event.by,
        "against": event.against,
        "episode": event.episode,
        "ref": event.ref,
        "instrument": event.instrument,
        "status": event.status,
        "to": event.to,
        "facts": facts,
        "note": event.note,
    }


def _record(record: Fulfilment) -> Said:
    return {
        "id": record.id,
        "instrument": record.instrument,
        "obligation": record.obligation,
        **_moment(record.when),
        **_learnt(record.learnt),
        "by": record.by,
        "episode": record.episode,
        "period": record.period,
        "amount": None if record.amount is None else _amount(record.amount),
        "quantity": record.quantity,
        "note": record.note,
    }


def _amount(amount: Amount) -> Literal:
    return {"value": f"{amount.major:f}", "currency": amount.currency}


def _condition(record: ConditionRecord) -> Said:
    return {
        "instrument": record.instrument,
        "obligation": record.obligation,
        "kind": record.kind,
        "by": record.by,
        "met": record.is_met,
        **_moment(record.when),
        **_learnt(record.learnt),
    }


def _breach(finding: BreachFinding) -> Said:
    return {
        "instrument": finding.instrument,
        "obligation": finding.obligation,
        "found_by": finding.found_by,
        "source": finding.source,
        **_moment(finding.when),
        "episode": finding.episode,
        "period": finding.period,
        "obligor": finding.obligor,
    }


def _product(product: Product) -> Said:
    return {
        "actor": product.actor,
        "year": product.year,
        "value": int(product.amount.major),
        "currency": product.amount.currency,
        **_moment(product.known_from, "known_at", "known_on"),
    }
