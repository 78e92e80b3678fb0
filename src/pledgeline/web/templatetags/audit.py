"""How templates write who did what, when."""

from datetime import UTC, datetime

from django import template
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pledgeline.accounts.rights import Act, may_anywhere
from pledgeline.audit import search
from pledgeline.web.asked import visitor

register = template.Library()

register.filter("act", search.act_label)
register.filter("who", search.who_label)
register.filter("outcome", search.outcome_label)


@register.filter
def second(value: datetime) -> SafeString:
    """Write a moment in UTC, to the second."""
    there = value.astimezone(UTC)
    return format_html(
        '<time datetime="{}">{}</time>', there.isoformat(), date_format(there, "SECOND_FORMAT")
    )


@register.filter
def reads_audit(request: HttpRequest) -> bool:
    """Say whether the visitor may read what was done."""
    return may_anywhere(visitor(request), Act.READ_AUDIT)
