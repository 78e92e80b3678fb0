"""Browsers from which somebody has signed in before.

Where a stranger guesses at a name, its owner still gets in from a browser that is known: the limit of a name and
of an address are for browsers that nobody has signed in from. The cookie is no sign-in: it only says who did.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from pledgeline.accounts.models import User

COOKIE = f"{settings.COOKIE_PREFIX}known_browser"
_SALT = "pledgeline.known-browser"
_AGE_SECONDS = 90 * 24 * 3600


def remember(response: HttpResponseBase, person: User) -> None:
    """Let this browser be known as one of `person`."""
    response.set_cookie(
        COOKIE,
        signing.dumps([person.pk, _stamp(person)], salt=_SALT),
        max_age=_AGE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def is_known(request: HttpRequest, name: str) -> bool:
    """Say whether the person of that name has signed in from this browser, with the password they have now."""
    try:
        pk, stamp = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    person = User.objects.filter(pk=pk, username__iexact=name, is_active=True).first()
    return person is not None and stamp == _stamp(person)


def _stamp(person: User) -> str:
    return salted_hmac(_SALT, person.password, algorithm="sha256").hexdigest()[:32]
