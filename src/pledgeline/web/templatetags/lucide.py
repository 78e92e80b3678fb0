"""The icons of the package `lucide`, each drawn once: a page has some twenty-five, and most are on every page."""

from functools import cache

from django import template
from lucide.templatetags.lucide import lucide

register = template.Library()
register.simple_tag(cache(lucide), name="lucide")
