"""One reader for each of the seven files: its columns, and from a row to the noun."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pledgeline.exchange.record.cells import RecordCells
from pledgeline.exchange.record.lines import FileForm
from pledgeline.exchange.record.read_fields import Known, read_row
from pledgeline.exchange.record.relations import RowRelation
from pledgeline.money import PAST_CURRENCIES, Rate, is_currency
from pledgeline.programme.announcements import Announcement, Relation
from pledgeline.programme.deliveries import ReportedDelivery
from pledgeline.programme.items import PricedItem
from pledgeline.programme.packages import ReportedPackage
from pledgeline.programme.parties import JOINT
from pledgeline.programme.record_fields import columns_of_row, fields_of_row
from pledgeline.programme.sentences import sentence
from pledgeline.programme.sources import Source
from pledgeline.programme.stated_totals import StatedTotal
from pledgeline.programme.total_words import is_total


def read_announcement(cells: RecordCells, known: Known) -> object:
    day = cells.day("announced_on", needed=True, month_too=True)
    month_only = day is not None and cells.text("announced_on") == f"{day:%Y-%m}"
    if day is not None and month_only:
        day = day.replace(day=monthrange(day.year, day.month)[1])
    currency = cells.currency("currency", on=day)
    cells.together("amount", "currency", "contributions.amount-and-currency.one")
    amount = cells.amount("amount", currency, may_be_taken_back=True)
    reported = cells.amount("amount_usd_as_reported", "USD")
    if amount and reported and amount.currency == "USD" and amount != reported:
        said = sentence("contributions.dollars-differ.amounts", amount=amount, reported=reported)
        cells.object(said, "amount_usd_as_reported", warn=True)
    package = cells.text("package")
    cells.known("package", (package,) if package else (), known.packages, "cell.unknown-package.record.key")
    relation, others = cells.word("relation", Relation), cells.several("relates_to")
    cells.together("relation", "relates_to", "contributions.relation-and-rows.one")
    key = cells.reference("id")
    if relation in (Relation.NEW, Relation.REPLACES):
        _ask_whether_total(cells)
    known.links.setdefault(
        key,
        RowRelation(
            key=key,
            relation=relation,
            relates_to=others,
            announced_on=day,
            first_day=day.replace(day=1) if day is not None and month_only else day,
            place=cells.place("relates_to"),
        ),
    )
    return read_row(
        Announcement,
        cells,
        known,
        id=key,
        announced_on=day,
        amount=amount,
        reported_usd=reported,
        package=package,
        relation=relation,
        relates_to=others,
        month_only=month_only,
    )


def _ask_whether_total(cells: RecordCells) -> None:
    """Ask of a row that is named as a total: it would count beside what it adds up."""
    for column in ("id", "partner", "title"):
        if is_total(cells.text(column)):
            said = sentence("contributions.named-as-total.word", text=cells.text(column)[:40])
            cells.object(said, column, warn=True)
            return


def read_package(cells: RecordCells, known: Known) -> ReportedPackage | None:
    announced_on = cells.day("announced_on", needed=True)
    currency = cells.currency("currency", on=announced_on, needed=True)
    return read_row(ReportedPackage, cells, known, announced_on=announced_on, currency=currency)


def read_delivery(cells: RecordCells, known: Known) -> object:
    return read_row(ReportedDelivery, cells, known)


def read_stated_total(cells: RecordCells, known: Known) -> StatedTotal | None:
    measure, unit = cells.text("measure", needed=True), cells.text("unit", needed=True)
    number = cells.number("value")
    if number is not None and number < 0:
        cells.object(sentence("cell.not-positive.record.below", number=str(number)), "value")
    code = unit.partition(" ")[0]
    as_of = cells.day("as_of", needed=True)
    stated_in = re.search("_([a-z]{3})(:|$)", measure)
    money = stated_in[1].upper() if stated_in and is_currency(stated_in[1].upper(), as_of) else ""
    if is_currency(code, as_of):
        if number is not None:
            cells.fits("value", code)
        if money and money != code:
            cells.object(sentence("checkpoints.unit.currency", currency=money), "unit", warn=True)
    elif code in PAST_CURRENCIES or (money and re.fullmatch("[A-Za-z]{3}", code)):
        cells.object_to_currency("unit", code, as_of)
    about = re.fullmatch("partner_total_[a-z_]+:(.*)", measure)
    for partner in about[1].split(JOINT) if about else ():
        cells.partner("measure", partner, known.parties)
    return read_row(StatedTotal, cells, known, as_of=as_of, measure=measure, value=number, unit=unit)


def read_item(cells: RecordCells, known: Known) -> PricedItem | None:
    currency = cells.currency("currency", needed=True)
    low, high = (cells.amount(column, currency, needed=True) for column in ("price_low", "price_high"))
    if low and high and high < low:
        cells.object(sentence("items.price-range.amounts", low=low, high=high), "price_low")
    soon, late = (cells.whole(f"lead_time_months_{end}", least=0, most=1200) for end in ("low", "high"))
    if soon is not None and late is not None and late < soon:
        said = sentence("items.lead-time-range.months", low=soon, high=late)
        cells.object(said, "lead_time_months_low")
    year = cells.text("price_year")
    if year and not re.fullmatch("(19|20)[0-9]{2}(-(19|20)[0-9]{2})?", year):
        cells.object(sentence("items.year"), "price_year")
    elif year[:4] > year[-4:]:
        cells.object(sentence("items.year.order", first=year[:4], last=year[-4:]), "price_year")
    return read_row(
        PricedItem,
        cells,
        known,
        price_low=low,
        price_high=high,
        price_year=year,
        lead_time_months_low=soon,
        lead_time_months_high=late,
    )


RATE_COLUMNS = ("date", "base", "currency", "rate", "source")
"""The columns of a rate, which is a value of the money room: it knows no files."""


def read_rate(cells: RecordCells, known: Known) -> Rate | None:
    day = cells.day("date", needed=True)
    base, currency = (cells.currency(column, on=day, needed=True) for column in ("base", "currency"))
    if base and base == currency:
        cells.object(sentence("fx.same-currency.code", base=base), "currency")
    value: dict[str, Any] = {
        "day": day,
        "base": base,
        "currency": currency,
        "rate": cells.number("rate", above_zero=True),
        "source": cells.text("source", needed=True),
    }
    cells.known(
        "source",
        (value["source"],) if value["source"] else (),
        known.sources,
        "cell.unknown-source.record.key",
    )
    return Rate(**value) if cells.sound else None


def read_source(cells: RecordCells, known: Known) -> Source | None:
    url = cells.text("url", needed=True)
    if url and not re.fullmatch(r"(https?://[^\s/?#]+\S*|urn:\S+)", url, re.IGNORECASE):
        cells.object(sentence("cell.address.record"), "url")
    return read_row(Source, cells, known, url=url)


@dataclass(frozen=True, kw_only=True)
class RecordKind:
    """One file: its name, the kind of rows it holds, its columns, its reader.

    `row` is what a row becomes; the columns are those of its fields. `key` gives what must be different in every row,
    and a finding about it is placed in `key_column`. Rows that others refer to have an id there. Where `says_the_same`
    holds for two rows with one key, one of them is a copy and no mistake.
    """

    file: str
    name: str
    row: type[object]
    read: Callable[[RecordCells, Known], object]
    key: Callable[[Any], Any]
    key_column: str
    has_id: bool = True
    says_the_same: Callable[[Any, Any], bool] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return columns_of_row(self.row) or RATE_COLUMNS

    @cached_property
    def form(self) -> FileForm:
        """Give what its file has to look like; a column of what need not be said may be missing."""
        fields = fields_of_row(self.row).values()
        may_lack = (column for field in fields if field.may_lack for column in field.columns)
        return FileForm(
            name=self.file, columns=self.columns, may_lack=frozenset(may_lack), key_column=self.key_column
        )


KINDS = (
    RecordKind(
        file="sources.csv",
        name="sources",
        row=Source,
        read=read_source,
        key=lambda row: row.id,
        key_column="id",
    ),
    RecordKind(
        file="packages.csv",
        name="packages",
        row=ReportedPackage,
        read=read_package,
        key=lambda row: row.id,
        key_column="id",
    ),
    RecordKind(
        file="contributions.csv",
        name="announcements",
        row=Announcement,
        read=read_announcement,
        key=lambda row: row.id,
        key_column="id",
    ),
    RecordKind(
        file="checkpoints.csv",
        name="stated_totals",
        row=StatedTotal,
        read=read_stated_total,
        key=lambda row: (row.as_of, row.measure, row.value, row.said_by),
        key_column="measure",
        has_id=False,
        says_the_same=lambda row, other: row.unit == other.unit,
    ),
    RecordKind(
        file="deliveries.csv",
        name="deliveries",
        row=ReportedDelivery,
        read=read_delivery,
        key=lambda row: (row.when, row.packages, row.what),
        key_column="what_as_reported",
        has_id=False,
        says_the_same=lambda row, other: True,
    ),
    RecordKind(
        file="items.csv",
        name="items",
        row=PricedItem,
        read=read_item,
        key=lambda row: row.id,
        key_column="item",
    ),
    RecordKind(
        file="fx.csv",
        name="rates",
        row=Rate,
        read=read_rate,
        key=lambda row: (row.day, row.base, row.currency),
        key_column="date",
        has_id=False,
    ),
)
"""The seven files, in the order in which they are read: what others refer to comes first."""
