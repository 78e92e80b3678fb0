"""The tables of the invented year, read from the file that ships with the program."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pledgeline.money import digits_of
from pledgeline.programme.toml import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A contribution, whose it is, and how much is pledged in minor units."""

    contribution: str
    name: str
    currency: str
    pledged: int
    terms: dict[str, object]

    @property
    def code(self) -> str:
        return self.name.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that is offered, by whom, for how many US cents, and in how many days it comes."""

    item: str
    category: str
    supplier: str
    price: int
    lead_days: int

    @property
    def offer(self) -> str:
        return f"OF-{self.item}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A requirement: how many units of which item, of which priority."""

    key: str
    item: str
    units: int
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IllustrationTables:
    """Everything that the file says."""

    rates: dict[str, Decimal]
    suppliers: dict[str, str]
    partners: tuple[Partner, ...]
    items: dict[str, Item]
    packages: dict[str, tuple[date, tuple[Wish, ...]]]


@cache
def tables() -> IllustrationTables:
    """Read the tables."""
    file = files("pledgeline") / "data" / "illustration" / "year.toml"
    said = read_toml(file.read_text(encoding="utf-8"))
    return IllustrationTables(
        rates={code: Decimal(rate) for code, rate in said["rates"].items()},
        suppliers=said["suppliers"],
        partners=tuple(
            Partner(
                contribution=key,
                name=name,
                currency=currency,
                pledged=whole * 10 ** digits_of(currency),
                terms=_as_forms_say(said["terms"].get(key, {})),
            )
            for key, (name, currency, whole) in said["partners"].items()
        ),
        items={
            item: Item(item=item, category=category, supplier=supplier, price=dollars * 100, lead_days=days)
            for item, (category, supplier, dollars, days) in said["offers"].items()
        },
        packages={
            package["key"]: (
                package["planned_on"],
                tuple(
                    Wish(key=key, item=item, units=units, priority=priority)
                    for key, item, units, priority in package["required"]
                ),
            )
            for package in said["packages"]
        },
    )


def _as_forms_say(terms: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in terms.items()}
