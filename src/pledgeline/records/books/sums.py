"""Add the books up as of a day and as known on another.

Sums are made from the postings each time. So that a day in a long log is quick, a checkpoint leaves sums of
the stretch of the log since the one before, by account and month; those are of entries that cannot change.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pledgeline.ledger import Account, Balances, Spot
from pledgeline.ledger.accounts import ORDER, Bin
from pledgeline.records.books import sql
from pledgeline.records.books.log import first_number
from pledgeline.records.books.standing import agree_again
from pledgeline.records.models.books import PLACES


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The part of some books that counts: what had happened by a day, and the entries up to number `last`."""

    books: int
    last: int
    as_of: date | None = None

    @property
    def is_now(self) -> bool:
        """Say whether everything counts."""
        return self.as_of is None and self.last == first_number(self.books) + PLACES

    def condition(self, entry: str) -> tuple[str, list[Any]]:
        """Give the cut as a condition on the entries named `entry`."""
        words, values = [f"{entry}.id <= %s"], [self.last]
        if self.as_of is not None:
            words.append(f"{entry}.effective_on <= %s")
            values.append(sql.written_day(self.as_of))
        return " AND ".join(words), values


def cut_of(
    books: int,
    *,
    as_of: date | None = None,
    known_by: datetime | None = None,
    position: int | None = None,
) -> Cut:
    """Find the part of some books that counts: up to a place, and what was recorded by a moment."""
    first = first_number(books)
    last = first + PLACES if position is None else first + min(max(position, -1), PLACES)
    if known_by is not None:
        last = min(last, _last_known(books, known_by))
    return Cut(books=books, last=last, as_of=as_of)


def _last_known(books: int, moment: datetime) -> int:
    """Give the number of the last entry that was recorded by a moment, one below the first where none was.

    Recorded times never go back, so this is one row of an index.
    """
    found = sql.one(
        "SELECT id FROM books_entry WHERE books_id = %s AND recorded_at <= %s "
        "ORDER BY recorded_at DESC, id DESC LIMIT 1",
        (books, sql.written_time(moment)),
    )
    return int(found[0]) if found else first_number(books) - 1


def money(cut: Cut, *, spots: str = "", values: sql.Row = ()) -> dict[Spot, int]:
    """Give every balance that is not zero, of all accounts or of those that the condition `spots` says."""
    found = _now(cut, spots, values) if cut.is_now else _then(cut, spots, values)
    named = {
        Spot(Account(account), contribution, currency, line, lot): int(minor)
        for account, contribution, currency, line, lot, minor in found
        if minor
    }
    return dict(sorted(named.items(), key=lambda item: (item[0][1:], ORDER[item[0].account])))


_NAMES = "s.account, s.contribution, s.currency, s.line, s.lot"


def _now(cut: Cut, spots: str, values: sql.Row) -> list[sql.Row]:
    return sql.rows(
        f"SELECT {_NAMES}, s.balance FROM books_spot s WHERE s.books_id = %s AND s.balance <> 0 {spots}",
        (cut.books, *values),
    )


def _then(cut: Cut, spots: str, values: sql.Row) -> list[sql.Row]:
    # SQLite answers from the covering index alone, as fast as from totals: 0.1 s for a million postings.
    until = None if spots or sql.is_sqlite() else newest_total(cut)
    if until is not None:
        return _with_totals(cut, until)
    days, given = _days(cut, "p.effective_on <= %s")
    return sql.rows(
        f"SELECT {_NAMES}, (SELECT sum(p.amount) FROM books_posting p "
        f"WHERE p.spot_id = s.id AND p.entry_id <= %s {days}) FROM books_spot s WHERE s.books_id = %s {spots}"
        if sql.is_sqlite()
        else f"SELECT {_NAMES}, x.minor FROM books_spot s JOIN (SELECT p.spot_id, sum(p.amount) AS minor "
        f"FROM books_posting p WHERE p.entry_id >= {first_number(cut.books)} AND p.entry_id <= %s {days} "
        f"GROUP BY p.spot_id) x ON x.spot_id = s.id WHERE s.books_id = %s {spots}",
        (cut.last, *given, cut.books, *values),
    )


def _days(cut: Cut, condition: str) -> tuple[str, list[Any]]:
    return ("", []) if cut.as_of is None else (f"AND {condition}", [sql.written_day(cut.as_of)])


def _with_totals(cut: Cut, until: int) -> list[sql.Row]:
    """Add up kept sums of whole months, the days of the month that is broken off, and the newest entries."""
    first = first_number(cut.books)
    late, days = _days(cut, "p.effective_on <= %s")
    parts = [
        f"SELECT p.spot_id, p.amount FROM books_posting p WHERE p.entry_id > %s AND p.entry_id <= %s {late}",
        "SELECT t.spot_id, t.amount FROM books_total t WHERE t.until >= %s AND t.until <= %s",
    ]
    values = [until, cut.last, *days, first, until]
    if cut.as_of is not None:
        month = sql.written_day(cut.as_of.replace(day=1))
        parts[1] += " AND t.effective_on < %s"
        parts.append(
            "SELECT p.spot_id, p.amount FROM books_posting p WHERE p.effective_on BETWEEN %s AND %s "
            "AND p.entry_id >= %s AND p.entry_id <= %s"
        )
        values += [month, month, sql.written_day(cut.as_of), first, until]
    return sql.rows(
        f"SELECT {_NAMES}, x.minor FROM books_spot s JOIN (SELECT spot_id, sum(amount) AS minor FROM ("
        f"{' UNION ALL '.join(parts)}) AS parts GROUP BY spot_id) x ON x.spot_id = s.id",
        values,
    )


def newest_total(cut: Cut) -> int | None:
    """Give the number of the entry up to which sums are kept that lie within the cut, or nothing."""
    found = sql.one(
        "SELECT max(until) FROM books_total WHERE until >= %s AND until <= %s",
        (first_number(cut.books), cut.last),
    )
    return found[0] if found else None


def leave_totals(books: int, until: int) -> None:
    """Leave the sums, by account and month, of the entries after the last sums up to number `until`."""
    before = newest_total(Cut(books=books, last=until))
    if before == until:
        return
    month = (
        "date(p.effective_on, 'start of month')"
        if sql.is_sqlite()
        else "date_trunc('month', p.effective_on)::date"
    )
    sql.run(
        "INSERT INTO books_total (until, spot_id, effective_on, amount) "
        f"SELECT %s, p.spot_id, {month}, sum(p.amount) FROM books_posting p "
        f"WHERE p.entry_id > %s AND p.entry_id <= %s GROUP BY p.spot_id, {month} HAVING sum(p.amount) <> 0",
        (until, first_number(books) - 1 if before is None else before, until),
    )


def state(cut: Cut, *, places: str = "", values: sql.Row = ()) -> Balances:
    """Give the state that follows from the cut; `places` limits its money and units to some lots or lines.

    Means:   `places` is a condition on columns `line` and `lot`, that both accounts and units have.
    """
    found = Balances()
    for spot, minor in money(cut, spots=places.replace("?", "s"), values=values).items():
        found.move(spot, minor)
    if cut.is_now:
        for (line,) in sql.rows(
            f"SELECT DISTINCT s.line FROM books_spot s WHERE s.books_id = %s {places.replace('?', 's')}",
            (cut.books, *values),
        ):
            found.see_line(line)
        units = sql.rows(
            "SELECT n.place, n.line, n.currency, n.lot, n.units FROM books_bin n "
            f"WHERE n.books_id = %s {places.replace('?', 'n')}",
            (cut.books, *values),
        )
    else:
        condition, given = cut.condition("e")
        units = sql.rows(
            "SELECT n.place, n.line, n.currency, n.lot, sum(g.units) FROM books_bin n "
            "JOIN books_goods g ON g.bin_id = n.id JOIN books_entry e ON e.id = g.entry_id "
            f"WHERE n.books_id = %s AND {condition} {places.replace('?', 'n')} "
            "GROUP BY n.id, n.place, n.line, n.currency, n.lot",
            (cut.books, *given, *values),
        )
    for place, line, currency, lot, number in units:
        found.count(Bin(Account(place), line, currency, lot), int(number))
    _agree(found, cut)
    return found


def agreed(cut: Cut) -> Balances:
    """Give what was agreed within the cut, without money and units."""
    found = Balances()
    _agree(found, cut)
    return found


def _agree(found: Balances, cut: Cut) -> None:
    condition, given = cut.condition("e")
    agree_again(found, cut.books, f"AND {condition}", tuple(given))
