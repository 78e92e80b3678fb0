"""What is required and what is offered in the invented year, and what is decided about it."""

from datetime import date, timedelta
from functools import partial
from typing import Final

from pledgeline.actions.illustration.tables import Item, Wish, tables
from pledgeline.actions.illustration.telling import Teller
from pledgeline.records.models import OfferRecord, RequirementRecord

OFFERED_ON = date(2025, 3, 3)
WRITTEN_BEFORE, VALIDATED_BEFORE, LISTED_BEFORE = (timedelta(days=days) for days in (24, 20, 17))
"""How long before a package is planned its requirements are written down, validated and put on the list."""

SUBMIT, VALIDATE, LIST = ("submit", "recipient"), ("validate", "validator"), ("list", "coordinator")
TOO_MANY, IN_DOUBT = "SG-201", 7_000
ONE_ONLY = "mobile-substation"
DEARER, DEARER_ON = "heater", date(2025, 8, 20)
GROWN, GROWN_TO, GROWN_ON = "SH-601", 280, date(2025, 8, 21)
LEFT: Final[tuple[tuple[str, str, int, list[tuple[str, str]]], ...]] = (
    ("SG-902", "repeater", 15, [SUBMIT]),
    ("TR-902", "forklift", 4, [SUBMIT, VALIDATE]),
    ("WT-902", "hose", 1_500, []),
)
"""What is still to be decided when the year ends."""


def let_suppliers_offer(teller: Teller) -> None:
    """Plan the offers: one of a single unit, one that becomes dearer, one that is withdrawn."""
    for item in tables().items.values():
        teller.on(OFFERED_ON, partial(_offer, teller, item))
    teller.on(DEARER_ON, partial(_offer, teller, tables().items[DEARER], price=2_050_00))
    old = tables().items["bus"]
    teller.on(
        date(2025, 12, 1),
        lambda: teller.step(
            OfferRecord, old.offer, ("withdraw", "coordinator"), reason="The maker has closed"
        ),
    )


def who_sells(supplier: str) -> str:
    """Say who acts for a supplier: its own people, or the coordinator where it has none here."""
    return "supplier" if supplier == "Harbour Works" else "coordinator"


def _offer(teller: Teller, item: Item, price: int | None = None) -> None:
    who = who_sells(item.supplier)
    teller.write(
        OfferRecord,
        who,
        key=item.offer,
        item=item.item,
        supplier=item.supplier,
        unit_price=item.price if price is None else price,
        currency="USD",
        lead_days=item.lead_days,
        available=1 if item.item == ONE_ONLY else None,
    )
    teller.step(OfferRecord, item.offer, ("submit", who))


def let_recipients_ask(teller: Teller) -> None:
    """Plan the requirements of each package, and those that come to nothing."""
    for planned_on, wishes in tables().packages.values():
        for wish in wishes:
            _require(teller, wish, planned_on)
    teller.on(date(2025, 5, 20), partial(_refused, teller))
    teller.on(GROWN_ON, partial(_grown, teller))
    teller.on(date(2025, 12, 17), partial(_left_open, teller))


def _require(teller: Teller, wish: Wish, planned_on: date) -> None:
    written = planned_on - WRITTEN_BEFORE
    if wish.key == TOO_MANY:
        doubtful = Wish(key=wish.key, item=wish.item, units=IN_DOUBT, priority=wish.priority)
        teller.on(written - timedelta(days=3), partial(_write, teller, doubtful, [SUBMIT]))
        teller.on(
            written - timedelta(days=1),
            lambda: teller.step(
                RequirementRecord,
                wish.key,
                ("return", "validator"),
                reason="700 or 7,000? There are 900 posts",
            ),
        )
    teller.on(written, partial(_write, teller, wish, [SUBMIT], planned_on))
    teller.on(planned_on - VALIDATED_BEFORE, partial(teller.step, RequirementRecord, wish.key, VALIDATE))
    teller.on(planned_on - LISTED_BEFORE, partial(teller.step, RequirementRecord, wish.key, LIST))


def _write(teller: Teller, wish: Wish, steps: list[tuple[str, str]], planned_on: date | None = None) -> None:
    need_by = (planned_on + timedelta(days=120)).isoformat() if planned_on and wish.priority == 1 else None
    teller.write(
        RequirementRecord,
        "recipient",
        key=wish.key,
        item=wish.item,
        quantity=wish.units,
        priority=wish.priority,
        category=tables().items[wish.item].category,
        need_by=need_by,
    )
    teller.step(RequirementRecord, wish.key, *steps)


def _refused(teller: Teller) -> None:
    """A requirement is rejected, another one withdrawn."""
    _write(teller, Wish(key="TR-399", item="bus", units=40, priority=2), [SUBMIT])
    teller.step(
        RequirementRecord, "TR-399", ("reject", "validator"), reason="There are no drivers for so many"
    )
    _write(teller, Wish(key="WT-399", item="pump", units=20, priority=3), [SUBMIT, VALIDATE])
    teller.step(RequirementRecord, "WT-399", ("withdraw", "recipient"), reason="The flood has gone down")


def _grown(teller: Teller) -> None:
    """What is on the list already is required anew, with more units."""
    (wish,) = (wish for _day, wishes in tables().packages.values() for wish in wishes if wish.key == GROWN)
    more = Wish(key=GROWN, item=wish.item, units=GROWN_TO, priority=wish.priority)
    _write(teller, more, [SUBMIT, VALIDATE, LIST])


def _left_open(teller: Teller) -> None:
    """Leave something for each to do who looks at the year from its end."""
    for key, item, units, steps in LEFT:
        _write(teller, Wish(key=key, item=item, units=units, priority=2), steps)
    _write(teller, Wish(key="MD-902", item="x-ray-unit", units=3, priority=1), [SUBMIT])
    teller.step(RequirementRecord, "MD-902", ("return", "validator"), reason="Is there electricity for them?")
