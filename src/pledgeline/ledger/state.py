"""What the books say at one moment: money by account, units by place, and what was agreed.

Every event asks a state and no event changes one. A database fills it with the accounts that an event
touches; the book in memory keeps one as it goes; an earlier day's state is added up from its entries.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from pledgeline.ledger.accounts import BEHIND_LOT, MAY_NAME, ORDER, Account, Bin, Spot
from pledgeline.ledger.entries import AgreedTerm, Draft, Entry, Goods, Posting
from pledgeline.money import Amount
from pledgeline.programme.names import look_alike_key, name_key


class Shelf(NamedTuple):
    """Where money of several contributions lies together: an account, with its line and lot."""

    account: Account
    currency: str
    line: str = ""
    lot: str = ""


class Balances:
    """Balances, units and terms; what is zero or was never agreed is not in it."""

    def __init__(self, entries: Iterable[Entry | Draft] = ()) -> None:
        self._money: defaultdict[Shelf, dict[str, int]] = defaultdict(dict)
        self._in_order: dict[Spot, int] | None = None
        self._on_line: defaultdict[str, set[Shelf]] = defaultdict(set)
        self._units: defaultdict[Bin, int] = defaultdict(int)
        self._lines: set[str] = set()
        self._terms: dict[tuple[str, str, str], str] = {}
        self._ever: set[str] = set()
        self._looks: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for entry in entries:
            self.take(entry)

    def take(self, entry: Entry | Draft) -> None:
        """Add an entry. Only whoever owns the state does so; everybody else asks `after`."""
        for posting in entry.postings:
            self.move(posting.spot, posting.amount.minor)
        for goods in entry.goods:
            self.count(goods.bin, goods.units)
        self.agree(entry.terms)

    def move(self, spot: Spot, minor: int) -> None:
        """Change one balance."""
        self._in_order = None
        shelf = Shelf(spot.account, spot.currency, spot.line, spot.lot)
        shares = self._money[shelf]
        self.see_line(shelf.line)
        self._on_line[shelf.line].add(shelf)
        new = shares.get(spot.contribution, 0) + minor
        if new:
            shares[spot.contribution] = new
        else:
            shares.pop(spot.contribution, None)

    def see_line(self, line: str) -> None:
        """Know that money was once on a line, whatever is there now."""
        if line and line not in self._on_line:
            self._see("line", line)
            self._on_line[line] = set()

    def count(self, place: Bin, units: int) -> None:
        """Change the units in one place."""
        self._units[place] += units
        self._lines.add(place.line)

    def agree(self, terms: Iterable[AgreedTerm]) -> None:
        """Take over terms: the later one holds."""
        for term in terms:
            self._terms[term.name, term.of, term.on] = term.value
            if term.name == "partner":
                self._ever.add(term.of)
                self._see("contribution", term.of)
                self._see("partner", term.value)
            elif term.name == "line of lot":
                self._see("lot", term.of)
            elif term.name == "package":
                self._see("package", term.value)

    def _see(self, noun: str, key: str) -> None:
        self._looks[noun, look_alike_key(key)].add(key)

    def disagree(self, terms: Iterable[AgreedTerm]) -> None:
        """Let go of terms, because the entry that said them is said anew."""
        for term in terms:
            self._terms.pop((term.name, term.of, term.on), None)

    def forget_terms(self) -> None:
        """Drop all terms, because an entry was taken back and others hold again."""
        self._terms.clear()

    def after(self, draft: Draft) -> "Balances":
        """Give the state as it would be with the draft entered; this one stays as it is."""
        copy = self.copy()
        copy.take(draft)
        return copy

    def copy(self) -> "Balances":
        """Give a state of its own that says the same."""
        copy = Balances()
        copy._money.update({shelf: dict(shares) for shelf, shares in self._money.items()})
        copy._on_line.update({line: set(shelves) for line, shelves in self._on_line.items()})
        copy._units.update(self._units)
        copy._lines = set(self._lines)
        copy._terms = dict(self._terms)
        copy._ever = set(self._ever)
        copy._looks.update({look: set(keys) for look, keys in self._looks.items()})
        return copy

    @property
    def size(self) -> int:
        """Say how much it holds. Units: balances, places of units and terms."""
        return sum(map(len, self._money.values())) + len(self._units) + len(self._terms)

    # Money

    def balance(self, spot: Spot) -> int:
        """Give the minor units in one account of one contribution."""
        shelf = self._money.get(Shelf(spot.account, spot.currency, spot.line, spot.lot), {})
        return shelf.get(spot.contribution, 0)

    def shares(self, shelf: Shelf) -> dict[str, int]:
        """Give what each contribution has there, in the order of their keys."""
        return dict(sorted(self._money.get(shelf, {}).items()))

    def total_of(self, contribution: str, account: Account, currency: str) -> int:
        """Give what a contribution has in an account that keeps no lines."""
        return self.balance(Spot(account, contribution, currency))

    def total(self, shelf: Shelf) -> int:
        """Give what lies there of all contributions together."""
        return sum(self._money.get(shelf, {}).values())

    def money(self) -> dict[Spot, int]:
        """Give every balance that is not zero, in the order of the accounts."""
        if self._in_order is None:
            found = [
                (Spot(shelf.account, contribution, shelf.currency, shelf.line, shelf.lot), minor)
                for shelf, shares in self._money.items()
                for contribution, minor in shares.items()
            ]
            self._in_order = dict(sorted(found, key=lambda item: (item[0][1:], ORDER[item[0].account])))
        return dict(self._in_order)

    def currencies_of(self, contribution: str, account: Account, line: str = "") -> list[str]:
        """List the currencies in which a contribution has money there."""
        return sorted(
            shelf.currency
            for shelf in self._on_line.get(line, ())
            if shelf.account is account and self._money[shelf].get(contribution)
        )

    def currencies_on(self, line: str, lot: str = "") -> list[str]:
        """List the currencies in which anything lies on a line, or in one of its lots."""
        return sorted(
            {
                shelf.currency
                for shelf in self._on_line.get(line, ())
                if (not lot or shelf.lot == lot) and self._money[shelf]
            }
        )

    # Units

    def units(self, place: Bin) -> int:
        """Give the units that lie there."""
        return self._units.get(place, 0)

    def units_in_lot(self, lot: str) -> int:
        """Give the units of a lot that were delivered and not sent back."""
        line, currency = self.line_of(lot), self.currency_of_lot(lot)
        return sum(self.units(Bin(place, line, currency, lot)) for place in BEHIND_LOT)

    def bins(self) -> dict[Bin, int]:
        """Give every place that has units."""
        return {place: units for place, units in sorted(self._units.items()) if units}

    # Terms

    def term(self, name: str, of: str, on: str = "") -> str:
        """Give what was agreed, or nothing."""
        return self._terms.get((name, of, on), "")

    def ever_knew(self, contribution: str) -> bool:
        """Say whether the contribution was ever pledged, if only in an entry that was taken back."""
        return contribution in self._ever

    def knows(self, contribution: str) -> bool:
        """Say whether the contribution is pledged."""
        return ("partner", contribution, "") in self._terms

    def has_lines(self) -> bool:
        """Say whether money or units were ever put on any line."""
        return bool(self._on_line or self._lines)

    def knows_line(self, line: str) -> bool:
        """Say whether money or units were ever put on the line."""
        return line in self._on_line or line in self._lines

    def contributions(self) -> dict[str, str]:
        """Give the partner of every contribution, in the order of the keys."""
        return {of: value for (name, of, _), value in sorted(self._terms.items()) if name == "partner"}

    def packages(self) -> dict[str, str]:
        """Give the package of every line of which one was named, in the order of the lines."""
        return {of: value for (name, of, _), value in sorted(self._terms.items()) if name == "package"}

    def twin_of(self, noun: str, key: str) -> str:
        """Give a key in use that looks the same as this new one and is written with other letters, or nothing.

        Capitals are no other letters here: `c` and `C` are two keys that anybody can tell apart.
        """
        keys = self._looks.get((noun, look_alike_key(key)), set())
        if key in keys and self._is_in_use(noun, key):
            return ""
        twins = (twin for twin in sorted(keys) if name_key(twin) != name_key(key))
        return next((twin for twin in twins if self._is_in_use(noun, twin)), "")

    def _is_in_use(self, noun: str, key: str) -> bool:
        if noun == "contribution":
            return self.knows(key)
        if noun == "lot":
            return bool(self.line_of(key))
        if noun == "line":
            return bool(self.currencies_on(key)) or bool(self.term("package", key))
        return any(name == noun and value == key for (name, _, _), value in self._terms.items())

    def line_of(self, lot: str) -> str:
        """Give the line that a lot belongs to, or nothing where the lot was never delivered."""
        return self.term("line of lot", lot)

    def currency_of_lot(self, lot: str) -> str:
        """Give the currency that a lot was paid in."""
        return self.term("currency of lot", lot)


def negated(entry: Entry) -> Draft:
    """Give the draft that undoes an entry: every posting and every unit the other way round."""
    return Draft(
        kind="reverse",
        postings=tuple(replace(posting, amount=-posting.amount) for posting in entry.postings),
        goods=tuple(replace(goods, units=-goods.units) for goods in entry.goods),
        takes_back=entry.key,
    )


def joined(kind: str, *drafts: Draft) -> Draft:
    """Put drafts together into one entry, in their order."""
    return Draft(
        kind=kind,
        postings=tuple(posting for draft in drafts for posting in draft.postings),
        goods=tuple(goods for draft in drafts for goods in draft.goods),
        terms=tuple(term for draft in drafts for term in draft.terms),
        takes_back="".join(draft.takes_back for draft in drafts),
    )


def moved(
    contribution: str, amount: Amount, origin: Account, target: Account, *, line: str = "", lot: str = ""
) -> tuple[Posting, Posting]:
    """Move an amount of a contribution from one account to another; each names line and lot if it keeps them."""
    down, up = (
        Posting(
            account=account,
            contribution=contribution,
            amount=signed,
            line=line if "line" in MAY_NAME.get(account, ()) else "",
            lot=lot if "lot" in MAY_NAME.get(account, ()) else "",
        )
        for account, signed in ((origin, -amount), (target, amount))
    )
    return down, up


def carried(
    line: str, currency: str, units: int, origin: Account, target: Account, lot: str = ""
) -> tuple[Goods, Goods]:
    """Move units of a line from one place to another; the lot is named where units lie in lots."""
    down, up = (
        Goods(
            place=account,
            line=line,
            currency=currency,
            lot=lot if account in BEHIND_LOT else "",
            units=signed,
        )
        for account, signed in ((origin, -units), (target, units))
    )
    return down, up
