"""How letters leave: encrypted, or not at all."""

import ssl

import pytest
from django.core.mail.backends.smtp import EmailBackend

from pledgeline.server.mail import Mailer, mailer
from pledgeline.server.misconfigured import Misconfigured

FROM = {"PLEDGELINE_MAIL_FROM": "pledgeline@example.org"}


def read(address: str) -> Mailer:
    return mailer({"PLEDGELINE_MAIL": address, **FROM})


@pytest.mark.parametrize(
    ("address", "host", "port", "starts_tls", "is_tls"),
    [
        ("smtp://clerk:hid%40den@mail.example.org", "mail.example.org", 587, True, False),
        ("smtps://clerk:hid%40den@mail.example.org", "mail.example.org", 465, False, True),
        ("smtp+plain://localhost", "localhost", 25, False, False),
        ("smtp+plain://127.0.0.1:2525", "127.0.0.1", 2525, False, False),
    ],
)
def test_an_address_is_taken_apart(address: str, host: str, port: int, starts_tls: bool, is_tls: bool):
    made = read(address)

    assert (host, port, starts_tls, is_tls) == (made.host, made.port, made.starts_tls, made.is_tls)
    assert "clerk" not in address or ("clerk", "hid@den") == (made.user, made.password)


@pytest.mark.parametrize(
    "address", ["smtp+plain://mail.example.org", "smtp+plain://clerk:hidden@10.0.0.5:25"]
)
def test_a_letter_with_a_link_that_opens_an_account_does_not_travel_in_the_clear(address: str):
    with pytest.raises(Misconfigured, match="for a mailer on this machine"):
        read(address)


@pytest.mark.parametrize(
    "address", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:many"]
)
def test_what_is_no_address_is_said(address: str):
    with pytest.raises(Misconfigured, match="no address of a mailer"):
        read(address)


def test_without_one_no_letter_leaves():
    assert "django.core.mail.backends.dummy.EmailBackend" == mailer({}).backend


def test_the_certificate_of_the_mailer_is_looked_at():
    """By the library; here is what we rely on."""
    context = EmailBackend(host="mail.example.org", use_tls=True).ssl_context

    assert (True, ssl.CERT_REQUIRED) == (context.check_hostname, context.verify_mode)
