"""The sheets of a planning workbook and their columns, said once.

The template, the reader, the writer, the help sheet and the findings all speak from this table: a column
that is added here is offered, explained, read and written.
"""

from dataclasses import dataclass
from enum import StrEnum

from pledgeline.programme.sentences import Sentence, sentence


class Kind(StrEnum):
    """What the cells of a column hold."""

    ID = "id"
    NAME = "name"
    TEXT = "text"
    WHOLE = "whole"
    PRICE = "price"
    AMOUNT = "amount"
    DAY = "day"
    NUMBER = "number"
    SHARE = "share"
    FEE = "fee"
    YES_NO = "yes-no"
    CURRENCY = "currency"
    EARMARK = "earmark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what stands in its header, what it is for, and how it is read.

    `field` is the name in the JSON form, "" for what is not read. `choices` names a column of another
    sheet ("Packages.Id") whose cells are offered as a list. `least` is the smallest whole number.
    """

    header: str
    field: str
    kind: Kind
    help: Sentence
    needed: bool = False
    least: int = 0
    choices: str = ""
    width: int = 14
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its name, where its rows go in the JSON form, and its columns.

    `examples` are rows of the template that show how it is done; the reader leaves them out.
    """

    name: str
    section: str
    about: Sentence
    columns: tuple[Column, ...]
    examples: tuple[tuple[object, ...], ...] = ()
    needed: bool = False
    also: tuple[str, ...] = ()

    def column(self, field: str) -> Column:
        """Give the column of a field.

        Raises:  KeyError when the sheet has none.
        """
        for column in self.columns:
            if column.field == field:
                return column
        raise KeyError(field)

    def place(self, field: str) -> int:
        """Give the place of a field's column in the template, from 1."""
        return self.columns.index(self.column(field)) + 1


EXAMPLE = "EXAMPLE"
"""Rows whose first cell begins with this word show how it is done: they are not read."""

HELP, LISTS = "Help", "Lists"
"""Sheets of the template that hold no rows: what to fill in, and the currencies to choose from."""

_NOTE = Column(
    header="Note",
    field="",
    kind=Kind.TEXT,
    help=sentence("template.note"),
    width=34,
    also=("notes", "remark", "remarks", "comment", "comments"),
)

_CATEGORY = Column(
    header="Category",
    field="category",
    kind=Kind.NAME,
    help=sentence("template.category"),
    width=18,
)

REQUIREMENTS = Sheet(
    name="Requirements",
    section="lines",
    about=sentence("template.requirements"),
    needed=True,
    also=("requirement", "needs", "lines", "demand"),
    columns=(
        Column(
            header="Id",
            field="id",
            kind=Kind.ID,
            needed=True,
            help=sentence("template.requirements.id"),
            also=("requirement", "requirement id", "line", "line id", "ref", "reference", "no"),
        ),
        Column(
            header="Item",
            field="item",
            kind=Kind.NAME,
            needed=True,
            help=sentence("template.requirements.item"),
            width=28,
            also=("item name",),
        ),
        _CATEGORY,
        Column(
            header="Quantity",
            field="quantity",
            kind=Kind.WHOLE,
            needed=True,
            least=1,
            help=sentence("template.requirements.quantity"),
            also=("qty", "units", "number of units", "quantity needed"),
        ),
        Column(
            header="Priority",
            field="priority",
            kind=Kind.WHOLE,
            help=sentence("template.requirements.priority"),
            width=10,
            also=("tier", "prio"),
        ),
        Column(
            header="Need by",
            field="need_by",
            kind=Kind.DAY,
            help=sentence("template.requirements.need-by"),
            also=("needed by", "need by date", "deadline"),
        ),
        Column(
            header="Least useful",
            field="min_useful",
            kind=Kind.WHOLE,
            help=sentence("template.requirements.min-useful"),
            also=("least useful quantity", "minimum useful", "min useful", "minimum useful quantity"),
        ),
        Column(
            header="In steps of",
            field="multiple",
            kind=Kind.WHOLE,
            least=1,
            help=sentence("template.requirements.multiple"),
            also=("multiple", "multiple of", "multiples of", "step"),
        ),
        Column(
            header="Weight",
            field="weight",
            kind=Kind.NUMBER,
            help=sentence("template.requirements.weight"),
            width=10,
        ),
        _NOTE,
    ),
    examples=(
        ("EXAMPLE-1", "generator 200 kW", "power", 40, 1, "2026-09-30", 10, 5, 1,
         "40 generators by 30 September; fewer than 10 are of no use"),
        ("EXAMPLE-2", "field hospital", None, 2, 2, None, None, None, None, "a kit: its parts are on Kits"),
    ),
)  # fmt: skip

OFFERS = Sheet(
    name="Offers",
    section="offers",
    about=sentence("template.offers"),
    needed=True,
    also=("offer", "prices", "catalogue"),
    columns=(
        Column(
            header="Id",
            field="id",
            kind=Kind.ID,
            needed=True,
            help=sentence("template.offers.id"),
            also=("offer", "offer id", "ref", "reference", "no"),
        ),
        Column(
            header="Item",
            field="item",
            kind=Kind.NAME,
            needed=True,
            help=sentence("template.offers.item"),
            choices="Requirements.Item",
            width=28,
            also=("item name",),
        ),
        _CATEGORY,
        Column(
            header="Unit price",
            field="unit_price_minor",
            kind=Kind.PRICE,
            needed=True,
            help=sentence("template.offers.unit-price-minor"),
            width=18,
            also=("price", "price per unit", "unit cost"),
        ),
        Column(
            header="Available",
            field="available",
            kind=Kind.WHOLE,
            help=sentence("template.offers.available"),
            also=("stock", "available units", "quantity available"),
        ),
        Column(
            header="Lead time (days)",
            field="lead_days",
            kind=Kind.WHOLE,
            needed=True,
            help=sentence("template.offers.lead-days"),
            also=("lead time", "lead days", "delivery days"),
        ),
        Column(
            header="Lot size",
            field="lot",
            kind=Kind.WHOLE,
            least=1,
            help=sentence("template.offers.lot"),
            also=("lot", "lots of", "pack size"),
        ),
        Column(
            header="Minimum order",
            field="min_order",
            kind=Kind.WHOLE,
            help=sentence("template.offers.min-order"),
            also=("min order", "moq", "minimum order quantity"),
        ),
        Column(
            header="Supplier",
            field="supplier",
            kind=Kind.NAME,
            help=sentence("template.offers.supplier"),
            width=20,
            also=("vendor", "seller"),
        ),
        Column(
            header="Source",
            field="source",
            kind=Kind.NAME,
            help=sentence("template.offers.source"),
            also=("origin",),
        ),
        _NOTE,
    ),
    examples=(
        ("EXAMPLE-1", "generator 200 kW", "power", 48_500, 60, 45, 5, 10, "Example Works", "stock",
         "in lots of 5, at least 10 in a package"),
        ("EXAMPLE-2", "tent", "shelter", 1_250.5, None, 30, None, None, "Example Tents", "new production", None),
    ),
)  # fmt: skip

CONTRIBUTIONS = Sheet(
    name="Contributions",
    section="contributions",
    about=sentence("template.contributions"),
    needed=True,
    also=("contribution", "money", "funds", "funding", "pledges"),
    columns=(
        Column(
            header="Id",
            field="id",
            kind=Kind.ID,
            needed=True,
            help=sentence("template.contributions.id"),
            also=("contribution", "contribution id", "ref", "reference", "no"),
        ),
        Column(
            header="Partner",
            field="partner",
            kind=Kind.NAME,
            help=sentence("template.contributions.partner"),
            width=22,
            also=("donor", "giver", "country", "funder"),
        ),
        Column(
            header="Amount",
            field="amount_minor",
            kind=Kind.AMOUNT,
            needed=True,
            help=sentence("template.contributions.amount-minor"),
            width=20,
            also=("sum", "value"),
        ),
        Column(
            header="Currency",
            field="currency",
            kind=Kind.CURRENCY,
            help=sentence("template.contributions.currency"),
            choices="Lists.Currency",
            width=10,
            also=("ccy", "cur"),
        ),
        Column(
            header="May pay for",
            field="allow",
            kind=Kind.EARMARK,
            help=sentence("template.contributions.allow"),
            width=38,
            also=("earmark", "earmarked for", "only for", "allow", "allowed"),
        ),
        Column(
            header="Not for",
            field="deny",
            kind=Kind.EARMARK,
            help=sentence("template.contributions.deny"),
            width=26,
            also=("may not pay for", "deny", "excluded", "except"),
        ),
        Column(
            header="Available from",
            field="available_from",
            kind=Kind.DAY,
            help=sentence("template.contributions.available-from"),
            also=("from", "available"),
        ),
        Column(
            header="Use by",
            field="use_by",
            kind=Kind.DAY,
            help=sentence("template.contributions.use-by"),
            also=("lapses", "expires", "until"),
        ),
        Column(
            header="Fee",
            field="fee_bps",
            kind=Kind.FEE,
            help=sentence("template.contributions.fee-bps"),
            width=9,
            also=("fee percent", "handling fee", "overhead"),
        ),
        Column(
            header="Largest share",
            field="max_share",
            kind=Kind.SHARE,
            help=sentence("template.contributions.max-share"),
            also=("max share", "maximum share", "largest share of a package"),
        ),
        Column(
            header="Whole packages only",
            field="whole_package_only",
            kind=Kind.YES_NO,
            help=sentence("template.contributions.whole-package-only"),
            also=("whole package only", "whole package"),
        ),
        _NOTE,
    ),
    examples=(
        ("EXAMPLE-1", "Example Partner", 2_000_000, "EUR", "category: power; source: stock", None,
         "2026-03-01", "2026-12-31", 0.015, None, "no", "for power from stock; 1.5% goes to handling"),
        ("EXAMPLE-2", "Another Partner", 750_000, "USD", None, "item: tent", None, None, None, 0.5, None,
         "at most half of a package"),
    ),
)  # fmt: skip

PACKAGES = Sheet(
    name="Packages",
    section="packages",
    about=sentence("template.packages"),
    needed=True,
    also=("package", "orders"),
    columns=(
        Column(
            header="Id",
            field="id",
            kind=Kind.ID,
            needed=True,
            help=sentence("template.packages.id"),
            also=("package", "package id", "ref", "reference", "no"),
        ),
        Column(
            header="Order day",
            field="order_day",
            kind=Kind.DAY,
            needed=True,
            help=sentence("template.packages.order-day"),
            also=("order date", "ordered on", "date", "day"),
        ),
        Column(
            header="Target",
            field="target_minor",
            kind=Kind.PRICE,
            help=sentence("template.packages.target-minor"),
            width=20,
            also=("target value", "target cost", "size"),
        ),
        Column(
            header="Tolerance",
            field="tolerance_minor",
            kind=Kind.PRICE,
            help=sentence("template.packages.tolerance-minor"),
            width=18,
        ),
        Column(
            header="Most lines",
            field="max_lines",
            kind=Kind.WHOLE,
            help=sentence("template.packages.max-lines"),
            also=("max lines", "maximum lines", "line limit"),
        ),
        _NOTE,
    ),
    examples=(
        ("EXAMPLE-1", "2026-03-15", 5_000_000, 500_000, None, "between 4.5 and 5.5 million"),
        ("EXAMPLE-2", "2026-04-15", None, None, 10, "any sum, at most 10 lines"),
    ),
)  # fmt: skip

KITS = Sheet(
    name="Kits",
    section="kits",
    about=sentence("template.kits"),
    also=("kit", "sets"),
    columns=(
        Column(
            header="Kit",
            field="kit",
            kind=Kind.NAME,
            needed=True,
            help=sentence("template.kits.kit"),
            width=28,
            also=("kit item",),
        ),
        Column(
            header="Part",
            field="part",
            kind=Kind.NAME,
            needed=True,
            help=sentence("template.kits.part"),
            choices="Offers.Item",
            width=28,
            also=("component", "part item"),
        ),
        Column(
            header="Count",
            field="count",
            kind=Kind.WHOLE,
            needed=True,
            least=1,
            help=sentence("template.kits.count"),
            also=("per kit", "quantity", "number"),
        ),
        _NOTE,
    ),
    examples=(
        ("EXAMPLE field hospital", "tent", 4, "one field hospital is 4 tents …"),
        ("EXAMPLE field hospital", "generator 200 kW", 1, "… and 1 generator"),
    ),
)

SUBSTITUTES = Sheet(
    name="Substitutes",
    section="substitutes",
    about=sentence("template.substitutes"),
    also=("substitute", "alternatives"),
    columns=(
        Column(
            header="Item",
            field="item",
            kind=Kind.NAME,
            needed=True,
            help=sentence("template.substitutes.item"),
            choices="Requirements.Item",
            width=28,
            also=("wanted", "needed item"),
        ),
        Column(
            header="May be met by",
            field="by",
            kind=Kind.NAME,
            needed=True,
            help=sentence("template.substitutes.by"),
            choices="Offers.Item",
            width=28,
            also=("by", "substitute", "met by"),
        ),
        Column(
            header="Counts as",
            field="ratio",
            kind=Kind.NUMBER,
            help=sentence("template.substitutes.ratio"),
            also=("ratio",),
        ),
        _NOTE,
    ),
    examples=(("EXAMPLE generator 200 kW", "generator 100 kW", 0.5, "two small ones count as a large one"),),
)

RATES = Sheet(
    name="Rates",
    section="rates",
    about=sentence("template.rates"),
    also=("rate", "exchange rates", "fx"),
    columns=(
        Column(
            header="Currency",
            field="code",
            kind=Kind.CURRENCY,
            needed=True,
            help=sentence("template.rates.code"),
            choices="Lists.Currency",
            also=("ccy", "from"),
        ),
        Column(
            header="Rate",
            field="rate",
            kind=Kind.NUMBER,
            needed=True,
            help=sentence("template.rates.rate"),
            width=20,
            also=("exchange rate", "worth", "value"),
        ),
        _NOTE,
    ),
    examples=(("EXAMPLE EUR", 1.08, "1 EUR is 1.08 of the currency of the plan"),),
)

SUPPLIERS = Sheet(
    name="Suppliers",
    section="suppliers",
    about=sentence("template.suppliers"),
    also=("supplier", "vendors"),
    columns=(
        Column(
            header="Supplier",
            field="id",
            kind=Kind.ID,
            needed=True,
            help=sentence("template.suppliers.id"),
            choices="Offers.Supplier",
            width=24,
            also=("id", "name"),
        ),
        Column(
            header="Most units",
            field="capacity",
            kind=Kind.WHOLE,
            help=sentence("template.suppliers.capacity"),
            also=("capacity", "max units", "maximum units"),
        ),
        Column(
            header="Charge per package",
            field="charge_minor",
            kind=Kind.PRICE,
            help=sentence("template.suppliers.charge-minor"),
            width=20,
            also=("charge", "fixed charge", "fixed cost"),
        ),
        _NOTE,
    ),
    examples=(
        ("EXAMPLE Works", 500, 2_500, "at most 500 units in all; 2,500 for each package with its goods"),
    ),
)

CATEGORIES = Sheet(
    name="Categories",
    section="categories",
    about=sentence("template.categories"),
    also=("category",),
    columns=(
        Column(
            header="Item",
            field="item",
            kind=Kind.NAME,
            needed=True,
            help=sentence("template.categories.item"),
            width=28,
        ),
        Column(
            header="Category",
            field="category",
            kind=Kind.NAME,
            needed=True,
            help=sentence("template.categories.category"),
            width=28,
        ),
    ),
)

SETTINGS = Sheet(
    name="Settings",
    section="settings",
    about=sentence("template.settings"),
    needed=True,
    also=("setting", "options"),
    columns=(
        Column(
            header="Setting",
            field="setting",
            kind=Kind.TEXT,
            needed=True,
            help=sentence("template.settings.setting"),
            width=16,
        ),
        Column(
            header="Value", field="value", kind=Kind.TEXT, help=sentence("template.settings.value"), width=26
        ),
        _NOTE,
    ),
)

SHEETS = (
    REQUIREMENTS,
    OFFERS,
    CONTRIBUTIONS,
    PACKAGES,
    KITS,
    SUBSTITUTES,
    SUPPLIERS,
    RATES,
    SETTINGS,
)
"""The sheets of the template, in their order. `CATEGORIES` is read where it is there."""

DATES, NUMBERS = "dates", "numbers"
"""How days are written: as dates of the calendar, or as numbers counted from a day that is not said."""

SETTING_HELP = {
    "Currency": sentence("template.setting.currency"),
    "First day": sentence("template.setting.first-day"),
    "Days": sentence("template.setting.days"),
    "Title": sentence("template.setting.title"),
}
"""The settings by name, and what each is for."""


def plain(name: str) -> str:
    """Reduce a name of a sheet or column to what matters: letters and digits, small.

    >>> plain(" Lead-Time (days) ")
    'leadtimedays'
    """
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def is_example(first_cell: str) -> bool:
    """Say whether a row with this first cell is an example of the template.

    >>> is_example("EXAMPLE-1"), is_example("EXAMPLE EUR"), is_example("EXAMPLES Ltd"), is_example("Example")
    (True, True, False, False)
    """
    return first_cell.startswith(EXAMPLE) and not first_cell[len(EXAMPLE) :][:1].isalpha()
