"""The table of rights on a page and as a file: what each role may do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pledgeline.accounts.rights import COLUMNS, RIGHTS, rights_csv
from pledgeline.web import words


def rights_page(request: HttpRequest) -> HttpResponse:
    """Show acts and fields by roles. It says nothing about anybody: everybody may read it."""
    rows = [
        (words.ACTS.get(row, row), [column in allowed for column in COLUMNS])
        for row, allowed in RIGHTS.items()
    ]
    columns = [words.COLUMNS.get(column) or words.ROLES[column] for column in COLUMNS]
    return render(request, "web/rights.html", {"columns": columns, "rows": rows})


def rights_file(request: HttpRequest) -> HttpResponse:
    """Give the table of rights as a file."""
    response = HttpResponse(rights_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rights.csv"'
    return response
