"""The page behind the address that `pledgeline up` prints: work at the desk, or make the first account."""

from functools import partial
from typing import Any

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from pledgeline.accounts import desk
from pledgeline.accounts.rights import Act, may, may_anywhere
from pledgeline.actions import people
from pledgeline.actions.sign_ins import note_desk, note_desk_refusal
from pledgeline.web.accounts import PERSON
from pledgeline.web.asked import visitor
from pledgeline.web.sign_in.forms import NewAccountForm


@never_cache
@sensitive_post_parameters("password", "again")
def desk_page(request: HttpRequest, token: str) -> HttpResponse:
    """Open the desk for this browser, and offer to make the first account."""
    if not desk.is_token(request, token):
        note_desk_refusal()
        raise Http404
    # Asked while nobody has an account: what is done here is done from the desk.
    was_open = desk.sits_at(request)
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = people.add_first_person(
                name=form.cleaned_data["name"], password=form.cleaned_data["password"]
            )
        except people.Refused as problem:
            form.add_error(None, str(problem))
        else:
            login(request, person, backend=PERSON)
            return redirect("web:all-programmes")
    response = render(request, "web/desk.html", {"form": form})
    desk.open_for(response)
    if request.method == "GET" and not was_open:
        note_desk()
    return response


@require_POST
def leave_desk(request: HttpRequest) -> HttpResponse:
    """Let this browser do no more than everybody's."""
    response = redirect("web:programmes")
    desk.close_for(response)
    return response


def for_pages(request: HttpRequest) -> dict[str, Any]:
    """Tell every page whether the visitor sits at the desk, and, where it asks, whether they could."""
    return {
        "at_desk": desk.sits_at(request),
        "has_desk": partial(desk.can_be_opened, request),
        "gives_roles": partial(_gives_roles, request),
        "makes_programmes": partial(_makes_programmes, request),
    }


def _gives_roles(request: HttpRequest) -> bool:
    return may_anywhere(visitor(request), Act.GIVE_ROLES)


def _makes_programmes(request: HttpRequest) -> bool:
    return may(visitor(request), Act.CHANGE_SETTINGS)
