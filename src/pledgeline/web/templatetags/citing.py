"""How a page is cited: its lasting address, a text, and an entry for BibTeX."""

import re

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from pledgeline.web.basis import DataBasis, basis_of, lasting_address
from pledgeline.web.related import files_beside

register = template.Library()

FIGURES = frozenset(
    {
        "overview", "announcement", "partner", "package", "total", "source", "books", "books-contribution",
        "books-line", "books-lot", "books-entry", "guarantees-instrument", "progress", "contributions-one",
    }
)  # fmt: skip
"""Pages that show figures and are cited, beside those that have a table with files."""


@register.inclusion_tag("web/_cite.html", takes_context=True)
def cite(context: template.Context) -> dict[str, object]:
    """Say how the page is cited; nothing on pages that show neither a table nor figures."""
    request = context.get("request")
    if request is None or (basis := basis_of(request)) is None:
        return {}
    if not (request.resolver_match.url_name in FIGURES or files_beside(request)):
        return {}
    title, address = _title(context), lasting_address(request)
    licence = basis.programme.licence if basis.programme else None
    return {
        "address": address,
        "text": _text(basis, title, address),
        "bibtex": _bibtex(basis, title, address),
        "licence": licence,
        "has_programme": basis.programme is not None,
    }


def _title(context: template.Context) -> str:
    """Give the title that the page has in the window of a browser."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block("title")
    title = strip_tags(block.nodelist.render(context)) if block else ""
    return " ".join(title.split())


def _text(basis: DataBasis, title: str, address: str) -> str:
    said = {
        "source": _publisher(basis),
        "title": title,
        "day": basis.day.isoformat(),
        "address": address,
        "seen": timezone.now().date().isoformat(),
    }
    if basis.known_on is not None:
        said["known"] = basis.known_on.isoformat()
        return (
            _("%(source)s: %(title)s, as of %(day)s, known on %(known)s. %(address)s (seen %(seen)s).") % said
        )
    return _("%(source)s: %(title)s, as of %(day)s. %(address)s (seen %(seen)s).") % said


def _publisher(basis: DataBasis) -> str:
    return basis.programme.name if basis.programme else _("Register of guarantees")


def _bibtex(basis: DataBasis, title: str, address: str) -> str:
    slug = basis.programme.slug if basis.programme else "guarantees"
    key = re.sub("[^a-z0-9]+", "-", f"{slug}-{title}-{basis.day.isoformat()}".casefold()).strip("-")
    known = f", known on {basis.known_on.isoformat()}" if basis.known_on is not None else ""
    return "\n".join(
        (
            f"@misc{{{key},",
            f"  author = {{{{{_tex(_publisher(basis))}}}}},",
            f"  title = {{{_tex(title)}, as of {basis.day.isoformat()}{known}}},",
            f"  year = {{{basis.day.year}}},",
            f"  url = {{{address}}},",
            f"  urldate = {{{timezone.now().date().isoformat()}}},",
            "}",
        )
    )


def _tex(text: str) -> str:
    """Write a text so that TeX sets it as it stands.

    >>> _tex("R&D {50 %}")
    'R\\\\&D (50 \\\\%)'
    """
    text = text.replace("\\", "/").translate(str.maketrans("{}", "()"))
    return re.sub("([&%$#_])", r"\\\1", text)
