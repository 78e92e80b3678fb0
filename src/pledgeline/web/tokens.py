"""The tokens of one's own account: make one for a program, see which there are, revoke one."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pledgeline.accounts.models import ApiToken, Scope, User
from pledgeline.accounts.models.tokens import LONGEST_LIFE_DAYS, MOST_TOKENS
from pledgeline.actions import tokens
from pledgeline.records.snapshot import programme_names
from pledgeline.web.fields import FormData

USUAL_LIFE_DAYS = 90


class TokenForm(forms.Form):
    """What a token is for, and until when."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=100,
        help_text=_("Such as the name of the program: it tells your tokens apart."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(label=_("It may"), choices=Scope.choices)
    programme = forms.ChoiceField(label=_("In which programme"), required=False)
    days = forms.IntegerField(
        label=_("For how many days"), min_value=1, max_value=LONGEST_LIFE_DAYS, initial=USUAL_LIFE_DAYS
    )

    def __init__(self, data: FormData, *, person: User) -> None:
        super().__init__(data)
        named = [(row.slug, row.short_name) for row in programme_names(person)]
        self.fields["programme"].choices = [("", _("every programme")), *named]  # type: ignore[attr-defined]


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def tokens_page(request: HttpRequest) -> HttpResponse:
    """Show the tokens, and the form for another one; a new token is shown once."""
    person, now, token = cast(User, request.user), timezone.now(), ""
    form = TokenForm(request.POST or None, person=person)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            token = tokens.make_token(
                person=person,
                name=given["name"],
                scope=Scope(given["scope"]),
                programme=given["programme"],
                days=given["days"],
                now=now,
            )
        except tokens.TooMany:
            most = ngettext(
                "You have %(most)d token. Revoke it first.",
                "You have %(most)d tokens. Revoke one first.",
                MOST_TOKENS,
            )
            form.add_error(None, most % {"most": MOST_TOKENS})
        else:
            form = TokenForm(None, person=person)
    rows = [
        (Scope(row.scope).label, row.programme or translated("every programme"), row)
        for row in person.tokens.filter(expires_at__gt=now)
    ]
    return render(request, "web/tokens.html", {"form": form, "token": token, "tokens": rows})


@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a token of one's own; one that is gone is revoked already."""
    row = ApiToken.objects.filter(person=cast(User, request.user), pk=pk).first()
    if row is not None:
        tokens.revoke_token(row)
    return redirect("web:tokens")
