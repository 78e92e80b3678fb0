"""What if there were more money: an answer at once from the bound, confirmed by a real plan behind it."""

import re
import time
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isfinite
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pledgeline.actions import plans
from pledgeline.jobs.asking import NotNow
from pledgeline.jobs.models import JobState
from pledgeline.money import (
    Amount,
    NotAnAmount,
    digits_of,
    in_full,
    in_short,
    parse_plain,
    share_of,
)
from pledgeline.plan import CannotPlan, Earmark, Plan, PlanContribution, Problem, bound, compare
from pledgeline.programme.days import read_day
from pledgeline.records.models import PlanRun, RunKind
from pledgeline.records.plans import Altered, Study, study_of
from pledgeline.web import words as general
from pledgeline.web.asked import asker_of
from pledgeline.web.fields import NOT_A_DAY
from pledgeline.web.formats import percent
from pledgeline.web.planning import figures, words
from pledgeline.web.planning.asked import PlanPage, of_a_plan

NAME = "What-if"

FIELDS = ("amount", "was", "slide", "terms", "day")

MOST_CHOICES = 60
"""Entries of each kind in the list of terms; more cannot be looked through."""

_LARGEST = 10**17


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyWish:
    """The money that is imagined: how much, on which terms, from when on; what is wrong is said by field."""

    text: str
    minor: int | None
    terms: str
    day_text: str
    day: int | None
    wrong: dict[str, str]


@of_a_plan
def whatif_page(plan: PlanPage) -> HttpResponse:
    """Answer at once; with POST have the answer confirmed by a real plan."""
    in_address = plan.parameters.know(*FIELDS)
    wish = _wish(plan, plan.request.POST if plan.request.method == "POST" else in_address)
    if plan.request.method != "POST" and not _is_part(plan.request):
        for name, why in wish.wrong.items():
            meant = name if in_address.get(name) else "slide"
            plan.parameters.refuse(meant, in_address.get(meant, ""), why, **_described(plan, name))
    refused = ""
    if plan.request.method == "POST" and not wish.wrong and wish.minor:
        try:
            _confirm(plan, wish)
            query = {"amount": wish.text, "terms": wish.terms, "day": wish.day_text}
            kept = {key: value for key, value in query.items() if value}
            return redirect(f"{plan.at('whatif', **kept)}#confirmed")
        except NotNow as error:
            refused = str(error)
    answer = None
    try:
        answer = _answer(plan, wish)
    except CannotPlan as error:
        wish.wrong["amount"] = str(error)
    context = {"wish": wish, "answer": answer, "refused": refused}
    if _is_part(plan.request):
        return plan.show("_whatif_answer.html", **context)
    confirmed = _confirmed(plan)
    return plan.show(
        "whatif.html",
        **context,
        choices=_choices(plan.study),
        slider=_slider(plan.study, wish),
        confirmed=confirmed,
        moving=any(told["run"].job.is_under_way for told in confirmed),
        days_are_dates=plan.first_day is not None,
    )


@of_a_plan
def confirmed_part(plan: PlanPage) -> HttpResponse:
    """Give the list of confirmations alone, for a page that waits for one; at the end it asks for the figures anew."""
    confirmed = _confirmed(plan)
    moving = any(told["run"].job.is_under_way for told in confirmed)
    response = plan.show("_confirmed.html", confirmed=confirmed, moving=moving)
    if not moving:
        response["HX-Trigger"] = "confirmed"
    return response


def _described(plan: PlanPage, name: str) -> dict[str, Any]:
    """Say what a field of the wish takes."""
    if name == "terms":
        choices = tuple(choice for _title, group in _choices(plan.study) for choice in group)
        return {"label": _("Terms"), "choices": choices}
    if name == "day":
        return {"label": _("There from"), "is_day": plan.first_day is not None}
    return {"label": _("Amount")}


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Target") == "whatif-answer"


# ---- reading the wish ----


def _wish(plan: PlanPage, asked: Any) -> MoneyWish:
    currency = plan.study.problem.currency
    text, was, slide = (asked.get(name, "").strip() for name in ("amount", "was", "slide"))
    if "slide" in asked and text == was and slide != was:
        text = slide  # without scripts only one of the two fields can have moved
    wrong: dict[str, str] = {}
    minor = None
    if text:
        try:
            minor = parse_plain(_plain(text), currency).minor
        except NotAnAmount:
            wrong["amount"] = _(
                "Write an amount in whole units, such as 50000000 or 12.50, below a quadrillion."
            )
        if minor is not None and not 0 <= minor <= _LARGEST:
            minor = None
            wrong["amount"] = _("Write an amount of 0 or more, below a quadrillion.")
    day_text, day = asked.get("day", "").strip(), None
    if day_text:
        day = _day(plan, day_text)
        if day is None:
            wrong["day"] = (
                str(NOT_A_DAY) if plan.first_day else _("Write the number of a day: 0 is the first.")
            )
    terms = asked.get("terms", "")
    if terms and _contribution(plan.study, 0, terms, None) is None:
        wrong["terms"] = _("The plan knows no such terms: choose from the list.")
    return MoneyWish(text=text, minor=minor, terms=terms, day_text=day_text, day=day, wrong=wrong)


def _plain(text: str) -> str:
    """Take out what parts thousands; a comma elsewhere would be a hundred times the sum to one reader."""
    text = text.replace(" ", "").replace("\u00a0", "")
    return text.replace(",", "") if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text) else text


def _day(plan: PlanPage, text: str) -> int | None:
    if plan.first_day is None:
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None
    try:
        return (read_day(text) - plan.first_day).days
    except ValueError:
        return None


def _contribution(study: Study, minor: int, terms: str, day: int | None) -> PlanContribution | None:
    """Make the imagined contribution; None where the terms name nothing in the problem."""
    problem = study.problem
    taken = study.figures.contributions
    name = next(
        name for n in range(len(taken) + 1) if (name := NAME + (f" {n + 1}" if n else "")) not in taken
    )
    plain = PlanContribution(
        id=name, partner=NAME, amount_minor=minor, currency=problem.currency, available_from=day
    )
    kind, _colon, value = terms.partition(":")
    if not terms:
        return plain
    if kind == "like":
        found = taken.get(value)
        if found is None:
            return None
        from_day = found.available_from if day is None else day
        return replace(
            found,
            id=name,
            partner=NAME,
            amount_minor=minor,
            currency=problem.currency,
            fee_bps=0,
            available_from=from_day,
        )
    known = {key: values for key, _label, values in _keys(study)}
    if value not in known.get(kind, ()):
        return None
    return replace(plain, earmark=Earmark(allow={kind: frozenset({value})}))


def _keys(study: Study) -> list[tuple[str, str, list[str]]]:
    """List what new money could be limited to."""

    def find() -> list[tuple[str, str, list[str]]]:
        problem = study.problem
        return [
            (
                "category",
                str(words.KEYS["category"]),
                sorted({value for value in problem.categories.values() if value}),
            ),
            (
                "supplier",
                str(words.KEYS["supplier"]),
                sorted({offer.supplier for offer in problem.offers if offer.supplier}),
            ),
            ("item", str(words.KEYS["item"]), sorted({offer.item for offer in problem.offers})),
            ("package", str(words.KEYS["package"]), sorted(package.id for package in problem.packages)),
            ("line", str(words.KEYS["line"]), [line.id for line in study.figures.waiting]),
        ]

    return study.derived(("what-if keys", general.locale()), find)


def _choices(study: Study) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the terms to choose from, in groups: those that partners set already come first."""
    seen: dict[tuple[object, ...], PlanContribution] = {}
    for contribution in sorted(study.problem.contributions, key=lambda one: one.id):
        if (
            contribution.earmark != Earmark()
            or contribution.has_own_terms()
            or contribution.use_by is not None
        ):
            seen.setdefault(contribution.terms(), contribution)
    like = [
        (f"like:{value.id}", _("as %(name)s: %(terms)s") % {"name": value.id, "terms": words.terms(value)})
        for value in list(seen.values())[:MOST_CHOICES]
    ]
    groups = [(_("The terms of a contribution"), like)] if like else []
    for key, label, values in _keys(study):
        if values:
            title = _("Only for one %(what)s") % {"what": label}
            groups.append((title, [(f"{key}:{value}", value) for value in values[:MOST_CHOICES]]))
    return groups


def _slider(study: Study, wish: MoneyWish) -> dict[str, str]:
    """Say how far the slider goes: to what all that is missing would cost at the lowest prices, or a little more."""

    def missing() -> int:
        cheapest: dict[str, int] = {}
        for offer in study.problem.offers:
            price = min(offer.unit_price_minor, cheapest.get(offer.item, offer.unit_price_minor))
            cheapest[offer.item] = price
        return sum(
            (line.quantity - study.plan.fulfilled.get(line.id, 0)) * cheapest.get(line.item, 0)
            for line in study.figures.waiting
        )

    unit = 10 ** digits_of(study.problem.currency)
    whole = max(study.derived("missing", missing), study.plan.cost_minor // 10, 100 * unit) // unit
    step = 10 ** max(0, len(str(whole)) - 3)
    most = -(-whole // step) * step
    value = (wish.minor or 0) // unit
    return {"most": str(max(most, value)), "step": str(step), "value": str(value)}


# ---- answering ----


def _answer(plan: PlanPage, wish: MoneyWish) -> dict[str, object] | None:
    """Give the figures of the real plan where there is one for this wish, else what the bound says."""
    if not wish.minor or wish.wrong:
        return None
    return _answer_of_plan(plan, wish) or _answer_of_bound(plan, wish)


def _answer_of_plan(plan: PlanPage, wish: MoneyWish) -> dict[str, object] | None:
    done = plan.run.asked_of.filter(kind=RunKind.WHAT_IF, job__state=JobState.DONE).select_related(
        "job", "input"
    )
    run = next((run for run in done if run.change.get("asked") == _key(wish)), None)
    other = _study(run) if run is not None else None
    if run is None or other is None:
        return None
    after = {tier.name: tier for tier in figures.tiers(other)}
    rows = []
    losing = []
    for tier in figures.tiers(plan.study):
        reached = after[tier.name]
        more = reached.got - tier.got
        if more < 0:
            losing.append(tier.label)
        rows.append(
            {
                "tier": tier,
                "gain": float(more),
                "gain_words": words.signed(float(more), ".2f"),
                "permille": reached.got_permille,
                "share": reached.share,
            }
        )
    return {
        "rows": rows,
        "amount": figures.amount(plan.study, wish.minor or 0),
        "buys_nothing": all(row["gain"] == 0.0 for row in rows),
        "run": run,
        "losing": losing,
    }


def _answer_of_bound(plan: PlanPage, wish: MoneyWish) -> dict[str, object]:
    began = time.perf_counter()
    study = plan.study
    base = study.derived(
        "bound", lambda: {tier_bound.tier: tier_bound.bound for tier_bound in bound(study.problem)}
    )
    changed = {tier_bound.tier: tier_bound.bound for tier_bound in bound(_changed(study, wish))}
    took = time.perf_counter() - began
    rows = []
    for tier in figures.tiers(study):
        number = int(tier.name)
        before, after = base[number], changed[number]
        known = isfinite(before) and isfinite(after)
        gain = after - before if known else 0.0
        if gain < 1e-6 * max(1.0, abs(before)):
            gain = 0.0
        reached = min(tier.got + Fraction(gain), tier.wanted)
        rows.append(
            {
                "tier": tier,
                "gain": gain if known else None,
                "gain_words": _gain_words(gain) if known else "",
                "permille": share_of(reached, tier.wanted) or 0,
                "share": percent(share_of(reached, tier.wanted)) if known else "",
            }
        )
    buys_nothing = all(row["gain"] == 0.0 for row in rows)
    return {
        "rows": rows,
        "amount": figures.amount(study, wish.minor or 0),
        "buys_nothing": buys_nothing,
        "milliseconds": max(1, round(took * 1000)),
        "at_risk": "" if buys_nothing else _at_risk(figures.tiers(study), changed),
    }


def _at_risk(tiers: list[figures.PlanCoverage], bounds: dict[int, float]) -> str:
    """Say which priorities may lose by more money: those after the first that can still gain.

    A real plan serves the first priority that can gain as far as it can, and may take goods and money for it from
    all that come after. Those before it have all they can have, and it itself is never worse off.
    """
    can_gain = next(
        (
            place
            for place, tier in enumerate(tiers)
            if bounds[int(tier.name)] > float(tier.got) + 1e-6 * max(1.0, float(tier.got))
        ),
        None,
    )
    if can_gain is None:
        return ""
    if can_gain == len(tiers) - 1:
        return _("No priority can lose: only the last one, %(last)s, can still gain.") % {
            "last": tiers[can_gain].label
        }
    return _(
        "%(first)s comes first. These may lose, because a real plan may move goods and money up from them: %(after)s."
    ) % {
        "first": tiers[can_gain].label,
        "after": ", ".join(tier.label for tier in tiers[can_gain + 1 :]),
    }


def _gain_words(gain: float) -> str:
    return "0" if not gain else f"+{gain:.2f}" if gain >= 0.005 else _("less than 0.01")


def _changed(study: Study, wish: MoneyWish) -> Problem:
    new = _contribution(study, wish.minor or 0, wish.terms, wish.day)
    assert new is not None
    return replace(study.problem, contributions=(*study.problem.contributions, new))


# ---- confirming ----


def _confirm(plan: PlanPage, wish: MoneyWish) -> None:
    study = plan.study
    amount = Amount(wish.minor or 0, study.problem.currency)
    new = _contribution(study, amount.minor, wish.terms, wish.day)
    assert new is not None
    said = {"amount": in_full(amount, "en"), "terms": words.terms(new), "asked": _key(wish)}
    if wish.day is not None:
        said["from"] = figures.day_of(plan.first_day, wish.day)
    name = _("%(plan)s, and %(amount)s more") % {
        "plan": plan.run.input.name,
        "amount": in_short(amount, general.locale()),
    }
    plans.ask_what_if(
        base=plan.run,
        problem=_changed(study, wish),
        name=name,
        change=said,
        asker=asker_of(plan.request),
    )


def _key(wish: MoneyWish) -> str:
    """Name what was wished for, whatever language it was asked in."""
    return f"{wish.minor}|{wish.terms}|{'' if wish.day is None else wish.day}"


def _confirmed(plan: PlanPage) -> list[dict[str, Any]]:
    """List what was confirmed of this plan, newest first, with what each really brings."""
    rows: list[PlanRun] = list(
        plan.run.asked_of.filter(kind=RunKind.WHAT_IF).select_related("job", "input")[:12]
    )
    return [{"run": run, "change": run.change, "gains": _gains(plan, run)} for run in rows]


def _gains(plan: PlanPage, run: PlanRun) -> list[dict[str, Any]] | None:
    other = _study(run) if run.job.state == JobState.DONE else None
    if other is None:
        return None
    made: Plan = other.plan
    found = compare(plan.study.plan, made)
    lines = plan.study.figures.lines
    gained = sorted(
        (
            (lines[name].priority, name, units)
            for name, units in found.lines.items()
            if units > 0 and name in lines
        )
    )
    return [
        {"tier": words.step(name), "words": words.signed(float(more), ".2f")}
        for name, more in found.tiers.items()
        if more
    ] + [{"line": name, "item": lines[name].item, "units": units} for _priority, name, units in gained[:8]]


def _study(run: PlanRun) -> Study | None:
    """Give what a run came to; nothing where the row was altered, which its own page says."""
    try:
        return study_of(run)
    except Altered:
        return None
