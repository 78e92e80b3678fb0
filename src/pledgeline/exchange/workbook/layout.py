"""The sheets of a planning workbook and their columns, said once.

The template, the reader, the writer, the help sheet and the findings all speak from this table: a column
that is added here is offered, explained, read and written.

Names stand here in English. What another language calls a sheet or a column stands in its catalogue beside the text
that explains it, as `heading`, and what else may stand there as `also`. All of them are read.
"""

from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pledgeline.plan.fields import (
    Day,
    Days,
    Exact,
    Fee,
    Flag,
    MaybeName,
    MaybeUnits,
    Minor,
    Name,
    Number,
    Price,
    Ratio,
    Share,
    Units,
    UsefulUnits,
)
from pledgeline.plan.model import Line, Package, PlanContribution, PlanOffer, Substitute, Supplier
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
    """What the cells of a column hold; lines are several values, one below the other or parted by semicolons."""

    ID = "id"
    NAME = "name"
    TEXT = "text"
    LINES = "lines"
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
class SheetColumn:
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
    columns: tuple[SheetColumn, ...]
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

    def column(self, field: str) -> SheetColumn:
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


_KINDS: tuple[tuple[object, Kind], ...] = (
    *((name, Kind.NAME) for name in (Name, MaybeName)),
    *((units, Kind.WHOLE) for units in (Units, MaybeUnits, UsefulUnits, Number, Days)),
    *((minor, Kind.PRICE) for minor in (Minor, Price)),
    *((exact, Kind.NUMBER) for exact in (Exact, Ratio)),
    (Day, Kind.DAY),
    (Fee, Kind.FEE),
    (Share, Kind.SHARE),
    (Flag, Kind.YES_NO),
)
"""What the cells of a field of the problem hold, by its kind."""


def _column(noun: type[Any], sheet: str, header: str, field: str, **special: Any) -> SheetColumn:
    """Give the column of a field of the problem: what it holds, and whether it is needed, as its class says."""
    (said,) = (own for own in fields(noun) if own.name == field)
    hint = get_type_hints(noun, include_extras=True)[field]
    hint = hint if get_origin(hint) is Annotated else get_args(hint)[0]
    kind = next(kind for made, kind in _KINDS if made == hint)
    return SheetColumn(
        **{
            "header": header,
            "field": field,
            "kind": Kind.ID if field == "id" else kind,
            "help": sentence(f"template.{sheet}.{field.replace('_', '-')}"),
            "needed": said.default is MISSING and said.default_factory is MISSING,
            "least": 1 if hint == Units else 0,
            **special,
        }
    )


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

_NOTE = SheetColumn(
    header="Note",
    field="",
    kind=Kind.TEXT,
    help=sentence("template.note"),
    width=34,
    also=("notes", "remark", "remarks", "comment", "comments"),
)

_CATEGORY = SheetColumn(
    header="Category",
    field="category",
    kind=Kind.NAME,
    help=sentence("template.category"),
    width=18,
)

_requirements = partial(_column, Line, "requirements")
REQUIREMENTS = Sheet(
    name="Requirements",
    section="lines",
    about=sentence("template.requirements"),
    needed=True,
    also=("requirement", "needs", "lines", "demand"),
    columns=(
        _requirements("Id", "id", also=("requirement", "requirement id", "line", "line id", "ref", "reference", "no")),
        _requirements("Item", "item", width=28, also=("item name",)),
        _CATEGORY,
        _requirements("Quantity", "quantity", also=("qty", "units", "number of units", "quantity needed")),
        _requirements("Priority", "priority", width=10, also=("tier", "prio")),
        _requirements("Need by", "need_by", also=("needed by", "need by date", "deadline")),
        _requirements(
            "Least useful",
            "min_useful",
            also=("least useful quantity", "minimum useful", "min useful", "minimum useful quantity"),
        ),
        _requirements("In steps of", "multiple", also=("multiple", "multiple of", "multiples of", "step")),
        _requirements("Weight", "weight", width=10),
        _NOTE,
    ),
    examples=(
        (_FIRST, _GENERATOR, _POWER, 40, 1, "2026-09-30", 10, 5, 1,
         sentence("template.example.by-september")),
        (_SECOND, _HOSPITAL, None, 2, 2, None, None, None, None, sentence("template.example.a-kit")),
    ),
)  # fmt: skip

_offers = partial(_column, PlanOffer, "offers")
OFFERS = Sheet(
    name="Offers",
    section="offers",
    about=sentence("template.offers"),
    needed=True,
    also=("offer", "prices", "catalogue"),
    columns=(
        _offers("Id", "id", also=("offer", "offer id", "ref", "reference", "no")),
        _offers("Item", "item", choices="Requirements.Item", width=28, also=("item name",)),
        _CATEGORY,
        _offers("Unit price", "unit_price_minor", width=18, also=("price", "price per unit", "unit cost")),
        _offers("Available", "available", also=("stock", "available units", "quantity available")),
        _offers("Lead time (days)", "lead_days", needed=True, also=("lead time", "lead days", "delivery days")),
        _offers("Lot size", "lot", also=("lot", "lots of", "pack size")),
        _offers("Minimum order", "min_order", also=("min order", "moq", "minimum order quantity")),
        _offers("Supplier", "supplier", width=20, also=("vendor", "seller")),
        _offers("Source", "source", also=("origin",)),
        _NOTE,
    ),
    examples=(
        (_FIRST, _GENERATOR, _POWER, 48_500, 60, 45, 5, 10, _WORKS, _STOCK,
         sentence("template.example.in-lots")),
        (_SECOND, _TENT, _SHELTER, 1_250.5, None, 30, None, None, _TENTS, _PRODUCTION, None),
    ),
)  # fmt: skip

_contributions = partial(_column, PlanContribution, "contributions")
CONTRIBUTIONS = Sheet(
    name="Contributions",
    section="contributions",
    about=sentence("template.contributions"),
    needed=True,
    also=("contribution", "money", "funds", "funding", "pledges"),
    columns=(
        _contributions("Id", "id", also=("contribution", "contribution id", "ref", "reference", "no")),
        _contributions("Partner", "partner", width=22, also=("donor", "giver", "country", "funder")),
        _contributions("Amount", "amount_minor", kind=Kind.AMOUNT, width=20, also=("sum", "value")),
        _contributions(
            "Currency",
            "currency",
            kind=Kind.CURRENCY,
            needed=False,
            choices="Lists.Currency",
            width=10,
            also=("ccy", "cur"),
        ),
        SheetColumn(
            header="May pay for",
            field="allow",
            kind=Kind.EARMARK,
            help=sentence("template.contributions.allow"),
            width=38,
            also=("earmark", "earmarked for", "only for", "allow", "allowed"),
        ),
        SheetColumn(
            header="Not for",
            field="deny",
            kind=Kind.EARMARK,
            help=sentence("template.contributions.deny"),
            width=26,
            also=("may not pay for", "deny", "excluded", "except"),
        ),
        _contributions("Available from", "available_from", also=("from", "available")),
        _contributions("Use by", "use_by", also=("lapses", "expires", "until")),
        _contributions("Fee", "fee_bps", width=9, also=("fee percent", "handling fee", "overhead")),
        _contributions("Largest share", "max_share", also=("max share", "maximum share", "largest share of a package")),
        _contributions("Whole packages only", "whole_package_only", also=("whole package only", "whole package")),
        _NOTE,
    ),
    examples=(
        (_FIRST, _PARTNER, 2_000_000, "EUR", _MAY_PAY_FOR, None,
         "2026-03-01", "2026-12-31", 0.015, None, NO, sentence("template.example.for-power")),
        (_SECOND, _ANOTHER_PARTNER, 750_000, "USD", None, _NOT_FOR, None, None, None, 0.5, None,
         sentence("template.example.half")),
    ),
)  # fmt: skip

_packages = partial(_column, Package, "packages")
PACKAGES = Sheet(
    name="Packages",
    section="packages",
    about=sentence("template.packages"),
    needed=True,
    also=("package", "orders"),
    columns=(
        _packages("Id", "id", also=("package", "package id", "ref", "reference", "no")),
        _packages("Order day", "order_day", needed=True, also=("order date", "ordered on", "date", "day")),
        _packages("Target", "target_minor", width=20, also=("target value", "target cost", "size")),
        _packages("Tolerance", "tolerance_minor", width=18),
        _packages("Most lines", "max_lines", also=("max lines", "maximum lines", "line limit")),
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
        SheetColumn(
            header="Kit",
            field="kit",
            kind=Kind.NAME,
            needed=True,
            help=sentence("template.kits.kit"),
            width=28,
            also=("kit item",),
        ),
        SheetColumn(
            header="Part",
            field="part",
            kind=Kind.NAME,
            needed=True,
            help=sentence("template.kits.part"),
            choices="Offers.Item",
            width=28,
            also=("component", "part item"),
        ),
        SheetColumn(
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

_substitutes = partial(_column, Substitute, "substitutes")
SUBSTITUTES = Sheet(
    name="Substitutes",
    section="substitutes",
    about=sentence("template.substitutes"),
    also=("substitute", "alternatives"),
    columns=(
        _substitutes("Item", "item", choices="Requirements.Item", width=28, also=("wanted", "needed item")),
        _substitutes(
            "May be met by", "by", choices="Offers.Item", width=28, also=("by", "substitute", "met by")
        ),
        _substitutes("Counts as", "ratio", also=("ratio",)),
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
        SheetColumn(
            header="Currency",
            field="code",
            kind=Kind.CURRENCY,
            needed=True,
            help=sentence("template.rates.code"),
            choices="Lists.Currency",
            also=("ccy", "from"),
        ),
        SheetColumn(
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

_suppliers = partial(_column, Supplier, "suppliers")
SUPPLIERS = Sheet(
    name="Suppliers",
    section="suppliers",
    about=sentence("template.suppliers"),
    also=("supplier", "vendors"),
    columns=(
        _suppliers("Supplier", "id", choices="Offers.Supplier", width=24, also=("id", "name")),
        _suppliers("Most units", "capacity", also=("capacity", "max units", "maximum units")),
        _suppliers(
            "Charge per package", "charge_minor", width=20, also=("charge", "fixed charge", "fixed cost")
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
        SheetColumn(
            header="Item",
            field="item",
            kind=Kind.NAME,
            needed=True,
            help=sentence("template.categories.item"),
            width=28,
        ),
        SheetColumn(
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
        SheetColumn(
            header="Setting",
            field="setting",
            kind=Kind.TEXT,
            needed=True,
            help=sentence("template.settings.setting"),
            width=16,
        ),
        SheetColumn(
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
