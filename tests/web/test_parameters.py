"""An address is understood in full, or it is said what was not: never today instead, never everything."""

import html
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
import time_machine
from django.urls import get_resolver

import pledgeline.web
from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.claims import accept
from pledgeline.actions.reports import read_in
from pledgeline.audit.models import AuditEvent
from pledgeline.programme.roles import Role
from pledgeline.queries.reports import Described
from pledgeline.records.books import books_of
from pledgeline.records.models import OfferRecord, RequirementRecord
from pledgeline.records.snapshot import snapshot
from pledgeline.web.totals import key_of
from tests.chain import OFFER, REQUIREMENT, dispatched, formed, ordered, received, the_fund, written
from tests.people import a_person
from tests.planning import PROBLEM, handed_in, planned
from tests.web.books import PACKAGE, keep
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAYS = (
    "31.12.2025",
    "hello",
    "2025-02-30",
    "20250804",
    "2025-8-4",
    "2025-08-04T00:00",
    "2025-W32-1",
    "２０２５-08-04",
    "0001-01-01",
    "1989-12-31",
    "today",
)
LATER = ("2026-03-11", "2099-01-01", "9999-12-31")
NONSENSE = {
    "as_of": (*DAYS, *LATER),
    "known_on": (*DAYS, *LATER),
    "on": DAYS[:9],
    "since": DAYS[:8],
    "until": DAYS[:8],
    "currency": ("XXX", "usd", "€", "USD,EUR"),
    "page": ("0", "-1", "1.5", "hello", "01", "999", "1e3", "１", "last"),
    "q": ("x" * 201,),
    "person": ("x" * 201,),
    "after": ("0", "999999999", "-1", "1.5"),
    "before": ("999999999", "last"),
    "amount": ("lots", "-5", "1e9", "12,50", "1,00,000", "NaN"),
    "slide": ("lots", "-5", "12,50"),
    "day": ("soon", "2025-02-30", "1.1.2026"),
    "entered": ("-1", "many", "2001"),
}
"""What no field of this name takes; any other parameter is asked for things of names that nothing has."""

NO_SUCH = ("XXX", "nobody-Ω", "--announced", "' OR 1=1 --", "<script>alert(1)</script>")

RECORD = ("as_of", "currency")
BOOKS = ("as_of", "known_on", "currency")
ROOM = ("on", "to")
JOURNAL = "q kind partner contribution package line lot since until"
CHAIN = (
    ("requirements", "AD-014", ""),
    ("offers", "O-1", ""),
    ("orders", "ORD-1", "package supplier"),
    ("shipments", "SH-1", "order"),
    ("receipts", "RC-1", "shipment"),
)
"""The nouns of the chain: one of each that is there, and what a new one is filled in from."""

DECIDED = ("orders", "shipments", "receipts")
"""The one that is there was decided, and is not changed any more."""

ADDRESSES = {
    "programmes": ("/", (), ""),
    "checkpoints": ("/checkpoints.json", (), ""),
    "overview": ("/p/purl/", RECORD, ""),
    "picture": ("/p/purl/picture/steps.svg", RECORD, ""),
    "announcements": (
        "/p/purl/announcements/",
        RECORD,
        "package q sort page partner since stage treatment until",
    ),
    "announcements-file": (
        "/p/purl/announcements.csv",
        RECORD,
        "package q sort partner since stage treatment until",
    ),
    "announcement": ("/p/purl/announcements/C001/", RECORD, ""),
    "partners": ("/p/purl/partners/", RECORD, "sort page"),
    "overview-file": ("/p/purl.json", RECORD, ""),
    "announcements-feed": ("/p/purl/announcements.atom", (), ""),
    "dataset": ("/p/purl/dataset.jsonld", (), ""),
    "robots": ("/robots.txt", (), ""),
    "sitemap": ("/sitemap.xml", (), ""),
    "partner-file": ("/p/purl/partners/NLD.csv", RECORD, "sort"),
    "books-file": ("/p/harbour/books.json", BOOKS, ""),
    "acceptances-feed": ("/p/harbour/acceptances.atom", (), ""),
    "guarantees-feed": ("/guarantees/changes.atom", (), ""),
    "guarantees-instrument-feed": ("/guarantees/instruments/nato-1949.atom", (), ""),
    "partners-file": ("/p/purl/partners.xlsx", RECORD, "sort"),
    "partner": ("/p/purl/partners/NLD/", RECORD, "sort page"),
    "partner-picture": ("/p/purl/partners/NLD/picture.svg", RECORD, ""),
    "packages": ("/p/purl/packages/", RECORD, "sort page"),
    "packages-file": ("/p/purl/packages.csv", RECORD, "sort"),
    "package": ("/p/purl/packages/PKG05/", RECORD, "sort page"),
    "deliveries": ("/p/purl/deliveries/", RECORD, "sort page"),
    "deliveries-file": ("/p/purl/deliveries.csv", RECORD, "sort"),
    "totals": ("/p/purl/stated-totals/", RECORD, "q sort page show"),
    "totals-file": ("/p/purl/stated-totals.xlsx", RECORD, "q sort show"),
    "total": ("/p/purl/stated-totals/{total}/", RECORD, ""),
    "items": ("/p/purl/items/", RECORD, "sort page"),
    "items-file": ("/p/purl/items.csv", RECORD, "sort"),
    "sources": ("/p/purl/sources/", RECORD, "q sort page"),
    "sources-file": ("/p/purl/sources.csv", RECORD, "q sort"),
    "source": ("/p/purl/sources/S001/", RECORD, ""),
    "reports": ("/p/harbour/reports/", RECORD, "sort page"),
    "reports-file": ("/p/harbour/reports.csv", RECORD, "sort"),
    "report": ("/p/harbour/reports/D1/", RECORD, "at"),
    "claims": ("/p/harbour/claims/", RECORD, "q sort page"),
    "claims-file": ("/p/harbour/claims.csv", RECORD, ""),
    "claims-compare": ("/p/harbour/claims/compare/", RECORD, ""),
    "claim": ("/p/harbour/claims/CL1/", RECORD, ""),
    "rules": ("/p/purl/rules/", RECORD, ""),
    "books": ("/p/harbour/books/", BOOKS, ""),
    "work": ("/p/harbour/work/", RECORD, ""),
    "approvals": ("/p/harbour/approvals/", RECORD, "decision sort page"),
    "approvals-file": ("/p/harbour/approvals.csv", RECORD, "decision sort"),
    "contributions": ("/p/harbour/contributions/", RECORD, "q partner holds sort page"),
    "contributions-file": ("/p/harbour/contributions.csv", RECORD, "q partner holds sort"),
    "contributions-pledge": ("/p/harbour/contributions/pledge/", RECORD, ""),
    "contributions-one": ("/p/harbour/contributions/one/?key=N", RECORD, "key"),
    "contributions-terms": ("/p/harbour/contributions/terms/?key=N", RECORD, "key"),
    "contributions-statement": ("/p/harbour/contributions/statement/?key=N", RECORD, "key"),
    "contributions-statement-pdf": ("/p/harbour/contributions/statement.pdf?key=N", RECORD, "key"),
    "contributions-statement-file": ("/p/harbour/contributions/statement.csv?key=N", RECORD, "key"),
    "books-flow": ("/p/harbour/books/flow.svg", BOOKS, ""),
    "books-journal": (
        "/p/harbour/books/journal/",
        BOOKS,
        "line contribution package kind q sort page lot partner since until",
    ),
    "books-journal-file": (
        "/p/harbour/books/journal.csv",
        BOOKS,
        "line contribution package kind q sort lot partner since until",
    ),
    "books-entry": ("/p/harbour/books/journal/3/", BOOKS, "done proof"),
    "books-inclusion": ("/p/harbour/books/journal/3/proof.json", BOOKS, ""),
    "books-balances": (
        "/p/harbour/books/balances/",
        BOOKS,
        "line contribution package sort page lot partner stage",
    ),
    "books-balances-file": (
        "/p/harbour/books/balances.csv",
        BOOKS,
        "line contribution package sort lot partner stage",
    ),
    "books-contributions": ("/p/harbour/books/contributions/", BOOKS, "line package sort page partner stage"),
    "books-contributions-file": (
        "/p/harbour/books/contributions.xlsx",
        BOOKS,
        "line package sort partner stage",
    ),
    "books-contribution": ("/p/harbour/books/contribution/?key=N", BOOKS, "key sort page"),
    "books-lines": ("/p/harbour/books/lines/", BOOKS, "line contribution package sort page partner stage"),
    "books-lines-file": ("/p/harbour/books/lines.csv", BOOKS, "line contribution package sort partner stage"),
    "books-line": ("/p/harbour/books/line/?key=L1", BOOKS, "key sort page"),
    "books-lots": ("/p/harbour/books/lots/", BOOKS, "line contribution package sort page partner stage"),
    "books-lots-file": ("/p/harbour/books/lots.csv", BOOKS, "line contribution package sort partner stage"),
    "books-lot": ("/p/harbour/books/lot/?key=D1", BOOKS, "key sort page"),
    "books-units-file": ("/p/harbour/books/units.csv?key=D1", BOOKS, "key sort"),
    "books-record": ("/p/harbour/books/record/", BOOKS, "kind"),
    "books-events": ("/p/harbour/books/events/", BOOKS, "entered"),
    "books-proofs": ("/p/harbour/books/proofs/", BOOKS, ""),
    "books-checkpoint": ("/p/harbour/books/checkpoint.txt", BOOKS, ""),
    "books-keys": ("/p/harbour/books/keys.txt", BOOKS, ""),
    "books-verifier": ("/p/harbour/books/verifier.py", BOOKS, ""),
    "books-iati": ("/p/harbour/books/iati-activities.xml", BOOKS, ""),
    "books-export": ("/p/harbour/books/books.beancount", BOOKS, ""),
    "plans": ("/p/purl/plan/", RECORD, "sort page"),
    "plans-file": ("/p/purl/plan.csv", RECORD, "sort"),
    "publication": ("/p/purl/publication/", RECORD, ""),
    "publication-change": ("/p/purl/publication/programme/", RECORD, ""),
    "all-programmes": ("/programmes/", RECORD, ""),
    "people": ("/people/", (), "q role programme"),
    "people-file": ("/people.csv", (), "q role programme"),
    "rights": ("/people/rights/", (), ""),
    "rights-file": ("/people/rights.csv", (), ""),
    **{
        address: entry
        for noun, key, of in CHAIN
        for address, entry in (
            (noun, (f"/p/harbour/{noun}/", RECORD, "q sort page state")),
            (f"{noun}-file", (f"/p/harbour/{noun}.csv", RECORD, "q sort state")),
            (f"{noun}-one", (f"/p/harbour/{noun}/one/?key={key}", RECORD, "key")),
            (f"{noun}-new", (f"/p/harbour/{noun}/new/", RECORD, of)),
            (f"{noun}-change", (f"/p/harbour/{noun}/change/?key={key}", RECORD, "key")),
        )
        if noun not in DECIDED or not address.endswith("-change")
    },
    "requirements-many": ("/p/harbour/requirements/many/?step=submit", RECORD, "step"),
    "offers-many": ("/p/harbour/offers/many/?step=submit", RECORD, "step"),
    "formed": ("/p/harbour/formed/", RECORD, "q sort page progress"),
    "formed-file": ("/p/harbour/formed.csv", RECORD, "q sort progress"),
    "formed-one": ("/p/harbour/formed/one/?key=P-1", RECORD, "key"),
    "formed-board": ("/p/harbour/formed/board/", RECORD, ""),
    "discrepancies": ("/p/harbour/discrepancies/", RECORD, "q sort state page"),
    "discrepancies-file": ("/p/harbour/discrepancies.csv", RECORD, "q sort state"),
    "discrepancies-one": ("/p/harbour/discrepancies/one/?key=D-1", RECORD, "key"),
    "search": ("/search/", (), "q"),
    "help": ("/help/", (), ""),
    "help-glossary": ("/help/glossary/", (), ""),
    "help-new": ("/help/new/", (), ""),
    "help-tour": ("/help/tour/", (), ""),
    "help-tour-end": ("/help/tour/end/", (), ""),
    "help-reference": ("/help/reference/steps/", (), ""),
    "help-chapter": ("/help/handbook/tour/", (), ""),
    "tokens": ("/account/tokens/", (), ""),
    "workbook": ("/p/harbour/workbook/", RECORD, ""),
    "workbook-file": ("/p/harbour/workbook.xlsx", RECORD, "hxl"),
    "bank": ("/p/harbour/bank/", RECORD, ""),
    "nouns-import": ("/p/harbour/import/", RECORD, "noun"),
    "orders-labels": ("/p/harbour/orders/labels/?key=ORD-1", RECORD, "key"),
    "progress": ("/p/harbour/progress/", RECORD, "days"),
    "progress-deliveries-file": ("/p/harbour/progress/deliveries.csv", RECORD, "days"),
    "progress-ageing-file": ("/p/harbour/progress/ageing.csv", RECORD, "days"),
    "progress-lapsing-file": ("/p/harbour/progress/lapsing.csv", RECORD, "days"),
    "progress-picture": ("/p/harbour/progress/lapsing.svg", RECORD, "days"),
    "ocds-file": ("/p/harbour/ocds/releases.json", RECORD, ""),
    "plan-accept": ("/p/purl/plan/{run}/accept/", RECORD, "size"),
    "plan-new": ("/p/purl/plan/new/", RECORD, ""),
    "plan-sample-file": ("/p/purl/plan/sample/energy-fund.xlsx", RECORD, ""),
    "plan-template": ("/p/purl/plan/template.xlsx", RECORD, ""),
    "plan-record": ("/p/purl/plan/record.xlsx", RECORD, ""),
    "plan-input": ("/p/purl/plan/input/{source}/", RECORD, "q sort page sheet"),
    "plan-input-file": ("/p/purl/plan/input/{source}/findings.csv", RECORD, "q sort sheet"),
    "plan-input-discard": ("/p/purl/plan/input/{source}/discard/", RECORD, ""),
    "plan-run": ("/p/purl/plan/{run}/", RECORD, ""),
    "plan-state": ("/p/purl/plan/{run}/state/", RECORD, ""),
    "plan-delete": ("/p/purl/plan/{run}/delete/", RECORD, ""),
    "plan-picture": ("/p/purl/plan/{run}/picture/plan-tiers.svg", RECORD, ""),
    "plan-lines": ("/p/purl/plan/{run}/lines/", RECORD, "q sort page category priority reason state"),
    "plan-lines-file": ("/p/purl/plan/{run}/lines.csv", RECORD, "q sort category priority reason state"),
    "plan-line": ("/p/purl/plan/{run}/line/?line=R-1", RECORD, "line"),
    "plan-packages": ("/p/purl/plan/{run}/packages/", RECORD, "sort page"),
    "plan-packages-file": ("/p/purl/plan/{run}/packages.csv", RECORD, "sort"),
    "plan-package": ("/p/purl/plan/{run}/package/?package=P-1", RECORD, "package sort page"),
    "plan-orders-file": ("/p/purl/plan/{run}/orders.csv", RECORD, "package sort"),
    "plan-money": ("/p/purl/plan/{run}/money/", RECORD, "q sort page state"),
    "plan-money-file": ("/p/purl/plan/{run}/money.csv", RECORD, "q sort state"),
    "plan-contribution": (
        "/p/purl/plan/{run}/contribution/?contribution=C-any",
        RECORD,
        "contribution sort page",
    ),
    "plan-payments-file": ("/p/purl/plan/{run}/payments.csv", RECORD, "contribution sort"),
    "plan-whatif": ("/p/purl/plan/{run}/what-if/", RECORD, "amount day slide terms was"),
    "plan-confirmed": ("/p/purl/plan/{run}/what-if/confirmed/", RECORD, ""),
    "plan-compare": ("/p/purl/plan/{run}/compare/?with={other}", RECORD, "with sort page"),
    "plan-compare-file": ("/p/purl/plan/{run}/compare.csv?with={other}", RECORD, "with sort"),
    "plan-workbook": ("/p/purl/plan/{run}/result.xlsx", RECORD, ""),
    "plan-problem": ("/p/purl/plan/{run}/problem.json", RECORD, ""),
    "plan-answer": ("/p/purl/plan/{run}/plan.json", RECORD, ""),
    "plan-handed-in": ("/p/purl/plan/{run}/input", RECORD, ""),
    "plan-pdf": ("/p/purl/plan/{run}/one-page.pdf", RECORD, ""),
    "audit": ("/audit/", (), "q person act programme outcome since until sort after before"),
    "audit-csv": ("/audit.csv", (), "q person act programme outcome since until sort"),
    "audit-lines": ("/audit.jsonl", (), "q person act programme outcome since until sort"),
    "audit-event": ("/audit/{event}/", (), ""),
    "guarantees": ("/guarantees/", ROOM, "kind q sort page binding guarantor level status"),
    "guarantees-file": ("/guarantees/register.csv", ROOM, "kind q sort binding guarantor level status"),
    "guarantees-obligations": (
        "/guarantees/obligations/",
        ROOM,
        "q sort page basis help obligor owed strength",
    ),
    "guarantees-obligations-file": (
        "/guarantees/obligations.csv",
        ROOM,
        "q sort basis help obligor owed strength",
    ),
    "guarantees-matrix": ("/guarantees/matrix/", ROOM, ""),
    "guarantees-matrix-file": ("/guarantees/matrix.csv", ROOM, ""),
    "guarantees-coverage": ("/guarantees/coverage/", ROOM, ""),
    "guarantees-coverage-file": ("/guarantees/coverage.csv", ROOM, ""),
    "guarantees-duties": ("/guarantees/duties/", ROOM, "kind event guarantor"),
    "guarantees-compare": ("/guarantees/compare/", ROOM, "i"),
    "guarantees-compare-file": ("/guarantees/compare.csv", ROOM, "i"),
    "guarantees-without": ("/guarantees/without/", ROOM, "event x y"),
    "guarantees-funding": ("/guarantees/funding/", ROOM, ""),
    "guarantees-funding-file": ("/guarantees/funding.csv", ROOM, ""),
    "guarantees-funding-picture": ("/guarantees/funding.svg", ROOM, ""),
    "guarantees-vetoes": ("/guarantees/vetoes/", ROOM, ""),
    "guarantees-vetoes-file": ("/guarantees/vetoes.csv", ROOM, ""),
    "guarantees-now": ("/guarantees/now/", ROOM, ""),
    "guarantees-scenarios": ("/guarantees/scenarios/", ROOM, ""),
    "guarantees-write": ("/guarantees/scenarios/write/", ROOM, "from s"),
    "guarantees-scenario": ("/guarantees/scenarios/weekend-attack/", ROOM, "at case open standing page"),
    "guarantees-scenario-file": ("/guarantees/scenarios/weekend-attack.csv", ROOM, "at case open standing"),
    "guarantees-instrument": ("/guarantees/instruments/nato-1949/", ROOM, ""),
    "guarantees-instrument-file": ("/guarantees/instruments/nato-1949.toml", ROOM, ""),
    "guarantees-versions": ("/guarantees/instruments/nato-1949/versions/", ROOM, "a b"),
}
"""Every address that gives something, and the parameters that it has."""

ELSEWHERE = {
    "webhooks", "webhook",
    "desk", "desk-leave", "desk-look", "account", "revoke-token", "end-session", "withdraw-invitation", "person",
    "nouns-import-look", "receipts-photo", "workbook-look", "bank-enter", "bank-aside", "bank-certain",
    "approval",
    "report-new", "report-decide", "report-claim", "report-describe", "report-original", "claim-decide",
    "claim-use", "claim-cite",
    "invite", "invitation", "job", "job-file", "job-part", "job-stop", "books-events-look", "books-open",
    "plan-sample", "plan-from-list", "plan-stop", "plan-again", *(f"{noun}-step" for noun, _key, _of in CHAIN),
    "formed-step", "discrepancies-step",
    *(f"{noun}-change" for noun in DECIDED),
    "plan-input-marked", "guarantees-new", "guarantees-edit", "guarantees-scenario-answer", "guarantees-withdraw",
    "guarantees-keep",
    "guarantees-point", "language", "new-programme", "settings", "record-new", "record-correct", "record-remove",
}  # fmt: skip
"""Forms and acts: their addresses say nothing of what is shown, or are tested beside their pages."""

KEYS = {
    ("contributions-one", "key"), ("contributions-terms", "key"), ("contributions-statement", "key"),
    ("contributions-statement-file", "key"), ("contributions-statement-pdf", "key"),
    ("books-contribution", "key"), ("books-line", "key"), ("books-lot", "key"), ("books-units-file", "key"),
    *((f"{noun}-one", "key") for noun, _key, _of in CHAIN), ("requirements-change", "key"), ("offers-change", "key"),
    ("formed-one", "key"), ("discrepancies-one", "key"),
    ("requirements-many", "step"), ("offers-many", "step"),
    ("orders-labels", "key"),
    ("plan-line", "line"), ("plan-package", "package"), ("plan-contribution", "contribution"),
}  # fmt: skip
"""What is shown is named by a parameter: where there is no such thing there is no such page."""

SILENT = {("plan-whatif", "was")}
"""Sent by a form of ours to say what stood there before; it decides nothing alone."""


def everything():
    """Write books, two plans and a chain; give what addresses name of them."""
    keep(PACKAGE)
    known = {
        "run": planned().ref,
        "other": planned(handed_in(name="Another")).ref,
        "source": handed_in({**PROBLEM, "colour": "red"}).ref,
        "total": key_of(snapshot("purl").record.stated_totals[0]),
        "event": AuditEvent.objects.latest("id").pk,
    }
    walked()
    return known


known = written_once(everything, after="purl")


@pytest.fixture
def world(site, known):
    """A site with the shipped record, books and two plans, seen by somebody who plans and keeps books.

    Gives what one answers to an address of the table, with more parameters.
    """
    ada = a_person("ada", Role.COORDINATOR, Role.FINANCE, Role.ADMINISTRATOR, Role.RECIPIENT)
    with time_machine.travel(NOW, tick=False):
        site.force_login(ada)

        def answer(name: str, **more):
            address, _, query = ADDRESSES[name][0].format(**known).partition("?")
            return site.get(address, {**dict(parse_qsl(query)), **more}, headers={"Accept-Language": "en"})

        yield answer


def walked() -> None:
    """Walk the chain of the invented programme once, and begin what can be changed anew."""
    fund = the_fund()
    formed(fund)
    ordered(fund)
    dispatched(fund)
    received(fund)
    for table, said in (
        (RequirementRecord, REQUIREMENT),
        (OfferRecord, OFFER),
    ):
        written(fund, table, said)
    content = b"Belgium pledged EUR 5 million to Harbour on 4 August 2025.\n"
    report = read_in(content, Described(), programme=fund, person=MACHINE, now=NOW)
    accept(report, 1, person=MACHINE, now=NOW)


def parameters_of(name: str) -> list[str]:
    _address, carried, own = ADDRESSES[name]
    return [*carried, *own.split()]


def said(answer) -> str:
    """Give the words of a page with its code words, so that a parameter is found as it is written."""
    assert b"<script>alert" not in answer.content
    return html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_every_address_of_the_site_is_in_the_table():
    (web,) = (found for found in get_resolver().url_patterns if getattr(found, "app_name", "") == "web")

    def names(patterns):
        for pattern in patterns:
            yield from names(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.name]

    assert set(names(web.url_patterns)) - {None} == {*ADDRESSES, *ELSEWHERE}


def test_nothing_else_reads_an_address():
    """The log of the server writes the address down; forms of templates hand it on as it is."""
    room = Path(pledgeline.web.__file__).parent
    readers = {
        path.name for path in room.rglob("*.py") if re.search(r"\.GET\b|QUERY_STRING", path.read_text())
    }

    assert readers == {"parameters.py", "pledgeline.py"}


def it_has_its_parameters_and_an_empty_one_asks_for_nothing(world, name: str, plain) -> None:
    """Hold what an address answers against the table; the walk through all of them is in test_headers.py."""
    assert plain.status_code in (200, 302), (name, plain.status_code)
    if name != "programmes":
        assert set(plain.wsgi_request.parameters.known) == set(parameters_of(name)), name
    own = dict(parse_qsl(ADDRESSES[name][0].partition("?")[2]))
    empty = world(name, **{parameter: "" for parameter in parameters_of(name) if parameter not in own})
    assert empty.status_code == plain.status_code, name


def test_what_makes_no_sense_is_said_at_every_address_for_every_parameter(world):
    """Beside it stands a parameter that no page has."""
    for name in ADDRESSES:
        keys = [parameter for parameter in parameters_of(name) if (name, parameter) in KEYS]
        for parameter in keys:
            assert world(name, **{parameter: NO_SUCH[0]}).status_code == 404, (name, parameter)
        wrong = {
            parameter: NONSENSE.get(parameter, NO_SUCH)[0]
            for parameter in parameters_of(name)
            if parameter not in keys and (name, parameter) not in SILENT
        }
        refused_together(world, name, {**wrong, "<b>asof": "2025-08-04"})


def test_each_way_to_make_no_sense_is_said_where_a_parameter_is_met_first(world):
    met = set()
    for name in ADDRESSES:
        ways = {
            parameter: NONSENSE.get(parameter, NO_SUCH)[1:]
            for parameter in parameters_of(name)
            if parameter not in met and (name, parameter) not in KEYS | SILENT
        }
        for place in range(max(map(len, ways.values()), default=0)):
            wrong = {parameter: values[place] for parameter, values in ways.items() if place < len(values)}
            refused_together(world, name, wrong)
        met |= set(parameters_of(name))


def refused_together(world, name: str, wrong: dict[str, str]) -> None:
    """Ask for all at once; by itself for what is only met once the others are understood."""
    answer = world(name, **wrong)
    together = said(answer) if answer.status_code == 400 else ""
    for parameter, value in wrong.items():
        if f"{parameter}={value}"[:90] not in together:
            together += refused(world, name, parameter, value)
    assert "<b>asof" not in wrong or "has no parameter of this name" in together, name


def refused(world, name: str, parameter: str, value: str) -> str:
    answer = world(name, **{parameter: value})
    assert answer.status_code == 400, (name, parameter, value)
    assert f"{parameter}={value}"[:90] in said(answer), (name, parameter, value)
    return said(answer)


@pytest.mark.parametrize(
    "unknown", ["asof", "As_of", "AS_OF", "date", "known_on", "utm_source", "as_of[]", "q"]
)
def test_a_name_is_taken_as_it_is_written_and_only_where_the_page_has_it(site, unknown):
    assert site.get("/p/purl/", {unknown: "2025-08-04"}).status_code == 400


def test_a_file_has_no_pages_of_a_table(world):
    assert world("announcements-file", page="2").status_code == 400


def test_a_parameter_that_is_given_twice_is_said_unless_both_say_the_same(site):
    twice = site.get("/p/purl/?as_of=2025-08-04&as_of=2025-08-05")

    assert twice.status_code == 400
    assert "which is meant?" in said(twice)
    assert site.get("/p/purl/?as_of=2025-08-04&as_of=2025-08-04").status_code == 200


def test_several_parameters_are_all_said_at_once(site):
    answer = site.get("/p/purl/announcements/?as_of=31.12.2025&partner=XXX&sort=colour&stage=paid")

    assert answer.status_code == 400
    for part in ("3 parameters", "as_of=31.12.2025", "partner=XXX", "sort=colour", "Write the day as year"):
        assert part in said(answer)
    assert "stage=paid" not in said(answer)


def test_the_link_of_the_answer_repairs_the_address_and_keeps_what_was_understood(site):
    page = site.get("/p/purl/announcements/?as_of=31.12.2025&partner=NLD&sort=colour").content.decode()

    assert 'href="/p/purl/announcements/?partner=NLD"' in page
    assert site.get("/p/purl/announcements/?partner=NLD").status_code == 200


def test_of_a_list_only_what_is_unknown_is_left_out(client):
    page = client.get("/guarantees/compare/?i=nato-1949&i=nowhere&i=budapest-1994").content.decode()

    assert 'href="/guarantees/compare/?i=nato-1949&amp;i=budapest-1994"' in page


def test_at_most_six_instruments_are_compared_and_a_seventh_is_not_dropped_in_silence(client):
    six = "budapest-1994 paris-declaration-2026 minsk-2-2015 us-ua-guarantee-2026 nato-1949 teu-42-7".split()
    address = "/guarantees/compare/?" + urlencode([("i", each) for each in six])

    assert client.get(address).status_code == 200
    assert client.get(f"{address}&i=us-jp-1960").status_code == 400


def test_a_part_of_a_page_that_is_not_understood_opens_the_answer_as_a_page(site):
    answer = site.get("/p/purl/announcements/?partner=XXX", headers={"HX-Request": "true"})

    assert answer.status_code == 400
    assert answer.headers["HX-Redirect"] == "/p/purl/announcements/?partner=XXX"


def test_the_start_hands_on_what_was_asked_and_the_page_there_judges_it(site):
    answer = site.get("/?as_of=hello", follow=True)

    assert answer.status_code == 400
    assert answer.redirect_chain == [("/p/purl/?as_of=hello", 302)]


def test_who_may_not_see_a_page_learns_nothing_of_its_parameters(site):
    keep(PACKAGE, public=False)

    assert site.get("/p/harbour/books/journal/?partner=XXX").status_code == 404
    assert site.get("/p/harbour/books/record/?kind=XXX").status_code == 404


def test_what_would_change_something_is_not_done_at_an_address_that_is_not_understood(world, site):
    address = "/p/harbour/books/record/?kind=fee&as_of=hello"
    fee = {"contribution": "W", "currency": "USD", "amount": "1", "effective_on": "2025-10-06", "key": "k"}
    with time_machine.travel(NOW, tick=False):
        assert site.post(address, fee).status_code == 400

    assert books_of("harbour").entry("k") is None


# Days: none after today, and today is the programme's


@pytest.mark.parametrize(
    ("now", "zone", "today"),
    [
        ("2026-03-10T21:59:59", "Europe/Kyiv", "2026-03-10"),
        ("2026-03-10T22:00:00", "Europe/Kyiv", "2026-03-11"),
        ("2026-07-10T20:59:59", "Europe/Kyiv", "2026-07-10"),  # summer: three hours ahead
        ("2026-07-10T21:00:00", "Europe/Kyiv", "2026-07-11"),
        ("2026-03-11T03:59:59", "America/New_York", "2026-03-10"),
        ("2026-03-11T04:00:00", "America/New_York", "2026-03-11"),
        ("2026-03-10T23:59:59", "UTC", "2026-03-10"),
        ("2026-03-11T00:00:00", "UTC", "2026-03-11"),
        ("2026-03-10T10:00:00", "Pacific/Kiritimati", "2026-03-11"),
    ],
)
def test_today_is_the_day_of_the_programme_and_the_day_after_is_not_understood(client, now, zone, today):
    keep(PACKAGE, time_zone=zone)
    tomorrow = (date.fromisoformat(today) + timedelta(days=1)).isoformat()
    with time_machine.travel(datetime.fromisoformat(f"{now}+00:00"), tick=False):
        for page in ("", "announcements/", "books/", "books/journal/"):
            shown = client.get(f"/p/harbour/{page}").content.decode()
            assert f'name="as_of" id="day-as_of" value="{today}"' in shown
            assert client.get(f"/p/harbour/{page}?as_of={today}").status_code == 200
            refused = client.get(f"/p/harbour/{page}?as_of={tomorrow}")
            assert refused.status_code == 400
            assert f"after today, {today} in {zone}" in said(refused)
