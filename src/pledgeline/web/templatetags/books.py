"""How templates write what is in the books: stages, events, moments, hashes."""

from datetime import date

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from pledgeline.ledger import Account, AgreedTerm, Entry
from pledgeline.ledger.entries import keys_of, moved_by
from pledgeline.money import Amount, in_full
from pledgeline.programme.kept_findings import as_said
from pledgeline.programme.sentences import from_data
from pledgeline.web import formats, words
from pledgeline.web.books.words import ACCOUNT_MEANINGS, PRIVATE, TERMS, account_name, kind_name
from pledgeline.web.columns import silent

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
def lying(amount: Amount) -> SafeString | str:
    """Write an amount, and a dash where nothing lies."""
    return in_full(amount, words.locale()) if amount else silent("–")


@register.filter
def of(minor: int, currency: str) -> Amount:
    """Take minor units as an amount."""
    return Amount(minor, currency)


@register.filter
def fault(kept: dict[str, object]) -> dict[str, str]:
    """Say a refusal or a finding as the result of a job has it."""
    return as_said(kept)


@register.filter
def said(kept: object) -> str:
    """Say a sentence as the result of a job has it."""
    return str(from_data(kept))


@register.filter
def day_of(text: str) -> date:
    """Read a day as the result of a job has it."""
    return date.fromisoformat(text)


register.filter(formats.moment)
register.filter(formats.number)
register.filter("plain", formats.without_currency)


@register.simple_tag(takes_context=True)
def partner_of(context: Context, contribution: str) -> str:
    """Name the partner of a contribution."""
    owners: dict[str, str] = context["owners"]
    return owners.get(contribution, "")


@register.filter
def keys(entry: Entry, name: str) -> list[str]:
    """List the contributions, lines or lots of an entry."""
    return keys_of(entry, name)


@register.filter
def moved(entry: Entry) -> list[Amount]:
    """Say how much an entry moved, in each currency."""
    return moved_by(entry)


@register.filter
def term_value(term: AgreedTerm) -> str:
    """Write what was agreed; a price as an amount."""
    if term.name == "unit_price":
        return in_full(Amount(int(term.value), term.on), words.locale())
    return term.value
