"""What every action is called with, in a programme “harbour”, and which events it leaves."""

import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialLogin
from PIL import Image

from pledgeline.accounts.models import ApiToken, Scope, User
from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import (
    acceptance,
    approvals,
    bank,
    books,
    chain,
    claim_uses,
    claims,
    contributions,
    event_files,
    first_start,
    fulfilment,
    housekeeping,
    illustration,
    invitations,
    job_askers,
    list_plans,
    long_files,
    many_steps,
    mappings,
    noun_files,
    ocds,
    people,
    photos,
    plan_inputs,
    plan_workbooks,
    planner,
    plans,
    programmes,
    publication,
    record_rows,
    records,
    register,
    reports,
    scenarios,
    sheet_rows,
    sign_ins,
    tokens,
    verification,
    webhooks,
    workbooks,
)
from pledgeline.audit.acts import AuditAct
from pledgeline.evidence.deciding.claims import StatedKind
from pledgeline.evidence.reading.texts import Span
from pledgeline.exchange.bank.read import read_statement
from pledgeline.exchange.matched_sheets import MatchedSheet
from pledgeline.exchange.noun_files import read_noun_file
from pledgeline.exchange.ocds.offers import OcdsRow
from pledgeline.jobs.asking import Asker
from pledgeline.ledger import SigningKey
from pledgeline.ledger.event_files import event_file_of
from pledgeline.ledger.witness import cosign, read_request, request_to_witness
from pledgeline.plan import parse_problem
from pledgeline.programme.roles import Role
from pledgeline.queries.claim_uses import foresee_from_claim, row_from
from pledgeline.queries.record_rows import NOUNS, whole_record
from pledgeline.queries.reports import Described
from pledgeline.records.books import books_of
from pledgeline.records.models import (
    BankEntry,
    Origin,
    ProgrammeRecord,
    ReceiptRecord,
    RequirementRecord,
    RunKind,
    Subject,
    WebhookDelivery,
)
from pledgeline.records.register import seen_register, shipped_texts
from pledgeline.records.snapshot import snapshot
from tests.builders import a_programme, a_record
from tests.chain import (
    OFFER,
    RECEIPT,
    REQUIREMENT,
    dispatched,
    formed,
    listed,
    offered,
    ordered,
    paid,
    worker,
    written,
)
from tests.exchange.bank_files import camt, entry
from tests.ledger.stories import DELIVERED, TODAY
from tests.ledger.stories import events_of as story_of
from tests.planning import ADA, PROBLEM, as_json, asked, handed_in, planned
from tests.working import worked_off

SIGNER, WITNESS = (
    SigningKey(name=f"{name}.example", secret=bytes([number] * 32)) for number, name in enumerate("ab")
)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PASSWORD = "harbour-lantern-otter"
DESK = Asker(name=MACHINE.name)
A_SOURCE = {"id": "S9", "url": "urn:x:9", "publisher": "A paper", "title": "A page", "accessed_as": "page"}
A_SETTING = {
    "slug": "energy",
    "name": "Energy Fund",
    "short_name": "Energy",
    "about": "Invented.",
    "recipient": "UKR",
    "validator": "a ministry",
    "supplier": "several",
    "base_currency": "EUR",
    "package_size": {"amount": "20000000", "currency": "EUR"},
}


def load(**more: Any) -> Any:
    given = {"programme": a_programme(slug="harbour"), "record": a_record(), "prune": False}
    return records.load_record(**given | {"today": date(2026, 3, 1), "by": "a test"} | more)


def create_programme(**more: Any) -> Any:
    return programmes.create(A_SETTING | more, person=MACHINE, now=NOW)


def change_settings(raw: Any = None) -> Any:
    row = ProgrammeRecord.objects.get(slug="harbour")
    raw = raw or {"recipient": "UKR", "validator": "The board"}
    return programmes.change(row, raw, person=MACHINE, now=NOW, reason="r")


def enter_row(**more: Any) -> Any:
    row = ProgrammeRecord.objects.get(slug="harbour")
    return record_rows.enter("source", A_SOURCE | more, programme=row, person=MACHINE, now=NOW)


def remove_row(key: str = "S9") -> Any:
    row = ProgrammeRecord.objects.get(slug="harbour")
    return record_rows.remove("source", key, programme=row, person=MACHINE, now=NOW, reason="twice")


def pledge(**more: Any) -> Any:
    event = {"id": "e-1", "type": "pledge", "effective_on": "2026-02-01", "contribution": "NL-1"}
    event |= {"partner": "Netherlands", "currency": "USD", "amount": 5_000, "note": "a private note"}
    return books.post("harbour", event | more, today=date(2026, 3, 1), by="ada")


def bring_in(*, keep: bool) -> Any:
    return books.bring_in("harbour", a_file(), today=TODAY, by="ada", keep=lambda _done: keep)


def a_file() -> Any:
    return event_file_of(story_of(DELIVERED), "story")


def ada(**more: Any) -> User:
    given = {"name": "ada", "role": Role.REGISTER_EDITOR, "by": "a test", "password": PASSWORD}
    return people.add_person(**given | more)


def with_an_app() -> None:
    Authenticator.objects.create(user=ada(), type="totp", data={})


def invite() -> str:
    return invitations.invite(name="Eve", role=Role.READER, person=MACHINE, now=NOW)


def accept(token: str) -> User:
    return invitations.accept_invitation(token=token, name="eve", password=PASSWORD, now=NOW)


def publish(person: Any) -> Any:
    return publication.publish("harbour", Subject.PROGRAMME, person=person, now=NOW)


def subscribe() -> Any:
    """Have an address told of the record."""
    return webhooks.subscribe(
        ProgrammeRecord.objects.get(slug="harbour"),
        {"address": "https://office.example/in", "kinds": ["record"]},
        person=MACHINE,
        now=NOW,
    )


def a_delivery() -> WebhookDelivery:
    return WebhookDelivery.objects.create(
        ref="msg_1",
        webhook=subscribe()[0],
        event=1,
        kind="record.row-entered",
        body="{}",
        next_at=NOW,
        made_at=NOW,
    )


def make_token(person: User) -> str:
    given = {"name": "a program", "scope": Scope.READ, "programme": "", "days": 3, "now": NOW}
    return tokens.make_token(person=person, **given)


def open_() -> None:
    books.open_books("harbour")


def ask_of(source: Any) -> Any:
    return plans.ask(source=source, kind=RunKind.PLAN, mode="fast", budget_seconds=5, asker=ADA)


def ask_to_read() -> Any:
    given = {"file_name": "a.json", "name": "A plan", "origin": Origin.JSON, "asker": ADA}
    return plan_inputs.ask_to_read(programme="harbour", data=as_json(), **given)


def ask_to_look() -> Any:
    text = json.dumps({"events": story_of(DELIVERED)}).encode()
    given = {"into": event_files.THESE, "dialect": "", "asker": ADA}
    return event_files.ask_to_look(programme="harbour", name="events.json", data=text, **given)


def looked() -> Any:
    open_()
    look = ask_to_look()
    worked_off()
    look.refresh_from_db()
    return look


NEEDS = b"Id,Item,Quantity\nAD-014,interceptor,12\n"


def look_at_nouns() -> Any:
    given = {"noun": "requirement", "name": "needs.csv", "data": NEEDS, "chosen": {}, "asker": DESK}
    return noun_files.ask_to_look(programme="harbour", **given)


def nouns_looked_at() -> Any:
    look = look_at_nouns()
    worked_off()
    look.refresh_from_db()
    return look


def rows_to_take() -> Any:
    programme = ProgrammeRecord.objects.get(slug="harbour")
    read = read_noun_file(NEEDS, "needs.csv", RequirementRecord.KIND)
    rows = sheet_rows.sheet_rows("requirement", programme, MACHINE)
    outcomes = noun_files.look_over(read, rows)
    return lambda: noun_files.take_rows(outcomes, rows, now=NOW)


MATCHED = MatchedSheet(
    sheet="", noun="requirement", columns={"Id": "key", "Item": "item", "Quantity": "quantity"}
)


def look_at_workbook() -> Any:
    return workbooks.ask_to_look(programme="harbour", name="needs.csv", data=NEEDS, asker=DESK)


def workbook_looked_at() -> Any:
    """A look at a workbook whose columns a person has matched."""
    look = look_at_workbook()
    worked_off()
    look.refresh_from_db()
    matched = workbooks.ask_to_take(look=look, asker=DESK, chosen=[MATCHED])
    assert matched is not None
    worked_off()
    matched.refresh_from_db()
    return matched


def workbook_to_take() -> Any:
    given = {"programme": fund(), "person": MACHINE}
    look = workbooks.look_over_workbook(NEEDS, "needs.csv", chosen=[MATCHED], **given)
    return lambda: workbooks.take_workbook(look, now=NOW)


def keep_mapping() -> Any:
    return mappings.keep_mapping("Ours", [MATCHED], programme=fund(), person=MACHINE, now=NOW)


def take_statement() -> Any:
    file = read_statement(camt(entry(), closing="1500.00"), "s.xml", b"", "")
    return bank.take_statements(file, "s.xml", programme=fund(), person=MACHINE, now=NOW)


def statement_taken() -> Any:
    """An entry of which it is certain that it is what NL-1 owes."""
    open_()
    pledge(amount=500_00)
    event = {"id": "e-2", "type": "commit", "effective_on": "2026-02-01", "contribution": "NL-1"}
    books.post("harbour", {**event, "amount": 500_00, "currency": "USD"}, today=TODAY)
    take_statement()
    return BankEntry.objects.get().pk


def enter_entry(number: int) -> Any:
    given = {"programme": fund(), "person": MACHINE, "now": NOW, "today": TODAY}
    return bank.enter_entry(number, "receive", "NL-1", **given)


def enter_certain(_number: int) -> Any:
    return bank.enter_certain(programme=fund(), person=MACHINE, now=NOW, today=TODAY)


def set_aside(number: int) -> Any:
    return bank.set_aside(number, "by hand", programme=fund(), person=MACHINE, now=NOW)


def counted_receipt() -> Any:
    fund = ProgrammeRecord.objects.get(slug="harbour")
    formed(fund)
    ordered(fund)
    dispatched(fund)
    return written(fund, ReceiptRecord, RECEIPT)


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def reserved() -> None:
    """Books with money that is reserved up to a day that has passed."""
    story = """
    2025-08-01  pledge    contribution=N partner=Northland currency=USD amount=1000
    2025-08-01  commit    contribution=N amount=1000
    2025-08-02  receive   contribution=N amount=1000
    2025-08-03  allocate  contribution=N line=L-1 amount=200 reserved_until=2025-08-10
    """
    books.replay_into("harbour", event_file_of(story_of(story), "reserved"), today=TODAY)


def work_off(_given: Any) -> None:
    worked_off()


def point(**more: Any) -> Any:
    canada = seen_register().register.by_id["ua-ca-2024"]
    duty = next(each.id for each in canada.obligations if each.money and each.money.amount)
    given = {"instrument": canada, "obligation": duty, "contribution": "CA-1", "points": True, "reason": ""}
    return fulfilment.point(**given | {"programme": "harbour", "now": NOW} | more)


def save(text: str | None = None, *, based_on: int = 0) -> Any:
    return register.save_version(
        instrument="ua-gb-2024",
        text=shipped_texts()["ua-gb-2024.toml"].replace("PT24H", "PT12H") if text is None else text,
        reason="read again",
        person=MACHINE,
        programme="",
        based_on=based_on,
        now=NOW,
    )


def write_scenario() -> Any:
    return scenarios.write_scenario(
        key="",
        programme="harbour",
        text='schema = "pledgeline-guarantee-cases/0.1"\nid = "drill"\n'
        '[[events]]\nid = "e1"\nkinds = ["armed_attack"]\non = 2026-12-05\n',
        is_report=True,
        based_on=0,
        person=MACHINE,
        now=NOW,
    )


def hand_in() -> Any:
    return handed_in(PROBLEM, programme="harbour")


def a_problem() -> Any:
    return parse_problem(as_json().decode(), "a.json")[0]


def a_run() -> Any:
    return asked(hand_in())


def cosigned() -> str:
    """Give a checkpoint to a witness, and get its answer."""
    open_()
    note = books.give_checkpoint("harbour", keys=[SIGNER])
    request = read_request(request_to_witness(0, [], note))
    return cosign(request, last=None, logs=[SIGNER.public_text], key=WITNESS, time=1_795_000_000)


def take_cosignatures(lines: str) -> Any:
    return books.take_cosignatures("harbour", lines, witnesses=[WITNESS.witness_text])


def fund() -> ProgrammeRecord:
    """The programme, counting in the currency of its money."""
    ProgrammeRecord.objects.filter(slug="harbour").update(base_currency="USD")
    return ProgrammeRecord.objects.get(slug="harbour")


def with_a_list() -> ProgrammeRecord:
    row = fund()
    paid(row, "A", 2_000_00)
    listed(row)
    offered(row)
    return row


def write(raw: Any = None) -> Any:
    return chain.write(RequirementRecord, raw or REQUIREMENT, programme=fund(), person=MACHINE, now=NOW)


def take_step(row: Any) -> Any:
    return chain.take_step(type(row), row.key, "submit", programme=row.programme, person=MACHINE, now=NOW)


def take_of_many(row: Any) -> Any:
    seen = {row.key: chain.stamp_of(row)}
    return many_steps.take_of_many(
        type(row), seen, "submit", programme=row.programme, person=MACHINE, now=NOW
    )


def bring_in_offer() -> Any:
    row = OcdsRow(noun="offer", said=OFFER, path=())
    return ocds.bring_in([row], programme=fund(), person=MACHINE, now=NOW)


def write_terms(row: ProgrammeRecord, **said: Any) -> Any:
    given = {"key": "A", "largest_share": 50, **said}
    return contributions.write_terms(given, programme=row, person=MACHINE, now=NOW)


def enter_pledge(row: ProgrammeRecord, **said: Any) -> Any:
    event = {"id": "form", "contribution": "A", "partner": "Partner of A", "amount": 5, "currency": "USD"}
    event |= {"effective_on": "2026-02-01"} | said
    return contributions.enter("pledge", event, programme=row, person=MACHINE, today=TODAY)


def with_held_commitment() -> Any:
    """A commitment of USD 5 that waits for approval."""
    row = with_a_list()
    enter_pledge(row, amount=5_00)
    ProgrammeRecord.objects.update(approvals=[["commitment", 0, "finance"]])
    event = {"id": "signed", "contribution": "A", "amount": 5_00, "currency": "USD"}
    event |= {"effective_on": "2026-02-01"}
    row.refresh_from_db()
    return contributions.enter(
        "commit", event, programme=row, person=worker(Role.COORDINATOR, name="asks"), today=TODAY
    )


def take_list(row: ProgrammeRecord) -> Any:
    return list_plans.hand_in(programme=row, package="P-1", asker=ADA, today=TODAY)


def list_plan() -> Any:
    return planned(take_list(with_a_list()))


def accept_plan(run: Any) -> Any:
    return acceptance.accept(run, person=MACHINE, today=TODAY, now=NOW, reserved_until=date(2027, 1, 1))


REPORT = b"Belgium pledged EUR 5 million to Harbour on 4 August 2025.\n"


def read_report(content: bytes = REPORT) -> Any:
    row = ProgrammeRecord.objects.get(slug="harbour")
    return reports.read_in(content, Described(may_show=True), programme=row, person=MACHINE, now=NOW)


def a_claim() -> Any:
    return claims.accept(read_report(), 1, person=MACHINE, now=NOW).claim


def a_waiting_claim() -> Any:
    claim = a_claim()
    type(claim).objects.filter(pk=claim.pk).update(state="waits")
    return claim


def enter_claim(claim: Any) -> Any:
    """Enter the claim as the announcement that it would be."""
    row, now = ProgrammeRecord.objects.get(slug="harbour"), NOW
    cells = dict(row_from(claim, snapshot("harbour", MACHINE), title="Money").row.cells)
    cells = {name: cells.get(name, "") for name in NOUNS["announcement"].columns}
    given = {
        "document": claim.document,
        "programme": row.to_value(),
        "record": whole_record("harbour"),
        "now": now,
    }
    would = foresee_from_claim("announcement", cells, **given)
    return claim_uses.enter_as_row(claim, "announcement", cells, person=MACHINE, now=now, foreseen=would.seen)


Before = Callable[[], Any]
Call = Callable[[Any], Any]
Story = tuple[Before, Call, list[AuditAct]]


def nothing() -> None:
    return None


ENTERED_BY_BANK = [*[AuditAct.ENTRY_MADE] * 3, AuditAct.BANK_ENTRY_ANSWERED]
"""What came in is entered as a receipt, as owed, and as in the bank."""

WRITES: dict[Callable[..., Any], Story] = {
    records.load_record: (nothing, lambda _: load(), [AuditAct.RECORD_LOADED]),
    programmes.create: (
        nothing,
        lambda _: create_programme(),
        [AuditAct.RECORD_LOADED, AuditAct.PROGRAMME_CREATED],
    ),
    programmes.change: (
        nothing,
        lambda _: change_settings(),
        [AuditAct.RECORD_LOADED, AuditAct.SETTINGS_CHANGED],
    ),
    record_rows.enter: (nothing, lambda _: enter_row(), [AuditAct.RECORD_LOADED, AuditAct.ROW_ENTERED]),
    record_rows.remove: (enter_row, lambda _: remove_row(), [AuditAct.RECORD_LOADED, AuditAct.ROW_REMOVED]),
    reports.read_in: (nothing, lambda _: read_report(), [AuditAct.REPORT_READ]),
    reports.ask_to_read_report: (
        nothing,
        lambda _: reports.ask_to_read_report(REPORT, Described(), programme="harbour", asker=DESK),
        [AuditAct.REPORT_HANDED_IN],
    ),
    reports.read_report_in.func: (
        lambda: reports.ask_to_read_report(REPORT, Described(), programme="harbour", asker=DESK),
        work_off,
        [AuditAct.REPORT_READ],
    ),
    reports.describe: (
        read_report,
        lambda row: reports.describe(row, standpoint="primary", may_show=False, licence="", person=MACHINE),
        [AuditAct.REPORT_DESCRIBED],
    ),
    claims.accept: (
        read_report,
        lambda row: claims.accept(row, 1, person=MACHINE, now=NOW),
        [AuditAct.CLAIM_DECIDED],
    ),
    claims.reject: (
        read_report,
        lambda row: claims.reject(row, 1, person=MACHINE, now=NOW),
        [AuditAct.CLAIM_DECIDED],
    ),
    claims.make: (
        read_report,
        lambda row: claims.make(
            row, kind=StatedKind.STATEMENT, spans={}, span=Span(0, 30), person=MACHINE, now=NOW
        ),
        [AuditAct.CLAIM_DECIDED],
    ),
    claims.confirm: (
        a_waiting_claim,
        lambda claim: claims.confirm(claim, person=worker(Role.COORDINATOR), now=NOW),
        [AuditAct.CLAIM_DECIDED],
    ),
    claims.withdraw: (
        a_claim,
        lambda claim: claims.withdraw(claim, person=MACHINE, now=NOW, reason="wrong"),
        [AuditAct.CLAIM_DECIDED],
    ),
    claim_uses.cite: (
        a_claim,
        lambda claim: claim_uses.cite(claim, "announcement", "C001", person=MACHINE, now=NOW),
        [AuditAct.CLAIM_USED],
    ),
    claim_uses.enter_as_row: (
        a_claim,
        enter_claim,
        [
            AuditAct.RECORD_LOADED,
            AuditAct.ROW_ENTERED,
            AuditAct.RECORD_LOADED,
            AuditAct.ROW_ENTERED,
            AuditAct.CLAIM_USED,
        ],
    ),
    books.open_books: (nothing, lambda _: books.open_books("harbour"), [AuditAct.BOOKS_OPENED]),
    books.post: (open_, lambda _: pledge(), [AuditAct.ENTRY_MADE]),
    books.replay_into: (
        nothing,
        lambda _: books.replay_into("harbour", a_file(), today=TODAY),
        [AuditAct.BOOKS_OPENED, AuditAct.EVENTS_ENTERED],
    ),
    books.bring_in: (
        open_,
        lambda _: bring_in(keep=True),
        [AuditAct.EVENTS_ENTERED],
    ),
    books.erase: (
        lambda: (books.open_books("harbour"), pledge()),
        lambda _: books.erase("harbour", key="e-1", names=["note"]),
        [AuditAct.NOTE_ERASED],
    ),
    books.give_checkpoint: (
        lambda: (books.open_books("harbour"), pledge()),
        lambda _: books.give_checkpoint("harbour"),
        [AuditAct.CHECKPOINT_GIVEN],
    ),
    books.take_cosignatures: (cosigned, take_cosignatures, [AuditAct.COSIGNATURES_TAKEN]),
    first_start.load_shipped: (
        lambda: ProgrammeRecord.objects.all().delete(),
        lambda _: first_start.load_shipped(now=NOW),
        [AuditAct.RECORD_LOADED, AuditAct.PUBLISHED],
    ),
    illustration.load_illustration: (
        nothing,
        lambda _: illustration.load_illustration(now=NOW),
        [AuditAct.RECORD_LOADED, AuditAct.BOOKS_OPENED, ..., *[AuditAct.PUBLISHED] * 2],
    ),
    publication.publish: (nothing, lambda _: publish(MACHINE), [AuditAct.PUBLISHED]),
    publication.unpublish: (
        lambda: publish(MACHINE),
        lambda _: publication.unpublish("harbour", Subject.PROGRAMME, person=MACHINE, now=NOW),
        [AuditAct.UNPUBLISHED],
    ),
    people.add_person: (nothing, lambda _: ada(), [AuditAct.PERSON_ADDED, AuditAct.ROLE_GIVEN]),
    people.add_first_person: (
        nothing,
        lambda _: people.add_first_person(name="ada", password=PASSWORD),
        [AuditAct.PERSON_ADDED, *[AuditAct.ROLE_GIVEN] * len(Role)],
    ),
    people.give_role: (
        ada,
        lambda _: people.give_role(name="ada", role="coordinator", programme="", party="", person=MACHINE),
        [AuditAct.ROLE_GIVEN],
    ),
    invitations.invite: (nothing, lambda _: invite(), [AuditAct.PERSON_INVITED]),
    invitations.accept_invitation: (
        invite,
        accept,
        [AuditAct.PERSON_ADDED, AuditAct.ROLE_GIVEN, AuditAct.INVITATION_ACCEPTED],
    ),
    invitations.withdraw_invitation: (
        lambda: invitations.open_invitation(invite(), NOW),
        lambda invited: invitations.withdraw_invitation(invited, person=MACHINE),
        [AuditAct.INVITATION_WITHDRAWN],
    ),
    people.take_role: (
        lambda: ada().memberships.get(),
        lambda membership: people.take_role(membership, person=MACHINE),
        [AuditAct.ROLE_TAKEN],
    ),
    webhooks.subscribe: (nothing, lambda _: subscribe(), [AuditAct.WEBHOOK_MADE]),
    webhooks.end: (
        lambda: subscribe()[0],
        lambda hook: webhooks.end(hook, person=MACHINE, now=NOW),
        [AuditAct.WEBHOOK_ENDED],
    ),
    webhooks.resend: (
        lambda: a_delivery(),
        lambda delivery: webhooks.resend(delivery, person=MACHINE, now=NOW),
        [AuditAct.WEBHOOK_RESENT],
    ),
    tokens.make_token: (ada, lambda person: make_token(person), [AuditAct.TOKEN_MADE]),
    tokens.revoke_token: (
        lambda: make_token(ada()) and ApiToken.objects.get(),
        tokens.revoke_token,
        [AuditAct.TOKEN_REVOKED],
    ),
    people.make_reset_link: (ada, lambda _: people.make_reset_link(name="ada"), [AuditAct.RESET_LINK_MADE]),
    people.remove_person: (
        ada,
        lambda _: people.remove_person(name="ada"),
        [AuditAct.PERSON_REMOVED],
    ),
    people.remove_second_factor: (
        with_an_app,
        lambda _: people.remove_second_factor(name="ada"),
        [AuditAct.SECOND_FACTOR_REMOVED],
    ),
    people.set_password: (
        ada,
        lambda _: people.set_password(name="ada", password="another-lantern-otter"),
        [AuditAct.PASSWORD_CHANGED],
    ),
    plan_inputs.ask_to_read: (nothing, lambda _: ask_to_read(), [AuditAct.INPUT_HANDED_IN]),
    plan_inputs.read_input.func: (ask_to_read, work_off, [AuditAct.INPUT_READ]),
    plan_inputs.hand_in: (nothing, lambda _: hand_in(), [AuditAct.INPUT_HANDED_IN]),
    plan_inputs.hand_in_change: (
        a_run,
        lambda run: plan_inputs.hand_in_change(base=run, problem=a_problem(), name="what if", asker=ADA),
        [AuditAct.INPUT_HANDED_IN],
    ),
    chain.write: (nothing, lambda _: write(), [AuditAct.NOUN_WRITTEN]),
    ocds.bring_in: (nothing, lambda _: bring_in_offer(), [AuditAct.NOUN_WRITTEN]),
    chain.take_step: (write, take_step, [AuditAct.STEP_TAKEN]),
    many_steps.take_of_many: (write, take_of_many, [AuditAct.STEP_TAKEN]),
    contributions.write_terms: (with_a_list, write_terms, [AuditAct.NOUN_WRITTEN]),
    contributions.enter: (with_a_list, enter_pledge, [AuditAct.ENTRY_MADE]),
    approvals.approve: (
        with_held_commitment,
        lambda held: approvals.approve(held, person=worker(Role.FINANCE), now=NOW),
        [AuditAct.ENTRY_MADE, AuditAct.ACT_APPROVED],
    ),
    approvals.refuse: (
        with_held_commitment,
        lambda held: approvals.refuse(held, person=worker(Role.FINANCE), now=NOW, reason="r"),
        [AuditAct.ACT_REFUSED],
    ),
    approvals.withdraw: (
        with_held_commitment,
        lambda held: approvals.withdraw(held, person=worker(Role.COORDINATOR, name="asks"), now=NOW),
        [AuditAct.ACT_WITHDRAWN],
    ),
    list_plans.hand_in: (with_a_list, take_list, [AuditAct.INPUT_HANDED_IN]),
    acceptance.accept: (list_plan, accept_plan, [AuditAct.PLAN_ACCEPTED]),
    plans.ask: (hand_in, ask_of, [AuditAct.PLAN_ASKED]),
    plans.ask_what_if: (
        a_run,
        lambda run: plans.ask_what_if(base=run, problem=a_problem(), name="what if", change={}, asker=ADA),
        [AuditAct.INPUT_HANDED_IN, AuditAct.PLAN_ASKED],
    ),
    planner.make_plan.func: (a_run, work_off, [AuditAct.PLAN_MADE]),
    plan_workbooks.ask_for_workbook: (
        a_run,
        lambda run: plan_workbooks.ask_for_workbook(run=run, asker=ADA),
        [AuditAct.WORKBOOK_ASKED],
    ),
    long_files.ask_for_file: (
        nothing,
        lambda _: long_files.ask_for_file(
            address="/p/harbour/books/journal.xlsx", language="en", programme="harbour", asker=ADA
        ),
        [AuditAct.FILE_ASKED],
    ),
    plans.stop: (a_run, lambda run: plans.stop(run=run), [AuditAct.PLAN_STOPPED]),
    job_askers.stop_job: (ask_to_read, job_askers.stop_job, [AuditAct.JOB_STOPPED]),
    plans.delete: (a_run, lambda run: plans.delete(run=run), [AuditAct.PLAN_DELETED]),
    plan_inputs.discard: (
        hand_in,
        lambda source: plan_inputs.discard(source=source),
        [AuditAct.INPUT_DELETED],
    ),
    event_files.ask_to_look: (open_, lambda _: ask_to_look(), [AuditAct.EVENTS_HANDED_IN]),
    event_files.ask_to_enter: (
        looked,
        lambda look: event_files.ask_to_enter(look=look, asker=ADA),
        [AuditAct.EVENTS_ASKED],
    ),
    event_files.bring_in_events.func: (
        lambda: event_files.ask_to_enter(look=looked(), asker=ADA),
        work_off,
        [AuditAct.EVENTS_ENTERED],
    ),
    noun_files.ask_to_look: (nothing, lambda _: look_at_nouns(), [AuditAct.NOUNS_HANDED_IN]),
    noun_files.ask_to_take: (
        nouns_looked_at,
        lambda look: noun_files.ask_to_take(look=look, asker=DESK),
        [AuditAct.NOUNS_ASKED],
    ),
    noun_files.take_rows: (rows_to_take, lambda take: take(), [AuditAct.NOUN_WRITTEN]),
    noun_files.bring_in_nouns.func: (
        lambda: noun_files.ask_to_take(look=nouns_looked_at(), asker=DESK),
        work_off,
        [AuditAct.NOUN_WRITTEN],
    ),
    workbooks.ask_to_look: (nothing, lambda _: look_at_workbook(), [AuditAct.WORKBOOK_HANDED_IN]),
    workbooks.ask_to_take: (
        workbook_looked_at,
        lambda look: workbooks.ask_to_take(look=look, asker=DESK),
        [AuditAct.WORKBOOK_TAKEN],
    ),
    workbooks.take_workbook: (workbook_to_take, lambda take: take(), [AuditAct.NOUN_WRITTEN]),
    workbooks.bring_in_workbook.func: (
        lambda: workbooks.ask_to_take(look=workbook_looked_at(), asker=DESK),
        work_off,
        [AuditAct.NOUN_WRITTEN],
    ),
    mappings.keep_mapping: (nothing, lambda _: keep_mapping(), [AuditAct.MAPPING_KEPT]),
    bank.take_statements: (nothing, lambda _: take_statement(), [AuditAct.BANK_STATEMENT_READ]),
    bank.enter_entry: (statement_taken, enter_entry, ENTERED_BY_BANK),
    bank.enter_certain: (statement_taken, enter_certain, ENTERED_BY_BANK),
    bank.set_aside: (statement_taken, set_aside, [AuditAct.BANK_ENTRY_ANSWERED]),
    photos.add_photo: (
        counted_receipt,
        lambda row: photos.add_photo(row, lot="LOT-1", data=a_picture(), person=MACHINE, now=NOW),
        [AuditAct.PHOTO_ADDED],
    ),
    verification.ask_to_verify: (
        open_,
        lambda _: verification.ask_to_verify(books_of("harbour", MACHINE), asker=ADA),
        [AuditAct.VERIFICATION_ASKED],
    ),
    verification.verify_books.func: (
        lambda: (open_(), verification.ask_to_verify(books_of("harbour", MACHINE), asker=ADA)),
        work_off,
        [AuditAct.BOOKS_VERIFIED],
    ),
    books.expire_reservations: (
        reserved,
        lambda _: books.expire_reservations("harbour", today=TODAY),
        [AuditAct.RESERVATIONS_EXPIRED],
    ),
    housekeeping.expire_all_reservations.func: (
        lambda: (reserved(), housekeeping.expire_all_reservations.enqueue()),
        work_off,
        [AuditAct.RESERVATIONS_EXPIRED],
    ),
    housekeeping.clear_away.func: (housekeeping.clear_away.enqueue, work_off, [AuditAct.CLEARED_AWAY]),
    register.save_version: (nothing, lambda _: save(), [AuditAct.INSTRUMENT_SAVED]),
    scenarios.write_scenario: (nothing, lambda _: write_scenario(), [AuditAct.SCENARIO_WRITTEN]),
    fulfilment.point: (ada, lambda person: point(person=person), [AuditAct.CONTRIBUTION_POINTED]),
    sign_ins.note_desk: (nothing, lambda _: sign_ins.note_desk(), [AuditAct.DESK_OPENED]),
    sign_ins.note_look: (nothing, lambda _: sign_ins.note_look("finance"), [AuditAct.DESK_LOOKED_AS]),
    sign_ins.note_desk_refusal: (nothing, lambda _: sign_ins.note_desk_refusal(), [AuditAct.DESK_OPENED]),
    sign_ins.note_sign_in: (ada, lambda user: sign_ins.note_sign_in(user=user), [AuditAct.SIGNED_IN]),
    sign_ins.note_sign_out: (ada, lambda user: sign_ins.note_sign_out(user=user), [AuditAct.SIGNED_OUT]),
    sign_ins.note_wrong_second_factor: (
        ada,
        lambda user: sign_ins.note_wrong_second_factor(user=user),
        [AuditAct.SIGNED_IN],
    ),
    sign_ins.note_password: (
        ada,
        lambda user: sign_ins.note_password(user=user, signal=password_reset),
        [AuditAct.PASSWORD_CHANGED],
    ),
    sign_ins.note_second_factor: (
        ada,
        lambda user: sign_ins.note_second_factor(user=user, authenticator=Authenticator(type="totp")),
        [AuditAct.SECOND_FACTOR_ADDED],
    ),
    sign_ins.note_second_factor_gone: (
        ada,
        lambda user: sign_ins.note_second_factor_gone(user=user, authenticator=Authenticator(type="totp")),
        [AuditAct.SECOND_FACTOR_REMOVED],
    ),
    sign_ins.note_provider: (
        ada,
        lambda user: sign_ins.note_provider(
            SocialLogin(account=SocialAccount(user=user, provider="ministry"))
        ),
        [AuditAct.PROVIDER_CONNECTED],
    ),
    sign_ins.note_provider_gone: (
        ada,
        lambda user: sign_ins.note_provider_gone(SocialAccount(user=user, provider="ministry")),
        [AuditAct.PROVIDER_DISCONNECTED],
    ),
    sign_ins.end_sessions: (
        ada,
        lambda user: sign_ins.end_sessions("ada", user.sessions.all()),
        [AuditAct.SESSIONS_ENDED],
    ),
    sign_ins.note_refusal: (
        ada,
        lambda _: sign_ins.note_refusal("ada", code="too-many"),
        [AuditAct.SIGNED_IN],
    ),
    sign_ins.note_wrong_password: (
        nothing,
        lambda _: sign_ins.note_wrong_password(credentials={"username": "ada"}),
        [AuditAct.SIGNED_IN],
    ),
}
