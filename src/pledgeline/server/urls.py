"""The addresses of the site."""

from django.urls import include, path

from pledgeline.server import health, metrics

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics.metrics),
    path("", include("pledgeline.web.sign_in.urls")),
    path("", include("pledgeline.web.urls")),
]

handler500 = "pledgeline.web.failed.server_error"
