"""What a duty officer needs first: what to ask for, what runs out next, and who is bound to act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pledgeline.guarantees import Timeline
from pledgeline.guarantees.durations import Duration, in_words
from pledgeline.guarantees.moments import Window, count_from, zone
from pledgeline.guarantees.scenarios import ScenarioEvent
from pledgeline.guarantees.timeline import TimelineEntry, TimelineLine, gathered
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room
from pledgeline.web.guarantees.facts import OpenFacts

MOST_DEADLINES = 3
MOST_LINES = 4
"""Units: duties that stand unfolded under one deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that has to be made before anything is owed: by whom, to whom, in which words."""

    line: TimelineLine
    to: tuple[str, ...]
    within: Duration | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """The requests that one side can make after one event."""

    event: ScenarioEvent
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
    lines: tuple[TimelineLine, ...]
    passed: str

    @property
    def further(self) -> int:
        """Say how many duties more fall due then."""
        return max(0, len(self.lines) - MOST_LINES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligors:
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
    bound: Obligors

    @property
    def count(self) -> int:
        return sum(len(request.requests) for request in self.requests)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAct:
    """The one thing to do next, as a sentence, and where on the page it is done."""

    says: str
    more: str = ""
    place: str = ""


def next_act(found: Timeline, facts: OpenFacts, first: First | None) -> NextAct:
    """Say the one thing to do next: answer what is open, send what has to be asked for, watch the clock."""
    asked = len(facts.first) + len(facts.further)
    if asked:
        says = ngettext("Answer %(n)d question.", "Answer %(n)d questions.", asked) % {"n": asked}
        duties = len(found.undetermined)
        more = ngettext(
            "Until then nobody can say whether %(n)d duty is owed.",
            "Until then nobody can say whether %(n)d duties are owed.",
            duties,
        ) % {"n": duties}
        return NextAct(says=says, more=more, place="findout")
    if first is not None and first.count:
        says = ngettext("Send %(n)d request.", "Send %(n)d requests.", first.count) % {"n": first.count}
        return NextAct(says=says, more=_("None of it is owed until it is requested."), place="requests")
    if first is not None and first.deadlines:
        due = first.deadlines[0]
        says = _("Next deadline: %(when)s %(city)s.") % {
            "when": date_format(due.local, "WEEKDAY_FORMAT") + due.local.strftime(", %H:%M"),
            "city": due.zone.rpartition("/")[2].replace("_", " "),
        }
        return NextAct(says=says, more=_("Ask those who owe it what they are preparing."), place="deadlines")
    if first is not None:
        return NextAct(
            says=_("Ask those who are bound what they are preparing."),
            more=_("No clock with a number of hours or days runs."),
            place="bound",
        )
    if facts.left:
        return NextAct(
            says=_("Find out what is not known."),
            more=_("As far as it is known, nothing is owed yet."),
            place="findout",
        )
    return NextAct(
        says=_("Nothing has to be done."),
        more=_("In this scenario no duty of the register is opened by this moment."),
    )


def first_things(room: Room, found: Timeline, *, is_report: bool) -> First | None:
    """Put the first things together; nothing where nothing is owed and nothing can be asked for."""
    if not (found.to_ask or found.owed or found.to_decide):
        return None
    return First(
        requests=_requests(room, found, is_report=is_report),
        deadlines=_deadlines(found),
        without_time=len(gathered(entry for entry in found.owed if entry.instance.due is None)),
        bound=_bound(found),
    )


def _requests(room: Room, found: Timeline, *, is_report: bool) -> tuple[Requests, ...]:
    together: dict[tuple[str, str], list[Request]] = {}
    events = {event.id: event for event in found.scenario.events}
    for line in gathered(found.to_ask):
        event = _event_of(found, line.entry)
        askers = room.register.actors.expand(line.entry.obligation.trigger.on_request_of)
        if event is None or not askers:
            continue
        asker = room.beneficiary if room.beneficiary in askers else askers[0]
        together.setdefault((event.id, asker), []).append(
            _request(room, found, line, event, asker, is_report=is_report)
        )
    return tuple(
        Requests(event=events[event], asker=asker, requests=tuple(requests))
        for (event, asker), requests in together.items()
    )


def _event_of(found: Timeline, entry: TimelineEntry) -> ScenarioEvent | None:
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


def _request(
    room: Room, found: Timeline, line: TimelineLine, event: ScenarioEvent, asker: str, *, is_report: bool
) -> Request:
    deadline = line.entry.obligation.deadline
    within = deadline.within if deadline and deadline.start == "request" else None
    to = tuple(actor for actor in line.obligors if actor != asker) or line.obligors
    named = {
        "to": room.names(to),
        "asker": room.name(asker),
        "under": _under(line.entry),
        "name": line.entry.instrument.name,
        "title": line.entry.instrument.full_title,
        "kinds": ", ".join(words.said(words.EVENTS, kind) for kind in event.kinds),
        "when": words.when(event.when),
        "by": room.names(event.by) or _("not known"),
        "against": room.names(event.against) or _("not known"),
    }
    parts = [
        _("DRAFT. Check the facts, then take this line out.") if is_report else _("SCENARIO, not an event."),
        _("To: %(to)s") % named,
        _("From: %(asker)s") % named,
        _("Subject: request under “%(name)s”, %(under)s") % named
        if line.entry.obligation.provision
        else _("Subject: request under “%(name)s”") % named,
        "",
        _("%(asker)s makes this request under %(under)s of “%(title)s”:") % named
        if line.entry.obligation.provision
        else _("%(asker)s makes this request under “%(title)s”:") % named,
        line.entry.obligation.summary,
        "",
        _("The reason: %(kinds)s, %(when)s; by: %(by)s; against: %(against)s.") % named,
    ]
    if within is not None:
        parts.append(_answer_by(found, line.entry, within))
    return Request(line=line, to=to, within=within, text="\n".join(parts))


def _under(entry: TimelineEntry) -> str:
    """Name the article, by its number where the text names none; nothing where it has none, or nobody read which."""
    provision = entry.obligation.provision
    if not provision:
        return ""
    is_named = provision[0].isalpha() and not provision.split()[0].isupper()
    return provision if is_named else _("provision %(number)s") % {"number": provision}


def _answer_by(found: Timeline, entry: TimelineEntry, within: Duration) -> str:
    """Say by when the answer is due, by the clock of the instrument, if the request goes out at this moment."""
    there = entry.instrument.zone
    due = count_from(Window(earliest=found.as_of, latest=found.as_of), within, there).latest
    return _(
        "The text gives %(length)s from this request. Sent on %(sent)s, an answer is due by %(due)s (%(city)s),"
        " %(utc)s UTC."
    ) % {
        "length": in_words(within),
        "sent": _clock(found.as_of, there),
        "due": _clock(due, there),
        "utc": _clock(due, "UTC"),
        "city": there.rpartition("/")[2].replace("_", " "),
    }


def _clock(moment: datetime, there: str) -> str:
    return date_format(moment.astimezone(zone(there)), "MINUTE_FORMAT")


def _deadlines(found: Timeline) -> tuple[NextDeadline, ...]:
    """Give the next moments at which something falls due, each with all that falls due then."""
    together: dict[tuple[datetime, str], list[TimelineEntry]] = {}
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
            passed=_passed(entries),
        )
        for (due, there), entries in sorted(together.items(), key=lambda pair: pair[0])[:MOST_DEADLINES]
    )


def _passed(entries: list[TimelineEntry]) -> str:
    """Say what it means if this moment passes and nothing was done: never more than the texts say."""
    performing = [entry for entry in entries if entry.owed_as == "performance"]
    hard = [
        entry for entry in performing if not (entry.obligation.deadline and entry.obligation.deadline.is_soft)
    ]
    if not performing:
        return _("If it passes, the decision is overdue. Nothing follows by itself: ask for it in writing.")
    if not hard:
        return _("If it passes, a target was missed. The text calls that no breach: ask for a new date.")
    if any(entry.legal_form == "legal" for entry in hard):
        return _("If it passes, the duty is overdue. Remind them in writing; only a person records a breach.")
    return _(
        "If it passes, a political promise is overdue. No court enforces it: raise it with their capital."
    )


def _bound(found: Timeline) -> Obligors:
    victims = {actor for event in found.scenario.events for actor in event.against}

    def names(entries: Iterable[TimelineEntry]) -> tuple[str, ...]:
        actors = (actor for entry in entries for actor in entry.instance.obligors)
        return tuple(dict.fromkeys(actor for actor in actors if actor not in victims))

    legally = names(entry for entry in found.owed if entry.legal_form == "legal")
    otherwise = names(entry for entry in found.owed if entry.legal_form != "legal")
    deciding = names(found.to_decide)
    return Obligors(
        legally=legally,
        otherwise=tuple(actor for actor in otherwise if actor not in legally),
        deciding=tuple(actor for actor in deciding if actor not in (*legally, *otherwise)),
    )
