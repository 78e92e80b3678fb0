"""What a browser forgets when somebody has signed out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse


def forget_in_browser(
    handle: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let the browser drop what it has kept of our pages: on a shared machine somebody else sits down next."""

    def left(request: HttpRequest) -> HttpResponseBase:
        response = handle(request)
        if request.method == "POST" and request.path == reverse("account_logout"):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return left
