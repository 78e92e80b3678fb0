"""The public record of a programme: announcements, sources, stated totals, and what was reported of packages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import Field, create_model

from pledgeline.accounts.rights import Act
from pledgeline.actions import record_rows
from pledgeline.api.asking import (
    LONGEST_WORDS,
    AddressParameters,
    Because,
    Listing,
    OnDay,
    not_understood,
    read,
    sorted_by,
)
from pledgeline.api.door import person_of
from pledgeline.api.lists import Sorted, as_json, day_or, in_order, listed, part_in_memory, shown
from pledgeline.api.problems import of_findings, problem
from pledgeline.api.routes import HERE, programme_at, properties, reading, writing
from pledgeline.api.values import (
    Schema,
    amount_schema,
    components,
    listing,
    plain,
    text,
    without_nothing,
)
from pledgeline.api.writing import Writing, tag_of, written
from pledgeline.evidence import Standing, Treatment, Why, difference_of
from pledgeline.programme.announcements import Announcement, Stage
from pledgeline.programme.deliveries import ReportedDelivery
from pledgeline.programme.fields import Day
from pledgeline.programme.items import PricedItem
from pledgeline.programme.names import clean
from pledgeline.programme.packages import ReportedPackage
from pledgeline.programme.sentences import sentence
from pledgeline.programme.settings import today_of
from pledgeline.programme.sources import Source
from pledgeline.programme.stated_totals import StatedTotal
from pledgeline.queries.public_record import RecordOnDay, passes, rated_in
from pledgeline.queries.record_rows import NOUNS, delivery_key, key_of, row_stamp
from pledgeline.records.snapshot import UnknownProgramme, snapshot

router = Router(tags=["public record"])

DAY_SCHEMA = text(format="date")


def on_day(request: HttpRequest, slug: str, asked: object) -> RecordOnDay:
    """Read the record of a programme as of the day and in the currency that are asked for.

    Raises:  Problem.
    """
    try:
        found = snapshot(slug, person_of(request))
    except UnknownProgramme:
        raise problem(404, "no-such.programme", slug=slug[:60]) from None
    currency = getattr(asked, "currency", "") or found.programme.base_currency
    if currency not in rated_in(found):
        said = sentence("api.parameter.no-rates", text=currency[:20], known=", ".join(rated_in(found)))
        raise not_understood("currency", said)
    day = day_or(getattr(asked, "as_of", None), today_of(found.programme, timezone.now()))
    return RecordOnDay(snapshot=found, day=day, currency=currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedKind:
    """A kind of row of the record: where it lies, what it is made of, and how it is listed.

    `noun` is what it is called where it is entered; nothing where it comes by files alone. `sorts` are the orders of
    its list with what they go by.
    """

    name: str
    one: str
    source: type[object]
    noun: str = ""
    rows: Callable[[RecordOnDay], Iterable[object]]
    key: Callable[[Any], str]
    sorts: Mapping[str, Callable[[Any], Any]]
    usual: str
    written: Callable[[RecordOnDay, Any], dict[str, Any]]
    more: Mapping[str, Schema]
    filters: dict[str, Any]
    passes: Callable[[RecordOnDay, Any, Mapping[str, Any]], bool]


def announcement_json(record: RecordOnDay, row: Standing) -> dict[str, object]:
    """Write an announcement with how it is treated on the day, why, and what it is worth in the currency asked for."""
    treatment, why = row.on(record.day)
    return {
        **plain(row.announcement),
        **without_nothing({"treatment": treatment, "why": why, "value": row.value}),
    }


def total_json(record: RecordOnDay, row: StatedTotal) -> dict[str, object]:
    """Write a stated total, with our figure of the same and the difference."""
    ours = record.reconciliation.ours(row)
    figures = without_nothing({"ours": ours, "difference": difference_of(row, ours)})
    return {"key": key_of("stated-total", row), **plain(row), **figures}


def _words(*names: str) -> Callable[[RecordOnDay, object, Mapping[str, object]], bool]:
    def passes_(_record: RecordOnDay, row: object, wanted: Mapping[str, object]) -> bool:
        needle = str(wanted.get("q", "")).casefold()
        return not needle or needle in " ".join(str(getattr(row, name)) for name in names).casefold()

    return passes_


def _id(row: Any) -> str:
    return str(row.id)


WORDS = {"q": (str, Field("", max_length=LONGEST_WORDS))}
FIGURE: Schema = {"anyOf": [amount_schema(), text(), {"type": "integer"}]}
TREATMENTS = [treatment.value for treatment in Treatment if treatment is not Treatment.NOT_YET]
WHYS = [why.value for why in Why if why is not Why.NOT_YET]


def _choice(values: Iterable[str]) -> object:
    listed_values: list[Any] = list(values)
    return (
        str,
        Field("", pattern=f"^({'|'.join(listed_values)})$", json_schema_extra={"enum": listed_values}),
    )


KINDS = (
    ListedKind(
        name="announcements",
        one="announcement",
        noun="announcement",
        source=Announcement,
        rows=lambda record: record.public(),
        key=lambda row: row.announcement.id,
        sorts={
            "id": lambda row: row.announcement.id,
            "announced": lambda row: row.announcement.announced_on,
            "amount": lambda row: row.stated and [row.stated.currency, row.stated.minor],
            "value": lambda row: row.value and row.value.minor,
            "package": lambda row: row.announcement.package,
            "stage": lambda row: list(Stage).index(row.announcement.stage),
        },
        usual="-announced",
        written=announcement_json,
        more={"treatment": text(enum=TREATMENTS), "why": text(), "value": amount_schema()},
        filters={
            **WORDS,
            "partner": (str, Field("", max_length=LONGEST_WORDS)),
            "package": (str, Field("", max_length=LONGEST_WORDS)),
            "stage": _choice(Stage),
            "treatment": _choice([*TREATMENTS, *(why for why in WHYS if why)]),
            "since": (Day | None, None),
            "until": (Day | None, None),
        },
        passes=lambda record, row, wanted: passes(row, record.day, wanted),
    ),
    ListedKind(
        name="stated-totals",
        one="stated_total",
        noun="stated-total",
        source=StatedTotal,
        rows=lambda record: record.stated(),
        key=lambda row: key_of("stated-total", row),
        sorts={
            "as_of": lambda row: row.as_of,
            "measure": lambda row: row.measure,
            "said_by": lambda row: row.said_by.casefold(),
        },
        usual="-as_of",
        written=total_json,
        more={"key": text(), "ours": FIGURE, "difference": FIGURE},
        filters=WORDS,
        passes=_words("measure", "said_by", "note"),
    ),
    ListedKind(
        name="sources",
        one="source",
        noun="source",
        source=Source,
        rows=lambda record: record.record.sources,
        key=_id,
        sorts={
            "id": _id,
            "publisher": lambda row: row.publisher.casefold(),
            "published": lambda row: row.published_on,
        },
        usual="id",
        written=lambda _record, row: plain(row),
        more={},
        filters=WORDS,
        passes=_words("id", "title", "publisher", "url"),
    ),
    ListedKind(
        name="reported-packages",
        one="reported_package",
        source=ReportedPackage,
        rows=lambda record: record.packages(),
        key=_id,
        sorts={"id": _id, "announced": lambda row: row.announced_on},
        usual="announced",
        written=lambda _record, row: plain(row),
        more={},
        filters=WORDS,
        passes=_words("id", "contents", "note"),
    ),
    ListedKind(
        name="reported-deliveries",
        one="reported_delivery",
        source=ReportedDelivery,
        rows=lambda record: record.deliveries(),
        key=delivery_key,
        sorts={"when": lambda row: row.when, "key": delivery_key},
        usual="when",
        written=lambda _record, row: {"key": delivery_key(row), **plain(row)},
        more={"key": text()},
        filters=WORDS,
        passes=_words("what", "note"),
    ),
    ListedKind(
        name="items",
        one="item",
        source=PricedItem,
        rows=lambda record: record.record.items,
        key=_id,
        sorts={"id": _id, "item": lambda row: row.name.casefold(), "category": lambda row: row.category},
        usual="category",
        written=lambda _record, row: plain(row),
        more={},
        filters=WORDS,
        passes=_words("id", "name", "note"),
    ),
)


def add_kind(kind: ListedKind) -> None:
    """Add the addresses of one kind of row."""
    key_name = "key" if "key" in kind.more else "id"
    row_schema = components.of(f"{kind.source.__name__}Row", kind.source, keys=[key_name], **kind.more)
    money: dict[str, Any] = (
        {"currency": (str, Field("", max_length=3))} if kind.noun == "announcement" else {}
    )
    asked_for: Any = create_model(
        f"{kind.source.__name__}Listing",
        __base__=(Listing, OnDay),
        sort=(sorted_by(*kind.sorts), kind.usual),
        **kind.filters,
        **money,
    )
    one_asked: Any = create_model(
        f"{kind.source.__name__}Asked", __base__=(AddressParameters, OnDay), **money
    )
    fields = tuple(properties(components.schemas[f"{kind.source.__name__}Row"]))
    asked_for.ROWS = one_asked.ROWS = fields

    @router.get(
        f"{HERE}/{kind.name}",
        operation_id=f"list_{kind.name.replace('-', '_')}",
        summary=f"List {kind.name.replace('-', ' ')}",
        openapi_extra=reading(asked_for, listing(row_schema, as_of=DAY_SCHEMA)),
    )
    def list_them(request: HttpRequest, slug: str) -> HttpResponse:
        asked: Any = read(asked_for, request)
        record = on_day(request, slug, asked)
        part = part_in_memory(
            _rows_in_order(kind, record, asked), asked, lambda row: kind.written(record, row)
        )
        return listed(request, part, as_of=record.day)

    @router.get(
        f"{HERE}/{kind.name}/{{path:key}}",
        operation_id=f"get_{kind.one}",
        summary=f"Read one {kind.one.replace('_', ' ')}",
        openapi_extra=reading(one_asked, row_schema),
    )
    def get_one(request: HttpRequest, slug: str, key: str) -> HttpResponse:
        asked: Any = read(one_asked, request)
        record = on_day(request, slug, asked)
        row = _row(kind, record, key)
        response = as_json(shown(kind.written(record, row), asked))
        value = row.announcement if isinstance(row, Standing) else row
        response["ETag"] = tag_of(row_stamp(value) if kind.noun else "-", response.content.decode())
        return response

    if kind.noun:
        _add_writing(kind)


def _rows_in_order(kind: ListedKind, record: RecordOnDay, asked: Any) -> Sorted[Any]:
    """Give the rows that are asked for in the wanted order, which is worked out once for a state of the record."""
    wanted = {name: value for name in kind.filters if (value := getattr(asked, name))}
    made_from = (
        "api",
        kind.name,
        record.day,
        record.currency,
        asked.sort,
        *sorted(map(str, wanted.items())),
    )
    return record.snapshot.derived(
        made_from,
        lambda: in_order(
            (row for row in kind.rows(record) if kind.passes(record, row, wanted)),
            asked,
            kind.sorts,
            kind.key,
        ),
    )


def _row(kind: ListedKind, record: RecordOnDay, key: str) -> object:
    row = next((row for row in kind.rows(record) if kind.key(row) == key), None)
    if row is None:
        raise problem(404, "no-such.noun", noun=kind.one, key=key[:200])
    return row


ENTERED = components.named(
    "RowEntered",
    {"type": "object", "required": ["key", "step"], "properties": {"key": text(), "step": text()}},
)


def _add_writing(kind: ListedKind) -> None:
    columns = NOUNS[kind.noun].columns
    sent = components.named(
        f"{kind.source.__name__}Cells",
        {
            "type": "object",
            "additionalProperties": False,
            "description": "The cells of a row, as its file has them: see the handbook on the folder of a record.",
            "properties": {column: text(maxLength=20_000) for column in columns},
        },
    )

    @router.post(
        f"{HERE}/{kind.name}",
        operation_id=f"enter_{kind.one}",
        summary=f"Enter a new {kind.one.replace('_', ' ')}",
        openapi_extra=writing(sent, ENTERED, status=201),
        response={201: None},
    )
    def enter_new(request: HttpRequest, slug: str) -> HttpResponse:
        return written(request, lambda writing_: _entered(kind, writing_, slug, ""))

    @router.put(
        f"{HERE}/{kind.name}/{{path:key}}",
        operation_id=f"correct_{kind.one}",
        summary=f"Correct one {kind.one.replace('_', ' ')}",
        openapi_extra=writing(sent, ENTERED, match="needed", asked=Because),
    )
    def correct(request: HttpRequest, slug: str, key: str) -> HttpResponse:
        return written(request, lambda writing_: _entered(kind, writing_, slug, key))

    @router.delete(
        f"{HERE}/{kind.name}/{{path:key}}",
        operation_id=f"remove_{kind.one}",
        summary=f"Take one {kind.one.replace('_', ' ')} away",
        openapi_extra=writing(None, ENTERED, match="needed", asked=Because),
    )
    def remove(request: HttpRequest, slug: str, key: str) -> HttpResponse:
        return written(request, lambda writing_: _removed(kind, writing_, slug, key))


def _entered(kind: ListedKind, writing: Writing, slug: str, key: str) -> HttpResponse:
    """Enter a row, or correct the one of a key."""
    request = writing.request
    programme = programme_at(request, slug)
    writing.must_have_right(Act.EDIT_RECORD, slug)
    seen = writing.must_have_seen() if key else None
    asked = read(Because, request) if key else None
    done = record_rows.enter(
        kind.noun,
        _cells(writing.body(), NOUNS[kind.noun].columns),
        programme=programme,
        person=writing.person,
        now=writing.now,
        key=key,
        reason=asked.reason if asked else "",
        seen=seen,
    )
    if isinstance(done, list):
        raise of_findings(done)
    return as_json({"key": getattr(done, "key", key), "step": getattr(done, "step", "")}, 200 if key else 201)


def _removed(kind: ListedKind, writing: Writing, slug: str, key: str) -> HttpResponse:
    """Take the row of a key away."""
    programme = programme_at(writing.request, slug)
    writing.must_have_right(Act.EDIT_RECORD, slug)
    done = record_rows.remove(
        kind.noun,
        key,
        programme=programme,
        person=writing.person,
        now=writing.now,
        reason=read(Because, writing.request).reason,
        seen=writing.must_have_seen(),
    )
    if isinstance(done, list):
        raise of_findings(done)
    return as_json({"key": key, "step": done.step})


def _cells(body: Mapping[str, Any], columns: Iterable[str]) -> dict[str, str]:
    """Read the cells of a row: texts, by the names of the columns.

    Raises:  Problem.
    """
    known = list(columns)
    for name, value in body.items():
        if name not in known:
            raise problem(422, "no-column.body", name=name[:60], known=", ".join(known))
        if not isinstance(value, str) or "\0" in value:
            raise problem(422, "no-text.body", name=name)
    if not any(clean(value) for value in body.values()):
        raise problem(422, "empty-row.body", known=", ".join(known))
    return dict(body)


for _kind in KINDS:
    add_kind(_kind)
