"""Typical items and support cases with their public price ranges."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from pledgeline.web import words
from pledgeline.web.asked import Asked, ask, show
from pledgeline.web.tables import Column, Table, Value


def _table(request: HttpRequest, asked: Asked) -> Table:
    withheld = asked.snapshot.withheld("items")

    def price(name: str) -> Any:
        return lambda item: None if "price" in withheld else getattr(item, name).major

    def months(name: str) -> Any:
        def value(item: Any) -> Value:
            return None if "lead_time" in withheld else getattr(item, name)

        return value

    return Table(
        request,
        name=f"{asked.programme.slug}-items",
        caption=_("Items and prices"),
        columns=[
            Column(name="id", label=_("Key"), shown=False, value=lambda item: item.id),
            Column(
                name="item",
                label=_("Item"),
                value=lambda item: item.name,
                key=lambda item: item.name.casefold(),
            ),
            Column(
                name="category",
                label=_("Category"),
                value=lambda item: words.category_name(item.category),
                key=lambda item: item.category,
            ),
            Column(
                name="unit",
                label=_("Unit"),
                value=lambda item: item.unit_of_issue,
                key=lambda item: item.unit_of_issue,
            ),
            Column(
                name="low",
                label=_("Lowest public price"),
                number=True,
                value=price("price_low"),
                key=None
                if "price" in withheld
                else lambda item: (item.price_low.currency, item.price_low.minor),
            ),
            Column(
                name="high",
                label=_("Highest public price"),
                number=True,
                value=price("price_high"),
                key=None
                if "price" in withheld
                else lambda item: (item.price_high.currency, item.price_high.minor),
            ),
            Column(
                name="currency",
                label=_("Currency"),
                shown=False,
                value=lambda item: None if "price" in withheld else item.price_low.currency,
            ),
            Column(
                name="year",
                label=_("Year of price"),
                value=lambda item: item.price_year,
                key=lambda item: item.price_year or None,
            ),
            Column(
                name="basis",
                label=_("What the price is"),
                value=lambda item: str(words.PRICE_BASES.get(item.price_basis, item.price_basis)),
                key=lambda item: item.price_basis,
            ),
            Column(
                name="lead",
                label=_("Lead time, months, lowest"),
                number=True,
                value=months("lead_time_months_low"),
                key=months("lead_time_months_low"),
            ),
            Column(
                name="lead_high",
                label=_("Lead time, months, highest"),
                number=True,
                shown=False,
                value=months("lead_time_months_high"),
            ),
            Column(name="note", label=_("Note"), shown=False, value=lambda item: item.note),
            Column(name="sources", label=_("Sources"), value=lambda item: ";".join(item.sources)),
        ],
        rows=asked.record.items,
        sort="category",
        row_template="web/rows/item.html",
        empty=_("No item with a public price is in the record yet."),
        per_page=100,
    )


def items_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask(request, slug)
    return show(
        request,
        "web/items.html",
        asked,
        table=_table(request, asked),
        withheld=asked.snapshot.withheld("items"),
        file_url="web:items-file",
    )


def items_file(request: HttpRequest, slug: str, format_: str) -> HttpResponse:
    return _table(request, ask(request, slug)).file(format_)
