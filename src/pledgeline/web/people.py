"""Who may do what here: people, their roles, invitations, links for a lost password. For administrators."""

from typing import Any, cast

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from pledgeline.accounts.models import Invitation, User
from pledgeline.accounts.rights import Act, may
from pledgeline.accounts.roles import EVERYWHERE, Role
from pledgeline.actions import people
from pledgeline.records.models import ProgrammeRecord
from pledgeline.web import words
from pledgeline.web.asked import visitor


class InvitationForm(forms.Form):
    """Whom to invite, to what."""

    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("What the invitation calls them."))
    role = forms.ChoiceField(label=_("Role"))
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    party = forms.CharField(
        label=_("Party"), max_length=200, required=False, help_text=_("Whom they act for there, if for one.")
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("For a lost password, and for a provider that vouches for them. No letter is sent now."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, words.ROLES[role]) for role in Role]  # type: ignore[attr-defined]
        slugs = ProgrammeRecord.objects.order_by("slug").values_list("slug", flat=True)
        self.fields["programme"].choices = [("", _("Every programme")), *((slug, slug) for slug in slugs)]  # type: ignore[attr-defined]


def people_page(request: HttpRequest) -> HttpResponse:
    """List people and invitations; invite somebody."""
    _must_be_allowed(request, Act.GIVE_ROLES)
    form, link = InvitationForm(request.POST or None), ""
    if request.method == "POST":
        _must_be_allowed(request, Act.INVITE)
        if form.is_valid():
            given = form.cleaned_data
            token = people.invite(
                name=given["name"],
                role=Role(given["role"]),
                programme=given["programme"],
                party=given["party"],
                email=given["email"],
                by=_name_of(request),
                now=timezone.now(),
            )
            link = request.build_absolute_uri(reverse("web:invitation", args=[token]))
            form = InvitationForm()
    return _shown(request, form, link=link)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    _must_be_allowed(request, Act.INVITE)
    people.withdraw_invitation(pk)
    return redirect("web:people")


@require_POST
def take_role(request: HttpRequest, pk: int) -> HttpResponse:
    _must_be_allowed(request, Act.GIVE_ROLES)
    try:
        people.take_role(membership=pk)
    except people.Refused as problem:
        return _shown(request, InvitationForm(), problem=str(problem), status=409)
    return redirect("web:people")


@require_POST
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    _must_be_allowed(request, Act.GIVE_ROLES)
    role, programme = request.POST.get("role", ""), request.POST.get("programme", EVERYWHERE)
    if role not in set(Role):
        raise Http404
    try:
        people.add_person(
            name=_person(pk).username, role=Role(role), programme=programme, by=_name_of(request)
        )
    except people.Refused as problem:
        return _shown(request, InvitationForm(), problem=str(problem), status=409)
    return redirect("web:people")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an account away, once it is confirmed."""
    _must_be_allowed(request, Act.GIVE_ROLES)
    person = _person(pk)
    if request.POST.get("sure") != "yes":
        return render(request, "web/person_remove.html", {"person": person})
    try:
        people.remove_person(name=person.username)
    except people.Refused as problem:
        return _shown(request, InvitationForm(), problem=str(problem), status=409)
    return redirect("web:people")


@require_POST
def reset_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link with which somebody gives themselves another password; it works once, for a day."""
    _must_be_allowed(request, Act.GIVE_ROLES)
    person = _person(pk)
    key = default_token_generator.make_token(person)
    address = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
    return _shown(
        request, InvitationForm(), link=request.build_absolute_uri(address), link_for=person.username
    )


def _shown(request: HttpRequest, form: InvitationForm, *, status: int = 200, **told: Any) -> HttpResponse:
    listed = [
        (person, [(words.ROLES[each.role], each) for each in person.memberships.all()])
        for person in people.people()
    ]
    waiting = [(words.ROLES[each.role], each) for each in Invitation.objects.open_at(timezone.now())]
    return render(
        request,
        "web/people.html",
        {
            "form": form,
            "people": listed,
            "invitations": waiting,
            "roles": [(role.value, words.ROLES[role]) for role in Role],
            "programmes": ProgrammeRecord.objects.order_by("slug").values_list("slug", flat=True),
            **told,
        },
        status=status,
    )


def _must_be_allowed(request: HttpRequest, act: Act) -> None:
    if not may(visitor(request), act):
        raise PermissionDenied


def _person(pk: int) -> User:
    person = User.objects.filter(pk=pk, is_active=True).first()
    if person is None:
        raise Http404
    return person


def _name_of(request: HttpRequest) -> str:
    return cast(User, request.user).get_username() or "this machine"
