"""Why money that is left may not pay for a line: the terms that its partner would have to change."""

from pledgeline.plan.model import Line, PlanContribution, Problem
from pledgeline.programme.sentences import Sentence, sentence

_MOST_NAMES = 3


def excluding_terms(problem: Problem, line: Line, one: PlanContribution) -> list[str]:
    """Name the terms each of which alone forbids every way of serving the line in time that costs something.

    Shape:   “allow.category”, “deny.item”, “available_from”, “use_by” and their like; empty where no term
             alone does, but several together.
    """
    items = {*problem.wanted(line.item), *problem.kits.get(line.item, {})}
    possible = [
        (offer, package)
        for offer in problem.offers
        if offer.item in items and offer.unit_price_minor
        for package in problem.packages
        if problem.arrives_in_time(line, offer, package)
    ]
    ways = [
        {
            "category": problem.categories.get(offer.item, ""),
            "item": offer.item,
            "line": line.id,
            "package": package.id,
            "supplier": offer.supplier,
            "source": offer.source,
        }
        for offer, package in possible
    ]
    days = [package.order_day for _offer, package in possible]
    allow, deny = one.earmark.allow, one.earmark.deny
    found = [f"allow.{key}" for key in sorted(allow) if not any(way[key] in allow[key] for way in ways)]
    found += [f"deny.{key}" for key in sorted(deny) if all(way[key] in deny[key] for way in ways)]
    if one.available_from is not None and all(day < one.available_from for day in days):
        found.append("available_from")
    if one.use_by is not None and all(day > one.use_by for day in days):
        found.append("use_by")
    return found


def excluding_words(problem: Problem, line: Line, one: PlanContribution) -> tuple[Sentence, ...]:
    """Say in half-sentences what keeps a contribution from a line.

    >>> terms = PlanContribution(id="C1", amount_minor=1, currency="USD", use_by=3)
    >>> print(*excluding_words(Problem(currency="USD"), Line(id="L1", item="A", quantity=1), terms))
    lapses before anything that would come in time is ordered
    """
    said = []
    for term in excluding_terms(problem, line, one):
        side, _dot, key = term.partition(".")
        if side == "available_from":
            said.append(sentence("plan.excludes.comes-late"))
        elif side == "use_by":
            said.append(sentence("plan.excludes.lapses"))
        elif side == "allow":
            said.append(sentence("plan.excludes.only-for", what=_named(key, one.earmark.allow[key])))
        else:
            said.append(sentence("plan.excludes.not-for", what=_named(key, one.earmark.deny[key])))
    return tuple(said) or (sentence("plan.excludes.together"),)


def _named(key: str, values: frozenset[str]) -> Sentence:
    """Name what an earmark speaks about: a few values, and how many more.

    >>> str(_named("category", frozenset({"artillery", "air defence"})))
    'category air defence or artillery'
    """
    names = tuple(sorted(values))
    if not names:
        return sentence("plan.earmark.none", key=key)
    if len(names) <= _MOST_NAMES:
        return sentence("plan.earmark.any", key=key, names=names)
    more = str(len(names) - _MOST_NAMES)
    return sentence("plan.earmark.any-or-more", key=key, names=names[:_MOST_NAMES], more=more)
