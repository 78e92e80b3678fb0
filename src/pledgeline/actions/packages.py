"""Packages after they were formed: split, merged, cancelled, closed; units and their money go together.

Only lines that no order has are moved. What a step enters are releases and reservations for the same contribution, so
that not a cent changes hands.
"""

from collections import Counter
from collections.abc import Iterator

from pledgeline.accounts.rights import username_of
from pledgeline.actions.changes import NothingDone
from pledgeline.actions.discrepancies import open_of
from pledgeline.actions.nouns import Occasion, finding, note, place_of
from pledgeline.ledger import Account, Balances
from pledgeline.ledger.state import Shelf
from pledgeline.money import Amount, split
from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.programme.findings import Finding
from pledgeline.programme.formed import Closure, Merge, Split, SplitLine
from pledgeline.programme.steps import LIVE_ORDER, Step, refusal
from pledgeline.programme.steps import State as Stage
from pledgeline.queries.contributions import newest_terms, state_now
from pledgeline.queries.orders import free_lines, ordered_lines
from pledgeline.queries.packages import HOLDS
from pledgeline.records.models import FormedPackage, LineMove, PackageLine, StepTaken

NOUN = "package"


def hinders(step: Step, row: FormedPackage) -> Finding | None:
    """Say what keeps a step from being taken now: orders of its lines, or what is not settled of them."""
    live = list(row.orders.filter(state__in=LIVE_ORDER).order_by("key"))
    if step.name in ("merge", "cancel") and live:
        return finding(NOUN, row.key, "ordered.package", order=live[0].key)
    if step.name in ("split", "merge") and not free_lines(row, state_now(row.programme)):
        return finding(NOUN, row.key, "nothing-free.package")
    if step.name != "close":
        return None
    for order in live:
        outstanding = sum(line.outstanding for line in ordered_lines(order))
        if order.state not in (Stage.ACCEPTED, Stage.CLOSED):
            return finding(NOUN, row.key, "not-over.order", order=order.key)
        if outstanding:
            return finding(NOUN, row.key, "outstanding.order", order=order.key, units=outstanding)
        if case := open_of(order):
            return finding(NOUN, row.key, "not-settled.discrepancy", discrepancy=case.key)
    return None


def weigh(row: FormedPackage, _step: Step, occasion: Occasion) -> Amount | None:
    """Give how much goes back to partners when a package is closed: its lines are in the currency of its plan."""
    if not occasion.details.return_money:
        return None
    free: Counter[str] = Counter()
    for line in row.lines.all():
        shelf = Shelf(Account.ALLOCATED, line.currency, line.line)
        free[line.currency] += sum(occasion.books.state.shares(shelf).values())
    sums = [Amount(minor, currency) for currency, minor in free.items() if minor]
    return sums[0] if sums else None


def follow(row: FormedPackage, step: Step, occasion: Occasion) -> list[int]:
    """Do what a step says, and give the numbers of its entries."""
    booking = Booking(row, step, occasion)
    match step.name:
        case "split":
            _split(row, occasion.details, booking)
        case "merge":
            _merge(row, occasion.details, booking)
        case "cancel":
            _release(row, booking)
        case "close":
            _close(row, occasion.details, booking)
    return booking.entries


class Booking:
    """The entries of one step of a package. Their keys are those of its plan, with the step and a number."""

    def __init__(self, row: FormedPackage, step: Step, occasion: Occasion) -> None:
        self.row, self.occasion = row, occasion
        before = StepTaken.objects.filter(programme=row.programme, noun=NOUN).count()
        self._stem = f"{row.plan.run.ref}-{step.name}-{before}"
        self.entries: list[int] = []

    @property
    def state(self) -> Balances:
        """Give the books as they are after what was entered so far."""
        return self.occasion.books.state

    def enter(self, kind: str, contribution: str, amount: Amount, line: str = "", **more: object) -> None:
        """Enter an event of one contribution."""
        event = {
            "id": f"{self._stem}-{len(self.entries) + 1}",
            "type": kind,
            "effective_on": self.occasion.today.isoformat(),
            "contribution": contribution,
            "amount": amount.minor,
            "currency": amount.currency,
            **({"line": line} if line else {}),
            **more,
        }
        place = place_of(NOUN, self.row.key, "lines", line) if line else place_of(NOUN, self.row.key)
        self.entries.append(self.occasion.enter(event, at=place))

    def reserved(self, line: PackageLine) -> dict[str, int]:
        """Give what each contribution has set aside for a line."""
        return self.state.shares(Shelf(Account.ALLOCATED, line.currency, line.line))


# Split and merge


def _split(row: FormedPackage, said: Split, booking: Booking) -> None:
    occasion = booking.occasion
    if FormedPackage.objects.filter(programme=row.programme, key=said.into).exists():
        raise NothingDone(refusal(NOUN, said.into, "taken.key", at="into"))
    free = {line.line: line for line in free_lines(row, booking.state)}
    if wrong := [fault for place, part in enumerate(said.lines) for fault in _wrong(row, part, free, place)]:
        raise NothingDone(*wrong)
    units = {part.line: part.units for part in said.lines}
    if sum(units.values()) == sum(line.units for line in row.lines.all()):
        raise NothingDone(finding(NOUN, row.key, "nothing-left.split", "lines"))
    made = FormedPackage(
        programme=row.programme,
        key=said.into,
        state=Stage.OPEN,
        plan=row.plan,
        reserved_until=row.reserved_until,
        made_by=username_of(occasion.person),
        made_at=occasion.now,
    )
    made.save()
    for name, number in units.items():
        _move(free[name], number, made, booking)
    note(made, "write", "", occasion.person, occasion.now, reason=occasion.reason)
    for package in (row, made):
        keep_terms(package, booking.state)


def _wrong(
    row: FormedPackage, part: SplitLine, free: dict[str, PackageLine], place: int
) -> Iterator[Finding]:
    line = free.get(part.line)
    if line is None:
        yield finding(NOUN, row.key, "not-free.line", "lines", place, "line", line=part.line)
    elif part.units > line.units:
        path = ("lines", place, "units")
        yield finding(NOUN, row.key, "more-than-there.line", *path, line=part.line, units=line.units)


def _merge(row: FormedPackage, said: Merge, booking: Booking) -> None:
    occasion = booking.occasion
    rows = FormedPackage.objects.select_for_update().filter(programme=row.programme, state=Stage.OPEN)
    target = rows.filter(key=said.into).exclude(pk=row.pk).first()
    if target is None:
        raise NothingDone(finding(NOUN, row.key, "no-package.other", "into", package=said.into))
    for line in free_lines(row, booking.state):
        _move(line, line.units, target, booking)
    target.reserved_until = min(target.reserved_until, row.reserved_until)
    target.save()
    note(target, "take-in", target.state, occasion.person, occasion.now, reason=row.key)
    keep_terms(target, booking.state)


def _move(line: PackageLine, units: int, target: FormedPackage, booking: Booking) -> None:
    """Move units of a line into another package, with their part of what each contribution has reserved for it."""
    to = _line_in(target, line, booking)
    reserved = booking.reserved(line)
    held = Amount(sum(reserved.values()), line.currency)
    part = split(held, [units, line.units - units])[0]
    shares = split(part, list(reserved.values())) if part else []
    for (contribution, _there), share in zip(reserved.items(), shares, strict=bool(shares)):
        if not share:
            continue
        until = booking.state.term("reserved_until", contribution, line.line)
        booking.enter("release", contribution, share, line.line)
        more = {"reserved_until": until} if until else {}
        booking.enter("allocate", contribution, share, to.line, package=target.key, **more)
    line.units -= units
    to.units += units
    line.save()
    to.save()
    LineMove.objects.create(
        origin=line,
        target=to,
        units=units,
        moved_by=username_of(booking.occasion.person),
        moved_at=booking.occasion.now,
    )


def _line_in(target: FormedPackage, line: PackageLine, booking: Booking) -> PackageLine:
    """Give the line of another package that takes units of this one in, with none where it is new there."""
    there = {(other.requirement_id, other.offer_id): other for other in target.lines.all()}
    known = there.get((line.requirement_id, line.offer_id))
    if known is not None:
        taken = known.order_lines.filter(order__state__in=LIVE_ORDER).exists()
        if taken or (known.unit_price, known.currency) != (line.unit_price, line.currency):
            raise NothingDone(finding(NOUN, booking.row.key, "not-free.line", "into", line=known.line))
        return known
    name = f"{target.key}/{line.requirement.key}"
    if name in {other.line for other in there.values()}:
        name = f"{name}/{line.offer.key}"
    if len(name) > LONGEST_KEY:
        raise NothingDone(finding(NOUN, booking.row.key, "long-name.line", "into", line=name))
    made = PackageLine(
        package=target,
        line=name,
        requirement=line.requirement,
        offer=line.offer,
        units=0,
        unit_price=line.unit_price,
        currency=line.currency,
    )
    made.save()
    return made


def keep_terms(package: FormedPackage, state: Balances) -> None:
    """Refuse a package in which money would be that its terms keep out: a larger share, or a part of a package."""
    lines = {line.line for line in package.lines.all()}
    paid: Counter[str] = Counter()
    for spot, minor in state.money().items():
        if spot.line in lines and spot.account in HOLDS:
            paid[spot.contribution] += minor
    for key, terms in newest_terms(package.programme).items():
        share = 100 if terms.whole_packages_only else terms.largest_share
        is_too_much = share is not None and paid[key] * 100 > share * paid.total()
        if is_too_much or (terms.whole_packages_only and 0 < paid[key] < paid.total()):
            raise NothingDone(
                finding(NOUN, package.key, "terms.contribution", contribution=key, share=share or 100)
            )


# Cancel and close


def _release(row: FormedPackage, booking: Booking) -> Counter[tuple[str, str]]:
    """Make all that is set aside for the lines of a package available again; give it by contribution and currency."""
    freed: Counter[tuple[str, str]] = Counter()
    for line in row.lines.all():
        for contribution, minor in booking.reserved(line).items():
            booking.enter("release", contribution, Amount(minor, line.currency), line.line)
            freed[contribution, line.currency] += minor
    return freed


def _close(row: FormedPackage, said: Closure, booking: Booking) -> None:
    """Free what is left of a package; where that is wanted, give it back to the partners whose it is."""
    lines = {line.line for line in row.lines.all()}
    bound = (Account.ORDERED, Account.DELIVERED)
    for spot, minor in booking.state.money().items():
        if minor and spot.line in lines and spot.account in bound:
            raise NothingDone(finding(NOUN, row.key, "money-bound.line", line=spot.line))
    for (contribution, currency), minor in sorted(_release(row, booking).items()):
        if said.return_money:
            booking.enter("return_to_partner", contribution, Amount(minor, currency))
