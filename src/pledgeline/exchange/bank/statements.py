"""What a bank statement says, whatever form it came in, and whether its balances add up."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pledgeline.money import Amount
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.sentences import Sentence, sentence

MOST_BYTES = 16_000_000
"""Units: bytes of a file."""

MOST_ENTRIES = 20_000
"""Units: entries of one file. More are two files."""

LONGEST_REF = 200


class NotAStatement(Exception):
    """The file cannot be read as a bank statement: the finding says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.wrong)
        self.finding = finding


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry:
    """One entry: above zero what came in, below zero what went out.

    `ref` names it once in its account; the statement says it where `is_said`, else it stands for all that the entry
    says.
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


def why_not_balanced(statement: Statement) -> Sentence | None:
    """Say how opening, entries and closing differ; nothing where they add up, or where they are not said."""
    if statement.opening is None or statement.closing is None:
        return None
    total = sum(entry.amount.minor for entry in statement.entries)
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
    return f"#{hashlib.sha256(repr(said).encode()).hexdigest()[:24]}"


def each_named_once(entries: Sequence[StatementEntry]) -> list[StatementEntry]:
    """Tell entries of one reference apart, in their order: a payment and its fee may share it."""
    seen: Counter[str] = Counter()
    named = []
    for entry in entries:
        seen[entry.ref] += 1
        number = seen[entry.ref]
        named.append(entry if number == 1 else replace(entry, ref=f"{entry.ref}/{number}"))
    return named
