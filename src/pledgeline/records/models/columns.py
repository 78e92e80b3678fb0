"""Columns that several tables share: exact decimals, amounts, lists of words.

Amounts are two columns, minor units and code, and the database itself refuses one without the
other. Decimals are kept as text: SQLite would make floats of them, and a rate of 1.10 would
come back as 1.1000000000000001.
"""

import secrets
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from pledgeline.money import Amount
from pledgeline.money.parsing import LARGEST_MINOR

LONGEST_REF = 200
"""Units: characters. The longest reference that a row may have: it must fit into an index and an address."""


if TYPE_CHECKING:
    _TextField = models.TextField[Decimal, Decimal]
    _CharField = models.CharField[str, str]
else:
    _TextField = models.TextField
    _CharField = models.CharField


class ExactDecimalField(_TextField):
    """A decimal kept digit by digit, on every database."""

    description = "an exact decimal"

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        """Say to migrations what the database has: text. So they need no class of ours."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.TextField", arguments, options

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Decimal | None:
        return None if value is None else Decimal(value)

    def to_python(self, value: Decimal | str | int | None) -> Decimal | None:
        return value if value is None or isinstance(value, Decimal) else Decimal(value)

    def get_prep_value(self, value: object) -> str | None:
        return None if value is None else str(value)


class RefField(_CharField):
    """A name for an address that nobody can guess, made with the row."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"max_length": 24, "unique": True, **options})

    def get_default(self) -> str:
        return secrets.token_urlsafe(18).replace("_", "a").replace("-", "b")

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        """Say to migrations what the database has: text."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options


def is_a_code(currency: str) -> Q:
    """Say that the column `currency` holds three letters."""
    return Q(Exact(Length(F(currency)), 3))


def in_bounds(minor: str) -> Q:
    """Say that the column `minor` holds no more than any amount may be."""
    return Q(**{f"{minor}__gt": -LARGEST_MINOR, f"{minor}__lt": LARGEST_MINOR})


def both_or_none(minor: str, currency: str, *, name: str) -> CheckConstraint:
    """Refuse minor units without a currency, and a currency without minor units."""
    neither = Q(**{f"{minor}__isnull": True, f"{currency}__isnull": True})
    both = Q(**{f"{minor}__isnull": False, f"{currency}__isnull": False})
    return CheckConstraint(condition=neither | (both & is_a_code(currency) & in_bounds(minor)), name=name)


def one_of(column: str, words: list[str], *, name: str) -> CheckConstraint:
    """Refuse a word that the column does not know."""
    return CheckConstraint(condition=Q(**{f"{column}__in": words}), name=name)


def amount_of(minor: int | None, currency: str | None) -> Amount | None:
    """Make the amount of two columns again."""
    return None if minor is None or currency is None else Amount(minor, currency)


def plain(number: Decimal) -> str:
    """Write a number in the one way that equal numbers share.

    >>> plain(Decimal("4.180")), plain(Decimal("5E+8"))
    ('4.18', '500000000')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
