"""Addresses of other offices that are told of events: which there are, what was sent to each, and a new one."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.actions import webhooks as actions
from pledgeline.programme.roles import Role
from pledgeline.programme.sentences import sentence
from pledgeline.programme.webhook_fields import LONGEST_ADDRESS, LONGEST_PARTY
from pledgeline.programme.webhooks import DeliveryState, EventKind
from pledgeline.records.models import ProgrammeRecord, Webhook
from pledgeline.web import words
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.fields import CHOICE, say_at_field
from pledgeline.web.not_yours import not_yours

SHOWN = 100
"""Messages of the log that a page shows, the newest first."""

KINDS = {
    EventKind.RECORD: _("The public record"),
    EventKind.REQUIREMENTS: _("Requirements"),
    EventKind.OFFERS: _("Offers"),
    EventKind.CONTRIBUTIONS: _("Contributions"),
    EventKind.PLANS: _("Plans and packages"),
    EventKind.ORDERS: _("Orders"),
    EventKind.SHIPMENTS: _("Shipments"),
    EventKind.RECEIPTS: _("Receipts and discrepancies"),
    EventKind.BOOKS: _("The books"),
    EventKind.INSTRUMENTS: _("Instruments of the register"),
    EventKind.PROGRAMME: _("Settings and publication"),
}

STATES = {
    DeliveryState.WAITING: _("waits"),
    DeliveryState.DELIVERED: _("taken"),
    DeliveryState.GIVEN_UP: _("given up"),
}
MARKS = {
    DeliveryState.WAITING: "mark-apart",
    DeliveryState.DELIVERED: "mark-counted",
    DeliveryState.GIVEN_UP: "mark-bad",
}


class WebhookForm(forms.Form):
    """Ask where messages go, of what, and as whom the other office reads."""

    address = forms.CharField(
        label=_("Address of the other office"),
        max_length=LONGEST_ADDRESS,
        help_text=_("Where its program takes messages, beginning with https://"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("It is notified of"),
        choices=list(KINDS.items()),
        widget=forms.CheckboxSelectMultiple(),
        error_messages=CHOICE,
    )
    role = forms.ChoiceField(
        label=_("It sees what this role sees"),
        required=False,
        error_messages=CHOICE,
        choices=[("", _("only what everybody sees")), *((role, words.ROLES[role]) for role in Role)],
    )
    party = forms.CharField(
        label=_("For the party"),
        required=False,
        max_length=LONGEST_PARTY,
        help_text=_("The short name of the party whose things it sees, where the role is for one."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "known-parties"}),
    )


@never_cache
def webhooks_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the addresses that are told, and the form for another one; a new secret is shown once."""
    asked, person = ask(request, slug), visitor(request)
    if not may(person, Act.TELL_OTHERS, slug):
        return not_yours(request, Act.TELL_OTHERS)
    programme = ProgrammeRecord.objects.get(slug=slug)
    form, secret, hook = WebhookForm(request.POST or None), "", None
    if form.is_bound and form.is_valid():
        made = actions.subscribe(programme, form.cleaned_data, person=person, now=timezone.now())
        if isinstance(made, list):
            for finding in made:
                say_at_field(form, finding)
        else:
            (hook, secret), form = made, WebhookForm(None)
    rows = [
        (row, [KINDS[EventKind(kind)] for kind in row.kinds], _reader(row))
        for row in programme.webhooks.filter(ended_at=None)
    ]
    return show(
        request,
        "web/webhooks.html",
        asked,
        status=400 if form.errors else 200,
        form=form,
        secret=secret,
        made=hook,
        rows=rows,
        suggestions={"parties": words.party_choices(programme.parties)},
    )


def _reader(row: Webhook) -> str:
    if not row.role:
        return str(_("everybody"))
    role = str(words.ROLES[Role(row.role)])
    return f"{role}, {row.party}" if row.party else role


@never_cache
def webhook_page(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Show what was sent to an address; sent, have a message sent again, or the address told no longer."""
    asked, person = ask(request, slug), visitor(request)
    if not may(person, Act.TELL_OTHERS, slug):
        return not_yours(request, Act.TELL_OTHERS)
    row = Webhook.objects.filter(programme__slug=slug, ref=ref).select_related("programme").first()
    if row is None:
        raise Http404("there is no such address")
    if request.method == "POST":
        return _done(request, asked, row, person)
    deliveries = row.deliveries.prefetch_related("attempts")[:SHOWN]
    log = [
        (
            delivery,
            STATES[DeliveryState(delivery.state)],
            MARKS[DeliveryState(delivery.state)],
            [
                (attempt, sentence(f"steps.{attempt.code}") if attempt.code else "")
                for attempt in delivery.attempts.all()
            ],
        )
        for delivery in deliveries
    ]
    return show(request, "web/webhook.html", asked, row=row, reader=_reader(row), log=log)


def _done(request: HttpRequest, asked: Asked, row: Webhook, person: Person) -> HttpResponse:
    if "end" in request.POST:
        actions.end(row, person=person, now=timezone.now())
        return redirect(asked.at("webhooks"))
    delivery = row.deliveries.filter(ref=request.POST.get("again", "")).first()
    if delivery is None:
        raise Http404("there is no such message")
    actions.resend(delivery, person=person, now=timezone.now())
    return redirect(asked.at("webhook", row.ref))
