"""What a bank statement says, whatever form it came in, and whether its balances add up."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pledgeline.money import Amount
from pledgeline.money.parsing import NotAnAmount, parse_plain
from pledgeline.programme.bank_refs import STANDS_FOR
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.names import clean
from pledgeline.programme.sentences import Sentence, sentence

MOST_BYTES = 16_000_000
"""Units: bytes of a file."""

MOST_ENTRIES = 20_000
"""Units: entries of one file. More are two files."""

MOST_STATEMENTS = 1_000
"""Units: statements of one file."""

LONGEST_REF = 200

NO_REFERENCES = frozenset(
    ("nonref", "notprovided", "notavailable", "not provided", "not available", "none", "null", "n/a", "na")
)
"""What banks write where they have no reference."""


class NotAStatement(Exception):
    """The file cannot be read as a bank statement: the finding says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.wrong)
        self.finding = finding


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry:
    """One entry: above zero what came in, below zero what went out.

    `ref` is what the bank calls it, or else stands for all that it says. Several may share one: a payment and its
    fee, or what a bank calls the same in another year.
    """

    ref: str
    booked_on: date
    amount: Amount
    party: str = ""
    text: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of an account in one currency; its balances are nothing where the file does not say them."""

    account: str
    ref: str
    currency: str
    opening: Amount | None
    closing: Amount | None
    entries: Sequence[StatementEntry]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFile:
    """What a file says: its statements, and what is wrong with it. With an error nothing of it is taken."""

    statements: Sequence[Statement] = ()
    findings: Sequence[Finding] = field(default_factory=tuple)

    @property
    def is_sound(self) -> bool:
        return bool(self.statements) and not any(finding.is_error for finding in self.findings)


def refused(name: str, said: Sentence, *, line: int | None = None) -> NotAStatement:
    """Say why a file, or its dialect, cannot be read at all."""
    return NotAStatement(Finding(place=Place(file=name, line=line), said=said))


def minor_of(text: str, currency: str) -> int | None:
    """Give an amount that is written as a plain decimal in minor units; nothing where it is none of the currency."""
    try:
        return parse_plain(text, currency).minor
    except NotAnAmount:
        return None


def total_of(statement: Statement) -> int:
    """Give what the entries of a statement come to."""
    return sum(entry.amount.minor for entry in statement.entries)


def why_not_balanced(statement: Statement, total: int) -> Sentence | None:
    """Say how opening, entries of a total and closing differ; nothing where they add up, or where none are said."""
    if statement.opening is None or statement.closing is None:
        return None
    expected = Amount(statement.opening.minor + total, statement.currency)
    if expected == statement.closing:
        return None
    return sentence(
        "bank.balance.differs",
        opening=statement.opening,
        entries=Amount(total, statement.currency),
        expected=expected,
        closing=statement.closing,
        difference=Amount(statement.closing.minor - expected.minor, statement.currency),
    )


def standing_for(*said: object) -> str:
    """Give a reference for an entry that has none: the same for the same words, in every file."""
    return f"{STANDS_FOR}{hashlib.sha256(repr(said).encode()).hexdigest()[:24]}"


def reference(text: str) -> str:
    """Give what a bank calls an entry, as it is kept: nothing where it says that it has no name for it.

    >>> reference(" R-1 "), reference("NONREF"), reference("-"), reference("0000")
    ('R-1', '', '', '')
    """
    ref = clean(text)
    if ref.casefold() in NO_REFERENCES or not any(sign.isalnum() and sign != "0" for sign in ref):
        return ""
    return bounded(ref)


def bounded(ref: str) -> str:
    """Give a reference that a column holds: a very long one is stood for."""
    return ref if len(ref) <= LONGEST_REF else standing_for(ref)
