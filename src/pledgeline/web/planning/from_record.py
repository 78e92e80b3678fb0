"""The programme's own record as the beginning of a plan: its counted announcements as contributions.

The public record says who gives how much, sometimes for which package and on which terms. It does not say
what is required or what can be bought: that stays for the reader to fill in.
"""

from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pledgeline.evidence import Standing, as_of
from pledgeline.exchange.workbook import write_problem
from pledgeline.money import Amount, Converted, digits_of
from pledgeline.plan import Earmark, Package, PlanContribution, Problem
from pledgeline.programme.announcements import Announcement, Relation
from pledgeline.web.asked import Asked
from pledgeline.web.words import party_name


def workbook_of_record(asked: Asked, day: date) -> bytes:
    """Write the workbook whose money is what had been announced by `day`, with everything else to fill in.

    Means:   an amount without a usable rate on the day is left out, and said on no sheet but in `notes` of none:
             the page that offers the workbook names such rows.
    """
    problem, notes = problem_of_record(asked, day)
    title = _("%(programme)s, announced by %(day)s") % {
        "programme": asked.programme.short_name,
        "day": date_format(day, "LONG_DAY_FORMAT"),
    }
    return write_problem(problem, first_day=day, title=title, notes=notes)


def problem_of_record(asked: Asked, day: date) -> tuple[Problem, dict[tuple[str, str], str]]:
    """Make the money side of a problem from the record, with remarks for people by sheet and id."""
    currency = asked.programme.base_currency
    told = as_of(asked.rows_in(currency), day, currency)
    contributions, packages = [], {}
    rates: dict[str, Fraction] = {}
    taken = _shares_taken(told.counted)
    notes: dict[tuple[str, str], str] = {}
    for standing in sorted(told.counted, key=lambda row: row.announcement.id):
        one = standing.announcement
        if one.amount is None or one.relation is Relation.WITHDRAWS:
            continue
        left = one.amount - Amount.rounded(
            one.amount.exact() * taken.get(one.id, Fraction(0)), one.amount.currency
        )
        if one.amount.currency != currency and one.amount.currency not in rates:
            rate = _rate(asked, one.amount.currency, currency, day)
            if rate is None:
                continue
            rates[one.amount.currency] = rate
        earmark = Earmark()
        if one.package:
            packages[one.package] = Package(id=one.package)
            earmark = Earmark(allow={"package": frozenset({one.package})})
        names = ", ".join(party_name(asked.programme, code) for code in one.partners)
        contributions.append(
            PlanContribution(
                id=one.id,
                partner=names,
                amount_minor=left.minor,
                currency=one.amount.currency,
                earmark=earmark,
            )
        )
        notes["Contributions", one.id] = _note(one)
    for name in packages:
        reported = asked.package(name)
        if reported is not None:
            notes["Packages", name] = _("made public on %(day)s; set the day of the order") % {
                "day": date_format(reported.announced_on, "LONG_DAY_FORMAT")
            }
    problem = Problem(
        currency=currency,
        contributions=tuple(contributions),
        packages=tuple(packages[name] for name in sorted(packages)) or (Package(id="P-01"),),
        rates=rates,
    )
    return problem, notes


def _shares_taken(rows: tuple[Standing, ...]) -> dict[str, Fraction]:
    """Say which share of each announcement was taken back, where a part of it was."""
    taken: dict[str, Fraction] = {}
    for row in rows:
        if row.share is not None:
            (ref,) = row.announcement.relates_to
            taken[ref] = taken.get(ref, Fraction(0)) + row.share
    return taken


def _note(one: Announcement) -> str:
    parts = [_("announced %(day)s, %(stage)s") % {"day": one.announced_on.isoformat(), "stage": one.stage}]
    if one.earmark:
        parts.append(_("stated earmark: %(words)s") % {"words": one.earmark})
    return "; ".join(" ".join(part.split()) for part in parts)


def _rate(asked: Asked, given: str, to: str, day: date) -> Fraction | None:
    """Give how many minor units of `to` one minor unit of `given` is on the day; None without a usable rate."""
    found = asked.rates.convert(Amount(1, given), to, on=day)
    if not isinstance(found, Converted):
        return None
    factor = Fraction(1)
    for leg in found.rates:
        factor = factor / Fraction(leg.rate) if leg.currency == given else factor * Fraction(leg.rate)
    return factor * Fraction(10) ** (digits_of(to) - digits_of(given))
