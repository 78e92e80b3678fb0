"""A second judge that shares nothing with the product: it reads the JSON and tries everything twice.

Purchases are tried unit by unit and payments cent by cent, so amounts must be tiny: a handful of minor
units. What is right is what the form's description says, read as naively as can be.
"""

from fractions import Fraction
from itertools import combinations, product
from typing import Any


def _number(value: Any, default: int = 1) -> Fraction:
    if value is None:
        return Fraction(default)
    return Fraction(*value) if isinstance(value, list) else Fraction(value)


def solve(p: dict[str, Any]) -> dict[str, Any]:
    """Give the best answer in the terms of `expected`."""
    lines = sorted(p["lines"], key=lambda one: (one["priority"], one["id"]))
    triples = [
        (line, offer, package)
        for line, offer, package in product(lines, p["offers"], p["packages"])
        if _worth(p, line, offer) and package["order_day"] + offer["lead_days"] <= line.get("need_by", 10**9)
    ]
    triples.sort(key=lambda one: tuple(part["id"] for part in one))
    best = None
    for units in product(*(range(offer["available"] + 1) for _, offer, _ in triples)):
        bought = [(*triple, number) for triple, number in zip(triples, units, strict=True) if number]
        key = _key(p, lines, bought)
        if key is None or (best is not None and key >= best[0]):
            continue
        paid = _payment(p, bought)
        if paid is not None:
            best = (key, bought, paid)
    assert best is not None
    return _answer(p, lines, *best)


def _worth(p: dict[str, Any], line: dict[str, Any], offer: dict[str, Any]) -> Fraction | None:
    """Say as how many units of the line's item one unit of the offer counts; None: it is of no use."""
    if line["item"] in p.get("kits", {}):
        return Fraction(1) if offer["item"] in p["kits"][line["item"]] else None
    if offer["item"] == line["item"]:
        return Fraction(1)
    for one in p.get("substitutes", []):
        if (one["item"], one["by"]) == (line["item"], offer["item"]):
            return _number(one["ratio"])
    return None


def _served(p: dict[str, Any], line: dict[str, Any], bought: list[Any]) -> int | None:
    """Count what a line gets; None where that is not allowed."""
    own = [(offer, units) for one, offer, _, units in bought if one is line]
    if line["item"] in p.get("kits", {}):
        got = {
            part: Fraction(sum(units for offer, units in own if offer["item"] == part), count)
            for part, count in p["kits"][line["item"]].items()
        }
        if len(set(got.values())) > 1 or next(iter(got.values())).denominator > 1:
            return None
        served = int(next(iter(got.values())))
    else:
        served = int(sum((_worth(p, line, offer) * units for offer, units in own), Fraction(0)) // 1)
    if served == 0:
        return None if own else 0
    fits = served >= line.get("min_useful", 1) and served <= line["quantity"]
    return served if fits and served % line.get("multiple", 1) == 0 else None


def _charges(p: dict[str, Any], bought: list[Any]) -> dict[tuple[str, str], int]:
    return {
        (one["id"], package["id"]): one["charge_minor"]
        for one in p.get("suppliers", [])
        for _, offer, package, _ in bought
        if offer["supplier"] == one["id"] and one.get("charge_minor")
    }


def _cost(p: dict[str, Any], bought: list[Any], package: str) -> int:
    charges = sum(charge for (_, name), charge in _charges(p, bought).items() if name == package)
    return charges + sum(
        offer["unit_price_minor"] * units for _, offer, one, units in bought if one["id"] == package
    )


def _key(p: dict[str, Any], lines: list[Any], bought: list[Any]) -> tuple[Any, ...] | None:
    """Judge a plan without its money: the smaller the better; None where a term is broken."""
    served = [_served(p, line, bought) for line in lines]
    if None in served:
        return None
    for offer in p["offers"]:
        if sum(units for _, one, _, units in bought if one is offer) > offer["available"]:
            return None
    for supplier in p.get("suppliers", []):
        sold = sum(units for _, one, _, units in bought if one["supplier"] == supplier["id"])
        if sold > supplier.get("capacity", 10**9):
            return None
    for offer, package in product(p["offers"], p["packages"]):
        there = sum(units for _, one, other, units in bought if one is offer and other is package)
        if there and (there % offer["lot"] or there < offer["min_order"]):
            return None
    for package in p["packages"]:
        there = {line["id"] for line, _, one, _ in bought if one is package}
        off = abs(_cost(p, bought, package["id"]) - package.get("target_minor", 0))
        if there and "target_minor" in package and off > package.get("tolerance_minor", 0):
            return None
        if len(there) > package.get("max_lines", 10**9):
            return None
    scores = []
    days = Fraction(0)
    for tier in sorted({line["priority"] for line in lines}):
        scores.append(
            sum(
                _number(line.get("weight")) * got / line["quantity"]
                for line, got in zip(lines, served, strict=True)
                if line["priority"] == tier
            )
        )
    for line, got in zip(lines, served, strict=True):
        arrivals = sorted({q["order_day"] + o["lead_days"] for one, o, q, _ in bought if one is line})
        done = 0
        for day in arrivals:
            here = [b for b in bought if b[0] is line and b[2]["order_day"] + b[1]["lead_days"] <= day]
            now = _complete(p, line, here)
            days += _number(line.get("weight")) * (now - done) * day / line["quantity"]
            done = now
        assert done == got
    return (
        [-score for score in scores],
        days,
        sum(_cost(p, bought, package["id"]) for package in p["packages"]),
        [-got for got in served],
        [(line["id"], offer["id"], package["id"], -units) for line, offer, package, units in bought],
    )


def _complete(p: dict[str, Any], line: dict[str, Any], here: list[Any]) -> int:
    if line["item"] in p.get("kits", {}):
        return min(
            sum(units for _, offer, _, units in here if offer["item"] == part) // count
            for part, count in p["kits"][line["item"]].items()
        )
    return int(sum(_worth(p, line, offer) * units for _, offer, _, units in here) // 1)


def _may(p: dict[str, Any], giver: dict[str, Any], about: dict[str, str], day: int) -> bool:
    earmark = giver.get("earmark", {})
    return (
        giver.get("available_from", -(10**9)) <= day <= giver.get("use_by", 10**9)
        and all(about[key] in values for key, values in earmark.get("allow", {}).items())
        and not any(about[key] in values for key, values in earmark.get("deny", {}).items())
    )


def _may_buy(
    p: dict[str, Any], giver: dict[str, Any], line: dict[str, Any], offer: dict[str, Any], q: dict[str, Any]
) -> bool:
    about = {
        "category": p["categories"].get(offer["item"], ""),
        "item": offer["item"],
        "line": line["id"],
        "package": q["id"],
        "supplier": offer["supplier"],
        "source": offer["source"],
    }
    return _may(p, giver, about, q["order_day"])


def _can_pay(p: dict[str, Any], giver: dict[str, Any]) -> int:
    rate = Fraction(1) if giver["currency"] == p["currency"] else _number(p["rates"][giver["currency"]])
    return int(giver["amount_minor"] * Fraction(10_000 - giver.get("fee_bps", 0), 10_000) * rate // 1)


def _payment(p: dict[str, Any], bought: list[Any]) -> dict[str, int] | None:
    """Try every way to pay; keep the one in which the most restricted pay the most."""
    givers = p["contributions"]
    can = [_can_pay(p, giver) for giver in givers]
    owed: dict[tuple[str, tuple[int, ...]], int] = {}
    for line, offer, q, units in bought:
        who = tuple(n for n, giver in enumerate(givers) if _may_buy(p, giver, line, offer, q))
        owed[q["id"], who] = owed.get((q["id"], who), 0) + offer["unit_price_minor"] * units
    for (supplier, name), charge in _charges(p, bought).items():
        q = next(one for one in p["packages"] if one["id"] == name)
        about = dict.fromkeys(("category", "item", "line", "source"), "")
        about |= {"package": name, "supplier": supplier}
        who = tuple(n for n, giver in enumerate(givers) if _may(p, giver, about, q["order_day"]))
        owed[name, who] = owed.get((name, who), 0) + charge
    cost = {q["id"]: _cost(p, bought, q["id"]) for q in p["packages"]}
    bills = [(name, who, amount) for (name, who), amount in owed.items() if amount]
    found = set()
    seen = set()

    def pay(place: int, paid: tuple[tuple[tuple[str, int], ...], ...]) -> None:
        if (place, paid) in seen:
            return
        seen.add((place, paid))
        if place == len(bills):
            if all(_terms_hold(giver, dict(parts), cost) for giver, parts in zip(givers, paid, strict=True)):
                found.add(tuple(sum(dict(parts).values()) for parts in paid))
            return
        name, who, amount = bills[place]
        for parts in _divided(amount, len(who)):
            after = [dict(one) for one in paid]
            for n, part in zip(who, parts, strict=True):
                if part:
                    after[n][name] = after[n].get(name, 0) + part
            if all(sum(one.values()) <= most for one, most in zip(after, can, strict=True)):
                pay(place + 1, tuple(tuple(sorted(one.items())) for one in after))

    pay(0, tuple(() for _ in givers))
    if not found:
        return None
    order = _order(p)
    totals = max([sum(one[n] for n in side) for side in order] for one in found)
    left = [one for one in found if [sum(one[n] for n in side) for side in order] == totals]
    paid = {}
    for side, total in zip(order, totals, strict=True):
        parts = _side_by_side(side, total, can, [{n: one[n] for n in side} for one in left])
        paid |= {givers[n]["id"]: part for n, part in parts.items()}
    return paid


def _order(p: dict[str, Any]) -> list[list[int]]:
    """Say who pays after whom: the most restricted first, equal terms side by side."""
    givers = p["contributions"]
    alike: dict[str, list[int]] = {}
    for n in sorted(range(len(givers)), key=lambda n: givers[n]["id"]):
        own = ("id", "amount_minor", "currency", "fee_bps")
        terms = {key: value for key, value in givers[n].items() if key not in own}
        alone = givers[n]["id"] if terms.get("whole_package_only") else ""
        alike.setdefault(repr((sorted(terms.items(), key=repr), alone)), []).append(n)

    def turn(side: list[int]) -> tuple[Any, ...]:
        giver = givers[side[0]]
        reach = sum(_may_buy(p, giver, *triple) for triple in product(p["lines"], p["offers"], p["packages"]))
        allow, deny = (list(giver.get("earmark", {}).get(key, {}).values()) for key in ("allow", "deny"))
        return reach, -len(allow), sum(map(len, allow)), -sum(map(len, deny)), giver["id"]

    order = sorted(alike.values(), key=turn)
    for place in range(
        len(order)
    ):  # of equal reach and with a use-by day: the earliest day comes to this place
        dated = [
            n
            for n in range(place, len(order))
            if "use_by" in givers[order[n][0]] and turn(order[n])[0] == turn(order[place])[0]
        ]
        if place in dated:
            first = min(dated, key=lambda n: givers[order[n][0]]["use_by"])
            sides = [order[n] for n in dated if n != first]
            order[place] = order[first]
            for n, side in zip(dated[1:], sides, strict=True):
                order[n] = side
    return order


def _side_by_side(
    side: list[int], total: int, can: list[int], possible: list[dict[int, int]]
) -> dict[int, int]:
    """Divide what a side pays: the same part of what each can, as far as it is `possible`."""
    names = [n for n in side if can[n]]
    most = {
        some: max(sum(one[n] for n in some) for one in possible)
        for size in range(1, len(names) + 1)
        for some in combinations(names, size)
    }
    quota: dict[int, Fraction] = dict.fromkeys((n for n in side if not can[n]), Fraction(0))
    while len(quota) < len(side):
        part, some = min(
            (
                Fraction(limit - sum(quota[n] for n in some if n in quota), sum(can[n] for n in rest)),
                -len(some),
                some,
            )
            for some, limit in most.items()
            if (rest := [n for n in some if n not in quota]) and all(n in some for n in quota if can[n])
        )[::2]
        quota |= {n: part * can[n] for n in some if n not in quota}
    parts = {n: int(quota[n] // 1) for n in side}
    turns = sorted(names, key=lambda n: (parts[n] - quota[n], side.index(n)))
    while sum(parts.values()) < total:
        for n in turns:
            more = {**parts, n: parts[n] + 1}
            if sum(more.values()) <= total and any(all(one[m] >= more[m] for m in side) for one in possible):
                parts = more
    return parts


def _terms_hold(giver: dict[str, Any], parts: dict[str, int], cost: dict[str, int]) -> bool:
    for name, amount in parts.items():
        if amount > _number(giver.get("max_share")) * cost[name]:
            return False
        if giver.get("whole_package_only") and amount != cost[name]:
            return False
    return True


def _divided(amount: int, among: int) -> Any:
    if among == 0:
        return
    if among == 1:
        yield (amount,)
        return
    for first in range(amount + 1):
        for rest in _divided(amount - first, among - 1):
            yield (first, *rest)


def _answer(p: dict[str, Any], lines: list[Any], key: Any, bought: list[Any], paid: Any) -> dict[str, Any]:
    tiers = sorted({line["priority"] for line in lines})
    return {
        "tier_scores": {str(tier): str(-score) for tier, score in zip(tiers, key[0], strict=True)},
        "fulfilled": {line["id"]: -got for line, got in zip(lines, key[3], strict=True)},
        "share_days": str(key[1]),
        "cost_minor": key[2],
        "purchases": [
            [line["id"], offer["id"], package["id"], units] for line, offer, package, units in bought
        ],
        "paid_minor": dict(sorted(paid.items())),
    }
