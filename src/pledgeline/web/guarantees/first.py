"""What a duty officer needs first: what to ask for, what runs out next, and who is bound to act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from pledgeline.guarantees import Timeline
from pledgeline.guarantees.durations import Duration, in_words
from pledgeline.guarantees.moments import zone
from pledgeline.guarantees.scenarios import Event
from pledgeline.guarantees.timeline import Entry, Line, gathered
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room

MOST_DEADLINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that has to be made before anything is owed: by whom, to whom, in which words."""

    line: Line
    to: tuple[str, ...]
    within: Duration | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """The requests that one side can make after one event."""

    event: Event
    asker: str
    requests: tuple[Request, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDeadline:
    """A moment at which something falls due, as the clock of the instrument shows it.

    Units:   `left` is counted from the moment for which the scenario is asked.
    """

    due: datetime
    local: datetime
    zone: str
    left: timedelta
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Who owes something, and who only has to decide: each once, where it is bound most."""

    legally: tuple[str, ...]
    otherwise: tuple[str, ...]
    deciding: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """The first things of an answer."""

    requests: tuple[Requests, ...]
    deadlines: tuple[NextDeadline, ...]
    without_time: int
    bound: Bound

    @property
    def count(self) -> int:
        return sum(len(each.requests) for each in self.requests)


def first_things(room: Room, found: Timeline) -> First | None:
    """Put the first things together; nothing where nothing is owed and nothing can be asked for."""
    if not (found.to_ask or found.owed or found.to_decide):
        return None
    return First(
        requests=_requests(room, found),
        deadlines=_deadlines(found),
        without_time=len(gathered(entry for entry in found.owed if entry.instance.due is None)),
        bound=_bound(found),
    )


def _requests(room: Room, found: Timeline) -> tuple[Requests, ...]:
    together: dict[tuple[str, str], list[Request]] = {}
    events = {event.id: event for event in found.scenario.events}
    for line in gathered(found.to_ask):
        event = _event_of(found, line.entry)
        askers = room.register.actors.expand(line.entry.obligation.trigger.on_request_of)
        if event is None or not askers:
            continue
        asker = room.beneficiary if room.beneficiary in askers else askers[0]
        together.setdefault((event.id, asker), []).append(_request(room, line, event, asker))
    return tuple(
        Requests(event=events[event], asker=asker, requests=tuple(requests))
        for (event, asker), requests in together.items()
    )


def _event_of(found: Timeline, entry: Entry) -> Event | None:
    """Give the event that opened a duty: the one of its episode that happened at that moment."""
    opened = entry.instance.triggered
    return next(
        (
            event
            for event in found.scenario.events
            if entry.instance.episode in (event.episode, event.id)
            and opened == event.when.window(entry.instrument.zone)
        ),
        None,
    )


def _request(room: Room, line: Line, event: Event, asker: str) -> Request:
    entry = line.entry
    deadline = entry.obligation.deadline
    within = deadline.within if deadline and deadline.start == "request" else None
    to = tuple(actor for actor in line.obligors if actor != asker) or line.obligors
    return Request(
        line=line, to=to, within=within, text=_text(room, entry, event, asker=asker, to=to, within=within)
    )


def _text(
    room: Room, entry: Entry, event: Event, *, asker: str, to: tuple[str, ...], within: Duration | None
) -> str:
    """Write the request as it can be sent; it says scenario, as everything does that is forwarded alone."""
    kinds = ", ".join(words.said(words.EVENTS, kind) for kind in event.kinds)
    named = {
        "asker": room.name(asker),
        "title": entry.instrument.title,
        "provision": entry.obligation.provision,
    }
    under = (
        _("%(asker)s makes this request under “%(title)s”, provision %(provision)s:") % named
        if entry.obligation.provision
        else _("%(asker)s makes this request under “%(title)s”:") % named
    )
    parts = [
        _("SCENARIO, not an event."),
        _("To: %(names)s") % {"names": room.names(to)},
        under,
        entry.obligation.summary,
        _("The reason: %(kinds)s, %(when)s.") % {"kinds": kinds, "when": words.when(event.when)},
    ]
    if within is not None:
        parts.append(_("The text gives %(length)s from this request.") % {"length": in_words(within)})
    return "\n".join(parts)


def _deadlines(found: Timeline) -> tuple[NextDeadline, ...]:
    """Give the next moments at which something falls due, each with all that falls due then."""
    together: dict[tuple[datetime, str], list[Entry]] = {}
    for entry in (*found.owed, *found.to_decide):
        due = entry.instance.due
        if due is not None and due.earliest >= found.as_of:
            together.setdefault((due.earliest, entry.instrument.zone), []).append(entry)
    return tuple(
        NextDeadline(
            due=due,
            local=due.astimezone(zone(there)),
            zone=there,
            left=due - found.as_of,
            lines=gathered(entries),
        )
        for (due, there), entries in sorted(together.items(), key=lambda pair: pair[0])[:MOST_DEADLINES]
    )


def _bound(found: Timeline) -> Bound:
    victims = {actor for event in found.scenario.events for actor in event.against}

    def names(entries: Iterable[Entry]) -> tuple[str, ...]:
        actors = (actor for entry in entries for actor in entry.instance.obligors)
        return tuple(dict.fromkeys(actor for actor in actors if actor not in victims))

    legally = names(entry for entry in found.owed if entry.legal_form == "legal")
    otherwise = names(entry for entry in found.owed if entry.legal_form != "legal")
    deciding = names(found.to_decide)
    return Bound(
        legally=legally,
        otherwise=tuple(actor for actor in otherwise if actor not in legally),
        deciding=tuple(actor for actor in deciding if actor not in (*legally, *otherwise)),
    )
