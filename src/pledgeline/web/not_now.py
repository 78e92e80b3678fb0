"""The answer to somebody who asks for more than is done for them now: why, and when to come back."""

from django.http import HttpRequest, HttpResponse

from pledgeline.jobs.asking import NotNow
from pledgeline.web.asked import Asked, show


def not_now(request: HttpRequest, asked: Asked, refused: NotNow) -> HttpResponse:
    """Say why a job was not asked for."""
    response = show(request, "web/not_now.html", asked, why=str(refused))
    response.status_code = 429
    return response
