"""The words of planning as the pages write them, in the reader's language."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledgeline.jobs.models import JobState
from pledgeline.money import term_in_percent
from pledgeline.plan import Certainty, Earmark, LineReason, PlanContribution
from pledgeline.programme.zones import local_day
from pledgeline.records.models import Origin, PlanInput, PlanRun
from pledgeline.web.words import Words

REASONS: Words = {
    LineReason.MET: gettext_lazy("fully met"),
    LineReason.NO_OFFER: gettext_lazy("nobody offers it"),
    LineReason.TOO_LATE: gettext_lazy("comes too late"),
    LineReason.NO_STOCK: gettext_lazy("no stock left"),
    LineReason.ORDER: gettext_lazy("order terms"),
    LineReason.MONEY: gettext_lazy("no money left that may pay"),
    LineReason.PACKAGE: gettext_lazy("package terms"),
    LineReason.UNSETTLED: gettext_lazy("several limits together"),
}

STATES: Words = {
    "met": gettext_lazy("met"),
    "partly": gettext_lazy("partly met"),
    "waits": gettext_lazy("waits"),
}

STANDINGS: Words = {
    Certainty.PROVEN: gettext_lazy("proven"),
    Certainty.GIVEN_EARLIER: gettext_lazy("proven for the choices before it"),
    Certainty.BOUNDED: gettext_lazy("within its bound"),
    Certainty.UNKNOWN: gettext_lazy("not bounded"),
}

RUN_STATES: Words = {
    JobState.WAITING: gettext_lazy("waiting"),
    JobState.RUNNING: gettext_lazy("being made"),
    JobState.DONE: gettext_lazy("done"),
    JobState.FAILED: gettext_lazy("no result"),
    JobState.GIVEN_UP: gettext_lazy("process ended"),
    JobState.STOPPED: gettext_lazy("stopped"),
}

ORIGINS: Words = {
    Origin.WORKBOOK: gettext_lazy("workbook"),
    Origin.JSON: gettext_lazy("JSON file"),
    Origin.SAMPLE: gettext_lazy("shipped sample"),
    Origin.WHAT_IF: gettext_lazy("what-if"),
    Origin.LIST: gettext_lazy("list of requirements"),
}

PLAN_NAMES: Words = {
    Origin.WORKBOOK: gettext_lazy("Plan of %(day)s from the workbook “%(name)s”"),
    Origin.JSON: gettext_lazy("Plan of %(day)s from the JSON file “%(name)s”"),
    Origin.SAMPLE: gettext_lazy("Plan of %(day)s from the sample “%(name)s”"),
    Origin.WHAT_IF: gettext_lazy("Plan of %(day)s from the what-if “%(name)s”"),
    Origin.LIST: gettext_lazy("Plan of %(day)s from the list of requirements: package “%(name)s”"),
}
"""How a plan is called, by where its input came from."""

INPUT_NAMES: Words = {
    Origin.WORKBOOK: gettext_lazy("Workbook “%(name)s”"),
    Origin.JSON: gettext_lazy("JSON file “%(name)s”"),
    Origin.SAMPLE: gettext_lazy("Sample “%(name)s”"),
    Origin.WHAT_IF: gettext_lazy("What-if “%(name)s”"),
    Origin.LIST: gettext_lazy("List of requirements: package “%(name)s”"),
}
"""How what is planned is called, by where it came from."""

LIMITS: Words = {
    "MONEY": gettext_lazy("more money that may pay for it"),
    "STOCK": gettext_lazy("more stock"),
    "DATE": gettext_lazy("a later day of need, or faster delivery"),
    "ORDER": gettext_lazy("other order terms (lots, minimum order, minimum useful)"),
    "PACKAGE": gettext_lazy("other package terms (value, number of requirements, shares)"),
}

SECTIONS: Words = {
    "lines": gettext_lazy("Requirements"),
    "offers": gettext_lazy("Offers"),
    "contributions": gettext_lazy("Contributions"),
    "packages": gettext_lazy("Packages"),
}
"""The lists of a problem as JSON; the sheets of a workbook keep the names that they have in the file."""

KEYS: Words = {
    "category": gettext_lazy("category"),
    "item": gettext_lazy("item"),
    "line": gettext_lazy("requirement"),
    "package": gettext_lazy("package"),
    "supplier": gettext_lazy("supplier"),
    "source": gettext_lazy("source"),
}

STEPS: Words = {
    "reading": gettext_lazy("Reading the problem"),
    "bounds": gettext_lazy("Working out what can be had at most"),
    "share-days": gettext_lazy("Early delivery"),
    "cost": gettext_lazy("Cost"),
    "kept": gettext_lazy("Keeping what was promised"),
    "reasons": gettext_lazy("Finding the reason for each requirement that waits"),
}


def step(name: str) -> str:
    """Name a step of the planner."""
    if name.startswith("tier "):
        return _("Priority %(tier)s") % {"tier": name.removeprefix("tier ")}
    return str(STEPS.get(name, name))


def signed(more: float, form: str) -> str:
    """Write a difference of lines with its sign, a true minus included, in a format such as `.2f`."""
    return f"{more:+{form}}".replace("-", "−") if more else "0"


def limits(binding: Sequence[str]) -> list[str]:
    """Say what would help a line: each entry is a family of limits, or two that must be lifted together."""
    joined = _(" together with ")
    return [joined.join(str(LIMITS.get(part, part)) for part in entry.split("+")) for entry in binding]


def earmark(terms: Earmark) -> str:
    """Write what money may be spent on."""
    parts = [f"{_key(key)}: {_listed(ids)}" for key, ids in sorted(terms.allow.items())]
    parts += [f"{_('not')} {_key(key)}: {_listed(ids)}" for key, ids in sorted(terms.deny.items())]
    return "; ".join(parts)


def terms(one: PlanContribution) -> str:
    """Write the terms of a contribution, its days apart."""
    parts = [earmark(one.earmark)] if earmark(one.earmark) else []
    if one.max_share is not None:
        parts.append(_("at most %(share)s of a package") % {"share": term_in_percent(one.max_share)})
    if one.whole_package_only:
        parts.append(_("whole packages only"))
    if one.fee_bps:
        parts.append(_("fee %(fee)s") % {"fee": term_in_percent(Fraction(one.fee_bps, 10_000))})
    return "; ".join(parts) or _("for anything")


def freed_term(change: str) -> str:
    """Write the change of terms that `freeing` names, such as “without allow.category”."""
    term = change.removeprefix("without ")
    side, _dot, key = term.partition(".")
    if side == "allow":
        return _("without its limit by %(key)s") % {"key": _key(key)}
    if side == "deny":
        return _("without its exclusion by %(key)s") % {"key": _key(key)}
    return {
        "available_from": _("available from the first day"),
        "use_by": _("without a last day"),
        "max_share": _("without its largest share of a package"),
        "whole_package_only": _("for a part of a package, too"),
    }.get(term, change)


def _key(key: str) -> str:
    return str(KEYS.get(key, key))


def _listed(ids: frozenset[str]) -> str:
    """List a few ids; an empty list allows nothing."""
    if not ids:
        return _("none")
    named = sorted(ids)
    more = _(" and %(n)s more") % {"n": len(named) - 6} if len(named) > 6 else ""
    return ", ".join(named[:6]) + more


def plan_name(run: PlanRun) -> str:
    """Name a plan: the day of the programme on which it was asked for, and what it was made from."""
    day = date_format(local_day(run.job.asked_at, run.programme.time_zone), "DAY_FORMAT")
    return str(PLAN_NAMES[Origin(run.input.origin)]) % {"day": day, "name": run.input.name}


def input_name(source: PlanInput) -> str:
    """Name what is planned by where it came from."""
    return str(INPUT_NAMES[Origin(source.origin)]) % {"name": source.name}
