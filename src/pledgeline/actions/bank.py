"""Take bank statements in, and answer their entries: entered into the books as a person says, or set aside.

A statement is taken whole or not at all. An entry that was taken in before is known by what the bank calls it and
comes in no second time. What nobody has answered stays open.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.actions import contributions
from pledgeline.actions.books import post
from pledgeline.actions.changes import Refused
from pledgeline.actions.contributions import Doubts
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.exchange.bank.statements import Statement, StatementEntry, StatementFile
from pledgeline.ledger import Account, Refusal
from pledgeline.money import Amount, split
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.nouns import at_field
from pledgeline.programme.sentences import sentence
from pledgeline.queries.bank import (
    PAY,
    RECEIVE,
    RETURN,
    certain_of,
    open_entries,
    proposals_of,
    to_pay_of_order,
)
from pledgeline.queries.contributions import state_now
from pledgeline.records.books import sql
from pledgeline.records.models import BankEntry, BankStatement, OrderRecord, ProgrammeRecord
from pledgeline.records.models.bank import ENTERED, OPEN, SET_ASIDE

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What came of a file: how many statements and entries are new, and how many were known."""

    statements: int = 0
    new: int = 0
    known: int = 0


# Statements


def take_statements(
    file: StatementFile,
    file_name: str,
    *,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    dry_run: bool = False,
) -> TakenIn | list[Finding]:
    """Take the statements of a file in, all or none; findings say why not. A dry run only says what would come."""
    try:
        with transaction.atomic():
            taken = _taken(file, file_name, programme, person, now)
            if dry_run:
                transaction.set_rollback(True)
        return taken
    except Refused as refused:
        code = refused.findings[0].code
        trail.refused(
            AuditAct.BANK_STATEMENT_READ, "bank", file_name[:200], code=code, programme=programme.slug
        )
        return refused.findings
    except IntegrityError:  # somebody else has just taken the same in
        return [_finding("bank.answered.entry", file_name, ref=file_name[:80], who="–")]


def _taken(
    file: StatementFile, file_name: str, programme: ProgrammeRecord, person: Person, now: datetime
) -> TakenIn:
    if not may(person, Act.KEEP_BOOKS, programme.slug):
        raise Refused(_finding("bank.no-right.bank", file_name))
    if not file.is_sound:
        raise Refused(*[finding for finding in file.findings if finding.is_error])
    statements = new = known = 0
    for statement in file.statements:
        row, is_new = _row_of(statement, file_name, programme, person, now)
        statements += is_new
        there = _taken_before(statement, programme)
        made = []
        for entry in statement.entries:
            before = there.get(entry.ref)
            if before is None:
                made.append(_made(entry, row))
            elif before != entry.amount:
                said = sentence("bank.changed.entry", ref=entry.ref, before=before, now=entry.amount)
                raise Refused(Finding(place=entry.place, said=said))
        BankEntry.objects.bulk_create(made, batch_size=500)
        new += len(made)
        known += len(statement.entries) - len(made)
    trail.record(
        AuditAct.BANK_STATEMENT_READ, "bank", file_name[:200], programme=programme.slug, new=new, known=known
    )
    return TakenIn(statements=statements, new=new, known=known)


def _taken_before(statement: Statement, programme: ProgrammeRecord) -> dict[str, Amount]:
    """Give the amounts of the entries of a statement that were taken in before, by what the bank calls them."""
    refs = [entry.ref for entry in statement.entries]
    there: dict[str, Amount] = {}
    for begin in range(0, len(refs), 500):
        rows = BankEntry.objects.filter(
            programme=programme, account=statement.account, ref__in=refs[begin : begin + 500]
        )
        found = rows.values_list("ref", "amount_minor", "currency")
        there |= {ref: Amount(minor, currency) for ref, minor, currency in found}
    return there


def _made(entry: StatementEntry, statement: BankStatement) -> BankEntry:
    return BankEntry(
        programme=statement.programme,
        statement=statement,
        account=statement.account,
        ref=entry.ref,
        booked_on=entry.booked_on,
        amount_minor=entry.amount.minor,
        currency=entry.amount.currency,
        party=entry.party,
        text=entry.text,
    )


def _row_of(
    statement: Statement, file_name: str, programme: ProgrammeRecord, person: Person, now: datetime
) -> tuple[BankStatement, bool]:
    return BankStatement.objects.get_or_create(
        programme=programme,
        account=statement.account,
        ref=statement.ref,
        defaults={
            "currency": statement.currency,
            "opening_minor": statement.opening.minor if statement.opening else None,
            "closing_minor": statement.closing.minor if statement.closing else None,
            "file_name": file_name,
            "made_by": person.get_username(),
            "made_at": now,
        },
    )


# Entries


def enter_entry(
    number: int,
    kind: str,
    key: str,
    *,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    today: date,
    sure: str = "",
) -> BankEntry | Doubts | list[Finding]:
    """Enter an open entry into the books as one of the things that it may be; what looks like a slip is asked about."""
    try:
        with sql.in_turn():
            return _entered(number, kind, key, programme, person, now, today, sure)
    except Refused as refused:
        _note_refusal(refused, number, programme)
        return refused.findings


def _note_refusal(refused: Refused, number: int, programme: ProgrammeRecord) -> None:
    code = refused.findings[0].code
    trail.refused(AuditAct.BANK_ENTRY_ANSWERED, "bank", str(number), code=code, programme=programme.slug)


def _entered(
    number: int,
    kind: str,
    key: str,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    today: date,
    sure: str,
) -> BankEntry | Doubts:
    entry = _open_entry(number, programme, person)
    if (kind, key) not in {(each.kind, each.key) for each in proposals_of(programme, entry)}:
        what = sentence("bank.kind", kind=kind)
        raise Refused(_finding("bank.not-possible.kind", entry.ref, ref=entry.ref, kind=what, target=key))
    if kind == PAY:
        event = _pay(entry, key, programme, person, today)
    else:
        answer = _of_contribution(entry, kind, key, programme, person, today, sure)
        if isinstance(answer, Doubts):
            return answer
        event = answer
    entry.state, entry.event, entry.contribution = ENTERED, event, key
    _answer(entry, person, now, kind=kind)
    return entry


def _of_contribution(
    entry: BankEntry,
    kind: str,
    key: str,
    programme: ProgrammeRecord,
    person: Person,
    today: date,
    sure: str,
) -> str | Doubts:
    """Enter what came in from a partner, or went back to one, with what that means for the cash book."""
    event = _event_of(entry, "")
    said = {**event, "contribution": key}
    answer = contributions.enter(kind, said, programme=programme, person=person, today=today, sure=sure)
    if isinstance(answer, list):
        raise Refused(*answer)
    if isinstance(answer, Doubts):
        asked = [doubt for doubt in answer.findings if doubt.code != "contribution.takes-away"]
        if asked and not sure:
            return answer
        again = contributions.enter(
            kind, said, programme=programme, person=person, today=today, sure=answer.sure
        )
        if isinstance(again, list):
            raise Refused(*again)
    amount, state = abs(entry.amount_minor), state_now(programme)
    if kind == RECEIVE:
        owed = state.total_of(key, Account.RECEIVABLE, entry.currency)
        if owed < amount:
            _post(
                programme,
                person,
                today,
                {**_event_of(entry, "-owed", amount - owed), "contribution": key},
                "cash_owed",
            )
        _post(programme, person, today, {**_event_of(entry, "-in"), "contribution": key}, "cash_in")
    elif kind == RETURN and state.total_of(key, Account.BANK, entry.currency) >= amount:
        _post(programme, person, today, {**_event_of(entry, "-out"), "contribution": key}, "cash_returned")
    return str(event["id"])


def _pay(entry: BankEntry, key: str, programme: ProgrammeRecord, person: Person, today: date) -> str:
    """Enter the payment of an order, for each contribution and line the part that it pays."""
    order = OrderRecord.objects.get(programme=programme, key=key, is_newest=True)
    left = to_pay_of_order(order, state_now(programme))
    shares = split(Amount(abs(entry.amount_minor), entry.currency), list(left.values()))
    first = ""
    for number, ((contribution, line), share) in enumerate(zip(left, shares, strict=True), start=1):
        if not share.minor:
            continue
        event = {**_event_of(entry, f"-{number}", share.minor), "contribution": contribution, "line": line}
        _post(programme, person, today, event, "cash_paid")
        first = first or str(event["id"])
    return first


def _post(programme: ProgrammeRecord, person: Person, today: date, event: dict[str, Any], kind: str) -> None:
    answer = post(programme.slug, {**event, "type": kind}, today=today, by=person.get_username())
    if isinstance(answer, Refusal):
        raise Refused(Finding(place=Place(file="bank"), said=answer.said))


def _event_of(entry: BankEntry, part: str, minor: int = 0) -> dict[str, Any]:
    """Give what the events of an entry have in common; their keys follow from what the bank calls it."""
    digest = hashlib.sha256(f"{entry.account}\0{entry.ref}".encode()).hexdigest()[:24]
    note = " ".join(filter(None, (entry.account, entry.ref, entry.party, entry.text)))
    return {
        "id": f"bank-{digest}{part}",
        "effective_on": entry.booked_on.isoformat(),
        "amount": minor or abs(entry.amount_minor),
        "currency": entry.currency,
        "note": note[:LONGEST_NOTE],
    }


def enter_certain(
    *, programme: ProgrammeRecord, person: Person, now: datetime, today: date
) -> tuple[list[BankEntry], list[Finding]]:
    """Enter all open entries of which it is certain what they are, each for itself; what is asked about stays open."""
    entered: list[BankEntry] = []
    findings: list[Finding] = []
    for row in open_entries(programme):
        proposal = certain_of(proposals_of(programme, row.entry)) if row.certain else None
        if proposal is None:  # what was entered before it may have taken its place
            continue
        answer = enter_entry(
            row.entry.pk,
            proposal.kind,
            proposal.key,
            programme=programme,
            person=person,
            now=now,
            today=today,
        )
        if isinstance(answer, BankEntry):
            entered.append(answer)
        else:
            findings += answer.findings if isinstance(answer, Doubts) else answer
    return entered, findings


def set_aside(
    number: int, reason: str, *, programme: ProgrammeRecord, person: Person, now: datetime
) -> BankEntry | list[Finding]:
    """Answer an entry without entering anything, with the reason."""
    try:
        with transaction.atomic():
            entry = _open_entry(number, programme, person)
            if not reason.strip():
                place = at_field(Place(file="bank"), "reason")
                raise Refused(Finding(place=place, said=sentence("bank.no-reason.aside")))
            entry.state, entry.reason = SET_ASIDE, reason.strip()[:LONGEST_NOTE]
            _answer(entry, person, now, kind=SET_ASIDE)
            return entry
    except Refused as refused:
        _note_refusal(refused, number, programme)
        return refused.findings


def _open_entry(number: int, programme: ProgrammeRecord, person: Person) -> BankEntry:
    """Give an entry that nobody has answered, held until the transaction ends."""
    if not may(person, Act.KEEP_BOOKS, programme.slug):
        raise Refused(_finding("bank.no-right.bank", str(number)))
    entry = BankEntry.objects.select_for_update().filter(programme=programme, pk=number).first()
    if entry is None:
        raise Refused(_finding("bank.unknown.entry", str(number), ref=str(number)))
    if entry.state != OPEN:
        raise Refused(_finding("bank.answered.entry", entry.ref, ref=entry.ref, who=entry.answered_by))
    return entry


def _answer(entry: BankEntry, person: Person, now: datetime, *, kind: str) -> None:
    entry.answered_by, entry.answered_at = person.get_username(), now
    entry.save()
    trail.record(
        AuditAct.BANK_ENTRY_ANSWERED,
        "bank",
        entry.ref,
        programme=entry.programme.slug,
        kind=kind,
        target=entry.contribution,
    )


def _finding(code: str, at: str, **params: Any) -> Finding:
    return Finding(place=Place(file=at[:200]), said=sentence(code, **params))
