"""The site as a Django application: its templates, its static files, its template tags."""

from django.apps import AppConfig
from django.utils.translation import get_language


class WebConfig(AppConfig):
    name = "pledgeline.web"
    label = "web"

    def ready(self) -> None:
        import pledgeline.actions.sign_ins  # noqa: F401 (it hears who signs in)
        from pledgeline.programme.sentences import ask_language

        ask_language(get_language)

    def read_beforehand(self) -> None:
        """Read what all workers of the site begin with, before they are forked."""
        from pledgeline.web.beforehand import read_beforehand

        read_beforehand()
