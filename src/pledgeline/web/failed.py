"""The answer to a fault of ours: a page that needs neither a database nor a person."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it failed, and by which number its traceback is found in the log."""
    said = {"request_id": getattr(request, "request_id", "")}
    return HttpResponse(render_to_string("500.html", said), status=500)
