"""What would change: more money, another term, another row; and what two plans do differently."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from pledgeline.plan.engine import bound
from pledgeline.plan.engine import plan as make_plan
from pledgeline.plan.model import Earmark, Plan, PlanContribution, Problem
from pledgeline.plan.policy import Policy
from pledgeline.plan.watch import Stopped, Watch
from pledgeline.programme.sentences import sentence

NEW = "\x00new"
"""The id of money that is only imagined: it sorts before every real one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDifference:
    """What one plan has more (or less) than another, by tier, line and contribution."""

    tiers: Mapping[str, Fraction]
    lines: Mapping[str, int]
    cost_minor: int
    paid_minor: Mapping[str, int]

    def is_none(self) -> bool:
        return not (any(self.tiers.values()) or self.lines or self.cost_minor or self.paid_minor)

    def is_better(self) -> bool:
        """Say whether the first tier that differs has more."""
        return next((more > 0 for more in self.tiers.values() if more), False)


def compare(before: Plan, after: Plan) -> PlanDifference:
    """Say what `after` has more than `before`."""
    names = [score.name for score in before.scores if score.name.startswith("tier ")]
    names += [
        score.name for score in after.scores if score.name.startswith("tier ") and score.name not in names
    ]
    old = {score.name: score.value for score in before.scores}
    new = {score.name: score.value for score in after.scores}
    return PlanDifference(
        tiers={name: new.get(name, Fraction(0)) - old.get(name, Fraction(0)) for name in names},
        lines=_changes(before.fulfilled, after.fulfilled),
        cost_minor=after.cost_minor - before.cost_minor,
        paid_minor=_changes(before.paid_minor, after.paid_minor),
    )


def _changes(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    return {
        name: after.get(name, 0) - before.get(name, 0)
        for name in sorted({*before, *after})
        if after.get(name, 0) != before.get(name, 0)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Marginal:
    """What an amount more would buy if it came with the terms of `like` ("": with none).

    `hoped` is the gain by tier in the relaxation: quick, and not exact. `confirmed` is what a new plan
    really has more; None where only the relaxation was asked.
    """

    like: str
    members: tuple[str, ...]
    amount_minor: int
    hoped: Mapping[int, float]
    confirmed: PlanDifference | None


def marginal(
    problem: Problem,
    plan: Plan,
    amount: int,
    signatures: Sequence[str] | None = None,
    confirm: int = 3,
    *,
    replan: Callable[[Problem], Plan] | None = None,
    watch: Watch | None = None,
) -> list[Marginal]:
    """Say what `amount` more would buy: without terms, and with those of each earmark there is.

    Units:   minor units of the plan's currency, after fees.
    Means:   `signatures` names contributions whose terms are asked for ("" for none); all when None. The
             best by the relaxation come first, and the first `confirm` are planned anew. Where `watch` ends it
             the terms that it had not come to are left out, and where `replan` raises `Stopped`, the plans.
    """
    again = replan or (lambda changed: make_plan(changed, Policy(mode=plan.policy.get("mode", "prove"))))
    groups: dict[tuple[object, ...], list[PlanContribution]] = {}
    for contribution in sorted(problem.contributions, key=lambda contribution: contribution.id):
        groups.setdefault(contribution.terms(), []).append(contribution)
    wanted: dict[str, list[PlanContribution]] = {"": []}
    for members in groups.values():
        if members[0].earmark != Earmark() or members[0].has_own_terms() or _has_days(members[0]):
            wanted[members[0].id] = members
    if signatures is not None:
        by_member = {member.id: first for first, members in wanted.items() for member in members}
        wanted = {by_member.get(name, ""): wanted[by_member.get(name, "")] for name in signatures}
    base = {score.tier: score.bound for score in bound(problem, watch=watch)}
    found = []
    for like, members in wanted.items():
        more = {score.tier: score.bound for score in bound(with_money(problem, amount, like), watch=watch)}
        if watch is not None and watch.must_end():
            break
        hoped = {tier: most - base[tier] for tier, most in more.items()}
        found.append(
            Marginal(
                like=like,
                members=tuple(member.id for member in members),
                amount_minor=amount,
                hoped=hoped,
                confirmed=None,
            )
        )
    found.sort(key=lambda hope: ([-round(gain, 6) for gain in hope.hoped.values()], hope.like))
    for place, hope in enumerate(found[:confirm]):
        try:
            made = again(with_money(problem, amount, hope.like))
        except Stopped:
            break
        found[place] = replace(hope, confirmed=compare(plan, made))
    return found


def _has_days(contribution: PlanContribution) -> bool:
    return contribution.available_from is not None or contribution.use_by is not None


def with_money(problem: Problem, amount: int, like: str = "", earmark: Earmark | None = None) -> Problem:
    """Add an amount in the plan's currency, with the terms of the contribution `like`, or an earmark."""
    new = PlanContribution(
        id=NEW, amount_minor=amount, currency=problem.currency, earmark=earmark or Earmark()
    )
    if like:
        found = next(contribution for contribution in problem.contributions if contribution.id == like)
        new = replace(found, id=NEW, amount_minor=amount, currency=problem.currency, fee_bps=0)
    return replace(problem, contributions=(*problem.contributions, new))


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeing:
    """One change of terms that would let idle money buy something."""

    contribution: str
    change: str
    idle_minor: int
    gained: PlanDifference


def idle_money(problem: Problem, plan: Plan) -> dict[str, int]:
    """Give what each contribution has left in the plan, those with nothing left aside."""
    return {
        contribution.id: left
        for contribution in sorted(problem.contributions, key=lambda contribution: contribution.id)
        if (left := problem.can_pay_minor(contribution) - plan.paid_minor.get(contribution.id, 0)) > 0
    }


def freeing(
    problem: Problem,
    plan: Plan,
    contribution: str,
    *,
    replan: Callable[[Problem], Plan] | None = None,
) -> list[Freeing]:
    """Say which single change of its terms would let a contribution's idle money buy more.

    Means:   one term is taken away at a time and the problem planned anew; the changes that better the
             plan, the best first.
    """
    again = replan or (lambda changed: make_plan(changed, Policy(mode=plan.policy.get("mode", "prove"))))
    one = next(giver for giver in problem.contributions if giver.id == contribution)
    idle = problem.can_pay_minor(one) - plan.paid_minor.get(one.id, 0)
    found = []
    for change, freed in _with_one_term_less(one):
        others = tuple(freed if other.id == one.id else other for other in problem.contributions)
        gained = compare(plan, again(replace(problem, contributions=others)))
        if gained.is_better():
            found.append(Freeing(contribution=one.id, change=change, idle_minor=idle, gained=gained))
    return sorted(found, key=lambda effect: ([-more for more in effect.gained.tiers.values()], effect.change))


def _with_one_term_less(one: PlanContribution) -> list[tuple[str, PlanContribution]]:
    found = []
    for side in ("allow", "deny"):
        terms = getattr(one.earmark, side)
        for key in sorted(terms):
            fewer = {name: values for name, values in terms.items() if name != key}
            freed = replace(one.earmark, **{side: fewer})
            found.append((f"without {side}.{key}", replace(one, earmark=freed)))
    if one.available_from is not None:
        found.append(("without available_from", replace(one, available_from=None)))
    if one.use_by is not None:
        found.append(("without use_by", replace(one, use_by=None)))
    if one.max_share is not None:
        found.append(("without max_share", replace(one, max_share=None)))
    if one.whole_package_only:
        found.append(("without whole_package_only", replace(one, whole_package_only=False)))
    return found


class NotAChange(ValueError):
    """A list of changes does not say what to change."""


def with_changes(data: Mapping[str, Any], changes: object) -> dict[str, object]:
    """Change a problem in its JSON form: [{"list", "id", "set"}], the id new or known.

    Means:   the fields in `set` replace those of the row; a new id makes a new row; `set` null removes
             the row. In “rates”, “categories” and “kits” the id is the name and `set` its value.
    Raises:  NotAChange, saying which change is wrong and why.
    """
    if not isinstance(changes, list):
        raise NotAChange(sentence("plan.not-a-change.no-list"))
    changed = dict(data)
    for place, change in enumerate(changes):
        if not isinstance(change, Mapping) or not {"list", "id", "set"} <= set(change):
            raise NotAChange(sentence("plan.not-a-change.lacks", number=str(place + 1)))
        section, name, values = change["list"], change["id"], change["set"]
        if section in ("rates", "categories", "kits"):
            named = dict(changed.get(section) or {})
            if values is None:
                named.pop(name, None)
            else:
                named[name] = values
            changed[section] = named
        elif section in ("lines", "offers", "packages", "contributions", "suppliers"):
            changed[section] = _with_row(changed.get(section) or [], name, values, place)
        else:
            said = sentence("plan.not-a-change.unknown-list", number=str(place + 1), name=str(section))
            raise NotAChange(said)
    return changed


def _with_row(rows: Sequence[object], name: object, values: object, place: int) -> list[object]:
    if values is None:
        return [row for row in rows if not (isinstance(row, Mapping) and row.get("id") == name)]
    if not isinstance(values, Mapping):
        raise NotAChange(sentence("plan.not-a-change.no-fields", number=str(place + 1)))
    if not any(isinstance(row, Mapping) and row.get("id") == name for row in rows):
        return [*rows, {"id": name, **values}]
    return [{**row, **values} if isinstance(row, Mapping) and row.get("id") == name else row for row in rows]
