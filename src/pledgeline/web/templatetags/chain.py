"""How the pages of the chain write what a noun says, who may take a step, and what a change changed."""

import secrets
from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from pledgeline.money import Amount
from pledgeline.programme.steps import Step, state_name
from pledgeline.records.models import StepTaken
from pledgeline.web import formats, words

register = template.Library()
register.filter(formats.moment)
register.filter(formats.number)


@register.simple_tag(name="said")
def said(value: object, kind: str = "") -> str | SafeString:
    """Write a value of a field, of a kind where that changes how it is read."""
    if isinstance(value, Amount):
        return formats.full(value)
    if isinstance(value, date):
        return formats.on_day(value)
    if isinstance(value, tuple):
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in value))
    if isinstance(value, bool):
        return str(words.yes_or_no(value))
    if isinstance(value, int):
        return f"{formats.number(value)}{' %' if kind == 'Percent' else ''}"
    return str(value)


@register.simple_tag
def state_named(noun: str, state: str) -> str:
    """Name a state of a noun."""
    return state_name(noun, state)


@register.simple_tag
def roles_of(step: Step) -> str:
    """Name the roles that may take a step."""
    return ", ".join(str(words.ROLES[role]) for role in words.ROLES if role in step.roles)


@register.simple_tag
def new_key() -> str:
    """Make the key of a form, so that a button pressed twice acts once."""
    return secrets.token_urlsafe(18)


@register.simple_tag
def changes(taken: StepTaken, labels: dict[str, object]) -> SafeString | str:
    """Write what each changed field was and is; nothing for what was new as a whole."""
    lines = [
        (_label(name, labels), "–" if old is None else old, "–" if new is None else new)
        for name, (old, new) in taken.changes.items()
        if taken.origin
    ]
    if not lines:
        return ""
    return format_html('<ul class="changes">{}</ul>', format_html_join("", "<li>{}: {} → {}</li>", lines))


def _label(name: str, labels: dict[str, object]) -> str:
    """Name a field; one of a part with the key of the part before it."""
    whole, _colon, rest = name.partition(":")
    key, _colon, field = rest.rpartition(":")
    return f"{key} {labels.get(f'{whole}:{field}', field)}" if key else str(labels.get(name, name))
