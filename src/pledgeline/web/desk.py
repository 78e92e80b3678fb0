"""The page behind the address that `pledgeline up` prints: work at the desk, or make the first account."""

from functools import partial

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from pledgeline.accounts import desk
from pledgeline.accounts.rights import Act, may, may_anywhere
from pledgeline.accounts.roles import MACHINE
from pledgeline.accounts.stand_ins import PLACE, STAND_INS, StandIn
from pledgeline.actions import people
from pledgeline.actions.sign_ins import note_desk, note_desk_refusal, note_look
from pledgeline.web.accounts import PERSON
from pledgeline.web.asked import visitor
from pledgeline.web.sign_in.forms import NewAccountForm

STAND_IN_NAMES = {
    "administrator": _("the administrator"),
    "recipient": _("the recipient"),
    "storekeeper": _("the storekeeper of the recipient"),
    "validator": _("the validator"),
    "coordinator": _("the coordinator"),
    "partner": _("the partner Northland"),
    "supplier": _("the supplier Harbour Works"),
    "finance": _("finance"),
    "auditor": _("the auditor"),
}
"""What pages call the stand-ins."""


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


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Let whoever sits at the desk look as a stand-in, or as themselves again; nobody else has this page."""
    if not desk.sits_at(request):
        raise Http404
    person = STAND_INS.get(request.POST.get("as", ""))
    response = redirect("web:work" if person else "web:overview", PLACE)
    desk.look_as(response, person)
    note_look(person.key if person else MACHINE.name)
    return response


def for_pages(request: HttpRequest) -> dict[str, object]:
    """Tell every page whether the visitor sits at the desk, and, where it asks, whether they could."""
    return {
        "at_desk": desk.sits_at(request),
        "looks_as": partial(_looks_as, request),
        "stand_ins": partial(_stand_ins, request),
        "has_desk": partial(desk.can_be_opened, request),
        "gives_roles": partial(_gives_roles, request),
        "makes_programmes": partial(_makes_programmes, request),
    }


def _looks_as(request: HttpRequest) -> str:
    """Name the stand-in as whom the visitor looks; "" where they look as themselves."""
    person = desk.person_at(request)
    return str(STAND_IN_NAMES[person.key]) if isinstance(person, StandIn) else ""


def _stand_ins(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """List as whom whoever sits at the desk may look: key, name, and whether they do now; nobody without a desk.

    The first is whoever sits there.
    """
    if not desk.sits_at(request):
        return []
    now = desk.person_at(request)
    roles = [(key, str(STAND_IN_NAMES[key]), person == now) for key, person in STAND_INS.items()]
    return [("", translated("yourself, with every role"), not isinstance(now, StandIn)), *roles]


def _gives_roles(request: HttpRequest) -> bool:
    return may_anywhere(visitor(request), Act.GIVE_ROLES)


def _makes_programmes(request: HttpRequest) -> bool:
    return may(visitor(request), Act.CHANGE_SETTINGS)
