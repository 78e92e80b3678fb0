"""The menu of a page, worked out once for both places where it stands."""

from django import template
from django.template import Context

from pledgeline.web.menu import ShownGroup
from pledgeline.web.menu import menu as shown_groups

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: Context) -> list[ShownGroup]:
    """Give the groups of the menu that have something for the visitor."""
    return shown_groups(context)
