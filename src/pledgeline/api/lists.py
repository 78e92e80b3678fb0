"""Lists a page at a time: each page ends with a cursor, which says where the next one begins.

A cursor names the last row that was given, by what the rows are sorted by. So nothing is given twice or left out
where rows are added or taken away meanwhile.
"""

import base64
import binascii
import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from pledgeline.api.asking import AddressParameters, Listing, not_understood
from pledgeline.api.values import plain
from pledgeline.programme.sentences import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """A part of a list: its rows as JSON, and where the next part begins; "" where this is the last."""

    rows: Sequence[Mapping[str, Any]]
    next: str


AnyModel = TypeVar("AnyModel", bound=Model)
AnyRow = TypeVar("AnyRow")


# Rows of the database


def part_of(
    rows: QuerySet[AnyModel],
    order: Sequence[str],
    asked: Listing,
    written: Callable[[AnyModel], Mapping[str, object]],
) -> ListPart:
    """Read a part of the rows of a table. The columns of `order`, together, have to be different in each row.

    Only the keys are sorted: whole rows of a long table would be carried through the sorting.
    """
    names = [column.removeprefix("-") for column in order]
    if asked.cursor:
        rows = rows.filter(_behind(order, _values_in(rows, names, asked)))
    keys = rows.order_by(*(_ordered(rows, column) for column in order)).values_list("pk", flat=True)
    wanted = list(keys[: asked.limit + 1])
    by_key = {row.pk: row for row in rows.filter(pk__in=wanted)}
    found = [by_key[key] for key in wanted if key in by_key]
    return _part(found, asked, written, lambda row: [plain(_value(row, name)) for name in names])


def _ordered(rows: QuerySet[AnyModel], column: str) -> OrderBy:
    """Order by a column; what has no value in it stands last, both ways."""
    name = column.removeprefix("-")
    nulls = {"nulls_last": True} if _field(rows, name).null else {}
    return F(name).desc(**nulls) if column.startswith("-") else F(name).asc(**nulls)


def _behind(order: Sequence[str], values: Sequence[object]) -> Q:
    """Give the condition on rows that stand behind the one with these values."""
    condition, same = Q(pk__in=()), Q()
    for column, value in zip(order, values, strict=True):
        name = column.removeprefix("-")
        if value is None:
            same &= Q(**{f"{name}__isnull": True})
            continue
        turn = "lt" if column.startswith("-") else "gt"
        condition |= same & (Q(**{f"{name}__{turn}": value}) | Q(**{f"{name}__isnull": True}))
        same &= Q(**{name: value})
    return condition


def _values_in(rows: QuerySet[AnyModel], names: Sequence[str], asked: Listing) -> list[object]:
    values = _opened(asked, len(names))
    try:
        return [_read(_field(rows, name), value) for name, value in zip(names, values, strict=True)]
    except Exception:  # whatever a field of the database does not take
        raise _no_cursor() from None


def _read(field: Any, value: object) -> object:
    if value is None:
        return None
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise TypeError(value)
    read = field.to_python(value)
    field.run_validators(read)
    return read


def _field(rows: QuerySet[Any], name: str) -> Any:
    model: Any = rows.model
    *way, last = name.split("__")
    for step in way:
        model = model._meta.get_field(step).related_model
    return model._meta.pk if last == "pk" else model._meta.get_field(last)


def _value(row: object, name: str) -> object:
    return attrgetter(name.replace("__", "."))(row)


# Rows in memory


@dataclass(frozen=True, slots=True)
class Sorted(Generic[AnyRow]):
    """Rows in memory in an order: of each what it is sorted by, and its key."""

    places: list[list[Any]]
    rows: list[AnyRow]
    is_turned: bool


def in_order(
    rows: Iterable[AnyRow],
    asked: Listing,
    orders: Mapping[str, Callable[[AnyRow], object]],
    key: Callable[[AnyRow], str],
) -> Sorted[AnyRow]:
    """Sort rows in memory by the order that is asked for; those without a value stand last, both ways."""
    by, is_turned = orders[asked.sort.removeprefix("-")], asked.sort.startswith("-")
    placed = [(_place(by(row), key(row)), row) for row in rows]
    placed.sort(key=lambda pair: pair[0], reverse=is_turned)
    if is_turned:
        placed = [pair for pair in placed if not pair[0][0]] + [pair for pair in placed if pair[0][0]]
    return Sorted([place for place, _row in placed], [row for _place, row in placed], is_turned)


def part_in_memory(
    found: Sorted[AnyRow], asked: Listing, written: Callable[[AnyRow], Mapping[str, object]]
) -> ListPart:
    """Give a part of rows in memory."""
    start = _start(found, asked) if asked.cursor else 0
    stop = start + asked.limit
    rows = [shown(written(row), asked) for row in found.rows[start:stop]]
    more = stop < len(found.rows)
    return ListPart(rows=rows, next=_closed(asked, found.places[stop - 1]) if more else "")


def _place(value: object, key: str) -> list[object]:
    said = plain(value)
    return [said in (None, ""), said if said not in (None, "") else "", key]


def _start(found: Sorted[AnyRow], asked: Listing) -> int:
    """Find where the rows behind the cursor begin."""
    wanted = _opened(asked, 3)
    try:
        if not found.is_turned:
            return bisect_right(found.places, wanted)
        return sum(1 for place in found.places if _stands_before(place, wanted))
    except TypeError:
        raise _no_cursor() from None


def _stands_before(place: list[object], wanted: list[object]) -> bool:
    """Say whether a row stands before the end of the last part in an order that is turned round."""
    if place[0] != wanted[0]:
        return bool(wanted[0])
    return bool(place >= wanted)


# Cursors and answers


def _part(
    found: list[AnyRow],
    asked: Listing,
    written: Callable[[AnyRow], Mapping[str, object]],
    place: Callable[[AnyRow], list[object]],
) -> ListPart:
    given = found[: asked.limit]
    more = len(found) > asked.limit
    return ListPart(
        rows=[shown(written(row), asked) for row in given],
        next=_closed(asked, place(given[-1])) if more else "",
    )


def _closed(asked: Listing, values: list[object]) -> str:
    text = json.dumps([asked.sort, *values], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _opened(asked: Listing, length: int) -> list[object]:
    """Read the values of a cursor, which is of the same order."""
    try:
        text = base64.b64decode(asked.cursor + "=" * (-len(asked.cursor) % 4), altchars=b"-_", validate=True)
        values = json.loads(text)
    except (binascii.Error, ValueError, RecursionError):
        raise _no_cursor() from None
    if not isinstance(values, list) or len(values) != length + 1 or values[0] != asked.sort:
        raise _no_cursor()
    return values[1:]


def _no_cursor() -> Exception:
    return not_understood("cursor", sentence("api.parameter.cursor"))


def shown(row: Mapping[str, object], asked: AddressParameters) -> Mapping[str, object]:
    """Leave out of a row what was not asked for; its key stays."""
    chosen = asked.chosen
    if chosen is None:
        return row
    return {name: value for name, value in row.items() if name in chosen or name in asked.ROWS[:1]}


def listed(request: HttpRequest, part: ListPart, **around: object) -> HttpResponse:
    """Answer with a part of a list; the header `Link` leads to the next one, too."""
    body = {"items": part.rows, **({"next": part.next} if part.next else {}), **plain(around)}
    response = as_json({name: value for name, value in body.items() if value is not None})
    if part.next:
        given = request.GET.copy()
        given["cursor"] = part.next
        response["Link"] = f'<{request.build_absolute_uri(request.path)}?{given.urlencode()}>; rel="next"'
    return response


def as_json(value: object, status: int = 200) -> HttpResponse:
    """Answer with JSON."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json", status=status)


def day_or(asked: date | None, today: date) -> date:
    """Give the day that was asked for; today, where none was.

    Raises:  Problem for a day that is still to come: what will have happened by then is not known.
    """
    if asked is not None and asked > today:
        raise not_understood("as_of", sentence("api.parameter.to-come", today=today))
    return asked or today


def moment(value: datetime) -> str:
    return str(plain(value))
