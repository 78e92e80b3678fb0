"""What no form and no link of a browser sends is refused before anything looks at it."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.parametrize(
    "address", ["/", "/healthz", "/guarantees/", "/sign-in/", "/static/pledgeline/theme.css"]
)
@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "TRACK"])
def test_other_methods_get_no_page(client: Client, method: str, address: str):
    """TRACE was answered with the page. The connection ends with the answer: the body is never read."""
    answer = client.generic(method, address, b"x" * 1_000, headers={"x-secret": "lantern"})

    assert 405 == answer.status_code
    assert b"" == answer.content
    assert ("GET, HEAD, POST, OPTIONS", "close") == (answer["Allow"], answer["Connection"])


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_what_browsers_send_is_answered(client: Client, method: str):
    assert 200 == client.generic(method, "/healthz").status_code
