"""The books of a programme: what they are, their entries, their balances, and the entry of an event."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import Field

from pledgeline.accounts.rights import Act, username_of
from pledgeline.actions.books import post
from pledgeline.api.asking import LONGEST_WORDS, AddressParameters, KnownOn, Listing, read, sorted_by
from pledgeline.api.door import person_of
from pledgeline.api.lists import (
    ListPart,
    as_json,
    day_or,
    in_order,
    listed,
    moment,
    part_in_memory,
    part_of,
    shown,
)
from pledgeline.api.problems import of_refusal, problem
from pledgeline.api.routes import HERE, programme_at, properties, reading, writing
from pledgeline.api.values import REF, Schema, amount_schema, components, listing, many, plain, text, whole
from pledgeline.api.writing import Writing, written
from pledgeline.ledger import Entry, Refusal, Spot
from pledgeline.ledger.schema import TYPES
from pledgeline.ledger.schema.published import event_schemas
from pledgeline.money import Amount
from pledgeline.programme.settings import today_of
from pledgeline.queries import journal
from pledgeline.records.books import NoBooks, StoredBooks, books_of, log

router = Router(tags=["books"])

BALANCE = components.named(
    "Balance",
    {
        "type": "object",
        "required": ["account", "contribution", "amount"],
        "properties": {
            **{name: text() for name in ("account", "contribution", "partner", "line", "lot")},
            "amount": amount_schema(),
        },
    },
)
ENTRY = components.named(
    "Entry",
    {
        "type": "object",
        "required": ["position"],
        "properties": {
            "position": whole(minimum=0),
            **{name: text() for name in ("id", "type", "takes_back")},
            "effective_on": text(format="date"),
            "recorded_at": text(format="date-time"),
            "event": {"type": "object"},
            "postings": many(BALANCE),
            "private": {"type": "object", "additionalProperties": text()},
        },
    },
)
BOOKS = components.named(
    "Books",
    {
        "type": "object",
        "required": ["programme", "entries"],
        "properties": {
            "programme": text(),
            "entries": whole(minimum=0),
            "currencies": many(text()),
            "public": {"type": "boolean"},
            "root": text(),
        },
    },
)

LATER_ADDED = ("recorded_at", "expect", "batch")
"""What an event of a file says and one that happens now does not."""


def events_sent(*kinds: str) -> Schema:
    """Refer to the schemas of events, by the types that they have; of all of them where none is named."""
    return {"anyOf": [{"$ref": REF.format(model=f"event.{form}")} for form in _forms(*kinds)]}


def _forms(*kinds: str) -> list[str]:
    found = []
    for form, schema in event_schemas().items():
        said = schema.get("properties", {}).get("type", {})
        if "recorded_at" not in schema.get("properties", {}) or (kinds and said.get("const") not in kinds):
            continue
        found.append(form)
    return found


def _name_events() -> None:
    """Take the published schemas of events into the document; the time of recording is never sent."""
    for name, schema in event_schemas().items():
        written_ = _referring(schema)
        if "recorded_at" in schema.get("properties", {}):
            properties_ = {
                key: value for key, value in written_["properties"].items() if key not in LATER_ADDED
            }
            required = [key for key in written_["required"] if key != "recorded_at"]
            written_ = {**written_, "properties": properties_, "required": required}
        components.named(f"event.{name}", written_)


def _referring(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/event.")
            if key == "$ref"
            else _referring(value)
            for key, value in schema.items()
        }
    return [_referring(inner) for inner in schema] if isinstance(schema, list) else schema


_name_events()


def spot_json(spot: Spot, minor: int, partner: str = "") -> dict[str, object]:
    """Write what lies in an account."""
    return {
        "account": spot.account.value,
        "contribution": spot.contribution,
        **{
            name: value
            for name, value in (("partner", partner), ("line", spot.line), ("lot", spot.lot))
            if value
        },
        "amount": plain(Amount(minor, spot.currency)),
    }


def entry_json(entry: Entry) -> dict[str, object]:
    """Write an entry: the event as it was sent, and what it moved. A text that is not for the reader is left out."""
    private = {text_.name: text_.text for text_ in entry.private if text_.text}
    return {
        "position": entry.position,
        "id": entry.key,
        "type": entry.kind,
        "effective_on": plain(entry.effective_on),
        "recorded_at": moment(entry.recorded_at),
        "event": json.loads(entry.body),
        "postings": [spot_json(posting.spot, posting.amount.minor) for posting in entry.postings],
        **({"takes_back": entry.takes_back} if entry.takes_back else {}),
        **({"private": private} if private else {}),
    }


class BooksAsked(AddressParameters):
    ROWS = tuple(properties(components.schemas["Books"]))


class EntriesAsked(Listing, KnownOn):
    ROWS = tuple(properties(components.schemas["Entry"]))

    sort: sorted_by(*journal.ORDERS) = "position"  # type: ignore[valid-type]
    q: str = Field("", max_length=LONGEST_WORDS)
    type: str = Field("", pattern=f"^({'|'.join(TYPES)})$", json_schema_extra={"enum": [*TYPES]})
    contribution: str = Field("", max_length=LONGEST_WORDS)
    line: str = Field("", max_length=LONGEST_WORDS)
    lot: str = Field("", max_length=LONGEST_WORDS)


class EntryAsked(AddressParameters):
    ROWS = EntriesAsked.ROWS


BALANCE_ORDERS = {
    "contribution": lambda pair: pair[0].contribution,
    "account": lambda pair: pair[0].account.value,
    "amount": lambda pair: [pair[0].currency, pair[1]],
}


class BalancesAsked(Listing, KnownOn):
    ROWS = tuple(properties(components.schemas["Balance"]))

    sort: sorted_by(*BALANCE_ORDERS) = "contribution"  # type: ignore[valid-type]
    contribution: str = Field("", max_length=LONGEST_WORDS)
    account: str = Field("", max_length=LONGEST_WORDS)


class Days:
    """The two days that the books are asked for."""

    def __init__(self, request: HttpRequest, slug: str, asked: Any) -> None:
        programme = programme_at(request, slug)
        self.books = books_at(request, slug)
        self.today = today_of(programme.to_value(), timezone.now())
        self.day = day_or(asked.as_of, self.today)
        known = day_or(asked.known_on, self.today)
        self.known_on = None if known == self.today else known

    @property
    def said(self) -> dict[str, object]:
        return {"as_of": self.day, "known_on": self.known_on or self.today}


def books_at(request: HttpRequest, slug: str) -> StoredBooks:
    """Open the books of a programme.

    Raises:  Problem, 404, where it keeps none that whoever asks may see.
    """
    try:
        return books_of(slug, person_of(request))
    except NoBooks:
        raise problem(404, "no-books.programme") from None


DAYS_SCHEMA = {"as_of": text(format="date"), "known_on": text(format="date")}


@router.get(
    f"{HERE}/books",
    operation_id="get_books",
    summary="Read what books a programme keeps",
    openapi_extra=reading(BooksAsked, BOOKS),
)
def get_books(request: HttpRequest, slug: str) -> HttpResponse:
    asked = read(BooksAsked, request)
    programme_at(request, slug)
    books = books_at(request, slug)
    said = {
        "programme": books.programme,
        "entries": len(books),
        "currencies": list(books.currencies_held()),
        "public": books.is_public,
        "root": books.root().hex(),
    }
    return as_json(shown(said, asked))


@router.get(
    f"{HERE}/books/entries",
    operation_id="list_entries",
    summary="List the entries of the journal",
    openapi_extra=reading(EntriesAsked, listing(ENTRY, **DAYS_SCHEMA)),
)
def list_entries(request: HttpRequest, slug: str) -> HttpResponse:
    asked = read(EntriesAsked, request)
    days = Days(request, slug, asked)
    spots = {name: said for name in ("contribution", "line", "lot") if (said := getattr(asked, name))}
    condition = journal.wanted(words=asked.q, kind=asked.type, spots=spots)
    rows = journal.entry_rows(days.books, condition, day=days.day, known_on=days.known_on)
    numbers = part_of(
        rows,
        journal.order_of(asked.sort),
        asked.model_copy(update={"fields": ""}),
        lambda row: {"pk": row.pk},
    )
    found = journal.readable(days.books, [row["pk"] for row in numbers.rows])
    part = ListPart(rows=[shown(entry_json(entry), asked) for entry in found], next=numbers.next)
    return listed(request, part, **days.said)


@router.get(
    f"{HERE}/books/entries/{{int:position}}",
    operation_id="get_entry",
    summary="Read one entry",
    openapi_extra=reading(EntryAsked, ENTRY),
)
def get_entry(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    asked = read(EntryAsked, request)
    programme_at(request, slug)
    books = books_at(request, slug)
    if not 0 <= position < len(books):
        raise problem(404, "no-such.noun", noun="entry", key=str(position)[:40])
    (entry,) = journal.readable(books, [log.first_number(books.number) + position])
    return as_json(shown(entry_json(entry), asked))


@router.post(
    f"{HERE}/books/entries",
    operation_id="enter_event",
    summary="Enter an event into the books",
    openapi_extra=writing(events_sent(), ENTRY, status=201),
    response={201: None},
)
def enter_event(request: HttpRequest, slug: str) -> HttpResponse:
    def act(writing_: Writing) -> HttpResponse:
        programme = programme_at(request, slug)
        writing_.must_have_right(Act.KEEP_BOOKS, slug)
        event = writing_.body()
        today = today_of(programme.to_value(), writing_.now)
        try:
            answer = post(slug, event, today=today, by=username_of(writing_.person))
        except NoBooks:
            raise problem(404, "no-books.programme") from None
        if isinstance(answer, Refusal):
            raise of_refusal(answer)
        return as_json(entry_json(answer.entry), 201)

    return written(request, act, enters=True)


@router.get(
    f"{HERE}/books/balances",
    operation_id="list_balances",
    summary="List every balance that is not zero",
    openapi_extra=reading(BalancesAsked, listing(BALANCE, **DAYS_SCHEMA)),
)
def list_balances(request: HttpRequest, slug: str) -> HttpResponse:
    asked = read(BalancesAsked, request)
    days = Days(request, slug, asked)
    until = journal.until_day(days.books, days.day)
    owners = days.books.agreed_at(as_of=until, known_on=days.known_on).contributions()
    rows = [
        (spot, minor)
        for spot, minor in days.books.balances(as_of=until, known_on=days.known_on).items()
        if asked.contribution in ("", spot.contribution) and asked.account in ("", spot.account.value)
    ]
    ordered = in_order(rows, asked, BALANCE_ORDERS, lambda pair: "\n".join(map(str, pair[0])))
    part = part_in_memory(
        ordered, asked, lambda pair: spot_json(pair[0], pair[1], partner=owners.get(pair[0].contribution, ""))
    )
    return listed(request, part, **days.said)
