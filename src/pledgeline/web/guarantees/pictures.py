"""The pictures of the room: when things fall due in a scenario, and the years for which money is named."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pledgeline import charts
from pledgeline.guarantees import Timeline
from pledgeline.guarantees.moments import zone
from pledgeline.guarantees.questions import YearOfFunding
from pledgeline.guarantees.timeline import TimelineLine, gathered
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room
from pledgeline.web.pictures import NARROW, WIDE, Shown

_TONES = {"legal": "s0", "disputed": "s4", "political": "s2", "not stated": "other"}
_MOST_TICK_DAYS = 120
_DAYS_WITH_HOURS = 4
_MINUTES_A_DAY = 24 * 60


def funding(room: Room, years: Sequence[YearOfFunding]) -> Shown:
    """Draw how many instruments name money for each year: where the bars fall is the cliff."""
    named = {
        year: {due.instrument.id for due in years if due.year == year} for year in {e.year for e in years}
    }
    span = range(min(named), max(named) + 2) if named else range(0)
    found = [(year, len(named.get(year, ()))) for year in span]
    title = _("Instruments that name money for a year, for %(name)s") % {"name": room.name(room.beneficiary)}

    def amount(number: int) -> str:
        return (
            ngettext("%(n)d instrument", "%(n)d instruments", number) % {"n": number} if number else _("none")
        )

    given = [charts.Bar(name=str(year), value=count) for year, count in found]
    description = "; ".join(f"{year}: {count}" for year, count in found)
    svg, narrow = (
        _drawn(
            "funding", title, description, width,
            lambda frame: charts.bars(
                given, frame=frame, amount=amount, empty_label=_("No instrument names money for any year.")
            ),
        )
        for width in (WIDE, NARROW)
    )  # fmt: skip
    return Shown(
        name="guarantees-funding",
        title=title,
        note=_(
            "Instruments are counted, not added up: floors, ceilings and targets in several currencies have no sum."
        ),
        svg=svg,
        narrow=narrow,
        file=reverse("web:guarantees-funding-picture") + (f"?{room.kept_query}" if room.kept else ""),
        header=[_("Year"), _("Instruments")],
        lines=[[str(year), str(count)] for year, count in found],
    )


def due_times(room: Room, timeline: Timeline, file: str, *, most: int | None = None) -> Shown:
    """Draw what is owed, and what is only to be decided, from the event to the due time; `most` duties of it."""
    told = timeline.scenario.name
    title = _("Scenario: who owes what by when")
    owed = _in_order(gathered((*timeline.owed, *timeline.to_decide)))
    lines = owed[:most]
    spans = [_span(room, line) for line in lines]
    happenings = _happenings(timeline)
    places = [
        place for span in spans for place in (span.opens, span.due, span.due_until) if place is not None
    ]
    now = _minutes(timeline.as_of)
    places.append(now)
    happenings, before = _near(happenings, min(places), max(places)) if spans else (happenings, [])
    places += [happening.at for happening in happenings]
    drawn = []
    for width in (WIDE, NARROW):

        def draw(frame: charts.Frame) -> charts.Picture:
            return charts.schedule(
                spans,
                happenings=happenings,
                ticks=_ticks(min(places), max(places)) if places else [],
                now=now,
                frame=frame,
                banner=_("SCENARIO: %(title)s") % {"title": told},
                now_label=_("as of %(moment)s UTC")
                % {"moment": date_format(timeline.as_of.astimezone(UTC), "j M H:i")},
                due_label=_("falls due"),
                open_label=_("no number of hours, or only a window is known"),
                empty_label=_("Scenario: no due times, facts are open")
                if timeline.unknowns
                else _("Scenario: no due times"),
            )

        drawn.append(_drawn("due", title, f"{title}: {told}", width, draw))
    return Shown(
        name="guarantees-due",
        title=title,
        note=_note_of_due(before, drawn=len(lines), owed=len(owed)),
        svg=drawn[0],
        narrow=drawn[1],
        file=file,
        header=[_("Who"), _("What"), _("Opened (UTC)"), _("Due (UTC)"), _("Legal force")],
        lines=[_row_of_due(room, line) for line in lines],
    )


def _happenings(timeline: Timeline) -> list[charts.Happening]:
    """Give what has happened by the moment of a timeline."""
    return [
        charts.Happening(
            name=", ".join(words.said(words.EVENTS, kind) for kind in event.kinds),
            at=_minutes(event.when.window("Europe/Kyiv").earliest),
        )
        for event in timeline.scenario.events
        if event.when.window("UTC").earliest <= timeline.as_of
    ]


def _note_of_due(before: list[str], *, drawn: int, owed: int) -> str:
    """Say how the times run, and what the picture leaves out."""
    notes = [
        _("Times run in UTC. The colour says the legal force, as the headings do; a scenario is no news.")
    ]
    if before:
        notes.append(_("Long before, and not drawn: %(what)s.") % {"what": ", ".join(before)})
    if drawn < owed:
        note = _("The first %(n)d of %(all)d are drawn; the file has all of them.")
        notes.append(note % {"n": drawn, "all": owed})
    return " ".join(notes)


def _row_of_due(room: Room, line: TimelineLine) -> list[str]:
    """Give the row of a duty in the table beside the picture."""
    instance = line.entry.instance
    return [
        room.names(line.obligors),
        words.said(words.HELP, line.entry.obligation.kind),
        _utc(instance.triggered.earliest) if instance.triggered else "",
        _utc(instance.due.earliest) if instance.due else _("no number"),
        words.said(words.FORMS, line.entry.legal_form),
    ]


def _near(
    happenings: list[charts.Happening], first: int, last: int
) -> tuple[list[charts.Happening], list[str]]:
    """Part what happened long before the first duty opened: a ceasefire of June would squeeze a day of September."""
    earliest = first - 2 * max(last - first, _MINUTES_A_DAY)
    return [happening for happening in happenings if happening.at >= earliest], [
        f"{happening.name} ({date_format(datetime.fromtimestamp(happening.at * 60, UTC), 'MINUTE_FORMAT')})"
        for happening in happenings
        if happening.at < earliest
    ]


def _in_order(lines: Iterable[TimelineLine]) -> list[TimelineLine]:
    """Put the legal before the political; within each the first due time first."""
    forms = list(words.FORMS)
    return sorted(lines, key=lambda line: forms.index(line.entry.legal_form))


def _span(room: Room, line: TimelineLine) -> charts.DutySpan:
    entry, instance = line.entry, line.entry.instance
    due = instance.due
    who = (
        room.names(line.obligors)
        if len(line.obligors) <= 3
        else _("%(n)d guarantors") % {"n": len(line.obligors)}
    )
    local = entry.due_local
    return charts.DutySpan(
        name=f"{who}: {words.said(words.HELP, entry.obligation.kind)}",
        opens=_minutes(instance.triggered.earliest) if instance.triggered else 0,
        due=_minutes(due.earliest) if due else None,
        due_until=_minutes(due.latest) if due else None,
        said=(
            _("due %(moment)s %(place)s")
            % {"moment": date_format(local[0], "MINUTE_FORMAT"), "place": _city(entry.instrument.zone)}
            if local
            else _("no number of hours is named")
        ),
        group=words.said(words.FORMS, entry.legal_form),
        tone=_TONES[entry.legal_form],
        href=reverse("web:guarantees-instrument", args=[entry.instrument.id]) + f"#{entry.obligation.id}",
    )


def _city(name: str) -> str:
    return zone(name).key.rpartition("/")[2].replace("_", " ")


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def _utc(moment: datetime) -> str:
    return date_format(moment.astimezone(UTC), "MINUTE_FORMAT")


def _ticks(low: int, high: int) -> list[tuple[int, str]]:
    """Give the starts of days between two minutes; quarters of days too where there are few."""
    first = low // 1440
    days = high // 1440 - first + 1
    step = max(1, -(-days // _MOST_TICK_DAYS))
    ticks = [((first + number) * 1440, "") for number in range(0, days, step)]
    if days <= _DAYS_WITH_HOURS:
        ticks = [
            (start + hour * 60, f"{hour:02}:00" if hour else "")
            for start, _label in ticks
            for hour in (0, 6, 12, 18)
        ]
    return [
        (minute, label or date_format(date(1970, 1, 1) + timedelta(days=minute // 1440), "j M"))
        for minute, label in ticks
    ]


def _drawn(
    name: str, title: str, description: str, width: int, draw: Callable[[charts.Frame], charts.Picture]
) -> SafeString:
    """Draw at one width. The texts are escaped by the charts themselves."""
    frame = charts.Frame(prefix=f"{name}-{width}", title=title, description=description, width=width)
    drawn: SafeString = mark_safe(draw(frame).svg)
    return drawn
