"""Add and change instruments: the text with its findings at their lines, and what a change alters.

A save has two steps. The first checks and shows what the coverage loses and gains; the second saves
with a reason. Both go through the same reader as every other register.
"""

import difflib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledgeline.accounts.rights import Act, NotAllowed, Person
from pledgeline.actions import register as saving
from pledgeline.programme.names import shown
from pledgeline.programme.toml import NotToml, read_toml
from pledgeline.records.models import InstrumentVersion
from pledgeline.records.register import (
    editable_drafts,
    newer_versions,
    newest_version,
    shipped_texts,
    text_until,
    versions_of,
)
from pledgeline.web.asked import visitor
from pledgeline.web.fields import FormData
from pledgeline.web.guarantees.asked import Room, enter, show
from pledgeline.web.guarantees.beginning import StartForm, begun
from pledgeline.web.guarantees.instrument import found
from pledgeline.web.guarantees.usual_fields import UsualForm
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedMeanwhile:
    """What others saved since a text was opened: who, when, why, and which lines.

    `theirs` compares what was opened with what stands now, `mine` what stands now with the text in the form.
    """

    versions: list[InstrumentVersion]
    theirs: list[tuple[str, str]]
    mine: list[tuple[str, str]]

    @property
    def newest(self) -> InstrumentVersion:
        return self.versions[-1]


class VersionForm(forms.Form):
    """Where a version goes, its text, and why.

    `opened_on` is the key of the newest version when the text was opened, `based_on` that of the newest one that
    the editor was shown since: a save over anything newer is shown to her first.
    """

    programme = forms.ChoiceField(
        label=gettext_lazy("Save into"),
        required=False,
        help_text=gettext_lazy("Drafts of a programme are seen by its register editors only."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Is kept with the version: what changed, and on which source."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text (TOML)"),
        required=False,
        max_length=saving.LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "code"}),
    )
    opened_on = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)
    based_on = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, data: FormData, *, person: Person, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, auto_id="version-%s", initial=initial)
        places: list[tuple[str, Any]] = []
        if saving.may_edit(person, ""):
            places.append(("", _("the register that everybody sees")))
        places += [(slug, _("drafts of %(slug)s") % {"slug": slug}) for slug in editable_drafts(person)]
        self.fields["programme"].choices = places  # type: ignore[attr-defined]
        if data is not None and len(places) == 1 and not data.get("programme"):
            self.say("programme", places[0][0])

    def number(self, name: str) -> int:
        """Give a hidden number, also of a form with faults; 0 where it is none: then everything is newer."""
        said = str(self[name].value() or "")
        return int(said) if said.isdecimal() and len(said) < 19 else 0

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

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if hidden := saving.unseen_in(reason, ""):
            raise forms.ValidationError(hidden.wrong)
        return reason

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
    start = None if id_ else _start(request, room)
    if request.method != "POST":
        return _opened(request, room, id_, start)
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
    overtaken = _overtaken(instrument, programme, form, text)
    draft = saving.consider(instrument=instrument, text=text, programme=programme, on=room.day)
    is_unseen = overtaken is not None and overtaken.newest.pk > form.number("based_on")
    if not id_ and not draft.is_new and overtaken is None:
        form.add_error("text", _("An instrument of this id is in the register: change it on its own page."))
    elif "save" in request.POST and draft.can_be_saved and not is_unseen:
        if not form.cleaned_data["reason"]:
            form.add_error("reason", _("Say why: whoever reads this version in three years will ask."))
        else:
            if _is_saved(instrument, form, person):
                return redirect("web:guarantees-instrument", id_=instrument)
            overtaken, is_unseen = _overtaken(instrument, programme, form, text), True
    return _page(
        request,
        room,
        id_,
        form,
        draft=draft,
        overtaken=overtaken,
        is_refused=is_unseen and "save" in request.POST,
    )


def _opened(request: HttpRequest, room: Room, id_: str, start: StartForm | None) -> HttpResponse:
    """Open the text that holds, or a first text, to be edited."""
    person = visitor(request)
    standing = room.seen.versions.get(id_)
    newest = newest_version(person)
    initial = {
        "text": room.seen.texts[f"{id_}.toml"] if id_ else begun(start, room.today),
        "programme": standing.programme if standing else "",
        "opened_on": newest,
        "based_on": newest,
    }
    form = VersionForm(None, person=person, initial=initial)
    return _page(request, room, id_, form, start=start)


def _is_saved(instrument: str, form: VersionForm, person: Person) -> bool:
    """Save what a form says as the newest version, unless somebody saved another one meanwhile."""
    try:
        saving.save_version(
            instrument=instrument,
            text=form.cleaned_data["text"],
            reason=form.cleaned_data["reason"],
            person=person,
            programme=form.cleaned_data["programme"],
            based_on=form.number("based_on"),
            now=timezone.now(),
        )
    except NotAllowed as problem:
        raise PermissionDenied(str(problem)) from None
    except saving.Overtaken:
        return False
    return True


def _overtaken(instrument: str, programme: str, form: VersionForm, text: str) -> SavedMeanwhile | None:
    """Say what was saved since the text in the form was opened, and note that the editor is shown it."""
    opened = form.number("opened_on")
    versions = newer_versions(instrument, programme, opened)
    if not versions:
        return None
    now = text_until(instrument, programme)
    return SavedMeanwhile(
        versions=versions,
        theirs=difference(text_until(instrument, programme, opened), now),
        mine=difference(now, text),
    )


def _start(request: HttpRequest, room: Room) -> StartForm:
    """Make the form of a first text; sent off, it says at its fields what is wrong."""
    given = parameters_of(request).know("begin", *StartForm.base_fields)
    return StartForm(given if "begin" in given else None, room=room)


def _usual(data: FormData, form: VersionForm, room: Room) -> UsualForm | None:
    """Make the form of the usual fields for a text, or none where the text is no TOML yet."""
    text = str(form["text"].value() or "").replace("\r\n", "\n")
    try:
        return UsualForm(data, text=text, room=room)
    except NotToml:
        return None


def _refused(request: HttpRequest) -> HttpResponse | None:
    """Send nobody away without a word: who is not signed in may sign in, who may not edit is told."""
    return None if enter(request).may_edit else not_yours(request, Act.EDIT_REGISTER)


def _page(
    request: HttpRequest,
    room: Room,
    id_: str,
    form: VersionForm,
    *,
    draft: saving.VersionDraft | None = None,
    overtaken: SavedMeanwhile | None = None,
    is_refused: bool = False,
    start: StartForm | None = None,
    usual: UsualForm | None = None,
) -> HttpResponse:
    if overtaken is not None:
        form.say("based_on", str(overtaken.newest.pk))
    text = str(form["text"].value() or "")
    is_wrong = (
        is_refused or bool(form.errors) or (draft is not None and not draft.can_be_saved) or usual is not None
    )
    return show(
        request,
        "edit.html",
        room,
        is_timeless=True,
        id_=id_,
        form=form,
        start=start,
        draft=draft,
        overtaken=overtaken,
        text=text,
        lines=text.splitlines(),
        faulty={finding.place.line for finding in draft.findings} if draft else set(),
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


# Versions


def versions_page(request: HttpRequest, id_: str) -> HttpResponse:
    """List the versions of an instrument, and show what two of them differ in."""
    room = enter(request)
    versions = versions_of(id_, visitor(request))
    shipped = shipped_texts().get(f"{id_}.toml", "")
    if not versions and not shipped:
        raise Http404(f"no instrument “{id_}”")
    choices = {str(version.pk): version for version in versions}
    texts = {"shipped": shipped, **{key: item.text for key, item in choices.items()}}
    names = {"shipped": _("shipped"), **{key: str(item.number) for key, item in choices.items()}}
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
    one = next((version for version in versions if str(version.pk) == later), None)
    if one is None:
        return "shipped"
    older = (version for version in versions if version.programme == one.programme and version.pk < one.pk)
    return str(next((version.pk for version in older), "shipped"))


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """Give the lines that differ, with three around them.

    Shape:   pairs of a mark and a line: `+` came, `-` went, `@` a place in the file, a space neither.
             What nobody sees in a line is written out.
    """
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3))[2:]
    return [("@", line) if line.startswith("@@") else (line[:1], shown(line[1:])) for line in lines]


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
    fault = ""
    if request.method == "POST":
        reason = request.POST.get("reason", "").replace("\0", "").strip()[:300]
        based_on = request.POST.get("based_on", "")
        if not reason:
            fault = _("Say why: whoever reads this version in three years will ask.")
        elif hidden := saving.unseen_in(reason, id_):
            fault = hidden.wrong
        elif draft.can_be_saved:
            try:
                saving.save_version(
                    instrument=id_,
                    text="",
                    reason=reason,
                    person=person,
                    programme=version.programme,
                    based_on=int(based_on) if based_on.isdecimal() and len(based_on) < 19 else 0,
                    now=timezone.now(),
                )
            except saving.Overtaken:
                latest = newer_versions(id_, version.programme, 0)[-1]
                fault = _(
                    "%(who)s saved version %(number)s while you had this page open: %(reason)s. "
                    "Look at it before you withdraw it."
                ) % {"who": latest.saved_by, "number": latest.number, "reason": latest.reason}
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
        opened_on=newest_version(person),
        reason=request.POST.get("reason", "")[:300],
        draft=draft,
        fault=fault,
        status=422 if fault else 200,
    )
