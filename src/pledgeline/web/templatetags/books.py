"""How templates write what is in the books: stages, events, moments, hashes."""

from datetime import UTC, date, datetime
from typing import Any

from babel.numbers import format_decimal
from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from pledgeline.ledger import Account, Entry, Term
from pledgeline.ledger.entries import keys_of, moved_by
from pledgeline.money import Amount, digits_of, in_full
from pledgeline.programme.sentences import from_data
from pledgeline.web import words
from pledgeline.web.books.kept import as_said
from pledgeline.web.books.words import ACCOUNT_MEANINGS, PRIVATE, TERMS, account_name, kind_name

register = template.Library()


@register.filter
def account(value: Account) -> str:
    return account_name(value)


@register.filter
def account_meaning(value: Account) -> str:
    return str(ACCOUNT_MEANINGS[value])


@register.filter
def event(kind: str) -> str:
    """Name a kind of event."""
    return kind_name(kind)


@register.filter
def term(name: str) -> str:
    return str(TERMS.get(name, name))


@register.filter
def private(name: str) -> str:
    return str(PRIVATE.get(name, name))


@register.filter
def plain(amount: Amount) -> str:
    """Write an amount without its currency, where the head of the column has it."""
    digits = digits_of(amount.currency)
    text = str(format_decimal(amount.major, f"#,##0.{'0' * digits}" if digits else "#,##0", words.locale()))
    return text.replace("-", "−")


@register.filter
def lying(amount: Amount) -> SafeString | str:
    """Write an amount, and a dash where nothing lies."""
    return in_full(amount, words.locale()) if amount else mark_safe('<span class="silent">–</span>')


@register.filter
def of(minor: int, currency: str) -> Amount:
    """Take minor units as an amount."""
    return Amount(minor, currency)


@register.filter
def fault(kept: dict[str, Any]) -> dict[str, str]:
    """Say a refusal or a finding as the result of a job has it."""
    return as_said(kept)


@register.filter
def said(kept: Any) -> str:
    """Say a sentence as the result of a job has it."""
    return str(from_data(kept))


@register.filter
def day_of(text: str) -> date:
    """Read a day as the result of a job has it."""
    return date.fromisoformat(text)


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Write a moment in UTC, to the minute."""
    if value is None:
        return ""
    there = value.astimezone(UTC)
    return format_html(
        '<time datetime="{}">{} UTC</time>', there.isoformat(), date_format(there, "j M Y, H:i")
    )


@register.simple_tag(takes_context=True)
def partner_of(context: dict[str, Any], contribution: str) -> str:
    """Name the partner of a contribution."""
    owners: dict[str, str] = context["owners"]
    return owners.get(contribution, "")


@register.filter
def number(value: int) -> str:
    """Write a whole number with its thousands apart."""
    return str(format_decimal(value, "#,##0", words.locale()))


@register.filter
def keys(entry: Entry, name: str) -> list[str]:
    """List the contributions, lines or lots of an entry."""
    return keys_of(entry, name)


@register.filter
def moved(entry: Entry) -> list[Amount]:
    """Say how much an entry moved, in each currency."""
    return moved_by(entry)


@register.filter
def share(shares: dict[str, int], name: str) -> int:
    """Give the minor units of a contribution in a unit."""
    return shares.get(name, 0)


@register.filter
def whole(shares: dict[str, int]) -> int:
    """Give the minor units that a unit cost."""
    return sum(shares.values())


@register.filter
def term_value(term: Term) -> str:
    """Write what was agreed; a price as an amount."""
    if term.name == "unit_price":
        return in_full(Amount(int(term.value), term.on), words.locale())
    return term.value
