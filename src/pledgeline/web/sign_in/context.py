"""What the pages of signing in ask about the installation."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def for_pages(request: HttpRequest) -> dict[str, object]:
    """Tell pages who vouches for people, and whether letters can be sent."""
    return {
        "providers": [
            {
                "number": number,
                "name": provider["name"],
                "address": reverse("openid_connect_login", args=[provider["provider_id"]]),
            }
            for number, provider in enumerate(settings.PROVIDERS)
        ],
        "has_mailer": bool(settings.MAILER.host),
    }
