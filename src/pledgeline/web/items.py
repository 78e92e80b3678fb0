"""Typical items and support cases with their public price ranges."""

from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from pledgeline.exchange.record.own_names import own_name
from pledgeline.programme.items import PricedItem
from pledgeline.web import words
from pledgeline.web.asked import Asked, ask, show_table
from pledgeline.web.columns import Money, Sources, Text, Whole
from pledgeline.web.record_columns import other_columns
from pledgeline.web.tables import Table

SHOWN = frozenset(
    "id name category unit_of_issue price_low price_high price_year price_basis lead_time_months_low "
    "lead_time_months_high sources note".split()
)
"""Fields that have a column of their own."""


def _table(request: HttpRequest, asked: Asked) -> Table:
    withheld = asked.snapshot.withheld("items")
    named = partial(own_name, asked.programme.slug)
    no_price, no_lead_time = "price" in withheld, "lead_time" in withheld
    return Table(
        request,
        name=f"{asked.programme.slug}-items",
        caption=_("Items and prices"),
        columns=[
            Text("id", _("Key"), shown=False),
            Text(
                "item",
                _("Item"),
                lambda row: named(row.name),
                folded=True,
                classes="what",
                template="web/cells/item.html",
            ),
            Text("category", _("Category"), named=words.category_name, key="category"),
            Text("unit", _("Unit"), "unit_of_issue", template="web/cells/unit.html"),
            Money("low", _("Lowest public price"), "price_low", sortable=not no_price, withheld=no_price),
            Money("high", _("Highest public price"), "price_high", sortable=not no_price, withheld=no_price),
            Text("currency", _("Currency"), _currency, shown=False),
            Text("year", _("Year of price"), "price_year", empty="–"),
            Text(
                "basis",
                _("What the price is"),
                "price_basis",
                named=words.price_basis,
                key="price_basis",
                classes="what",
            ),
            Whole(
                "lead",
                _("Lead time, months, lowest"),
                "lead_time_months_low",
                withheld=no_lead_time,
                template="web/cells/lead_time.html",
            ),
            Whole("lead_high", _("Lead time, months, highest"), "lead_time_months_high", shown=False),
            Text("note", _("Note"), shown=False),
            Sources(),
            *other_columns("item", PricedItem, SHOWN),
        ],
        rows=asked.record.items,
        sort="category",
        empty=_("No item with a public price is in the record yet."),
        per_page=100,
        files="items-file",
    )


def _currency(item: PricedItem) -> str | None:
    return item.price_low.currency if item.price_low is not None else None


def items_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the items, or give them as a file."""
    asked = ask(request, slug)
    if format_:
        return _table(request, asked).file(format_)
    return show_table(request, "web/items.html", asked, lambda: {"table": _table(request, asked)})
