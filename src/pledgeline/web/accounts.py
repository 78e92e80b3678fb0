"""The own account: what it may do, how it is signed in to, from where."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import auth
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from pledgeline.accounts.models import Session, User
from pledgeline.accounts.sessions import digest_of
from pledgeline.actions.sign_ins import end_sessions
from pledgeline.web import words

PERSON = "django.contrib.auth.backends.ModelBackend"


@login_required
def account_page(request: HttpRequest) -> HttpResponse:
    """Show who is signed in, what they may do, and from where they are signed in."""
    person = cast(User, request.user)
    return render(
        request,
        "web/account.html",
        {
            "memberships": [
                (words.ROLES[membership.role], words.ROLE_MEANINGS[membership.role], membership)
                for membership in person.memberships.all()
            ],
            "sessions": Session.objects.alive(timezone.now()).filter(user=person),
            "this": digest_of(request.session.session_key or ""),
            "has_second_factor": is_mfa_enabled(person),
        },
    )


@require_POST
@login_required
def end_session(request: HttpRequest) -> HttpResponse:
    """End a session of one's own, or all but this one; ending this one signs out."""
    if request.POST.get("session", "") == digest_of(request.session.session_key or ""):
        auth.logout(request)
        return redirect("web:programmes")
    return cast(HttpResponse, _end_others(request))


@reauthentication_required  # type: ignore[untyped-decorator]
def _end_others(request: HttpRequest) -> HttpResponse:
    """End what is open elsewhere: whoever sits down at somebody's browser does not put them out of theirs."""
    person, wanted = cast(User, request.user), request.POST.get("session", "")
    mine, this = Session.objects.filter(user=person), digest_of(request.session.session_key or "")
    ended = mine.exclude(digest=this) if wanted == "others" else mine.filter(digest=wanted)
    end_sessions(person.get_username(), ended)
    return redirect("web:account")
