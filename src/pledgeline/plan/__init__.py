"""What to buy, from whom, with whose money, in which package: provably best by priority."""

from pledgeline.plan.engine import Keep, Policy, bound, plan
from pledgeline.plan.model import Plan, Problem

__all__ = ["Keep", "Plan", "Policy", "Problem", "bound", "plan"]
