"""Whether a line can be bought at all: somebody offers it, and it comes in time. Said once, for every reason.

A line that waits and money that is left give their reasons by this one rule, so that they never contradict
each other.
"""

from collections.abc import Iterable, Sequence

from pledgeline.plan.model import Line, Package, Problem
from pledgeline.plan.reason import LineReason
from pledgeline.programme.sentences import Sentence, sentence


class Buyable:
    """Looks at what is offered, and when it comes."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._first: Package | None = min(
            problem.packages, key=lambda package: (package.order_day, package.id), default=None
        )
        self._soonest: dict[str, tuple[int, str]] = {}
        self._soonest_priced: dict[str, int] = {}
        for offer in problem.offers:
            way = (offer.lead_days, offer.id)
            self._soonest[offer.item] = min(way, self._soonest.get(offer.item, way))
            if offer.unit_price_minor:
                days = self._soonest_priced.get(offer.item, offer.lead_days)
                self._soonest_priced[offer.item] = min(days, offer.lead_days)
        self._wanted: dict[str, set[str]] = {}

    def parts(self, line: Line) -> list[str]:
        """Give the parts of a line's kit, or "" for a line that is bought as it is."""
        return sorted(self.problem.kits.get(line.item, ())) or [""]

    def earliest(self, line: Line, part: str) -> tuple[int, str, str] | None:
        """Say on which day the first units of a part could arrive, from which offer and package; None: never."""
        ways = [self._soonest[item] for item in self._items(line, part) if item in self._soonest]
        if self._first is None or not ways:
            return None
        days, offer = min(ways)
        return self._first.order_day + days, offer, self._first.id

    def lack(self, line: Line, part: str) -> LineReason | None:
        """Say why a part of a line cannot be bought at all; None where it can."""
        earliest = self.earliest(line, part)
        if earliest is None:
            return LineReason.NO_OFFER
        return LineReason.TOO_LATE if line.need_by is not None and earliest[0] > line.need_by else None

    def lack_of(self, line: Line) -> LineReason | None:
        """Say why a line cannot be bought at all: the first of its parts that is lacking."""
        return next((lack for part in self.parts(line) if (lack := self.lack(line, part))), None)

    def costs_money(self, line: Line) -> bool:
        """Say whether some unit that would come in time for a line is not given free of charge."""
        days = [
            self._soonest_priced[item]
            for part in self.parts(line)
            for item in self._items(line, part)
            if item in self._soonest_priced
        ]
        if self._first is None or not days:
            return False
        return line.need_by is None or self._first.order_day + min(days) <= line.need_by

    def _items(self, line: Line, part: str) -> Iterable[str]:
        if part:
            return (part,)
        if line.item not in self._wanted:
            self._wanted[line.item] = set(self.problem.wanted(line.item))
        return self._wanted[line.item]


def why_nothing_can_be_bought(problem: Problem, lacks: Sequence[LineReason]) -> Sentence:
    """Say why none of some lines can be bought, whoever pays.

    >>> str(why_nothing_can_be_bought(Problem(currency="USD", packages=(Package(id="P1"),)), [LineReason.NO_OFFER]))
    'Nobody offers what the requirements that wait need.'
    """
    unoffered = sum(lack is LineReason.NO_OFFER for lack in lacks)
    late = len(lacks) - unoffered
    if not problem.packages:
        return sentence("plan.left.no-package")
    if not unoffered:
        return sentence("plan.left.all-late")
    if not late:
        return sentence("plan.left.no-offer")
    return sentence("plan.left.nothing-to-buy", unoffered=unoffered, late=late)
