"""Write problems and plans as JSON values, and read plans back."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from fractions import Fraction
from functools import cache
from operator import attrgetter

from pledgeline.plan.exact_text import from_text, to_text
from pledgeline.plan.model import (
    Certainty,
    Earmark,
    Payment,
    Plan,
    Problem,
    Purchase,
    Score,
)
from pledgeline.plan.read import ROWS
from pledgeline.programme.sentences import Sentence, as_written, sentence

_SAID_ALWAYS = frozenset({"priority", "lead_days", "order_day", "ratio"})
"""Fields that are written even where they are what nobody said: the digests of saved plans have them."""


def problem_to_json(problem: Problem) -> dict[str, object]:
    """Write a problem in the form that `read_problem` reads; what was left to its default is left out."""
    data: dict[str, object] = {"currency": problem.currency}
    if problem.rates:
        data["rates"] = {
            code: [rate.numerator, rate.denominator] for code, rate in sorted(problem.rates.items())
        }
    if problem.categories:
        data["categories"] = dict(sorted(problem.categories.items()))
    if problem.kits:
        data["kits"] = {item: dict(sorted(parts.items())) for item, parts in sorted(problem.kits.items())}
    for section in ROWS:
        rows = [
            {name: _as_json(value) for name, value in said_of(row).items()}
            for row in getattr(problem, section)
        ]
        if rows or section not in ("substitutes", "suppliers"):
            data[section] = rows
    return data


def said_of(row: object) -> dict[str, object]:
    """Give what a row of a problem says by the names of its fields, without what is so where nobody says it."""
    names, usual, values = _shape(type(row))  # type: ignore[arg-type]
    return {
        name: value
        for name, default, value in zip(names, usual, values(row), strict=True)
        if value != default
    }


@cache
def _shape(kind: type) -> "tuple[tuple[str, ...], tuple[object, ...], attrgetter[tuple[object, ...]]]":
    """Give the fields of a row, what each is where nobody says it, and how to get all of them."""
    names = tuple(field.name for field in fields(kind))
    usual = tuple(MISSING if field.name in _SAID_ALWAYS else field.default for field in fields(kind))
    return names, usual, attrgetter(*names)


def _as_json(value: object) -> object:
    if isinstance(value, str | int):
        return value
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Earmark):
        sides = {"allow": value.allow, "deny": value.deny}
        return {
            side: {key: sorted(names) for key, names in sorted(terms.items())}
            for side, terms in sides.items()
            if terms
        }
    return value


def number(exact: Fraction) -> int | list[int]:
    """Write an exact number: whole as it is, a fraction as [numerator, denominator]."""
    return exact.numerator if exact.denominator == 1 else [exact.numerator, exact.denominator]


def answer_to_json(plan: Plan) -> dict[str, object]:
    """Write what a plan decides, in the form of the shared cases' answers."""
    return {
        "tier_scores": {
            score.name.removeprefix("tier "): to_text(score.value)
            for score in plan.scores
            if score.name.startswith("tier ")
        },
        "fulfilled": dict(plan.fulfilled),
        "share_days": to_text(plan.score("share-days").value),
        "cost_minor": plan.cost_minor,
        "purchases": [
            [purchase.line, purchase.offer, purchase.package, purchase.units] for purchase in plan.purchases
        ],
        "paid_minor": dict(plan.paid_minor),
    }


def plan_to_json(plan: Plan) -> dict[str, object]:
    """Write a whole plan: its answer, who pays for what, how good it is, and where it came from."""
    return answer_to_json(plan) | {
        "payments": [
            [payment.contribution, payment.line, payment.offer, payment.package, payment.minor]
            + ([payment.supplier] if payment.supplier else [])
            for payment in plan.payments
        ],
        "scores": [
            {
                "name": score.name,
                "value": to_text(score.value),
                "bound": None if score.bound is None else to_text(score.bound),
                "standing": score.standing.value,
            }
            for score in plan.scores
        ],
        "provably_best": plan.is_provably_best(),
        "interrupted": plan.interrupted,
        "input_digest": plan.input_digest,
        "policy": dict(plan.policy),
        "solver": plan.solver,
        "budget": plan.budget,
        "notes": [str(note) for note in plan.notes],
    }


class NotAPlan(ValueError):
    """The JSON does not hold a plan."""


def plan_from_json(data: object) -> Plan:
    """Read a plan that `plan_to_json` wrote, or a bare answer.

    Raises:  NotAPlan, saying what is missing or of the wrong kind.
    """
    if not isinstance(data, Mapping):
        raise NotAPlan(sentence("plan.not-a-plan"))
    try:
        scores = [
            Score(
                name=str(score["name"]),
                value=from_text(score["value"]),
                bound=None if score["bound"] is None else from_text(score["bound"]),
                standing=Certainty(score["standing"]),
            )
            for score in data.get("scores", [])
        ] or [
            *(
                Score(name=f"tier {tier}", value=from_text(value), bound=None, standing=Certainty.UNKNOWN)
                for tier, value in data["tier_scores"].items()
            ),
            Score(
                name="share-days",
                value=from_text(data["share_days"]),
                bound=None,
                standing=Certainty.UNKNOWN,
            ),
        ]
        return Plan(
            purchases=tuple(
                Purchase(line=str(line), offer=str(offer), package=str(package), units=_whole(units))
                for line, offer, package, units in data["purchases"]
            ),
            payments=tuple(
                Payment(
                    contribution=str(giver),
                    line=str(line),
                    offer=str(offer),
                    package=str(package),
                    minor=_whole(minor),
                    supplier=str(*supplier),
                )
                for giver, line, offer, package, minor, *supplier in data.get("payments", [])
            ),
            scores=tuple(scores),
            fulfilled={str(line): _whole(units) for line, units in data["fulfilled"].items()},
            cost_minor=_whole(data["cost_minor"]),
            paid_minor={str(name): _whole(minor) for name, minor in data["paid_minor"].items()},
            input_digest=str(data.get("input_digest", "")),
            policy={str(key): str(value) for key, value in data.get("policy", {}).items()},
            solver=str(data.get("solver", "")),
            budget=str(data.get("budget", "")),
            interrupted=bool(data.get("interrupted", False)),
            notes=tuple(as_written(str(note)) for note in data.get("notes", [])),
        )
    except KeyError as error:
        raise NotAPlan(sentence("plan.not-a-plan.lacks", name=str(error))) from None
    except (TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        raise NotAPlan(sentence("plan.not-a-plan.of-a-part", error=str(error))) from None


def contradictions(data: Mapping[str, object], plan: Plan) -> list[tuple[str, Sentence]]:
    """Say where a file that was read as `plan` contradicts itself: a figure that does not follow from the rest.

    Shape:   (field, what is wrong), in the order of the file.
    """
    told = plan_to_json(plan)
    found = [
        (name, sentence("plan.contradiction", one=_shortly(value), rest=_shortly(told[name])))
        for name, value in data.items()
        if name in told and value != told[name]
    ]
    for score in plan.scores:
        if score.standing is Certainty.PROVEN and score.bound not in (None, score.value):
            said = sentence("plan.contradiction.of-proof", value=score.value, bound=score.bound)
            found.append((score.name, said))
    return found


def _shortly(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} is not a whole number")
    return value
