"""The events of a contribution's life, one function each, from the pledge to the accepted item.

Each function is asked with the books as they are (`state`) and answers with what it would enter, or with
a refusal that names the way out. Nothing is written here, and what is not refused here still has to pass
`rules`. Floors are tested there, on the entry as a whole; here is refused what the rules cannot see: what
may not be split, what was never delivered, what lapsed.

An amount that several contributions bear is split by largest remainder over what each of them has left
where the money comes from, ties to the earlier key, so no share is ever larger than what is there.
"""

from pledgeline.ledger.stages.free import correct, journal, reverse, withdraw
from pledgeline.ledger.stages.lots import accept, deliver, refund, reject, write_off_lot
from pledgeline.ledger.stages.money import (
    allocate,
    carry_over,
    convert,
    fee,
    lapse,
    release,
    return_to_partner,
)
from pledgeline.ledger.stages.orders import amend, cancel, order, swap
from pledgeline.ledger.stages.promises import pledge, receive, reduce, revise, sign, write_off

__all__ = [
    "accept",
    "allocate",
    "amend",
    "cancel",
    "carry_over",
    "convert",
    "correct",
    "deliver",
    "fee",
    "journal",
    "lapse",
    "order",
    "pledge",
    "receive",
    "reduce",
    "refund",
    "reject",
    "release",
    "return_to_partner",
    "reverse",
    "revise",
    "sign",
    "swap",
    "withdraw",
    "write_off",
    "write_off_lot",
]
