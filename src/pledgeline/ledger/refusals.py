"""What the books do not take, and the way out.

A refused event is ordinary: two people order at once, a partner is asked for more than it promised.
So a refusal is a value with a lasting code, like a finding, and nothing is changed by it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from pledgeline.programme.findings import lasting_code, way_out_of
from pledgeline.programme.sentences import Param, Sentence, sentence

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why something was not entered. `code` is lasting, and one of those at the end of this module.

    Means:   `at` is the place in the event, as a JSON pointer, where it is known; `others` are the further
             faults of the same event.
    """

    said: Sentence
    at: str = ""
    others: tuple["Refusal", ...] = ()

    @property
    def code(self) -> str:
        return lasting_code(self.said)

    @property
    def wrong(self) -> str:
        """Say what is wrong."""
        return str(self.said)

    @property
    def way_out(self) -> str:
        """Say what can be done about it."""
        return way_out_of(self.said)

    @property
    def faults(self) -> tuple["Refusal", ...]:
        """Give every fault of the event, this one first."""
        return (self, *self.others)

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"the refusal “{self.code}” is not in the catalogue")


def refusal_of(code: str, /, *, at: str = "", **params: Param) -> Refusal:
    """Make a refusal of a case of the catalogue, such as `not-enough.nothing-set-aside`."""
    return Refusal(said=sentence(f"ledger.{code}", **params), at=at)


class RefusalRaised(Exception):
    """Carries a refusal, or a case of the catalogue, out of a helper; never leaves the function that people call."""

    def __init__(self, why: str | Refusal, /, *, at: str = "", **params: Param) -> None:
        self.refusal = why if isinstance(why, Refusal) else refusal_of(why, at=at, **params)
        super().__init__(self.refusal.said)


def or_refusal(function: Callable[Given, Answer]) -> Callable[Given, Answer | Refusal]:
    """Give the refusal as an answer instead of raising it."""

    @wraps(function)
    def answered(*given: Given.args, **named: Given.kwargs) -> Answer | Refusal:
        try:
            return function(*given, **named)
        except RefusalRaised as refused:
            return refused.refusal

    return answered


def given(answer: Answer | Refusal) -> Answer:
    """Give an answer on, and raise a refusal so that it passes through."""
    if isinstance(answer, Refusal):
        raise RefusalRaised(answer)
    return answer


CODES = (
    # the event could not be read
    "ledger.unknown-event",
    "ledger.missing-field",
    "ledger.unknown-field",
    "ledger.null-field",
    "ledger.not-a-choice",
    "ledger.not-a-list",
    "ledger.not-a-key",
    "ledger.mixed-scripts",
    "ledger.not-a-whole-number",
    "ledger.not-above-zero",
    "ledger.too-large",
    "ledger.not-a-day",
    "ledger.not-a-time",
    "ledger.in-the-future",
    "ledger.not-a-text",
    "ledger.unclear-shares",
    "ledger.unknown-currency",
    "ledger.no-currency",
    "ledger.looks-the-same",
    # the key
    "ledger.key-used",
    # what it speaks of does not exist
    "ledger.unknown-contribution",
    "ledger.unknown-line",
    "ledger.unknown-lot",
    "ledger.unknown-entry",
    "ledger.another-partner",
    "ledger.another-package",
    "ledger.another-currency",
    "ledger.lot-is-taken",
    # the money or the goods are not there
    "ledger.below-zero",
    "ledger.not-enough",
    "ledger.not-funded-exactly",
    "ledger.refund-to-be-split",
    "ledger.nothing-to-move",
    "ledger.below-signed",
    # days
    "ledger.past-use-by",
    "ledger.reservation-expired",
    "ledger.not-lapsed-yet",
    "ledger.clock-behind",
    # the form of an entry
    "ledger.too-few-postings",
    "ledger.unknown-account",
    "ledger.zero-posting",
    "ledger.unbalanced",
    "ledger.units-unbalanced",
    "ledger.line-or-lot-missing",
    "ledger.line-or-lot-not-kept",
    # corrections
    "ledger.taken-back-before",
    "ledger.cannot-be-restated",
)
"""Every refusal of the books; its message in the catalogue says what it means."""
