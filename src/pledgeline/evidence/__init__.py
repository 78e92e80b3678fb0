"""What was told: which statements are new money on a day, and whether stated totals agree."""

from pledgeline.evidence.agreement import Comparison, Reconciliation, compare, difference_of
from pledgeline.evidence.explanations import Possibility, PossibilityKind
from pledgeline.evidence.measures import Basis, MeasureScope, scope_of
from pledgeline.evidence.ranking import ranked_totals
from pledgeline.evidence.summary import Summary, summary_of
from pledgeline.evidence.told import Standing, Told, Treatment, Valued, Why, as_of, standings, sum_of

__all__ = [
    "Basis",
    "Comparison",
    "MeasureScope",
    "Possibility",
    "PossibilityKind",
    "Reconciliation",
    "Standing",
    "Summary",
    "Told",
    "Treatment",
    "Valued",
    "Why",
    "as_of",
    "compare",
    "difference_of",
    "ranked_totals",
    "scope_of",
    "standings",
    "sum_of",
    "summary_of",
]
