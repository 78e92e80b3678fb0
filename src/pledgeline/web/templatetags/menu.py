"""The menu of a page, worked out once for both places where it stands."""

from typing import Any

from django import template

from pledgeline.web.menu import ShownGroup
from pledgeline.web.menu import menu as shown_groups

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> list[ShownGroup]:
    """Give the groups of the menu that have something for the visitor."""
    return shown_groups(context)
