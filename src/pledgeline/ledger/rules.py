"""What an entry may be: the rules that no event and no person gets round.

The database holds the same rules in its triggers, and this function is their judge. They look at an
entry as a whole: a correction takes back an amount and puts another in its place, and either step alone
could fall below a floor.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from pledgeline.ledger.accounts import BOUND, MAY_NAME, NEEDS, Account, Bin, Spot
from pledgeline.ledger.entries import Draft, Posting
from pledgeline.ledger.refusals import Refused, or_refusal
from pledgeline.ledger.state import State
from pledgeline.money import Amount
from pledgeline.money.parsing import LARGEST_MINOR


@or_refusal
def checked(draft: Draft, state: State, currencies: Collection[str]) -> Draft:
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
        raise Refused(
            "too-few-postings",
            f"The entry has {len(postings)} postings; money moves from somewhere to somewhere.",
            "Name the account that goes down and the one that goes up.",
        )


def _check_form(draft: Draft, state: State, currencies: Collection[str]) -> None:
    pledged = {term.of for term in draft.terms if term.name == "partner"}
    for posting in draft.postings:
        named = {name for name in ("line", "lot") if getattr(posting, name)}
        if posting.amount.currency not in currencies:
            raise Refused(
                "unknown-currency",
                f"These books are kept in {', '.join(sorted(currencies))}, not in {posting.amount.currency}.",
                "Correct the code, or add the currency to the books.",
            )
        if not posting.amount:
            raise Refused(
                "zero-posting", f"The posting to {posting.spot} is of nothing.", "Leave the posting out."
            )
        if abs(posting.amount.minor) >= LARGEST_MINOR:
            raise Refused(
                "too-large", f"{posting.amount} is larger than any amount of money.", "Count the digits."
            )
        if missing := NEEDS.get(posting.account, frozenset()) - named:
            raise Refused(
                "line-or-lot-missing",
                f"{posting.account.spoken.capitalize()} money of {posting.contribution} stands behind a line"
                f"{' and a lot' if 'lot' in missing else ''}, and the posting does not say which.",
                f"Name the {' and the '.join(sorted(missing))}.",
            )
        if extra := named - MAY_NAME.get(posting.account, frozenset()):
            raise Refused(
                "line-or-lot-not-kept",
                f"{posting.account.spoken.capitalize()} money belongs to no {' and no '.join(sorted(extra))}.",
                f"Leave the {' and the '.join(sorted(extra))} out.",
            )
        if posting.contribution not in pledged and not state.ever_knew(posting.contribution):
            raise unknown_contribution(posting.contribution, state)


def _check_sums(draft: Draft) -> None:
    sums: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for posting in draft.postings:
        sums[posting.account.book, posting.contribution, posting.amount.currency] += posting.amount.minor
    for (_, contribution, currency), minor in sums.items():
        if minor:
            raise Refused(
                "unbalanced",
                f"The postings of {contribution} add up to {Amount(minor, currency)}, not to zero.",
                "Say where the rest comes from or goes to: for the same contribution, in the same currency.",
            )
    units: defaultdict[tuple[str, str], int] = defaultdict(int)
    for each in draft.goods:
        units[each.line, each.currency] += each.units
    for (line, _), number in units.items():
        if number:
            raise Refused(
                "units-unbalanced",
                f"The units of line {line} add up to {number}, not to zero.",
                "Say where the units come from or go to.",
            )


def _check_floors(draft: Draft, state: State) -> None:
    net: defaultdict[Spot, int] = defaultdict(int)
    for posting in draft.postings:
        net[posting.spot] += posting.amount.minor
    for spot, minor in net.items():
        before = state.balance(spot)
        if abs(before + minor) >= LARGEST_MINOR:
            raise Refused("too-large", f"{spot} would leave the range of amounts.", "Count the digits.")
        if spot.account.is_floored and minor < 0 and before + minor < 0:
            raise Refused(
                "below-zero",
                f"{spot}: there is {Amount(before, spot.currency)}, and {Amount(-minor, spot.currency)} would "
                "be taken out.",
                way_out_of(spot.account),
            )
    units: defaultdict[Bin, int] = defaultdict(int)
    for each in draft.goods:
        units[each.bin] += each.units
    for place, number in units.items():
        before = state.units(place)
        if place.place in BOUND and number < 0 and before + number < 0:
            where = f"lot {place.lot}" if place.lot else f"line {place.line}"
            raise Refused(
                "not-enough",
                f"Of {where} {before} units are {place.place.spoken}, and {-number} would be taken away.",
                "Correct the number of units, or look at what was delivered and accepted before.",
            )


def unknown_contribution(contribution: str, state: State) -> Refused:
    """Say that nobody pledged the contribution, with those that there are."""
    known = list(state.contributions())
    some = f" There are {', '.join(known[:8])}{' …' if len(known) > 8 else ''}." if known else ""
    return Refused(
        "unknown-contribution",
        f"Nobody has pledged a contribution {contribution}.{some}",
        "Enter its pledge first, or correct the key.",
    )


WAYS_OUT: dict[Account, str] = {
    Account.PLEDGED: "Raise the pledge first (revise), or sign less.",
    Account.COMMITTED: "Have the rest signed first, or correct what was received.",
    Account.AVAILABLE: "Take less, wait for the money, convert another currency, or release a reservation.",
    Account.ALLOCATED: "Allocate more to the line first, or order less.",
    Account.ORDERED: "Enter the price change or a further order first, or deliver or cancel less.",
    Account.DELIVERED: "Look at what was delivered in the lot and is not yet accepted.",
    Account.ACCEPTED: "Look at what the lot cost and what was refunded already.",
    Account.LAPSED: "Look at what has lapsed and was not yet carried over or returned.",
    Account.BANK: "Enter what was received first.",
    Account.RECEIVABLE: "Enter what was signed first.",
    Account.SUPPLIER_ADVANCE: "Look at what was paid in advance.",
}


def way_out_of(account: Account) -> str:
    """Give the way out for somebody who would take too much from an account."""
    return WAYS_OUT[account]
