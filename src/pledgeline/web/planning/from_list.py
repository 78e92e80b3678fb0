"""A plan from the rows of the programme: what is on its list, what is offered, and the money in its books."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from pledgeline.actions import list_plans
from pledgeline.ledger.refusals import RefusalRaised
from pledgeline.ledger.schema import LONGEST_KEY, key_of
from pledgeline.queries.chain import on_the_list
from pledgeline.records.models import FormedPackage, ProgrammeRecord
from pledgeline.web.asked import Asked, asker_of


class FromListForm(forms.Form):
    """How the package is to be called."""

    package = forms.CharField(label=_("Name of the package"), max_length=LONGEST_KEY // 4)

    def clean_package(self) -> str:
        try:
            return key_of(self.cleaned_data["package"], "package")
        except RefusalRaised as refused:
            raise ValidationError(f"{refused.refusal.wrong} {refused.refusal.way_out}") from None


def way_in(asked: Asked, form: FromListForm | None = None) -> dict[str, object]:
    """Give what the page of a new plan shows of this way: how much is on the list, and the form."""
    programme = ProgrammeRecord.objects.get(slug=asked.programme.slug)
    number = FormedPackage.objects.filter(programme=programme).count() + 1
    name = f"{asked.programme.short_name}-{number}"
    return {
        "on_the_list": on_the_list(programme).count(),
        "from_list": form or FromListForm(initial={"package": name}, auto_id="list-%s"),
    }


def handed_in(request: HttpRequest, asked: Asked) -> HttpResponse | FromListForm:
    """Hand the rows in as they are now; or give the form back with what is wrong."""
    form = FromListForm(request.POST, auto_id="list-%s")
    if form.is_valid():
        made = list_plans.hand_in(
            programme=ProgrammeRecord.objects.get(slug=asked.programme.slug),
            package=form.cleaned_data["package"],
            asker=asker_of(request),
            today=asked.today,
        )
        if not isinstance(made, list):
            return redirect("web:plan-input", asked.programme.slug, made.ref)
        for finding in made:
            field = "package" if finding.code == "list.package-taken" else None
            form.add_error(field, f"{finding.wrong} {finding.way_out}")
    return form
