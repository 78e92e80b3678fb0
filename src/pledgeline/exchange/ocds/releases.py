"""The releases of a contracting process: one for the package, one for each order, receipt and end, one for the books.

What was said once in a release never changes. What the books say moves on: it stands in one release whose id has the
number of their entries. So amounts are those of the books, and another file of the same day has the same releases.
What the programme keeps from the public is written nowhere, and named under `withheldInformation`.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import quote

from pledgeline.exchange.ocds import process as fields
from pledgeline.exchange.ocds.process import Organisation, Process, ProcessLine, ProcessOrder, ProcessReceipt
from pledgeline.ledger.entries import time_text
from pledgeline.money import Amount
from pledgeline.programme.sentences import Param, sentence, spoken_in

EXTENSIONS = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_budget_breakdown_extension/master/extension.json",
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_withheldInformation_extension/master/extension.json",
)
LANGUAGE = "en"

WITHHELD = {
    fields.CONTENTS: "tender/items",
    fields.PRICE: "tender/items/unit/value",
    fields.DELIVERED_ON: "contracts/implementation/milestones",
    fields.DELIVERED_TO: "contracts/implementation/milestones",
    fields.DELIVERED_WHAT: "contracts/implementation/milestones/description",
}
"""What a programme may keep from the public, and where it would stand."""

Json = dict[str, Any]


def releases(process: Process) -> list[Json]:
    """Give the releases of a process, the oldest first."""
    with spoken_in(LANGUAGE):
        made = [_formed(process)]
        for order in process.orders:
            made.append(_ordered(process, order))
            made += [_received(process, order, receipt) for receipt in order.receipts]
            if order.closed_at is not None:
                made.append(_closed(process, order, order.closed_at))
        made.sort(key=lambda release: str(release["date"]))
        return [*made, _booked(process, str(made[-1]["date"]))]


def _release(process: Process, name: str, at: str, tags: list[str], **sections: object) -> Json:
    return {
        "ocid": process.ocid,
        "id": f"{process.ocid}-{name}",
        "date": at,
        "tag": tags,
        "initiationType": "tender",
        "language": LANGUAGE,
        **{name: section for name, section in sections.items() if section},
    }


def _formed(process: Process) -> Json:
    """Write what an accepted plan formed: who asks for what."""
    return _release(
        process,
        "formed",
        _moment(process.formed_at),
        ["planning", "tender"],
        parties=_parties(process, {}),
        buyer=_reference(process.recipient),
        planning={"rationale": _text("rationale", programme=process.programme)},
        tender={
            "id": process.key,
            "title": _text("title", package=process.key),
            "status": "planned",
            **_items(process, process.lines),
        },
        withheldInformation=_withheld(process),
    )


def _ordered(process: Process, order: ProcessOrder) -> Json:
    """Write an order that was accepted: what is to be delivered by whom, for how much."""
    value = _value(_sum(order))
    supplier = _reference(order.supplier)
    return _release(
        process,
        f"order-{order.key}",
        _moment(order.accepted_at),
        ["award", "contract"],
        parties=_parties(process, {"supplier": [order.supplier]}),
        awards=[
            {
                "id": order.key,
                "status": "active",
                "date": _moment(order.accepted_at),
                "value": value,
                "suppliers": [supplier],
                **_items(process, order.lines),
            }
        ],
        contracts=[
            {
                "id": order.key,
                "awardID": order.key,
                "title": order.contract or order.key,
                "status": "active",
                "dateSigned": _day(order.accepted_on),
                "value": value,
                **_items(process, order.lines),
            }
        ],
    )


def _received(process: Process, order: ProcessOrder, receipt: ProcessReceipt) -> Json:
    """Write what the recipient counted, lot by lot."""
    milestones = [_milestone(process, receipt, lot) for lot in receipt.lots]
    shown = process.shows(fields.DELIVERED_ON, fields.DELIVERED_TO)
    return _release(
        process,
        f"receipt-{receipt.key}",
        _moment(receipt.accepted_at),
        ["implementation"],
        contracts=[_contract(order, implementation={"milestones": milestones} if shown else {})],
    )


def _milestone(process: Process, receipt: ProcessReceipt, lot: fields.CountedUnits) -> Json:
    missing = lot.rejected + lot.short
    status = "notMet" if not lot.accepted else "partiallyMet" if missing else "met"
    milestone: Json = {
        "id": _joined(receipt.key, lot.lot),
        "type": "delivery",
        "title": _text("delivery", receipt=receipt.key),
        "status": status,
        "dateModified": _day(receipt.received_on),
        **({"dateMet": _day(receipt.received_on)} if lot.accepted else {}),
    }
    if process.shows(fields.CONTENTS, fields.DELIVERED_WHAT):
        if process.shows(fields.PRICE):
            said = _text(
                "counted",
                item=lot.item,
                accepted=str(lot.accepted),
                rejected=str(lot.rejected),
                short=str(lot.short),
            )
        else:
            said = lot.item
        milestone["description"] = said
    return milestone


def _closed(process: Process, order: ProcessOrder, at: datetime) -> Json:
    """Write that the rest of an order was cancelled."""
    return _release(
        process,
        f"closed-{order.key}",
        _moment(at),
        ["contractTermination"],
        contracts=[_contract(order, status="terminated")],
    )


def _booked(process: Process, after: str) -> Json:
    """Write what the books say now: who pays how much, what is bound by contracts, and what was spent."""
    at = max(after, _moment(process.entered_at) if process.entered_at else "")
    roles = {
        "supplier": [order.supplier for order in process.orders],
        "funder": list(process.partners),
        "sourceParty": [funding.partner for funding in process.funding],
        "payer": [spent.partner for order in process.orders for spent in order.spent],
        "payee": [order.supplier for order in process.orders if order.spent],
    }
    status = "cancelled" if process.is_cancelled else "complete" if process.is_all_ordered else "planned"
    return _release(
        process,
        f"books-{process.entries}",
        at,
        ["planningUpdate", "tenderUpdate", *(["implementationUpdate"] if process.orders else [])],
        parties=_parties(process, roles),
        planning={"budget": _budget(process)} if process.funding else {},
        tender={"id": process.key, "status": status},
        contracts=[
            _contract(
                order,
                value=_value(order.bound) if order.bound is not None else {},
                implementation=_transactions(order),
            )
            for order in process.orders
        ],
    )


def _budget(process: Process) -> Json:
    breakdown = [
        {
            "id": f"{funding.contribution}-{funding.amount.currency}",
            "description": funding.contribution,
            "amount": _value(funding.amount),
            "sourceParty": _reference(funding.partner),
        }
        for funding in process.funding
    ]
    currencies = {funding.amount.currency for funding in process.funding}
    if len(currencies) > 1:
        return {"budgetBreakdown": breakdown}
    total = Amount(sum(funding.amount.minor for funding in process.funding), currencies.pop())
    return {"amount": _value(total), "budgetBreakdown": breakdown}


def _transactions(order: ProcessOrder) -> Json:
    return {
        "transactions": [
            {
                "id": _joined(spent.lot, spent.contribution),
                "date": _day(spent.on),
                "value": _value(spent.amount),
                "payer": _reference(spent.partner),
                "payee": _reference(order.supplier),
            }
            for spent in order.spent
        ]
    }


def _contract(order: ProcessOrder, **sections: object) -> Json:
    """Write what is known of a contract: an empty section is left out, an amount of nothing is not."""
    shown = {
        name: {key: part for key, part in section.items() if part != []}
        if isinstance(section, dict)
        else section
        for name, section in sections.items()
    }
    return {
        "id": order.key,
        "awardID": order.key,
        **{name: section for name, section in shown.items() if section},
    }


def _items(process: Process, lines: Iterable[ProcessLine]) -> Json:
    """Write what is bought, where anything is; a quantity beside an amount would tell the price that is withheld."""
    if not process.shows(fields.CONTENTS):
        return {}
    items = []
    for line in lines:
        item: Json = {"id": line.line, "description": line.item}
        if process.shows(fields.PRICE):
            item |= {"quantity": line.units, "unit": {"name": "unit", "value": _value(line.unit_price)}}
        items.append(item)
    return {"items": items} if items else {}


def _withheld(process: Process) -> list[Json]:
    return [
        {"id": field, "field": place, "rationale": _text("withheld", programme=process.programme)}
        for field, place in WITHHELD.items()
        if field in process.withheld
    ]


def _parties(process: Process, roles: dict[str, list[Organisation]]) -> list[Json]:
    """Write every organisation once, with all that it does: a later release replaces what an earlier one said."""
    found: dict[str, Json] = {}
    for role, organisations in {"buyer": [process.recipient], **roles}.items():
        for organisation in organisations:
            party = found.setdefault(organisation.id, {**_reference(organisation), "roles": []})
            if role not in party["roles"]:
                party["roles"].append(role)
    return list(found.values())


def _joined(*keys: str) -> str:
    """Make one id of several keys, so that no two ids are the same."""
    return "/".join(quote(key, safe="") for key in keys)


def _reference(organisation: Organisation) -> Json:
    return {"id": organisation.id, "name": organisation.name}


def _value(amount: Amount) -> Json:
    return {"amount": amount.major, "currency": amount.currency}


def _sum(order: ProcessOrder) -> Amount:
    currency = order.lines[0].unit_price.currency
    return Amount(sum(line.units * line.unit_price.minor for line in order.lines), currency)


def _moment(at: datetime) -> str:
    return time_text(at.replace(microsecond=0))


def _day(day: date) -> str:
    return time_text(datetime.combine(day, time(), UTC))


def _text(name: str, **params: Param) -> str:
    return str(sentence(f"ocds.text.{name}", **params))
