"""Amend an order that was accepted: what is still to come of its lines gets another price, or other numbers of units.

The money is checked again. What a rise takes comes first from what is set aside for the line, then from what the
contributions that pay for it have available, then from the others of the package, as far as their terms allow; where
that is not enough, nothing is changed.
"""

from collections.abc import Iterator

from pledgeline.actions.changes import NothingDone
from pledgeline.actions.list_plans import earmark_of
from pledgeline.actions.nouns import Occasion, finding, place_of
from pledgeline.actions.packages import keep_terms
from pledgeline.ledger import Account, Balances
from pledgeline.ledger.accounts import Bin
from pledgeline.ledger.state import Shelf
from pledgeline.money import Amount
from pledgeline.programme.amendments import AmendedLine, Amendment
from pledgeline.programme.findings import Finding
from pledgeline.programme.sentences import Param
from pledgeline.queries.amended import LineAmended, lines_amended
from pledgeline.queries.contributions import newest_terms
from pledgeline.queries.orders import OrderedLine, ordered_lines
from pledgeline.queries.packages import HOLDS
from pledgeline.records.models import OrderRecord, PackageLine, StepTaken

NOUN = "order"


def amended_lines(order: OrderRecord, said: Amendment) -> list[LineAmended]:
    """Give the lines that an amendment changes.

    Raises:  NothingDone for one that cannot be as it is said, or where nothing changes.
    """
    there = {ordered.line.line: ordered for ordered in ordered_lines(order)}
    wrong = [
        fault
        for place, line in enumerate(said.lines)
        for fault in _wrong(order, line, there.get(line.line), place)
    ]
    if wrong:
        raise NothingDone(*wrong)
    changed = [line for line in lines_amended(order, said) if line.is_changed]
    if not changed:
        raise NothingDone(finding(NOUN, order.key, "nothing-changes.order"))
    return changed


def _wrong(
    order: OrderRecord, said: AmendedLine, ordered: OrderedLine | None, place: int
) -> Iterator[Finding]:
    def wrong(code: str, field: str, **params: Param) -> Finding:
        return finding(NOUN, order.key, code, "lines", place, field, line=said.line, **params)

    if ordered is None:
        yield wrong("unknown-line.order", "line")
        return
    line = ordered.line
    if bool(said.unit_price) != bool(line.unit_price):
        yield wrong("donated.line", "unit_price")
    if said.unit_price != line.unit_price and not ordered.outstanding and said.units <= ordered.accepted:
        yield wrong("nothing-to-come.line", "unit_price")
    bound = ordered.accepted + ordered.under_way
    if said.units < bound:
        yield wrong("too-few.line", "units", units=bound)
    if said.units + line.cancelled > line.package_line.units:
        yield wrong("more-than-there.line", "units", units=line.package_line.units - line.cancelled)


def total_of(order: OrderRecord, said: Amendment | None = None) -> Amount:
    """Give what an order costs without what was cancelled of it, as it is or as an amendment makes it."""
    minor = sum(
        ordered.cost.minor - ordered.cancelled * ordered.line.unit_price for ordered in ordered_lines(order)
    )
    more = sum(line.difference.minor for line in lines_amended(order, said)) if said else 0
    return Amount(minor + more, order.currency)


def amend(order: OrderRecord, said: Amendment, occasion: Occasion) -> list[int]:
    """Do what an amendment says, line by line, and give the numbers of its entries."""
    booking = _Booking(order, occasion)
    for line in amended_lines(order, said):
        booking.amend(line)
    keep_terms(order.package, booking.state)
    return booking.entries


class _Booking:
    """The entries of one amendment. Their keys are those of its order, with how many steps came before."""

    def __init__(self, order: OrderRecord, occasion: Occasion) -> None:
        self.order, self.occasion = order, occasion
        steps = StepTaken.objects.filter(programme=order.programme, noun=NOUN, key=order.key)
        self._stem = f"{order.ref}-amend-{steps.count()}"
        self._at = place_of(NOUN, order.key)
        self.entries: list[int] = []

    @property
    def state(self) -> Balances:
        """Give the books as they are after what was entered so far."""
        return self.occasion.books.state

    def amend(self, amended: LineAmended) -> None:
        """Cancel units, change the price of the others, order more of them; then keep the line as it is now."""
        line, said, more = amended.ordered.line, amended.said, amended.more_units
        is_paid = bool(line.unit_price)
        self._at = place_of(NOUN, self.order.key, "lines", amended.place, "unit_price")
        if more < 0 and is_paid:
            self._enter("cancel_units", line.line, qty=-more)
        if amended.has_new_price:
            self._change_price(line.package_line, said.unit_price)
        if more > 0 and is_paid:
            self._order_more(line.package_line, more, said.unit_price)
        before = {"units": line.units - line.cancelled, "unit_price": line.unit_price}
        line.earlier_prices += amended.ordered.accepted * (line.unit_price - said.unit_price)
        line.units, line.cancelled = line.units + max(more, 0), line.cancelled + max(-more, 0)
        line.unit_price = said.unit_price
        line.save()
        self._note(line.line, before, said)

    def _note(self, line: str, before: dict[str, int], said: AmendedLine) -> None:
        """Say in the history what the line was and is."""
        changes, currency = self.occasion.changes, self.order.currency
        if before["units"] != said.units:
            changes[f"lines:{line}:units"] = [before["units"], said.units]
        if before["unit_price"] != said.unit_price:
            changes[f"lines:{line}:unit_price"] = [
                str(Amount(minor, currency)) for minor in (before["unit_price"], said.unit_price)
            ]

    def _change_price(self, line: PackageLine, price: int) -> None:
        left = self.state.units(Bin(Account.ORDERED, line.line, line.currency))
        there = self.state.total(Shelf(Account.ORDERED, line.currency, line.line))
        rise = left * price - there
        if not left or not rise:
            return
        paid: dict[str, int] = {}
        if rise > 0:
            aside = self._free_what_is_set_aside(line, rise)
            paid = self._payers(line, rise, first=aside)
        self._enter("price_change", line.line, unit_price=price, **({"paid_by": paid} if paid else {}))

    def _free_what_is_set_aside(self, line: PackageLine, needed: int) -> dict[str, int]:
        """Make money available that is set aside for a line, and not ordered against; give how much of whose."""
        freed: dict[str, int] = {}
        for key, minor in self._set_aside(line).items():
            part = min(minor, needed - sum(freed.values()))
            if part:
                self._enter("release", line.line, contribution=key, amount=part)
                freed[key] = part
        return freed

    def _order_more(self, line: PackageLine, units: int, price: int) -> None:
        missing = units * price - sum(self._set_aside(line).values())
        if missing > 0:
            until = max(self.order.package.reserved_until, self.occasion.today)
            for key, minor in self._payers(line, missing, first={}).items():
                self._enter(
                    "allocate",
                    line.line,
                    contribution=key,
                    amount=minor,
                    package=self.order.package.key,
                    reserved_until=until.isoformat(),
                )
        self._enter("order", line.line, qty=units, unit_price=price)

    def _set_aside(self, line: PackageLine) -> dict[str, int]:
        return self.state.shares(Shelf(Account.ALLOCATED, line.currency, line.line))

    def _payers(self, line: PackageLine, needed: int, *, first: dict[str, int]) -> dict[str, int]:
        """Say who pays how much of what is needed beside what was just freed.

        Raises:  NothingDone where they have not enough available together.
        """
        paid = dict(first)
        for key in self._in_their_order(line):
            missing = needed - sum(paid.values())
            free = self.state.total_of(key, Account.AVAILABLE, line.currency) - first.get(key, 0)
            if part := min(max(free, 0), missing):
                paid[key] = paid.get(key, 0) + part
        if missing := needed - sum(paid.values()):
            raise NothingDone(
                finding(
                    NOUN,
                    self.order.key,
                    "no-money.line",
                    *self._at.path,
                    line=line.line,
                    missing=Amount(missing, line.currency),
                    needed=Amount(needed, line.currency),
                )
            )
        return paid

    def _in_their_order(self, line: PackageLine) -> list[str]:
        """List the contributions that may pay: those on the line, then the others of the package, by their keys."""
        lines = set(self.order.package.lines.values_list("line", flat=True))
        on_line: set[str] = set()
        in_package: set[str] = set()
        for spot, minor in self.state.money().items():
            if minor and spot.account in HOLDS and spot.line in lines:
                in_package.add(spot.contribution)
                if spot.line == line.line:
                    on_line.add(spot.contribution)
        keys = [*sorted(on_line), *sorted(in_package - on_line)]
        return [key for key in keys if self._may_pay(key, line)]

    def _may_pay(self, key: str, line: PackageLine) -> bool:
        """Say whether the terms of a contribution let its money be used today, and for this line."""
        today = self.occasion.today
        use_by = self.state.term("use_by", key)
        if use_by and use_by < today.isoformat():
            return False
        terms = newest_terms(self.order.programme).get(key)
        if terms is None:
            return True
        is_day = (terms.first_day or today) <= today <= (terms.last_day or today)
        wanted = line.requirement
        said = {"item": wanted.item, "category": wanted.category, "line": wanted.key}
        return is_day and earmark_of(terms).permits(said)

    def _enter(self, kind: str, line: str, **said: object) -> None:
        event = {
            "id": f"{self._stem}-{len(self.entries) + 1}",
            "type": kind,
            "effective_on": self.occasion.today.isoformat(),
            "line": line,
            "currency": self.order.currency,
            **said,
        }
        self.entries.append(self.occasion.enter(event, at=self._at))
