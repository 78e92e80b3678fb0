"""The statement of account as PDF: one page, and more of them where the money became much."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pledgeline.ledger.contributions import ContributionStatement, Use
from pledgeline.queries.contributions import Contributed
from pledgeline.queries.statements import ShownStatement
from pledgeline.web.books.asked import mark_of
from pledgeline.web.books.words import account_name
from pledgeline.web.contributions.asked import ContributionRequest
from pledgeline.web.formats import full, number
from pledgeline.web.typeset import typeset

NOTHING = "–"


def set_statement(here: ContributionRequest, row: Contributed, shown: ShownStatement) -> bytes:
    """Set the statement of a contribution as this visitor may see it."""
    return typeset("pledgeline.web.contributions", "statement.typ", told_of(here, row, shown))


def told_of(here: ContributionRequest, row: Contributed, shown: ShownStatement) -> dict[str, object]:
    """Give everything that stands in it, written out."""
    day = _on(here.asked.today)
    programme = here.asked.programme.name
    return {
        "title": _("Statement of account"),
        "programme": " · ".join(filter(None, (programme, mark_of(here.asked.programme)))),
        "day": day,
        "lead": _("%(programme)s: contribution %(key)s of %(partner)s, as of %(day)s.")
        % {"programme": programme, "key": row.key, "partner": row.partner, "day": day},
        "head": [_("What became of it"), _("Package"), _("Line"), _("Units"), _("Amount")],
        "parts": [_part(row, statement, shown.withheld) for statement in shown.statements],
        "notes": notes_of(shown),
        "about": f"{programme} · {row.key}",
    }


def _part(row: Contributed, statement: ContributionStatement, withheld: frozenset[str]) -> dict[str, object]:
    left = _("available")
    if row.last_day:
        left = f"{left} {_('until %(day)s') % {'day': _on(row.last_day)}}"
    return {
        "figures": [
            [_("Pledged"), full(statement.pledged)],
            [_("Committed"), full(statement.committed)],
            [_("Received"), full(statement.received)],
        ],
        "rows": [
            *(
                [
                    str(account_name(use.stage)),
                    use.package or NOTHING,
                    use.line or NOTHING,
                    _units(use, withheld),
                    full(use.amount),
                ]
                for use in statement.uses
            ),
            [left, NOTHING, NOTHING, NOTHING, full(statement.left)],
        ],
        "together": [_("Together: what was received"), full(statement.received)],
    }


def _units(use: Use, withheld: frozenset[str]) -> str:
    if use.line in withheld:
        return _("not shown")
    return NOTHING if use.units is None else number(use.units)


def _on(day: date) -> str:
    return str(date_format(day, "DAY_FORMAT"))


def notes_of(shown: ShownStatement) -> list[str]:
    """Say what has to be known to read a statement, on the page and in the file."""
    notes = []
    if shown.withheld:
        notes.append(
            _(
                "Where a single other partner pays for a line with you, its units are not shown: what the other one "
                "gives could be worked out from them."
            )
        )
    notes.append(
        _(
            "Every figure is added up from the entries of the books. Units that several contributions paid for are "
            "dealt by what each paid, to whole units."
        )
    )
    return notes
