"""Announcements: the table of what was told, and one announcement opened."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from pledgeline.evidence import Basis, Standing, Treatment, Why, scope_of
from pledgeline.programme.announcements import Announcement, Stage
from pledgeline.programme.parties import JOINT
from pledgeline.queries.public_record import passes
from pledgeline.web import words
from pledgeline.web.asked import Asked, ask, show, show_table
from pledgeline.web.columns import Column, Day, Mark, Money, Several, Sources, Text
from pledgeline.web.fields import CHOICE, FormData, day_field
from pledgeline.web.parameters import parameters_of
from pledgeline.web.record_columns import other_columns, other_facts
from pledgeline.web.reports.excerpts import behind, said_otherwise
from pledgeline.web.tables import Table
from pledgeline.web.totals import StatedLine, lines_of

REASONS = [reason for reason in Why if reason is not Why.NOT_YET]


class AnnouncementFilter(forms.Form):
    """What the table of announcements can be narrowed by."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    partner = forms.ChoiceField(label=_("Partner"), required=False, error_messages=CHOICE)
    package = forms.ChoiceField(label=_("Package"), required=False, error_messages=CHOICE)
    stage = forms.ChoiceField(label=_("Stage as stated"), required=False, error_messages=CHOICE)
    treatment = forms.ChoiceField(label=_("Treatment"), required=False, error_messages=CHOICE)
    since = day_field(_("From"))
    until = day_field(_("To"))

    def __init__(self, data: FormData, *, asked: Asked) -> None:
        super().__init__(data, auto_id="filter-%s")
        programme = asked.programme
        codes = asked.snapshot.derived(
            "partner codes",
            lambda: sorted({code for row in asked.record.announcements for code in row.partners}),
        )
        partners = sorted(
            ((code, words.party_name(programme, code)) for code in codes), key=lambda pair: pair[1]
        )
        packages = [(package.id, package.id) for package in asked.record.packages]
        self._offer("partner", partners)
        self._offer("package", [*packages, ("-", _("no package named"))])
        self._offer("stage", [(stage.value, words.STAGES[stage]) for stage in Stage])
        groups = [
            (treatment.value, words.TREATMENTS[treatment])
            for treatment in (Treatment.COUNTED, Treatment.APART, Treatment.LEFT_OUT)
        ]
        self._offer("treatment", [*groups, *((why.value, words.WHYS[why]) for why in REASONS)])

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]

    def apply(self, rows: tuple[Standing, ...], asked: Asked) -> list[Standing]:
        """Keep the rows that were public on the day and pass every filter that is set."""
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        return [row for row in rows if passes(row, asked.day, wanted)]


def columns(asked: Asked) -> list[Column]:
    """Give the columns of the table and of its files, in the currency asked for."""
    day, programme, at = asked.day, asked.programme, asked.at

    def partner(code: str) -> str:
        return words.party_name(programme, code)

    def rates(row: Standing) -> str:
        return "; ".join(
            f"{rate.base}/{rate.currency} {rate.rate} ({rate.day}, {rate.source})"
            for rate in getattr(row.outcome, "rates", ())
        )

    def page(row: Standing) -> str:
        return at("announcement", row.announcement.id)

    return [
        Text("id", _("Number"), "announcement.id", link=page),
        Day(
            "announced",
            _("Announced on"),
            "announcement.announced_on",
            key=("announcement.announced_on", "announcement.id"),
            template="web/cells/announced.html",
        ),
        Text(
            "known_to",
            _("Precision"),
            lambda row: "month" if row.announcement.month_only else "day",
            shown=False,
        ),
        Several(
            "partner",
            _("Partner"),
            "announcement.partners",
            to=lambda code: at("partner", code),
            named=partner,
            joint=JOINT,
            key=lambda row: (
                len(row.announcement.partners) > 1,
                partner(JOINT.join(row.announcement.partners)),
            ),
        ),
        Text(
            "what",
            _("What was said"),
            "announcement.title",
            sortable=False,
            classes="what",
            link=page,
            quiet=True,
        ),
        Money("amount", _("Amount as announced"), "stated", empty=_("not stated")),
        Text("amount_currency", _("Currency"), _currency, shown=False),
        Money(
            "value",
            _("In %(currency)s") % {"currency": asked.currency},
            template="web/cells/valued.html",
        ),
        Text("valued", _("How valued"), named=words.VALUED.__getitem__, shown=False),
        Text("record", _("Record"), lambda _row: words.reach_on(programme, day), shown=False),
        Text(
            "not_converted",
            _("Why not converted"),
            lambda row: words.why_not_converted(row.outcome),
            shown=False,
        ),
        Text("rates", _("Rates used"), rates, shown=False),
        Text(
            "package",
            _("Package"),
            "announcement.package",
            empty="–",
            link=lambda row: at("package", row.announcement.package),
        ),
        Mark(
            "stage",
            _("Stage as stated"),
            "announcement.stage",
            named=words.STAGES.__getitem__,
            key=lambda row: list(Stage).index(row.announcement.stage),
            mark=lambda row: f"badge stage-{row.announcement.stage.value}",
        ),
        Mark(
            "treatment",
            _("Treatment"),
            lambda row: row.on(day)[0],
            named=words.TREATMENTS.__getitem__,
            key=lambda row: row.on(day),
            mark=lambda row: f"mark mark-{slugify(row.on(day)[0])}",
            note=lambda row: words.WHYS[row.on(day)[1]],
        ),
        Text("why", _("Why"), lambda row: row.on(day)[1], named=words.WHYS.__getitem__, shown=False),
        Text("earmark", _("Earmark"), "announcement.earmark", shown=False),
        Text("relates_to", _("Relates to"), lambda row: ";".join(row.announcement.relates_to), shown=False),
        Text("note", _("Note"), "announcement.note", shown=False),
        Sources("announcement.sources", shown=False),
        *other_columns("announcement", Announcement, IN_THE_LIST, below="announcement."),
    ]


IN_THE_LIST = frozenset(
    "id announced_on partners title amount package stage earmark relates_to note sources".split()
)
ON_THE_PAGE = IN_THE_LIST | {"reported_usd", "relation"}
"""Fields of which list and page say more than their kind does."""


def _currency(row: Standing) -> str | None:
    amount = row.announcement.amount
    return amount.currency if amount is not None else None


def announcements_table(
    request: HttpRequest,
    asked: Asked,
    rows: Sequence[Standing] | Callable[[str], Sequence[Standing]],
    *,
    files: str = "",
) -> Table:
    """Put announcements into a table; other pages show their part of them with the same columns."""
    return Table(
        request,
        name=f"{asked.programme.slug}-announcements",
        caption=_("Announcements"),
        columns=columns(asked),
        rows=rows,
        sort="-announced",
        row_classes=lambda row: f"t-{slugify(row.on(asked.day)[0])}",
        empty=_("No announcement passes these filters."),
        files=files,
    )


def _filtered(request: HttpRequest, asked: Asked) -> tuple[AnnouncementFilter, Table]:
    parameters = parameters_of(request)
    form = parameters.form(AnnouncementFilter(parameters.data, asked=asked))
    rows = form.apply(asked.public(), asked)
    return form, announcements_table(request, asked, rows, files="announcements-file")


def announcements_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the announcements, or give those that pass the filters as a file."""
    asked = ask(request, slug)
    if format_:
        return _filtered(request, asked)[1].file(format_)

    def context() -> dict[str, Any]:
        form, table = _filtered(request, asked)
        return {"table": table, "filters": form, "told": asked.told()}

    return show_table(request, "web/announcements.html", asked, context)


def announcement_page(request: HttpRequest, slug: str, id_: str) -> HttpResponse:
    asked = ask(request, slug)
    row = asked.row(id_)
    if row is None:
        raise Http404
    treatment, why = row.on(asked.day)
    related = [asked.row(other) for other in row.announcement.relates_to]
    pointing = asked.snapshot.derived(("pointing", asked.currency), lambda: _pointing(asked.rows())).get(
        id_, ()
    )
    return show(
        request,
        "web/announcement.html",
        asked,
        row=row,
        treatment=treatment,
        why=why,
        related=[other for other in related if other],
        pointing=pointing,
        compared=_compared_with(asked, row),
        withheld=asked.snapshot.withheld("announcements"),
        other_facts=other_facts("announcement", row.announcement, ON_THE_PAGE),
        claims_behind=behind(request, asked, "announcement", id_),
        otherwise=said_otherwise(asked, f"announcement {id_}"),
    )


def _pointing(rows: tuple[Standing, ...]) -> dict[str, list[Standing]]:
    pointing: dict[str, list[Standing]] = {}
    for row in rows:
        for other in row.announcement.relates_to:
            pointing.setdefault(other, []).append(row)
    return pointing


def _compared_with(asked: Asked, row: Standing) -> list[StatedLine]:
    """Find the stated sums of money whose counterpart of ours this row is part of."""
    return lines_of(
        asked,
        (
            stated
            for stated in asked.record.stated_totals
            if stated.amount is not None
            and (scope := scope_of(stated)).basis is not Basis.NONE
            and row.on(scope.told_on)[0] is Treatment.COUNTED
            and scope.holds(row)
        ),
    )
