"""Announcements: the table of what was told, and one announcement opened."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from pledgeline.evidence import Basis, Standing, Treatment, Why, scope_of
from pledgeline.programme.announcements import Stage
from pledgeline.web import words
from pledgeline.web.asked import Asked, ask, part_of, show
from pledgeline.web.fields import CHOICE, day_field
from pledgeline.web.parameters import parameters_of
from pledgeline.web.tables import Column, Table
from pledgeline.web.totals import StatedLine, lines_of

REASONS = [reason for reason in Why if reason is not Why.NOT_YET]


class FilterForm(forms.Form):
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

    def __init__(self, data: Any, *, asked: Asked) -> None:
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
        needle = str(wanted.get("q", "")).casefold()
        kept = []
        for row in rows:
            treatment, why = row.on(asked.day)
            announcement = row.announcement
            if (
                treatment is not Treatment.NOT_YET
                and ("partner" not in wanted or wanted["partner"] in announcement.partners)
                and ("package" not in wanted or wanted["package"] == (announcement.package or "-"))
                and ("stage" not in wanted or wanted["stage"] == announcement.stage.value)
                and ("treatment" not in wanted or wanted["treatment"] in (treatment.value, why.value))
                and ("since" not in wanted or announcement.announced_on >= wanted["since"])
                and ("until" not in wanted or announcement.announced_on <= wanted["until"])
                and (not needle or needle in _text(announcement))
            ):
                kept.append(row)
        return kept


def _text(announcement: Any) -> str:
    return " ".join(
        (announcement.id, announcement.title, announcement.earmark, announcement.note, announcement.package)
    ).casefold()


def columns(asked: Asked) -> list[Column]:
    """Give the columns of the table and of its files, in the currency asked for."""
    day, programme, currency = asked.day, asked.programme, asked.currency
    columns = [
        Column(
            name="id",
            label=_("Number"),
            value=lambda row: row.announcement.id,
            key=lambda row: row.announcement.id,
        ),
        Column(
            name="announced",
            label=_("Announced on"),
            value=lambda row: row.announcement.announced_on,
            key=lambda row: (row.announcement.announced_on, row.announcement.id),
        ),
        Column(
            name="known_to",
            label=_("Known to the"),
            shown=False,
            value=lambda row: "month" if row.announcement.month_only else "day",
        ),
        Column(
            name="partner",
            label=_("Partner"),
            value=lambda row: "+".join(row.announcement.partners),
            key=lambda row: (
                len(row.announcement.partners) > 1,
                words.party_name(programme, "+".join(row.announcement.partners)),
            ),
        ),
        Column(name="what", label=_("What was said"), value=lambda row: row.announcement.title),
        Column(
            name="amount",
            label=_("Amount as announced"),
            number=True,
            value=lambda row: row.stated and row.stated.major,
            key=lambda row: row.stated and (row.stated.currency, row.stated.minor),
        ),
        Column(
            name="amount_currency",
            label=_("Currency"),
            shown=False,
            value=lambda row: row.announcement.amount and row.announcement.amount.currency,
        ),
        Column(
            name="value",
            label=_("In %(currency)s") % {"currency": currency},
            number=True,
            value=lambda row: row.value and row.value.major,
            key=lambda row: row.value and row.value.minor,
        ),
        Column(
            name="valued", label=_("How valued"), shown=False, value=lambda row: str(words.VALUED[row.valued])
        ),
        Column(
            name="record",
            label=_("Record"),
            shown=False,
            value=lambda row: words.reach_on(programme, day),
        ),
        Column(
            name="not_converted",
            label=_("Why not converted"),
            shown=False,
            value=lambda row: words.why_not_converted(row.outcome),
        ),
        Column(
            name="rates",
            label=_("Rates used"),
            shown=False,
            value=lambda row: "; ".join(
                f"{rate.base}/{rate.currency} {rate.rate} ({rate.day}, {rate.source})"
                for rate in getattr(row.outcome, "rates", ())
            ),
        ),
        Column(
            name="package",
            label=_("Package"),
            value=lambda row: row.announcement.package,
            key=lambda row: row.announcement.package or None,
        ),
        Column(
            name="stage",
            label=_("Stage as stated"),
            value=lambda row: str(words.STAGES[row.announcement.stage]),
            key=lambda row: list(Stage).index(row.announcement.stage),
        ),
        Column(
            name="treatment",
            label=_("Treatment"),
            value=lambda row: str(words.TREATMENTS[row.on(day)[0]]),
            key=lambda row: row.on(day),
        ),
        Column(name="why", label=_("Why"), shown=False, value=lambda row: str(words.WHYS[row.on(day)[1]])),
        Column(name="earmark", label=_("Earmark"), shown=False, value=lambda row: row.announcement.earmark),
        Column(
            name="relates_to",
            label=_("Relates to"),
            shown=False,
            value=lambda row: ";".join(row.announcement.relates_to),
        ),
        Column(name="note", label=_("Note"), shown=False, value=lambda row: row.announcement.note),
        Column(
            name="sources",
            label=_("Sources"),
            shown=False,
            value=lambda row: ";".join(row.announcement.sources),
        ),
    ]
    return columns


def announcements_table(request: HttpRequest, asked: Asked, rows: Any, *, per_page: int = 50) -> Table:
    """Put announcements into a table; other pages show their part of them with the same columns."""
    return Table(
        request,
        name=f"{asked.programme.slug}-announcements",
        caption=_("Announcements"),
        columns=columns(asked),
        rows=rows,
        sort="-announced",
        row_template="web/rows/announcement.html",
        empty=_("No announcement passes these filters."),
        per_page=per_page,
    )


def _filtered(request: HttpRequest, asked: Asked) -> tuple[FilterForm, Table]:
    parameters = parameters_of(request)
    form = parameters.form(FilterForm(parameters.data, asked=asked))
    return form, announcements_table(request, asked, form.apply(asked.public(), asked))


def announcements_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask(request, slug)

    def context() -> dict[str, Any]:
        form, table = _filtered(request, asked)
        return {"table": table, "filters": form, "told": asked.told(), "file_url": "web:announcements-file"}

    if getattr(request, "htmx", False):
        return show(request, "web/_table.html", asked, **context())
    return show(request, "web/announcements.html", asked, part=part_of(request, asked, context=context))


def announcements_file(request: HttpRequest, slug: str, format_: str) -> HttpResponse:
    return _filtered(request, ask(request, slug))[1].file(format_)


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
