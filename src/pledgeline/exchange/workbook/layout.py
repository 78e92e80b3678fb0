"""The sheets of a planning workbook and their columns, said once.

The template, the reader, the writer, the help sheet and the findings all speak from this table: a column
that is added here is offered, explained, read and written.

Names stand here in English. What another language calls a sheet or a column stands in its catalogue beside the text
that explains it, as `heading`, and what else may stand there as `also`. All of them are read.
"""

from dataclasses import dataclass
from enum import StrEnum

from pledgeline.programme.sentences import Sentence, in_each_language, sentence


def heading_of(english: str, said: Sentence) -> str:
    """Give a heading in the reader's language; `said` is what explains it."""
    return said.part("heading") or english


def headings_of(english: str, said: Sentence) -> tuple[str, ...]:
    """Give a heading in each language, the English one first."""
    return tuple(dict.fromkeys((english, *in_each_language(said, "heading"))))


def names_of(english: str, said: Sentence, also: tuple[str, ...]) -> tuple[str, ...]:
    """Give everything that may stand for a heading: in each language the heading itself and what else is meant."""
    others = (name for row in in_each_language(said, "also") for name in row.split("; "))
    return (*headings_of(english, said), *also, *others)


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

    @property
    def heading(self) -> str:
        """Give its header in the reader's language."""
        return heading_of(self.header, self.help)

    @property
    def headings(self) -> tuple[str, ...]:
        return headings_of(self.header, self.help)

    @property
    def names(self) -> tuple[str, ...]:
        return names_of(self.header, self.help, self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its name, where its rows go in the JSON form, and its columns.

    `examples` are rows of the template that show how it is done; the reader leaves them out.
    """

    name: str
    section: str
    about: Sentence
    columns: tuple[Column, ...]
    examples: tuple[tuple[Sentence | str | int | float | None, ...], ...] = ()
    needed: bool = False
    also: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """Give its name in the reader's language."""
        return heading_of(self.name, self.about)

    @property
    def headings(self) -> tuple[str, ...]:
        return headings_of(self.name, self.about)

    @property
    def names(self) -> tuple[str, ...]:
        return names_of(self.name, self.about, self.also)

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


EXAMPLE = sentence("template.example")
"""Rows whose first cell begins with this word, in any language, show how it is done: they are not read."""

HELP, LISTS = sentence("template.help-sheet"), "Lists"
"""Sheets of the template that hold no rows: what to fill in, and the currencies to choose from."""

YES, NO = sentence("template.yes"), sentence("template.no")


def _named(name: Sentence | str) -> Sentence:
    """Name an example by what it is an example of."""
    return sentence("template.example.named", word=EXAMPLE, name=name)


_FIRST = sentence("template.example.numbered", word=EXAMPLE, number="1")
_SECOND = sentence("template.example.numbered", word=EXAMPLE, number="2")
_GENERATOR = sentence("template.example.generator")
_POWER = sentence("template.example.power")
_HOSPITAL = sentence("template.example.hospital")
_TENT = sentence("template.example.tent")
_SHELTER = sentence("template.example.shelter")
_WORKS = sentence("template.example.works")
_TENTS = sentence("template.example.tents")
_STOCK = sentence("template.example.stock")
_PRODUCTION = sentence("template.example.production")
_PARTNER = sentence("template.example.partner")
_ANOTHER_PARTNER = sentence("template.example.another-partner")
_MAY_PAY_FOR = sentence("template.example.may-pay-for")
_NOT_FOR = sentence("template.example.not-for")
_SMALL_GENERATOR = sentence("template.example.small-generator")

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
        (_FIRST, _GENERATOR, _POWER, 40, 1, "2026-09-30", 10, 5, 1,
         sentence("template.example.by-september")),
        (_SECOND, _HOSPITAL, None, 2, 2, None, None, None, None, sentence("template.example.a-kit")),
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
        (_FIRST, _GENERATOR, _POWER, 48_500, 60, 45, 5, 10, _WORKS, _STOCK,
         sentence("template.example.in-lots")),
        (_SECOND, _TENT, _SHELTER, 1_250.5, None, 30, None, None, _TENTS, _PRODUCTION, None),
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
        (_FIRST, _PARTNER, 2_000_000, "EUR", _MAY_PAY_FOR, None,
         "2026-03-01", "2026-12-31", 0.015, None, NO, sentence("template.example.for-power")),
        (_SECOND, _ANOTHER_PARTNER, 750_000, "USD", None, _NOT_FOR, None, None, None, 0.5, None,
         sentence("template.example.half")),
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
        (_FIRST, "2026-03-15", 5_000_000, 500_000, None, sentence("template.example.millions")),
        (_SECOND, "2026-04-15", None, None, 10, sentence("template.example.any-sum")),
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
        (_named(_HOSPITAL), _TENT, 4, sentence("template.example.four-tents")),
        (_named(_HOSPITAL), _GENERATOR, 1, sentence("template.example.one-generator")),
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
    examples=((_named(_GENERATOR), _SMALL_GENERATOR, 0.5, sentence("template.example.two-small")),),
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
    examples=((_named("EUR"), 1.08, sentence("template.example.rate")),),
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
    examples=((_named(_WORKS), 500, 2_500, sentence("template.example.limit")),),
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

DATES, NUMBERS = sentence("template.days.dates"), sentence("template.days.numbers")
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

    >>> is_example("EXAMPLE-1"), is_example("ПРИКЛАД EUR"), is_example("EXAMPLES Ltd"), is_example("Example")
    (True, True, False, False)
    """
    return any(
        first_cell.startswith(word) and not first_cell[len(word) :][:1].isalpha()
        for word in in_each_language(EXAMPLE)
    )


def is_no_table(name: str) -> bool:
    """Say whether a sheet of this name is one of the template that holds no rows.

    >>> is_no_table("Help"), is_no_table("довідка"), is_no_table("Offers")
    (True, True, False)
    """
    return plain(name) in {plain(other) for other in (LISTS, *in_each_language(HELP))}
