"""What an entry may be: the rules that no event and no person gets round.

The database holds the same rules in its triggers, and this function is their judge. They look at an
entry as a whole: a correction takes back an amount and puts another in its place, and either step alone
could fall below a floor.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from pledgeline.ledger.accounts import BOUND, MAY_NAME, NEEDS, Account, Bin, Spot
from pledgeline.ledger.entries import Draft, Posting
from pledgeline.ledger.refusals import RefusalRaised, or_refusal
from pledgeline.ledger.state import Balances
from pledgeline.money import Amount
from pledgeline.money.parsing import LARGEST_MINOR


@or_refusal
def checked(draft: Draft, state: Balances, currencies: Collection[str]) -> Draft:
    """Give the draft back if it may be entered after `state`, else the refusal.

    1. At least two postings, none of nothing, each with what its account needs and nothing else.
    2. For each book, contribution and currency the postings add up to zero; so do units by line.
    3. No floored account falls below zero by the entry as a whole, and no place below zero units.
    4. No amount and no balance leaves the range that both databases can hold.
    """
    require_postings(draft.postings)
    _check_form(draft, state, currencies)
    _check_sums(draft)
    _check_floors(draft, state)
    return draft


def require_postings(postings: Sequence[Posting]) -> None:
    """Refuse what moves nothing from anywhere to anywhere."""
    if len(postings) < 2:
        raise RefusalRaised("too-few-postings.number", postings=len(postings))


def _check_form(draft: Draft, state: Balances, currencies: Collection[str]) -> None:
    pledged = {term.of for term in draft.terms if term.name == "partner"}
    for posting in draft.postings:
        named = {name for name in ("line", "lot") if getattr(posting, name)}
        if posting.amount.currency not in currencies:
            raise RefusalRaised(
                "unknown-currency.of-a-posting",
                kept=", ".join(sorted(currencies)),
                currency=posting.amount.currency,
            )
        if not posting.amount:
            raise RefusalRaised("zero-posting.to", spot=posting.spot.said)
        if abs(posting.amount.minor) >= LARGEST_MINOR:
            raise RefusalRaised("too-large.amount", amount=posting.amount)
        if missing := NEEDS.get(posting.account, frozenset()) - named:
            raise _line_or_lot_missing(posting, missing)
        if extra := named - MAY_NAME.get(posting.account, frozenset()):
            raise _line_or_lot_not_kept(posting.account, extra)
        if posting.contribution not in pledged and not state.ever_knew(posting.contribution):
            raise unknown_contribution(posting.contribution, state)


def _line_or_lot_missing(posting: Posting, missing: Collection[str]) -> RefusalRaised:
    whose = {"stage": posting.account.value, "contribution": posting.contribution}
    if len(missing) > 1:
        return RefusalRaised("line-or-lot-missing.both", **whose)
    if "lot" in missing:
        return RefusalRaised("line-or-lot-missing.lot", **whose)
    return RefusalRaised("line-or-lot-missing.line", **whose)


def _line_or_lot_not_kept(account: Account, extra: Collection[str]) -> RefusalRaised:
    if len(extra) > 1:
        return RefusalRaised("line-or-lot-not-kept.both", stage=account.value)
    if "lot" in extra:
        return RefusalRaised("line-or-lot-not-kept.lot", stage=account.value)
    return RefusalRaised("line-or-lot-not-kept.line", stage=account.value)


def _check_sums(draft: Draft) -> None:
    sums: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for posting in draft.postings:
        sums[posting.account.book, posting.contribution, posting.amount.currency] += posting.amount.minor
    for (_, contribution, currency), minor in sums.items():
        if minor:
            raise RefusalRaised(
                "unbalanced.contribution", contribution=contribution, amount=Amount(minor, currency)
            )
    units: defaultdict[tuple[str, str], int] = defaultdict(int)
    for goods in draft.goods:
        units[goods.line, goods.currency] += goods.units
    for (line, _), number in units.items():
        if number:
            raise RefusalRaised("units-unbalanced.line", line=line, units=str(number))


def _check_floors(draft: Draft, state: Balances) -> None:
    net: defaultdict[Spot, int] = defaultdict(int)
    for posting in draft.postings:
        net[posting.spot] += posting.amount.minor
    for spot, minor in net.items():
        before = state.balance(spot)
        if abs(before + minor) >= LARGEST_MINOR:
            raise RefusalRaised("too-large.balance", spot=spot.said)
        if spot.account.is_floored and minor < 0 and before + minor < 0:
            raise RefusalRaised(
                "below-zero.account",
                spot=spot.said,
                stage=spot.account.value,
                there=Amount(before, spot.currency),
                wanted=Amount(-minor, spot.currency),
            )
    units: defaultdict[Bin, int] = defaultdict(int)
    for goods in draft.goods:
        units[goods.bin] += goods.units
    for place, number in units.items():
        before = state.units(place)
        if place.place in BOUND and number < 0 and before + number < 0:
            raise _too_few_units(place, there=before, wanted=-number)


def _too_few_units(place: Bin, *, there: int, wanted: int) -> RefusalRaised:
    stage, taken = place.place.value, str(wanted)
    if place.lot:
        return RefusalRaised("not-enough.units-of-lot", lot=place.lot, units=there, stage=stage, wanted=taken)
    return RefusalRaised("not-enough.units-of-line", line=place.line, units=there, stage=stage, wanted=taken)


def unknown_contribution(contribution: str, state: Balances) -> RefusalRaised:
    """Say that nobody pledged the contribution, with those that there are."""
    known = list(state.contributions())
    if not known:
        return RefusalRaised("unknown-contribution.none-there", contribution=contribution)
    others = ", ".join(known[:8])
    if len(known) > 8:
        return RefusalRaised("unknown-contribution.many", contribution=contribution, others=others)
    return RefusalRaised("unknown-contribution.others", contribution=contribution, others=others)
