"""The money of the invented year: promised, signed, received in parts, changed into dollars, and what becomes of it."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from pledgeline.actions.illustration.tables import Partner, tables
from pledgeline.actions.illustration.telling import Teller
from pledgeline.ledger import Account
from pledgeline.money import digits_of

USD = "USD"
LAPSES, GROWS, SHRINKS, NEVER_PAYS, TYPED_WRONGLY = "C10", "C06", "C09", "C12", "C03"
FIRST_PLEDGE = date(2025, 1, 8)
LAST_DAY, CARRIED_TO = date(2025, 9, 30), date(2026, 6, 30)


def pledged_in_all(partner: Partner) -> int:
    """Give what a partner pledges in the end: one more after a month, one less; of one, what was not signed lapses."""
    if partner.contribution == GROWS:
        return partner.pledged * 11 // 10
    if partner.contribution == SHRINKS:
        return partner.pledged - partner.pledged // 20
    if partner.contribution == LAPSES:
        return _signed(partner)
    return partner.pledged


def _signed(partner: Partner) -> int:
    return partner.pledged * 9 // 10


def let_money_come(teller: Teller) -> None:
    """Plan what happens to each contribution."""
    for place, partner in enumerate(tables().partners):
        start = FIRST_PLEDGE + timedelta(days=2 * place)
        _promise(teller, partner, start)
        _pay(teller, partner, start)
    for place, currency in enumerate(tables().rates):
        teller.on(date(2025, 4, 21) + timedelta(days=place), partial(_change, teller, currency))
    lapse = partial(teller.contribute, "lapse", "finance", contribution=LAPSES)
    teller.on(LAST_DAY + timedelta(days=1), lapse)
    teller.on(date(2025, 10, 15), partial(_carry_over, teller))
    teller.on(date(2025, 11, 3), partial(_give_back, teller))
    teller.on(date(2025, 12, 18), partial(_sign_the_rest, teller))


def _promise(teller: Teller, partner: Partner, start: date) -> None:
    """Pledge, and sign nine tenths of it; some change their minds."""
    sum_: dict[str, Any] = {"contribution": partner.contribution, "currency": partner.currency}
    use_by: dict[str, Any] = {"use_by": LAST_DAY.isoformat()} if partner.contribution == LAPSES else {}
    who = "partner" if partner.name == "Northland" else "coordinator"
    teller.on(
        start,
        partial(
            teller.contribute, "pledge", who, partner=partner.name, amount=partner.pledged, **sum_, **use_by
        ),
    )
    signed = _signed(partner)
    teller.on(
        start + timedelta(days=20), partial(teller.contribute, "commit", "coordinator", amount=signed, **sum_)
    )
    if partner.terms:
        teller.on(
            start + timedelta(days=21), partial(teller.agree, partner.contribution, **dict(partner.terms))
        )
    if partner.contribution == GROWS:
        more = {**sum_, "amount": pledged_in_all(partner)}
        teller.on(start + timedelta(days=30), partial(teller.book, "revise", **more))
    if partner.contribution == SHRINKS:
        less = {**sum_, "amount": partner.pledged - pledged_in_all(partner)}
        teller.on(start + timedelta(days=30), partial(teller.contribute, "reduce", "finance", **less))


def _pay(teller: Teller, partner: Partner, start: date) -> None:
    """Pay in two parts: one is typed in wrongly and put right, and one never comes."""
    sum_: dict[str, Any] = {"contribution": partner.contribution, "currency": partner.currency}
    half, rest = partner.pledged // 2, _signed(partner) - partner.pledged // 2
    first, second = start + timedelta(days=40), start + timedelta(days=62)
    if partner.contribution == TYPED_WRONGLY:
        teller.on(first, partial(_type_wrongly, teller, half, sum_))
    else:
        teller.on(first, partial(teller.contribute, "receive", "finance", amount=half, **sum_))
    if partner.contribution == NEVER_PAYS:
        teller.on(date(2025, 12, 10), partial(teller.book, "write_off", amount=rest, **sum_))
    else:
        teller.on(second, partial(teller.contribute, "receive", "finance", amount=rest, **sum_))


def _type_wrongly(teller: Teller, half: int, sum_: dict[str, Any]) -> None:
    """Enter a receipt a thousand too high, and put it right after twenty days, for its own day."""
    day = teller.day
    wrong = teller.book("receive", amount=half + 1_000_00, **sum_)
    note = "typed a thousand too high"
    teller.on(
        day + timedelta(days=20),
        lambda: teller.book("correct", on=day, of=wrong, amount=half, note=note),
    )


def _change(teller: Teller, currency: str) -> None:
    """Change all that is there of a currency into dollars, and pay the bank a little."""
    given = {
        spot.contribution: minor
        for spot, minor in teller.state.money().items()
        if spot.account is Account.AVAILABLE and spot.currency == currency
    }
    cents = sum(given.values()) * 100 / (tables().rates[currency] * 10 ** digits_of(currency))
    received = int(cents) // 1_000 * 1_000
    teller.book("convert", from_currency=currency, to_currency=USD, given=given, received=received)
    teller.book("fee", contributions=sorted(given), currency=USD, amount=received // 4_000)


def _lapsed(teller: Teller) -> int:
    return teller.state.total_of(LAPSES, Account.LAPSED, USD)


def _carry_over(teller: Teller) -> None:
    """The partner lets a half of what lapsed be used for another nine months."""
    amount = _lapsed(teller) // 2
    carried: dict[str, Any] = {
        "contribution": LAPSES,
        "currency": USD,
        "amount": amount,
        "use_by": CARRIED_TO.isoformat(),
    }
    teller.contribute("carry_over", "finance", **carried)


def _give_back(teller: Teller) -> None:
    """The other half goes back."""
    back: dict[str, Any] = {
        "contribution": LAPSES,
        "currency": USD,
        "amount": _lapsed(teller),
        "from": "lapsed",
    }
    teller.contribute("return_to_partner", "finance", **back)


def _sign_the_rest(teller: Teller) -> None:
    """What one partner had promised and not signed is signed; that waits for a second person when the year ends."""
    first = tables().partners[0]
    rest = {"contribution": first.contribution, "currency": first.currency, "amount": first.pledged // 10}
    teller.contribute("commit", "coordinator", leave_waiting=True, **rest)
