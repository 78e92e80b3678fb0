"""What was told: which statements are new money on a day, and whether stated totals agree."""

from pledgeline.evidence.agreement import Comparison, Explanation, Kind, compare
from pledgeline.evidence.measures import Basis
from pledgeline.evidence.told import Standing, Told, Treatment, Valued, Why, as_of, standings, sum_of

__all__ = [
    "Basis",
    "Comparison",
    "Explanation",
    "Kind",
    "Standing",
    "Told",
    "Treatment",
    "Valued",
    "Why",
    "as_of",
    "compare",
    "standings",
    "sum_of",
]
