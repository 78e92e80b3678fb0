"""How templates write who did what, when."""

from datetime import UTC, datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pledgeline.audit import search
from pledgeline.web.audit_words import thing

register = template.Library()

register.filter("act", search.act_label)
register.filter("thing", thing)
register.filter("who", search.who_label)
register.filter("outcome", search.outcome_label)


@register.filter
def second(value: datetime) -> SafeString:
    """Write a moment in UTC, to the second."""
    there = value.astimezone(UTC)
    return format_html(
        '<time datetime="{}">{}</time>', there.isoformat(), date_format(there, "SECOND_FORMAT")
    )
