"""Entries and their parts: read from their rows as the values they were, and written."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pledgeline.ledger import Account, AgreedTerm, Entry, Goods, Posting, Private
from pledgeline.money import Amount
from pledgeline.records.books import sql
from pledgeline.records.models.books import PLACES

READ_AT_ONCE = 1_000
"""How many entries are put together from their rows at a time."""

_ACCOUNTS = {account.value: account for account in Account}
_HEAD = (
    'SELECT e.id, e.position, e."key", e.kind, e.effective_on, e.recorded_at, e.body, '
    '(SELECT o."key" FROM books_entry o WHERE o.id = e.takes_back_id) FROM books_entry e '
)


def first_number(books: int) -> int:
    """Give the number that the first entry of some books has."""
    return books * PLACES


def entries(books: int, start: int = 0, stop: int | None = None) -> Iterator[Entry]:
    """Give the entries from position `start` up to before `stop`, in the order of the log."""
    first = first_number(books)
    after, last = first + start, first + (PLACES if stop is None else stop)
    while True:
        heads = sql.rows(
            f"{_HEAD} WHERE e.id >= %s AND e.id < %s ORDER BY e.id LIMIT {READ_AT_ONCE}", (after, last)
        )
        if not heads:
            return
        yield from _put_together(heads, "entry_id BETWEEN %s AND %s", (heads[0][0], heads[-1][0]))
        after = heads[-1][0] + 1


def chosen(numbers: Sequence[int]) -> list[Entry]:
    """Give the entries with these numbers, in the order of the log."""
    found: list[Entry] = []
    for start in range(0, len(numbers), READ_AT_ONCE // 2):
        part = tuple(numbers[start : start + READ_AT_ONCE // 2])
        marks = ", ".join(["%s"] * len(part))
        heads = sql.rows(f"{_HEAD} WHERE e.id IN ({marks})", part)
        found += _put_together(heads, f"entry_id IN ({marks})", part)
    return sorted(found, key=lambda entry: entry.position)


def by_key(books: int, key: str) -> Entry | None:
    """Give the entry with a key."""
    number = sql.one('SELECT id FROM books_entry WHERE books_id = %s AND "key" = %s', (books, key))
    return chosen([number[0]])[0] if number else None


def known(books: int, keys: Sequence[str]) -> set[str]:
    """Give those keys that entries have."""
    found: set[str] = set()
    for start in range(0, len(keys), READ_AT_ONCE // 2):
        part = keys[start : start + READ_AT_ONCE // 2]
        marks = ", ".join(["%s"] * len(part))
        rows = sql.rows(
            f'SELECT "key" FROM books_entry WHERE books_id = %s AND "key" IN ({marks})', (books, *part)
        )
        found |= {key for (key,) in rows}
    return found


def erase(books: int, key: str, names: Sequence[str]) -> list[str]:
    """Erase private texts beside an entry, all of them where none is named, and give the names of those erased.

    Their salted hashes stay, so the proof does, too.
    """
    which = f"AND name IN ({', '.join(['%s'] * len(names))})" if names else ""
    number = '(SELECT id FROM books_entry WHERE books_id = %s AND "key" = %s)'
    there = f"FROM books_private WHERE entry_id = {number} AND text IS NOT NULL {which}"
    found = [str(name) for (name,) in sql.rows(f"SELECT name {there} ORDER BY name", (books, key, *names))]
    for name in found:
        sql.run(
            f"UPDATE books_private SET text = NULL, salt = NULL WHERE entry_id = {number} AND name = %s",
            (books, key, name),
        )
    return found


def _put_together(heads: Sequence[sql.Row], which: str, values: Sequence[object]) -> list[Entry]:
    postings: defaultdict[int, list[Posting]] = defaultdict(list)
    for number, account, contribution, currency, line, lot, minor in sql.rows(
        "SELECT p.entry_id, s.account, s.contribution, s.currency, s.line, s.lot, p.amount FROM books_posting p "
        f"JOIN books_spot s ON s.id = p.spot_id WHERE p.{which} ORDER BY p.entry_id, p.number",
        values,
    ):
        postings[number].append(
            Posting(
                account=_ACCOUNTS[account],
                contribution=contribution,
                amount=Amount(minor, currency),
                line=line,
                lot=lot,
            )
        )
    goods: defaultdict[int, list[Goods]] = defaultdict(list)
    for number, place, line, currency, lot, units in sql.rows(
        "SELECT g.entry_id, n.place, n.line, n.currency, n.lot, g.units FROM books_goods g "
        f"JOIN books_bin n ON n.id = g.bin_id WHERE g.{which} ORDER BY g.entry_id, g.number",
        values,
    ):
        goods[number].append(
            Goods(place=_ACCOUNTS[place], line=line, currency=currency, lot=lot, units=units)
        )
    terms: defaultdict[int, list[AgreedTerm]] = defaultdict(list)
    for number, name, about, beside, value in sql.rows(
        "SELECT t.entry_id, t.name, t.about, t.beside, t.value FROM books_term t "
        f"WHERE t.{which} ORDER BY t.entry_id, t.number",
        values,
    ):
        terms[number].append(AgreedTerm(name=name, of=about, on=beside, value=value))
    private: defaultdict[int, list[Private]] = defaultdict(list)
    for number, name, text, salt, commitment in sql.rows(
        f"SELECT entry_id, name, text, salt, commitment FROM books_private WHERE {which} ORDER BY entry_id, name",
        values,
    ):
        private[number].append(
            Private(name=name, hidden=commitment)
            if text is None
            else Private(name=name, text=text, salt=salt)
        )
    return [
        Entry(
            position=position,
            key=key,
            kind=kind,
            effective_on=sql.day(effective_on),
            recorded_at=sql.moment(recorded_at),
            body=body,
            postings=tuple(postings[number]),
            goods=tuple(goods[number]),
            terms=tuple(terms[number]),
            takes_back=takes_back or "",
            private=tuple(private[number]),
        )
        for number, position, key, kind, effective_on, recorded_at, body, takes_back in heads
    ]
