"""Packages that plans formed: listed, and one opened, with its units, and the money on its lines."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, may
from pledgeline.accounts.table import row_of_step
from pledgeline.ledger import State
from pledgeline.programme import steps
from pledgeline.queries.ocds import missing_right
from pledgeline.queries.orders import lines_to_order
from pledgeline.queries.packages import lines_of
from pledgeline.records.models import FormedPackage, PlanRun
from pledgeline.web.asked import Asked, ask, books_for, show, visitor
from pledgeline.web.columns import Day, Text, Timestamp
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of
from pledgeline.web.tables import Table


def formed_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponse:
    """Show the packages of a programme, or give them as a file; or open the one that the address names."""
    asked = ask(request, slug)
    if not may(visitor(request), Act.SEE_PLANS, slug):
        return not_yours(request, Act.SEE_PLANS)
    if format_:
        return _table(request, asked).file(format_)
    if key := parameters_of(request).text("key"):
        return _one(request, asked, key)
    table = _table(request, asked)
    gives_ocds = bool(table.rows) and missing_right(slug, visitor(request)) is None
    return show(request, "web/chain/formed.html", asked, table=table, gives_ocds=gives_ocds)


def _table(request: HttpRequest, asked: Asked) -> Table:
    def page(row: FormedPackage) -> str:
        return asked.at("formed", key=row.key)

    return Table(
        request,
        name=f"{asked.programme.slug}-packages-formed",
        caption=_("Packages of the programme"),
        columns=[
            Text("package", _("Package"), "key", link=page),
            Text("plan", _("Of the plan"), "plan.run.input.name"),
            Timestamp("formed", _("Accepted"), "formed_at"),
            Text("by", _("by"), "formed_by"),
            Day("until", _("Reserved until"), "reserved_until"),
        ],
        rows=FormedPackage.objects.filter(programme__slug=asked.programme.slug).select_related(
            "plan__run__input"
        ),
        sort="-formed",
        empty=_("No plan has been accepted yet. Accept one, and its packages stand here."),
        files="formed-file",
    )


def _one(request: HttpRequest, asked: Asked, key: str) -> HttpResponse:
    rows = FormedPackage.objects.filter(programme__slug=asked.programme.slug, key=key)
    package = rows.select_related("plan__run__input").first()
    if package is None:
        raise Http404(f"there is no package {key!r}")
    books = books_for(request, asked.programme.slug)
    may_order = may(visitor(request), row_of_step("order", "write"), asked.programme.slug)
    return show(
        request,
        "web/chain/formed_one.html",
        asked,
        package=package,
        lines=lines_of(package, books.state if books else State()),
        sees_books=books is not None,
        sees_plan=PlanRun.objects.visible_to(visitor(request), asked.programme.slug)
        .filter(pk=package.plan.run_id)
        .exists(),
        orders=package.orders.exclude(state=steps.State.CANCELLED),
        to_order=lines_to_order(package, books.state) if books and may_order else {},
    )
