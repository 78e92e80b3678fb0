"""Begin a search with an earlier plan, as far as it still fits."""

from collections import defaultdict
from collections.abc import Sequence

from pledgeline.plan.aggregate import Choice
from pledgeline.plan.canon import Option
from pledgeline.plan.model import Purchase
from pledgeline.plan.program import complete_units
from pledgeline.plan.search import Search
from pledgeline.plan.sound import fault_of


def begin_with(search: Search, purchases: Sequence[Purchase]) -> None:
    """Begin with an earlier plan, as far as it still fits."""
    place_of = {line.id: place for place, line in enumerate(search.canon.lines)}
    piece_of = {
        line: (n, p)
        for n, node in enumerate(search.nodes)
        for p, piece in enumerate(node.pieces)
        for line in piece.lines
    }
    units: dict[tuple[int, int], int] = defaultdict(int)
    by_line: dict[int, list[tuple[Option, int]]] = defaultdict(list)
    for purchase in purchases:
        place = place_of.get(purchase.line)
        if place not in piece_of:
            return
        n, _ = piece_of[place]
        for o, option in enumerate(search.canon.kinds[search.nodes[n].kind].options):
            offer, package = search.canon.offers[option.offer], search.canon.bundles[option.package]
            known = {member.id for member in package.packages}
            if offer.id == purchase.offer and purchase.package in known and option.pooled:
                units[n, o] += purchase.units
                by_line[place].append((option, purchase.units))
                break
        else:
            return
    pieces: dict[tuple[int, int], tuple[int, int]] = {}
    for place, bought in by_line.items():
        n, p = piece_of[place]
        got, served = pieces.get((n, p), (0, 0))
        more = complete_units(search.canon.kinds[search.nodes[n].kind].parts, bought)
        pieces[n, p] = (got + more, served + 1)
    choice = Choice(dict(units), pieces)
    if any(key not in search.model.units for key in units) or fault_of(search.model, choice) is not None:
        return
    if [tier.value(choice) for tier in search.tiers] > [tier.value(search.best) for tier in search.tiers]:
        search.best = choice
