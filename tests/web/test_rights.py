"""The table of rights, cell by cell: every allowed cell works on a page of the site, and every other is refused.

Whoever is tried has their role in the programme “harbour” alone.
"""

import csv
import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from pledgeline.accounts.models import Invitation, Membership
from pledgeline.accounts.rights import Act, may
from pledgeline.accounts.roles import MACHINE
from pledgeline.accounts.table import COLUMNS, DESK, OWN, PUBLIC, RIGHTS, rights_csv, row_of_step
from pledgeline.actions import chain, list_plans
from pledgeline.actions.books import post
from pledgeline.actions.chain import TABLES
from pledgeline.actions.contributions import RIGHT_TO
from pledgeline.actions.publication import publications, publish
from pledgeline.jobs.models import Job
from pledgeline.money import Amount
from pledgeline.programme.approvals import APPROVERS
from pledgeline.programme.roles import Role
from pledgeline.programme.settings import WITHHOLDABLE
from pledgeline.programme.steps import STEPS, State
from pledgeline.records.models import (
    BooksRecord,
    ContributionRecord,
    HeldAct,
    InstrumentVersion,
    OfferRecord,
    OrderRecord,
    PlanRun,
    ProgrammeRecord,
    ReceiptRecord,
    RequirementRecord,
    ScenarioVersion,
    ShipmentRecord,
    SourceRecord,
    StepTaken,
    Subject,
    Webhook,
    WorkbookMapping,
)
from pledgeline.records.register import SHIPPED
from pledgeline.web.words import ACTS
from tests.builders import (
    a_delivery,
    a_package,
    a_programme,
    a_record,
    a_stated_total,
    an_announcement,
    an_item,
)
from tests.chain import (
    DETAILS,
    OFFER,
    ORDER,
    RECEIPT,
    REQUIREMENT,
    SHIPMENT,
    by_another,
    formed,
    take,
    written,
)
from tests.forms import SETTINGS, hidden
from tests.people import NOW, a_person, sit_at_desk
from tests.planning import ADA, as_json, planned
from tests.web.books import PACKAGE, keep
from tests.web.html import flat
from tests.working import led_to
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

SECRET = "SECRET-WORD"
MORE_OF_W = {"contribution": "W", "amount": 5_00, "currency": "USD", "effective_on": "2025-10-06"}
MONEY_BEFORE = {
    "pledge": (),
    "commit": ("pledge",),
    "receive": ("pledge", "commit"),
    "reduce": ("pledge",),
    "return_to_partner": ("pledge", "commit", "receive"),
    "revise": (),
    "lapse": ("pledge",),
    "carry_over": ("pledge", "commit", "receive", "lapse"),
}
"""What has to be entered before an act of a contribution has money to move."""


def visitors(settings):
    """Give a visitor for each column, the desk first: it is closed once there is an account."""
    yield DESK, sit_at_desk(Client(), settings)
    for role in Role:
        client = Client()
        client.force_login(a_person(f"a-{role}", role, programme="harbour"))
        yield str(role), client
    yield PUBLIC, Client()


def strangers():
    """Give visitors who may nothing here: one with every role elsewhere, and one who was taken away."""
    ProgrammeRecord.from_value(a_programme(slug="energy")).save()
    people = {
        "elsewhere": a_person("a-elsewhere", *Role, programme="energy"),
        "away": a_person("a-away", *Role),
    }
    for name, person in people.items():
        client = Client()
        client.force_login(person)
        person.is_active = name != "away"
        person.save()
        yield name, client


def check(row, settings, is_done):
    """Hold what each column can do against the table."""
    done = {column: is_done(client, column) for column, client in visitors(settings)}
    assert {column: column in RIGHTS[row] for column in COLUMNS} == done


def show(*, programme=True, books=False):
    """Publish the worked package as far as is said."""
    if not programme:
        ProgrammeRecord.objects.update(published=False)
    if books:
        publish("harbour", Subject.BOOKS, person=MACHINE, now=NOW)


def answers(client, address, refused) -> bool:
    status = client.get(address).status_code
    assert status in (200, refused), (address, status)
    return status == 200


def see_unpublished(client, _column):
    return answers(client, "/p/harbour/", 404)


def see_books(client, _column):
    return answers(client, "/p/harbour/books/journal/", 404)


def see_notes(client, _column):
    return SECRET in client.get("/p/harbour/books/journal/22/").content.decode()


def see_plans(client, _column):
    return answers(client, "/p/harbour/plan/", 403)


def see_drafts(client, _column):
    return answers(client, "/guarantees/instruments/secret-2027/", 404)


def make_plans(client, _column):
    Job.objects.all().delete()
    sent = {"file": SimpleUploadedFile("p.json", as_json()), "name": ""}
    status = client.post("/p/harbour/plan/new/", sent).status_code
    assert status == (302 if Job.objects.exists() else 403)
    return status == 302


FOLLOWERS = ("order", "shipment", "receipt", "package", "discrepancy")
TYPED_ORDER = {**ORDER, "lines": [{**ORDER["lines"][0], "unit_price": "100.00"}]}


def see_requirements(client, _column):
    return answers(client, "/p/harbour/requirements/", 403)


def see_offers(client, column):
    """A supplier opens the list, in which others' offers are not."""
    answer = client.get("/p/harbour/offers/")
    assert answer.status_code in (200, 403), column
    return answer.status_code == 200 and "O-1" in answer.content.decode()


def write_noun(name, noun, said):
    def written(client, column):
        form = client.get(f"/p/harbour/{name}/new/")
        sent = {**said, "key": f"by-{column}", "seen": ""}
        done = client.post(f"/p/harbour/{name}/new/", sent).status_code
        is_there = noun.objects.filter(key=f"by-{column}").exists()
        assert (form.status_code, done) == ((200, 302) if is_there else (403, 403))
        return is_there

    return written


def brought_about(noun):
    """Form a package, and write down what follows from it up to a noun: each accepted or dispatched but the last."""
    fund = ProgrammeRecord.objects.get(slug="harbour")
    if not TABLES[noun].objects.exists():
        if noun == "order":
            formed(fund)
            written(fund, OrderRecord, ORDER)
        elif noun == "shipment":
            for step in ("request", "offer", "accept"):
                take(brought_about("order"), step, MACHINE)
                by_another()
            written(fund, ShipmentRecord, SHIPMENT)
        elif noun == "receipt":
            take(brought_about("shipment"), "dispatch", MACHINE)
            written(fund, ReceiptRecord, RECEIPT)
            by_another()
        elif noun == "package":
            brought_about("order")
        else:
            take(brought_about("receipt"), "accept", MACHINE)
    return TABLES[noun].objects.order_by("pk")[0]


def see_own(noun):
    def seen(client, column):
        """A supplier opens the list, in which what others are to deliver is not."""
        row = brought_about(noun)
        answer = client.get(f"/p/harbour/{noun}s/")
        assert answer.status_code in (200, 403), column
        return answer.status_code == 200 and row.key in answer.content.decode()

    return seen


def as_typed(said, parts):
    """Give what is said of a noun as a form sends it."""
    sent = {name: value for name, value in said.items() if name != parts}
    sent |= {f"{parts}-TOTAL_FORMS": len(said[parts]), f"{parts}-INITIAL_FORMS": 0, "seen": ""}
    for place, line in enumerate(said[parts]):
        sent |= {f"{parts}-{place}-{name}": value for name, value in line.items()}
    return sent


def write_follower(noun, said, parts):
    """Write one in the place of the one that is there: what it follows from has room for one alone."""

    def done(client, column):
        table, row = TABLES[noun], brought_about(noun)
        with transaction.atomic():
            getattr(row, parts).all().delete()
            row.delete()
            form = client.get(f"/p/harbour/{noun}s/new/")
            sent = {**as_typed(said, parts), "key": f"by-{column}"}
            status = client.post(f"/p/harbour/{noun}s/new/", sent).status_code
            is_there = table.objects.filter(key=f"by-{column}").exists()
            transaction.set_rollback(True)
        assert (form.status_code, status) == ((200, 302) if is_there else (403, 403))
        return is_there

    return done


AMENDED = {"line": "P-1/AD-014", "units": 12, "unit_price": "101.00"}
TYPED_DETAILS = {
    "amend": as_typed({"lines": [AMENDED]}, "lines"),
    "split": as_typed({"into": "P-2", **DETAILS["package", "split"]}, "lines"),
    "merge": {"into": "P-9"},
}
"""What the forms of steps are sent with."""

PAGES_OF = {"package": "formed", "discrepancy": "discrepancies"}
"""What addresses call several of a noun, where that is not its plural with an s."""


def take_step(name, table, step):
    """Take a step of the noun that is there, and have it untaken."""

    def taken(client, _column):
        if step.name == "cancel-rest":
            brought_about("shipment")
        row = brought_about(step.noun) if step.noun in FOLLOWERS else table.objects.get()
        with transaction.atomic():
            if step.noun == "package":
                OrderRecord.objects.update(state=State.CANCELLED)
            if step.name == "merge":
                split = {"into": "P-9", "lines": [{"line": "P-1/AD-015", "units": 1}]}
                take(row, "split", MACHINE, details=split)
            table.objects.filter(pk=row.pk).update(state=sorted(step.origins)[0])
            StepTaken.objects.all().delete()
            sent = {"step": step.name, "reason": "r", "asked_with": "", "seen": f"{row.version}.0"}
            sent = TYPED_DETAILS.get(step.name, {}) | sent
            address = f"/p/harbour/{name}/step/?key={row.key}"
            shown = client.post(address, sent).content.decode()
            if sure := re.search(r'name="sure" value="(\w+)"', shown):
                client.post(address, {**sent, "sure": sure[1]})
            done = StepTaken.objects.filter(noun=step.noun, step=step.name).exists()
            transaction.set_rollback(True)
        return done

    return taken


def see_contributions(client, column):
    """A partner opens the list, in which others' contributions are not."""
    answer = client.get("/p/harbour/contributions/")
    assert answer.status_code in (200, 403), column
    return answer.status_code == 200 and "key=W" in answer.content.decode()


def write_terms(client, column):
    before = ContributionRecord.objects.count()
    sent = {"agreement": f"by {column}", "seen": str(before)}
    answer = client.post("/p/harbour/contributions/terms/?key=W", sent)
    is_written = ContributionRecord.objects.count() > before
    assert answer.status_code in ((302,) if is_written else (403, 404)), column
    return is_written


def enter_act(kind):
    """Try it until it is entered, since some acts are asked about first."""

    def entered(client, column):
        for event in MONEY_BEFORE[kind]:
            act = {**MORE_OF_W, "id": f"{event}-{kind}-{column}", "type": event}
            more = {"partner": "Westmark"} if event == "pledge" else {}
            if event == "pledge" and kind in ("lapse", "carry_over"):
                more["use_by"] = "2025-10-05"
            if event == "lapse":
                del act["amount"], act["currency"]
            assert hasattr(post("harbour", act | more, today=date(2026, 1, 1)), "entry")
        before = BooksRecord.objects.get().size
        page = "pledge/" if kind == "pledge" else "one/?key=W"
        named = {"contribution": "W", "partner": "Westmark"} if kind == "pledge" else {}
        sent = {
            "kind": kind,
            "id": f"site-{kind}-{column}".replace("_", "-"),
            "amount": f"{90_000_000 + len(column)}.00" if kind == "revise" else "1.00",
            "currency": "USD",
            **named,
        }
        sent |= {"effective_on": "2025-10-06", "sure": "", "use_by": "2036-01-01"}
        for _ in range(2):
            page_answer = client.post(f"/p/harbour/contributions/{page}", sent)
            asked = re.search(r'name="sure" value="(\w+)"', page_answer.content.decode())
            sent["sure"] = asked[1] if asked else ""
        return BooksRecord.objects.get().size == before + 1

    return entered


def see_approvals(client, _column):
    return answers(client, "/p/harbour/approvals/", 403)


def approve(client, column):
    """Approve a commitment; whichever role may approve at all is the one that is named."""
    fund = ProgrammeRecord.objects.get(slug="harbour")
    role = column if column in APPROVERS else Role.FINANCE
    more = {**MORE_OF_W, "type": "pledge", "id": f"held-{column}", "partner": "Westmark"}
    assert hasattr(post("harbour", more, today=date(2026, 1, 1)), "entry")
    event = {**MORE_OF_W, "id": f"signed-{column}", "type": "commit"}
    held = HeldAct.objects.create(
        programme=fund,
        what="commitment",
        noun="contribution",
        key="W",
        step="commit",
        said={"event": event},
        amount_minor=5_00,
        amount_currency="USD",
        role=role,
        asked_by=MACHINE.name,
        asked_account="0" if column == DESK else str(a_person("who-asked", Role.COORDINATOR).pk),
        asked_at=NOW,
    )
    client.post(f"/p/harbour/approvals/{held.ref}/", {"decision": "approve"})
    held.refresh_from_db()
    return held.decision == "approved"


def accept_plans(client, _column):
    """Whoever may accept is told what is wrong with the day; nobody else gets so far."""
    run = PlanRun.objects.first()
    if run is None:
        fund = ProgrammeRecord.objects.get(slug="harbour")
        RequirementRecord.objects.update(state=State.LISTED, listed_as=1)
        OfferRecord.objects.update(state=State.OFFERED)
        run = planned(list_plans.hand_in(programme=fund, package="P-1", asker=ADA, today=date(2026, 1, 1)))
    answer = client.post(f"/p/harbour/plan/{run.ref}/accept/", {"until": "1999-12-31"})
    assert answer.status_code in (400, 403)
    return answer.status_code == 400


def keep_books(client, column):
    before = BooksRecord.objects.get().size
    fee = {"contribution": "W", "currency": "USD", "amount": "1.00", "effective_on": "2025-10-06"}
    status = client.post("/p/harbour/books/record/?kind=fee", {**fee, "key": f"fee-{column}"}).status_code
    is_entered = BooksRecord.objects.get().size == before + 1
    assert status == (302 if is_entered else 403)
    return is_entered


def edit_register(client, column):
    skeleton = (SHIPPED / "ua-gb-2024.toml").read_text(encoding="utf-8")
    text = skeleton.replace('id = "ua-gb-2024"', f'id = "by-{column}"')
    sent = {"text": text, "programme": "harbour", "save": "1", "reason": "r", "based_on": "0"}
    client.post("/guarantees/new/", sent)
    return InstrumentVersion.objects.filter(instrument=f"by-{column}").exists()


def see_scenarios(client, _column):
    return answers(client, "/guarantees/scenarios/bbb222/", 404)


def write_scenarios(client, column):
    sent = {"e1-kind": "armed_attack", "e1-on": "2026-12-05", "e1-against": "UA", "programme": "harbour"}
    before = ScenarioVersion.objects.count()
    assert 302 == client.post("/guarantees/now/", sent).status_code, column
    return ScenarioVersion.objects.count() == before + 1


def match_workbooks(client, column):
    sent = {"file": SimpleUploadedFile("needs.csv", b"Id,Item,Quantity\nA-1,lamp,2\n")}
    page = led_to(client, client.post("/p/harbour/workbook/", sent)).request["PATH_INFO"]
    chosen = {"match": "1", "s0-noun": "requirement", "s0-c0": "key", "s0-c1": "item", "s0-c2": "quantity"}
    page = led_to(client, client.post(page, chosen)).request["PATH_INFO"]
    client.post(page, {"keep": "1", "name": f"By {column}"})
    return WorkbookMapping.objects.filter(name=f"By {column}").exists()


def tell_others(client, column):
    sent = {"address": f"https://{column}.example/in", "kinds": ["orders"], "role": "", "party": ""}
    client.post("/p/harbour/webhooks/", sent)
    return Webhook.objects.filter(address=sent["address"]).exists()


def change_settings(client, column):
    form = client.get("/p/harbour/settings/")
    sent = {**SETTINGS, "short_name": f"By {column}", "reason": "r"}
    status = client.post("/p/harbour/settings/", {**sent, "seen": hidden(form, "seen")}).status_code
    is_changed = ProgrammeRecord.objects.get(slug="harbour").short_name == f"By {column}"
    assert (form.status_code, status) == ((200, 302) if is_changed else (403, 403))
    return is_changed


def edit_record(client, column):
    sent = {"id": f"S-{column}", "url": "urn:x:1", "publisher": "p", "title": "t", "accessed_as": "page"}
    look = client.post("/p/harbour/record/new/source/", sent)
    address = "/p/harbour/record/new/source/"
    status = client.post(address, {**sent, "enter": "1", "foreseen": hidden(look, "foreseen")}).status_code
    is_entered = SourceRecord.objects.filter(ref=f"S-{column}").exists()
    assert (look.status_code, status) == ((200, 302) if is_entered else (403, 403))
    return is_entered


def publish_subject(subject):
    def published(client, _column):
        ProgrammeRecord.objects.update(published=subject is not Subject.PROGRAMME)
        BooksRecord.objects.update(public=False)
        client.post(f"/p/harbour/publication/{subject}/", {"public": "yes"})
        return next(each.is_public for each in publications("harbour") if each.subject is subject)

    return published


def give_roles(client, column):
    if column == DESK:  # nobody has an account while there is a desk
        return answers(client, "/people/", 403)
    a_person("bo").memberships.all().delete()
    client.post("/people/", {"name": "bo", "role": "reader", "programme": "harbour", "party": ""})
    return Membership.objects.filter(person__username="bo", given_by=f"a-{column}").exists()


def invite(client, column):
    if column == DESK:
        return answers(client, "/people/invite/", 403)
    client.post("/people/invite/", {"name": f"by-{column}", "role": "reader", "programme": "harbour"})
    return Invitation.objects.filter(name=f"by-{column}").exists()


def read_audit(client, _column):
    answer = client.get("/audit.jsonl")
    assert answer.status_code in (200, 403)
    content = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code == 200 and b'"harbour"' in content


DOORS = {
    Act.SEE_UNPUBLISHED: (see_unpublished, {"programme": False}),
    Act.SEE_BOOKS: (see_books, {}),
    Act.SEE_NOTES: (see_notes, {"books": True}),
    Act.SEE_PLANS: (see_plans, {}),
    Act.SEE_DRAFTS: (see_drafts, {}),
    Act.SEE_SCENARIOS: (see_scenarios, {}),
    Act.READ_AUDIT: (read_audit, {}),
    Act.MAKE_PLANS: (make_plans, {}),
    Act.KEEP_BOOKS: (keep_books, {"books": True}),
    Act.MATCH_WORKBOOKS: (match_workbooks, {}),
    Act.EDIT_REGISTER: (edit_register, {}),
    Act.WRITE_SCENARIOS: (write_scenarios, {}),
    Act.EDIT_RECORD: (edit_record, {}),
    Act.CHANGE_SETTINGS: (change_settings, {}),
    Act.TELL_OTHERS: (tell_others, {}),
    Act.PUBLISH_PROGRAMME: (publish_subject(Subject.PROGRAMME), {}),
    Act.PUBLISH_BOOKS: (publish_subject(Subject.BOOKS), {}),
    Act.GIVE_ROLES: (give_roles, {}),
    Act.INVITE: (invite, {}),
    Act.SEE_REQUIREMENTS: (see_requirements, {}),
    Act.SEE_OFFERS: (see_offers, {}),
    Act.SEE_ORDERS: (see_own("order"), {}),
    Act.SEE_SHIPMENTS: (see_own("shipment"), {}),
    Act.SEE_RECEIPTS: (see_own("receipt"), {}),
    Act.ACCEPT_PLANS: (accept_plans, {}),
    Act.SEE_APPROVALS: (see_approvals, {}),
    Act.APPROVE: (approve, {}),
    Act.SEE_CONTRIBUTIONS: (see_contributions, {}),
    Act.WRITE_TERMS: (write_terms, {}),
    **{right: (enter_act(kind), {}) for kind, right in RIGHT_TO.items()},
    "write requirement": (write_noun("requirements", RequirementRecord, REQUIREMENT), {}),
    "write offer": (write_noun("offers", OfferRecord, {**OFFER, "unit_price": "5.00"}), {}),
    "write order": (write_follower("order", TYPED_ORDER, "lines"), {}),
    "write shipment": (write_follower("shipment", SHIPMENT, "lots"), {}),
    "write receipt": (write_follower("receipt", RECEIPT, "lots"), {}),
    **{
        row_of_step(step.noun, step.name): (
            take_step(PAGES_OF.get(step.noun, f"{step.noun}s"), TABLES[step.noun], step),
            {},
        )
        for step in STEPS
    },
}
"""What each act is tried by, and how far the programme is published meanwhile."""


SCENARIO = (
    'schema = "pledgeline-guarantee-cases/0.1"\nid = "drill"\n'
    '[[events]]\nid = "e1"\nkinds = ["armed_attack"]\non = 2026-12-05\n'
)


def noted():
    """Keep the worked package, enter something with a note, and a draft of the register."""
    keep(PACKAGE, public=False)
    fee = {"id": "f", "type": "fee", "contributions": ["W"], "currency": "USD", "amount": 5, "note": SECRET}
    post("harbour", {**fee, "effective_on": "2025-10-06"}, today=date(2026, 1, 1), by="a clerk")
    fund = ProgrammeRecord.objects.get(slug="harbour")
    chain.write(RequirementRecord, REQUIREMENT, programme=fund, person=MACHINE, now=NOW)
    chain.write(OfferRecord, OFFER, programme=fund, person=MACHINE, now=NOW)
    text = (SHIPPED / "ua-gb-2024.toml").read_text(encoding="utf-8").replace("ua-gb-2024", "secret-2027")
    InstrumentVersion.objects.create(
        programme="harbour",
        instrument="secret-2027",
        number=1,
        text=text,
        reason="",
        saved_by="x",
        saved_at=NOW,
    )
    ScenarioVersion.objects.create(
        programme="harbour", key="bbb222", number=1, title="t", text=SCENARIO, written_by="x", written_at=NOW
    )


world = written_once(noted)


@pytest.mark.parametrize("act", DOORS)
def test_each_role_may_what_the_table_says_and_no_more(act, world, settings):
    """Nor may who has every role, but in another programme, or had every role and was taken away."""
    is_done, published = DOORS[act]
    show(**published)

    check(act, settings, is_done)
    assert not [name for name, client in strangers() if is_done(client, name)]


FIELDS = {
    "announcements.earmark": (SECRET, "announcements.csv", "announcements/C001/"),
    "announcements.note": (SECRET, "announcements.csv", "announcements/C001/"),
    "packages.contents": (SECRET, "packages.csv", "packages/", "packages/PKG01/"),
    "packages.delivery_reported_on": ("2025-09-17", "packages.csv", "packages/PKG01/"),
    "packages.note": (SECRET, "packages.csv", "packages/PKG01/"),
    "deliveries.packages": (SECRET, "deliveries.csv", "deliveries/"),
    "deliveries.what": (SECRET, "deliveries.csv", "deliveries/"),
    "deliveries.note": (SECRET, "deliveries.csv", "deliveries/"),
    "stated_totals.note": (SECRET, "stated-totals.csv"),
    "items.price": ("1234567", "items.csv", "items/"),
    "items.lead_time": ("77", "items.csv", "items/"),
    "items.note": (SECRET, "items.csv", "items/"),
}
"""What of each field to look for, in which file, and the pages that show it."""

RECORDS = {
    "announcements.earmark": {"announcements": (an_announcement(earmark=SECRET),)},
    "announcements.note": {"announcements": (an_announcement(note=SECRET),)},
    "packages.contents": {"packages": (a_package(contents=SECRET),)},
    "packages.delivery_reported_on": {"packages": (a_package(delivery_reported_on=date(2025, 9, 17)),)},
    "packages.note": {"packages": (a_package(note=SECRET),)},
    "deliveries.packages": {"deliveries": (a_delivery(packages=(SECRET,)),)},
    "deliveries.what": {"deliveries": (a_delivery(SECRET),)},
    "deliveries.note": {"deliveries": (a_delivery(note=SECRET),)},
    "stated_totals.note": {"stated_totals": (a_stated_total(note=SECRET),)},
    "items.price": {"items": (an_item(price_low=Amount(1_234_567_00, "USD")),)},
    "items.lead_time": {"items": (an_item(lead_time_months_low=77, lead_time_months_high=77),)},
    "items.note": {"items": (an_item(note=SECRET),)},
}


@pytest.mark.parametrize("field", FIELDS)
def test_each_role_sees_a_withheld_field_as_the_table_says(field, settings):
    """On every page and in every file alike."""
    kind, name = field.split(".")
    public = WITHHOLDABLE | {kind: tuple(each for each in WITHHOLDABLE[kind] if each != name)}
    keep(PACKAGE, public_fields=public, record=a_record(**RECORDS[field]))
    marker, file, *pages = FIELDS[field]

    def is_shown(client, column):
        in_file = marker in client.get(f"/p/harbour/{file}").content.decode()
        for page in pages:
            answer = client.get(f"/p/harbour/{page}")
            assert answer.status_code == 200, (page, column)
            words = answer.content.decode()
            if marker == SECRET:
                assert in_file is (SECRET in words), (page, column)
            assert not (in_file and ">withheld<" in words), (page, column)
        return in_file

    check(field, settings, is_shown)


def test_every_row_has_its_trial():
    fields = {f"{kind}.{name}" for kind, names in WITHHOLDABLE.items() for name in names}

    steps = {row for row in RIGHTS if row.startswith("write ")}
    steps |= {row_of_step(step.noun, step.name) for step in STEPS}
    assert set(RIGHTS) == {*Act, *fields, *steps} == {*DOORS, *FIELDS}


def test_every_act_has_a_name_for_people():
    assert [] == [act for act in Act if act not in ACTS]


def test_the_public_has_no_right_and_whoever_sits_at_the_machine_has_every_one_but_to_approve():
    """Who has no account is nobody in particular, and no second person."""
    for row, allowed in RIGHTS.items():
        assert PUBLIC not in allowed
        assert (DESK in allowed) is (row != Act.APPROVE)
        assert may(MACHINE, row, "harbour") is (row != Act.APPROVE)
        assert not may(None, row, "harbour")


def test_an_auditor_writes_nothing_and_an_administrator_sees_no_more_than_a_reader():
    sees = {row for row in RIGHTS if row.startswith("see ") or "." in row}

    assert {row for row in RIGHTS if Role.AUDITOR in RIGHTS[row]} == {*sees, Act.READ_AUDIT}
    assert {row for row in sees if Role.ADMINISTRATOR in RIGHTS[row]} == {
        row for row in sees if Role.READER in RIGHTS[row]
    }


def test_the_table_as_a_page_and_as_a_file_is_the_table(client):
    rows = list(csv.reader(io.StringIO(client.get("/people/rights.csv").content.decode())))

    assert rows == list(csv.reader(io.StringIO(rights_csv())))
    assert rows[0] == ["right", *COLUMNS]
    for word, table in (("yes", RIGHTS), ("own", OWN)):
        assert {
            row[0]: {column for column, cell in zip(COLUMNS, row[1:], strict=True) if cell == word}
            for row in rows[1:]
        } == table
    assert flat(client.get("/people/rights/")).count(">yes<") == sum(map(len, RIGHTS.values()))
