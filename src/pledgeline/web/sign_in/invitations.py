"""The page behind the link of an invitation: choose a name and a password, and be signed in."""

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from pledgeline.actions.invitations import accept_invitation, open_invitation
from pledgeline.actions.people import Refused
from pledgeline.web import words
from pledgeline.web.accounts import PERSON
from pledgeline.web.sign_in.forms import NewAccountForm


@never_cache
@sensitive_post_parameters("password", "again")
def invitation_page(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever was invited make their account; a link that is used or too old says so."""
    now = timezone.now()
    invited = open_invitation(token, now)
    if invited is None:
        return render(request, "web/invitation_over.html", status=410)
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = accept_invitation(
                token=token, name=form.cleaned_data["name"], password=form.cleaned_data["password"], now=now
            )
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            login(request, person, backend=PERSON)
            return redirect("web:account")
    told: dict[str, Any] = {"form": form, "invited": invited, "role": words.ROLES[invited.role]}
    return render(request, "web/invitation.html", told | {"meaning": words.ROLE_MEANINGS[invited.role]})
