"""The nouns of the chain: listed, read, written down, and moved by the steps of the table."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field, create_model

from pledgeline.actions import chain
from pledgeline.api.approvals import APPROVAL, held_answer
from pledgeline.api.asking import LONGEST_WORDS, AddressParameters, Listing, read, sorted_by
from pledgeline.api.door import person_of, refuse_to_see
from pledgeline.api.lists import as_json, listed, moment, part_of, shown
from pledgeline.api.order_units import LINE_UNITS_SCHEMA, UNITS_SCHEMA
from pledgeline.api.problems import of_findings, problem
from pledgeline.api.routes import HERE, programme_at, properties, reading, writing
from pledgeline.api.values import components, listing, many, plain, text, whole
from pledgeline.api.writing import Writing, tag_of, written
from pledgeline.programme.findings import Finding
from pledgeline.programme.nouns import plural
from pledgeline.programme.step_asked import StepAsked
from pledgeline.programme.steps import ASK, MAY_WRITE, STEPS, states_of, steps_from
from pledgeline.queries import chain as queries
from pledgeline.queries.approvals import act_asked_for
from pledgeline.queries.order_units import units_of
from pledgeline.queries.orders import line_units
from pledgeline.records.models import ChainRow, FormedPackage, OrderRecord, ProgrammeRecord, StepTaken
from pledgeline.records.models.chain import said_by

router = Router(tags=["chain"])

PARTS_BESIDE: dict[str, tuple[str, ...]] = {
    "order": ("lines__package_line",),
    "shipment": ("lots__order_line__package_line",),
    "receipt": ("lots__shipped",),
}
"""What a noun consists of, to be read for all rows of a part at once."""

STEP = components.named(
    "StepTaken",
    {
        "type": "object",
        "required": ["noun", "key", "step"],
        "properties": {
            **{name: text() for name in ("noun", "key", "step", "by", "reason")},
            "version": whole(),
            "from": text(),
            "to": text(),
            "at": text(format="date-time"),
            "changes": {"type": "object"},
            "entries": many(whole()),
        },
    },
)


def row_json(row: ChainRow) -> dict[str, object]:
    """Write a row: what it says, the state in which it is, and of which version."""
    return {
        **plain(said_by(row, row.KIND)),
        **({"units": units_of(row).as_said()} if isinstance(row, OrderRecord) else {}),
        "state": row.state,
        "version": row.version,
        "made_by": row.made_by,
        "made_at": moment(row.made_at),
    }


def step_json(taken: StepTaken) -> dict[str, object]:
    return {
        "noun": taken.noun,
        "key": taken.key,
        "version": taken.version,
        "step": taken.step,
        "from": taken.origin,
        "to": taken.target,
        "by": taken.by_name,
        "at": moment(taken.at),
        "reason": taken.reason,
        "changes": taken.changes,
        "entries": taken.entries,
    }


def _rows(request: HttpRequest, table: type[ChainRow], programme: ProgrammeRecord) -> QuerySet[ChainRow]:
    person = person_of(request)
    if not queries.may_see(table, programme, person):
        refuse_to_see(request, queries.SEEN_BY[table])
    of = queries.LISTS[table]
    rows = queries.with_figures(table, queries.newest(table, programme, person)).select_related(*of.beside)
    return rows.prefetch_related(*PARTS_BESIDE.get(table.KIND.NAME, ()))


def _row(request: HttpRequest, table: type[ChainRow], programme: ProgrammeRecord, key: str) -> ChainRow:
    row: ChainRow | None = _rows(request, table, programme).filter(key=key).first()
    if row is None:
        raise problem(404, "no-such.noun", noun=table.KIND.NAME, key=key[:200])
    return row


def _one(row: ChainRow, asked: AddressParameters | None = None, *, status: int = 200) -> HttpResponse:
    """Answer with one row, the steps that it can take, and the ETag by which it is changed."""
    whole_row = {
        **row_json(row),
        **({"line_units": line_units(row)} if isinstance(row, OrderRecord) else {}),
        "steps": [step.name for step in steps_from(row.KIND.NAME, row.state)],
    }
    given = shown(whole_row, asked) if asked is not None else whole_row
    response = as_json(given, status)
    response["ETag"] = tag_of(chain.stamp_of(row), response.content.decode())
    return response


def _columns(table: type[ChainRow], sort: str) -> tuple[str, ...]:
    """Give the columns of an order; what points to another row goes by its key."""
    return tuple(
        f"{column}__key" if table._meta.get_field(column.removeprefix("-")).is_relation else column
        for column in queries.LISTS[table].order_of(sort)
    )


def add_noun(table: type[ChainRow]) -> None:
    """Add the addresses of one noun."""
    noun = table.KIND.NAME
    name = plural(noun)
    more = {
        **({"units": UNITS_SCHEMA} if table is OrderRecord else {}),
        "state": text(enum=[state.value for state in states_of(noun)]),
        "version": whole(),
        "made_by": text(),
        "made_at": text(format="date-time"),
    }
    opened = {"line_units": many(LINE_UNITS_SCHEMA)} if table is OrderRecord else {}
    row_schema = components.of(f"{table.KIND.__name__}Row", table.KIND, keys=["key"], **more)
    one_schema = components.of(
        f"{table.KIND.__name__}Opened", table.KIND, keys=["key"], **more, **opened, steps=many(text())
    )
    sent = components.sent(table.KIND.__name__, table.KIND)
    fields = tuple(properties(components.schemas[f"{table.KIND.__name__}Row"]))
    states: list[Any] = [state.value for state in states_of(noun)]
    asked_for = create_model(
        f"{table.KIND.__name__}Listing",
        __base__=Listing,
        sort=(sorted_by(queries.PLACE, *queries.sorts_of(table)), "key"),
        q=(str, Field("", max_length=LONGEST_WORDS)),
        state=(str, Field("", pattern=f"^({'|'.join(states)})$", json_schema_extra={"enum": states})),
        key=(str, Field("", max_length=LONGEST_WORDS)),
    )
    asked_for.ROWS = fields
    one_asked = create_model(f"{table.KIND.__name__}Asked", __base__=AddressParameters)
    one_asked.ROWS = (*fields, *opened, "steps")

    @router.get(
        f"{HERE}/{name}",
        operation_id=f"list_{name}",
        summary=f"List {name}",
        openapi_extra=reading(asked_for, listing(row_schema)),
    )
    def list_them(request: HttpRequest, slug: str) -> HttpResponse:
        asked: Any = read(asked_for, request)
        rows = _rows(request, table, programme_at(request, slug))
        rows = rows.filter(queries.wanted(table, words=asked.q, state=asked.state))
        if asked.key:
            rows = rows.filter(key=asked.key)
        return listed(request, part_of(rows, _columns(table, asked.sort), asked, row_json))

    @router.get(
        f"{HERE}/{name}/{{path:key}}",
        operation_id=f"get_{noun}",
        summary=f"Read one {noun}",
        openapi_extra=reading(one_asked, one_schema),
    )
    def get_one(request: HttpRequest, slug: str, key: str) -> HttpResponse:
        asked: Any = read(one_asked, request)
        return _one(_row(request, table, programme_at(request, slug), key), asked)

    if noun in MAY_WRITE:
        _add_writing(table, name, sent, one_schema)


def _add_writing(
    table: type[ChainRow], name: str, sent: dict[str, object], one_schema: dict[str, object]
) -> None:
    """Add the addresses at which people write a noun down, and change it."""
    noun = table.KIND.NAME

    @router.post(
        f"{HERE}/{name}",
        operation_id=f"write_{noun}",
        summary=f"Write a new {noun} down",
        openapi_extra=writing(sent, one_schema, status=201),
        response={201: None},
    )
    def write_new(request: HttpRequest, slug: str) -> HttpResponse:
        return written(request, lambda writing: _written(writing, table, slug, seen="", status=201))

    @router.put(
        f"{HERE}/{name}/{{path:key}}",
        operation_id=f"change_{noun}",
        summary=f"Change what a {noun} says, or begin a new version of it",
        openapi_extra=writing(sent, one_schema, match="needed"),
    )
    def change(request: HttpRequest, slug: str, key: str) -> HttpResponse:
        def act(writing: Writing) -> HttpResponse:
            seen = writing.must_have_seen()
            _row(request, table, programme_at(request, slug), key)
            return _written(writing, table, slug, seen=seen, key=key)

        return written(request, act)


def _written(
    writing: Writing,
    table: type[ChainRow],
    slug: str,
    *,
    seen: str | None,
    key: str = "",
    status: int = 200,
) -> HttpResponse:
    """Write a noun down, and answer with it as it is now."""
    programme = programme_at(writing.request, slug)
    body = writing.body_about(key) if key else writing.body()
    if not chain.may_write(table, programme, writing.person):
        raise problem(403, "no-right.write", noun=table.KIND.NAME)
    made = chain.write(table, body, programme=programme, person=writing.person, now=writing.now, seen=seen)
    if isinstance(made, list):
        raise of_findings(made)
    rows = queries.with_figures(table, table.objects.select_related("programme"))
    response = _one(rows.get(pk=made.pk), status=status)
    if status == 201:
        response["Location"] = writing.request.build_absolute_uri(
            f"{writing.request.path}/{quote(made.key, safe='')}"
        )
    return response


# The steps

SENT = components.sent("StepAsked", StepAsked)
ASKED_FOR = {(step.noun, step.name): step.asks for step in STEPS if step.asks is not None}
components.schemas["StepAsked"]["properties"]["details"] = {
    "anyOf": [components.sent(noun.__name__, noun) for noun in dict.fromkeys(ASKED_FOR.values())]
}


class StepsAsked(Listing):
    """Of which noun the history is wanted."""

    ROWS = ("key", "noun", "version", "step", "from", "to", "by", "at", "reason", "changes", "entries")

    sort: sorted_by("id") = "id"  # type: ignore[valid-type]
    key: str = Field(max_length=LONGEST_WORDS, min_length=1)
    noun: str = Field(pattern=f"^({'|'.join(chain.TABLES)})$", json_schema_extra={"enum": [*chain.TABLES]})


def _table(noun: str) -> type[ChainRow]:
    return chain.TABLES[noun]


@router.get(
    f"{HERE}/steps",
    operation_id="list_steps",
    summary="List what has happened to a noun of the chain",
    openapi_extra=reading(StepsAsked, listing(STEP)),
)
def list_steps(request: HttpRequest, slug: str) -> HttpResponse:
    asked = read(StepsAsked, request)
    programme = programme_at(request, slug)
    _row(request, _table(asked.noun), programme, asked.key)
    rows = StepTaken.objects.filter(programme=programme, noun=asked.noun, key=asked.key)
    return listed(request, part_of(rows, (asked.sort,), asked, step_json))


@router.post(
    f"{HERE}/steps",
    operation_id="take_step",
    summary="Take a step of a noun of the chain",
    description=(
        "Which steps there are, from which state, by whom: the table of steps, in the handbook. “details” are what a "
        "step asks for. Where a second person has to approve it, the answer is 202 with what waits."
    ),
    openapi_extra=writing(SENT, STEP, status=201, match="taken", held=APPROVAL),
    response={201: None},
)
def take_step(request: HttpRequest, slug: str) -> HttpResponse:
    return written(request, lambda writing: _taken(writing, slug), enters=True)


def _taken(writing: Writing, slug: str) -> HttpResponse:
    programme = programme_at(writing.request, slug)
    said = writing.noun(StepAsked, name="step")
    table = chain.TABLES.get(said.noun)
    if table is None or not any((step.noun, step.name) == (said.noun, said.step) for step in STEPS):
        raise problem(422, "no-such.step", noun=said.noun, step=said.step)
    _row(writing.request, table, programme, said.key)
    done = chain.take_step(
        table,
        said.key,
        said.step,
        programme=programme,
        person=writing.person,
        now=writing.now,
        reason=said.reason or "",
        details=said.details,
        seen=writing.seen() or None,
    )
    if isinstance(done, Finding):
        raise of_findings([_in_details(done, said)])
    if done.step == ASK:
        return held_answer(writing.request, act_asked_for(done))
    return as_json(step_json(done), 201)


def _in_details(finding: Finding, said: StepAsked) -> Finding:
    """Say a finding at its place in what was sent: what a step asks for stands below “details”."""
    path, asks = finding.place.path, ASKED_FOR.get((said.noun, said.step))
    if asks is None or not path or path[0] not in asks.model_fields:
        return finding
    return replace(finding, place=replace(finding.place, path=("details", *path)))


for _noun_table in chain.TABLES.values():
    if _noun_table is not FormedPackage:  # which is read with the money on its lines: `packages.py`
        add_noun(_noun_table)
