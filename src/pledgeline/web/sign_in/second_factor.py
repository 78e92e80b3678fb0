"""People of some roles need a second factor: until they have one, every page leads to where it is set up."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from pledgeline.accounts.models import User

Handler = Callable[[HttpRequest], HttpResponseBase]


def ask_for_second_factor(handle: Handler) -> Handler:
    """Lead people who lack a second factor that their role asks for to where they set it up."""

    def asked(request: HttpRequest) -> HttpResponseBase:
        if settings.SECOND_FACTOR_ROLES and lacks_it(request.user) and not _leads_there(request.path):
            return redirect(f"{reverse('mfa_index')}?needed=1")
        return handle(request)

    return asked


def lacks_it(person: object) -> bool:
    """Say whether somebody has a role that asks for a second factor, and none is set up."""
    return (
        isinstance(person, User)
        and any(role in settings.SECOND_FACTOR_ROLES for role, _programme in person.roles)
        and not is_mfa_enabled(person)
    )


def _leads_there(path: str) -> bool:
    return path.startswith(("/account/", "/sign-out/", "/static/"))
