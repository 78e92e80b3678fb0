"""What costs more than a page, by the name of its address: how often one visitor may ask for it in a minute.

The figures leave room for an office of fifty people behind one address who are not signed in; whoever is signed in
is counted alone. What `takes_a_core` is also bounded at a time, see `server.lanes`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How often a visitor may ask for something of a kind."""

    name: str
    about: Text
    per_minute: int
    takes_a_core: bool = True


SCENARIOS = Allowance(name="scenarios", about=_("Answers to scenarios"), per_minute=180)
EXPORTS = Allowance(name="exports", about=_("Files to take along"), per_minute=120)
UPLOADS = Allowance(name="uploads", about=_("Files and texts handed in"), per_minute=30)
WHAT_IFS = Allowance(name="what-ifs", about=_("What-ifs, one for each step of the slider"), per_minute=300)
PLANS = Allowance(name="plans", about=_("Plans that are asked for"), per_minute=30)
SEARCHES = Allowance(
    name="searches", about=_("Searches, one for each pause in typing"), per_minute=600, takes_a_core=False
)

API_READS = Allowance(name="api-reads", about=_("Answers to programs"), per_minute=1_200, takes_a_core=False)
API_WRITES = Allowance(name="api-writes", about=_("Changes by programs"), per_minute=600, takes_a_core=False)

ALL = (SCENARIOS, EXPORTS, UPLOADS, WHAT_IFS, PLANS, SEARCHES, API_READS, API_WRITES)

_READ = {
    **dict.fromkeys(
        ("guarantees-scenario", "guarantees-scenario-answer", "guarantees-scenario-file"), SCENARIOS
    ),
    **dict.fromkeys(
        (
            *("announcements-file", "partners-file", "packages-file", "deliveries-file", "totals-file"),
            *("items-file", "sources-file", "overview-file", "partner-file", "books-file"),
            *("announcements-feed", "acceptances-feed", "guarantees-feed", "guarantees-instrument-feed"),
            *("dataset", "sitemap"),
            *("books-journal-file", "books-balances-file", "books-contributions-file", "books-lines-file"),
            *("books-lots-file", "books-units-file", "books-export"),
            *("plans-file", "plan-sample-file", "plan-template", "plan-record", "plan-input-file"),
            *("plan-input-marked", "plan-lines-file", "plan-packages-file", "plan-orders-file"),
            *("plan-money-file", "plan-payments-file", "plan-compare-file", "plan-workbook", "plan-problem"),
            *("plan-answer", "plan-handed-in", "plan-pdf"),
            *("requirements-file", "offers-file", "formed-file"),
            "approvals-file",
            *("orders-file", "shipments-file", "receipts-file", "discrepancies-file", "people-file"),
            *("books-iati", "ocds-file", "workbook-file", "claims-file", "reports-file"),
            *("progress-deliveries-file", "progress-ageing-file", "progress-lapsing-file"),
            *("contributions-file", "contributions-statement-file", "contributions-statement-pdf"),
            *("guarantees-file", "guarantees-obligations-file", "guarantees-matrix-file"),
            *("guarantees-coverage-file", "guarantees-compare-file", "guarantees-funding-file"),
            *("guarantees-vetoes-file", "guarantees-instrument-file", "audit-csv", "audit-lines"),
        ),
        EXPORTS,
    ),
    "plan-whatif": WHAT_IFS,
    "search": SEARCHES,
}
_SENT = {
    **dict.fromkeys(
        (
            "guarantees-write",
            "guarantees-now",
            "guarantees-keep",
            "guarantees-scenario-answer",
            "guarantees-new",
            "guarantees-edit",
            "plan-new",
            "books-events",
            "books-proofs",
            "nouns-import",
            "workbook",
            "bank",
            "receipts-photo",
            "report-new",
        ),
        UPLOADS,
    ),
    **dict.fromkeys(("plan-sample", "plan-from-list", "plan-input", "plan-again", "plan-whatif"), PLANS),
}
_OF_PROGRAMS = {
    ("POST", "evaluate-scenario"): SCENARIOS,
    ("GET", "api-workbook"): EXPORTS,
    ("POST", "api-batches"): UPLOADS,
    ("POST", "api-workbook-looks"): UPLOADS,
    ("POST", "api-bank-statements"): UPLOADS,
}
"""What programs are answered at more cost than usual, by method and name of the address."""

NAMES = frozenset(_READ.keys() | _SENT.keys())


def allowance_of_program(method: str, name: str) -> Allowance:
    """Give what a request of a program is counted as."""
    usual = API_READS if method in ("GET", "HEAD", "OPTIONS") else API_WRITES
    return _OF_PROGRAMS.get((method, name), usual)


def allowance_of(method: str, name: str, *, is_search: bool = False) -> Allowance | None:
    """Give what a request is counted as; nothing for what costs no more than a page.

    >>> allowance_of("POST", "plan-new").name, allowance_of("GET", "plan-new")
    ('uploads', None)
    """
    found = _SENT.get(name) if method == "POST" else _READ.get(name)
    return SEARCHES if found is None and is_search and method != "POST" else found
