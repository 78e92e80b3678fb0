"""The first lines of a package: how much it is, how far it has come, what it waits for, and what to do next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pledgeline.accounts.rights import Person
from pledgeline.actions import chain
from pledgeline.ledger import Balances
from pledgeline.money import Amount
from pledgeline.programme.roles import Role
from pledgeline.queries.approvals import approvers, may_decide, may_see
from pledgeline.queries.package_waits import SETTLE, WRITE, PackageWait, steps_meant, waits_of
from pledgeline.queries.packages import PackageFigures, figures_of
from pledgeline.records.models import FormedPackage, ProgrammeRecord
from pledgeline.web import words
from pledgeline.web.asked import Asked
from pledgeline.web.formats import number
from pledgeline.web.held import title_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StageShown:
    """How much of a package has come as far as a stage: money where the visitor sees it, and units."""

    label: str | Promise
    money: list[Amount]
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitShown:
    """What a package waits for, in words: who does it, and where, for whoever may."""

    text: str
    who: str
    act: str
    address: str
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageSummary:
    """What the first lines of a package say."""

    figures: PackageFigures
    stages: list[StageShown]
    waits: list[WaitShown]

    @property
    def next_act(self) -> WaitShown | None:
        """Give what the visitor can do next."""
        return next((wait for wait in self.waits if wait.is_mine), None)

    @property
    def others(self) -> list[WaitShown]:
        """Give what else it waits for, beside what the page says first."""
        first = self.next_act or next(iter(self.waits), None)
        return [wait for wait in self.waits if wait is not first]


def summary_of(
    asked: Asked, package: FormedPackage, person: Person, state: Balances, *, sees_money: bool
) -> PackageSummary:
    """Give the summary of one package."""
    (figures,) = figures_of(package.programme, state, [package])
    waits = waits_of(package.programme, state, [package]).get(package.pk, [])
    units = figures.of_orders
    stages: list[tuple[str | Promise, list[Amount], int]] = [
        (_("Paid in and set aside"), figures.held, figures.units - units.cancelled),
        (_("Ordered"), figures.ordered, units.ordered - units.cancelled),
        (_("Shipped"), figures.shipped, units.shipped),
        (_("Accepted"), figures.accepted, units.accepted),
    ]
    return PackageSummary(
        figures=figures,
        stages=[
            StageShown(label=label, money=money if sees_money else [], units=count)
            for label, money, count in stages
        ],
        waits=shown_waits(asked, package.programme, person, waits),
    )


# What is waited for

Worded = Callable[[PackageWait], str]


def _lines_to_order(wait: PackageWait) -> str:
    return ngettext(
        "%(n)s line is to be ordered from %(supplier)s",
        "%(n)s lines are to be ordered from %(supplier)s",
        wait.number,
    ) % {"n": number(wait.number), "supplier": wait.supplier}


def _units_to_ship(wait: PackageWait) -> str:
    return ngettext(
        "%(n)s unit of order %(key)s is to be shipped",
        "%(n)s units of order %(key)s are to be shipped",
        wait.number,
    ) % {"n": number(wait.number), "key": wait.row.key}


def _named(text: str | Promise) -> Worded:
    return lambda wait: str(text) % {"key": wait.row.key}


WAITS: dict[tuple[str, str], tuple[Worded, str | Promise]] = {
    ("order", WRITE): (_lines_to_order, _("Order them …")),
    ("order", "request"): (
        _named(_("Order %(key)s is a draft: an offer is to be requested")),
        _("To the order"),
    ),
    ("order", "offer"): (_named(_("The supplier is to offer for order %(key)s")), _("To the order")),
    ("order", "accept"): (_named(_("Order %(key)s was offered, and is to be accepted")), _("To the order")),
    ("shipment", WRITE): (_units_to_ship, _("Ship …")),
    ("shipment", "dispatch"): (
        _named(_("Shipment %(key)s is a draft, and is to be dispatched")),
        _("To the shipment"),
    ),
    ("receipt", WRITE): (_named(_("Shipment %(key)s is under way, and is to be counted")), _("Receive …")),
    ("receipt", "accept"): (
        _named(_("Receipt %(key)s was counted, and is to be accepted by a second person")),
        _("To the receipt"),
    ),
    ("discrepancy", SETTLE): (_named(_("Discrepancy %(key)s is to be settled")), _("To the discrepancy")),
    ("package", "close"): (
        _named(_("Everything of it is settled: it is to be closed")),
        _("Close the package …"),
    ),
    ("package", "cancel"): (
        _named(_("Its reservations have ended, and its units are planned again: it is to be cancelled")),
        _("Cancel the package …"),
    ),
}
"""What is waited for, in words, and what the button says."""

PAGES = {
    "order": "orders-one",
    "shipment": "shipments-one",
    "receipt": "receipts-one",
    "discrepancy": "discrepancies-one",
}


def shown_waits(
    asked: Asked, programme: ProgrammeRecord, person: Person, waits: Iterable[PackageWait]
) -> list[WaitShown]:
    """Write what is waited for; whose turn it is, and where it is done by whoever may."""
    return [_shown(asked, programme, person, wait) for wait in waits]


def wait_text(wait: PackageWait) -> str:
    """Say what is waited for."""
    if wait.held is not None:
        return translated("%(act)s %(key)s waits for approval") % {
            "act": title_of(wait.held),
            "key": wait.row.key,
        }
    return WAITS[wait.noun, wait.act][0](wait)


def who_of(wait: PackageWait) -> str:
    """Name the roles whose turn it is; of an approval the people, too."""
    roles = ", ".join(str(words.ROLES[role]) for role in Role if role in wait.roles)
    named = approvers(wait.held) if wait.held is not None else []
    return f"{roles}: {', '.join(named)}" if named else roles


def _shown(asked: Asked, programme: ProgrammeRecord, person: Person, wait: PackageWait) -> WaitShown:
    return WaitShown(
        text=wait_text(wait),
        who=who_of(wait),
        act=translated("To the approval") if wait.held is not None else str(WAITS[wait.noun, wait.act][1]),
        address=_address(asked, programme, person, wait),
        is_mine=_may(programme, person, wait),
    )


def _may(programme: ProgrammeRecord, person: Person, wait: PackageWait) -> bool:
    if wait.held is not None:
        return may_decide(wait.held, person)
    if wait.act == WRITE:
        return chain.may_write(chain.TABLES[wait.noun], programme, person)
    steps = steps_meant(wait.noun, wait.act)
    return any(chain.why_not(step, wait.row, person) is None for step in steps)


def _address(asked: Asked, programme: ProgrammeRecord, person: Person, wait: PackageWait) -> str:
    """Give the address where it is done; "" where the visitor may not see that page."""
    key = wait.row.key
    if wait.held is not None:
        return asked.at("approval", wait.held.ref) if may_see(programme, person) else ""
    if wait.act == WRITE:
        begun: dict[str, dict[str, Any]] = {
            "order": {"package": key, "supplier": wait.supplier},
            "shipment": {"order": key},
            "receipt": {"shipment": key},
        }
        return asked.at(f"{wait.noun}s-new", **begun[wait.noun])
    if wait.noun == "package":
        return asked.at("formed-step", key=key, step=wait.act)
    return asked.at(PAGES[wait.noun], key=key)
