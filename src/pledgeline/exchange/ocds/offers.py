"""What a file of OCDS says of awards and contracts, in the words in which offers and orders are written down here.

An award is read as offers, one for each of its items; a contract as an order of lines of a package, which its tender
and its items name. Nothing is guessed: what lacks a supplier, a price of a unit or a whole quantity is an objection.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pledgeline.exchange.ocds.catalogue import Objection, Path
from pledgeline.exchange.ocds.check import releases_of
from pledgeline.exchange.ocds.packages import merged_objects
from pledgeline.exchange.ocds.rules import Object, parts_of
from pledgeline.money.currencies import digits_of
from pledgeline.programme.sentences import Sentence, sentence

OVER = frozenset({"cancelled", "unsuccessful", "terminated"})
"""States of awards and contracts of which nothing is to be delivered: they are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OcdsRow:
    """One offer or order as the file says it, by the names of its fields, and where it stands."""

    noun: str
    said: Mapping[str, object]
    path: Path


Read = OcdsRow | Objection


def offers(value: Object, kind: str) -> Iterator[Read]:
    """Read the items of all awards as offers."""
    for award, path in _newest(value, kind, "awards"):
        items = parts_of(award.get("items"))
        supplier = _supplier(award)
        if isinstance(supplier, Sentence):
            yield Objection(path=path, said=supplier)
            continue
        if not items:
            yield Objection(path=path, said=sentence("ocds.no-items"))
        for place, item in enumerate(items):
            yield _offer(award, item, supplier, (*path, "items", place))


def orders(value: Object, kind: str, *, delivery_point: str) -> Iterator[Read]:
    """Read all contracts as orders. OCDS does not say where goods are handed over: `delivery_point` does."""
    awards = {str(award["id"]): award for award, _path in _newest(value, kind, "awards")}
    packages = {
        str(release.get("ocid")): release["tender"].get("id")
        for release, _path in releases_of(value, kind)
        if isinstance(release, Mapping) and isinstance(release.get("tender"), Mapping)
    }
    for contract, path in _newest(value, kind, "contracts"):
        supplier = _supplier(awards.get(str(contract.get("awardID")), {}))
        if isinstance(supplier, Sentence):
            yield Objection(path=path, said=supplier)
            continue
        yield from _order(contract, path, supplier, packages.get(contract[_PROCESS]), delivery_point)


_PROCESS = "\0ocid"
"""Under which name a part remembers its process; no field of a file is called so, for text holds no such letter."""


def _newest(value: Object, kind: str, section: str) -> Iterator[tuple[dict[str, Any], Path]]:
    """Give each award or contract once, with what all releases say of it, and where it stands last."""
    found: dict[tuple[object, object], tuple[dict[str, object], Path]] = {}
    dated = [pair for pair in releases_of(value, kind) if isinstance(pair[0], Mapping)]
    for release, path in sorted(dated, key=lambda pair: str(pair[0].get("date") or "")):
        ocid = str(release.get("ocid"))
        for place, part in enumerate(parts_of(release.get(section))):
            if isinstance(part, Mapping) and isinstance(part.get("id"), str | int):
                before = found.get((ocid, part["id"]), ({}, path))[0]
                merged = merged_objects(before, {**part, _PROCESS: ocid})
                found[ocid, part["id"]] = (merged, (*path, section, place))
    for part, path in found.values():
        if str(part.get("status")) not in OVER:
            yield part, path


def _supplier(award: Object) -> str | Sentence:
    suppliers = [part.get("name") for part in parts_of(award.get("suppliers")) if isinstance(part, Mapping)]
    if len(suppliers) == 1 and isinstance(suppliers[0], str):
        return suppliers[0]
    return sentence("ocds.one-supplier", number=len(suppliers))


def _offer(award: Object, item: Any, supplier: str, path: Path) -> Read:
    priced = _priced(item, path)
    if isinstance(priced, Objection):
        return priced
    if not isinstance(item.get("id"), str | int):
        return Objection(path=path, said=sentence("ocds.missing", field="id", where="items"))
    minor, currency = priced
    said = {
        "key": f"{award['id']}/{item['id']}",
        "item": item.get("description"),
        "supplier": supplier,
        "unit_price": minor,
        "currency": currency,
        "available": _whole(item.get("quantity")),
    }
    return OcdsRow(noun="offer", said=said, path=path)


def _order(
    contract: Object, path: Path, supplier: str, package: object, delivery_point: str
) -> Iterator[Read]:
    lines, currencies, wrong = [], set(), []
    for place, item in enumerate(parts_of(contract.get("items"))):
        priced = _priced(item, (*path, "items", place))
        if isinstance(priced, Objection):
            wrong.append(priced)
            continue
        lines.append({"line": item.get("id"), "units": _whole(item.get("quantity")), "unit_price": priced[0]})
        currencies.add(priced[1])
    if len(currencies) > 1:
        wrong.append(Objection(path=path, said=sentence("ocds.two-currencies")))
    if not lines and not wrong:
        wrong.append(Objection(path=path, said=sentence("ocds.no-items")))
    if wrong:
        yield from wrong
        return
    said = {
        "key": str(contract["id"]),
        "package": package,
        "supplier": supplier,
        "contract": contract.get("title"),
        "delivery_point": delivery_point,
        "currency": currencies.pop(),
        "lines": lines,
    }
    yield OcdsRow(noun="order", said=said, path=path)


def _priced(item: object, path: Path) -> tuple[int, str] | Objection:
    """Give the price of a unit in minor units, with its currency."""
    at = item
    for name in ("unit", "value"):
        at = at.get(name) if isinstance(at, Mapping) else None
    if not isinstance(at, Mapping):
        return Objection(path=path, said=sentence("ocds.no-unit-price"))
    amount, currency = at.get("amount"), at.get("currency")
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal) or not isinstance(currency, str):
        return Objection(path=path, said=sentence("ocds.no-unit-price"))
    try:
        minor = Decimal(amount).scaleb(digits_of(currency))
    except ValueError:
        return Objection(path=path, said=sentence("ocds.no-unit-price.currency"), excerpt=currency)
    if minor != minor.to_integral_value():
        return Objection(path=path, said=sentence("ocds.no-unit-price.parts"), excerpt=str(amount))
    return int(minor), currency


def _whole(quantity: object) -> object:
    """Give a quantity such as 3.0 as the whole number that it is; any other as it stands, to be refused later."""
    if isinstance(quantity, Decimal):
        return int(quantity) if quantity == quantity.to_integral_value() else str(quantity)
    return quantity


READERS: dict[str, Callable[..., Iterator[Read]]] = {"offers": offers, "orders": orders}
"""What a file may be read as."""
