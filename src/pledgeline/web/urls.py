"""The addresses of the pages: those of a programme lie below `/p/` and its short name."""

from django.urls import include, path
from django.views.generic import RedirectView

import pledgeline.web.converters  # noqa: F401 (the addresses below use them)
from pledgeline.web import (
    accounts,
    announcements,
    audit,
    deliveries,
    desk,
    items,
    jobs,
    overview,
    packages,
    partners,
    people,
    publication,
    rules,
    sources,
    totals,
    work,
)
from pledgeline.web.books import bring_in, contributions, journal, lines, opening, proofs, record
from pledgeline.web.books import overview as books
from pledgeline.web.chain.urls import urlpatterns as chain
from pledgeline.web.contributions.urls import urlpatterns as giving
from pledgeline.web.planning.urls import urlpatterns as planning
from pledgeline.web.sign_in import invitations, links

app_name = "web"

PROGRAMME = [
    path("", overview.overview_page, name="overview"),
    path("picture/<slug:name>.svg", overview.picture_file, name="picture"),
    path("announcements/", announcements.announcements_page, name="announcements"),
    path(
        "announcements.<file:format_>",
        announcements.announcements_page,
        name="announcements-file",
    ),
    path("announcements/<str:id_>/", announcements.announcement_page, name="announcement"),
    path("partners/", partners.partners_page, name="partners"),
    path("partners.<file:format_>", partners.partners_page, name="partners-file"),
    path("partners/<str:code>/", partners.partner_page, name="partner"),
    path("partners/<str:code>/picture.svg", partners.partner_picture, name="partner-picture"),
    path("packages/", packages.packages_page, name="packages"),
    path("packages.<file:format_>", packages.packages_page, name="packages-file"),
    path("packages/<str:id_>/", packages.package_page, name="package"),
    path("deliveries/", deliveries.deliveries_page, name="deliveries"),
    path("deliveries.<file:format_>", deliveries.deliveries_page, name="deliveries-file"),
    path("stated-totals/", totals.totals_page, name="totals"),
    path("stated-totals.<file:format_>", totals.totals_page, name="totals-file"),
    path("stated-totals/<str:key>/", totals.total_page, name="total"),
    path("items/", items.items_page, name="items"),
    path("items.<file:format_>", items.items_page, name="items-file"),
    path("sources/", sources.sources_page, name="sources"),
    path("sources.<file:format_>", sources.sources_page, name="sources-file"),
    path("sources/<str:id_>/", sources.source_page, name="source"),
    path("rules/", rules.rules_page, name="rules"),
    path("publication/", publication.publication_page, name="publication"),
    path("publication/<str:subject>/", publication.change_page, name="publication-change"),
    path("job/<slug:ref>/", jobs.job_page, name="job"),
    path("job/<slug:ref>/part/", jobs.job_part, name="job-part"),
    path("job/<slug:ref>/file", jobs.job_file, name="job-file"),
    path("job/<slug:ref>/stop/", jobs.job_stop, name="job-stop"),
    *chain,
    *giving,
    *planning,
    path("work/", work.work_page, name="work"),
    path("books/", books.books_page, name="books"),
    path("books/open/", opening.open_page, name="books-open"),
    path("books/flow.svg", books.flow_file, name="books-flow"),
    path("books/journal/", journal.journal_page, name="books-journal"),
    path("books/journal.<file:format_>", journal.journal_page, name="books-journal-file"),
    path("books/journal/<position:position>/", journal.entry_page, name="books-entry"),
    path(
        "books/journal/<position:position>/proof.json",
        proofs.inclusion_file,
        name="books-inclusion",
    ),
    path("books/balances/", books.balances_page, name="books-balances"),
    path("books/balances.<file:format_>", books.balances_page, name="books-balances-file"),
    path("books/contributions/", contributions.contributions_page, name="books-contributions"),
    path(
        "books/contributions.<file:format_>",
        contributions.contributions_page,
        name="books-contributions-file",
    ),
    path("books/contribution/", contributions.contribution_page, name="books-contribution"),
    path("books/lines/", lines.lines_page, name="books-lines"),
    path("books/lines.<file:format_>", lines.lines_page, name="books-lines-file"),
    path("books/line/", lines.line_page, name="books-line"),
    path("books/lots/", lines.lots_page, name="books-lots"),
    path("books/lots.<file:format_>", lines.lots_page, name="books-lots-file"),
    path("books/lot/", lines.lot_page, name="books-lot"),
    path("books/units.<file:format_>", lines.units_file, name="books-units-file"),
    path("books/record/", record.record_page, name="books-record"),
    path("books/events/", bring_in.events_page, name="books-events"),
    path("books/events/<slug:ref>/", bring_in.look_page, name="books-events-look"),
    path("books/proofs/", proofs.proofs_page, name="books-proofs"),
    path("books/checkpoint.txt", proofs.checkpoint_file, name="books-checkpoint"),
    path("books/keys.txt", proofs.keys_file, name="books-keys"),
    path("books/verifier.py", proofs.verifier_file, name="books-verifier"),
    path("books/books.<str:form>", proofs.export_file, name="books-export"),
]
"""The pages of one programme."""

urlpatterns = [
    path("", overview.programmes_page, name="programmes"),
    path("favicon.ico", RedirectView.as_view(url="/static/pledgeline/mark.svg", permanent=True)),
    path("desk/leave/", desk.leave_desk, name="desk-leave"),
    path("desk/<str:token>/", desk.desk_page, name="desk"),
    path("account/", accounts.account_page, name="account"),
    path("account/sessions/end/", accounts.end_session, name="end-session"),
    path("people/", people.people_page, name="people"),
    path("people/rights/", people.rights_page, name="rights"),
    path("people/rights.csv", people.rights_file, name="rights-file"),
    path("people/invite/", links.invite_page, name="invite"),
    path("people/invite/<int:pk>/withdraw/", links.withdraw, name="withdraw-invitation"),
    path("people/<int:pk>/", links.person_page, name="person"),
    path("invitation/<str:token>/", invitations.invitation_page, name="invitation"),
    path("audit/", audit.events_page, name="audit"),
    path("audit.csv", audit.events_csv, name="audit-csv"),
    path("audit.jsonl", audit.events_lines, name="audit-lines"),
    path("audit/<int:number>/", audit.event_page, name="audit-event"),
    path("checkpoints.json", proofs.published_file, name="checkpoints"),
    path("guarantees/", include("pledgeline.web.guarantees.urls")),
    path("p/<slug:slug>/", include(PROGRAMME)),
]
