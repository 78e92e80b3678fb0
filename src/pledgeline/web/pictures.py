"""From the record to the pictures: what each shows, its table, its file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pledgeline import charts
from pledgeline.evidence import Basis, Standing, Treatment, ranked_totals, scope_of
from pledgeline.money import Amount, in_full, in_short
from pledgeline.programme.parties import JOINT
from pledgeline.web import words
from pledgeline.web.addresses import address_of
from pledgeline.web.asked import Asked
from pledgeline.web.definitions import DEFINITIONS
from pledgeline.web.downloads import attached
from pledgeline.web.totals import key_of

WIDE, HALF, NARROW = 1080, 520, 330
"""The widths in px at which pictures are drawn: a card of its own, half a row, a telephone."""

OTHERS = "+"
"""Stands for all packages beyond those that a flow tells apart: no package can have this key."""

MOST_SERIES, MOST_NODES = 7, 14
"""How many partners are told apart in a stack and in a flow; the others stand together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture as a page shows it: drawn wide and narrow, with its table, definition and file."""

    name: str
    title: str | Promise
    note: str
    svg: SafeString
    narrow: SafeString
    file: str
    header: list[str]
    lines: list[list[str]]

    @property
    def definition(self) -> str:
        return self.name


def as_file(picture: Shown, name: str) -> HttpResponse:
    """Give the wide drawing as an SVG file that needs no page around it."""
    return attached(charts.standalone(picture.svg), f"{name}.svg", "image/svg+xml; charset=utf-8")


def _address(asked: Asked, name: str, *args: str, **more: str) -> str:
    address = address_of(name, asked.programme.slug, *args)
    parameters = {**asked.kept, **more}
    return f"{address}?{urlencode(parameters)}" if parameters else address


def _once(asked: Asked, name: str, draw: Callable[[], Shown]) -> Shown:
    key = ("picture", name, asked.currency, asked.day, asked.today, words.locale())
    return asked.snapshot.derived(key, draw)


def _draw(
    name: str,
    title: object,
    description: str,
    widths: Sequence[int],
    draw: Callable[[charts.Frame], charts.Picture],
) -> list[SafeString]:
    """Draw at each width. The texts are escaped by the charts themselves."""
    drawn = []
    for width in widths:
        frame = charts.Frame(prefix=f"{name}-{width}", title=str(title), description=description, width=width)
        drawn.append(mark_safe(draw(frame).svg))
    return drawn


def _short(asked: Asked) -> Callable[[int], str]:
    return lambda minor: in_short(Amount(minor, asked.currency), words.locale())


def _full(asked: Asked, minor: int) -> str:
    return in_full(Amount(minor, asked.currency), words.locale())


def _as_of(asked: Asked) -> str:
    day = date_format(asked.day, "LONG_DAY_FORMAT")
    return _("As of %(day)s, in %(currency)s.") % {"day": day, "currency": asked.currency}


# Steps: announced money over time.


def _levels(rows: Iterable[Standing], day: date) -> tuple[tuple[date, int], ...]:
    """Give the sum of the counted rows from each day on which it changes, up to `day`."""
    changes: dict[date, int] = {}
    for row in rows:
        announced = row.announcement.announced_on
        if row.value is None or row.on(announced)[0] is not Treatment.COUNTED or announced > day:
            continue
        changes[announced] = changes.get(announced, 0) + row.value.minor
        if row.dropped_on is not None and row.dropped_on <= day:
            changes[row.dropped_on] = changes.get(row.dropped_on, 0) - row.value.minor
    level, levels = 0, []
    for when in sorted(changes):
        level += changes[when]
        levels.append((when, level))
    return tuple(levels)


def _months(since: date, until: date) -> list[date]:
    """List the last day of every month from `since` to `until`, and `until` itself at the end."""
    ends = []
    first = date(since.year, since.month, 1)
    while first <= until:
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        ends.append(min(following - timedelta(days=1), until))
        first = following
    return ends


def _level_at(levels: tuple[tuple[date, int], ...], day: date) -> int:
    return next((level for when, level in reversed(levels) if when <= day), 0)


def _steps(
    asked: Asked,
    *,
    name: str,
    groups: list[tuple[str, str, list[Standing]]],
    marks: Sequence[charts.StatedMark],
    days: Sequence[date],
    note: str,
    file: str,
) -> Shown:
    """Draw groups of rows (name, address, rows) as stacked steps up to the day asked for."""
    title = DEFINITIONS[name][0]
    public = [when for when in days if when <= asked.day]
    since = min(public, default=asked.day).replace(day=1)
    until = max(since, min(asked.day, max(asked.today, max(public, default=asked.day))))
    series = [
        charts.Series(name=label, points=_levels(rows, asked.day), href=href) for label, href, rows in groups
    ]

    def draw(frame: charts.Frame) -> charts.Picture:
        return charts.steps(
            series,
            frame=frame,
            since=since,
            until=until,
            data_until=min(
                until, max((row.announced_on for row in asked.record.announcements), default=until)
            ),
            amount=_short(asked),
            month=lambda day: date_format(day, "M"),
            no_data_label=_("nothing in the record"),
            no_entries_label=_("month without an announcement"),
            empty_label=_("Nothing had been announced by this day."),
            marks=marks,
            marks_label=_("total that somebody stated"),
            entries=public,
        )

    wide, narrow = _draw(name, title, note, (WIDE, NARROW), draw)
    ends = _months(since, min(until, max(public, default=until)))
    lines = []
    for end in ends:
        levels = [_level_at(band.points, end) for band in series]
        lines.append(
            [date_format(end, "DAY_FORMAT"), *(_full(asked, level) for level in (*levels, sum(levels)))]
        )
    return Shown(
        name=name,
        title=title,
        note=note,
        svg=wide,
        narrow=narrow,
        file=file,
        header=[_("End of"), *(band.name for band in series), _("Together")],
        lines=lines,
    )


def programme_steps(asked: Asked) -> Shown:
    """Draw the announced money of all partners over time, with the stated totals as marks."""
    return _once(asked, "steps", lambda: _programme_steps(asked))


def _programme_steps(asked: Asked) -> Shown:
    totals = asked.told().by(lambda row: JOINT.join(row.partners))
    greatest = sorted(totals, key=lambda code: (-totals[code].minor, code))
    chosen = [code for code in greatest[:MOST_SERIES] if totals[code].minor]
    rows: dict[str, list[Standing]] = {}
    for row in asked.rows():
        rows.setdefault(JOINT.join(row.announcement.partners), []).append(row)
    groups = [
        (words.party_name(asked.programme, code), _address(asked, "partner", code), rows.pop(code))
        for code in chosen
    ]
    others = [row for some in rows.values() for row in some]
    if others:
        groups.append((_("all others"), _address(asked, "partners"), others))
    marks = [
        charts.StatedMark(
            day=stated.as_of,
            value=stated.amount.minor,
            label=f"{in_short(stated.amount, words.locale())}, {stated.said_by}, "
            f"{date_format(stated.as_of, 'DAY_FORMAT')}",
            href=_address(asked, "total", key_of(stated)),
        )
        for stated in asked.stated()
        if stated.amount is not None
        and stated.amount.currency == asked.currency
        and scope_of(stated).basis is Basis.TOTAL
    ]
    return _steps(
        asked,
        name="steps",
        groups=groups,
        marks=marks,
        days=[row.announced_on for row in asked.record.announcements],
        note=_as_of(asked),
        file=_address(asked, "picture", "steps"),
    )


def partner_steps(asked: Asked, code: str) -> Shown:
    """Draw the announced money of one partner, or of one joint group, over time."""
    rows = [row for row in asked.rows() if JOINT.join(row.announcement.partners) == code]
    name = words.party_name(asked.programme, code)
    return _steps(
        asked,
        name="partner-steps",
        groups=[(name, "", rows)],
        marks=[],
        days=[row.announcement.announced_on for row in rows],
        note=_as_of(asked),
        file=_address(asked, "partner-picture", code),
    )


# Flow: from partners to packages.


def programme_flow(asked: Asked) -> Shown:
    """Draw which packages the counted money of each partner was told for."""
    return _once(asked, "flow", lambda: _programme_flow(asked))


def _programme_flow(asked: Asked) -> Shown:
    title = DEFINITIONS["flow"][0]
    left, grouped = _flow_sums(asked)
    right = sorted(
        {package for _code, package in grouped}, key=lambda name: (name == "", name == OTHERS, name)
    )
    names = {code: words.party_name(asked.programme, code) if code else _("all others") for code in left}
    labels = {package: package or _("no package named") for package in right}
    if OTHERS in labels:
        labels[OTHERS] = _("all other packages")
    layers = [
        [
            charts.FlowNode(key=f"p {code}", name=names[code], href=_partner_address(asked, code))
            for code in left
        ],
        [
            charts.FlowNode(key=f"k {package}", name=labels[package], href=_package_address(asked, package))
            for package in right
        ],
    ]
    links = [
        charts.FlowLink(
            source=f"p {code}",
            target=f"k {package}",
            value=minor,
            title=f"{names[code]} → {labels[package]}: {_full(asked, minor)}",
            href=_link_address(asked, code, package),
        )
        for (code, package), minor in sorted(
            grouped.items(), key=lambda item: (left.index(item[0][0]), right.index(item[0][1]))
        )
    ]

    def draw(frame: charts.Frame) -> charts.Picture:
        return charts.flow(
            layers,
            links,
            frame=frame,
            amount=_short(asked),
            empty_label=_("No counted money yet on this day."),
        )

    note = _as_of(asked)
    wide, narrow = _draw("flow", title, note, (WIDE, NARROW), draw)
    return Shown(
        name="flow",
        title=title,
        note=note,
        svg=wide,
        narrow=narrow,
        file=_address(asked, "picture", "flow"),
        header=[_("Partner"), *(labels[package] for package in right)],
        lines=[
            [names[code], *(_full(asked, grouped.get((code, package), 0)) for package in right)]
            for code in left
        ],
    )


def _flow_sums(asked: Asked) -> tuple[list[str], dict[tuple[str, str], int]]:
    """Give the partners that are told apart, the largest first, and what each, or all others, gave for a package."""
    sums: dict[tuple[str, str], int] = {}
    partners: dict[str, int] = {}
    for row in asked.told().counted:
        if row.value is None or row.value.minor <= 0:
            continue
        code, package = JOINT.join(row.announcement.partners), row.announcement.package
        sums[code, package] = sums.get((code, package), 0) + row.value.minor
        partners[code] = partners.get(code, 0) + row.value.minor
    greatest = sorted(partners, key=lambda code: (-partners[code], code))
    apart = greatest if len(greatest) <= MOST_NODES else greatest[: MOST_NODES - 1]
    sizes: dict[str, int] = {}
    for (_code, package), minor in sums.items():
        if package:
            sizes[package] = sizes.get(package, 0) + minor
    largest = sorted(sizes, key=lambda package: (-sizes[package], package))
    named = {"", *(largest if len(largest) <= MOST_NODES else largest[: MOST_NODES - 1])}
    grouped: dict[tuple[str, str], int] = {}
    for (code, package), minor in sums.items():
        key = (code if code in apart else "", package if package in named else OTHERS)
        grouped[key] = grouped.get(key, 0) + minor
    return [*apart, *([""] if len(apart) < len(greatest) else [])], grouped


def _partner_address(asked: Asked, code: str) -> str:
    return _address(asked, "partner", code) if code else _address(asked, "partners")


def _package_address(asked: Asked, package: str) -> str:
    if package == OTHERS:
        return _address(asked, "packages")
    return _address(asked, "package", package) if package else _link_address(asked, "", package)


def _link_address(asked: Asked, code: str, package: str) -> str:
    """Give the address of the counted rows of one partner for one package, as far as they can be filtered."""
    filters = {"treatment": "counted"}
    if package != OTHERS:
        filters["package"] = package or "-"
    if code and JOINT not in code:
        filters["partner"] = code
    return _address(asked, "announcements", **filters)


# The map.


def partner_map(asked: Asked) -> Shown:
    """Draw the counted money of each partner on the map of squares."""
    return _once(asked, "map", lambda: _partner_map(asked))


def _partner_map(asked: Asked) -> Shown:
    title = DEFINITIONS["map"][0]
    told = asked.told()
    totals = told.by(lambda row: JOINT.join(row.partners))
    valued: dict[str, int] = {}
    for row in told.counted:
        if row.value is not None:
            code = JOINT.join(row.announcement.partners)
            valued[code] = valued.get(code, 0) + 1
    places = [
        charts.Tile(
            code=code,
            name=words.party_name(asked.programme, code),
            value=total.minor if code in valued else None,
            text=in_short(total, words.locale()) if code in valued else _("amount not stated"),
            href=_address(asked, "partner", code),
        )
        for code, total in sorted(_few_groups(totals).items(), key=lambda item: -item[1].minor)
    ]

    def draw(frame: charts.Frame) -> charts.Picture:
        return charts.tiles(
            places,
            frame=frame,
            amount=_short(asked),
            no_amount_label=_("amount not stated"),
            absent_label=_("nothing counted"),
            elsewhere_label=_("Without a square"),
            empty_label=_("No partner had announced anything by this day."),
            recipient=asked.programme.recipient,
            recipient_label=_("recipient"),
        )

    note = _as_of(asked)
    half, narrow = _draw("map", title, note, (HALF, NARROW), draw)
    return Shown(
        name="map",
        title=title,
        note=note,
        svg=half,
        narrow=narrow,
        file=_address(asked, "picture", "map"),
        header=[_("Partner"), _("Counted"), _("Rows with an amount")],
        lines=[
            [place.name, _full(asked, place.value or 0), str(valued.get(place.code, 0))] for place in places
        ],
    )


def _few_groups(totals: dict[str, Amount]) -> dict[str, Amount]:
    """Keep every partner, and of the joint groups the largest: the map has no squares for them."""
    groups = sorted((code for code in totals if JOINT in code), key=lambda code: (-totals[code].minor, code))
    left_out = set(groups[MOST_NODES:])
    return {code: total for code, total in totals.items() if code not in left_out}


# Bars: what each partner announced, and what was stated of it.


def partner_bars(asked: Asked) -> Shown:
    """Draw the counted money of each partner beside the newest total stated for it."""
    return _once(asked, "bars", lambda: _partner_bars(asked))


def _partner_bars(asked: Asked) -> Shown:
    title = DEFINITIONS["bars"][0]
    told = asked.told()
    counted: dict[str, int] = {}
    again: dict[str, int] = {}
    for row in told.counted:
        if len(row.announcement.partners) == 1 and row.value is not None:
            code = row.announcement.partners[0]
            counted[code] = counted.get(code, 0) + row.value.minor
    for row, _why in told.left_out:
        if len(row.announcement.partners) == 1:
            code = row.announcement.partners[0]
            again[code] = again.get(code, 0) + 1
    stated: dict[str, int] = {}
    for total in ranked_totals(asked.stated(), asked.programme.official_speakers):
        scope = scope_of(total)
        if scope.basis is Basis.PARTNER and total.amount and total.amount.currency == asked.currency:
            stated.setdefault(scope.partner, total.amount.minor)
    codes = sorted({*counted, *again}, key=lambda code: (-counted.get(code, 0), code))
    given = [
        charts.Bar(
            name=words.party_name(asked.programme, code),
            value=counted.get(code, 0),
            reference=stated.get(code),
            href=_address(asked, "partner", code),
        )
        for code in codes
    ]

    def draw(frame: charts.Frame) -> charts.Picture:
        return charts.bars(
            given,
            frame=frame,
            amount=_short(asked),
            empty_label=_("No partner had announced anything by this day."),
            value_label=_("counted"),
            reference_label=_("newest stated total"),
        )

    note = _as_of(asked)
    half, narrow = _draw("bars", title, note, (HALF, NARROW), draw)
    return Shown(
        name="bars",
        title=title,
        note=note,
        svg=half,
        narrow=narrow,
        file=_address(asked, "picture", "bars"),
        header=[_("Partner"), _("Counted"), _("Rows announced again, not counted"), _("Newest stated total")],
        lines=[
            [
                bar.name,
                _full(asked, bar.value),
                str(again.get(code, 0)),
                _full(asked, stated[code]) if code in stated else "–",
            ]
            for code, bar in zip(codes, given, strict=True)
        ],
    )
