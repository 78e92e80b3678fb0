"""Read a bank statement from a CSV file, by the dialect of its bank and by nothing else."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from pledgeline.exchange.bank.dialects import DAYS, BankDialect
from pledgeline.exchange.bank.statements import (
    MOST_BYTES,
    MOST_ENTRIES,
    MOST_STATEMENTS,
    NotAStatement,
    Statement,
    StatementEntry,
    StatementFile,
    bounded,
    minor_of,
    reference,
    refused,
    standing_for,
    total_of,
    why_not_balanced,
)
from pledgeline.money import MINOR_DIGITS, Amount
from pledgeline.programme.fields import YEARS
from pledgeline.programme.findings import Finding, FindingList, Place, shortened
from pledgeline.programme.names import UNSEEN, clean, named_letter, shown
from pledgeline.programme.sentences import Sentence, sentence

WARNINGS = frozenset({"bank.no-balance", "bank.zero"})


class _Odd(Exception):
    """A row cannot be meant: why, and in which column."""

    def __init__(self, said: Sentence, column: str = "") -> None:
        super().__init__(said.code)
        self.said, self.column = said, column


def read_bank_csv(data: bytes, name: str, dialect: BankDialect) -> StatementFile:
    """Read a file of entries, a statement for each account in it. Never raises for what is in it."""
    last = Finding(place=Place(file=name), said=sentence("bank.too-many-findings"))
    findings = FindingList(last, WARNINGS)
    try:
        rows = list(_rows(data, name, dialect))
    except NotAStatement as refusal:
        return StatementFile(findings=(refusal.finding,))
    reader = _BankCsv(name, dialect, findings)
    statements = reader.read(rows)
    return StatementFile(statements=tuple(statements), findings=tuple(findings.all))


def _rows(data: bytes, name: str, dialect: BankDialect) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row with its line, by the headings.

    Raises:  NotAStatement.
    """
    if len(data) > MOST_BYTES:
        raise refused(name, sentence("bank.too-large", most=MOST_BYTES // 1_000_000))
    try:
        text = data.decode("utf-8-sig" if dialect.encoding == "utf-8" else dialect.encoding)
    except UnicodeDecodeError:
        raise refused(name, sentence("bank.encoding.not", encoding=dialect.encoding)) from None
    lines = io.StringIO(text, newline="")
    for _ in range(dialect.skip_lines):
        lines.readline()
    reader = csv.reader(lines, delimiter=dialect.delimiter, strict=True)
    try:
        header = [clean(cell) for cell in next(reader, [])]
        _check_header(header, name, dialect)
        line = dialect.skip_lines + reader.line_num + 1
        number = 0
        for cells in reader:
            here, line = line, dialect.skip_lines + reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            number += 1
            if number > MOST_ENTRIES:
                raise refused(name, sentence("bank.too-many-entries", most=MOST_ENTRIES), line=here)
            if len(cells) != len(header):
                said = sentence("bank.cells.number", cells=len(cells), columns=len(header))
                raise refused(name, said, line=here)
            yield here, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        line = dialect.skip_lines + reader.line_num
        raise refused(name, sentence("bank.csv.broken", why=str(error)[:80]), line=line) from None


def _check_header(header: list[str], name: str, dialect: BankDialect) -> None:
    line = dialect.skip_lines + 1
    columns = dialect.columns
    for cell in header:
        if unseen := UNSEEN.search(cell):
            raise refused(name, _unseen(unseen[0], cell), line=line)
    wanted = [value for value in columns.model_dump().values() if isinstance(value, str) and value]
    for heading in (*wanted, *columns.text):
        if header.count(clean(heading)) != 1:
            said = sentence("bank.column.missing", column=heading[:80], columns=", ".join(header)[:200])
            if clean(heading) in header:
                said = sentence("bank.column.twice", column=heading[:80])
            raise refused(name, said, line=line)


def _unseen(letter: str, heading: str) -> Sentence:
    return sentence("bank.unseen", letter=named_letter(letter), at=shortened(shown(heading)))


class _BankCsv:
    """Reads the rows of one file."""

    def __init__(self, name: str, dialect: BankDialect, findings: FindingList) -> None:
        self.name, self.dialect, self.findings = name, dialect, findings
        self._day = re.compile(DAYS[dialect.date])
        self._amount = re.compile(
            rf"[+-]?\d{{1,3}}(?:{re.escape(dialect.thousands)}\d{{3}})+(?:{re.escape(dialect.decimal)}\d+)?"
            rf"|[+-]?\d+(?:{re.escape(dialect.decimal)}\d+)?"
            if dialect.thousands
            else rf"[+-]?\d+(?:{re.escape(dialect.decimal)}\d+)?"
        )

    def read(self, rows: list[tuple[int, dict[str, str]]]) -> list[Statement]:
        if not rows:
            place = Place(file=self.name)
            self.findings.note(sentence("bank.no-entries"), place)
            return []
        if self.dialect.order == "newest-first":
            rows = rows[::-1]
        entries: dict[tuple[str, str], list[tuple[StatementEntry, Amount | None]]] = {}
        for line, row in rows:
            place = Place(file=self.name, line=line)
            try:
                account, entry, balance = self._entry(row, place)
            except _Odd as odd:
                self.findings.note(odd.said, Place(file=self.name, line=line, column=odd.column[:40]))
                continue
            if entry is not None:
                entries.setdefault((account, entry.amount.currency), []).append((entry, balance))
        if len(entries) > MOST_STATEMENTS:
            said = sentence("bank.too-many-statements", most=MOST_STATEMENTS)
            self.findings.note(said, Place(file=self.name))
            return []
        return [self._statement(*key, item) for key, item in entries.items()]

    def _statement(
        self, account: str, currency: str, found: list[tuple[StatementEntry, Amount | None]]
    ) -> Statement:
        listed = [entry for entry, _ in found]
        opening = closing = None
        (first, after), (_, closing) = found[0], found[-1]
        if after is not None:
            opening = Amount(after.minor - first.amount.minor, currency)
        else:
            self.findings.note(sentence("bank.no-balance"), first.place)
        self._check_running(found)
        statement = Statement(
            account=account,
            ref=standing_for(
                account, currency, *((entry.ref, entry.booked_on, entry.amount.minor) for entry in listed)
            ),
            currency=currency,
            opening=opening,
            closing=closing if opening is not None else None,
            entries=listed,
            place=Place(file=self.name),
        )
        if (why := why_not_balanced(statement, total_of(statement))) and not self.findings.has_errors:
            self.findings.note(why, first.place)
        return statement

    def _check_running(self, found: list[tuple[StatementEntry, Amount | None]]) -> None:
        """Object to the first entry after which the balance is not what it was before, and the entry."""
        for (_, before), (entry, after) in pairwise(found):
            if before is None or after is None:
                continue
            expected = Amount(before.minor + entry.amount.minor, after.currency)
            if expected != after:
                said = sentence("bank.balance.running", expected=expected, balance=after)
                self.findings.note(said, entry.place)
                return

    def _entry(
        self, row: Mapping[str, str], place: Place
    ) -> tuple[str, StatementEntry | None, Amount | None]:
        columns, dialect = self.dialect.columns, self.dialect
        for heading, cell in row.items():
            if unseen := UNSEEN.search(cell):
                raise _Odd(_unseen(unseen[0], heading), heading)
        currency = _cell(row, columns.currency).upper() or dialect.currency
        if currency not in MINOR_DIGITS:
            raise _Odd(sentence("bank.no-currency", currency=shortened(currency)), columns.currency)
        account = bounded(clean(_cell(row, columns.account) or dialect.account))
        if not account:
            raise _Odd(sentence("bank.no-account"), columns.account)
        day = self._booked_on(row)
        minor = self._moved(row, currency)
        balance = None
        if columns.balance:
            balance = Amount(self._minor(row, columns.balance, currency), currency)
        if not minor:
            self.findings.note(sentence("bank.zero"), place)
            return account, None, balance
        amount = Amount(minor, currency)
        party = clean(_cell(row, columns.party))
        text = clean(" ".join(_cell(row, heading) for heading in columns.text))
        ref = reference(_cell(row, columns.reference))
        if not ref:
            ref = standing_for(day.isoformat(), str(amount), party, text, str(balance))
        entry = StatementEntry(ref=ref, booked_on=day, amount=amount, party=party, text=text, place=place)
        return account, entry, balance

    def _booked_on(self, row: Mapping[str, str]) -> date:
        heading = self.dialect.columns.booked_on
        text = _cell(row, heading)
        found = self._day.fullmatch(text)
        try:
            if found:
                day = date(int(found["year"]), int(found["month"]), int(found["day"]))
                if day.year in YEARS:
                    return day
        except ValueError:
            pass
        said = sentence("bank.not-a-day.form", text=shortened(text), form=self.dialect.date)
        raise _Odd(said, heading)

    def _moved(self, row: Mapping[str, str], currency: str) -> int:
        """Give what came in, or below zero what went out."""
        columns, dialect = self.dialect.columns, self.dialect
        if dialect.sign == "signed":
            return self._minor(row, columns.amount, currency)
        if dialect.sign == "columns":
            credit, debit = _cell(row, columns.credit), _cell(row, columns.debit)
            if bool(credit) == bool(debit):
                raise _Odd(sentence("bank.no-direction"), columns.credit)
            if credit:  # below zero it is money that was given back
                return self._minor(row, columns.credit, currency)
            minor = self._minor(row, columns.debit, currency)
            if minor and (minor < 0) != dialect.debit_has_minus:
                raise _Odd(sentence("bank.debit-sign", text=shortened(debit)), columns.debit)
            return -abs(minor)
        word = _cell(row, columns.indicator)
        if (word in dialect.credit_words) == (word in dialect.debit_words):
            raise _Odd(sentence("bank.no-direction.word", word=shortened(word)), columns.indicator)
        minor = self._minor(row, columns.amount, currency)
        if minor < 0:
            raise _Odd(sentence("bank.not-an-amount", text=_cell(row, columns.amount)[:40]), columns.amount)
        return minor if word in dialect.credit_words else -minor

    def _minor(self, row: Mapping[str, str], heading: str, currency: str) -> int:
        text = _cell(row, heading).replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-")
        minor = None
        if len(text) <= 40 and text.isascii() and self._amount.fullmatch(text):
            plain = text.replace(self.dialect.thousands, "") if self.dialect.thousands else text
            minor = minor_of(plain.replace(self.dialect.decimal, ".").removeprefix("+"), currency)
        if minor is None:
            raise _Odd(sentence("bank.not-an-amount", text=shortened(text)), heading)
        return minor


def _cell(row: Mapping[str, str], heading: str) -> str:
    return row.get(clean(heading), "").strip() if heading else ""
