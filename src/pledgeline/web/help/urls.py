"""The addresses of help."""

from django.urls import path

from pledgeline.web.help import pages

urlpatterns = [
    path("", pages.contents_page, name="help"),
    path("glossary/", pages.glossary_page, name="help-glossary"),
    path("new/", pages.new_page, name="help-new"),
    path("tour/", pages.tour_page, name="help-tour"),
    path("tour/end/", pages.tour_end_page, name="help-tour-end"),
    path("reference/<slug:slug>/", pages.reference_page, name="help-reference"),
    path("handbook/<slug:slug>/", pages.chapter_page, name="help-chapter"),
]
