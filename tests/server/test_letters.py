"""Python has encodings that read no text: a request that names one is answered, and never with an error of ours."""

import subprocess
import sys
from io import BytesIO
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.wsgi import get_wsgi_application

from pledgeline.server.letters import VisitorRequest

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def status_of(kind: str, *, query: str = "") -> str:
    """Send a form of one field, past the test client, which makes requests of its own."""
    body = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--'
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/sign-in/",
        "QUERY_STRING": query,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": f"csrftoken={'a' * 32}",  # what is sent is read for the token
        "wsgi.input": BytesIO(body),
    }
    setup_testing_defaults(environ)
    statuses: list[str] = []
    application = get_wsgi_application()
    application.request_class = VisitorRequest
    application(environ, lambda status, headers, *more: statuses.append(status))
    return statuses[0][:3]


FORM = "multipart/form-data; boundary=b"


@pytest.mark.parametrize("charset", ["rot13", "hex", "bz2"])
def test_a_form_in_letters_that_are_none_is_refused(charset):
    assert "400" == status_of(f"{FORM}; charset={charset}")


@pytest.mark.parametrize("more", ["; charset=rot13", "; a*=rot13''%41"])
def test_so_is_one_with_a_question_which_was_read_before_any_page_of_ours(more):
    assert status_of(f"{FORM}{more}", query="q=x") in ("400", "403")


def test_an_ordinary_form_is_read():
    assert "403" == status_of(f"{FORM}; charset=UTF-8")  # and lacks the token


def test_the_served_site_reads_requests_so():
    """Asked of a process of its own: what a process imports to serve bounds its patience with the database."""
    asks = "from pledgeline.server.wsgi import application; print(application.request_class.__module__)"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)

    assert "pledgeline.server.letters" == done.stdout.strip()
