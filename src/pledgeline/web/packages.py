"""Packages as far as they were made public, and one package opened."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from pledgeline.evidence import Standing, Treatment, Why, sum_of
from pledgeline.money import Amount
from pledgeline.programme.packages import ReportedPackage
from pledgeline.web import words
from pledgeline.web.announcements import announcements_table
from pledgeline.web.asked import Asked, ask, show, show_table
from pledgeline.web.columns import Column, Day, Money, Ordinal, Several, Sources, Text
from pledgeline.web.record_columns import other_columns, other_facts
from pledgeline.web.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageWithSum:
    """One package with the sum of the counted rows that name it, in the currency asked for.

    `delivery_on` is the day of the first delivery report, empty where it came after the day asked for.
    """

    package: ReportedPackage
    told: Amount
    delivery_on: date | None


def package_lines(asked: Asked) -> list[PackageWithSum]:
    """Give the packages made public by the day, each with its counted rows."""
    shares: dict[str, list[Standing]] = {}
    for row in asked.told().counted:
        shares.setdefault(row.announcement.package, []).append(row)
    return [
        PackageWithSum(
            package=package,
            told=sum_of(shares.get(package.id, ()), asked.currency),
            delivery_on=_by(package.delivery_reported_on, asked.day),
        )
        for package in asked.packages()
    ]


def _by(when: date | None, day: date) -> date | None:
    return when if when is not None and when <= day else None


SHOWN = frozenset(
    "id number announced_on value currency funders contents delivery_reported_on sources note".split()
)
"""Fields that have a column, and a place on the page, of their own."""


def _table(request: HttpRequest, asked: Asked) -> Table:
    return Table(
        request,
        name=f"{asked.programme.slug}-packages",
        caption=_("Packages as reported"),
        columns=_columns(asked),
        rows=package_lines(asked),
        sort="announced",
        empty=_("No package was public by this day."),
        files="packages-file",
    )


def _columns(asked: Asked) -> list[Column]:
    at, withheld = asked.at, asked.snapshot.withheld("packages")
    return [
        Text(
            "id",
            _("Package"),
            "package.id",
            link=lambda line: at("package", line.package.id),
            note=lambda line: (
                line.package.number and translated("no. %(number)s") % {"number": line.package.number}
            ),
        ),
        Ordinal("number", _("Number, if sources agree"), "package.number", shown=False),
        Day(
            "announced",
            _("Announced on"),
            "package.announced_on",
            key=("package.announced_on", "package.id"),
        ),
        Several(
            "funders",
            _("Partners"),
            "package.funders",
            to=lambda code: at("partner", code),
            named=lambda code: words.party_name(asked.programme, code),
            names_filed=True,
        ),
        Money("value", _("Value as stated"), "package.value", empty=_("not stated")),
        Text("value_currency", _("Currency"), "package.currency", shown=False),
        Money(
            "told",
            _("Counted rows that name it, %(currency)s") % {"currency": asked.currency},
            link=lambda line: at("announcements", package=line.package.id, treatment="counted"),
            quiet=True,
        ),
        Text(
            "contents",
            _("Contents as reported"),
            "package.contents",
            sortable=False,
            classes="what",
            empty=_("not public"),
            withheld="contents" in withheld,
        ),
        Day(
            "delivery",
            _("Delivery first reported on"),
            "delivery_on",
            empty=_("no report"),
            withheld="delivery_reported_on" in withheld,
        ),
        Text("note", _("Note"), "package.note", shown=False),
        Sources("package.sources", shown=False),
        *other_columns("reported-package", ReportedPackage, SHOWN, below="package."),
    ]


def packages_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the packages, or give them as a file."""
    asked = ask(request, slug)
    if format_:
        return _table(request, asked).file(format_)
    return show_table(request, "web/packages.html", asked, lambda: {"table": _table(request, asked)})


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
        other_facts=other_facts("reported-package", package, SHOWN),
        package=package,
        withheld=asked.snapshot.withheld("packages"),
        counted=counted,
        told=sum_of(counted, asked.currency),
        through=through,
        silent=[row for row in counted if row.value is None],
        delivery_on=_by(package.delivery_reported_on, asked.day),
        deliveries=[delivery for delivery in asked.deliveries() if id_ in delivery.packages],
        table=announcements_table(
            request, asked, [row for row, treatment, _why in public if treatment is not Treatment.NOT_YET]
        ),
    )
