"""Who has which role, and what each role may: for those who give roles."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from pledgeline.accounts.models import Membership, User
from pledgeline.accounts.rights import Act, may_anywhere, where_may
from pledgeline.accounts.roles import EVERYWHERE
from pledgeline.accounts.table import COLUMNS, RIGHTS, cell_of, rights_csv
from pledgeline.actions import people
from pledgeline.programme.roles import Role
from pledgeline.records.models import ProgrammeRecord
from pledgeline.web import words
from pledgeline.web.asked import visitor
from pledgeline.web.downloads import attached
from pledgeline.web.not_yours import not_yours


class RoleForm(forms.Form):
    """A role, for somebody who has an account."""

    name = forms.CharField(label=_("Name"), max_length=150)
    role = forms.ChoiceField(label=_("Role"))
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    party = forms.CharField(
        label=_("Party"),
        max_length=200,
        required=False,
        help_text=_("Only where the person acts for one: a partner, a supplier, the recipient."),
    )

    def __init__(self, data: Any, *, programmes: list[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["role"].choices = [(role, words.ROLES[role]) for role in Role]  # type: ignore[attr-defined]
        self.fields["programme"].choices = programmes  # type: ignore[attr-defined]


@never_cache
def people_page(request: HttpRequest) -> HttpResponse:
    """List people with their roles; give a role, or take one away."""
    person = visitor(request)
    if not may_anywhere(person, Act.GIVE_ROLES):
        return not_yours(request, Act.GIVE_ROLES)
    places = where_may(person, Act.GIVE_ROLES)
    if "take" in request.POST:
        return _taken(request)
    asks = request.POST.get("ask", "")
    form = RoleForm(None if asks else request.POST or None, programmes=choices(places))
    if form.is_bound and _is_given(request, form):
        return redirect("web:people")
    everybody = [(each, _roles_of(each, places)) for each in people.people()]
    shown = [(each, roles) for each, roles in everybody if roles or EVERYWHERE in places]
    return render(
        request,
        "web/people.html",
        {
            "people": shown,
            "asks": asks,
            "form": form,
            "keeps_accounts": EVERYWHERE in places,
            "invites": may_anywhere(person, Act.INVITE),
        },
    )


def _roles_of(person: User, places: frozenset[str]) -> list[tuple[Any, Membership, bool]]:
    """Give the roles of somebody that count in these programmes, and whether each may be taken away.

    Roles in others are for their administrators: they would tell of a programme that is not published.
    """
    told = [
        (words.ROLES[one.role], one, EVERYWHERE in places or one.programme in places)
        for one in person.memberships.all()
    ]
    return [each for each in told if each[2] or each[1].programme == EVERYWHERE]


def choices(places: frozenset[str]) -> list[tuple[str, Any]]:
    slugs = ProgrammeRecord.objects.order_by("slug").values_list("slug", flat=True)
    if EVERYWHERE in places:
        return [(EVERYWHERE, _("every programme")), *((slug, slug) for slug in slugs)]
    return [(slug, slug) for slug in slugs if slug in places]


def _is_given(request: HttpRequest, form: RoleForm) -> bool:
    """Give the role that the form says; what cannot be given is said in it."""
    if not form.is_valid():
        return False
    try:
        people.give_role(**form.cleaned_data, person=visitor(request))
    except people.Refused as problem:
        form.add_error(None, str(problem))
        return False
    return True


def _taken(request: HttpRequest) -> HttpResponse:
    """Take a role away; one that is not there any more is taken already."""
    number = request.POST["take"]
    membership = Membership.objects.filter(pk=int(number) if number.isdecimal() else 0).first()
    if membership is not None:
        try:
            people.take_role(membership, person=visitor(request))
        except people.Refused as problem:
            raise PermissionDenied(str(problem)) from None
    return redirect("web:people")


def rights_page(request: HttpRequest) -> HttpResponse:
    """Show what each role may: the table that decides it."""
    columns = {column: words.COLUMNS.get(column) or words.ROLES[column] for column in COLUMNS}
    rows = [
        (words.right_name(row), [(label, cell_of(row, column)) for column, label in columns.items()])
        for row in RIGHTS
    ]
    return render(request, "web/rights.html", {"columns": columns.values(), "rows": rows})


def rights_file(request: HttpRequest) -> HttpResponse:
    """Give the table of rights as a file."""
    response = attached(rights_csv(), "rights.csv", "text/csv; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
