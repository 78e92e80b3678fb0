"""The small forms with which something happens to the money of a contribution: one event of the books each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledgeline.actions import contributions as actions
from pledgeline.actions.contributions import APPROVED_AS, LAPSING, REFUND, RIGHT_TO, SAID_AS, Doubts, money_in
from pledgeline.ledger import Account, Balances, Spot, trace
from pledgeline.ledger.schema import LONGEST_KEY
from pledgeline.money import MINOR_DIGITS, Amount
from pledgeline.programme.findings import Finding
from pledgeline.programme.nouns import field_of
from pledgeline.queries.approvals import waiting_money
from pledgeline.queries.contributions import may_do
from pledgeline.web.books.record import KEY, new_key
from pledgeline.web.books.record_fields import day, is_key
from pledgeline.web.books.record_rows import minor_of
from pledgeline.web.contributions.asked import ContributionRequest
from pledgeline.web.fields import FormData

Text = str | Promise

TITLES: dict[str, Text] = {
    "pledge": _("Pledge more"),
    "commit": _("Commit"),
    "receive": _("Receive"),
    "revise": _("Change the sum of the promise"),
    "reduce": _("Reduce the promise"),
    "return_to_partner": _("Return to the partner"),
    "lapse": _("Let it lapse"),
    "carry_over": _("Carry over what lapsed"),
    REFUND: _("Refund what lapsed"),
}
LEADS: dict[str, Text] = {
    "pledge": _("The partner promises more under the same contribution."),
    "commit": _("The promise, or a part of it, is signed: the partner owes it from now on."),
    "receive": _("The money, or a part of it, has arrived: it can be planned with from now on."),
    "revise": _("The partner promises another sum in all; what was signed of it stays."),
    "reduce": _("The partner takes back what it promised and has not paid."),
    "return_to_partner": _("Money that is available goes back to the partner."),
    "lapse": _(
        "Its last day has passed. What is unpaid ends, and what is not ordered lapses, until it is carried over or "
        "refunded."
    ),
    "carry_over": _("The partner lets lapsed money be used up to a later day: it is available again."),
    REFUND: _("Lapsed money goes back to the partner."),
}
OUTSTANDING = {
    "commit": (Account.PLEDGED,),
    "receive": (Account.COMMITTED,),
    "reduce": (Account.PLEDGED, Account.COMMITTED),
    "return_to_partner": (Account.AVAILABLE,),
    "lapse": LAPSING,
    "carry_over": (Account.LAPSED,),
    REFUND: (Account.LAPSED,),
}
"""Where the money of each act lies before it."""

FILLED_IN = ("commit", "receive", "carry_over", REFUND)
"""Acts whose form proposes all that is outstanding."""

ADDS = ("pledge", "revise")
"""Acts that need no money to be there before."""

USUAL_DAYS = 365
"""For so long is carried over, unless another day is said."""


def outstanding(kind: str, here: ContributionRequest, key: str, money: Mapping[Spot, int]) -> list[Amount]:
    """Give what of the money of a contribution an act could move, by currency: without what waits for approval."""
    step, more = SAID_AS.get(kind, (kind, {}))
    there = money_in(money, OUTSTANDING.get(kind, ()))
    if step not in APPROVED_AS or not there:
        return there
    waiting = waiting_money(here.programme, key, step, more.get("from", "available"))
    left = (Amount(amount.minor - waiting[amount.currency], amount.currency) for amount in there)
    return [amount for amount in left if amount.minor > 0]


def is_over(state: Balances, key: str, today: date) -> bool:
    """Say whether the last day that the books have for a contribution has passed."""
    last = state.term("use_by", key)
    return bool(last) and last < today.isoformat()


class ActForm(forms.Form):
    """The amount, the day, and the reference of the bank or of the document, which is kept as a note.

    `id` is made with the empty form, so that a button pressed twice enters once; `sure` answers what was asked.
    """

    amount = forms.CharField(
        label=_("Amount"),
        max_length=40,
        help_text=_("Digits and at most one point, without separators: 1500000.00"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    currency = forms.ChoiceField(label=_("Currency"))
    note = forms.CharField(
        label=_("Reference of the bank or the document"), required=False, max_length=LONGEST_KEY
    )
    kind = forms.CharField(widget=forms.HiddenInput())
    id = forms.RegexField(rf"\A{KEY}\Z", widget=forms.HiddenInput())
    sure = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())
    field_order = ("contribution", "partner", "amount", "currency", "effective_on", "use_by", "note")

    def __init__(
        self,
        data: FormData,
        *,
        here: ContributionRequest,
        kind: str,
        currencies: list[str],
        amount: Amount | None = None,
    ) -> None:
        initial = {"kind": kind, "id": new_key(), "effective_on": here.asked.today, "currency": currencies[0]}
        if amount is not None:
            initial["amount"] = amount.major
        super().__init__(data, initial=initial, auto_id=f"{kind}-%s")
        self.fields["effective_on"] = day(_("Effective on"), required=True, last=here.asked.today)
        self.fields["currency"].choices = [(code, code) for code in currencies]  # type: ignore[attr-defined]
        if len(currencies) == 1:
            self.fields["currency"].widget = forms.HiddenInput()
            self.fields["amount"].label = _("Amount in %(currency)s") % {"currency": currencies[0]}
        if kind == "revise":
            self.fields["amount"].help_text = _("What is promised in all, not the difference.")
        if kind == "lapse":
            del self.fields["amount"], self.fields["currency"]
        if kind == "carry_over":
            self.fields["use_by"] = day(_("To be used by"), required=True)
            self.fields["use_by"].initial = here.asked.today + timedelta(days=USUAL_DAYS)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("amount") and cleaned.get("currency") in MINOR_DIGITS:
            try:
                cleaned["amount"] = minor_of(cleaned["amount"], cleaned["currency"])
            except forms.ValidationError as problem:
                self.add_error("amount", problem)
        return cleaned

    def event(self) -> dict[str, Any]:
        """Give what was typed in the words of the books."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        said |= {name: said[name].isoformat() for name in ("effective_on", "use_by") if name in said}
        return {name: value for name, value in said.items() if name not in ("kind", "sure")}

    def take(self, findings: list[Finding]) -> None:
        """Say what is wrong beside the field that it is about."""
        for finding in findings:
            name = field_of(finding)
            shown = name in self.fields and not self.fields[name].widget.is_hidden
            self.add_error(name if shown else None, f"{finding.wrong} {finding.way_out}")

    def set_hidden(self, **values: str) -> None:
        """Send the form out with other values in hidden fields, and with all that was typed."""
        data: Any = self.data
        self.data = data.copy()
        self.data.update(values)  # type: ignore[attr-defined]


class PledgeForm(ActForm):
    """A new pledge: whose it is, under which key, and by when the money is to be used."""

    contribution = forms.CharField(
        label=_("Contribution"),
        max_length=LONGEST_KEY,
        validators=[is_key],
        help_text=_("A short name that stays, such as NL-2026-1."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(
        self,
        data: FormData,
        *,
        here: ContributionRequest,
        currencies: list[str],
        partners: list[str] | None,
    ) -> None:
        super().__init__(data, here=here, kind="pledge", currencies=currencies)
        if partners is None:
            self.fields["partner"] = forms.CharField(
                label=_("Partner"),
                max_length=LONGEST_KEY,
                validators=[is_key],
                widget=forms.TextInput(attrs={"autocomplete": "off", "list": "known-partners"}),
            )
        else:
            self.fields["partner"] = forms.ChoiceField(
                label=_("Partner"), choices=[(name, name) for name in partners]
            )
        self.fields["use_by"] = day(_("Use by"), required=False)
        self.order_fields(self.field_order)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAct:
    """One act on the page of a contribution: its form, and how much there is to move."""

    kind: str
    form: ActForm
    outstanding: list[Amount]
    doubts: Doubts | None = None

    @property
    def title(self) -> Text:
        return TITLES[self.kind]

    @property
    def lead(self) -> Text:
        return LEADS[self.kind]

    @property
    def is_open(self) -> bool:
        return self.form.is_bound


def acts_of(
    here: ContributionRequest, key: str, partner: str, *, sent: ShownAct | None = None
) -> list[ShownAct]:
    """List what this visitor can do with a contribution now; `sent` stands in the place of its own form."""
    shown: list[ShownAct] = []
    money = trace.where_now(here.state, key)
    for kind in TITLES:
        if sent is not None and sent.kind == kind:
            shown.append(sent)
            continue
        there, right = outstanding(kind, here, key, money), RIGHT_TO[SAID_AS.get(kind, (kind, {}))[0]]
        can_be = bool(there) or kind in ADDS
        if kind == "lapse":
            can_be = can_be and is_over(here.state, key, here.asked.today)
        if can_be and may_do(right, here.programme, here.person, partner):
            shown.append(ShownAct(kind=kind, form=_form(here, kind, key, None, there), outstanding=there))
    return shown


def _form(here: ContributionRequest, kind: str, key: str, data: FormData, there: list[Amount]) -> ActForm:
    currencies = [amount.currency for amount in there] or [here.state.term("currency", key)]
    proposed = there[0] if kind in FILLED_IN and len(there) == 1 else None
    return ActForm(data, here=here, kind=kind, currencies=currencies, amount=proposed)


def send(
    here: ContributionRequest, kind: str, key: str, partner: str, data: Mapping[str, object]
) -> ShownAct | None:
    """Enter what a form says; nothing where that is done, else the form with what is wrong or asked."""
    there = outstanding(kind, here, key, trace.where_now(here.state, key))
    form = _form(here, kind, key, data, there)
    said = {"contribution": key, **({"partner": partner} if kind == "pledge" else {})}
    doubts = entered(here, form, said)  # or it is held, which its page says
    if doubts is None and form.is_valid():
        return None
    return ShownAct(kind=kind, form=form, outstanding=there, doubts=doubts)


def entered(here: ContributionRequest, form: ActForm, said: Mapping[str, str]) -> Doubts | None:
    """Enter what a form says beside what is `said` already; a form that is not valid then says what is wrong."""
    if not form.is_valid():
        return None
    kind, more = SAID_AS.get(form.cleaned_data["kind"], (form.cleaned_data["kind"], {}))
    answer = actions.enter(
        kind,
        {**form.event(), **said, **more},
        programme=here.programme,
        person=here.person,
        today=here.asked.today,
        sure=form.cleaned_data["sure"],
    )
    if isinstance(answer, Doubts):
        form.set_hidden(sure=answer.sure)
        return answer
    if isinstance(answer, list):
        if answer[0].code == "contribution.entered-before":
            form.set_hidden(id=new_key(), sure="")
        form.take(answer)
    return None
