"""The desk: whoever started the site on their own machine may do everything in the browser, without an account.

`pledgeline up` on the machine itself makes a token and prints an address with it; the site knows only its digest.
Whoever opens that address gets a cookie for a working day. Nothing is inferred from addresses, names or silence:
without the cookie a visitor on the same machine is the public. The desk is closed for good as soon as there is an
account, and for every request that a proxy has passed on.

Who sits there may look as a stand-in of the invented programme. Which one, a cookie says; it counts while they sit at
the desk and never otherwise, and takes rights away without giving any.
"""

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from pledgeline.accounts.desk_token import digest_of
from pledgeline.accounts.models import User
from pledgeline.accounts.roles import MACHINE, Machine
from pledgeline.accounts.stand_ins import STAND_INS, StandIn, by_name

COOKIE = f"{settings.COOKIE_PREFIX}pledgeline-desk"
LOOK_COOKIE = f"{settings.COOKIE_PREFIX}pledgeline-look-as"
LASTS_SECONDS = 12 * 3600

_PROXY = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")
_PROXY_FAMILY = "HTTP_X_FORWARDED_"
_signer = TimestampSigner(salt="pledgeline.desk")


def can_be_opened(request: HttpRequest) -> bool:
    """Say whether this visitor could open the desk: nobody has an account, and no proxy passed the request on."""
    return bool(settings.DESK_DIGEST) and not _came_by_proxy(request) and not User.objects.exists()


def is_token(request: HttpRequest, token: str) -> bool:
    """Say whether `token` opens the desk."""
    return can_be_opened(request) and constant_time_compare(digest_of(token), settings.DESK_DIGEST)


def open_for(response: HttpResponseBase) -> None:
    """Let the browser that gets this answer sit at the desk for a working day."""
    response.set_cookie(
        COOKIE,
        _signer.sign(settings.DESK_DIGEST),
        max_age=LASTS_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def close_for(response: HttpResponseBase) -> None:
    """Let the browser that gets this answer leave the desk."""
    response.delete_cookie(COOKIE, samesite="Strict")
    response.delete_cookie(LOOK_COOKIE, samesite="Strict")


def look_as(response: HttpResponseBase, person: StandIn | None) -> None:
    """Let the browser that gets this answer look as a stand-in, or as whoever sits at the desk again."""
    if person is None:
        response.delete_cookie(LOOK_COOKIE, samesite="Strict")
        return
    response.set_cookie(
        LOOK_COOKIE,
        person.key,
        max_age=LASTS_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def person_at(request: HttpRequest) -> Machine | StandIn | None:
    """Give who acts from the desk: whoever sits there, or the stand-in as whom they look; nobody where it is closed."""
    if not sits_at(request):
        return None
    seated: Machine | StandIn | None = getattr(request, "_person_at_desk", None)
    return seated or STAND_INS.get(request.COOKIES.get(LOOK_COOKIE, ""), MACHINE)


def sits_at(request: HttpRequest) -> bool:
    """Say whether the visitor sits at the desk."""
    known: bool | None = getattr(request, "_sits_at_desk", None)
    if known is None:
        known = _has_cookie(request) and can_be_opened(request)
        request._sits_at_desk = known  # type: ignore[attr-defined]
    return known


def seat(request: HttpRequest, *, name: str) -> None:
    """Let a job act for somebody who sat at the desk when they asked for it, while nobody has an account.

    `name` is who asked, "" where it was not from the desk.
    """
    person = MACHINE if name == MACHINE.name else by_name(name)
    request._person_at_desk = person  # type: ignore[attr-defined]
    request._sits_at_desk = person is not None and not User.objects.exists()  # type: ignore[attr-defined]


def _has_cookie(request: HttpRequest) -> bool:
    try:
        said = _signer.unsign(request.COOKIES.get(COOKIE, ""), max_age=LASTS_SECONDS)
    except BadSignature:
        return False
    return bool(settings.DESK_DIGEST) and constant_time_compare(said, settings.DESK_DIGEST)


def _came_by_proxy(request: HttpRequest) -> bool:
    return any(name in _PROXY or name.startswith(_PROXY_FAMILY) for name in request.META)
