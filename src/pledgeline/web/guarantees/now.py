"""It has happened now: a short form for what was reported, and what was reported before."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledgeline.guarantees import read_cases
from pledgeline.guarantees.cases import SCHEMA
from pledgeline.guarantees.moments import zone
from pledgeline.guarantees.toml_edit import literal
from pledgeline.queries.saved_scenarios import newest_scenarios, programmes_to_write_for
from pledgeline.web.asked import visitor
from pledgeline.web.fields import FormData
from pledgeline.web.guarantees import words
from pledgeline.web.guarantees.asked import Room, enter, show
from pledgeline.web.guarantees.keeping import begun_for
from pledgeline.web.guarantees.scenario_forms import ZONES, EventForm

FIELDS = ("against", "kind", "by", "on", "time", "zone")

LABELS = {
    "against": gettext_lazy("Where: who was attacked"),
    "kind": gettext_lazy("What happened"),
    "by": gettext_lazy("By whom"),
    "on": gettext_lazy("Since when: day"),
    "time": gettext_lazy("Time, if known"),
}


class EventReportForm(EventForm):
    """An event that was just reported: where, what, by whom, since when; all else is asked where it matters."""

    def __init__(self, data: FormData, *, room: Room) -> None:
        super().__init__(data, room=room, number=1, initial=_usual(room))
        for name in [name for name in self.fields if name not in FIELDS]:
            del self.fields[name]
        self.order_fields(FIELDS)
        for name, label in LABELS.items():
            self.fields[name].label = label
        for name in ("against", "kind", "on"):
            self.fields[name].required = True
        self.fields["against"].error_messages["required"] = _("Say who was attacked.")
        self.fields["kind"].error_messages["required"] = _("Say what happened.")
        self.fields["on"].error_messages["required"] = _("Say on which day.")

    def require(self, cleaned: dict[str, object], name: str, says: str) -> None:
        """Leave it to the fields, which are all of the form."""

    def text(self) -> str:
        """Write the scenario that says what was reported."""
        what = words.said(words.EVENTS, self.cleaned_data["kind"])
        title = f"{what[:1].upper()}{what[1:]}, {self._moment()}"
        lines = [f"schema = {literal(SCHEMA)}", 'id = "report"', f"title = {literal(title)}"]
        return "\n".join(lines) + "\n\n" + self.toml() + "\n"

    def _moment(self) -> str:
        said = self.cleaned_data
        return f"{said['on']:%Y-%m-%d}" + (f" {said['time']:%H:%M}" if said.get("time") else "")


def now_page(request: HttpRequest) -> HttpResponse:
    """Ask what has happened; sent, it leads to what to ask for, what runs out, and who is bound."""
    room = enter(request)
    person = visitor(request)
    form = EventReportForm(request.POST if request.method == "POST" else None, room=room)
    programmes = programmes_to_write_for(person)
    if form.is_bound and form.is_valid():
        text = form.text()
        if read_cases("scenario.toml", text, room.register).cases:
            programme = request.POST.get("programme", "")
            for_whom = programme if programme in dict(programmes) else ""
            return redirect(begun_for(request, room, text, programme=for_whom, is_report=True))
        form.add_error(
            "kind", forms.ValidationError(_("The register does not know this event. Choose another."))
        )
    return show(
        request,
        "now.html",
        room,
        is_timeless=True,
        form=form,
        keep_for=programmes,
        written=newest_scenarios(person),
        status=422 if form.errors else 200,
    )


def _usual(room: Room) -> dict[str, object]:
    local = timezone.now().astimezone(zone(ZONES[0]))
    return {
        "kind": "armed_attack",
        "on": local.date(),
        "time": local.time().replace(second=0, microsecond=0),
        "zone": ZONES[0],
        "by": room.named_aggressors[0] if len(room.named_aggressors) == 1 else "",
        "against": room.beneficiary,
    }
