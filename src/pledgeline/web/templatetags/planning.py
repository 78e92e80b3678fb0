"""How templates of planning write days, amounts and links to a plan's own pages."""

from django import template
from django.template import Context

from pledgeline.money import Amount, in_full
from pledgeline.web import formats
from pledgeline.web import words as general
from pledgeline.web.addresses import address_of
from pledgeline.web.planning import words
from pledgeline.web.planning.figures import day_of

register = template.Library()


@register.simple_tag(takes_context=True)
def plan_day(context: Context, day: int | None) -> str:
    """Write a day of the plan."""
    return day_of(context["study"].first_day, day)


@register.simple_tag(takes_context=True)
def plan_money(context: Context, minor: int) -> str:
    """Write an amount in the currency of the plan."""
    return in_full(Amount(minor, context["study"].problem.currency), general.locale())


@register.simple_tag(takes_context=True)
def of_plan(context: Context, page: str, **parameters: object) -> str:
    """Give the address of a page of the plan that is shown."""
    return address_of(f"plan-{page}", context["programme"].slug, context["run"].ref, parameters=parameters)


@register.filter
def run_state(value: str) -> str:
    return str(words.RUN_STATES.get(value, value))


@register.filter
def plan_origin(value: str) -> str:
    return str(words.ORIGINS.get(value, value))


register.filter(words.plan_name)
register.filter(words.input_name)


@register.filter
def plan_step(name: str) -> str:
    return words.step(name)


@register.filter
def plan_section(name: str) -> str:
    return str(words.SECTIONS.get(name, name))


register.filter(formats.moment)
register.filter("units", formats.number)
