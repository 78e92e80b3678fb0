"""Write problems and plans as JSON values, and read plans back."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pledgeline.plan.exact_text import from_text, to_text
from pledgeline.plan.model import (
    Certainty,
    Contribution,
    Earmark,
    Line,
    Offer,
    Package,
    Payment,
    Plan,
    Problem,
    Purchase,
    Score,
    Supplier,
)
from pledgeline.programme.sentences import Sentence, as_written, sentence


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """Write a problem in the form that `read_problem` reads; what was left to its default is left out."""
    data: dict[str, Any] = {"currency": problem.currency}
    if problem.rates:
        data["rates"] = {
            code: [rate.numerator, rate.denominator] for code, rate in sorted(problem.rates.items())
        }
    if problem.categories:
        data["categories"] = dict(sorted(problem.categories.items()))
    if problem.kits:
        data["kits"] = {item: dict(sorted(parts.items())) for item, parts in sorted(problem.kits.items())}
    if problem.substitutes:
        data["substitutes"] = [
            {"item": substitute.item, "by": substitute.by, "ratio": number(substitute.ratio)}
            for substitute in problem.substitutes
        ]
    if problem.suppliers:
        data["suppliers"] = [_supplier(supplier) for supplier in problem.suppliers]
    data["packages"] = [_package(package) for package in problem.packages]
    data["lines"] = [_line(line) for line in problem.lines]
    data["offers"] = [_offer(offer) for offer in problem.offers]
    data["contributions"] = [_contribution(contribution) for contribution in problem.contributions]
    return data


def _supplier(supplier: Supplier) -> dict[str, Any]:
    return _without(
        {"id": supplier.id, "capacity": supplier.capacity, "charge_minor": supplier.charge_minor},
        {"capacity": None, "charge_minor": 0},
    )


def _package(package: Package) -> dict[str, Any]:
    return _without(
        {
            "id": package.id,
            "order_day": package.order_day,
            "target_minor": package.target_minor,
            "tolerance_minor": package.tolerance_minor,
            "max_lines": package.max_lines,
        },
        {"target_minor": None, "tolerance_minor": 0, "max_lines": None},
    )


def _line(line: Line) -> dict[str, Any]:
    return _without(
        {
            "id": line.id,
            "item": line.item,
            "quantity": line.quantity,
            "priority": line.priority,
            "need_by": line.need_by,
            "min_useful": line.min_useful,
            "multiple": line.multiple,
            "weight": number(line.weight),
            "excused": sorted(line.excused),
        },
        {"need_by": None, "min_useful": 1, "multiple": 1, "weight": 1, "excused": []},
    )


def _offer(offer: Offer) -> dict[str, Any]:
    return _without(
        {
            "id": offer.id,
            "item": offer.item,
            "unit_price_minor": offer.unit_price_minor,
            "available": offer.available,
            "lead_days": offer.lead_days,
            "lot": offer.lot,
            "min_order": offer.min_order,
            "supplier": offer.supplier,
            "source": offer.source,
        },
        {"available": None, "lot": 1, "min_order": 0, "supplier": "", "source": ""},
    )


def _contribution(one: Contribution) -> dict[str, Any]:
    return _without(
        {
            "id": one.id,
            "amount_minor": one.amount_minor,
            "currency": one.currency,
            "earmark": _earmark(one.earmark),
            "available_from": one.available_from,
            "use_by": one.use_by,
            "fee_bps": one.fee_bps,
            "max_share": None if one.max_share is None else number(one.max_share),
            "whole_package_only": one.whole_package_only,
            "partner": one.partner,
        },
        {
            "earmark": {},
            "available_from": None,
            "use_by": None,
            "fee_bps": 0,
            "max_share": None,
            "whole_package_only": False,
            "partner": "",
        },
    )


def _earmark(earmark: Earmark) -> dict[str, Any]:
    sides = {"allow": earmark.allow, "deny": earmark.deny}
    return {
        side: {key: sorted(values) for key, values in sorted(terms.items())}
        for side, terms in sides.items()
        if terms
    }


def _without(row: dict[str, Any], defaults: Mapping[str, object]) -> dict[str, Any]:
    return {
        key: value
        for key, value in row.items()
        if key not in defaults or value != defaults[key] or type(value) is not type(defaults[key])
    }


def number(exact: Fraction) -> int | list[int]:
    """Write an exact number: whole as it is, a fraction as [numerator, denominator]."""
    return exact.numerator if exact.denominator == 1 else [exact.numerator, exact.denominator]


def answer_to_json(plan: Plan) -> dict[str, Any]:
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


def plan_to_json(plan: Plan) -> dict[str, Any]:
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
