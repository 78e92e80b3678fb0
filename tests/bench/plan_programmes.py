"""Invents programmes of realistic size: many lines, several suppliers an item, money with earmarks.

Items cost from 500 to 10 million dollars; a fifth of the lines are useless below a minimum; lots, minimum
orders and donations occur; the money is 45 % of the need. One seed gives one programme, always.
"""

import math
import random
from fractions import Fraction
from typing import Any

from pledgeline.plan.model import Earmark, Line, Package, PlanContribution, PlanOffer, Problem

ITEMS, CATEGORIES, SUPPLIERS = 40, 8, 6


def invent_programme(
    lines: int, contributions: int, seed: int = 0, *, packages: tuple[Package, ...] = (), money: float = 0.45
) -> Problem:
    """Make a programme of so many lines and contributions."""
    dice = random.Random(seed * 1_000_003 + lines * 31 + contributions)
    price = [
        round(math.exp(dice.uniform(math.log(500e2), math.log(10e8))) / 100) * 100
        + dice.choice([0, 0, 50, 99])
        for _ in range(ITEMS)
    ]
    wanted = [_line(dice, n, price) for n in range(lines)]
    need = [0] * ITEMS
    for line in wanted:
        need[int(line.item)] += line.quantity
    offers = [offer for item in range(ITEMS) for offer in _offers(dice, item, price[item], need[item])]
    kinds = min(contributions, 20 if contributions <= 20 else 40 if contributions <= 100 else 60)
    earmarks = [_earmark(dice, n, lines) for n in range(kinds)]
    total = sum(line.quantity * price[int(line.item)] for line in wanted)
    parts = [math.exp(dice.gauss(0, 1)) for _ in range(contributions)]
    return Problem(
        currency="USD",
        lines=tuple(wanted),
        offers=tuple(offers),
        contributions=tuple(
            PlanContribution(
                id=f"C{n:04}",
                amount_minor=max(1, int(total * money * part / sum(parts))),
                currency="USD",
                earmark=earmarks[n if n < kinds else dice.randrange(kinds)],
            )
            for n, part in enumerate(parts)
        ),
        packages=packages or (Package(id="P1"),),
        categories={str(item): f"cat{item % CATEGORIES}" for item in range(ITEMS)},
    )


def invent_sums(size: int, units: int, offers: int, givers: str) -> Problem:
    """Make a problem of one line that takes about all of a sum, from offers of nearly one price."""
    number, share = int(givers.split()[0]), "shares" in givers
    price = size // units
    return Problem(
        currency="USD",
        lines=(Line(id="L1", item="A", quantity=units),),
        offers=tuple(
            PlanOffer(
                id=f"O{n}",
                item="A",
                unit_price_minor=price + (n - 1) * max(1, price // 50),
                available=units - n * (units // 3),
                lead_days=10,
            )
            for n in range(offers)
        ),
        contributions=tuple(
            PlanContribution(
                id=f"C{n}",
                amount_minor=size // number + n,
                currency="USD",
                max_share=Fraction(1, 3) if share and n < number - 1 else None,
            )
            for n in range(number)
        ),
        packages=(Package(id="P1"),),
    )


def _line(dice: random.Random, n: int, price: list[int]) -> Line:
    item = dice.randrange(ITEMS)
    value = math.exp(dice.uniform(math.log(2e4), math.log(3e7))) * 100
    quantity = _rounded(value / price[item])
    tier = dice.choices([1, 2, 3, 4], [0.15, 0.25, 0.3, 0.3])[0]
    need_by = dice.choice([30, 60, 90, 120, 180, 270, 365, 540, 720])
    least = max(1, math.ceil(quantity * dice.choice([0.25, 0.5, 1.0]))) if dice.random() < 0.2 else 1
    return Line(
        id=f"L{n:06}", item=str(item), quantity=quantity, priority=tier, need_by=need_by, min_useful=least
    )


def _rounded(value: float) -> int:
    whole = max(1, round(value))
    if whole < 10:
        return whole
    step = 10 ** (len(str(whole)) - 1)
    return max(1, round(whole / step * 2) * step // 2)


def _offers(dice: random.Random, item: int, price: int, need: int) -> list[PlanOffer]:
    found = []
    for place, supplier in enumerate(dice.sample(range(SUPPLIERS), dice.choice([2, 3]))):
        lead = dice.choice([10, 20, 45]) if dice.random() < 0.5 else dice.choice([100, 200, 300, 400])
        available = max(1, int(need * dice.uniform(0.15, 0.7)))
        lot = dice.choice([2, 5, 10]) if price < 2e7 and dice.random() < 0.4 else 1
        least = max(1, int(need * dice.uniform(0.01, 0.08))) if dice.random() < 0.3 else 0
        asked = price if place == 0 else int(price * dice.uniform(1.0, 1.3))
        if dice.random() < 0.03:
            asked, available = 0, max(1, available // 10)
        found.append(
            PlanOffer(
                id=f"O{item:02}-{place}",
                item=str(item),
                unit_price_minor=asked,
                available=max(lot, available // lot * lot),
                lead_days=lead,
                lot=lot,
                min_order=least,
                supplier=f"S{supplier}",
            )
        )
    return found


def _earmark(dice: random.Random, n: int, lines: int) -> Earmark:
    throw = dice.random()
    categories = [f"cat{c}" for c in range(CATEGORIES)]
    suppliers = [f"S{s}" for s in range(SUPPLIERS)]
    terms: dict[str, Any] = {}
    if n == 0 or throw < 0.12:
        return Earmark()
    if throw < 0.45:
        terms = {"allow": {"category": frozenset(dice.sample(categories, dice.choice([1, 1, 2, 3])))}}
    elif throw < 0.60:
        items = [str(item) for item in range(ITEMS)]
        terms = {"allow": {"item": frozenset(dice.sample(items, dice.choice([1, 2, 4])))}}
    elif throw < 0.75:
        terms = {"deny": {"category": frozenset(dice.sample(categories, dice.choice([1, 2, 3])))}}
    elif throw < 0.85:
        terms = {"deny": {"supplier": frozenset(dice.sample(suppliers, dice.choice([1, 2])))}}
    elif throw < 0.92:
        terms = {"allow": {"supplier": frozenset(dice.sample(suppliers, dice.choice([1, 2])))}}
    elif throw < 0.97:
        terms = {
            "allow": {
                "category": frozenset(dice.sample(categories, 3)),
                "supplier": frozenset(dice.sample(suppliers, 3)),
            }
        }
    else:
        named = dice.sample(range(lines), min(lines, 5))
        terms = {"allow": {"line": frozenset(f"L{n:06}" for n in named)}}
    return Earmark(**terms)
