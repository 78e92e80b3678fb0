"""What accepting a plan forms and reserves, as people read it before it is done: packages, money, and line by line."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from pledgeline.actions.acceptance import AcceptedLine, lines_in
from pledgeline.money import Amount
from pledgeline.records.plans import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageFormed:
    """A package that an acceptance forms: how much is in it, and what is reserved for it."""

    key: str
    lines: int
    units: int
    reserved: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyReserved:
    """What an acceptance reserves of one contribution, in all."""

    contribution: str
    entries: int
    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBought:
    """A line that an acceptance forms, with what is bought at which price."""

    formed: AcceptedLine
    item: str
    unit_price: Amount


@dataclass(frozen=True, kw_only=True)
class AcceptanceShown:
    """What an acceptance enters. `size` is that of its packages: as large as what is funded without one."""

    study: Study
    size: Amount | None = None

    @cached_property
    def _formed(self) -> list[AcceptedLine]:
        return lines_in(self.study, self.size)

    def _amount(self, minor: int) -> Amount:
        return Amount(minor, self.study.problem.currency)

    @cached_property
    def lines(self) -> list[LineBought]:
        """Give the lines of the packages."""
        items = {line.id: line.item for line in self.study.problem.lines}
        prices = {offer.id: offer.unit_price_minor for offer in self.study.problem.offers}
        return [
            LineBought(
                formed=line,
                item=items[line.piece.line],
                unit_price=self._amount(prices[line.piece.offer]),
            )
            for line in self._formed
        ]

    @cached_property
    def reserved(self) -> list[tuple[str, str, Amount]]:
        """Give contribution, line and amount of each entry."""
        return [(name, line.key, amount) for line in self._formed for name, amount in line.reserved]

    @cached_property
    def packages(self) -> list[PackageFormed]:
        """Give the packages, in the order of their lines."""
        grouped: defaultdict[str, list[AcceptedLine]] = defaultdict(list)
        for line in self._formed:
            grouped[line.piece.package].append(line)
        return [
            PackageFormed(
                key=key,
                lines=len(lines),
                units=sum(line.piece.units for line in lines),
                reserved=self._amount(sum(minor for line in lines for _name, minor in line.piece.paid)),
            )
            for key, lines in grouped.items()
        ]

    @cached_property
    def money(self) -> list[MoneyReserved]:
        """Give what is reserved of each contribution, by its name."""
        sums: defaultdict[str, list[Amount]] = defaultdict(list)
        for name, _line, amount in self.reserved:
            sums[name].append(amount)
        return [
            MoneyReserved(
                contribution=name,
                entries=len(amounts),
                amount=self._amount(sum(amount.minor for amount in amounts)),
            )
            for name, amounts in sorted(sums.items())
        ]

    @cached_property
    def total(self) -> Amount:
        """Give all that is reserved."""
        return self._amount(sum(package.reserved.minor for package in self.packages))
