"""What to buy, from whom, with whose money, in which package: provably best by priority.

    from pledgeline.plan import plan, explain, marginal, parse_problem, validate

A problem is read (`parse_problem`), looked over (`validate`), planned (`plan`), proven (`check`) and
explained (`explain`). `bound` answers at once what each tier can have at most.
"""

from pledgeline.plan.check import Violation, check
from pledgeline.plan.digest import digest_of
from pledgeline.plan.engine import bound, plan
from pledgeline.plan.excluded import excluding_terms
from pledgeline.plan.excuse import binding
from pledgeline.plan.explain import explain, explain_all
from pledgeline.plan.figures import PlanFigures
from pledgeline.plan.measure import charges_of
from pledgeline.plan.model import (
    Certainty,
    Earmark,
    Line,
    LineLimit,
    Package,
    Payment,
    Plan,
    PlanContribution,
    PlanOffer,
    Problem,
    Purchase,
    Score,
    Substitute,
    Supplier,
)
from pledgeline.plan.policy import CannotPlan, Keep, Limits, Policy, TierBound
from pledgeline.plan.read import parse_problem, read_problem
from pledgeline.plan.reason import Explanation, LineReason
from pledgeline.plan.steps import BetterStep, Tried, refuted, try_steps
from pledgeline.plan.validate import validate
from pledgeline.plan.watch import Patience, PlanProgress, Stopped, Timekeeper, Watch
from pledgeline.plan.whatif import (
    Freeing,
    Marginal,
    NotAChange,
    PlanDifference,
    compare,
    freeing,
    idle_money,
    marginal,
    with_changes,
    with_money,
)
from pledgeline.plan.write import (
    NotAPlan,
    answer_to_json,
    contradictions,
    plan_from_json,
    plan_to_json,
    problem_to_json,
)

__all__ = [
    "BetterStep",
    "CannotPlan",
    "Certainty",
    "Earmark",
    "Explanation",
    "Freeing",
    "Keep",
    "Limits",
    "Line",
    "LineLimit",
    "LineReason",
    "Marginal",
    "NotAChange",
    "NotAPlan",
    "Package",
    "Patience",
    "Payment",
    "Plan",
    "PlanContribution",
    "PlanDifference",
    "PlanFigures",
    "PlanOffer",
    "PlanProgress",
    "Policy",
    "Problem",
    "Purchase",
    "Score",
    "Stopped",
    "Substitute",
    "Supplier",
    "TierBound",
    "Timekeeper",
    "Tried",
    "Violation",
    "Watch",
    "answer_to_json",
    "binding",
    "bound",
    "charges_of",
    "check",
    "compare",
    "contradictions",
    "digest_of",
    "excluding_terms",
    "explain",
    "explain_all",
    "freeing",
    "idle_money",
    "marginal",
    "parse_problem",
    "plan",
    "plan_from_json",
    "plan_to_json",
    "problem_to_json",
    "read_problem",
    "refuted",
    "try_steps",
    "validate",
    "with_changes",
    "with_money",
]
