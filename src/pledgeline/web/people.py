"""Who has which role, and what each role may: for those who give roles."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from pledgeline.accounts.models import Membership, User
from pledgeline.accounts.rights import Act, may_anywhere, where_may
from pledgeline.accounts.roles import EVERYWHERE
from pledgeline.accounts.table import COLUMNS, RIGHTS, cell_of, rights_csv
from pledgeline.actions import people
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.programme.roles import Role
from pledgeline.records.models import ProgrammeRecord
from pledgeline.records.parties import party_names, party_ref
from pledgeline.web import words
from pledgeline.web.asked import visitor
from pledgeline.web.columns import Cell, Label
from pledgeline.web.downloads import attached
from pledgeline.web.fields import CHOICE, FormData
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of
from pledgeline.web.tables import exports, table_file

FOR_A_PARTY = frozenset({Role.PARTNER, Role.SUPPLIER})
"""The roles that are for the things of a party."""


class RoleForm(forms.Form):
    """A role, for somebody who has an account."""

    name = forms.CharField(label=_("Name"), max_length=150)
    role = forms.ChoiceField(label=_("Role"))
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    party = forms.CharField(
        label=_("Party"),
        max_length=200,
        required=False,
        help_text=_(
            "Needed for a partner and a supplier, who act for one; else only where the person does. One that is "
            "missing here is added in the settings of the programme."
        ),
        widget=forms.TextInput(attrs={"list": "known-parties", "autocomplete": "off"}),
    )

    def __init__(self, data: FormData, *, programmes: list[tuple[str, Label]]) -> None:
        super().__init__(data)
        self.fields["role"].choices = [(role, words.ROLES[role]) for role in Role]  # type: ignore[attr-defined]
        self.fields["programme"].choices = programmes  # type: ignore[attr-defined]

    def clean_party(self) -> str:
        """Read a party by its reference, or by one of its names."""
        said = str(self.cleaned_data["party"]).strip()
        if not said:
            if self.cleaned_data.get("role") in FOR_A_PARTY:
                raise forms.ValidationError(_("Say for which party: this role is for what belongs to it."))
            return ""
        ref = party_ref(said)
        if ref is None:
            raise forms.ValidationError(
                _("There is no party “%(said)s”. Choose one of the list, or add it in the settings first."),
                params={"said": said[:60]},
            )
        return ref


class PeopleFilter(forms.Form):
    """What the list of people can be narrowed by."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    role = forms.ChoiceField(label=_("Role"), required=False, error_messages=CHOICE)
    programme = forms.ChoiceField(label=_("Programme"), required=False, error_messages=CHOICE)

    def __init__(self, data: FormData, *, programmes: list[tuple[str, Label]]) -> None:
        super().__init__(data, auto_id="filter-%s")
        roles = [(role, words.ROLES[role]) for role in Role]
        named = [programme for programme in programmes if programme[0] != EVERYWHERE]
        self.fields["role"].choices = [("", _("all")), *roles]  # type: ignore[attr-defined]
        self.fields["programme"].choices = [("", _("all")), *named]  # type: ignore[attr-defined]

    def passes(self, person: User, memberships: list[Membership]) -> bool:
        """Say whether somebody with these roles is to be shown: one of the roles has to fit all that is asked."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        needle = given.get("q", "").casefold()
        texts = [person.username, *(membership.party for membership in memberships)]
        if not any(needle in text.casefold() for text in texts):
            return False
        if not given.keys() & {"role", "programme"}:
            return True
        return any(
            membership.role == given.get("role", membership.role)
            and membership.programme in (given.get("programme", membership.programme), EVERYWHERE)
            for membership in memberships
        )


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
    filters = _filters(request, places)
    shown = _shown(places, filters)
    return render(
        request,
        "web/people.html",
        {
            "people": shown,
            "filters": filters,
            "exports": exports(request, "people-file"),
            "suggestions": {"parties": party_names(places)},
            "asks": asks,
            "form": form,
            "keeps_accounts": EVERYWHERE in places,
            "invites": may_anywhere(person, Act.INVITE),
        },
    )


HeldRole = tuple[str | Promise, Membership, bool]
"""What a role is called, where somebody has it, and whether it may be taken away."""


def _filters(request: HttpRequest, places: frozenset[str]) -> PeopleFilter:
    parameters = parameters_of(request)
    return parameters.form(PeopleFilter(parameters.data, programmes=choices(places)))


def _shown(places: frozenset[str], filters: PeopleFilter) -> list[tuple[User, list[Any]]]:
    """List who passes the filters, with the roles that may be seen from these programmes."""
    everybody = [(user, _roles_of(user, places)) for user in people.people()]
    return [
        (user, roles)
        for user, roles in everybody
        if (roles or EVERYWHERE in places) and filters.passes(user, [role[1] for role in roles])
    ]


@never_cache
def people_file(request: HttpRequest, format_: str) -> HttpResponseBase:
    """Give who passes the filters as a file, a row for each role."""
    if not may_anywhere(visitor(request), Act.GIVE_ROLES):
        return not_yours(request, Act.GIVE_ROLES)
    places = where_may(visitor(request), Act.GIVE_ROLES)
    filters = _filters(request, places)
    shown = _shown(places, filters)
    with transaction.atomic():
        asked = {name: value for name, value in filters.cleaned_data.items() if value}
        trail.record(AuditAct.EXPORT_TAKEN, "file", f"people.{format_}", filters=asked)
    rows: list[list[Cell]] = []
    for person, roles in shown:
        for label, membership, _may_take in roles:
            given = membership.given_at.date()
            rows.append(
                [
                    person.username,
                    str(label) if format_ == "xlsx" else membership.role,
                    membership.programme,
                    membership.party,
                    membership.given_by,
                    given.isoformat(),
                ]
            )
        if not roles:
            rows.append([person.username, "", "", "", "", ""])
    header = {
        "name": _("Name"),
        "role": _("Role"),
        "programme": _("Programme"),
        "party": _("Party"),
        "given_by": _("Given by"),
        "given_on": _("Given on"),
    }
    return table_file(request, format_, name="people", title=_("People"), header=header, rows=rows)


def _roles_of(person: User, places: frozenset[str]) -> list[HeldRole]:
    """Give the roles of somebody that count in these programmes, and whether each may be taken away.

    Roles in others are for their administrators: they would tell of a programme that is not published.
    """
    told = [
        (words.ROLES[membership.role], membership, EVERYWHERE in places or membership.programme in places)
        for membership in person.memberships.all()
    ]
    return [role for role in told if role[2] or role[1].programme == EVERYWHERE]


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
