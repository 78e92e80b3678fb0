"""Packages as far as they were made public, and one package opened."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from pledgeline.evidence import Standing, Treatment, Why, sum_of
from pledgeline.money import Amount
from pledgeline.programme.packages import ReportedPackage
from pledgeline.web import words
from pledgeline.web.announcements import announcements_table
from pledgeline.web.asked import Asked, ask, show
from pledgeline.web.deliveries import reported_by
from pledgeline.web.tables import Column, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageLine:
    """One package with the sum of the counted rows that name it, in the currency asked for.

    `delivery_on` is the day of the first delivery report, empty where it came after the day asked for.
    """

    package: ReportedPackage
    told: Amount
    delivery_on: date | None


def package_lines(asked: Asked) -> list[PackageLine]:
    """Give the packages made public by the day, each with its counted rows."""
    shares: dict[str, list[Standing]] = {}
    for row in asked.told().counted:
        shares.setdefault(row.announcement.package, []).append(row)
    return [
        PackageLine(
            package=package,
            told=sum_of(shares.get(package.id, ()), asked.currency),
            delivery_on=_by(package.delivery_reported_on, asked.day),
        )
        for package in asked.record.packages
        if package.announced_on <= asked.day
    ]


def _by(when: date | None, day: date) -> date | None:
    return when if when is not None and when <= day else None


def _table(request: HttpRequest, asked: Asked) -> Table:
    def funders(line: PackageLine) -> str:
        return words.party_name(asked.programme, "+".join(line.package.funders))

    return Table(
        request,
        name=f"{asked.programme.slug}-packages",
        caption=_("Packages as reported"),
        columns=[
            Column(
                name="id",
                label=_("Package"),
                value=lambda line: line.package.id,
                key=lambda line: line.package.id,
            ),
            Column(
                name="number",
                label=_("Number, where sources agree"),
                number=True,
                shown=False,
                value=lambda line: line.package.number,
            ),
            Column(
                name="announced",
                label=_("Announced on"),
                value=lambda line: line.package.announced_on,
                key=lambda line: (line.package.announced_on, line.package.id),
            ),
            Column(name="funders", label=_("Partners"), value=funders, key=funders),
            Column(
                name="value",
                label=_("Value as stated"),
                number=True,
                value=lambda line: line.package.value and line.package.value.major,
                key=lambda line: (
                    line.package.value and (line.package.value.currency, line.package.value.minor)
                ),
            ),
            Column(
                name="currency",
                label=_("Currency"),
                shown=False,
                value=lambda line: line.package.currency,
            ),
            Column(
                name="told",
                label=_("Counted rows that name it, %(currency)s") % {"currency": asked.currency},
                number=True,
                value=lambda line: line.told.major,
                key=lambda line: line.told.minor,
            ),
            Column(
                name="contents", label=_("Contents as reported"), value=lambda line: line.package.contents
            ),
            Column(
                name="delivery",
                label=_("Delivery first reported on"),
                value=lambda line: line.delivery_on,
                key=lambda line: line.delivery_on,
            ),
            Column(name="note", label=_("Note"), shown=False, value=lambda line: line.package.note),
            Column(
                name="sources",
                label=_("Sources"),
                shown=False,
                value=lambda line: ";".join(line.package.sources),
            ),
        ],
        rows=package_lines(asked),
        sort="announced",
        row_template="web/rows/package.html",
        empty=_("No package was public by this day."),
    )


def packages_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask(request, slug)
    return show(
        request,
        "web/packages.html",
        asked,
        table=_table(request, asked),
        withheld=asked.snapshot.withheld("packages"),
        file_url="web:packages-file",
    )


def packages_file(request: HttpRequest, slug: str, format_: str) -> HttpResponse:
    return _table(request, ask(request, slug)).file(format_)


def package_page(request: HttpRequest, slug: str, id_: str) -> HttpResponse:
    asked = ask(request, slug)
    package = asked.package(id_)
    if package is None:
        raise Http404
    rows = [row for row in asked.rows() if row.announcement.package == id_]
    public = [(row, *row.on(asked.day)) for row in rows]
    counted = [row for row, treatment, _why in public if treatment is Treatment.COUNTED]
    joint = [row for row, _treatment, why in public if why is Why.REPEATS]
    elsewhere = {other for row in joint for other in row.announcement.relates_to}
    through = [
        row
        for row in asked.told().counted
        if row.announcement.id in elsewhere and row.announcement.package != id_
    ]
    return show(
        request,
        "web/package.html",
        asked,
        package=package,
        withheld=asked.snapshot.withheld("packages"),
        counted=counted,
        told=sum_of(counted, asked.currency),
        through=through,
        silent=[row for row in counted if row.value is None],
        delivery_on=_by(package.delivery_reported_on, asked.day),
        deliveries=[delivery for delivery in reported_by(asked) if id_ in delivery.packages],
        table=announcements_table(
            request, asked, [row for row, treatment, _why in public if treatment is not Treatment.NOT_YET]
        ),
    )
