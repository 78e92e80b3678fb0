"""Bank statements: handed in, and each entry with what it may be, answered by a program of somebody of finance."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from pledgeline.accounts.rights import Act
from pledgeline.actions import bank as actions
from pledgeline.actions.contributions import Doubts
from pledgeline.api.approvals import APPROVAL, held_answer
from pledgeline.api.asking import AddressParameters, Listing, read, sorted_by
from pledgeline.api.contributions import Sure
from pledgeline.api.document import FINDING
from pledgeline.api.door import person_of, refuse_to_see
from pledgeline.api.lists import as_json, listed, moment, part_of, shown
from pledgeline.api.problems import as_finding, of_findings, problem
from pledgeline.api.routes import FORM, HERE, files_sent, programme_at, properties, reading, writing
from pledgeline.api.values import amount_schema, components, listing, many, plain, text, whole
from pledgeline.api.writing import Writing, written
from pledgeline.exchange.bank.read import read_statement
from pledgeline.exchange.bank.statements import MOST_BYTES
from pledgeline.money import Amount
from pledgeline.programme.settings import today_of
from pledgeline.programme.step_asked import BankAnswer
from pledgeline.queries import bank as queries
from pledgeline.records.models import BankEntry, BankStatement, HeldAct, ProgrammeRecord
from pledgeline.records.models.bank import ENTERED, OPEN, SET_ASIDE

router = Router(tags=["bank"])

MOST_BYTES_OF_DIALECT = 100_000

STATEMENT = components.named(
    "BankStatement",
    {
        "type": "object",
        "required": ["number"],
        "properties": {
            "number": whole(),
            **{name: text() for name in ("account", "ref", "called", "currency", "file", "made_by")},
            **{name: text(format="date") for name in ("first_on", "last_on")},
            **{name: amount_schema() for name in ("opening", "closing")},
            "made_at": text(format="date-time"),
        },
    },
)
TAKEN = components.named(
    "BankStatementsTaken",
    {
        "type": "object",
        "required": ["statements", "new", "known", "findings"],
        "properties": {
            **{name: whole() for name in ("statements", "new", "known")},
            "is_dry_run": {"type": "boolean"},
            "findings": many(FINDING),
        },
    },
)
PROPOSAL = components.named(
    "BankProposal",
    {
        "type": "object",
        "required": ["answer", "key", "amount", "reasons", "is_certain"],
        "properties": {
            "answer": text(),
            "key": text(),
            "amount": amount_schema(),
            "reasons": many(text()),
            "is_certain": {"type": "boolean"},
        },
    },
)
ENTRY = components.named(
    "BankEntry",
    {
        "type": "object",
        "required": ["number"],
        "properties": {
            "number": whole(),
            **{name: text() for name in ("account", "ref", "party", "text", "event", "contribution")},
            **{name: text() for name in ("answered_by", "reason", "waits")},
            "statement": whole(),
            "is_charge": {"type": "boolean"},
            "booked_on": text(format="date"),
            "amount": amount_schema(),
            "state": text(enum=[OPEN, ENTERED, SET_ASIDE]),
            "answered_at": text(format="date-time"),
            "proposals": many(PROPOSAL),
        },
    },
)
CERTAIN = {
    "type": "object",
    "required": ["items", "findings"],
    "properties": {"items": many(ENTRY), "findings": many(FINDING)},
}


class StatementsAsked(Listing):
    ROWS = tuple(properties(components.schemas["BankStatement"]))

    sort: sorted_by("number") = "-number"  # type: ignore[valid-type]


class StatementSent(AddressParameters):
    """How a file is taken: for good, or only to say what would come in."""

    dry_run: bool = False


class BankEntriesAsked(Listing):
    ROWS = tuple(properties(components.schemas["BankEntry"]))

    sort: sorted_by("booked_on", "number") = "booked_on"  # type: ignore[valid-type]
    state: str = Field(
        "",
        pattern=f"^({OPEN}|{ENTERED}|{SET_ASIDE})$",
        json_schema_extra={"enum": [OPEN, ENTERED, SET_ASIDE]},
    )


class BankEntryAsked(AddressParameters):
    ROWS = BankEntriesAsked.ROWS


def statement_json(row: BankStatement) -> dict[str, object]:
    said = {
        "number": row.pk,
        "account": row.account,
        "ref": row.ref,
        "called": str(queries.called(row)),
        "currency": row.currency,
        "file": row.file_name,
        "made_by": row.made_by,
        "first_on": plain(row.first_on),
        "last_on": plain(row.last_on),
        "made_at": moment(row.made_at),
    }
    for name, minor in (("opening", row.opening_minor), ("closing", row.closing_minor)):
        said[name] = None if minor is None else plain(Amount(minor, row.currency))
    return {name: value for name, value in said.items() if value is not None}


def entry_json(entry: BankEntry, proposed: queries.ProposedEntry | None = None) -> dict[str, object]:
    """Write an entry; one that is open with what it may be, or with what it waits for."""
    said: dict[str, object] = {
        "number": entry.pk,
        **{name: getattr(entry, name) for name in ("account", "ref", "party", "text", "state")},
        "statement": entry.statement_id,
        "is_charge": entry.is_charge,
        "booked_on": plain(entry.booked_on),
        "amount": plain(Amount(entry.amount_minor, entry.currency)),
        **{
            name: value
            for name in ("event", "contribution", "answered_by", "reason")
            if (value := getattr(entry, name))
        },
        **({"answered_at": moment(entry.answered_at)} if entry.answered_at else {}),
    }
    if proposed is None:
        return said
    proposals = [
        {
            "answer": proposal.kind,
            "key": proposal.key,
            "amount": plain(proposal.amount),
            "reasons": list(map(str, proposal.reasons)),
            "is_certain": proposal == proposed.certain,
        }
        for proposal in proposed.proposals
    ]
    return {**said, "proposals": proposals, **({"waits": str(proposed.waits)} if proposed.waits else {})}


def _programme(request: HttpRequest, slug: str) -> ProgrammeRecord:
    """Give the programme, to somebody who may see what its bank says.

    Raises:  Problem.
    """
    programme = programme_at(request, slug)
    if not queries.may_see(programme, person_of(request)):
        refuse_to_see(request, Act.KEEP_BOOKS)
    return programme


def _proposed(programme: ProgrammeRecord) -> dict[int, queries.ProposedEntry]:
    return {row.entry.pk: row for row in queries.open_entries(programme)}


# Statements


@router.get(
    f"{HERE}/bank/statements",
    operation_id="list_bank_statements",
    url_name="api-bank-statements",
    summary="List the bank statements that were taken in",
    openapi_extra=reading(StatementsAsked, listing(STATEMENT)),
)
def list_bank_statements(request: HttpRequest, slug: str) -> HttpResponse:
    asked, programme = read(StatementsAsked, request), _programme(request, slug)
    rows = BankStatement.objects.filter(programme=programme)
    order = ("-pk",) if asked.sort.startswith("-") else ("pk",)
    return listed(request, part_of(rows, order, asked, statement_json))


@router.post(
    f"{HERE}/bank/statements",
    operation_id="take_bank_statements",
    summary="Take bank statements in: CAMT.053, or CSV with the dialect of its bank; all of a file or nothing",
    description="What was taken in before comes in no second time. With “dry_run” the answer says what would come in.",
    openapi_extra=writing(files_sent("file", also=("dialect",)), TAKEN, asked=StatementSent, media=FORM),
)
def take_bank_statements(request: HttpRequest, slug: str) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        asked, programme = read(StatementSent, request), _programme(request, slug)
        files = writing_.files("file", "dialect")
        file, dialect = files["file"], files.get("dialect")
        name = file.name or "statement"
        said = read_statement(
            file.read(MOST_BYTES + 1),
            name,
            dialect.read(MOST_BYTES_OF_DIALECT) if dialect else b"",
            (dialect.name or "") if dialect else "",
        )
        if not said.is_sound:
            raise of_findings([finding for finding in said.findings if finding.is_error])
        done = actions.take_statements(
            said, name, programme=programme, person=writing_.person, now=writing_.now, dry_run=asked.dry_run
        )
        if isinstance(done, list):
            raise of_findings(done)
        counts = {"statements": done.statements, "new": done.new, "known": done.known}
        warnings = list(map(as_finding, said.findings))
        return as_json({**counts, "is_dry_run": asked.dry_run, "findings": warnings})

    return written(request, act, takes_files=True)


# Entries


@router.get(
    f"{HERE}/bank/entries",
    operation_id="list_bank_entries",
    summary="List the entries of bank statements; open ones with what each may be, and why",
    openapi_extra=reading(BankEntriesAsked, listing(ENTRY)),
)
def list_bank_entries(request: HttpRequest, slug: str) -> HttpResponse:
    asked, programme = read(BankEntriesAsked, request), _programme(request, slug)
    rows = BankEntry.objects.filter(programme=programme)
    if asked.state:
        rows = rows.filter(state=asked.state)
    turn = "-" if asked.sort.startswith("-") else ""
    order = (f"{turn}pk",) if asked.sort.endswith("number") else (f"{turn}booked_on", "pk")
    proposed = _proposed(programme)
    return listed(request, part_of(rows, order, asked, lambda row: entry_json(row, proposed.get(row.pk))))


@router.get(
    f"{HERE}/bank/entries/{{int:number}}",
    operation_id="get_bank_entry",
    summary="Read one entry of a bank statement",
    openapi_extra=reading(BankEntryAsked, ENTRY),
)
def get_bank_entry(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    asked, programme = read(BankEntryAsked, request), _programme(request, slug)
    entry = _entry(programme, number)
    return as_json(shown(entry_json(entry, _proposed(programme).get(entry.pk)), asked))


@router.post(
    f"{HERE}/bank/entries/{{int:number}}/answer",
    operation_id="answer_bank_entry",
    summary="Enter an entry into the books as one of its proposals, or set it aside with a reason",
    description=(
        "What looks like a slip is answered with 409 and “sure”: send that along if it is meant. Where a second person "
        "has to approve it, the answer is 202 with what waits."
    ),
    openapi_extra=writing(
        components.sent("BankAnswer", BankAnswer), ENTRY, status=201, asked=Sure, held=APPROVAL
    ),
    response={201: None},
)
def answer_bank_entry(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        asked, programme = read(Sure, request), _programme(request, slug)
        entry = _entry(programme, number)
        said = writing_.noun(BankAnswer, name="answer")
        who: dict[str, Any] = {"programme": programme, "person": writing_.person, "now": writing_.now}
        done: BankEntry | Doubts | HeldAct | list[Any]
        if said.answer == SET_ASIDE:
            done = actions.set_aside(entry.pk, said.reason or "", **who)
        else:
            today = today_of(programme.to_value(), writing_.now)
            done = actions.enter_entry(
                entry.pk, said.answer, said.key or "", **who, today=today, sure=asked.sure
            )
        if isinstance(done, Doubts):
            raise of_findings(done.findings, status=409, sure=done.sure)
        if isinstance(done, list):
            raise of_findings(done)
        if isinstance(done, HeldAct):
            return held_answer(request, done)
        return as_json(entry_json(done), 201)

    return written(request, act, enters=True)


@router.post(
    f"{HERE}/bank/certain",
    operation_id="enter_certain_bank_entries",
    summary="Enter all entries of which it is certain what they are; what is asked about stays open",
    openapi_extra=writing(None, CERTAIN, status=201),
    response={201: None},
)
def enter_certain_bank_entries(request: HttpRequest, slug: str) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        programme = _programme(request, slug)
        today = today_of(programme.to_value(), writing_.now)
        entered, findings = actions.enter_certain(
            programme=programme, person=writing_.person, now=writing_.now, today=today
        )
        said = {"items": list(map(entry_json, entered)), "findings": list(map(as_finding, findings))}
        return as_json(said, 201)

    return written(request, act, enters=True)


def _entry(programme: ProgrammeRecord, number: int) -> BankEntry:
    is_possible = number < 2**63
    entry = BankEntry.objects.filter(programme=programme, pk=number).first() if is_possible else None
    if entry is None:
        raise problem(404, "no-such.noun", noun="entry", key=str(number)[:40])
    return entry
