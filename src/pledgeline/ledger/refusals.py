"""What the books do not take, and the way out.

A refused event is ordinary: two people order at once, a partner is asked for more than it promised.
So a refusal is a value with a lasting code, like a finding, and nothing is changed by it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why something was not entered. `code` is lasting and lies in the catalogue at the end of this module.

    Means:   `at` is the place in the event, as a JSON pointer, where it is known; `others` are the further
             faults of the same event.
    """

    code: str
    wrong: str
    way_out: str
    at: str = ""
    others: tuple["Refusal", ...] = ()

    @property
    def faults(self) -> tuple["Refusal", ...]:
        """Give every fault of the event, this one first."""
        return (self, *self.others)

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"the refusal “{self.code}” is not in the catalogue")


class Refused(Exception):
    """Carries a refusal out of a helper; never leaves the function that people call."""

    def __init__(self, code: str, wrong: str, way_out: str, at: str = "") -> None:
        super().__init__(wrong)
        self.refusal = Refusal(code=f"ledger.{code}", wrong=wrong, way_out=way_out, at=at)


def or_refusal(function: Callable[Given, Answer]) -> Callable[Given, Answer | Refusal]:
    """Give the refusal as an answer instead of raising it."""

    @wraps(function)
    def answered(*given: Given.args, **named: Given.kwargs) -> Answer | Refusal:
        try:
            return function(*given, **named)
        except Refused as refused:
            return refused.refusal

    return answered


CODES: dict[str, str] = {
    # the event could not be read
    "ledger.unknown-event": "An event of a type that the books do not know.",
    "ledger.missing-field": "An event without something that its type needs.",
    "ledger.unknown-field": "An event with a field that its type does not have.",
    "ledger.null-field": "A field that is null.",
    "ledger.not-a-choice": "A field with something that cannot be meant there.",
    "ledger.not-a-list": "Postings that are no list of objects.",
    "ledger.not-a-key": "A key that is no text, is empty or too long, or has characters that nobody sees.",
    "ledger.mixed-scripts": "A key with a letter of another script that looks like the right one.",
    "ledger.not-a-whole-number": "An amount or a quantity that is no JSON integer: a text, a decimal, true.",
    "ledger.not-above-zero": "An amount or a quantity of zero or less.",
    "ledger.too-large": "An amount that no books of this world can reach, or a balance that would.",
    "ledger.not-a-day": "A day that is not written YYYY-MM-DD, or that does not exist.",
    "ledger.not-a-time": "A time without its zone, or no time at all.",
    "ledger.in-the-future": "An event that is said to have happened after today, or to have been written down then.",
    "ledger.not-a-text": "A note that is no text, is too long, or cannot be written as UTF-8.",
    "ledger.unclear-shares": "Shares of contributions that cannot be read, or name one twice.",
    "ledger.unknown-currency": "A currency that these books are not kept in.",
    "ledger.no-currency": "Money in several currencies, and the event does not say which.",
    "ledger.looks-the-same": "A new key that looks the same as one that the books have.",
    # the key
    "ledger.key-used": "A key that was used before for something else.",
    # what it speaks of does not exist
    "ledger.unknown-contribution": "A contribution that nobody has pledged.",
    "ledger.unknown-line": "A line that nothing is allocated to or ordered for.",
    "ledger.unknown-lot": "A lot that was not delivered.",
    "ledger.unknown-entry": "An entry that is not in the books.",
    "ledger.another-partner": "A pledge for a contribution that belongs to another partner.",
    "ledger.another-package": "An allocation to a line of another package.",
    "ledger.another-currency": "A pledge in another currency than the contribution's first one.",
    "ledger.lot-is-taken": "A delivery into a lot that already holds goods, or that belongs to another line.",
    # the money or the goods are not there
    "ledger.below-zero": "An account would fall below zero.",
    "ledger.not-enough": "Less money or fewer units there than the event wants to move.",
    "ledger.not-funded-exactly": "A price rise whose named payments do not add up to it.",
    "ledger.refund-to-be-split": "A refund of a lot that is accepted in part, beyond that part.",
    "ledger.nothing-to-move": "An event after which nothing would be different.",
    "ledger.below-signed": "A pledge revised to less than what was already signed.",
    # days
    "ledger.past-use-by": "Money that may no longer be ordered against on that day.",
    "ledger.reservation-expired": "An order on a reservation that had expired.",
    "ledger.not-lapsed-yet": "A lapse before the last day on which the money may be used, or without such a day.",
    "ledger.clock-behind": "A clock that stands days behind the newest entry.",
    # the form of an entry
    "ledger.too-few-postings": "An entry of fewer than two postings.",
    "ledger.unknown-account": "A posting to an account that does not exist.",
    "ledger.zero-posting": "A posting of nothing.",
    "ledger.unbalanced": "An entry that does not add up to zero for a contribution, a currency and a book.",
    "ledger.units-unbalanced": "Units that come from nowhere.",
    "ledger.line-or-lot-missing": "A posting that does not say which line or lot the money stands behind.",
    "ledger.line-or-lot-not-kept": "A posting that names a line or a lot in an account that keeps none.",
    # corrections
    "ledger.taken-back-before": "An entry that was taken back already.",
    "ledger.cannot-be-restated": "An entry whose new amount cannot be put in its place without more being said.",
}
"""Every refusal of the books, with what it means."""
