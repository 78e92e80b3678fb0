"""Make nouns with one word each, and invent any noun there can be.

The plain functions take what a test is about and fill in the rest; the strategies below give
hypothesis every value that a table has to keep.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from pledgeline.money import MINOR_DIGITS, Amount, Rate
from pledgeline.money.parsing import LARGEST_MINOR
from pledgeline.programme.announcements import Announcement, Relation, Stage
from pledgeline.programme.deliveries import ReportedDelivery
from pledgeline.programme.items import PricedItem
from pledgeline.programme.packages import ReportedPackage
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import WITHHOLDABLE, Programme
from pledgeline.programme.sources import Source
from pledgeline.programme.stated_totals import StatedTotal

A_DAY = date(2025, 8, 4)


def a_programme(**given: Any) -> Programme:
    """Invent a programme, as it is or with some settings of its own."""
    plain = Programme(
        slug="harbour",
        name="Harbour Repair Fund (invented)",
        short_name="Harbour",
        about="An invented programme.",
        recipient="Ruritania",
        validator="an invented committee",
        supplier="an invented supplier",
        package_size=Amount(500_000_000_00, "USD"),
        base_currency="EUR",
    )
    return replace(plain, **given)


def an_announcement(ref: str = "C001", **given: Any) -> Announcement:
    """Invent an announcement: the Netherlands, EUR 500 million, new money."""
    plain = Announcement(
        id=ref,
        partners=("NLD",),
        announced_on=A_DAY,
        amount=Amount(500_000_000_00, "EUR"),
        reported_usd=None,
        package="",
        stage=Stage.ANNOUNCED,
        earmark="",
        title=f"Announcement {ref}",
        sources=("S001",),
        relation=Relation.NEW,
        relates_to=(),
        note="",
    )
    return replace(plain, **given)


def a_package(ref: str = "PKG01", **given: Any) -> ReportedPackage:
    """Invent a package of 500 million dollars."""
    plain = ReportedPackage(
        id=ref,
        number=1,
        announced_on=A_DAY,
        value=Amount(500_000_000_00, "USD"),
        currency="USD",
        funders=("NLD",),
        contents="cranes",
        delivery_reported_on=None,
        sources=("S001",),
        note="",
    )
    return replace(plain, **given)


def a_delivery(what: str = "The first crane arrived", **given: Any) -> ReportedDelivery:
    """Invent a report that something arrived."""
    plain = ReportedDelivery(when="2025-09", packages=("PKG01",), what=what, sources=("S001",), note="")
    return replace(plain, **given)


def a_stated_total(value: str = "500000000", **given: Any) -> StatedTotal:
    """Invent a total that somebody stated, in dollars."""
    plain = StatedTotal(
        as_of=A_DAY,
        measure="total_contributed_usd",
        value=Decimal(value),
        unit="USD",
        said_by="a minister",
        sources=("S001",),
        note="",
    )
    return replace(plain, **given)


def an_item(ref: str = "crane", **given: Any) -> PricedItem:
    """Invent an item that costs between one and two million dollars."""
    plain = PricedItem(
        id=ref,
        name="Harbour crane",
        category="lifting",
        unit_of_issue="EA",
        price_low=Amount(1_000_000_00, "USD"),
        price_high=Amount(2_000_000_00, "USD"),
        price_year="2025",
        price_basis="press",
        lead_time_months_low=6,
        lead_time_months_high=12,
        sources=("S001",),
        note="",
    )
    return replace(plain, **given)


def a_source(ref: str = "S001", **given: Any) -> Source:
    """Invent a page."""
    plain = Source(
        id=ref,
        url=f"https://example.org/{ref}",
        publisher="Example Gazette",
        published_on=A_DAY,
        title=f"Page {ref}",
        accessed_as="page",
    )
    return replace(plain, **given)


def a_rate(rate: str = "1.1565", currency: str = "USD", day: date = A_DAY, **given: Any) -> Rate:
    """Invent a rate of the euro."""
    plain = Rate(day=day, base="EUR", currency=currency, rate=Decimal(rate), source="S001")
    return replace(plain, **given)


def a_record(**given: Any) -> PublicRecord:
    """Invent a record with one row of each kind, or with the rows that are given."""
    plain = PublicRecord(
        announcements=(an_announcement(),),
        packages=(a_package(),),
        deliveries=(a_delivery(),),
        stated_totals=(a_stated_total(),),
        items=(an_item(),),
        sources=(a_source(),),
        rates=(a_rate(),),
    )
    return replace(plain, **given)


# Anything that a table has to keep. A NUL is no text for PostgreSQL; readers refuse it before.

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
refs = texts.filter(bool)
lists = st.lists(texts, max_size=4).map(tuple)
days = st.dates()
codes = st.sampled_from(sorted(MINOR_DIGITS))
minors = st.integers(-LARGEST_MINOR + 1, LARGEST_MINOR - 1)
small_numbers = st.none() | st.integers(0, 10_000)
exact_decimals = st.decimals(allow_nan=False, allow_infinity=False)
rates_above_zero = st.decimals(min_value=Decimal("1e-12"), max_value=Decimal("1e12"))


def amounts(currency: str) -> st.SearchStrategy[Amount]:
    """Give every amount of a currency."""
    return st.builds(Amount, minors, st.just(currency))


any_amounts = codes.flatmap(amounts)

announcements = st.builds(
    Announcement,
    id=refs,
    partners=lists,
    announced_on=days,
    amount=st.none() | any_amounts,
    reported_usd=st.none() | amounts("USD"),
    package=texts,
    stage=st.sampled_from(Stage),
    earmark=texts,
    title=texts,
    sources=lists,
    relation=st.sampled_from(Relation),
    month_only=st.booleans(),
    relates_to=lists,
    note=texts,
)


def _packages(currency: str) -> st.SearchStrategy[ReportedPackage]:
    return st.builds(
        ReportedPackage,
        id=refs,
        number=small_numbers,
        announced_on=days,
        value=st.none() | amounts(currency) if currency else st.none(),
        currency=st.just(currency),
        funders=lists,
        contents=texts,
        delivery_reported_on=st.none() | days,
        sources=lists,
        note=texts,
    )


packages = (codes | st.just("")).flatmap(_packages)

deliveries = st.builds(
    ReportedDelivery,
    when=st.just("") | days.map(date.isoformat) | days.map(lambda day: day.isoformat()[:7]),
    packages=lists,
    what=texts,
    sources=lists,
    note=texts,
)

stated_totals = st.builds(
    StatedTotal,
    as_of=days,
    measure=texts,
    value=exact_decimals,
    unit=texts,
    said_by=texts,
    sources=lists,
    note=texts,
)


def _items(currency: str) -> st.SearchStrategy[PricedItem]:
    return st.builds(
        PricedItem,
        id=refs,
        name=texts,
        category=texts,
        unit_of_issue=texts,
        price_low=amounts(currency),
        price_high=amounts(currency),
        price_year=texts,
        price_basis=texts,
        lead_time_months_low=small_numbers,
        lead_time_months_high=small_numbers,
        sources=lists,
        note=texts,
    )


items = codes.flatmap(_items)

sources = st.builds(
    Source,
    id=refs,
    url=texts,
    publisher=texts,
    published_on=st.none() | days,
    title=texts,
    accessed_as=texts,
)

rates = st.builds(
    Rate,
    day=days,
    base=st.just("EUR"),
    currency=codes.filter("EUR".__ne__),
    rate=rates_above_zero,
    source=texts,
)

KINDS: dict[str, st.SearchStrategy[Any]] = {
    "announcements": announcements,
    "packages": packages,
    "deliveries": deliveries,
    "stated_totals": stated_totals,
    "items": items,
    "sources": sources,
    "rates": rates,
}
"""Every value of each kind of row, by its name in `PublicRecord`."""

programmes = st.builds(
    Programme,
    slug=st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True),
    name=texts,
    short_name=texts,
    about=texts,
    recipient=texts,
    validator=texts,
    supplier=texts,
    package_size=any_amounts,
    base_currency=codes,
    maximum_rate_age_days=st.integers(0, 10_000),
    public_fields=st.fixed_dictionaries(
        {
            kind: st.lists(st.sampled_from(names), unique=True).map(tuple)
            for kind, names in WITHHOLDABLE.items()
        }
    ),
    parties=st.dictionaries(texts, texts, max_size=3),
)
