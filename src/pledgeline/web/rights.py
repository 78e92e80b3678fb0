"""The table of rights on a page: what each role may do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pledgeline.accounts.rights import RIGHTS
from pledgeline.web import words


def rights_page(request: HttpRequest) -> HttpResponse:
    """Show acts and fields by roles. It says nothing about anybody: everybody may read it."""
    rows = [(act, [role in allowed for role in words.ROLES]) for act, allowed in RIGHTS.items()]
    return render(request, "web/rights.html", {"columns": words.ROLES.values(), "rows": rows})
