"""The addresses of the pages: the programme first, then what is shown of it."""

from django.urls import include, path
from django.views.generic import RedirectView

import pledgeline.web.converters  # noqa: F401 (the addresses below use them)
from pledgeline.web import (
    accounts,
    announcements,
    audit,
    deliveries,
    items,
    overview,
    packages,
    partners,
    rules,
    sources,
    totals,
)
from pledgeline.web.books import bring_in, contributions, journal, lines, proofs, record
from pledgeline.web.books import overview as books
from pledgeline.web.planning.urls import urlpatterns as planning

app_name = "web"

urlpatterns = [
    path("", overview.programmes_page, name="programmes"),
    path("favicon.ico", RedirectView.as_view(url="/static/pledgeline/mark.svg", permanent=True)),
    path("sign-in/", accounts.sign_in_page, name="sign-in"),
    path("sign-in/first/<str:token>/", accounts.first_person_page, name="first-person"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    path("account/", accounts.account_page, name="account"),
    path("account/password/", accounts.password_page, name="password"),
    path("audit/", audit.events_page, name="audit"),
    path("audit.csv", audit.events_csv, name="audit-csv"),
    path("audit.jsonl", audit.events_lines, name="audit-lines"),
    path("audit/<int:number>/", audit.event_page, name="audit-event"),
    path("guarantees/", include("pledgeline.web.guarantees.urls")),
    path("<slug:slug>/", overview.overview_page, name="overview"),
    path("<slug:slug>/picture/<slug:name>.svg", overview.picture_file, name="picture"),
    path("<slug:slug>/announcements/", announcements.announcements_page, name="announcements"),
    path(
        "<slug:slug>/announcements.<file:format_>",
        announcements.announcements_file,
        name="announcements-file",
    ),
    path("<slug:slug>/announcements/<str:id_>/", announcements.announcement_page, name="announcement"),
    path("<slug:slug>/partners/", partners.partners_page, name="partners"),
    path("<slug:slug>/partners.<file:format_>", partners.partners_file, name="partners-file"),
    path("<slug:slug>/partners/<str:code>/", partners.partner_page, name="partner"),
    path("<slug:slug>/partners/<str:code>/picture.svg", partners.partner_picture, name="partner-picture"),
    path("<slug:slug>/packages/", packages.packages_page, name="packages"),
    path("<slug:slug>/packages.<file:format_>", packages.packages_file, name="packages-file"),
    path("<slug:slug>/packages/<str:id_>/", packages.package_page, name="package"),
    path("<slug:slug>/deliveries/", deliveries.deliveries_page, name="deliveries"),
    path("<slug:slug>/deliveries.<file:format_>", deliveries.deliveries_file, name="deliveries-file"),
    path("<slug:slug>/stated-totals/", totals.totals_page, name="totals"),
    path("<slug:slug>/stated-totals.<file:format_>", totals.totals_file, name="totals-file"),
    path("<slug:slug>/stated-totals/<str:key>/", totals.total_page, name="total"),
    path("<slug:slug>/items/", items.items_page, name="items"),
    path("<slug:slug>/items.<file:format_>", items.items_file, name="items-file"),
    path("<slug:slug>/sources/", sources.sources_page, name="sources"),
    path("<slug:slug>/sources.<file:format_>", sources.sources_file, name="sources-file"),
    path("<slug:slug>/sources/<str:id_>/", sources.source_page, name="source"),
    path("<slug:slug>/rules/", rules.rules_page, name="rules"),
    *planning,
    path("<slug:slug>/books/", books.books_page, name="books"),
    path("<slug:slug>/books/flow.svg", books.flow_file, name="books-flow"),
    path("<slug:slug>/books/journal/", journal.journal_page, name="books-journal"),
    path("<slug:slug>/books/journal.<file:format_>", journal.journal_file, name="books-journal-file"),
    path("<slug:slug>/books/journal/<position:position>/", journal.entry_page, name="books-entry"),
    path(
        "<slug:slug>/books/journal/<position:position>/proof.json",
        proofs.inclusion_file,
        name="books-inclusion",
    ),
    path("<slug:slug>/books/balances/", books.balances_page, name="books-balances"),
    path("<slug:slug>/books/balances.<file:format_>", books.balances_file, name="books-balances-file"),
    path("<slug:slug>/books/contributions/", contributions.contributions_page, name="books-contributions"),
    path(
        "<slug:slug>/books/contributions.<file:format_>",
        contributions.contributions_file,
        name="books-contributions-file",
    ),
    path("<slug:slug>/books/contribution/", contributions.contribution_page, name="books-contribution"),
    path("<slug:slug>/books/lines/", lines.lines_page, name="books-lines"),
    path("<slug:slug>/books/lines.<file:format_>", lines.lines_file, name="books-lines-file"),
    path("<slug:slug>/books/line/", lines.line_page, name="books-line"),
    path("<slug:slug>/books/lots/", lines.lots_page, name="books-lots"),
    path("<slug:slug>/books/lots.<file:format_>", lines.lots_file, name="books-lots-file"),
    path("<slug:slug>/books/lot/", lines.lot_page, name="books-lot"),
    path("<slug:slug>/books/units.<file:format_>", lines.units_file, name="books-units-file"),
    path("<slug:slug>/books/record/", record.record_page, name="books-record"),
    path("<slug:slug>/books/events/", bring_in.events_page, name="books-events"),
    path("<slug:slug>/books/proofs/", proofs.proofs_page, name="books-proofs"),
    path("<slug:slug>/books/checkpoint.txt", proofs.checkpoint_file, name="books-checkpoint"),
    path("<slug:slug>/books/verifier.py", proofs.verifier_file, name="books-verifier"),
    path("<slug:slug>/books/books.<str:form>", proofs.export_file, name="books-export"),
]
