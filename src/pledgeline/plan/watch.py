"""How a planning run and whoever waits for it talk: the clock and the bell are on the outside.

The planner has no clock of its own. It says when a step begins and how far it is, and asks whether it
should stop; a terminal, a page or a test answers in its own way.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a plan stands: what is being settled, the best value so far, and its bound.

    Until a step `is_settled` its bound still comes down, or up where less is better.
    """

    step: str
    place: int
    of: int
    value: Fraction | None
    bound: float | None
    is_settled: bool


class Watch(Protocol):
    """Whoever waits for a plan: has the clock, may stop the work, is told how far it is."""

    def begin(self, step: str, share: Fraction) -> None:
        """Note that a step begins which may take `share` of the time that is left."""

    def should_stop(self) -> bool:
        """Say whether the step should end now with what it has."""

    def tell(self, progress: Progress) -> None:
        """Hear how far the work is."""


class Patience:
    """A watch that never stops anything."""

    def begin(self, step: str, share: Fraction) -> None: ...

    def should_stop(self) -> bool:
        return False

    def tell(self, progress: Progress) -> None: ...
