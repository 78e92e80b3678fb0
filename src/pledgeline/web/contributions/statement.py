"""The statement of account of a contribution: what was received, what it became, and what is left until when."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from pledgeline.ledger.contributions import ContributionStatement
from pledgeline.money import Amount
from pledgeline.queries.statements import shown_statement
from pledgeline.web import typeset
from pledgeline.web.basis import file_stem
from pledgeline.web.books.asked import mark_of
from pledgeline.web.books.words import account_name
from pledgeline.web.columns import Cell
from pledgeline.web.contributions.asked import ContributionRequest, of_contributions
from pledgeline.web.contributions.statement_pdf import notes_of, set_statement
from pledgeline.web.downloads import attached
from pledgeline.web.tables import table_file


@of_contributions
def statement_page(here: ContributionRequest, format_: str = "") -> HttpResponseBase:
    """Show the statement of a contribution, or give it as a file."""
    row = here.row()
    shown = shown_statement(here.programme, here.person, here.state, row.key)
    if format_:
        return table_file(
            here.request,
            format_,
            name=f"{here.asked.programme.slug}-statement",
            title=_("Statement of account"),
            header=HEADS,
            rows=[line for statement in shown.statements for line in _lines(row.key, statement)],
            mark=mark_of(here.asked.programme),
        )
    return here.show(
        "web/contributions/statement.html",
        row=row,
        statements=shown.statements,
        withheld=shown.withheld,
        notes=notes_of(shown),
    )


@of_contributions
def pdf_file(here: ContributionRequest) -> HttpResponseBase:
    """Give the statement as PDF, or say what is missing to make it."""
    row = here.row()
    if typeset.is_missing():
        return here.show("web/contributions/pdf_missing.html", row=row)
    shown = shown_statement(here.programme, here.person, here.state, row.key)
    stem = file_stem(here.request, f"{here.asked.programme.slug}-statement")
    return attached(set_statement(here, row, shown), f"{stem}.pdf", "application/pdf")


HEADS = {
    "contribution": _("Contribution"),
    "currency": _("Currency"),
    "what": _("What"),
    "package": _("Package"),
    "line": _("Line"),
    "units": _("Units"),
    "amount": _("Amount"),
}


def _lines(key: str, statement: ContributionStatement) -> list[list[Cell]]:
    """Write a statement as rows: what was received is the sum of the rows below it."""

    def line(
        what: str, amount: Amount, *, package: str = "", on: str = "", units: int | None = None
    ) -> list[Cell]:
        return [key, amount.currency, what, package, on, units, amount.major]

    return [
        line(translated("pledged"), statement.pledged),
        line(translated("committed"), statement.committed),
        line(translated("received"), statement.received),
        *(
            line(account_name(use.stage), use.amount, package=use.package, on=use.line, units=use.units)
            for use in statement.uses
        ),
        line(translated("available"), statement.left),
    ]
