"""Columns of tables: a type says how a cell is drawn, what its rows are sorted by and what a file holds.

A table is a list of columns, each declared once: `Money("cost", _("Cost"))` is the attribute `cost` of a row, an
amount: on the right, with every minor unit, sorted by size, in a file a number in major units.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import Any, TypedDict, Unpack

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from pledgeline.money import Amount
from pledgeline.programme.names import alphabetical
from pledgeline.web import formats

Cell = str | int | Decimal | date | None
Label = str | Promise
Drawn = str | SafeString
ReadOff = Callable[[Any], Any]
Reader = str | ReadOff
"""How a value is read off a row: a path of attributes, or a function."""
LinkOf = Callable[[Any], str]
Naming = Callable[[Any], Label]


class ColumnOptions(TypedDict, total=False):
    """What every column may be made with; `Column` says what it means."""

    key: Reader | tuple[str, ...]
    sortable: bool
    shown: bool
    classes: str
    empty: Label | None
    link: LinkOf | None
    quiet: bool
    note: Naming | None
    withheld: bool
    template: str


class Column:
    """One column.

    `value` is read off the row; without it, the attribute of the column's own name is. `key` gives what the rows
    are sorted by where that is not what the type sorts by; several paths are sorted by in turn.

    On the page a cell leads to `link`, which is `quiet` where it looks like text; `note` stands small behind it;
    `empty` stands where there is no value, and a word where the field is `withheld`. A `template` draws the cells
    of a column that no type can: it gets `row`, `value` and the page's own context. A column that is not `shown` is
    only in files.
    """

    classes = ""
    empty: Label = ""

    def __init__(
        self,
        name: str,
        label: Label,
        value: Reader = "",
        *,
        key: Reader | tuple[str, ...] = "",
        sortable: bool = True,
        shown: bool = True,
        classes: str = "",
        empty: Label | None = None,
        link: LinkOf | None = None,
        quiet: bool = False,
        note: Naming | None = None,
        withheld: bool = False,
        template: str = "",
    ) -> None:
        self.name, self.label = name, label
        self.value = _reader(value or name)
        self.sort_key = _reader(key) if key else self._own_key
        self.sortable, self.shown = sortable and shown, shown
        self.classes = classes or self.classes
        self.empty = self.empty if empty is None else empty
        self.link, self.quiet, self.note = link, quiet, note
        self.withheld, self.template = withheld, template

    @property
    def is_number(self) -> bool:
        return "number" in self.classes.split()

    def in_file(self, row: object) -> Cell:
        """Give what a file for people holds of a row."""
        value = None if self.withheld else self.value(row)
        return None if value is None else self.filed(value)

    def keyed(self, row: object) -> Cell:
        """Give what a file for programs holds of a row: a key where people read its name."""
        value = None if self.withheld else self.value(row)
        return None if value is None else self.key_of(value)

    def drawn(self, row: object) -> Drawn:
        """Write a cell of the page."""
        if self.withheld:
            return silent(_("withheld"))
        value = self.value(row)
        text = "" if value is None else self.written(value)
        if text == "":
            return silent(self.empty) if self.empty else ""
        if self.link is not None:
            text = self.linked(self.link(row), text, value)
        text = self.framed(row, text)
        note = self.note(row) if self.note is not None else ""
        return format_html('{} <span class="why">{}</span>', text, note) if note else text

    def linked(self, address: str, text: Drawn, _value: Any) -> SafeString:
        return format_html('<a{} href="{}">{}</a>', _QUIET if self.quiet else "", address, text)

    def framed(self, _row: object, text: Drawn) -> Drawn:
        return text

    def order(self, value: Any) -> Any:
        """Say where a value stands among others; nothing where it stands behind all."""
        return None if value == "" else value

    def filed(self, value: Any) -> Cell:
        cell: Cell = value
        return cell

    def key_of(self, value: Any) -> Cell:
        return self.filed(value)

    def written(self, value: Any) -> Drawn:
        return str(value)

    def _own_key(self, row: object) -> object:
        value = self.value(row)
        return None if value is None else self.order(value)


_QUIET = mark_safe(' class="quiet"')


def _reader(of: Reader | tuple[str, ...]) -> ReadOff:
    if isinstance(of, str):
        return attrgetter(of)
    return attrgetter(*of) if isinstance(of, tuple) else of


def silent(text: Label) -> SafeString:
    """Write what stands in place of a value."""
    return format_html('<span class="silent">{}</span>', text)


class Text(Column):
    """Words; with `named`, a key written in words. Those that are `folded` are sorted without regard to capitals."""

    def __init__(
        self,
        name: str,
        label: Label,
        value: Reader = "",
        *,
        named: Naming | None = None,
        folded: bool = False,
        **more: Unpack[ColumnOptions],
    ) -> None:
        super().__init__(name, label, value, **more)
        self.named, self.folded = named, folded

    def order(self, value: str) -> Any:
        text = self.filed(value)
        if text == "":
            return None
        return alphabetical(str(text)) if self.folded else text

    def filed(self, value: str) -> Cell:
        return str(self.named(value)) if self.named is not None else value

    def key_of(self, value: Any) -> Cell:
        if isinstance(value, Enum):
            return str(value.value)
        return value if isinstance(value, str | int) else self.filed(value)

    def written(self, value: str) -> Drawn:
        return str(self.filed(value))


class Mark(Text):
    """A word of a short list, in a mark whose classes say which."""

    def __init__(
        self,
        name: str,
        label: Label,
        value: Reader = "",
        *,
        mark: Reader,
        named: Naming | None = None,
        folded: bool = False,
        **more: Unpack[ColumnOptions],
    ) -> None:
        super().__init__(name, label, value, named=named, folded=folded, **more)
        self.mark = _reader(mark)

    def framed(self, row: object, text: Drawn) -> Drawn:
        return format_html('<span class="{}">{}</span>', self.mark(row), text)


class Several(Column):
    """Keys, each a link to its page; a file joins them with `joint`, or has their names where `names_filed` says so."""

    def __init__(
        self,
        name: str,
        label: Label,
        value: Reader = "",
        *,
        to: Callable[[str], str],
        named: Callable[[str], str] = str,
        joint: str = ";",
        names_filed: bool = False,
        **more: Unpack[ColumnOptions],
    ) -> None:
        super().__init__(name, label, value, **more)
        self.to, self.named, self.joint, self.names_filed = to, named, joint, names_filed

    def order(self, value: Collection[str]) -> Any:
        return self.filed(value) if self.names_filed else value or None

    def filed(self, value: Collection[str]) -> Cell:
        return ", ".join(map(self.named, value)) if self.names_filed else self.joint.join(value)

    def key_of(self, value: Any) -> Cell:
        return self.joint.join(value)

    def written(self, value: Collection[str]) -> Drawn:
        return format_html_join(
            ", ", '<a href="{}">{}</a>', ((self.to(key), self.named(key)) for key in value)
        )


class Sources(Column):
    """The numbers of the sources of a row."""

    def __init__(self, value: Reader = "sources", *, shown: bool = True) -> None:
        super().__init__(
            "sources", _lazy("Sources"), value, sortable=False, shown=shown, template="web/cells/sources.html"
        )

    def filed(self, value: Iterable[str]) -> Cell:
        return ";".join(value)


class Day(Column):
    """A day."""

    classes, empty = "day-cell", "–"

    def written(self, value: date) -> Drawn:
        return formats.on_day(value)


class Timestamp(Column):
    """A moment, to the minute, in UTC."""

    classes, empty = "moment-cell", "–"

    def filed(self, value: datetime) -> Cell:
        return str(value.isoformat(timespec="seconds"))

    def written(self, value: datetime) -> Drawn:
        return formats.moment(value)


class Ordinal(Column):
    """A number that says which one: a position, a priority, a year."""

    classes = "number"


class Whole(Column):
    """How many, with the thousands apart."""

    classes, empty = "number", "–"

    def written(self, value: int) -> Drawn:
        return formats.number(value)


class Money(Column):
    """An amount. `zero_is_empty` where nothing lies in most rows, and a zero would only be noise."""

    classes, empty = "number", "–"

    def __init__(
        self,
        name: str,
        label: Label,
        value: Reader = "",
        *,
        zero_is_empty: bool = False,
        **more: Unpack[ColumnOptions],
    ) -> None:
        super().__init__(name, label, value, **more)
        self.zero_is_empty = zero_is_empty

    def order(self, value: Amount) -> Any:
        return (value.currency, value.minor)

    def filed(self, value: Amount) -> Cell:
        major: Decimal = value.major
        return major

    def written(self, value: Amount) -> Drawn:
        return "" if self.zero_is_empty and not value else formats.full(value)


class CurrencyOf(Column):
    """The currency of an amount, in files: there an amount is a number alone."""

    def __init__(self, money: Column) -> None:
        label = format_lazy(_lazy("{column}: currency"), column=money.label)
        super().__init__(f"{money.name}_currency", label, money.value, shown=False, withheld=money.withheld)

    def filed(self, value: Amount) -> Cell:
        return str(value.currency)


class PlainMoney(Money):
    """An amount without its currency, where the head of the column has it."""

    def written(self, value: Amount) -> Drawn:
        return formats.without_currency(value)


class Amounts(Column):
    """Amounts in several currencies, one below the other."""

    classes, empty = "number", "–"

    def order(self, value: Sequence[Amount]) -> Any:
        return [(amount.currency, amount.minor) for amount in value] or None

    def filed(self, value: Sequence[Amount]) -> Cell:
        return "; ".join(f"{amount.currency} {amount.major}" for amount in value)

    def written(self, value: Sequence[Amount]) -> Drawn:
        lines = format_html_join(mark_safe("<br>"), "{}", ((formats.full(amount),) for amount in value))
        return format_html("<span>{}</span>", lines) if lines else ""


class MixedFigure(Column):
    """An amount, a number or a ratio, as each row has it; `signed` for a difference."""

    classes = "number"

    def __init__(
        self,
        name: str,
        label: Label,
        value: Reader = "",
        *,
        signed: bool = False,
        **more: Unpack[ColumnOptions],
    ) -> None:
        super().__init__(name, label, value, **more)
        self.signed = signed

    def order(self, value: Amount | Decimal | int) -> Any:
        return (value.currency, value.minor) if isinstance(value, Amount) else ("", value)

    def filed(self, value: Amount | Decimal | int) -> Cell:
        return plain(value)

    def written(self, value: Amount | Decimal | int) -> Drawn:
        return formats.signed(value) if self.signed else formats.figure(value)


def plain(value: Amount | Decimal | int | None) -> Cell:
    """Give a figure as a file holds it: money in major units."""
    return value.major if isinstance(value, Amount) else value
