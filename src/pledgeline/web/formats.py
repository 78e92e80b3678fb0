"""How pages write amounts, figures, days and moments: alike in a cell of a table, on a card and in a sentence."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from babel.numbers import format_decimal
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pledgeline.money import Amount, digits_of, in_full, in_percent, in_short
from pledgeline.programme.announcements import Announcement
from pledgeline.programme.stated_totals import StatedTotal
from pledgeline.web import words


def full(amount: Amount | None) -> str:
    """Write an amount with every minor unit."""
    return in_full(amount, words.locale()) if amount is not None else ""


def short(amount: Amount | None) -> str:
    """Write an amount with three digits and a word of size."""
    return in_short(amount, words.locale()) if amount is not None else ""


def without_currency(amount: Amount) -> str:
    """Write an amount where something else says its currency."""
    digits = digits_of(amount.currency)
    text = str(format_decimal(amount.major, f"#,##0.{'0' * digits}" if digits else "#,##0", words.locale()))
    return text.replace("-", "−")


def number(value: int | None) -> str:
    """Write a whole number with its thousands apart."""
    return "" if value is None else str(format_decimal(value, "#,##0", words.locale()))


def percent(tenths: int | None) -> str:
    """Write a share, in tenths of a per cent, as the reader's language does."""
    return in_percent(tenths, words.locale())


def figure(value: object) -> str:
    """Write an amount, a whole number or a ratio."""
    if isinstance(value, Amount):
        return in_full(value, words.locale())
    if value is None:
        return ""
    text = f"{value:f}" if not isinstance(value, int) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: Amount | Decimal | int | Fraction | None) -> str:
    """Write a difference with its sign, a true minus included."""
    if value is None:
        return ""
    is_more = value.minor > 0 if isinstance(value, Amount) else value > 0
    return f"{'+' if is_more else ''}{figure(value)}".replace("-", "−")


def stated(total: StatedTotal) -> str:
    """Write what was stated, with its unit."""
    if total.amount is not None:
        per = total.unit.partition(" ")[2]
        return f"{in_full(total.amount, words.locale())} {per}".strip()
    return f"{figure(total.value)} {total.unit}"


def on_day(value: date | None) -> SafeString | str:
    """Write a day so that nobody takes the month for the day."""
    return "" if value is None else _day(value, words.locale())


@lru_cache(maxsize=20_000)
def _day(value: date, _language: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value, "DAY_FORMAT"))


def announced(row: Announcement) -> SafeString | str:
    """Write the day of an announcement, or the month where nobody knows the day."""
    if not row.month_only:
        return on_day(row.announced_on)
    return format_html(
        '<time datetime="{}">{}</time> <span class="why">{}</span>',
        f"{row.announced_on:%Y-%m}",
        date_format(row.announced_on, "F Y"),
        _("day not known"),
    )


def when(text: str) -> SafeString | str:
    """Write a day or a month that a page gave, as precisely as it did."""
    if len(text) == 7:
        return format_html(
            '<time datetime="{}">{}</time>', text, date_format(date.fromisoformat(f"{text}-01"), "F Y")
        )
    return on_day(date.fromisoformat(text)) if text else _("no date on the page")


def moment(value: datetime | None) -> SafeString | str:
    """Write a moment in UTC, to the minute."""
    if value is None:
        return ""
    there = value.astimezone(UTC)
    return format_html(
        '<time datetime="{}">{} UTC</time>',
        there.isoformat(timespec="seconds"),
        date_format(there, "COMMA_MINUTE_FORMAT"),
    )
