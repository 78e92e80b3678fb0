"""Accept a plan: what that will form and reserve is shown first, and then done in one act."""

from collections.abc import Sequence
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledgeline.actions import acceptance
from pledgeline.programme.findings import Finding
from pledgeline.records.models import FormedPackage, HeldAct, Origin
from pledgeline.web.asked import Asked, visitor
from pledgeline.web.fields import FormData, day_field
from pledgeline.web.held import held_for
from pledgeline.web.parameters import parameters_of
from pledgeline.web.planning.asked import PlanPage, for_planners, run_of, show_plan
from pledgeline.web.planning.entered import AcceptanceShown


class AcceptForm(forms.Form):
    """Until when the money is to be kept free for the packages."""

    until = day_field(_("Reserve the money until"), required=True)

    def __init__(self, data: FormData, *, asked: Asked) -> None:
        super().__init__(data, initial={"until": asked.today + timedelta(days=acceptance.USUAL_DAYS)})
        self.today = asked.today

    def clean_until(self) -> object:
        until = self.cleaned_data["until"]
        if not self.today <= until <= self.today + timedelta(days=3_650):
            raise ValidationError(_("Choose a day from today on, within ten years."))
        return until


@for_planners
def accept_page(request: HttpRequest, asked: Asked, ref: str) -> HttpResponseBase:
    """Show what the acceptance will enter; with the button pressed, do it or say why not."""
    run = run_of(request, asked, ref)
    sizes = {"as-funded": _("as funded"), "settings": _("of the size in the settings")}
    by_size = parameters_of(request).choice("size", sizes, label=_("Size of packages")) == "settings"
    form = AcceptForm(request.POST if request.method == "POST" else None, asked=asked)
    wrong: Sequence[Finding] = ()
    if form.is_bound and form.is_valid():
        done = acceptance.accept(
            run,
            person=visitor(request),
            today=asked.today,
            now=timezone.now(),
            reserved_until=form.cleaned_data["until"],
            by_size=by_size,
        )
        if isinstance(done, HeldAct):
            return redirect(asked.at("approval", done.ref))
        if isinstance(done[0], FormedPackage):
            return redirect(asked.at("formed-one", key=done[0].key))
        wrong = [result for result in done if isinstance(result, Finding)]
    elif not form.is_bound and (why := acceptance.why_not(run, visitor(request))):
        wrong = [why]
    return show_plan(request, asked, run, lambda plan: _shown(plan, form, wrong, by_size=by_size))


def _shown(plan: PlanPage, form: AcceptForm, wrong: Sequence[Finding], *, by_size: bool) -> HttpResponse:
    size = acceptance.size_for(plan.run, plan.study)
    return plan.show(
        "accept.html",
        status=(409 if wrong else 400) if form.is_bound else 200,
        form=form,
        wrong=wrong,
        entered=AcceptanceShown(study=plan.study, size=size if by_size else None),
        size=size,
        by_size=by_size,
    )


def offered(plan: PlanPage) -> dict[str, object]:
    """Give what the page of a plan says of its acceptance: its packages, or whether and why not it can be accepted."""
    if plan.run.input.origin != Origin.LIST:
        return {"is_of_list": False}
    packages = list(FormedPackage.objects.filter(plan__run=plan.run))
    why = None if packages else acceptance.why_not(plan.run, visitor(plan.request))
    held = held_for(plan.asked, plan.run.programme, visitor(plan.request), acceptance.PLAN, plan.run.ref)
    return {
        "is_of_list": True,
        "formed": packages,
        "why_not": why,
        "buys": bool(plan.study.plan.purchases),
        "held_acts": held,
    }
