"""The site as a Django application: its templates, its static files, its template tags."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "pledgeline.web"
    label = "web"

    def ready(self) -> None:
        import pledgeline.actions.sign_ins  # noqa: F401 (it hears who signs in)
