"""Add and change instruments: the text with its findings at their lines, and what a change alters.

A save has two steps. The first checks and shows what the coverage loses and gains; the second saves
with a reason. Both go through the same reader as every other register.
"""

import difflib
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledgeline.actions import register as saving
from pledgeline.guarantees.toml_tables import unhidden
from pledgeline.programme.toml import NotToml, read_toml
from pledgeline.records.models import InstrumentVersion
from pledgeline.records.register import editable_drafts, shipped_texts, versions_of
from pledgeline.web.asked import visitor
from pledgeline.web.guarantees.asked import Room, enter, show
from pledgeline.web.guarantees.beginning import StartForm, begun
from pledgeline.web.guarantees.instrument import found
from pledgeline.web.guarantees.usual_fields import UsualForm
from pledgeline.web.parameters import parameters_of


class VersionForm(forms.Form):
    """Where a version goes, its text, and why."""

    programme = forms.ChoiceField(
        label=gettext_lazy("Save into"),
        required=False,
        help_text=gettext_lazy("Drafts of a programme are seen by its register editors only."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Stands beside the version for ever: what changed, and on which source."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text (TOML)"),
        required=False,
        max_length=saving.LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "code"}),
    )
    based_on = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, person: Any, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="version-%s", initial=initial)
        places: list[tuple[str, Any]] = []
        if saving.may_edit(person, ""):
            places.append(("", _("the register that everybody sees")))
        places += [(slug, _("drafts of %(slug)s") % {"slug": slug}) for slug in editable_drafts(person)]
        self.fields["programme"].choices = places  # type: ignore[attr-defined]
        if data is not None and len(places) == 1 and not data.get("programme"):
            self.say("programme", places[0][0])

    def say(self, name: str, value: str) -> None:
        """Put a value where the visitor sent none."""
        sent: Any = self.data
        self.data = sent.copy()
        self.data[name] = value  # type: ignore[index]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        if not text.strip():
            raise forms.ValidationError(_("Write the instrument."))
        return text

    def clean_programme(self) -> str:
        chosen: str = self.cleaned_data["programme"]
        if chosen not in dict(self.fields["programme"].choices):  # type: ignore[attr-defined]
            raise forms.ValidationError(_("Choose where the version goes."))
        return chosen


def edit_page(request: HttpRequest, id_: str = "") -> HttpResponse:
    """Change an instrument, or add one where none is named."""
    if refused := _refused(request):
        return refused
    room, person = enter(request), visitor(request)
    if id_:
        found(room, id_)
    standing = room.seen.versions.get(id_)
    start = None if id_ else _start(request, room)
    if request.method != "POST":
        initial = {
            "text": room.seen.texts[f"{id_}.toml"] if id_ else begun(start, room.today),
            "programme": standing.programme if standing else "",
        }
        form = VersionForm(None, person=person, initial=initial)
        return _page(request, room, id_, form, start=start)
    form = VersionForm(request.POST, person=person)
    if "usual" in request.POST:
        usual = _usual(request.POST, form, room)
        if usual is not None and not usual.is_valid():
            return _page(request, room, id_, form, usual=usual)
        if usual is not None:
            form.say("text", usual.changed_text())
    if not form.is_valid():
        return _page(request, room, id_, form)
    text, programme = form.cleaned_data["text"], form.cleaned_data["programme"]
    instrument = id_ or _id_in(text)
    draft = saving.consider(instrument=instrument, text=text, programme=programme, on=room.day)
    if "save" not in request.POST or not draft.can_be_saved:
        return _page(request, room, id_, form, draft=draft, based_on=_newest(instrument, programme))
    if not form.cleaned_data["reason"].strip():
        form.add_error("reason", _("Say why: whoever reads the version in three years will ask."))
        return _page(request, room, id_, form, draft=draft, based_on=form.cleaned_data["based_on"] or 0)
    try:
        saving.save_version(
            instrument=instrument,
            text=text,
            reason=form.cleaned_data["reason"].strip(),
            person=person,
            programme=programme,
            based_on=form.cleaned_data["based_on"] or 0,
            now=timezone.now(),
        )
    except saving.NotAllowed as problem:
        raise PermissionDenied(str(problem)) from None
    except saving.Overtaken:
        form.add_error(
            None,
            _(
                "Somebody saved another version in the meantime. Compare it below its versions, then check again."
            ),
        )
        return _page(request, room, id_, form, draft=draft, based_on=_newest(instrument, programme))
    return redirect("web:guarantees-instrument", id_=instrument)


def _start(request: HttpRequest, room: Room) -> StartForm:
    """Make the form of a first text; sent off, it says at its fields what is wrong."""
    given = parameters_of(request).know("begin", *StartForm.base_fields)
    return StartForm(given if "begin" in given else None, room=room)


def _usual(data: Any, form: VersionForm, room: Room) -> UsualForm | None:
    """Make the form of the usual fields for a text, or none where the text is no TOML yet."""
    text = str(form["text"].value() or "").replace("\r\n", "\n")
    try:
        return UsualForm(data, text=text, room=room)
    except NotToml:
        return None


def _refused(request: HttpRequest) -> HttpResponse | None:
    """Send nobody away without a word: who is not signed in may sign in, who may not edit is told."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not enter(request).may_edit:
        raise PermissionDenied
    return None


def _page(
    request: HttpRequest,
    room: Room,
    id_: str,
    form: VersionForm,
    *,
    draft: saving.Draft | None = None,
    based_on: int = 0,
    start: StartForm | None = None,
    usual: UsualForm | None = None,
) -> HttpResponse:
    if form.is_bound:
        form.say("based_on", str(based_on))
    text = str(form["text"].value() or "")
    is_wrong = bool(form.errors) or (draft is not None and not draft.can_be_saved) or usual is not None
    return show(
        request,
        "edit.html",
        room,
        is_timeless=True,
        id_=id_,
        form=form,
        start=start,
        draft=draft,
        text=text,
        lines=text.splitlines(),
        faulty={each.place.line for each in draft.findings} if draft else set(),
        usual=usual or _usual(None, form, room),
        vocabulary=room.register.vocabulary,
        names=room.actors,
        status=422 if is_wrong else 200,
    )


def _id_in(text: str) -> str:
    """Read the id out of a text that may be broken."""
    try:
        return str(read_toml(text).get("id", ""))[:100] or "new-instrument"
    except NotToml:
        return "new-instrument"


def _newest(instrument: str, programme: str) -> int:
    last = InstrumentVersion.objects.filter(programme=programme, instrument=instrument).last()
    return last.number if last else 0


# Versions


def versions_page(request: HttpRequest, id_: str) -> HttpResponse:
    """List the versions of an instrument, and show what two of them differ in."""
    room = enter(request)
    versions = versions_of(id_, visitor(request))
    shipped = shipped_texts().get(f"{id_}.toml", "")
    if not versions and not shipped:
        raise Http404(f"no instrument “{id_}”")
    choices = {str(each.pk): each for each in versions}
    texts = {"shipped": shipped, **{key: each.text for key, each in choices.items()}}
    names = {"shipped": _("shipped"), **{key: str(each.number) for key, each in choices.items()}}
    parameters = parameters_of(request)
    later = parameters.choice("b", names, label=_("To")) or next(iter(choices), "shipped")
    earlier = parameters.choice("a", names, label=_("From")) or _before(versions, later)
    return show(
        request,
        "versions.html",
        room,
        is_timeless=True,
        id_=id_,
        versions=versions,
        has_shipped=bool(shipped),
        earlier=earlier,
        later=later,
        difference=difference(texts[earlier], texts[later]),
    )


def _before(versions: list[InstrumentVersion], later: str) -> str:
    """Name what a version replaced: the one before it in the same register, else the shipped text."""
    one = next((each for each in versions if str(each.pk) == later), None)
    if one is None:
        return "shipped"
    older = (each for each in versions if each.programme == one.programme and each.pk < one.pk)
    return str(next((each.pk for each in older), "shipped"))


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """Give the lines that differ, with three around them.

    Shape:   pairs of a mark and a line: `+` came, `-` went, `@` a place in the file, a space neither.
             What nobody sees in a line is written out.
    """
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3))[2:]
    return [("@", line) if line.startswith("@@") else (line[:1], unhidden(line[1:])) for line in lines]


def withdraw_page(request: HttpRequest, id_: str) -> HttpResponse:
    """Withdraw what was written here: a version is added that says so, and the shipped text holds again."""
    if refused := _refused(request):
        return refused
    room, person = enter(request), visitor(request)
    version = room.seen.versions.get(id_)
    if version is None:
        raise Http404(f"nothing was written about “{id_}” here")
    if not saving.may_edit(person, version.programme):
        raise PermissionDenied
    draft = saving.withdrawn(instrument=id_, programme=version.programme, on=room.day)
    fault = reason = ""
    if request.method == "POST":
        reason = request.POST.get("reason", "").replace("\0", "").strip()[:300]
        based_on = request.POST.get("based_on", "")
        if not reason:
            fault = _("Say why: whoever reads the version in three years will ask.")
        elif draft.can_be_saved:
            try:
                saving.save_version(
                    instrument=id_,
                    text="",
                    reason=reason,
                    person=person,
                    programme=version.programme,
                    based_on=int(based_on) if based_on.isdecimal() and len(based_on) < 10 else 0,
                    now=timezone.now(),
                )
            except saving.Overtaken:
                fault = _(
                    "Somebody saved another version in the meantime. Look at it before you withdraw it."
                )
            else:
                there = draft.instrument is not None
                return redirect(
                    reverse("web:guarantees-instrument", args=[id_]) if there else reverse("web:guarantees")
                )
    return show(
        request,
        "withdraw.html",
        room,
        is_timeless=True,
        id_=id_,
        version=version,
        draft=draft,
        fault=fault,
        reason=reason,
    )
