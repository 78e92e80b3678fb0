"""For administrators: invite people by a link, mend a lost password or second factor, sign out, remove an account."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pledgeline.accounts.models import Invitation, User
from pledgeline.accounts.rights import Act, may, may_anywhere, where_may
from pledgeline.accounts.roles import EVERYWHERE
from pledgeline.actions import invitations, people, sign_ins
from pledgeline.records.parties import party_names
from pledgeline.web import words
from pledgeline.web.asked import visitor
from pledgeline.web.fields import FormData
from pledgeline.web.not_yours import not_yours
from pledgeline.web.people import RoleForm, choices


class InvitationForm(RoleForm):
    """Whom to invite, to what."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("For a lost password, and for a provider that vouches for them. No letter is sent now."),
    )


@never_cache
def invite_page(request: HttpRequest) -> HttpResponse:
    """Invite somebody, show the link once, and list the invitations that are open."""
    person, now = visitor(request), timezone.now()
    if not may_anywhere(person, Act.INVITE):
        return not_yours(request, Act.INVITE)
    places, link = where_may(person, Act.INVITE), ""
    form = _invitation_form(request.POST or None, places)
    if form.is_bound and form.is_valid():
        try:
            token = invitations.invite(**form.cleaned_data, person=person, now=now)
        except people.Refused as problem:
            form.add_error(None, str(problem))
        else:
            link = request.build_absolute_uri(reverse("web:invitation", args=[token]))
            form = _invitation_form(None, places)
    waiting = [
        (words.ROLES[invitation.role], invitation)
        for invitation in Invitation.objects.open_at(now)
        if may(person, Act.INVITE, invitation.programme)
    ]
    return render(
        request,
        "web/invite.html",
        {
            "form": form,
            "link": link,
            "invitations": waiting,
            "suggestions": {"parties": party_names(places)},
        },
    )


def _invitation_form(data: FormData, places: frozenset[str]) -> InvitationForm:
    form = InvitationForm(data, programmes=choices(places))
    if EVERYWHERE not in places:
        del form.fields["email"]
    return form


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation; one that is gone is withdrawn already."""
    invited = Invitation.objects.filter(pk=pk).first()
    if invited is not None:
        try:
            invitations.withdraw_invitation(invited, person=visitor(request))
        except people.Refused as problem:
            raise PermissionDenied(str(problem)) from None
    return redirect("web:invite")


@never_cache
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend a lost password by a link, end sessions; remove a lost second factor or the account once that is confirmed.

    A link lets its holder be that person: it is for those alone who give roles in every programme.
    """
    if not may(visitor(request), Act.GIVE_ROLES):
        return not_yours(request, Act.GIVE_ROLES)
    person = User.objects.filter(pk=pk, is_active=True).first()
    if person is None:
        raise Http404
    told: dict[str, Any] = {"person": person}
    if "remove" in request.POST:
        try:
            people.must_not_be_last(list(person.memberships.all()))
            people.remove_person(name=person.username)
        except people.Refused as problem:
            told["problem"] = str(problem)
        else:
            return redirect("web:people")
    elif "factor" in request.POST:
        try:
            people.remove_second_factor(name=person.username)
        except people.Refused as problem:
            told["problem"] = str(problem)
    elif "end" in request.POST:
        sign_ins.end_sessions(person.username, person.sessions.all())
        told["ended"] = True
    elif "link" in request.POST:
        told["link"] = request.build_absolute_uri(people.make_reset_link(name=person.username))
    told |= {"asks": request.POST.get("ask", ""), "has_second_factor": is_mfa_enabled(person)}
    return render(request, "web/person.html", told)
