"""The addresses of the site."""

from django.urls import include, path

from pledgeline.server import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("", include("pledgeline.web.sign_in.urls")),
    path("", include("pledgeline.web.urls")),
]
