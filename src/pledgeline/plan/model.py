"""The planning problem as values: what is wanted, what can be bought, with whose money, in which package.

Everything is an integer or a fraction: money counts minor units of the plan's currency, time counts
days from a first day that only the caller knows. A problem says nothing about how it is solved.

Each field is said here once: the JSON form is read and written, and described as JSON Schema, from these classes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from pledgeline.plan.fields import (
    EARMARK_KEYS,
    EARMARK_SCHEMA,
    Day,
    Days,
    Exact,
    Fee,
    Flag,
    MaybeName,
    MaybeUnits,
    Minor,
    Name,
    Number,
    OfOurs,
    Price,
    Ratio,
    Share,
    Terms,
    Units,
    UsefulUnits,
    read_sides,
)
from pledgeline.programme.sentences import Sentence


class LineLimit(StrEnum):
    """The families of limits that can keep a line from being met."""

    MONEY = "MONEY"
    STOCK = "STOCK"
    DATE = "DATE"
    ORDER = "ORDER"
    PACKAGE = "PACKAGE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One requirement: so many units of an item, by a day, of a priority.

    A line gets nothing or at least `min_useful` units, always a multiple of `multiple`.
    `excused` names the limits that this line alone need not obey. It is empty in what people write:
    deep reasons fill it in to ask what would happen (`excuse.excuse`).
    """

    id: Name
    item: Name
    quantity: Units
    priority: Number = 1
    need_by: Day | None = None
    min_useful: UsefulUnits = 1
    multiple: Units = 1
    weight: Exact = Fraction(1)
    excused: Annotated[frozenset[LineLimit], OfOurs] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOffer:
    """What a supplier sells: an item at a price, so many (None: any number), in lots.

    In each package an offer sells nothing, or at least `min_order` and a multiple of `lot`, summed over
    all lines. `unit_price_minor` 0 is a donation: nobody pays, dates and stock still count.
    """

    id: Name
    item: Name
    unit_price_minor: Price
    available: MaybeUnits | None = None
    lead_days: Days = 0
    lot: Units = 1
    min_order: MaybeUnits = 0
    supplier: MaybeName = ""
    source: MaybeName = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """What a supplier sets for all its offers together.

    `capacity` is the most units that it delivers in all. `charge_minor` is a fixed charge (a contract, a
    delivery): it is due once in each package in which anything is ordered from it, and is a part of that
    package's cost. Suppliers that set neither need not be listed.
    """

    id: Name
    capacity: MaybeUnits | None = None
    charge_minor: Minor = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What is ordered together on one day; where a target is set, at a cost within its tolerance."""

    id: Name
    order_day: Day = 0
    target_minor: Minor | None = None
    tolerance_minor: Minor = 0
    max_lines: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earmark:
    """What money may be spent on: every `allow` list must hold the value, no `deny` list may.

    An `allow` list that is there and empty allows nothing.
    """

    allow: Terms = field(default_factory=dict)
    deny: Terms = field(default_factory=dict)

    def permits(self, values: Mapping[str, str]) -> bool:
        """Say whether a purchase with these `values` may be paid, as far as they say something of it.

        Shape:   one for each of `EARMARK_KEYS`; some alone where it is asked about a part of a purchase.
        """
        return all(values[key] in wanted for key, wanted in self.allow.items() if key in values) and not any(
            values[key] in refused for key, refused in self.deny.items() if key in values
        )

    @classmethod
    def read(cls, value: object) -> "Earmark":
        """Read an earmark from its JSON form."""
        return cls(**read_sides(value))


ANYTHING = Earmark()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContribution:
    """Money that a partner gives, and its terms.

    `available_from` and `use_by` bound the order day. `max_share` is the largest share of one package's
    cost that it pays. `whole_package_only`: it pays a package's entire cost or nothing of it.
    """

    id: Name
    amount_minor: Minor
    currency: MaybeName
    earmark: Annotated[Earmark, PlainValidator(Earmark.read), WithJsonSchema(EARMARK_SCHEMA)] = ANYTHING
    available_from: Day | None = None
    use_by: Day | None = None
    fee_bps: Fee = 0
    max_share: Share | None = None
    whole_package_only: Flag = False
    partner: MaybeName = ""

    def has_own_terms(self) -> bool:
        """Say whether the giver sets terms about single packages, so that its money is never merged."""
        return self.whole_package_only or self.max_share is not None

    def is_there(self, package: Package) -> bool:
        """Say whether the money has come, and has not lapsed, when a package is ordered."""
        day = package.order_day
        return (self.available_from is None or day >= self.available_from) and (
            self.use_by is None or day <= self.use_by
        )

    def terms(self) -> tuple[object, ...]:
        """Give what decides where the money may go: contributions with equal terms pay side by side.

        Terms are compared as they were stated. Two that happen to allow the same purchases today, one
        by an earmark and one without, stay apart. The fee and the amount are no terms. A giver of whole
        packages pays beside nobody: "all or nothing" cannot be divided.
        """
        return (
            tuple(sorted((key, tuple(sorted(values))) for key, values in self.earmark.allow.items())),
            tuple(sorted((key, tuple(sorted(values))) for key, values in self.earmark.deny.items())),
            self.available_from,
            self.use_by,
            self.max_share,
            self.id if self.whole_package_only else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitute:
    """`by` may be bought where `item` is wanted; one unit of it counts as `ratio` units."""

    item: Name
    by: Name
    ratio: Ratio = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """All that a plan is made from."""

    currency: str
    lines: tuple[Line, ...] = ()
    offers: tuple[PlanOffer, ...] = ()
    contributions: tuple[PlanContribution, ...] = ()
    packages: tuple[Package, ...] = ()
    rates: Mapping[str, Fraction] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    kits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    substitutes: tuple[Substitute, ...] = ()
    suppliers: tuple[Supplier, ...] = ()

    def can_pay_minor(self, contribution: PlanContribution) -> int:
        """Give what is left of a contribution after its fee, in the plan's currency, rounded down once."""
        rate = Fraction(1) if contribution.currency == self.currency else self.rates[contribution.currency]
        kept = Fraction(10_000 - contribution.fee_bps, 10_000)
        return int(contribution.amount_minor * kept * rate // 1)

    def may_pay(self, contribution: PlanContribution, line: Line, offer: PlanOffer, package: Package) -> bool:
        """Say whether a contribution's earmark and dates let it pay for units of `offer` for `line`."""
        return contribution.is_there(package) and contribution.earmark.permits(
            {"line": line.id, "package": package.id, **self.seen_by_earmark(offer)}
        )

    def seen_by_earmark(self, offer: PlanOffer) -> dict[str, str]:
        """Give what an earmark may say of an offer."""
        return {
            "category": self.categories.get(offer.item, ""),
            "item": offer.item,
            "supplier": offer.supplier,
            "source": offer.source,
        }

    def may_pay_charge(self, contribution: PlanContribution, supplier: str, package: Package) -> bool:
        """Say whether a contribution may pay a supplier's fixed charge in a package.

        Means:   a charge is for no line, item, category or source: money that is kept to some of those
                 does not pay it, money that is only kept away from some does.
        """
        return contribution.is_there(package) and contribution.earmark.permits(
            dict.fromkeys(EARMARK_KEYS, "") | {"package": package.id, "supplier": supplier}
        )

    def arrives_in_time(self, line: Line, offer: PlanOffer, package: Package) -> bool:
        """Say whether a unit ordered with `package` arrives by the day that `line` needs it."""
        return line.need_by is None or package.order_day + offer.lead_days <= line.need_by

    def wanted(self, item: str) -> dict[str, Fraction]:
        """Give the items that may be bought for a line of `item`, and as how many units one counts.

        A kit is bought in its parts: they have no entry here.
        """
        if item in self.kits:
            return {}
        counts = {item: Fraction(1)}
        for substitute in self.substitutes:
            if substitute.item == item:
                counts[substitute.by] = max(substitute.ratio, counts.get(substitute.by, Fraction(0)))
        return counts


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Purchase:
    """So many units of an offer, for a line, ordered with a package."""

    line: str
    offer: str
    package: str
    units: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Payment:
    """What one contribution pays for one line's units of an offer in a package, in the plan's currency.

    Where `supplier` is named it pays that supplier's fixed charge: `line` and `offer` are then empty.
    """

    contribution: str
    line: str
    offer: str
    package: str
    minor: int
    supplier: str = ""


class Certainty(StrEnum):
    """How sure a value is: only PROVEN may be called best."""

    PROVEN = "proven"
    GIVEN_EARLIER = "proven for the choices made before it"
    BOUNDED = "within its bound"
    UNKNOWN = "not bounded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One objective of a plan: its exact value, the best that could be hoped for, and how sure that is.

    `name` is "tier 1", "share-days", "cost" or "kept". `bound` is exact where `standing` is PROVEN. Else it
    is a solver's figure: no plan that makes the same choices for the objectives before it does better.
    """

    name: str
    value: Fraction
    bound: Fraction | None
    standing: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to buy, who pays, how good that is and where it came from.

    `interrupted` says that a person or a time budget stopped the search: the plan is good, not finished.
    """

    purchases: tuple[Purchase, ...]
    payments: tuple[Payment, ...]
    scores: tuple[Score, ...]
    fulfilled: Mapping[str, int]
    cost_minor: int
    paid_minor: Mapping[str, int]
    input_digest: str
    policy: Mapping[str, str]
    solver: str
    budget: str
    interrupted: bool = False
    notes: tuple[Sentence, ...] = ()

    def score(self, name: str) -> Score:
        """Give one objective by its name.

        Raises:  KeyError when the plan has no such objective.
        """
        for score in self.scores:
            if score.name == name:
                return score
        raise KeyError(name)

    def is_provably_best(self) -> bool:
        """Say whether every objective is proven: only then may a page call the plan best."""
        return not self.interrupted and all(score.standing is Certainty.PROVEN for score in self.scores)
