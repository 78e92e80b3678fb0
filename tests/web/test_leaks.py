"""Nothing leaks: each role fetches every page, file and search of a programme with the whole chain in it.

Each field that somebody could be curious about holds a word of its own. Whoever is shown a word has to have one of the
rights that open it, by the table of rights; everything else is a leak, wherever it stands.
"""

import io
import re
import zipfile
from contextlib import suppress

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from pledgeline.accounts.models import User
from pledgeline.accounts.rights import Act, may, own_parties
from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import contributions as giving
from pledgeline.actions import list_plans
from pledgeline.actions.records import load_record
from pledgeline.jobs.models import Job, JobState
from pledgeline.programme.roles import Role
from pledgeline.records.models import OfferRecord, PartyName, PartyRecord, ProgrammeRecord, RequirementRecord
from tests.builders import a_programme, a_record, an_announcement
from tests.chain import (
    OFFER,
    RECEIPT,
    REQUIREMENT,
    TODAY,
    dispatched,
    formed,
    listed,
    offered,
    ordered,
    received,
    take,
    worker,
    written,
)
from tests.people import NOW
from tests.planning import ADA, planned
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

REQUIREMENTS, OFFERS, ORDERS = Act.SEE_REQUIREMENTS, Act.SEE_OFFERS, Act.SEE_ORDERS
SHIPMENTS, RECEIPTS, PLANS = Act.SEE_SHIPMENTS, Act.SEE_RECEIPTS, Act.SEE_PLANS
MONEY, BOOKS = Act.SEE_CONTRIBUTIONS, Act.SEE_BOOKS

OPENED_BY = {
    "PurposeOfX": {REQUIREMENTS},
    "CategoryOfX": {REQUIREMENTS, PLANS},
    "TermsOfX": {OFFERS},
    "Maker A": {OFFERS, ORDERS, SHIPMENTS, RECEIPTS, PLANS},
    "Maker B": {OFFERS, ORDERS, SHIPMENTS, RECEIPTS, PLANS},
    "C-77": {ORDERS},
    "C-88": {ORDERS},
    "Depot East": {ORDERS},
    "Border North": {SHIPMENTS, RECEIPTS},
    "LOT-1": {SHIPMENTS, RECEIPTS, BOOKS},
    "Serial-7": {SHIPMENTS, BOOKS},
    "Eve Counter": {RECEIPTS},
    "WetOfX": {RECEIPTS},
    "Partner of A": {MONEY, BOOKS},
    "Partner of B": {MONEY, BOOKS},
    "AgreementOfB": {MONEY},
    "NoteOfB": {MONEY},
    "EarmarkOfX": {"announcements.earmark"},
    "RemarkOfX": {"announcements.note"},
}
"""What each word is opened by: one of these rights is enough, for all or for what is of their own party."""

OWN_OF = {"Maker A": "A", "Partner of A": "A", "C-77": "A", "Depot East": "A", "Border North": "A", "LOT-1": "A",
          "Serial-7": "A", "Eve Counter": "A", "WetOfX": "A", "TermsOfX": "A", "C-88": "B"}  # fmt: skip
"""To whose party something belongs, where it does."""

KEYS = {
    "requirements": ("AD-014", "AD-X"),
    "offers": ("O-1", "O-2", "O-X"),
    "orders": ("ORD-1", "ORD-2"),
    "shipments": ("SH-1",),
    "receipts": ("RC-1",),
    "contributions": ("A", "B"),
    "formed": ("P-1",),
    "books/contribution": ("A", "B"),
    "books/line/": ("P-1/AD-014",),
    "books/lot/": ("LOT-1",),
}
"""The keys that there are, by how the addresses begin to which they belong."""

WORDS = ("interceptor", "partner", "maker", "P-1", "OfX", "OfB", "LOT", "C-", "serial", "north")


OTHER_ORDER = {
    "key": "ORD-2",
    "supplier": "Maker B",
    "contract": "C-88",
    "lines": [{"line": "P-1/AD-015", "units": 6, "unit_price": 80_00}],
}


def everything():
    """Write a published programme with everything in it: give a plan of its list, which the money of A pays."""
    programme = a_programme(base_currency="USD", public_fields={})
    earmarked = an_announcement(earmark="EarmarkOfX", note="RemarkOfX")
    load_record(
        programme=programme,
        record=a_record(announcements=(earmarked,)),
        prune=False,
        today=TODAY,
        by="a test",
    )
    ProgrammeRecord.objects.update(published=True)
    fund = ProgrammeRecord.objects.get()
    for number, name in enumerate(("Maker A", "Partner of A", "Maker B", "Partner of B")):
        ref = ("MA", "PA", "MB", "PB")[number]
        party = PartyRecord.objects.create(ref=ref, name=name, kind="company")
        PartyName.objects.create(party=party, name=name, key=name.casefold())
    formed(fund)
    ordered(fund)
    serials = [f"Serial-{number}" for number in range(8)]
    dispatched(fund, lots=[{"line": "P-1/AD-014", "lot": "LOT-1", "units": 8, "serials": serials}])
    lot = {**RECEIPT["lots"][0], "why_rejected": "WetOfX"}
    received(fund, lots=[lot])
    said = {**REQUIREMENT, "key": "AD-X", "category": "CategoryOfX", "purpose": "PurposeOfX"}
    take(written(fund, RequirementRecord, said), "submit", MACHINE)
    written(fund, OfferRecord, {**OFFER, "key": "O-X", "terms": "TermsOfX"})
    terms = {"key": "B", "agreement": "AgreementOfB", "note": "NoteOfB"}
    made = giving.write_terms(terms, programme=fund, person=MACHINE, now=NOW, seen=0)
    assert not isinstance(made, list), made
    Job.objects.filter(state=JobState.WAITING).update(state=JobState.STOPPED, ended_at=NOW)
    ordered(fund, **OTHER_ORDER)
    listed(fund, key="AD-Y", item="lamp", quantity=1)
    offered(fund, key="O-Y", item="lamp", unit_price=1_00)
    return planned(list_plans.hand_in(programme=fund, package="P-2", asker=ADA, today=TODAY))


plan = written_once(everything)


def visitors():
    """Give a visitor for each column: a supplier and a partner have a party."""
    yield "public", Client(), None
    for role in Role:
        person = worker(
            role, name=f"the-{role}", party={Role.SUPPLIER: "MA", Role.PARTNER: "PA"}.get(role, "")
        )
        client = Client()
        client.force_login(person)
        yield str(role), client, User.objects.get(pk=person.pk)


def addresses(run):
    """Give the address of every page and file of the programme, with the keys that there are."""
    found = ["/", "/programmes/", "/people/", "/audit/", "/checkpoints.json"]
    found += [f"/p/harbour/progress/{part}.svg" for part in ("deliveries", "ageing", "lapsing")]
    names = {name for name in get_resolver("pledgeline.web.urls").reverse_dict if isinstance(name, str)}
    for name in sorted(names):
        for arguments in (
            ["harbour"],
            ["harbour", "csv"],
            ["harbour", run],
            ["harbour", run, "csv"],
        ):
            with suppress(NoReverseMatch):
                found.append(reverse(f"web:{name}", args=arguments))
    keyed = [
        f"{address}?key={key}"
        for address in found
        for begin, keys in KEYS.items()
        if address.startswith(f"/p/harbour/{begin}")
        for key in keys
        if re.search(
            r"/(one|formed|contribution|line|lot|statement|change|terms|labels)/$|statement\.", address
        )
    ]
    return [*found, *keyed, *(f"/search/?q={word}" for word in WORDS)]


OF_THE_HANDBOOK = re.compile(r'<li>(?:(?!</li>).)*?href="/help/.*?</li>', re.DOTALL)
"""What a search finds in texts that everybody may read, and whose examples have keys like ours."""


def text_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return content.decode("utf-8", "replace")


def may_know(person, word):
    for right in OPENED_BY[word]:
        if may(person, right, "harbour"):
            return True
        own = own_parties(person, right, "harbour") if person else frozenset()
        if word in OWN_OF and {f"M{OWN_OF[word]}", f"P{OWN_OF[word]}"} & own:
            return True
    return False


def test_no_role_is_shown_a_field_that_the_table_does_not_open(plan):
    pages = addresses(plan.ref)
    assert hasattr(plan, "plan")
    leaks, seen = [], set()
    for role, client, person in visitors():
        for address in pages:
            answer = client.get(address)
            assert answer.status_code < 500, (role, address)
            if answer.status_code != 200:
                continue
            text = OF_THE_HANDBOOK.sub("", text_of(answer))
            asked = address.partition("?q=")[2]
            for word in OPENED_BY:
                if word in text and word not in asked:
                    seen.add((role, word))
                    if not may_know(person, word):
                        leaks.append((role, word, address))
    assert leaks == []
    assert {word for _role, word in seen} == set(OPENED_BY)


def test_the_share_of_a_single_other_partner_cannot_be_had_by_subtraction(plan):
    """A and B pay for 12 interceptors, A 9 and B 3: A is told its money, and no units; of the radios it is told all."""
    clients = {role: client for role, client, _person in visitors()}
    page, file = (f"/p/harbour/contributions/statement{end}?key=A" for end in ("/", ".csv"))
    own, whole = (
        re.findall(r'"P-1","P-1/AD-01(\d)",(\d*),', text_of(clients[role].get(file)))
        for role in (Role.PARTNER, Role.FINANCE)
    )
    assert own == [("4", ""), ("4", ""), ("5", "6")]
    assert whole == [("4", "4"), ("4", "5"), ("5", "6")]
    assert "a single other partner pays" in text_of(clients[Role.PARTNER].get(page))
    assert "a single other partner pays" not in text_of(clients[Role.FINANCE].get(page))
    assert text_of(clients[Role.FINANCE].get(page)).count("not shown") == 0
