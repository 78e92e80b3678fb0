"""Write a programme as IATI 2.03: the file of its activity and the file of its organisation, as a stream.

Only what is given here leaves: `Published` says what of the chain a programme shows. Notes and names of people beside
entries never do.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from lxml import etree

from pledgeline.exchange.iati.flows import Flow, Transaction, transactions_of
from pledgeline.ledger import Account, Entry
from pledgeline.ledger.entries import time_text
from pledgeline.money import Amount
from pledgeline.programme.parties import Party, PartyKind, countries
from pledgeline.programme.sentences import Param, sentence, spoken_in
from pledgeline.programme.settings import Programme

VERSION = "2.03"
LANGUAGE = "en"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
UNREGISTERED = "XX-UNREGISTERED"
"""What identifiers of a programme begin with that has none of its own: no agency has this code."""

OTHER_FLOWS, NOT_SPECIFIED, NO_REGION = "50", "99810", "998"
"""Flow type, sector and region where a programme says nothing nearer: goods of war are no development aid."""

OTHER = "90"
"""The type of a reporter of whom no other is said."""

FUNDING, ACCOUNTABLE, IMPLEMENTING = "1", "2", "4"
_TYPES = {PartyKind.STATE: "10", PartyKind.COMPANY: "70"}
"""The types of organisations that a kind of party surely is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Who reports: its identifier, its name, and the type of organisation that it is."""

    ref: str
    name: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a programme shows to everybody, as far as IATI has a place for it.

    Shape:   `partners` names the partner of each contribution, `parties` those partners that are known; `earmarked`
             says of a contribution whether its money is tied to some of the needs, where terms were written down and
             are shown. With `names_goods` lines are named, with `shows_deliveries` quantities are told.
    """

    programme: Programme
    reporter: Reporter
    first_day: date
    partners: Mapping[str, str]
    parties: Mapping[str, Party] = field(default_factory=dict)
    earmarked: Mapping[str, bool] = field(default_factory=dict)
    names_goods: bool = True
    shows_deliveries: bool = True


def usual_reporter(programme: Programme) -> Reporter:
    """Give the reporter of a programme that has no identifier of its own; it says so."""
    return Reporter(ref=f"{UNREGISTERED}-{programme.slug.upper()}", name=programme.name, type=OTHER)


def activity_file(of: Published, entries: Iterable[Entry], *, now: datetime) -> Iterator[bytes]:
    """Write the file of the activity, piece by piece, from entries in any order; days to come are left out."""
    programme = of.programme
    yield _declared("iati-activities", now)
    yield _opened(
        "iati-activity",
        {
            LANG: LANGUAGE,
            "default-currency": programme.base_currency,
            "last-updated-datetime": _moment(now),
        },
    )
    for element in _about(of):
        yield _piece(element)
    delivered = _Delivered()
    today = now.astimezone(UTC).date()
    for entry in entries:
        if entry.effective_on > today:
            continue
        delivered.take(entry)
        for number, transaction in enumerate(transactions_of(entry), start=1):
            yield _piece(_transaction(of, transaction, number))
    if of.shows_deliveries and of.names_goods:
        yield from delivered.result(of.first_day, today)
    yield b"</iati-activity>\n</iati-activities>\n"


def organisation_file(of: Published, entries: Iterable[Entry], *, now: datetime) -> Iterator[bytes]:
    """Write the file of the organisation: who it is, and what it spent, year by year and currency by currency."""
    spent: dict[tuple[int, str], int] = {}
    today = now.astimezone(UTC).date()
    for entry in entries:
        if entry.effective_on > today:
            continue
        for transaction in transactions_of(entry):
            if transaction.flow is Flow.EXPENDITURE:
                key = (entry.effective_on.year, transaction.amount.currency)
                spent[key] = spent.get(key, 0) + transaction.amount.minor
    yield _declared("iati-organisations", now)
    yield _opened(
        "iati-organisation",
        {
            LANG: LANGUAGE,
            "default-currency": of.programme.base_currency,
            "last-updated-datetime": _moment(now),
        },
    )
    yield _piece(_element("organisation-identifier", of.reporter.ref))
    yield _piece(_said("name", of.reporter.name))
    yield _piece(_reporting(of.reporter))
    for (year, currency), minor in sorted(spent.items()):
        element = _element("total-expenditure")
        element.append(_element("period-start", **{"iso-date": f"{year}-01-01"}))
        element.append(_element("period-end", **{"iso-date": f"{year}-12-31"}))
        element.append(_value(Amount(minor, currency), min(date(year, 12, 31), today)))
        yield _piece(element)
    yield b"</iati-organisation>\n</iati-organisations>\n"


# ---- the activity ----


def _about(of: Published) -> Iterator[etree._Element]:
    """Give what an activity says of itself, in the order of the standard."""
    programme = of.programme
    about = programme.about
    if programme.invented:
        about = _in_words("invented", text=about)
    yield _element("iati-identifier", f"{of.reporter.ref}-{programme.slug}")
    yield _reporting(of.reporter)
    yield _said("title", programme.name)
    yield _said("description", about, type="1")
    for partner in dict.fromkeys(of.partners.values()):
        yield _organisation("participating-org", of, partner, role=FUNDING)
    yield _said("participating-org", programme.validator, role=ACCOUNTABLE)
    yield _said("participating-org", programme.supplier, role=IMPLEMENTING)
    yield _element("activity-status", code="2")
    yield _element("activity-date", **{"type": "2", "iso-date": of.first_day.isoformat()})
    country = countries().get(programme.recipient, "")
    if country:
        yield _element("recipient-country", code=country)
    else:
        yield _element("recipient-region", code=NO_REGION, vocabulary="1")
    yield _element("sector", code=NOT_SPECIFIED, vocabulary="1")
    yield _element("default-flow-type", code=OTHER_FLOWS)


def _reporting(reporter: Reporter, tag: str = "reporting-org") -> etree._Element:
    return _said(tag, reporter.name, ref=reporter.ref, type=reporter.type)


def _organisation(tag: str, of: Published, name: str, **attributes: str) -> etree._Element:
    """Name a partner: by its identifier and type where they are known, and always in words."""
    party = of.parties.get(name)
    if party is not None:
        attributes |= {"ref": party.identifier} if party.identifier else {}
        attributes |= {"type": _TYPES[party.kind]} if party.kind in _TYPES else {}
    return _said(tag, party.name if party else name, **attributes)


def _transaction(of: Published, what: Transaction, number: int) -> etree._Element:
    entry, day = what.entry, what.entry.effective_on
    element = _element("transaction", ref=f"{what.contribution}/{entry.position}/{number}")
    element.append(_element("transaction-type", code=what.flow.value))
    element.append(_element("transaction-date", **{"iso-date": day.isoformat()}))
    element.append(_value(what.amount, day))
    element.append(_said("description", _described(of, what)))
    partner = of.partners.get(what.contribution, "")
    if what.flow.is_incoming and partner:
        element.append(_organisation("provider-org", of, partner))
        element.append(_reporting(of.reporter, "receiver-org"))
    elif not what.flow.is_incoming:
        element.append(_reporting(of.reporter, "provider-org"))
        if what.line:
            element.append(_said("receiver-org", of.programme.supplier))
    if what.contribution in of.earmarked and what.flow.is_incoming:
        code = "4" if of.earmarked[what.contribution] else "3"
        element.append(_element("aid-type", code=code, vocabulary="2"))
    return element


def _described(of: Published, what: Transaction) -> str:
    """Say under which agreement the money flows, and for which goods where those are named."""
    nature = what.flow.name.lower()
    if what.line and of.names_goods:
        nature = f"{nature}-of"
    return _in_words(f"flow.{nature}", agreement=what.contribution, line=what.line)


class _Delivered:
    """Counts units line by line while entries pass by."""

    def __init__(self) -> None:
        self._ordered: dict[str, int] = {}
        self._arrived: dict[str, int] = {}

    def take(self, entry: Entry) -> None:
        for goods in entry.goods:
            if goods.place is Account.SOURCE:
                self._ordered[goods.line] = self._ordered.get(goods.line, 0) - goods.units
            elif goods.place in (Account.DELIVERED, Account.ACCEPTED):
                self._arrived[goods.line] = self._arrived.get(goods.line, 0) + goods.units

    def result(self, first: date, today: date) -> Iterator[bytes]:
        """Write the result: an indicator for each line of which anything is ordered."""
        lines = sorted(line for line, units in self._ordered.items() if units > 0)
        if not lines:
            return
        yield _opened("result", {"type": "1", "aggregation-status": "0"})
        yield _piece(_said("title", _in_words("delivered")))
        for line in lines:
            yield _piece(self._indicator(line, first, today))
        yield b"</result>\n"

    def _indicator(self, line: str, first: date, today: date) -> etree._Element:
        indicator = _element("indicator", measure="1", ascending="1")
        indicator.append(_said("title", _in_words("units", line=line)))
        indicator.append(_element("baseline", year=str(first.year), value="0"))
        period = _element("period")
        period.append(_element("period-start", **{"iso-date": first.isoformat()}))
        period.append(_element("period-end", **{"iso-date": max(first, today).isoformat()}))
        period.append(_element("target", value=str(self._ordered[line])))
        period.append(_element("actual", value=str(self._arrived.get(line, 0))))
        indicator.append(period)
        return indicator


# ---- XML ----


def _in_words(name: str, **params: Param) -> str:
    """Say a sentence of the file, in the language that the file says it is in, whoever takes it."""
    with spoken_in(LANGUAGE):
        return str(sentence(f"iati-file.{name}", **params))


def _element(tag: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.Element(tag, {name: _clean(value) for name, value in attributes.items()})
    if text:
        element.text = _clean(text)
    return element


def _said(tag: str, text: str, **attributes: str) -> etree._Element:
    """Make an element that says something in words."""
    element = _element(tag, **attributes)
    element.append(_element("narrative", text))
    return element


def _value(amount: Amount, day: date) -> etree._Element:
    return _element(
        "value", f"{amount.major:f}", **{"currency": amount.currency, "value-date": day.isoformat()}
    )


def _clean(text: str) -> str:
    """Leave out the few signs that XML cannot hold."""
    return "".join(
        sign
        if sign in "\t\n" or " " <= sign < "\ud800" or "\ue000" <= sign <= "\ufffd" or sign > "\uffff"
        else " "
        for sign in text
    )


def _piece(element: object) -> bytes:
    return bytes(etree.tostring(element, encoding="utf-8")) + b"\n"


def _opened(tag: str, attributes: Mapping[str, str]) -> bytes:
    """Write the start of an element that is written piece by piece."""
    return bytes(etree.tostring(etree.Element(tag, dict(attributes)), encoding="utf-8")).replace(
        b"/>", b">\n"
    )


def _declared(root: str, now: datetime) -> bytes:
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + _opened(root, {"version": VERSION, "generated-datetime": _moment(now)})


def _moment(now: datetime) -> str:
    return time_text(now.replace(microsecond=0))
