"""The menu: three groups, in the order in which a programme is read, and what only few may do at its end.

What stands in it differs by what the visitor may see; an entry that leads nowhere for them is not there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template import Context
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledgeline.web.addresses import address_of
from pledgeline.web.asked import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A page of the menu: its address by name, its label and icon, and what the page's context must say for it.

    `covers` names further pages that belong to it; those whose name begins with its own and a hyphen do anyway.
    """

    page: str
    label: str | Promise
    icon: str
    needs: tuple[str, ...] = ()
    needs_all: bool = False
    covers: tuple[str, ...] = ()
    is_apart: bool = False

    def is_for(self, context: Context) -> bool:
        """Say whether the visitor is shown it."""
        has = [_of(context, name) not in (None, False, "") for name in self.needs]
        return not has or (all(has) if self.needs_all else any(has))

    def is_here(self, page: str) -> bool:
        """Say whether a page belongs to it."""
        return page in (self.page, *self.covers) or page.startswith((f"{self.page}-", *self._beginnings))

    @property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple(f"{page}-" for page in self.covers)


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuGroup:
    """Entries under a heading."""

    key: str
    label: str | Promise
    entries: tuple[MenuEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """An entry as a page shows it."""

    entry: MenuEntry
    address: str
    is_here: bool
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGroup:
    """A group as a page shows it; it is open where the page is in it."""

    group: MenuGroup
    entries: tuple[ShownEntry, ...]

    @property
    def is_here(self) -> bool:
        return any(entry.is_here for entry in self.entries)


PROGRAMME = MenuGroup(
    key="programme",
    label=_("Programme"),
    entries=(
        MenuEntry(page="overview", label=_("Overview"), icon="layout-dashboard"),
        MenuEntry(page="work", label=_("What waits for you"), icon="inbox", needs=("waits",)),
        MenuEntry(
            page="approvals",
            label=_("Approvals"),
            icon="stamp",
            needs=("sees_approvals",),
            covers=("approval",),
        ),
        MenuEntry(
            page="requirements", label=_("Requirements"), icon="clipboard-list", needs=("sees_requirements",)
        ),
        MenuEntry(page="offers", label=_("Offers"), icon="store", needs=("sees_offers",)),
        MenuEntry(page="plans", label=_("Plan"), icon="list-checks", covers=("plan",)),
        MenuEntry(
            page="formed",
            label=_("Packages of the programme"),
            icon="boxes",
            needs=("sees_requirements", "sees_plans"),
            needs_all=True,
        ),
        MenuEntry(
            page="progress",
            label=_("Progress"),
            icon="chart-no-axes-combined",
            needs=("sees_orders", "sees_contributions"),
        ),
    ),
)
MONEY = MenuGroup(
    key="money",
    label=_("Money and deliveries"),
    entries=(
        MenuEntry(
            page="contributions", label=_("Contributions"), icon="hand-coins", needs=("sees_contributions",)
        ),
        MenuEntry(page="books", label=_("Books"), icon="notebook-tabs", needs=("leads_to_books",)),
        MenuEntry(page="bank", label=_("Bank statements"), icon="landmark", needs=("keeps_books",)),
        MenuEntry(page="orders", label=_("Orders"), icon="shopping-cart", needs=("sees_orders",)),
        MenuEntry(page="shipments", label=_("Shipments"), icon="ship", needs=("sees_shipments",)),
        MenuEntry(page="receipts", label=_("Receipts"), icon="clipboard-check", needs=("sees_receipts",)),
        MenuEntry(
            page="discrepancies", label=_("Discrepancies"), icon="circle-alert", needs=("sees_receipts",)
        ),
    ),
)
RECORD = MenuGroup(
    key="record",
    label=_("Public record and guarantees"),
    entries=(
        MenuEntry(page="announcements", label=_("Announcements"), icon="megaphone", covers=("announcement",)),
        MenuEntry(page="partners", label=_("Partners"), icon="handshake", covers=("partner",)),
        MenuEntry(page="packages", label=_("Packages as reported"), icon="package", covers=("package",)),
        MenuEntry(page="deliveries", label=_("Deliveries as reported"), icon="truck"),
        MenuEntry(page="totals", label=_("Stated totals"), icon="scale", covers=("total",)),
        MenuEntry(page="items", label=_("Items and prices"), icon="tag"),
        MenuEntry(
            page="reports",
            label=_("Reports and claims"),
            icon="newspaper",
            covers=("report", "claim", "claims"),
        ),
        MenuEntry(page="sources", label=_("Sources"), icon="book-open", covers=("source", "record")),
        MenuEntry(page="rules", label=_("How the figures are made"), icon="ruler"),
        MenuEntry(page="guarantees", label=_("Guarantees"), icon="shield", is_apart=True),
    ),
)
GUARANTEES = MenuGroup(
    key="guarantees",
    label=_("Guarantees"),
    entries=(
        MenuEntry(page="guarantees-now", label=_("It has happened now"), icon="siren"),
        MenuEntry(page="guarantees", label=_("Register"), icon="shield", covers=("guarantees-instrument",)),
        MenuEntry(page="guarantees-obligations", label=_("Obligations"), icon="list"),
        MenuEntry(
            page="guarantees-scenarios",
            label=_("Scenarios"),
            icon="route",
            covers=("guarantees-scenario", "guarantees-write"),
        ),
        MenuEntry(
            page="guarantees-coverage", label=_("Coverage"), icon="umbrella", covers=("guarantees-duties",)
        ),
        MenuEntry(page="guarantees-matrix", label=_("Guarantors"), icon="grid-3x3"),
        MenuEntry(page="guarantees-without", label=_("If a guarantor leaves"), icon="log-out"),
        MenuEntry(page="guarantees-compare", label=_("Compare"), icon="columns-3"),
        MenuEntry(page="guarantees-funding", label=_("Funding by year"), icon="banknote"),
        MenuEntry(page="guarantees-vetoes", label=_("Who can block it"), icon="octagon-x"),
        MenuEntry(
            page="guarantees-new",
            label=_("Add an instrument"),
            icon="file-plus",
            needs=("may_edit_register",),
        ),
    ),
)
BESIDE = MenuGroup(
    key="beside",
    label=_("Programmes and guarantees"),
    entries=(
        MenuEntry(
            page="all-programmes",
            label=_("Programmes"),
            icon="folders",
            covers=("programmes", "new-programme"),
        ),
        MenuEntry(page="guarantees", label=_("Guarantees"), icon="shield"),
        MenuEntry(page="guarantees-now", label=_("It has happened now"), icon="siren"),
    ),
)
SETTING_UP = MenuGroup(
    key="setting-up",
    label=_("Administration"),
    entries=(
        MenuEntry(page="settings", label=_("Settings"), icon="settings", needs=("may_change_settings",)),
        MenuEntry(page="publication", label=_("Publication"), icon="globe", needs=("may_publish",)),
        MenuEntry(
            page="people",
            label=_("People"),
            icon="users",
            needs=("gives_roles",),
            covers=("person", "rights", "invite"),
        ),
        MenuEntry(page="audit", label=_("Audit trail"), icon="scroll-text", needs=("reads_what_was_done",)),
    ),
)
OF_A_PROGRAMME = (PROGRAMME, MONEY, RECORD)


def all_entries() -> list[MenuEntry]:
    """Give every entry of every group."""
    groups = (*OF_A_PROGRAMME, GUARANTEES, BESIDE, SETTING_UP)
    return [entry for group in groups for entry in group.entries]


def menu(context: Context) -> list[ShownGroup]:
    """Give the groups of the menu of a page that have something for the visitor."""
    asked, room = context.get("asked"), context.get("room")
    groups = (*(OF_A_PROGRAMME if asked else (GUARANTEES,) if room else (BESIDE,)), SETTING_UP)
    match = getattr(context.get("request"), "resolver_match", None)
    here = context.get("under") or (match.url_name if match else "") or ""
    shown = (ShownGroup(group=group, entries=tuple(_entries(group, context, here))) for group in groups)
    return [group for group in shown if group.entries]


def is_of_record(request: object) -> bool:
    """Say whether a page shows what was announced in public: the overview, and the pages of the record."""
    match = getattr(request, "resolver_match", None)
    page = (match.url_name if match else "") or ""
    shows = (entry for entry in RECORD.entries if entry.page != "guarantees")
    return page == "overview" or any(entry.is_here(page) for entry in shows)


def _entries(group: MenuGroup, context: Context, here: str) -> Iterator[ShownEntry]:
    entries = [entry for entry in group.entries if entry.is_for(context)]
    # of two that a page could belong to, the longer name is meant: `guarantees-new` is not the register
    fits = max(
        (entry for entry in entries if entry.is_here(here)), key=lambda entry: len(entry.page), default=None
    )
    for entry in entries:
        number = _of(context, "waits") if entry.page == "work" else None
        yield ShownEntry(
            entry=entry, address=_address(entry, context), is_here=entry is fits, number=number or None
        )


def _address(entry: MenuEntry, context: Context) -> str:
    """Give the address of a page, keeping the day and the currency, or the day and the beneficiary."""
    asked: Asked | None = context.get("asked")
    room = context.get("room")
    if room and entry.page.startswith("guarantees"):
        return str(room.at(entry.page.removeprefix("guarantees").lstrip("-")))
    if asked and entry.page not in BESIDE_PROGRAMMES:
        return asked.at(entry.page)
    return address_of(entry.page)


BESIDE_PROGRAMMES = ("guarantees", "all-programmes", "people", "audit")
"""Pages that are no part of a programme."""


def _of(context: Context, name: str) -> Any:
    value = context.get(name)
    return value() if callable(value) else value
