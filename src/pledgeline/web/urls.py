"""The addresses of the pages: the programme first, then what is shown of it."""

from django.urls import include, path
from django.views.generic import RedirectView

import pledgeline.web.converters  # noqa: F401 (the addresses below use them)
from pledgeline.web import (
    accounts,
    announcements,
    deliveries,
    items,
    overview,
    packages,
    partners,
    rules,
    sources,
    totals,
)
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
]
