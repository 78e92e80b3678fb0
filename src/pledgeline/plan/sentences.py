"""A plan in sentences: how sure it is, why a line waits, why money is left. Said once, for every door.

The command line, the workbook and the pages of the site take their sentences from here, so that a line has the
same reason wherever somebody reads it.
"""

from collections.abc import Callable, Sequence
from datetime import date

from pledgeline.money import term_in_percent
from pledgeline.plan.buyable import Buyable, why_nothing_can_be_bought
from pledgeline.plan.excluded import excluding_terms, excluding_words
from pledgeline.plan.model import Certainty, Line, Plan, PlanContribution, Problem, Score
from pledgeline.plan.naming import named
from pledgeline.plan.reason import Explanation, LineReason
from pledgeline.programme.sentences import PlanDay, Sentence, as_written, dated, sentence

Day = Callable[[int], str]
"""Writes a day of the problem for people."""


def day_writer(first_day: date | None) -> Day:
    """Write days as dates counted from `first_day`; as numbers where there is none or no calendar has them.

    >>> day_writer(date(2026, 1, 1))(30), day_writer(None)(30)
    ('2026-01-31', 'day 30')
    """
    return lambda day: str(dated(as_written(PlanDay(day)), first_day))


def why(explanation: Explanation, first_day: date | None = None) -> str:
    """Say why a line gets what it gets, with dates where days have dates."""
    return str(dated(explanation.said, first_day)).replace("\u00a0", " ")


def reason_name(reason: LineReason) -> Sentence:
    """Give a reason in a few words, for a column."""
    return sentence("plan.reason-name", reason=reason.value)


def what_binds(explanation: Explanation) -> Sentence | None:
    """Name the limits that, lifted for this line alone, would give it more; None where nobody asked.

    >>> asked = Explanation(
    ...     line="A", wanted=1, got=0, reason=LineReason.MONEY, said=as_written(""), binding=("DATE+STOCK",)
    ... )
    >>> str(what_binds(asked))
    'dates and stock together'
    """
    if explanation.binding is None:
        return None
    if not explanation.binding:
        return sentence("plan.binding.none")
    return sentence("plan.binding", ways=tuple(map(_lifted, explanation.binding)))


def _lifted(limits: str) -> Sentence:
    names = [sentence("plan.limit", limit=limit) for limit in limits.split("+")]
    if len(names) == 2:
        return sentence("plan.binding.two", first=names[0], second=names[1])
    return names[0]


def verdict(plan: Plan) -> Sentence:
    """Say how good the plan is; best is said only of what is proven."""
    if plan.interrupted:
        return sentence("plan.verdict.stopped")
    if plan.is_provably_best():
        return sentence("plan.verdict.best")
    proven = []
    for score in plan.scores:
        if score.standing is not Certainty.PROVEN:
            break
        proven.append(score.name)
    if proven:
        tier = proven[-1].removeprefix("tier ")
        if tier != proven[-1]:
            return sentence("plan.verdict.best-up-to-priority", tier=tier)
        return sentence("plan.verdict.best-up-to", score=proven[-1])
    return sentence("plan.verdict.not-proven")


def score_name(name: str) -> Sentence:
    """Give an objective a name for people.

    >>> str(score_name("tier 1")), str(score_name("share-days"))
    ('Priority 1', 'Time of arrival (share-days)')
    """
    if name.startswith("tier "):
        return sentence("plan.score.tier", tier=name.removeprefix("tier "))
    return sentence("plan.score", score=name)


def how_sure(score: Score) -> Sentence:
    """Say how sure one value is.

    >>> str(how_sure(Score(name="tier 1", value=1, bound=1, standing=Certainty.PROVEN)))
    'proven: nothing better exists'
    """
    return sentence("plan.sure", standing=score.standing.name)


# ---- money that is left ----

_MOST_LINES = 6
"""Lines that a sentence names."""


def why_left(problem: Problem, plan: Plan) -> dict[str, Sentence]:
    """Say for each contribution that has money left why; by id."""
    waiting = [line for line in problem.lines if plan.fulfilled.get(line.id, 0) < line.quantity]
    buyable = Buyable(problem)
    lacks = [(line, buyable.lack_of(line)) for line in waiting]
    return {
        contribution.id: _why_left(problem, contribution, left, lacks)
        for contribution in problem.contributions
        if (left := problem.can_pay_minor(contribution) - plan.paid_minor.get(contribution.id, 0)) > 0
    }


def _why_left(
    problem: Problem,
    one: PlanContribution,
    left: int,
    lacks: Sequence[tuple[Line, LineReason | None]],
) -> Sentence:
    """Say why money is left; `lacks` says of each line that waits why it cannot be bought, where it cannot."""
    if not lacks:
        return sentence("plan.left.all-met")
    days = [package.order_day for package in problem.packages]
    if days and one.use_by is not None and one.use_by < min(days):
        return sentence("plan.left.lapses", use_by=PlanDay(one.use_by), first=PlanDay(min(days)))
    if days and one.available_from is not None and one.available_from > max(days):
        return sentence("plan.left.comes-late", from_day=PlanDay(one.available_from), last=PlanDay(max(days)))
    waiting = [line for line, lack in lacks if lack is None]
    if not waiting:
        return why_nothing_can_be_bought(problem, [lack for _, lack in lacks if lack is not None])
    open_to, cheapest = _open_to(problem, one, waiting)
    if not open_to:
        return _why_open_to_none(problem, one, waiting)
    if left < cheapest:
        return sentence("plan.left.too-little")
    lines = named(open_to, _MOST_LINES)
    terms = []
    if one.whole_package_only:
        terms.append(sentence("plan.left.whole-packages"))
    if one.max_share is not None:
        terms.append(sentence("plan.left.at-most", share=term_in_percent(one.max_share)))
    if terms:
        return sentence("plan.left.could-pay.on-terms", lines=lines, terms=tuple(terms))
    return sentence("plan.left.could-pay", lines=lines)


def _why_open_to_none(problem: Problem, one: PlanContribution, waiting: Sequence[Line]) -> Sentence:
    """Say why money may pay for none of the lines that can be bought: by the terms that each line names."""
    named = one.earmark.allow.get("line", frozenset()) | one.earmark.deny.get("line", frozenset())
    buyable = Buyable(problem)
    kinds = {
        (line.item, line.need_by, line.id if line.id in named else ""): line
        for line in waiting
        if buyable.costs_money(line)
    }
    if not kinds:
        return sentence("plan.left.free-of-charge")
    terms = {tuple(excluding_terms(problem, line, one)) for line in kinds.values()}
    if terms <= {("available_from",), ("use_by",)}:
        words = [half for line in kinds.values() for half in excluding_words(problem, line, one)]
        return sentence("plan.left.by-days", words=tuple(dict.fromkeys(words)))
    return sentence("plan.left.excluded")


def _open_to(problem: Problem, one: PlanContribution, waiting: Sequence[Line]) -> tuple[list[str], int]:
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
