"""The addresses of the pages of contributions. A key may hold any sign, so it is no part of the path."""

from django.urls import path

import pledgeline.web.converters  # noqa: F401 (the addresses below use them)
from pledgeline.web.contributions import pages, statement

urlpatterns = [
    path("contributions/", pages.list_page, name="contributions"),
    path("contributions.<file:format_>", pages.list_page, name="contributions-file"),
    path("contributions/pledge/", pages.pledge_page, name="contributions-pledge"),
    path("contributions/one/", pages.one_page, name="contributions-one"),
    path("contributions/terms/", pages.terms_page, name="contributions-terms"),
    path("contributions/statement/", statement.statement_page, name="contributions-statement"),
    path("contributions/statement.pdf", statement.pdf_file, name="contributions-statement-pdf"),
    path(
        "contributions/statement.<file:format_>",
        statement.statement_page,
        name="contributions-statement-file",
    ),
]
