"""Invents tiny problems: every term of the form appears, in mixtures nobody would think of."""

import random
from itertools import pairwise
from typing import Any

ITEMS = ["A", "B", "C"]


def invent(seed: int, *, large_amounts: bool = False) -> dict[str, Any]:
    """Make a problem of two or three lines from a seed."""
    dice = random.Random(seed)
    money = dice.choice([1, 10**6, 10**12]) if large_amounts else 1
    packages = [{"id": f"P{n}", "order_day": dice.choice([0, 0, 20])} for n in range(dice.choice([1, 1, 2]))]
    for package in packages:
        if dice.random() < 0.25:
            package |= {
                "target_minor": dice.choice([200, 300, 500]) * money,
                "tolerance_minor": dice.choice([0, 50, 250]) * money,
            }
        if dice.random() < 0.2:
            package["max_lines"] = dice.choice([1, 2])
    flavour = dice.choice(["plain", "plain", "kit", "substitute"])
    lines = [_line(dice, n, flavour) for n in range(dice.choice([1, 2, 2, 3]))]
    problem: dict[str, Any] = {
        "currency": "USD",
        "packages": packages,
        "lines": lines,
        "offers": [_offer(dice, n, money, _useful(lines)) for n in range(dice.choice([2, 3, 3, 4]))],
        "contributions": [_contribution(dice, n, money) for n in range(dice.choice([0, 1, 2, 2, 3, 3, 4]))],
        "categories": {"A": "air", "B": "land", "C": "air"},
        "rates": {"EUR": [11, 10], "JPY": [2, 3]},
    }
    if flavour == "kit":
        problem["kits"] = {"K": {"A": dice.choice([1, 2]), "B": 1}}
    if flavour == "substitute":
        problem["substitutes"] = [
            {"item": "A", "by": "B", "ratio": dice.choice([1, 2, [1, 2], [2, 3], [3, 2]])}
        ]
    return problem


def _line(dice: random.Random, n: int, flavour: str) -> dict[str, Any]:
    line: dict[str, Any] = {
        "id": f"L{n}",
        "item": dice.choice(
            [
                *ITEMS,
                *(["K"] * 3 if flavour == "kit" else []),
                *(["A"] * 3 if flavour == "substitute" else []),
            ]
        ),
        "quantity": dice.choice([1, 2, 3]),
        "priority": dice.choice([1, 1, 2, 3]),
    }
    if dice.random() < 0.8:
        line["need_by"] = dice.choice([4, 15, 40, 60, 100])
    if dice.random() < 0.2:
        line["min_useful"] = dice.choice([1, 2, 3, 4])
    if dice.random() < 0.15:
        line["multiple"] = 2
    if dice.random() < 0.3:
        line["weight"] = dice.choice([2, 3, [1, 2], 0])
    return line


def _useful(lines: list[dict[str, Any]]) -> list[str]:
    """List what is worth offering: mostly what some line needs, so that plans are not empty."""
    wanted = [line["item"] for line in lines]
    return ["A", "B"] if "K" in wanted else [*wanted * 3, *ITEMS]


def _offer(dice: random.Random, n: int, money: int, items: list[str]) -> dict[str, Any]:
    offer: dict[str, Any] = {
        "id": f"o{n}",
        "item": dice.choice(items),
        "unit_price_minor": dice.choice([0, 33, 50, 100, 101, 250]) * money,
        "available": dice.choice([1, 2, 3, 4]),
        "lead_days": dice.choice([5, 10, 30]),
        "lot": dice.choice([1, 1, 1, 2]),
        "min_order": dice.choice([0, 0, 2, 3]),
        "supplier": dice.choice(["S1", "S2"]),
        "source": dice.choice(["stock", "new"]),
    }
    if money > 1 and offer["unit_price_minor"]:
        offer["unit_price_minor"] += dice.choice([0, 1, -1])
    return offer


def _contribution(dice: random.Random, n: int, money: int) -> dict[str, Any]:
    giver: dict[str, Any] = {
        "id": f"c{n}",
        "amount_minor": dice.choice([99, 100, 200, 303, 500, 800]) * money
        + (dice.choice([0, 1]) if money > 1 else 0),
        "currency": dice.choice(["USD", "USD", "USD", "EUR", "JPY"]),
    }
    if dice.random() < 0.5:
        side = dice.choice(["allow", "deny"])
        key, values = dice.choice(
            [
                ("item", ["A"]),
                ("item", ["A", "C"]),
                ("category", ["air"]),
                ("supplier", ["S1"]),
                ("source", ["new"]),
                ("line", ["L0"]),
                ("package", ["P0"]),
                ("item", ["B"]),
            ]
        )
        giver["earmark"] = {side: {key: values}}
    if dice.random() < 0.2:
        giver["fee_bps"] = dice.choice([150, 333, 10000])
    if dice.random() < 0.2:
        giver["available_from"] = dice.choice([0, 10])
    if dice.random() < 0.2:
        giver["use_by"] = dice.choice([0, 10, 30])
    if dice.random() < 0.15:
        giver["max_share"] = dice.choice([[1, 2], [1, 3], 1, 0])
    if dice.random() < 0.15:
        giver["whole_package_only"] = True
    return giver


def invent_with_suppliers(seed: int) -> dict[str, Any]:
    """Make a problem in which suppliers deliver no more than so much, or charge for each contract."""
    dice = random.Random(-1 - seed)
    problem = invent(seed)
    problem["suppliers"] = [
        {"id": name}
        | ({"capacity": dice.choice([0, 1, 2, 3, 4])} if dice.random() < 0.6 else {})
        | ({"charge_minor": dice.choice([1, 49, 150])} if dice.random() < 0.7 else {})
        for name in ("S1", "S2")
    ]
    return problem


def invent_tiny(seed: int) -> dict[str, Any]:
    """Make a problem of a few units and a few minor units, small enough to try every payment too."""
    dice = random.Random(-(10**6) - seed)
    problem = invent_with_suppliers(seed) if dice.random() < 0.4 else invent(seed)
    problem["lines"] = problem["lines"][:2]
    problem["offers"] = problem["offers"][:3]
    problem["contributions"] = problem["contributions"][:3]
    for offer in problem["offers"]:
        offer["unit_price_minor"] = dice.choice([0, 1, 1, 2, 3])
        offer["available"] = dice.choice([1, 2])
    for giver in problem["contributions"]:
        giver["amount_minor"] = dice.choice([1, 2, 3, 5, 8])
        if giver.get("fee_bps") == 10_000:
            giver["fee_bps"] = 5_000
    for package in problem["packages"]:
        if "target_minor" in package:
            package |= {"target_minor": dice.choice([2, 4]), "tolerance_minor": dice.choice([0, 1, 2])}
    for supplier in problem.get("suppliers", []):
        if "charge_minor" in supplier:
            supplier["charge_minor"] = dice.choice([1, 2])
    return problem


WEIGHTS = ("millions", "three", "any", "values", "close")


def invent_wide(seed: int) -> dict[str, Any]:
    """Make a problem whose weights lie far apart, or are large and differ by little.

    In turn: 12 to 24 million; a millionth, 1 and a million; anything from 1e-12 to 1e12; the quantity times the
    price, as for counting value; ten million million with a few more or less.
    """
    dice = random.Random(-(2 * 10**6) - seed)
    problem = invent(seed)
    kind = WEIGHTS[seed % len(WEIGHTS)]
    price = {offer["item"]: offer["unit_price_minor"] for offer in problem["offers"]}
    for line in problem["lines"]:
        if dice.random() < 0.5:
            line["priority"] = 1
        line["weight"] = {
            "millions": lambda: dice.randint(12_000_000, 24_000_000),
            "three": lambda: dice.choice([[1, 10**6], 1, 10**6]),
            "any": lambda: _log_uniform(dice),
            "values": lambda line=line: (
                line["quantity"] * price.get(line["item"], 101) * dice.choice([1, 10**6])
            ),
            "close": lambda: 10**12 - dice.randint(0, 3),
        }[kind]()
    return problem


def _log_uniform(dice: random.Random) -> list[int]:
    """Draw a fraction between 1e-12 and 1e12, each size as likely."""
    digits, size = dice.randint(1, 999), dice.randint(-9, 9)
    return [digits * 10 ** max(size, 0), 10 ** max(-size, 0)]


def invent_kits(seed: int) -> dict[str, Any]:
    """Make a problem in which at least one line is a kit; every second has weights far apart."""
    make = invent_wide if seed % 2 else invent
    for turn in range(1000):
        problem = make(seed + 10**6 * turn)
        if any(line["item"] == "K" for line in problem["lines"]):
            return problem
    raise AssertionError("no kit in a thousand problems")


def invent_large(seed: int) -> dict[str, Any]:
    """Make a problem of many units of one item, paid from one sum of up to 10^15; without any terms."""
    dice = random.Random(-(3 * 10**6) - seed)
    quantity, size = dice.choice([40, 120, 400]), dice.choice([10**9, 10**12, 10**15])
    offers = [
        {
            "id": f"o{n}",
            "item": "A",
            "unit_price_minor": size // quantity
            + dice.choice([-1, 0, 1, size // quantity // 7, size // 10**6]),
            "available": dice.choice([quantity // 3, quantity // 2, quantity]),
            "lead_days": dice.choice([5, 10, 30]),
        }
        for n in range(2)
    ]
    return {
        "currency": "USD",
        "packages": [{"id": "P0", "order_day": 0}],
        "lines": [{"id": "L0", "item": "A", "quantity": quantity, "weight": dice.choice([1, 10**6])}],
        "offers": offers,
        "contributions": [
            {
                "id": "c0",
                "amount_minor": size * dice.choice([1, 2]) // 2 + dice.randint(-2, 2),
                "currency": "USD",
            }
        ],
    }


def best_of_large(problem: dict[str, Any]) -> tuple[int, int, int]:
    """Give the units, the sum of their days and the cost of the best plan of `invent_large`, by trying all."""
    first, second = problem["offers"]
    most, money = problem["lines"][0]["quantity"], problem["contributions"][0]["amount_minor"]
    ways = []
    for number in range(min(first["available"], most) + 1):
        for two in range(min(second["available"], most - number) + 1):
            cost = number * first["unit_price_minor"] + two * second["unit_price_minor"]
            if cost <= money:
                ways.append((-number - two, number * first["lead_days"] + two * second["lead_days"], cost))
    units, days, cost = min(ways)
    return -units, days, cost


def invent_to_the_cent(seed: int) -> dict[str, Any]:
    """Make a problem of prices that differ by a few cents, and money or a package's value that reaches to the cent.

    A purchase is drawn first; the money is what it costs, or one cent more or less. Sizes go up to 10^15.
    """
    dice = random.Random(-(5 * 10**6) - seed)
    size = dice.choice([10**4, 10**6, 10**9, 10**12, 10**15])
    lines = [
        {
            "id": f"L{n}",
            "item": dice.choice("AAB"),
            "quantity": dice.choice([1, 2, 3, 4]),
            "priority": dice.choice([1, 1, 2]),
            "weight": dice.choice([1, 1, 2, 10**6]),
        }
        for n in range(dice.choice([1, 2, 3]))
    ]
    offers = [
        {
            "id": f"o{n}",
            "item": dice.choice(lines)["item"],
            "unit_price_minor": size // dice.choice([1, 1, 1, 3, 7]) + dice.randint(-3, 3),
            "available": dice.choice([2, 3, 4, 8]),
            "lead_days": dice.choice([5, 10, 30]),
            "lot": dice.choice([1, 1, 1, 2]),
        }
        for n in range(dice.choice([2, 3]))
    ]
    cost = sum(dice.randint(0, 3) * offer["unit_price_minor"] for offer in offers)
    money = cost + dice.choice([-1, 0, 0, 0, 1])
    package = {"id": "P0", "order_day": 0}
    if dice.random() < 0.3:
        package |= {
            "target_minor": max(0, cost + dice.choice([-1, 0, 0, 1])),
            "tolerance_minor": dice.choice([0, 1, 3]),
        }
        money += dice.choice([0, 0, size])
    parts = sorted(dice.randint(0, max(0, money)) for _ in range(dice.choice([0, 1, 2])))
    givers = [
        {"id": f"c{n}", "amount_minor": end - start, "currency": "USD"}
        | dice.choice([{}, {}, {}, *_TO_THE_CENT])
        for n, (start, end) in enumerate(pairwise([0, *parts, max(0, money)]))
    ]
    return {
        "currency": "USD",
        "packages": [package],
        "lines": lines,
        "offers": offers,
        "contributions": givers,
    }


_TO_THE_CENT = ({"max_share": [1, 3]}, {"max_share": [1, 2]}, {"whole_package_only": True})


def invent_large_to_the_cent(seed: int) -> dict[str, Any]:
    """Make a problem as `invent_large` does, with money for some purchase of both offers to the cent."""
    dice = random.Random(-(6 * 10**6) - seed)
    problem = invent_large(seed)
    bought = [dice.randint(0, offer["available"]) for offer in problem["offers"]]
    most = problem["lines"][0]["quantity"]
    bought[1] = min(bought[1], most - bought[0])
    cost = sum(
        units * offer["unit_price_minor"] for units, offer in zip(bought, problem["offers"], strict=True)
    )
    problem["contributions"][0]["amount_minor"] = max(0, cost + dice.choice([-1, 0, 0, 1]))
    return problem


def invent_alike(seed: int, *, tiny: bool = False) -> dict[str, Any]:
    """Make a problem in which several givers have equal terms, mostly a share, or terms that are nearly equal."""
    dice = random.Random(-(10**7) - seed)
    problem = invent_tiny(seed) if tiny else invent(seed)
    givers = problem["contributions"]
    amounts = [1, 2, 3, 5, 8] if tiny else [99, 100, 200, 303, 500, 800]
    if not givers:
        return problem
    first = dice.choice(givers)
    if dice.random() < 0.7:
        first["max_share"] = dice.choice([[1, 2], [1, 3], [2, 5], 1])
        first.pop("whole_package_only", None)
    else:
        first["use_by"] = dice.choice([0, 10, 20, 30])
    for n in range(dice.choice([1, 2])):
        twin = first | {"id": f"{dice.choice('abdxyz')}{n}", "amount_minor": dice.choice(amounts)}
        if dice.random() < 0.3:
            twin["use_by"] = dice.choice([0, 10, 20, 30])
        givers.append(twin)
    return problem
