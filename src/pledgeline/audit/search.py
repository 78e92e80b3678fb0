"""Find events: by who, what, where, when and with which outcome; a page at a time, or all of them in a stream.

There may be millions. A page is found by the event at its end and never by counting from the beginning, and a
stream reads some thousand at a time: nobody waits, and nothing is held.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from pledgeline.audit.acts import Actor, AuditAct, Outcome
from pledgeline.audit.models import AuditEvent

ORDERS: Final = {
    "at": ("at", "id"),
    "person": ("actor_name", "at", "id"),
    "act": ("act", "at", "id"),
    "programme": ("programme", "at", "id"),
}
"""The columns by which events are put into an order; each is an index."""

FIELDS: Final = tuple(
    "id at actor person person_number act noun ref programme outcome code address request details".split()
)
"""The names of what an event holds, in files and lines."""

READ_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for. Nothing is narrowed by what is empty.

    `person` is a name as it was; the days are those of UTC, both included; `words` may stand in the reference,
    the name, the address, the number of the request, the code or the details.
    """

    person: str = ""
    act: str = ""
    programme: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""

    def among(self, events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """Narrow events down to those that are looked for."""
        named = {
            "actor_name": self.person,
            "act": self.act,
            "programme": self.programme,
            "outcome": self.outcome,
        }
        events = events.filter(**{name: value for name, value in named.items() if value})
        if self.since:
            events = events.filter(at__gte=_midnight(self.since))
        if self.until and self.until < date.max:
            events = events.filter(at__lt=_midnight(self.until + timedelta(days=1)))
        if self.words:
            places = ("ref", "actor_name", "address", "request_id", "code", "details")
            events = events.filter(
                Q(*((f"{place}__icontains", self.words) for place in places), _connector=Q.OR)
            )
        return events


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some events in an order, and whether there are others before and behind them."""

    events: Sequence[AuditEvent]
    has_before: bool
    has_after: bool


def page_of(
    events: QuerySet[AuditEvent], order: str, *, after: int | None, before: int | None, most: int
) -> Page:
    """Give the events that follow `after`, or those that come before `before`, or the first ones.

    `order` is one of ORDERS, with a minus for the other direction; `after` and `before` are numbers of events.

    Raises:  AuditEvent.DoesNotExist where there is no event of such a number.
    """
    backwards = before is not None
    end = before or after
    place = AuditEvent.objects.get(pk=end) if end else None
    keys = ORDERS[order.removeprefix("-")]
    is_descending = order.startswith("-") != backwards
    if place is not None:
        events = events.filter(_behind(keys, place, "<" if is_descending else ">"))
    found = list(events.order_by(*(f"-{key}" if is_descending else key for key in keys))[: most + 1])
    has_more, found = len(found) > most, found[:most]
    if backwards:
        return Page(events=found[::-1], has_before=has_more, has_after=place is not None)
    return Page(events=found, has_before=place is not None, has_after=has_more)


def streamed(events: QuerySet[AuditEvent], order: str) -> Iterator[AuditEvent]:
    """Give all events in an order, of those that are there now."""
    newest = AuditEvent.objects.order_by("-id").values_list("id", flat=True).first()
    events, last = events.filter(id__lte=newest or 0), None
    while True:
        page = page_of(events, order, after=last, before=None, most=READ_AT_ONCE)
        yield from page.events
        if not page.has_after:
            return
        last = page.events[-1].pk


def as_fields(event: AuditEvent) -> dict[str, object]:
    """Give an event as files and programs have it."""
    values = (
        event.pk,
        event.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        event.actor,
        event.actor_name,
        event.actor_number,
        event.act,
        event.noun,
        event.ref,
        event.programme,
        event.outcome,
        event.code,
        event.address,
        event.request_id,
        event.facts,
    )
    return dict(zip(FIELDS, values, strict=True))


def act_label(code: str) -> Any:
    """Name an act for people; one that this version does not know is shown by its code."""
    return AuditAct(code).label if code in AuditAct.values else code


def who_label(event: AuditEvent) -> str:
    """Name who acted: a person by name, everybody else by what they are."""
    kind = str(Actor(event.actor).label)
    if event.actor == Actor.PERSON:
        return event.actor_name
    return f"{kind}: {event.actor_name}" if event.actor_name else kind


def outcome_label(code: str) -> Any:
    return Outcome(code).label


def _behind(keys: Sequence[str], place: AuditEvent, sign: str) -> Func:
    """Give the condition of what comes behind `place`: a comparison of rows, which an index on the keys serves."""
    fields = {field.name: field for field in AuditEvent._meta.concrete_fields}
    ends = (Value(getattr(place, key), output_field=fields[key]) for key in keys)
    return Func(
        _row(*map(F, keys)),
        _row(*ends),
        arg_joiner=f" {sign} ",
        template="%(expressions)s",
        output_field=BooleanField(),
    )


def _row(*parts: object) -> Func:
    return Func(*parts, template="(%(expressions)s)", output_field=BooleanField())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
