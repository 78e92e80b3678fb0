"""Compute the books again from their rows, and name everything that is not as it was entered.

Nothing is believed: leaves, tree, sums and floors are worked out from the rows with their own code, kept
totals are added up again, the guards are compared with what they should be. What was rewritten from end to
end with new hashes still verifies against itself; a checkpoint that was kept elsewhere shows it.
"""

import gc
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

from django.db import DatabaseError

from pledgeline.ledger.verifier import (
    CASH,
    COUNTED,
    FLOORED,
    MOST_PROBLEMS,
    Checkpoint,
    Peaks,
    VerificationReport,
    Wrong,
    commitment,
    goes_back,
    leaf_hash,
    read_checkpoint,
    trial_balance_hash,
)
from pledgeline.records.books import damage, sql
from pledgeline.records.books.digests import checkpoint_digest, origin_of, settings_digest
from pledgeline.records.books.log import first_number
from pledgeline.records.books.sql import Row
from pledgeline.records.models.books import PLACES

ENTRIES_AT_ONCE = 4_000

Rows = Sequence[Row]

quoted = encode_basestring
"""Write a text as canonical JSON has it. Putting a leaf together from ready pieces takes a third of the time."""


@dataclass(slots=True)
class _Spot:
    """An account as its row has it, and as the entries make it.

    `before` and `after` stand around an amount of it in a leaf. What moves within a `group` adds up to zero.
    """

    names: tuple[str, ...]
    stated: object
    stated_change: object
    before: str
    after: str
    group: int
    floored: bool
    balance: int = 0
    change: int = -1


class _Enough(Exception):
    """So much is wrong that nobody reads on."""


class _Verification:
    """The books, read once from the first entry to the last."""

    def __init__(
        self, books: int, saved: Sequence[Checkpoint], tell: Callable[[int], None] = lambda _read: None
    ) -> None:
        self.books = books
        self.tell = tell
        self.first = first_number(books)
        self.problems: list[str] = []
        self.peaks = Peaks()
        self.sealed: Peaks | None = self.peaks
        self.position = 0
        self.saved = list(saved)
        self.spots: dict[int, _Spot] = {}
        self.bins: dict[int, _Spot] = {}
        self.at: dict[int, tuple[bytes, bytes]] = {}
        self.keys: set[str] = set()
        self.numbers: dict[object, str] = {}
        self.taken_back: set[object] = set()
        self.recorded = ""
        self.head: Row = ()
        self.totals: defaultdict[Any, defaultdict[Any, int]] = defaultdict(lambda: defaultdict(int))
        self.untils: list[int] = []
        self.wanted: set[int] = set()

    def wrong(self, problem: str) -> None:
        if problem in self.problems:
            return  # a checkpoint that was kept here and elsewhere says the same twice
        self.problems.append(problem)
        if len(self.problems) >= MOST_PROBLEMS:
            raise _Enough

    def wrong_here(self, problem: str) -> None:
        """Say what is wrong with the entry that is being read."""
        _, _, position, key, *_ = self.head
        self.wrong(f"entry {position} ({key}){problem}")

    def run(self) -> VerificationReport:
        try:
            self.read_places()
            self.read_kept()
            self.wanted = {saved.size for saved in self.saved}
            for heads in self.heads():
                self.read_entries(heads)
                self.tell(self.position)
            self.close()
        except _Enough:
            self.problems.append("there is more; the rest was not looked at")
        except (DatabaseError, ValueError, TypeError, UnicodeError, OverflowError) as error:
            self.problems.append(f"the tables cannot be read: {str(error)[:200]}")
        return VerificationReport(
            size=self.peaks.size,
            root=self.peaks.root(),
            trial_balance=self.balances(),
            problems=tuple(self.problems),
        )

    # What is kept beside the entries

    def read_places(self) -> None:
        groups: dict[object, int] = {}
        for number, stated, changed, *names in sql.streamed(
            "SELECT id, balance, changed_by, account, contribution, currency, line, lot FROM books_spot "
            "WHERE books_id = %s",
            (self.books,),
        ):
            account, contribution, currency, line, lot = map(quoted, names)
            self.spots[number] = _Spot(
                tuple(names),
                stated,
                changed,
                f'{{"account":{account},"amount":"',
                f'","contribution":{contribution},"currency":{currency},"line":{line},"lot":{lot}}}',
                groups.setdefault((names[0] in CASH, names[1], names[2]), len(groups)),
                names[0] in FLOORED,
            )
        for number, stated, changed, *names in sql.streamed(
            "SELECT id, units, changed_by, place, line, currency, lot FROM books_bin WHERE books_id = %s",
            (self.books,),
        ):
            place, line, currency, lot = map(quoted, names)
            self.bins[number] = _Spot(
                tuple(names),
                stated,
                changed,
                f'{{"currency":{currency},"line":{line},"lot":{lot},"place":{place},"units":"',
                '"}',
                groups.setdefault((names[1], names[2]), len(groups)),
                names[0] in COUNTED,
            )

    def read_kept(self) -> None:
        stretch = (self.first, self.first + PLACES)
        self.untils = [
            until
            for (until,) in sql.rows(
                "SELECT DISTINCT until FROM books_total WHERE until >= %s AND until < %s ORDER BY until",
                stretch,
            )
        ]
        kept = sql.rows(
            "SELECT id, size, CAST(made_at AS TEXT), note, digest FROM books_checkpoint "
            "WHERE books_id = %s ORDER BY id",
            (self.books,),
        )
        for place, (number, size, made_at, note, digest) in enumerate(kept):
            if number != self.first + place:
                self.wrong(f"checkpoint {place} that was given is missing")
            try:
                saved = read_checkpoint(note)
            except Wrong as error:
                self.wrong(f"a checkpoint that was given cannot be read: {error}")
                continue
            if bytes(digest) != checkpoint_digest(size, _time_text(made_at), note) or saved.size != size:
                self.wrong(f"the checkpoint of {saved.size} entries is not the one that was given")
            self.saved.append(saved)

    def heads(self) -> Iterator[list[Row]]:
        """Give the entries with their seals, some thousand at a time.

        The stretch is said of the seals, too: PostgreSQL would walk them from the first one each time.
        """
        after, end = self.first - 1, self.first + PLACES
        while True:
            heads = sql.rows(
                'SELECT e.id, e.books_id, e.position, e."key", e.kind, CAST(e.effective_on AS TEXT), '
                "CAST(e.recorded_at AS TEXT), e.body, "
                "e.takes_back_id, s.leaf, s.root FROM books_entry e "
                "LEFT JOIN books_seal s ON s.id = e.id AND s.id > %s AND s.id < %s "
                f"WHERE e.id > %s AND e.id < %s ORDER BY e.id LIMIT {ENTRIES_AT_ONCE}",
                (after, end, after, end),
            )
            if not heads:
                return
            yield heads
            after = heads[-1][0]

    # The entries

    def read_entries(self, heads: list[Row]) -> None:
        ends = (heads[0][0], heads[-1][0])
        postings = _parts(
            "number, spot_id, amount, CAST(effective_on AS TEXT) FROM books_posting", "number", ends
        )
        goods = _parts("number, bin_id, units, NULL FROM books_goods", "number", ends)
        terms = _parts("number, name, about, beside, value FROM books_term", "number", ends)
        private = _parts("name, commitment, text, salt FROM books_private", "name", ends)
        for head in heads:
            number = head[0]
            self.read_entry(
                head,
                postings.pop(number, ()),
                goods.pop(number, ()),
                terms.pop(number, ()),
                private.pop(number, ()),
            )
        for left in (postings, goods, terms, private):
            for number in left:
                self.wrong(f"there are parts of an entry {number} that is not there")

    def read_entry(self, head: Row, postings: Rows, goods: Rows, terms: Rows, private: Rows) -> None:
        number, books, position, key, kind, effective_on, recorded_at, body, back, leaf, root = self.head = (
            head
        )
        if position != self.position or books != self.books or number != self.first + position:
            self.misplaced()
        self.position += 1
        taken_back = '""' if back is None else quoted(self._taken_back(back))
        if key in self.keys:
            self.wrong_here(" has a key that was used")
        self.keys.add(key)
        self.numbers[number] = key
        time = _time_text(recorded_at)
        if time[:-1] < self.recorded:
            self.wrong(goes_back(f"entry {position} ({key})", time, f"{self.recorded}Z"))
        self.recorded = time[:-1]
        months = self.totals[effective_on[:7]] if self.untils else None
        money = self._moved(self.spots, postings, effective_on, months)
        if len(postings) < 2:
            self.wrong_here(" does not have two postings")
        content = (
            f'{{"body":{quoted(body)},"effective_on":{quoted(effective_on)},'
            f'"goods":[{self._moved(self.bins, goods, None, None) if goods else ""}],'
            f'"key":{quoted(key)},"kind":{quoted(kind)},"position":{position},"postings":[{money}],'
            f'"private":{{{self._hidden(private) if private else ""}}},'
            f'"recorded_at":{quoted(time)},'
            f'"takes_back":{taken_back},"terms":[{self._agreed(terms) if terms else ""}]}}'
        )
        self.read_seal(leaf_hash(content.encode()), leaf, root)
        if self.untils and number >= self.untils[0]:
            self._compare_totals(self.untils.pop(0))
        if self.peaks.size in self.wanted:
            self.at[self.peaks.size] = (self.peaks.root(), self.balances())

    def misplaced(self) -> None:
        """Say that an entry does not stand in the place after the one before. What is missing is said once."""
        number, books, position = self.head[:3]
        self.wrong(
            f"in place {self.position} of the log stands entry {position}, by its number entry "
            f"{number - self.first} of books {books}: entries are missing, or were moved"
        )
        self.sealed = None
        self.position = number - self.first

    def read_seal(self, computed: bytes, leaf: bytes | None, root: bytes | None) -> None:
        """Hold an entry against its seal, and the seal against those before it.

        An entry that was changed changes every root after it, too. So from there on roots are held against a
        second tree, of the leaves as they were sealed: what is wrong is named once, where it is wrong.
        """
        if leaf != computed:
            self.wrong_here(" is not as it was sealed")
            if self.sealed is self.peaks:
                self.sealed = Peaks(self.peaks.size, self.peaks.hashes)
        self.peaks.add(computed)
        if self.sealed is None:
            return  # without the entries that are missing there is no tree to compare
        if self.sealed is not self.peaks:
            self.sealed.add(computed if leaf is None else bytes(leaf))
        if root != self.sealed.root():
            self.wrong_here(": the root that was sealed with it is not that of the entries up to there")

    def _moved(
        self, places: dict[int, _Spot], parts: Rows, day: object, months: defaultdict[int, int] | None
    ) -> str:
        """Move what an entry moves, money or units, and give it as the leaf has it."""
        leaves: list[str] = []
        sums: dict[int, int] = {}
        lowered = []
        number = self.head[0]
        for _, place, spot_id, amount, on in parts:
            spot = places.get(spot_id)
            if spot is None or type(amount) is not int or on != day or place != len(leaves):
                self.wrong_here(" has a part of no account, of no amount, on another day or not in its place")
                continue
            leaves.append(f"{spot.before}{amount}{spot.after}")
            sums[spot.group] = sums.get(spot.group, 0) + amount
            spot.balance += amount
            spot.change = number
            if amount < 0 and spot.floored:
                lowered.append(spot)
            if months is not None:
                months[spot_id] += amount
        if any(sums.values()):
            self.wrong_here(" does not add up to zero, in money or in units")
        for spot in lowered:
            if spot.balance < 0 and sum(part[3] for part in parts if places.get(part[2]) is spot) < 0:
                self.wrong_here(f" takes {' '.join(spot.names)} below zero")
        return ",".join(leaves)

    def _agreed(self, terms: Rows) -> str:
        if [term[1] for term in terms] != list(range(len(terms))):
            self.wrong_here(": its terms are not numbered one after the other")
        return ",".join(
            f'{{"name":{quoted(name)},"of":{quoted(about)},"on":{quoted(beside)},"value":{quoted(value)}}}'
            for _, _, name, about, beside, value in terms
        )

    def _hidden(self, private: Rows) -> str:
        for _, name, hidden, text, salt in private:
            if text is not None and commitment(text, salt) != hidden:
                self.wrong_here(f": its {name} is not the one that was entered")
        return ",".join(f"{quoted(name)}:{quoted(hidden)}" for _, name, hidden, _, _ in sorted(private))

    def _taken_back(self, back: object) -> str:
        """Give the key of the entry that this one takes back."""
        if back not in self.numbers or back in self.taken_back:
            self.wrong_here(" takes back what is not there or was taken back")
        self.taken_back.add(back)
        return self.numbers.get(back, "")

    def _compare_totals(self, until: int) -> None:
        kept = {
            (spot, on): amount
            for spot, on, amount in sql.rows(
                "SELECT spot_id, CAST(effective_on AS TEXT), amount FROM books_total WHERE until = %s",
                (until,),
            )
        }
        computed = {
            (spot, f"{month}-01"): amount
            for month, spots in self.totals.items()
            for spot, amount in spots.items()
            if amount
        }
        if kept != computed:
            self.wrong(f"the totals kept up to entry {until - self.first} are not what the entries add up to")
        self.totals.clear()

    # What the whole has to agree with

    def balances(self) -> bytes:
        return trial_balance_hash({spot.names: spot.balance for spot in self.spots.values() if spot.balance})

    def close(self) -> None:
        for spot in (*self.spots.values(), *self.bins.values()):
            if (spot.stated, spot.stated_change) != (spot.balance, spot.change) or spot.change < 0:
                names = " ".join(str(name) for name in spot.names if name)
                self.wrong(
                    f"the balance kept for {names} is {spot.stated}, last moved by entry "
                    f"{self._place(spot.stated_change)}; the entries add up to {spot.balance}, last moved by "
                    f"entry {self._place(spot.change)}"
                )
        size = self.peaks.size
        newest = self.first + size - 1 if size else None
        row = sql.one(
            "SELECT b.size, b.newest_id, b.peaks, b.currencies, CAST(b.public AS TEXT), b.digest, p.slug "
            "FROM books b LEFT JOIN records_programmerecord p ON p.id = b.programme_id WHERE b.id = %s",
            (self.books,),
        )
        if row is None or row[:2] != (size, newest):
            self.wrong(f"the books say that they have {row and row[0]} entries, and there are {size}")
        elif bytes(row[2]) != b"".join(self.peaks.hashes):
            self.wrong(f"the tree that the books keep is not that of these {size} entries")
        kept: tuple[Any, ...] = row or (None,) * 4
        *_, currencies, public, digest, programme = kept
        if programme is None or digest != settings_digest(programme, currencies, _TRUTH.get(public, public)):
            self.wrong(
                "the programme, the currencies or the openness of the books are not those of their opening"
            )
        self._nothing_more()
        if self.untils:
            self.wrong("there are totals of entries that are not there")
        self.at[size] = (self.peaks.root(), self.balances())
        self.at[0] = (Peaks().root(), trial_balance_hash({}))
        for saved in self.saved:
            what = f"the checkpoint of {saved.size} entries ({saved.origin})"
            if saved.origin != origin_of(programme):
                self.wrong(f"{what} is of other books: these are {origin_of(programme)}")
                continue
            if saved.size not in self.at:
                self.wrong(f"{what} knows more entries than the {size} here: entries are missing")
                continue
            root, balances = self.at[saved.size]
            if root != saved.root:
                self.wrong(f"{what} has another root: entries up to there were changed")
            elif saved.trial_balance not in (None, balances):
                self.wrong(f"{what} has other balances")

    def _place(self, number: Any) -> str:
        """Name an entry by its place in the log; what is no number of one is given as it is."""
        is_one = isinstance(number, int) and 0 <= number - self.first < PLACES
        return str(number - self.first) if is_one else "none" if number == -1 else f"number {number}"

    def _nothing_more(self) -> None:
        """See that no row belongs to an entry that is not there, in these books or in none."""
        for table, column in (
            ("books_seal", "id"),
            ("books_posting", "entry_id"),
            ("books_goods", "entry_id"),
            ("books_term", "entry_id"),
            ("books_private", "entry_id"),
        ):
            found = sql.one(
                f"SELECT count(*) FROM {table} x WHERE NOT EXISTS (SELECT 1 FROM books_entry e WHERE e.id = x.{column})"
            )
            if found and found[0]:
                self.wrong(f"{table} has {found[0]} rows of entries that are not there")
        stray = sql.one(
            "SELECT count(*) FROM books_entry e WHERE NOT EXISTS (SELECT 1 FROM books b WHERE b.id = e.books_id)"
        )
        if stray and stray[0]:
            self.wrong(f"books_entry has {stray[0]} rows of books that are not there")
        for table in ("books_spot", "books_bin", "books_checkpoint"):
            found = sql.one(
                f"SELECT count(*) FROM {table} x WHERE NOT EXISTS (SELECT 1 FROM books b WHERE b.id = x.books_id)"
            )
            if found and found[0]:
                self.wrong(f"{table} has {found[0]} rows of books that are not there")
        found = sql.one(
            "SELECT count(*) FROM books_total t WHERE NOT EXISTS (SELECT 1 FROM books_entry e WHERE e.id = t.until)"
        )
        if found and found[0]:
            self.wrong(f"books_total has {found[0]} rows up to entries that are not there")


def verify_books(
    books: int, saved: Iterable[Checkpoint] = (), tell: Callable[[int], None] = lambda _read: None
) -> VerificationReport:
    """Compute some books again, and hold them against checkpoints, those given before and those `saved`.

    `tell` hears from time to time how many entries have been read.
    """
    try:
        with sql.one_view(), _no_collecting(), ThreadPoolExecutor(1) as beside:
            file = sql.file()
            found = beside.submit(damage.damage_of, file) if file else None
            definitions = damage.definitions()
            report = _Verification(books, list(saved), tell).run()
    except DatabaseError as error:
        nothing = Peaks().root(), trial_balance_hash({})
        return VerificationReport(0, *nothing, problems=(f"the database cannot be read: {str(error)[:200]}",))
    return report._replace(problems=(*definitions, *(found.result() if found else ()), *report.problems))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Do not look for circles of garbage: rows have none, and to look among a million takes a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_TRUTH = {"0": "false", "1": "true"}


def _parts(what: str, order: str, ends: tuple[int, int]) -> dict[Any, list[Row]]:
    """Give the parts of the entries between two numbers, by the number of the entry."""
    found = sql.rows(
        f"SELECT entry_id, {what} WHERE entry_id BETWEEN %s AND %s ORDER BY entry_id, {order}", ends
    )
    return {number: list(parts) for number, parts in groupby(found, _of_entry)}


_of_entry = itemgetter(0)


def _time_text(written: str) -> str:
    """Write a time as a leaf has it, from the text that the database gives. Of another form nothing is guessed."""
    plain = written.removesuffix("+00")
    if len(plain) in _USUAL and plain[10] == " ":
        return f"{plain[:10]}T{plain[11:]}Z"
    found = _TIME.fullmatch(written)
    if found is None:
        return f"no time: {written}"
    day, time, part = found.groups()
    return f"{day}T{time}.{part.ljust(6, '0')}Z" if part else f"{day}T{time}Z"


_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,6}))?(?:\+00)?")

_USUAL = (len("2026-01-31 23:59:59"), len("2026-01-31 23:59:59.250000"))
