"""A plan in sentences: how sure it is, why a line waits, why money is left. Said once, for every door.

The command line, the workbook and the pages of the site take their words from here, so that a line has the
same reason wherever somebody reads it.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from pledgeline.money import term_in_percent
from pledgeline.plan.buyable import Buyable, why_nothing_can_be_bought
from pledgeline.plan.excluded import excluding_terms, excluding_words
from pledgeline.plan.model import Contribution, Line, Plan, Problem, Score, Standing
from pledgeline.plan.reason import Explanation, Reason

NAMES = {
    Reason.MET: "fully met",
    Reason.NO_OFFER: "nobody offers it",
    Reason.TOO_LATE: "comes too late",
    Reason.NO_STOCK: "no stock left",
    Reason.ORDER: "order terms",
    Reason.MONEY: "no money left that may pay",
    Reason.PACKAGE: "package terms",
    Reason.UNSETTLED: "several limits together",
}
"""Reasons in a few words, for a column."""

LIMITS = {
    "MONEY": "money",
    "STOCK": "stock",
    "DATE": "dates",
    "ORDER": "order terms (lots, minimum orders, least useful amounts)",
    "PACKAGE": "package terms (targets, line limits, shares)",
}
"""The families of limits in words."""

Day = Callable[[int], str]
"""Writes a day of the problem for people."""


def day_writer(first_day: date | None) -> Day:
    """Write days as dates counted from `first_day`; as numbers where there is none or no calendar has them.

    >>> day_writer(date(2026, 1, 1))(30), day_writer(None)(30)
    ('2026-01-31', 'day 30')
    """

    def write(day: int) -> str:
        if first_day is not None:
            try:
                return str(first_day + timedelta(days=day))
            except OverflowError:
                pass
        return f"day {day}"

    return write


def why(explanation: Explanation, first_day: date | None = None) -> str:
    """Say in a plain sentence why a line gets what it gets, with dates where days have dates."""
    facts = explanation.facts
    if explanation.reason is not Reason.TOO_LATE or "days_late" not in facts:
        return explanation.said.replace("\u00a0", " ")
    on = day_writer(first_day)
    late, earliest = facts["days_late"], facts["earliest"]
    assert isinstance(late, int)
    assert isinstance(earliest, int)
    return (
        f"The earliest arrival is {on(earliest)} ({facts['offer']} in {facts['package']}), {late:,} "
        f"{'day' if late == 1 else 'days'} after {on(earliest - late)}, by which it is needed."
    )


def what_binds(explanation: Explanation) -> str:
    """Name the limits that, lifted for this line alone, would give it more; "" where nobody asked.

    >>> what_binds(Explanation(line="A", wanted=1, got=0, reason=Reason.MONEY, said="", binding=("DATE+STOCK",)))
    'dates and stock together'
    """
    if explanation.binding is None:
        return ""
    ways = []
    for limits in explanation.binding:
        names = [LIMITS[limit] for limit in limits.split("+")]
        ways.append(f"{names[0]} and {names[1]} together" if len(names) == 2 else names[0])
    return "; or ".join(ways) or "no limit alone, and no two together"


def verdict(plan: Plan) -> str:
    """Say in a sentence how good the plan is; best is said only of what is proven."""
    if plan.interrupted:
        return "The search was stopped: this is the best plan found so far, and a better one may exist."
    if plan.is_provably_best():
        return "Provably best: no plan that keeps these terms serves the priorities better."
    proven = []
    for score in plan.scores:
        if score.standing is not Standing.PROVEN:
            break
        proven.append(score_name(score.name).lower())
    if proven:
        return f"Proven best up to {proven[-1]}; what comes after it may still be bettered, within the bounds shown."
    return "Not proven best: how much better another plan could be is shown by the bounds."


def score_name(name: str) -> str:
    """Give an objective a name for people.

    >>> score_name("tier 1"), score_name("share-days")
    ('Priority 1', 'Time of arrival (share-days)')
    """
    if name.startswith("tier "):
        return f"Priority {name.removeprefix('tier ')}"
    return {"share-days": "Time of arrival (share-days)", "cost": "Cost", "kept": "Promises kept"}.get(
        name, name
    )


def how_sure(score: Score) -> str:
    """Say how sure one value is.

    >>> how_sure(Score(name="tier 1", value=1, bound=1, standing=Standing.PROVEN))
    'proven: nothing better exists'
    """
    return {
        Standing.PROVEN: "proven: nothing better exists",
        Standing.GIVEN_EARLIER: "proven for the choices made before it",
        Standing.BOUNDED: "not proven: between this value and its bound",
        Standing.UNKNOWN: "not proven, and no bound is known",
    }[score.standing]


# ---- money that is left ----


def why_left(problem: Problem, plan: Plan, first_day: date | None = None) -> dict[str, str]:
    """Say for each contribution that has money left why; by id."""
    waiting = [line for line in problem.lines if plan.fulfilled.get(line.id, 0) < line.quantity]
    buyable = Buyable(problem)
    lacks = [(line, buyable.lack_of(line)) for line in waiting]
    return {
        one.id: _why_left(problem, one, left, lacks, day_writer(first_day))
        for one in problem.contributions
        if (left := problem.can_pay_minor(one) - plan.paid_minor.get(one.id, 0)) > 0
    }


def _why_left(
    problem: Problem,
    one: Contribution,
    left: int,
    lacks: Sequence[tuple[Line, Reason | None]],
    on: Day,
) -> str:
    """Say why money is left; `lacks` says of each line that waits why it cannot be bought, where it cannot."""
    if not lacks:
        return "Every line is fully met."
    days = [package.order_day for package in problem.packages]
    if days and one.use_by is not None and one.use_by < min(days):
        return f"It lapses on {on(one.use_by)}, before the first order on {on(min(days))}."
    if days and one.available_from is not None and one.available_from > max(days):
        return f"It comes on {on(one.available_from)}, after the last order on {on(max(days))}."
    waiting = [line for line, lack in lacks if lack is None]
    if not waiting:
        return why_nothing_can_be_bought(problem, [lack for _, lack in lacks if lack is not None])
    open_to, cheapest = _open_to(problem, one, waiting)
    if not open_to:
        return _why_open_to_none(problem, one, waiting)
    if left < cheapest:
        return (
            "What is left is less than one unit costs of anything that it may pay for and that still waits."
        )
    names = ", ".join(open_to[:6]) + (f" and {len(open_to) - 6} more" if len(open_to) > 6 else "")
    terms = []
    if one.whole_package_only:
        terms.append("it pays whole packages only")
    if one.max_share is not None:
        terms.append(f"it pays at most {term_in_percent(one.max_share)} of a package")
    because = f" ({'; '.join(terms)})" if terms else ""
    return f"It could pay for {names}; what keeps these lines waiting is said at each of them{because}."


def _why_open_to_none(problem: Problem, one: Contribution, waiting: Sequence[Line]) -> str:
    """Say why money may pay for none of the lines that can be bought: by the terms that each line names."""
    named = one.earmark.allow.get("line", frozenset()) | one.earmark.deny.get("line", frozenset())
    buyable = Buyable(problem)
    kinds = {
        (line.item, line.need_by, line.id if line.id in named else ""): line
        for line in waiting
        if buyable.costs_money(line)
    }
    if not kinds:
        return "What the lines that wait could still have is given free of charge: no money pays for it."
    terms = {tuple(excluding_terms(problem, line, one)) for line in kinds.values()}
    if terms <= {("available_from",), ("use_by",)}:
        words = [excluding_words(problem, line, one) for line in kinds.values()]
        return f"It {' or '.join(dict.fromkeys(words))}."
    return "Its terms allow none of the lines that wait, as they can be bought in time."


def _open_to(problem: Problem, one: Contribution, waiting: Sequence[Line]) -> tuple[list[str], int]:
    """List the waiting lines some unit of which this money may pay for in time, by priority and id.

    Shape:   the ids, and the least that one unit for any of them costs.
    """
    ways: dict[tuple[str, str], list[tuple[int, int]]] = {}
    named = one.earmark.allow.get("line", frozenset()) | one.earmark.deny.get("line", frozenset())
    for line_id in ("", *named):
        asked = Line(id=line_id, item="", quantity=1)
        for offer in problem.offers:
            for package in problem.packages:
                if offer.unit_price_minor and problem.may_pay(one, asked, offer, package):
                    way = (package.order_day + offer.lead_days, offer.unit_price_minor)
                    ways.setdefault((line_id, offer.item), []).append(way)
    found, prices = [], []
    for line in sorted(waiting, key=lambda line: (line.priority, line.id)):
        group = line.id if line.id in named else ""
        wanted = set(problem.kits.get(line.item, ())) or set(problem.wanted(line.item))
        in_time = [
            price
            for item in wanted
            for day, price in ways.get((group, item), ())
            if line.need_by is None or day <= line.need_by
        ]
        if in_time:
            found.append(line.id)
            prices.append(min(in_time))
    return found, min(prices, default=0)
