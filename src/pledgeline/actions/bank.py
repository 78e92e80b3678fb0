"""Take bank statements in, and answer their entries: entered into the books as a person says, or set aside.

A statement is taken whole or not at all. An entry that was taken in before is known by what the bank calls it, its
day and its amount, and comes in no second time. What nobody has answered, or waits for approval, stays open.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from pledgeline.accounts.rights import Act, Person, may, username_of
from pledgeline.actions import contributions
from pledgeline.actions.books import post
from pledgeline.actions.changes import NothingDone
from pledgeline.actions.contributions import Doubts
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.exchange.bank.statements import (
    Statement,
    StatementEntry,
    StatementFile,
    why_not_balanced,
)
from pledgeline.ledger import Account, Refusal
from pledgeline.money import Amount, split
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.nouns import at_field
from pledgeline.programme.sentences import Param, sentence
from pledgeline.queries.bank import (
    PAY,
    RECEIVE,
    RETURN,
    asked_for,
    certain_of,
    open_entries,
    proposals_of,
    to_pay_of_order,
    waiting_for,
)
from pledgeline.queries.contributions import state_now
from pledgeline.records.books import sql
from pledgeline.records.models import (
    BankEntry,
    BankStatement,
    Decision,
    HeldAct,
    OrderRecord,
    ProgrammeRecord,
)
from pledgeline.records.models.bank import ENTERED, OPEN, SET_ASIDE

LONGEST_NOTE = 500

TAKES_AWAY = "contribution.takes-away"
"""The doubt that is not asked about: the bank has moved the money already."""

Sameness = tuple[str, date, int]
"""What entries of an account in one currency have in common that may be the same: reference, day and amount."""


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
    except NothingDone as refused:
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
        raise NothingDone(_finding("bank.no-right.bank", file_name))
    if not file.is_sound:
        raise NothingDone(*[finding for finding in file.findings if finding.is_error])
    statements = new = known = 0
    for statement in file.statements:
        row, is_new = _row_of(statement, file_name, programme, person, now)
        statements += is_new
        there, met = _taken_before(statement, programme), Counter[Sameness]()
        made = []
        for entry in statement.entries:
            same = (entry.ref, entry.booked_on, entry.amount.minor)
            met[same] += 1
            if met[same] > there[same]:
                made.append(_made(entry, row, met[same]))
        BankEntry.objects.bulk_create(made, batch_size=500)
        _must_add_up(statement, programme, met)
        new += len(made)
        known += len(statement.entries) - len(made)
    trail.record(
        AuditAct.BANK_STATEMENT_READ, "bank", file_name[:200], programme=programme.slug, new=new, known=known
    )
    return TakenIn(statements=statements, new=new, known=known)


def _taken_before(statement: Statement, programme: ProgrammeRecord) -> Counter[Sameness]:
    """Count the entries that were taken in and share a reference with one of a statement."""
    refs = list(dict.fromkeys(entry.ref for entry in statement.entries))
    there: Counter[Sameness] = Counter()
    for begin in range(0, len(refs), 500):
        rows = BankEntry.objects.filter(
            programme=programme,
            account=statement.account,
            currency=statement.currency,
            ref__in=refs[begin : begin + 500],
        )
        there.update(rows.values_list("ref", "booked_on", "amount_minor"))
    return there


def _must_add_up(statement: Statement, programme: ProgrammeRecord, met: Counter[Sameness]) -> None:
    """Refuse a statement of which the entries that are kept do not lead from its opening to its closing balance."""
    kept = _taken_before(statement, programme)
    total = sum(min(number, kept[same]) * same[2] for same, number in met.items())
    if why := why_not_balanced(statement, total):
        raise NothingDone(Finding(place=statement.place, said=why))


def _made(entry: StatementEntry, statement: BankStatement, number: int) -> BankEntry:
    return BankEntry(
        programme=statement.programme,
        statement=statement,
        account=statement.account,
        ref=entry.ref,
        number=number,
        booked_on=entry.booked_on,
        amount_minor=entry.amount.minor,
        currency=entry.amount.currency,
        party=entry.party,
        text=entry.text,
    )


def _row_of(
    statement: Statement, file_name: str, programme: ProgrammeRecord, person: Person, now: datetime
) -> tuple[BankStatement, bool]:
    """Give the row of a statement, a new one where it is not known; the same name in another year is another."""
    days = [entry.booked_on for entry in statement.entries]
    new = BankStatement(
        programme=programme,
        account=statement.account,
        ref=statement.ref,
        currency=statement.currency,
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        opening_minor=statement.opening.minor if statement.opening else None,
        closing_minor=statement.closing.minor if statement.closing else None,
        file_name=file_name,
        made_by=username_of(person),
        made_at=now,
    )
    rows = BankStatement.objects.filter(
        programme=programme, account=new.account, currency=new.currency, ref=new.ref
    )
    for row in rows.order_by("number"):
        if _are_apart(row, new):
            new.number = row.number + 1
        elif (row.opening_minor, row.closing_minor) == (new.opening_minor, new.closing_minor):
            return row, False
        else:
            said = sentence("bank.changed.statement", ref=new.ref, before=_balances(row), now=_balances(new))
            raise NothingDone(Finding(place=statement.place, said=said))
    new.save()
    return new, True


def _are_apart(row: BankStatement, other: BankStatement) -> bool:
    """Say whether all days of one statement come before those of another."""
    if not (row.first_on and row.last_on and other.first_on and other.last_on):
        return False
    return row.last_on < other.first_on or other.last_on < row.first_on


def _balances(row: BankStatement) -> tuple[Amount | str, ...]:
    said = (row.opening_minor, row.closing_minor)
    return tuple("?" if minor is None else Amount(minor, row.currency) for minor in said)


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
) -> BankEntry | Doubts | HeldAct | list[Finding]:
    """Enter an open entry into the books as one of the things that it may be; what looks like a slip is asked about.

    What a second person has to approve is held, and nothing else is entered: the entry stays open, and is entered
    when this is called again after the approval.
    """
    try:
        with sql.in_turn():
            return _entered(number, kind, key, programme, person, now, today, sure)
    except NothingDone as refused:
        _note_refusal(refused, number, programme)
        return refused.findings


def _note_refusal(refused: NothingDone, number: int, programme: ProgrammeRecord) -> None:
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
) -> BankEntry | Doubts | HeldAct:
    entry = _open_entry(number, programme, person)
    if (kind, key) not in {(proposal.kind, proposal.key) for proposal in proposals_of(programme, entry)}:
        what = sentence("bank.kind", kind=kind)
        raise NothingDone(_finding("bank.not-possible.kind", entry.ref, ref=entry.ref, kind=what, target=key))
    if kind == PAY:
        event = _pay(entry, key, programme, person, today)
    else:
        answer = _of_contribution(entry, kind, key, programme, person, today, sure)
        if not isinstance(answer, str):
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
) -> str | Doubts | HeldAct:
    """Enter what came in from a partner, or went back to one, with what that means for the cash book."""
    before = asked_for(programme, [entry]).get(entry.event_key, [])
    undone = sum(held.decision != Decision.APPROVED for held in before)
    event = _event_of(entry, f"-again-{undone}" if undone else "")
    said = {**event, "contribution": key}
    answer = contributions.enter(kind, said, programme=programme, person=person, today=today, sure=sure)
    if isinstance(answer, Doubts) and {doubt.code for doubt in answer.findings} == {TAKES_AWAY}:
        answer = contributions.enter(
            kind, said, programme=programme, person=person, today=today, sure=answer.sure
        )
    if isinstance(answer, list):
        raise NothingDone(*answer)
    if isinstance(answer, (HeldAct, Doubts)):
        return answer
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


def _post(
    programme: ProgrammeRecord, person: Person, today: date, event: dict[str, object], kind: str
) -> None:
    answer = post(programme.slug, {**event, "type": kind}, today=today, by=username_of(person))
    if isinstance(answer, Refusal):
        raise NothingDone(Finding(place=Place(file="bank"), said=answer.said))


def _event_of(entry: BankEntry, part: str, minor: int = 0) -> dict[str, object]:
    """Give what the events of an entry have in common; their keys follow from what the bank calls it."""
    note = " ".join(filter(None, (entry.account, entry.ref, entry.party, entry.text)))
    return {
        "id": f"{entry.event_key}{part}",
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
        elif isinstance(answer, HeldAct):
            findings.append(Finding(place=Place(file="bank"), said=waiting_for(answer)))
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
                raise NothingDone(Finding(place=place, said=sentence("bank.no-reason.aside")))
            entry.state, entry.reason = SET_ASIDE, reason.strip()[:LONGEST_NOTE]
            _answer(entry, person, now, kind=SET_ASIDE)
            return entry
    except NothingDone as refused:
        _note_refusal(refused, number, programme)
        return refused.findings


def _open_entry(number: int, programme: ProgrammeRecord, person: Person) -> BankEntry:
    """Give an entry that nobody has answered, held until the transaction ends."""
    if not may(person, Act.KEEP_BOOKS, programme.slug):
        raise NothingDone(_finding("bank.no-right.bank", str(number)))
    entry = BankEntry.objects.select_for_update().filter(programme=programme, pk=number).first()
    if entry is None:
        raise NothingDone(_finding("bank.unknown.entry", str(number), ref=str(number)))
    if entry.state != OPEN:
        raise NothingDone(_finding("bank.answered.entry", entry.ref, ref=entry.ref, who=entry.answered_by))
    asked = asked_for(programme, [entry]).get(entry.event_key, [])
    if asked and asked[-1].decision == Decision.WAITING:
        raise NothingDone(Finding(place=Place(file=entry.ref), said=waiting_for(asked[-1])))
    return entry


def _answer(entry: BankEntry, person: Person, now: datetime, *, kind: str) -> None:
    entry.answered_by, entry.answered_at = username_of(person), now
    entry.save()
    trail.record(
        AuditAct.BANK_ENTRY_ANSWERED,
        "bank",
        entry.ref,
        programme=entry.programme.slug,
        kind=kind,
        target=entry.contribution,
    )


def _finding(code: str, at: str, **params: Param) -> Finding:
    return Finding(place=Place(file=at[:200]), said=sentence(code, **params))
