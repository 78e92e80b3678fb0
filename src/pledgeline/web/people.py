"""Who may do what here: people, their roles, invitations, links for a lost password. For administrators."""

from typing import Any

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

from pledgeline.accounts.models import Invitation, Membership, User
from pledgeline.accounts.rights import Act, Person, may, may_anywhere, where_may
from pledgeline.accounts.roles import EVERYWHERE, Role
from pledgeline.actions import people
from pledgeline.records.models import ProgrammeRecord
from pledgeline.web import words
from pledgeline.web.asked import visitor
from pledgeline.web.not_yours import not_yours


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

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data)
        self.fields["role"].choices = [(role.value, words.ROLES[role]) for role in Role]  # type: ignore[attr-defined]
        self.fields["programme"].choices = _programmes(person, Act.INVITE)  # type: ignore[attr-defined]


def people_page(request: HttpRequest) -> HttpResponse:
    """List people and invitations; invite somebody."""
    person = visitor(request)
    if not may_anywhere(person, Act.GIVE_ROLES):
        return not_yours(request, Act.GIVE_ROLES)
    form = InvitationForm(request.POST or None, person=person)
    if not (form.is_bound and form.is_valid()):
        return _shown(request, form)
    given = form.cleaned_data
    try:
        token = people.invite(**{**given, "role": Role(given["role"])}, person=person, now=timezone.now())
    except people.Refused as problem:
        return _refused(request, problem)
    link = request.build_absolute_uri(reverse("web:invitation", args=[token]))
    return _shown(request, InvitationForm(person=person), link=link)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    _must_give_roles(request)
    try:
        people.withdraw_invitation(pk, person=visitor(request))
    except people.Refused as problem:
        return _refused(request, problem)
    return redirect("web:people")


@require_POST
def take_role(request: HttpRequest, pk: int) -> HttpResponse:
    _must_give_roles(request)
    try:
        people.take_role(membership=pk, person=visitor(request))
    except people.Refused as problem:
        return _refused(request, problem)
    return redirect("web:people")


@require_POST
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    _must_give_roles(request)
    role, programme = request.POST.get("role", ""), request.POST.get("programme", EVERYWHERE)
    if role not in set(Role):
        raise Http404
    try:
        people.give_role(
            name=_person(pk).username,
            role=Role(role),
            programme=programme,
            party=request.POST.get("party", "").strip()[:200],
            person=visitor(request),
        )
    except people.Refused as problem:
        return _refused(request, problem)
    return redirect("web:people")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an account away, once it is confirmed."""
    _must_give_roles(request, EVERYWHERE)
    person = _person(pk)
    if request.POST.get("sure") != "yes":
        return render(request, "web/person_remove.html", {"person": person})
    people.remove_person(name=person.username)
    return redirect("web:people")


@require_POST
def reset_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link with which somebody gives themselves another password; it works once, for a day."""
    _must_give_roles(request, EVERYWHERE)
    person = _person(pk)
    key = default_token_generator.make_token(person)
    address = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
    form = InvitationForm(person=visitor(request))
    return _shown(request, form, link=request.build_absolute_uri(address), link_for=person.username)


def _shown(request: HttpRequest, form: InvitationForm, *, status: int = 200, **told: Any) -> HttpResponse:
    asking = visitor(request)
    own = where_may(asking, Act.GIVE_ROLES)

    def is_own(each: Membership | Invitation) -> bool:
        return EVERYWHERE in own or each.programme in own

    listed = [
        (person, [(words.ROLES[each.role], each) for each in person.memberships.all() if is_own(each)])
        for person in people.people()
    ]
    waiting = [
        (words.ROLES[each.role], each) for each in Invitation.objects.open_at(timezone.now()) if is_own(each)
    ]
    return render(
        request,
        "web/people.html",
        {
            "form": form,
            "people": listed,
            "invitations": waiting,
            "roles": [(role.value, words.ROLES[role]) for role in Role],
            "programmes": _programmes(asking, Act.GIVE_ROLES),
            "is_everywhere": EVERYWHERE in own,
            **told,
        },
        status=status,
    )


def _refused(request: HttpRequest, problem: people.Refused) -> HttpResponse:
    """Say on the page why it was not done."""
    return _shown(request, InvitationForm(person=visitor(request)), problem=str(problem), status=409)


def _programmes(person: Person, act: Act) -> list[tuple[str, Any]]:
    """List the programmes for which somebody may do it, as a form offers them."""
    own = where_may(person, act)
    slugs = ProgrammeRecord.objects.order_by("slug").values_list("slug", flat=True)
    if EVERYWHERE in own:
        return [(EVERYWHERE, _("every programme")), *((slug, slug) for slug in slugs)]
    return [(slug, slug) for slug in slugs if slug in own]


def _must_give_roles(request: HttpRequest, programme: str | None = None) -> None:
    """Refuse who may not give roles for a programme, or nowhere where none is named."""
    person = visitor(request)
    allowed = (
        may_anywhere(person, Act.GIVE_ROLES) if programme is None else may(person, Act.GIVE_ROLES, programme)
    )
    if not allowed:
        raise PermissionDenied


def _person(pk: int) -> User:
    person = User.objects.filter(pk=pk, is_active=True).first()
    if person is None:
        raise Http404
    return person
