"""Deal what a plan buys to packages of a size, where they are not to be as large as what is funded.

Lines go in their order; a line that does not fit goes on in the next package, in whole units. So every package but the
last is filled, and what each contribution pays for a unit goes with it. A single unit that costs more than the size is
a package by itself.
"""

from collections import defaultdict
from dataclasses import dataclass

from pledgeline.plan.model import Plan, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """So many units that a plan buys for a line, in one package, and what each contribution pays for them."""

    package: str
    line: str
    offer: str
    units: int
    paid: tuple[tuple[str, int], ...]


def as_funded(problem: Problem, plan: Plan) -> list[Piece]:
    """Give what a plan buys in the packages that it names, in the order of the lines."""
    paid: defaultdict[tuple[str, str, str], list[tuple[str, int]]] = defaultdict(list)
    for payment in plan.payments:
        if payment.minor:
            paid[payment.package, payment.line, payment.offer].append((payment.contribution, payment.minor))
    place = {line.id: number for number, line in enumerate(problem.lines)}
    return [
        Piece(
            package=bought.package,
            line=bought.line,
            offer=bought.offer,
            units=bought.units,
            paid=tuple(sorted(paid[bought.package, bought.line, bought.offer])),
        )
        for bought in sorted(plan.purchases, key=lambda bought: (place[bought.line], bought.offer))
    ]


def of_size(problem: Problem, plan: Plan, size_minor: int) -> list[Piece]:
    """Deal what a plan buys to packages of at most a size; where one is enough, it keeps its name.

    Units:   minor units of the plan's currency.
    """
    prices = {offer.id: offer.unit_price_minor for offer in problem.offers}
    dealt: list[tuple[int, Piece]] = []
    number, room = 1, size_minor
    for piece in as_funded(problem, plan):
        left, price, paid = piece.units, prices[piece.offer], dict(piece.paid)
        while left:
            units = min(left, room // price) if price else left
            if not units and room < size_minor:
                number, room = number + 1, size_minor
                continue
            units = units or 1
            part = _drawn(paid, units * price)
            dealt.append(
                (
                    number,
                    Piece(package=piece.package, line=piece.line, offer=piece.offer, units=units, paid=part),
                )
            )
            left, room = left - units, max(room - units * price, 0)
    return [piece if number == 1 else _renamed(piece, at) for at, piece in dealt]


def _renamed(piece: Piece, number: int) -> Piece:
    return Piece(
        package=f"{piece.package}-{number}",
        line=piece.line,
        offer=piece.offer,
        units=piece.units,
        paid=piece.paid,
    )


def _drawn(paid: dict[str, int], cost: int) -> tuple[tuple[str, int], ...]:
    """Take a cost out of what contributions pay, one after the other; what is taken is there no more."""
    drawn = []
    for contribution in sorted(paid):
        part = min(paid[contribution], cost)
        if part:
            drawn.append((contribution, part))
            paid[contribution] -= part
            cost -= part
    return tuple(drawn)
