"""Rule 8: add up what was paid and delivered, and compare it with what was promised."""

from fractions import Fraction

from pledgeline.guarantees.instances import RuleApplied
from pledgeline.guarantees.instruments import Obligation
from pledgeline.guarantees.known import KnownRecord, View
from pledgeline.guarantees.matching import Duty
from pledgeline.guarantees.moments import Window, local_day
from pledgeline.guarantees.openings import Opening
from pledgeline.guarantees.scenarios import Fulfilment
from pledgeline.money import Amount
from pledgeline.programme.sentences import Param, Sentence, sentence


def qualifier_of(obligation: Obligation) -> str:
    if obligation.money is not None:
        return obligation.money.qualifier
    return obligation.quantity.qualifier if obligation.quantity else ""


def performed(
    duty: Duty, opening: Opening, obligors: tuple[str, ...], view: View, steps: list[RuleApplied]
) -> tuple[Window | None, Amount | int | None, tuple[str, ...]]:
    """Add up the records that count for this instance.

    Shape:   when the promise was reached, what is missing to it, what would have to be known first.
    """
    obligation = duty.obligation
    if obligation.duty == "maintenance":
        return None, None, ()
    records = view.records(duty.instrument.id, obligation.id)
    kept = [record for record in records if _counts(duty, opening, obligors, record, view)] if records else []
    if obligation.money is None and obligation.quantity is None:
        return (kept[0].window if kept else None), None, ()
    if qualifier_of(obligation) == "up_to":
        return (kept[0].window if kept else None), None, ()
    need, currency = _needed(duty, opening, obligors, view)
    if need is None:
        return None, None, ("gdp",)
    total = Fraction(0)
    done: Window | None = None
    must_exceed = qualifier_of(obligation) == "more_than"
    for item in kept:
        number = _number(obligation, item.record, currency)
        if number is None and obligation.duty == "achievement" and obligation.money is None:
            number = need
        if number is None:
            steps.append(RuleApplied(8, _not_added(item.record.id, currency)))
            continue
        total += number
        if done is None and (total > need if must_exceed else total >= need):
            done = item.window
    missing = max(Fraction(0), need - total)
    if kept:
        unit = currency or (obligation.quantity.unit if obligation.quantity else "")
        steps.append(RuleApplied(8, _so_far(_plain(total), _plain(need), unit)))
    shortfall: Amount | int = Amount.rounded(missing, currency) if currency else int(missing)
    return done, shortfall, ()


def _not_added(record: str, currency: str) -> Sentence:
    if currency:
        return sentence("guarantees.step.not-added", id=record, currency=currency)
    return sentence("guarantees.step.not-added-unit", id=record)


def _so_far(total: Param, need: Param, unit: str) -> Sentence:
    if unit:
        return sentence("guarantees.step.so-far", total=total, need=need, unit=unit)
    return sentence("guarantees.step.so-far-number", total=total, need=need)


def _plain(number: Fraction) -> int | str:
    """Give what can be written out: a whole number, or one with two decimals."""
    return int(number) if number.denominator == 1 else f"{float(number):,.2f}"


def _counts(duty: Duty, opening: Opening, obligors: tuple[str, ...], kept: KnownRecord, view: View) -> bool:
    """Say whether a record is about this instance: its obligation, episode or period, and obligor."""
    record = kept.record
    if (record.instrument, record.obligation) != (duty.instrument.id, duty.obligation.id):
        return False
    if kept.by:
        if not kept.by & frozenset(obligors):
            return False
    elif duty.obligation.mode == "several" and len(duty.obligors) > 1:
        return False
    if record.episode and opening.episode:
        return record.episode == opening.episode or record.episode in opening.event_ids
    if record.episode in opening.aliases:
        return True
    if record.period:
        return record.period in opening.aliases or not opening.aliases
    if opening.span is not None and (opening.is_recurring or duty.obligation.duty == "periodic"):
        first, last = opening.span
        return (
            first <= local_day(kept.window.earliest, view.zone)
            and local_day(kept.window.latest, view.zone) <= last
        )
    return not opening.episode or kept.window.latest >= opening.opens.earliest


def _needed(
    duty: Duty, opening: Opening, obligors: tuple[str, ...], view: View
) -> tuple[Fraction | None, str]:
    """Give the promised number in major units and its currency, or nothing while it cannot be known."""
    money, quantity = duty.obligation.money, duty.obligation.quantity
    if money is None:
        return Fraction(quantity.value if quantity else 0), ""
    if money.amount is not None:
        return money.amount.exact(), money.amount.currency
    year = opening.span[0].year if opening.span else None
    for product in view.products():
        if product.actor in obligors and product.year == year and money.share_of_gdp_percent is not None:
            return product.amount.exact() * Fraction(
                money.share_of_gdp_percent
            ) / 100, product.amount.currency
    return None, ""


def _number(obligation: Obligation, record: Fulfilment, currency: str) -> Fraction | None:
    if obligation.money is None:
        return None if record.quantity is None else Fraction(record.quantity)
    if record.amount is None or record.amount.currency != currency:
        return None
    return record.amount.exact()
