"""How to plan, for how long, and what to hold on to: what a caller says, without the planner itself."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How to plan. `prove` looks until each value is proven; `fast` takes what the boxed model gives."""

    mode: str = "prove"

    def said(self) -> dict[str, str]:
        return {
            "mode": self.mode,
            "score": "share",
            "later": "share-days, cost",
            "payment": "most restricted first",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """What was promised: units by line. A new plan changes as little of it as it can, before all else."""

    promised: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long to look. A run under `nodes` alone can be repeated to the same result; one cut off by
    `seconds` cannot, and is marked."""

    seconds: float | None = None
    nodes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TierBound:
    """What a tier can have at most once the tiers before it have all they can."""

    tier: int
    bound: float


class CannotPlan(RuntimeError):
    """The planner cannot work on this machine. The message says what is missing, and the way out."""
