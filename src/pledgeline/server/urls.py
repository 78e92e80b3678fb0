"""The addresses of the site."""

from django.urls import include, path

from pledgeline.server import health, metrics
from pledgeline.web.moved import moved

handler400 = "pledgeline.web.errors.bad_request"
handler403 = "pledgeline.web.errors.permission_denied"
handler404 = "pledgeline.web.errors.page_not_found"
handler429 = "pledgeline.web.errors.too_many_requests"  # django-allauth asks for it
handler500 = "pledgeline.web.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics.metrics),
    path("", include("pledgeline.api.urls")),
    path("", include("pledgeline.web.sign_in.urls")),
    path("", include("pledgeline.web.urls")),
    path("<slug:slug>/", moved),
    path("<slug:slug>/<path:rest>", moved),
]
