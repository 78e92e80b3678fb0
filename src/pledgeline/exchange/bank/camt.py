"""Read CAMT.053, the bank statement of ISO 20022, in its versions .02 to .08.

The file is a stranger's: its size is bounded before it is parsed, a document type is refused, nothing is fetched and
no entity is resolved. What is not understood is a finding at its line; with one error nothing of the file is taken.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from xml.parsers import expat

from lxml import etree

from pledgeline.exchange.bank.statements import (
    LONGEST_REF,
    MOST_BYTES,
    MOST_ENTRIES,
    MOST_STATEMENTS,
    NO_REFERENCES,
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
from pledgeline.programme.bank_refs import CHARGES
from pledgeline.programme.days import read_day
from pledgeline.programme.fields import YEARS
from pledgeline.programme.findings import Finding, FindingList, Place, shortened
from pledgeline.programme.names import UNSEEN, clean, named_letter
from pledgeline.programme.sentences import Sentence, sentence

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
VERSIONS = tuple(f"{number:02}" for number in range(2, 9))

DEEPEST = 40
"""Units: elements within each other. The standard needs fifteen."""

MOST_ELEMENTS = 1_000_000

WARNINGS = frozenset({"bank.not-booked", "bank.no-balance", "bank.zero"})
"""The lasting codes of findings that only warn."""

_NUMBER = re.compile(r"[0-9]{1,18}(\.[0-9]{1,17})?")
_SIGNS = {"CRDT": 1, "DBIT": -1}


class _Odd(Exception):
    """A statement or an entry cannot be meant: why, and at which element."""

    def __init__(self, said: Sentence, element: etree._Element) -> None:
        super().__init__(said.code)
        self.said, self.element = said, element


def read_camt(data: bytes, name: str) -> StatementFile:
    """Read a file of statements. Never raises for what is in it."""
    findings = FindingList(Finding(place=Place(file=name), said=sentence("bank.too-many-findings")), WARNINGS)
    try:
        _look_over(data, name)
        root = _parsed(data, name)
        _check_root(root, name)
        found = _Camt(name, findings).read(root)
    except NotAStatement as refusal:
        return StatementFile(findings=(refusal.finding,))
    return StatementFile(statements=tuple(found), findings=tuple(findings.all))


# The file


def _look_over(data: bytes, name: str) -> None:
    """Go through a file without keeping anything of it, and refuse what is a bomb or no XML.

    Raises:  NotAStatement.
    """
    if len(data) > MOST_BYTES:
        raise refused(name, sentence("bank.too-large", most=MOST_BYTES // 1_000_000))
    depth = elements = 0
    parser = expat.ParserCreate()

    def start(_tag: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > DEEPEST or elements > MOST_ELEMENTS:
            code = "bank.too-deep" if depth > DEEPEST else "bank.too-many-elements"
            raise refused(name, sentence(code, most=DEEPEST), line=parser.CurrentLineNumber)

    def end(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise refused(name, sentence("bank.doctype"), line=parser.CurrentLineNumber)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise refused(name, sentence("bank.not-xml", why=str(error)), line=error.lineno) from None
    except (ValueError, LookupError) as error:  # an encoding that is none
        raise refused(name, sentence("bank.not-xml", why=str(error)[:80]), line=1) from None


def _parsed(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(
        no_network=True, resolve_entities=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 1) or 1
        raise refused(name, sentence("bank.not-xml", why=str(error)[:120]), line=line) from None


def _check_root(root: etree._Element, name: str) -> None:
    space, _, local = str(root.tag).rpartition("}")
    version = space.lstrip("{").removeprefix(NAMESPACE)
    if local != "Document" or not space.startswith("{"):
        said = sentence("bank.not-camt.root", root=shortened(str(root.tag)))
        raise refused(name, said, line=root.sourceline)
    if version not in VERSIONS:
        said = sentence("bank.not-camt.namespace", namespace=shortened(space.lstrip("{")))
        raise refused(name, said, line=root.sourceline)


# What it says


class _Camt:
    """Reads the statements of one file."""

    def __init__(self, name: str, findings: FindingList) -> None:
        self.name, self.findings = name, findings
        self.entries = 0

    def read(self, root: etree._Element) -> list[Statement]:
        elements = [element for element in root.iter() if _local(element) == "Stmt"]
        if not elements:
            self._object(sentence("bank.no-statement"), root)
        if len(elements) > MOST_STATEMENTS:
            said = sentence("bank.too-many-statements", most=MOST_STATEMENTS)
            self._object(said, elements[MOST_STATEMENTS])
            return []
        found = []
        for element in elements:
            try:
                found.append(self._statement(element))
            except _Odd as odd:
                self._object(odd.said, odd.element)
        before: set[tuple[str, str, str]] = set()
        for statement in found:
            key = (statement.account, statement.currency, statement.ref)
            if key in before:
                self._note(sentence("bank.statement-twice", ref=statement.ref), statement.place)
            before.add(key)
        return found

    def _statement(self, element: etree._Element) -> Statement:
        account = _text(element, "Acct/Id/IBAN") or _text(element, "Acct/Id/Othr/Id")
        ref = _text(element, "Id")
        if not account:
            raise _Odd(sentence("bank.no-account"), element)
        if not ref or len(ref) > LONGEST_REF:
            raise _Odd(sentence("bank.no-id"), element)
        balances = dict(self._balances(element))
        currency = _text(element, "Acct/Ccy") or next((amount.currency for amount in balances.values()), "")
        if not currency:
            first = _child(element, "Ntry/Amt")
            currency = first.get("Ccy", "") if first is not None else ""
        if currency not in MINOR_DIGITS:
            raise _Odd(sentence("bank.no-currency", currency=shortened(currency)), element)
        opening = balances.get("OPBD") or balances.get("PRCD")
        closing = balances.get("CLBD")
        place = self._place(element)
        for balance in (opening, closing):
            if balance is not None and balance.currency != currency:
                said = sentence("bank.other-currency", currency=balance.currency, account=currency)
                raise _Odd(said, element)
        if opening is None or closing is None:
            self._note(sentence("bank.no-balance"), place)
        entries = [
            entry for child in _children(element, "Ntry") for entry in self._entries(child, ref, currency)
        ]
        statement = Statement(
            account=bounded(account),
            ref=ref,
            currency=currency,
            opening=opening,
            closing=closing,
            entries=entries,
            place=place,
        )
        if (why := why_not_balanced(statement, total_of(statement))) and not self.findings.has_errors:
            self._note(why, place)
        return statement

    def _balances(self, element: etree._Element) -> Iterator[tuple[str, Amount]]:
        for balance in _children(element, "Bal"):
            kind = _text(balance, "Tp/CdOrPrtry/Cd")
            if kind in ("OPBD", "PRCD", "CLBD"):
                yield kind, self._amount(balance)

    def _entries(self, element: etree._Element, statement: str, currency: str) -> Iterator[StatementEntry]:
        """Give an entry, or each payment of a batch that is said in full."""
        self.entries += 1
        if self.entries > MOST_ENTRIES:
            if self.entries == MOST_ENTRIES + 1:
                self._object(sentence("bank.too-many-entries", most=MOST_ENTRIES), element)
            return
        try:
            status = _text(element, "Sts/Cd") or _text(element, "Sts")
            if status != "BOOK":
                self._object(sentence("bank.not-booked", status=shortened(status)), element)
                return
            whole = self._entry(element, element, statement, currency)
            if whole is None:
                return
            payments = [
                payment
                for details in _children(element, "NtryDtls")
                for payment in _children(details, "TxDtls")
            ]
            if len(payments) == 1:
                yield from self._without_charges(self._with_details(whole, payments[0]), element, payments[0])
                return
            parts = self._batch(payments, whole) if len(payments) > 1 else []
            yield from parts or [whole]
        except _Odd as odd:
            self._object(odd.said, odd.element)

    def _entry(
        self, element: etree._Element, at: etree._Element, statement: str, currency: str
    ) -> StatementEntry | None:
        amount = self._amount(element)
        if amount.currency != currency:
            raise _Odd(sentence("bank.other-currency", currency=amount.currency, account=currency), at)
        if not amount.minor:
            self._object(sentence("bank.zero"), at)
            return None
        day = self._day(element)
        ref = reference(_text(element, "AcctSvcrRef"))
        number = reference(_text(element, "NtryRef"))
        text = _text(element, "AddtlNtryInf")
        payment = _child(element, "NtryDtls/TxDtls")
        own = reference(_text(payment, "Refs/AcctSvcrRef")) if payment is not None else ""
        return StatementEntry(
            ref=self._ref(ref or own or (f"{statement}/{number}" if number else ""), element, day, amount),
            booked_on=day,
            amount=amount,
            text=text,
            place=self._place(at),
        )

    def _ref(self, said: str, element: etree._Element, day: date, amount: Amount) -> str:
        if said:
            return bounded(said)
        words = " ".join(clean(text) for text in element.itertext())
        return standing_for(day.isoformat(), str(amount), words)

    def _with_details(self, entry: StatementEntry, payment: etree._Element) -> StatementEntry:
        return StatementEntry(
            ref=entry.ref,
            booked_on=entry.booked_on,
            amount=entry.amount,
            party=_party(payment, is_credit=entry.amount.minor > 0),
            text=clean(" ".join(filter(None, (_remittance(payment), entry.text)))),
            place=entry.place,
        )

    def _without_charges(
        self, whole: StatementEntry, element: etree._Element, payment: etree._Element
    ) -> Iterator[StatementEntry]:
        """Give a payment as it was before the bank took its charges off, and these; else the entry as it stands.

        They are parted only where the file says that the charges are included, or names the sum before they were.
        """
        charges, is_said = self._charges(element, payment, whole.amount.currency)
        before = whole.amount.minor + charges
        stated = self._stated(payment, whole.amount)
        is_included = before == stated if stated is not None else is_said
        if not charges or not is_included or (before > 0) != (whole.amount.minor > 0) or not before:
            yield whole
            return
        yield replace(whole, amount=Amount(before, whole.amount.currency))
        yield StatementEntry(
            ref=bounded(f"{whole.ref}{CHARGES}"),
            booked_on=whole.booked_on,
            amount=Amount(-charges, whole.amount.currency),
            place=whole.place,
        )

    def _charges(self, element: etree._Element, payment: etree._Element, currency: str) -> tuple[int, bool]:
        """Give what the bank took, of the payment or else of the entry, and whether it is said to be included."""
        found = _children(payment, "Chrgs") or _children(element, "Chrgs")
        records = [record for part in found for record in _children(part, "Rcrd")] or found
        total, included = 0, []
        for record in records:
            minor = _plain_minor(_child(record, "Amt"), currency)
            if minor is None:
                return 0, False
            total -= _SIGNS.get(_text(record, "CdtDbtInd"), -1) * minor
            included.append(_text(record, "ChrgInclInd") in ("true", "1"))
        return total, bool(included) and all(included)

    def _stated(self, payment: etree._Element, whole: Amount) -> int | None:
        """Give the sum of a payment before anything was taken off it, as the file names it in the same currency."""
        for path in ("AmtDtls/InstdAmt/Amt", "AmtDtls/TxAmt/Amt"):
            minor = _plain_minor(_child(payment, path), whole.currency)
            if minor is not None and minor != abs(whole.minor):
                return minor if whole.minor > 0 else -minor
        return None

    def _batch(self, payments: list[etree._Element], whole: StatementEntry) -> list[StatementEntry]:
        """Give the payments of a batch, where each says its amount and they add up to the whole; else none."""
        parts = []
        for number, payment in enumerate(payments, start=1):
            element = _child(payment, "Amt")
            if element is None:
                element = _child(payment, "AmtDtls/TxAmt/Amt")
            if element is None or element.get("Ccy") != whole.amount.currency:
                return []
            minor = self._minor(element)
            sign = _SIGNS.get(_text(payment, "CdtDbtInd"), 1 if whole.amount.minor > 0 else -1)
            own = reference(_text(payment, "Refs/AcctSvcrRef"))
            parts.append(
                self._with_details(
                    StatementEntry(
                        ref=own if own and own != whole.ref else bounded(f"{whole.ref}-{number}"),
                        booked_on=whole.booked_on,
                        amount=Amount(sign * minor, whole.amount.currency),
                        text=whole.text,
                        place=self._place(payment),
                    ),
                    payment,
                )
            )
        has_all = sum(part.amount.minor for part in parts) == whole.amount.minor
        return parts if has_all and all(part.amount.minor for part in parts) else []

    def _amount(self, element: etree._Element) -> Amount:
        """Read the amount of an entry or a balance, below zero where it is a debit."""
        amount = _child(element, "Amt")
        if amount is None:
            raise _Odd(sentence("bank.no-amount"), element)
        currency = amount.get("Ccy", "")
        if currency not in MINOR_DIGITS:
            raise _Odd(sentence("bank.no-currency", currency=shortened(currency)), amount)
        sign = _SIGNS.get(_text(element, "CdtDbtInd"))
        if sign is None:
            raise _Odd(sentence("bank.no-direction"), element)
        return Amount(sign * self._minor(amount), currency)

    def _minor(self, element: etree._Element) -> int:
        text = (element.text or "").strip()
        currency = element.get("Ccy", "")
        is_plain = not len(element) and _NUMBER.fullmatch(text)
        minor = minor_of(text, currency) if is_plain else None
        if minor is None:
            raise _Odd(sentence("bank.not-an-amount", text=shortened(text)), element)
        return minor

    def _day(self, element: etree._Element) -> date:
        text = _text(element, "BookgDt/Dt") or _text(element, "BookgDt/DtTm")[:10]
        try:
            day = read_day(text)
        except ValueError:
            day = None
        if day is None or day.year not in YEARS:
            raise _Odd(sentence("bank.not-a-day", text=shortened(text)), element)
        return day

    def _place(self, element: etree._Element) -> Place:
        return Place(file=self.name, line=element.sourceline)

    def _object(self, said: Sentence, element: etree._Element) -> None:
        self._note(said, self._place(element))

    def _note(self, said: Sentence, place: Place) -> None:
        self.findings.note(said, place)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in element if _local(child) == name]


def _child(element: etree._Element, path: str) -> etree._Element:
    """Give the first element at a way of local names; None where there is none."""
    for name in path.split("/"):
        element = next((child for child in element if _local(child) == name), None)
        if element is None:
            return None
    return element


def _plain_minor(element: etree._Element, currency: str) -> int | None:
    """Read an amount beside that of an entry; nothing where there is none in this currency."""
    if element is None or element.get("Ccy") != currency:
        return None
    text = (element.text or "").strip()
    return minor_of(text, currency) if _NUMBER.fullmatch(text) else None


def _text(element: etree._Element, path: str) -> str:
    found = _child(element, path)
    return _own_text(found) if found is not None else ""


def _own_text(element: etree._Element) -> str:
    """Give the text of an element, in which nothing is hidden.

    Raises:  _Odd.
    """
    text = element.text or ""
    if unseen := UNSEEN.search(text):
        raise _Odd(sentence("bank.unseen", letter=named_letter(unseen[0]), at=_local(element)), element)
    return clean(text)


def _party(payment: etree._Element, *, is_credit: bool) -> str:
    """Name the other side: who paid where money came in, who was paid where it went out."""
    role = "Dbtr" if is_credit else "Cdtr"
    names = (f"RltdPties/{role}/Nm", f"RltdPties/{role}/Pty/Nm", f"RltdPties/Ultmt{role}/Nm")
    return next((text for path in names if (text := _text(payment, path))), "")


def _remittance(payment: etree._Element) -> str:
    info = _child(payment, "RmtInf")
    parts = [_own_text(part) for part in _children(info, "Ustrd")] if info is not None else []
    for part in _children(info, "Strd") if info is not None else ():
        parts.append(_text(part, "CdtrRefInf/Ref"))
    parts += [_text(payment, "Refs/EndToEndId"), _text(payment, "AddtlTxInf")]
    return " ".join(part for part in parts if part and part.casefold() not in NO_REFERENCES)
