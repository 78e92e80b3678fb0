"""A small invented programme to plan, whose best plan can be worked out by hand, and a planner at hand.

Two lines of priority 1 and two of priority 2, USD 1,000 for anything and USD 500 for medical items alone:

- R-1 wants 10 drones at USD 50: all can be bought for USD 500.
- R-2 wants 4 radios at USD 100 by day 20; they take 30 days: too late by 10.
- R-3 wants 20 stretchers (medical) at USD 20: USD 400, paid by the money for medical items.
- R-4 wants 10 generators at USD 90: of the USD 500 that is left for anything, 5 are bought.

So C-any pays 500 + 450 = 950 and has 50 left; C-med pays 400 and has 100 left; the plan costs 1,350.
"""

import json

from pledgeline.actions import plan_inputs, plans
from pledgeline.jobs.asking import Asker
from pledgeline.records.models import Origin, PlanInput, PlanRun, RunKind
from tests.working import worked_off

ADA = Asker(name="ada", account="1")

PROBLEM = {
    "currency": "USD",
    "categories": {"drone": "air", "radio": "signals", "stretcher": "medical", "generator": "energy"},
    "packages": [{"id": "P-1", "order_day": 0}],
    "lines": [
        {"id": "R-1", "item": "drone", "quantity": 10, "priority": 1, "need_by": 40},
        {"id": "R-2", "item": "radio", "quantity": 4, "priority": 1, "need_by": 20},
        {"id": "R-3", "item": "stretcher", "quantity": 20, "priority": 2},
        {"id": "R-4", "item": "generator", "quantity": 10, "priority": 2, "need_by": 90},
    ],
    "offers": [
        {"id": "O-1", "item": "drone", "unit_price_minor": 50_00, "lead_days": 10, "supplier": "Maker A"},
        {"id": "O-2", "item": "radio", "unit_price_minor": 100_00, "lead_days": 30, "supplier": "Maker B"},
        {"id": "O-3", "item": "stretcher", "unit_price_minor": 20_00, "lead_days": 5, "supplier": "Maker B"},
        {"id": "O-4", "item": "generator", "unit_price_minor": 90_00, "lead_days": 60, "supplier": "Maker A"},
    ],
    "contributions": [
        {"id": "C-any", "partner": "Ruritania", "amount_minor": 1_000_00, "currency": "USD"},
        {
            "id": "C-med",
            "partner": "Graustark",
            "amount_minor": 500_00,
            "currency": "USD",
            "earmark": {"allow": {"category": ["medical"]}},
        },
    ],
}


def as_json(problem: dict = PROBLEM) -> bytes:
    return json.dumps(problem).encode()


def handed_in(problem: dict = PROBLEM, name: str = "Invented", programme: str = "purl") -> PlanInput:
    return plan_inputs.hand_in(
        programme=programme,
        data=as_json(problem),
        file_name="invented.json",
        name=name,
        origin=Origin.JSON,
        asker=ADA,
    )


def asked(source: PlanInput | None = None, kind: RunKind = RunKind.PLAN, **more) -> PlanRun:
    values = {"mode": "prove", "budget_seconds": 30, "asker": ADA, **more}
    return plans.ask(source=source or handed_in(), kind=kind, **values)


def planned(source: PlanInput | None = None, **more) -> PlanRun:
    """Ask for a plan and make it, here and now."""
    run = asked(source, **more)
    worked_off()
    return again(run)


def again(run: PlanRun) -> PlanRun:
    """Read a run again, with its job."""
    found: PlanRun = PlanRun.objects.select_related("job", "input").get(pk=run.pk)
    return found
