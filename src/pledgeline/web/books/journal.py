"""The journal: every entry, to be filtered and sorted; and one entry opened, with its proof."""

import json
from collections.abc import Callable, Sequence
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from pledgeline.ledger import Entry
from pledgeline.ledger.corrections import taking_back, version_to_correct
from pledgeline.ledger.entries import keys_of, moved_by, time_text
from pledgeline.ledger.refusals import RefusalRaised
from pledgeline.ledger.schema import TYPES
from pledgeline.ledger.verifier import is_included, leaf_hash
from pledgeline.money import Amount
from pledgeline.programme.zones import local_day
from pledgeline.queries.journal import Entries, entry_rows, order_of, readable, wanted
from pledgeline.records.books import log
from pledgeline.web.books.asked import AskedBooks, ask_books, file_name, mark_of, show_books, show_books_table
from pledgeline.web.books.filters import BooksForm, filters_of
from pledgeline.web.books.words import kind_name
from pledgeline.web.columns import Amounts, Cell, Column, Day, Ordinal, Text, Timestamp
from pledgeline.web.fields import CHOICE, day_field
from pledgeline.web.parameters import parameters_of
from pledgeline.web.tables import Table, table_file

HEADER = {
    "position": _("Position"),
    "id": _("Number"),
    "type": _("Event"),
    "effective_on": _("Happened on"),
    "recorded_at": _("Written down"),
    "contribution": _("Contribution"),
    "partner": _("Partner"),
    "stage": _("Stage"),
    "line": _("Line"),
    "lot": _("Lot"),
    "currency": _("Currency"),
    "amount": _("Amount"),
    "takes_back": _("Takes back"),
}
"""The columns of a file of the journal: one row for each posting."""


class JournalForm(BooksForm):
    """What the journal can be narrowed by."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label=_("Event"), required=False, error_messages=CHOICE)
    since = day_field(_("Effective from"))
    until = day_field(_("to"))

    field_order = ("q", "kind", "partner", "contribution", "package", "line", "lot", "since", "until")

    def __init__(self, data: Any, *, asked: AskedBooks) -> None:
        super().__init__(data, asked=asked, without=["stage"])
        self.offer("kind", sorted(((kind, kind_name(kind)) for kind in TYPES), key=lambda pair: pair[1]))

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first."))
        return cleaned

    def wanted(self) -> Q:
        """Give the condition on entries that every filter set and valid makes."""
        given = self.given
        spots: dict[str, Any] = {
            name: given[name] for name in ("contribution", "line", "lot") if name in given
        }
        if "partner" in given:
            theirs = [key for key, partner in self.owners.items() if partner == given["partner"]]
            spots["contribution__in"] = theirs
        if "package" in given:
            spots["line__in"] = [line for line, name in self.packages.items() if name == given["package"]]
        return wanted(
            words=given.get("q", ""),
            kind=given.get("kind", ""),
            since=given.get("since"),
            until=given.get("until"),
            spots=spots,
        )


def entries(asked: AskedBooks, condition: Q, sort: str = "position") -> Entries:
    """Give the entries of the two days that a condition lets through, in an order of the journal."""
    rows = entry_rows(asked.books, condition, day=asked.day, known_on=asked.known_on)
    return Entries(asked.books, rows.order_by(*order_of(sort)))


def journal_table(
    request: HttpRequest,
    asked: AskedBooks,
    condition: Q,
    *,
    sort: str = "-position",
    empty: str | Promise = "",
    contribution: str = "",
    fixed: bool = False,
    files: str = "",
) -> Table:
    """Put the entries that a condition lets through into a table.

    With a `contribution` each row says what the entry did to that one, instead of what it moved in all.
    """

    return Table(
        request,
        name=file_name(asked, "journal"),
        caption=_("Journal"),
        columns=_columns(asked, contribution),
        rows=lambda sort: entries(asked, condition, sort),
        sort=sort,
        empty=empty or _("No entry passes these filters."),
        fixed=fixed,
        files=files,
    )


def _columns(asked: AskedBooks, contribution: str) -> list[Column]:
    at = asked.at

    def page(entry: Entry) -> str:
        return at("books-entry", entry.position)

    columns: list[Column] = [
        Ordinal("position", _("Position")),
        Day("day", _("Effective on"), "effective_on"),
        Timestamp("recorded", _("Recorded"), "recorded_at"),
        Text(
            "event",
            _("Event"),
            "kind",
            named=kind_name,
            link=page,
            note=lambda entry: entry.takes_back and translated("of %(key)s") % {"key": entry.takes_back},
        ),
        Text("id", _("Number"), "key", link=page),
    ]
    if contribution:
        columns.append(
            Text(
                "moves",
                _("What it did to this contribution"),
                lambda _entry: contribution,
                sortable=False,
                template="web/books/_moves.html",
            )
        )
    else:
        columns += [
            Text(
                "contribution",
                _("Contributions"),
                lambda entry: keys_of(entry, "contribution"),
                sortable=False,
                template="web/books/_contributions.html",
            ),
            Text("line", _("Lines and lots"), "key", sortable=False, template="web/books/_goods.html"),
            Amounts("moved", _("Moved"), moved_by, sortable=False, empty=""),
        ]
    return columns


def journal_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the entries that pass the filters, newest first; a file has their postings, in the order of the log."""
    asked = ask_books(request, slug)
    if not format_:
        return show_books_table(request, "journal", asked, lambda: _journal(request, asked, "-position"))
    return postings_file(request, asked, _journal(request, asked, "position")["table"], format_)


def postings_file(request: HttpRequest, asked: AskedBooks, table: Table, format_: str) -> HttpResponseBase:
    """Give the entries of a table as a file, a row for each posting."""
    entries = cast("Sequence[Entry]", table.rows)
    owners = asked.owners()
    return table_file(
        request,
        format_,
        name=file_name(asked, "journal"),
        title=_("Journal"),
        header=HEADER,
        rows=(_posting_row(entry, posting, owners) for entry in entries for posting in entry.postings),
        mark=mark_of(asked.programme),
    )


def _journal(request: HttpRequest, asked: AskedBooks, sort: str) -> dict[str, Any]:
    form = filters_of(request, JournalForm, asked=asked)
    table = journal_table(request, asked, form.wanted(), sort=sort, files="books-journal-file")
    return {"table": table, "filters": form}


def _posting_row(entry: Entry, posting: Any, owners: dict[str, str]) -> list[Cell]:
    return [
        entry.position,
        entry.key,
        entry.kind,
        entry.effective_on,
        time_text(entry.recorded_at),
        posting.contribution,
        owners.get(posting.contribution, ""),
        posting.account.value,
        posting.line,
        posting.lot,
        posting.amount.currency,
        posting.amount.major,
        entry.takes_back,
    ]


# One entry


def entry_at(asked: AskedBooks, position: int) -> Entry:
    """Give the entry at a position of the log.

    Raises:  Http404 where the books have none.
    """
    if position >= len(asked.books):
        raise Http404
    return readable(asked.books, [log.first_number(asked.books.number) + position])[0]


def entry_page(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Show an entry: its postings, its dates, what it corrects, its hash and, where asked for, its proof."""
    asked = ask_books(request, slug)
    books = asked.books
    entry = entry_at(asked, position)
    back = books.entry(entry.takes_back) if entry.takes_back else None
    taker = books.entry(books.taken_back_by(entry.key) or "")
    own = leaf_hash(entry.leaf_bytes())
    owners = asked.owners()
    proof: list[str] = []
    parameters = parameters_of(request)
    if parameters.choice("proof", ["1"], label=_("Proof")):
        hashes = books.tree().inclusion(position)
        proof = [node.hex() for node in hashes]
    else:
        hashes = None
    return show_books(
        request,
        "entry",
        asked,
        entry=entry,
        parties=[(key, owners.get(key, "")) for key in keys_of(entry, "contribution")],
        back=back,
        taker=taker,
        may_be_corrected=_is_not_refused(lambda: version_to_correct(books, entry.key)),
        may_be_taken_back=_is_not_refused(lambda: taking_back(books, entry.key)),
        postings=sorted(
            entry.postings, key=lambda movement: (movement.contribution, movement.amount.currency)
        ),
        sums=_sums(entry),
        leaf=own.hex(),
        root=books.root().hex(),
        proof=proof,
        is_proven=hashes is not None and is_included(own, position, len(books), hashes, books.root()),
        was_asked=hashes is not None,
        done=parameters.choice("done", ["now", "before"], label=_("Entered")),
        body=json.dumps(json.loads(entry.body), indent=2, ensure_ascii=False, sort_keys=True),
        late_days=(local_day(entry.recorded_at, asked.programme.time_zone) - entry.effective_on).days,
    )


def _is_not_refused(asked: Callable[[], object]) -> bool:
    try:
        asked()
    except RefusalRaised:
        return False
    return True


def _sums(entry: Entry) -> list[tuple[str, Amount]]:
    """Add the postings up for each contribution and currency: every sum is zero."""
    sums: dict[tuple[str, str], int] = {}
    for posting in entry.postings:
        key = (posting.contribution, posting.amount.currency)
        sums[key] = sums.get(key, 0) + posting.amount.minor
    return [(contribution, Amount(minor, code)) for (contribution, code), minor in sorted(sums.items())]
