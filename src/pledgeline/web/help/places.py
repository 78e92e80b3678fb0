"""Where in the handbook each page is explained: said once, for *Help* in its head."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest

from pledgeline.web.addresses import address_of

CHAIN: Final = ("-new", "-change", "-one", "-step")


def _chain(noun: str, anchor: str) -> dict[str, str]:
    return dict.fromkeys((noun, *(f"{noun}{page}" for page in CHAIN)), f"chain#{anchor}")


PLACES: Final[Mapping[str, str]] = {
    # the public record
    "programmes": "tour",
    "all-programmes": "programme",
    "overview": "tour#one-figure-and-where-it-comes-from",
    "announcements": "tour#the-same-money-announced-again",
    "announcement": "figures#the-as-of-rule",
    "partners": "tour#who-and-for-what",
    "partner": "tour#who-and-for-what",
    "packages": "tour#who-and-for-what",
    "package": "tour#who-and-for-what",
    "deliveries": "tour#who-and-for-what",
    "totals": "figures#stated-totals",
    "total": "figures#stated-totals",
    "items": "record",
    "sources": "record",
    "source": "record",
    "rules": "figures",
    **dict.fromkeys(
        ("reports", "report", "report-new", "report-claim", "report-describe", "claims", "claim"),
        "reports#on-the-pages",
    ),
    **dict.fromkeys(("claim-use", "claim-cite", "claims-compare"), "reports#on-the-pages"),
    **dict.fromkeys(("record-new", "record-correct", "record-remove"), "record#on-pages"),
    "search": "chain#finding-something",
    # the programme
    "new-programme": "programme#on-pages",
    "settings": "programme#on-pages",
    "webhook": "open-data#messages-to-another-office",
    "webhooks": "open-data#messages-to-another-office",
    "publication": "people#publishing",
    "publication-change": "people#publishing",
    "work": "contributions#what-waits-for-you",
    # from a requirement to a receipt
    **_chain("requirements", "requirements"),
    **_chain("offers", "offers"),
    **_chain("orders", "orders"),
    **_chain("shipments", "shipments"),
    **_chain("receipts", "receipts"),
    **dict.fromkeys(("requirements-many", "offers-many"), "chain#many-rows-at-once"),
    "orders-labels": "chain#in-the-field-on-a-telephone",
    **dict.fromkeys(("discrepancies", "discrepancies-one", "discrepancies-step"), "chain#discrepancies"),
    **dict.fromkeys(("formed", "formed-board", "formed-one", "formed-step"), "chain#packages"),
    **dict.fromkeys(("nouns-import", "nouns-import-look"), "chain#from-a-workbook-or-a-csv-file"),
    "workbook": "workbook",
    "progress": "chain#progress",
    "approval": "programme#on-pages",
    "approvals": "programme#on-pages",
    # contributions
    "contributions": "contributions",
    "contributions-one": "contributions#from-a-pledge-to-money-that-has-arrived",
    "contributions-pledge": "contributions#from-a-pledge-to-money-that-has-arrived",
    "contributions-terms": "contributions#what-it-may-be-spent-on",
    "contributions-statement": "contributions#the-statement-of-account",
    "contributions-statement-pdf": "contributions#the-statement-of-account",
    # planning
    "plans": "planning-site",
    "plan-new": "planning-site#from-a-workbook-to-a-plan",
    "plan-from-list": "chain#a-plan-from-the-list",
    "plan-input": "planning-site#from-a-workbook-to-a-plan",
    "plan-input-discard": "planning-site#from-a-workbook-to-a-plan",
    "plan-accept": "chain#accepting-it",
    "plan-delete": "planning-site#who-sees-plans-and-how-they-are-kept",
    "plan-pdf": "planning-site#taking-it-along",
    **dict.fromkeys(
        (
            *("plan-run", "plan-lines", "plan-line", "plan-packages", "plan-package", "plan-money"),
            *("plan-contribution", "plan-whatif", "plan-compare"),
        ),
        "planning-site#reading-a-plan",
    ),
    "job": "running#work-in-the-background",
    # the books
    "books": "books-site",
    "books-open": "contributions#opening-the-books",
    **dict.fromkeys(
        (
            *("books-journal", "books-entry", "books-balances", "books-contributions", "books-contribution"),
            *("books-lines", "books-line", "books-lots", "books-lot"),
        ),
        "books-site#what-there-is",
    ),
    **dict.fromkeys(("books-record", "books-events", "books-events-look"), "books-site#recording"),
    "books-proofs": "books-site#proofs",
    "bank": "bank",
    # guarantees
    **dict.fromkeys(
        ("guarantees", "guarantees-obligations", "guarantees-instrument", "guarantees-duties"), "guarantees"
    ),
    "guarantees-now": "guarantees#it-has-happened-now",
    "guarantees-scenarios": "guarantees#one-question-from-the-event-to-the-clause",
    "guarantees-scenario": "guarantees#one-question-from-the-event-to-the-clause",
    "guarantees-write": "guarantees#your-own-scenario",
    **dict.fromkeys(
        (
            *("guarantees-matrix", "guarantees-coverage", "guarantees-compare", "guarantees-without"),
            "guarantees-vetoes",
        ),
        "guarantees#what-is-covered-and-what-falls-away",
    ),
    "guarantees-funding": "guarantees#promised-beside-received-beside-accepted",
    **dict.fromkeys(
        (
            *("guarantees-new", "guarantees-edit", "guarantees-versions", "guarantees-withdraw"),
            "guarantees-point",
        ),
        "guarantees#editing-the-register",
    ),
    # people
    "people": "people#giving-roles",
    "person": "people#giving-roles",
    "rights": "people#roles",
    "invite": "people#giving-roles",
    "desk": "people#the-first-minute",
    "invitation": "people#signing-in",
    "account": "people#signing-in",
    "end-session": "people#signing-in",
    "tokens": "api#who-asks",
    "audit": "audit",
    "audit-event": "audit#what-an-event-holds",
}
"""A chapter, with the anchor of a heading where one says it; by the name of the page's address."""

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "overview": ("announcement", "stage as stated", "as of", "stated total"),
    "announcements": ("announcement", "stage as stated", "counted", "left out", "shown apart"),
    "announcement": ("stage as stated", "relation", "counted", "left out"),
    "partners": ("partner", "announcement", "joint sum"),
    "packages": ("package as reported",),
    "deliveries": ("delivery as reported", "acceptance"),
    "totals": ("stated total", "as of"),
    "requirements": ("requirement", "recipient", "validator", "priority"),
    "offers": ("offer", "supplier"),
    "formed": ("package", "plan", "allocation"),
    "orders": ("order", "supplier", "outstanding"),
    "shipments": ("lot", "recipient"),
    "receipts": ("acceptance", "lot"),
    "contributions": ("contribution", "pledge", "commitment", "receipt", "available"),
    "contributions-one": ("pledge", "commitment", "receipt", "earmark", "use by"),
    "contributions-terms": ("earmark", "use by"),
    "plans": ("plan", "requirement", "package"),
    "plan-run": ("plan", "bound", "waits", "priority"),
    "books": ("books", "contribution", "available", "allocated", "lapsed"),
    "books-journal": ("entry", "effective on", "recorded at", "take back"),
    "books-entry": ("entry", "posting", "seal", "take back"),
    "books-balances": ("trial balance", "account", "stage"),
    "books-contributions": ("contribution", "pledged", "committed", "available"),
    "books-lots": ("lot", "delivered", "accepted"),
    "books-proofs": ("checkpoint of books", "witness", "seal"),
    "guarantees": ("instrument", "obligation", "guarantor", "basis"),
    "guarantees-obligations": ("obligation", "trigger", "basis"),
    "guarantees-instrument": ("instrument", "obligation", "trigger", "basis"),
}
"""The words of the glossary that a page explains below its heading."""

SIGNING_IN: Final = ("account_", "mfa_", "socialaccount_", "openid_")
"""How the names of addresses begin at which somebody signs in or keeps an account."""


def place_of(page: str) -> str:
    """Give the chapter and the anchor for a page; "" for a page of the handbook itself, and for one that is none."""
    return "people#signing-in" if page.startswith(SIGNING_IN) else PLACES.get(page, "")


def help_address(request: HttpRequest) -> str:
    """Give where *Help* leads from a page."""
    match = getattr(request, "resolver_match", None)
    chapter, _sign, anchor = place_of((match.url_name if match else "") or "").partition("#")
    if not chapter:
        return address_of("help")
    return address_of("help-chapter", chapter) + (f"#{anchor}" if anchor else "")
