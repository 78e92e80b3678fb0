"""The books as journals for the tools of plain-text accounting: Beancount and hledger.

Both tools add everything up again with their own code, so a reader need not take our word. Every entry
balances exactly in every currency, and at the end of the journal stands what we say each account has:
the tool refuses the file if it comes to another figure.

An account is named `Assets:Ordered:N:L1` for the ordered money of contribution N on line L1. The tools
allow few characters in such names; where a key has others, a comment at the head says what became of it.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from pledgeline.ledger import Account, Balances, Entry, Spot
from pledgeline.ledger.accounts import MAY_NAME
from pledgeline.ledger.entries import time_text
from pledgeline.money import Amount, digits_of
from pledgeline.programme.sentences import sentence

ROOTS: dict[Account, str] = {
    Account.SOURCE: "Equity",
    Account.RETURNED: "Expenses",
    Account.WRITTEN_OFF: "Expenses",
    Account.FEES: "Expenses",
    Account.FX: "Equity",
    Account.SUPPLIER_PAYABLE: "Liabilities",
    Account.PROGRAMME_EXPENSE: "Expenses",
    Account.CONTRIBUTIONS: "Income",
    Account.EXCHANGE: "Equity",
}
"""The kind of account in the words of the tools; what is not here is an asset."""

NO_LINE, NO_LOT = "No-line", "No-lot"
"""Stand where an account may name a line or a lot and does not: an account with others below it would be
checked together with them."""

_PART = re.compile(r"[A-Z0-9][A-Za-z0-9-]*")


class _Names:
    """Gives every key a name that both tools allow, and no two keys the same."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        keys = sorted(set(keys))
        fitting = {key for key in keys if _PART.fullmatch(key) and key not in (NO_LINE, NO_LOT)}
        taken = {*fitting, NO_LINE, NO_LOT}
        for key in keys:
            if key in fitting:
                self._names[key] = key
                continue
            plain = re.sub(r"[^A-Za-z0-9-]", "-", key).strip("-")
            plain = name = plain[:1].upper() + plain[1:] if plain else "Key"
            number = 1
            while name in taken:
                number += 1
                name = f"{plain}-{number}"
            taken.add(name)
            self._names[key] = name

    def account(self, spot: Spot) -> str:
        stage = spot.account.spoken.title().replace(" ", "-")
        parts = [ROOTS.get(spot.account, "Assets"), stage]
        parts.append(self._names[spot.contribution])
        if "line" in MAY_NAME.get(spot.account, ()):
            parts.append(self._names[spot.line] if spot.line else NO_LINE)
        if "lot" in MAY_NAME.get(spot.account, ()):
            parts.append(self._names[spot.lot] if spot.lot else NO_LOT)
        return ":".join(parts)

    def remarks(self) -> list[str]:
        """Say of each key that has another name here what that is."""
        return [
            f"; {sentence('ledger.journal.name', key=_one_line(key), name=name)}"
            for key, name in self._names.items()
            if key != name
        ]


def _names_of(entries: Sequence[Entry]) -> _Names:
    return _Names(
        key
        for entry in entries
        for posting in entry.postings
        for key in (posting.contribution, posting.line, posting.lot)
        if key
    )


def to_beancount(entries: Sequence[Entry], title: str) -> str:
    """Write a Beancount journal, to be checked without tolerance.

    Shape:   entries in the order of their days; on the day after the last one the balance of every account.
    """
    names = _names_of(entries)
    lines = [
        f"; {_one_line(title)}",
        *names.remarks(),
        f'option "title" "{_quoted(title)}"',
        *(f'option "operating_currency" "{code}"' for code in _currencies(entries)),
        'option "tolerance_multiplier" "0"',
        "",
    ]
    opened: dict[str, set[str]] = {}
    for entry in entries:
        for posting in entry.postings:
            opened.setdefault(names.account(posting.spot), set()).add(posting.amount.currency)
    if entries:
        first = min(entry.effective_on for entry in entries)
        lines += [f"{first} open {name} {','.join(sorted(opened[name]))}" for name in sorted(opened)]
    for entry in _by_day(entries):
        lines += ["", f'{entry.effective_on} * "{_quoted(entry.kind)}" "{_quoted(entry.key)}"']
        lines += [f'  recorded: "{time_text(entry.recorded_at)}"', f"  position: {entry.position}"]
        lines += [f"  {names.account(posting.spot)}  {_number(posting.amount)}" for posting in entry.postings]
    if entries:
        closing = max(entry.effective_on for entry in entries) + timedelta(days=1)
        lines.append("")
        for spot, amount in _closing(entries):
            name = names.account(spot)
            lines.append(f"{closing} balance {name}  {amount.major:f} ~ 0 {amount.currency}")
    return "\n".join(lines) + "\n"


def to_hledger(entries: Sequence[Entry], title: str) -> str:
    """Write an hledger journal; `hledger check` and `hledger balance` read it as it is.

    Shape:   entries in the order of their days; on the last day a transaction of nothing that asserts the
             balance of every account.
    """
    names = _names_of(entries)
    lines = [
        f"; {_one_line(title)}",
        *names.remarks(),
        "decimal-mark .",
        *(f"commodity {_thousand(code)}" for code in _currencies(entries)),
    ]
    accounts = {names.account(posting.spot) for entry in entries for posting in entry.postings}
    lines += [f"account {name}" for name in sorted(accounts)]
    for entry in _by_day(entries):
        about = f"{entry.kind} | {entry.key}".replace(";", ",")
        lines += ["", f"{entry.effective_on} * ({entry.position}) {_one_line(about)}"]
        lines.append(f"    ; recorded: {time_text(entry.recorded_at)}")
        lines += [
            f"    {names.account(posting.spot)}  {_number(posting.amount)}" for posting in entry.postings
        ]
    if entries:
        last = max(entry.effective_on for entry in entries)
        lines += ["", f"{last} * {sentence('ledger.journal.closing')}"]
        for spot, amount in _closing(entries):
            nothing = _number(Amount(0, amount.currency))
            lines.append(f"    {names.account(spot)}  {nothing} = {_number(amount)}")
    return "\n".join(lines) + "\n"


def _by_day(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.effective_on, entry.position))


def _closing(entries: Sequence[Entry]) -> list[tuple[Spot, Amount]]:
    """Give the balance of every account that was ever touched, in every currency it was touched in."""
    state = Balances(entries)
    spots = sorted({posting.spot for entry in entries for posting in entry.postings})
    return [(spot, Amount(state.balance(spot), spot.currency)) for spot in spots]


def _currencies(entries: Sequence[Entry]) -> list[str]:
    return sorted({posting.amount.currency for entry in entries for posting in entry.postings})


def _number(amount: Amount) -> str:
    return f"{amount.major:f} {amount.currency}"


def _thousand(code: str) -> str:
    digits = digits_of(code)
    return f"1000.{'0' * digits} {code}"


def _one_line(text: str) -> str:
    """Put a text on one line, whatever it holds."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _quoted(text: str) -> str:
    return _one_line(text).replace("\\", "\\\\").replace('"', '\\"')
