"""What is wrong with a text that should be a currency, or with the rates of a day: said once for all readers.

Money itself says nothing in words: it gives what is known, and here that becomes a sentence.
"""

from datetime import date

from pledgeline.money import PAST_CURRENCIES, MissingRate, meant_currency
from pledgeline.programme.sentences import Sentence, sentence


def currency_objection(text: str, on: date | None = None) -> Sentence:
    """Say what is wrong with `text`, which is no currency on the day `on`; the way out stands beside it.

    >>> currency_objection("HRK", date(2025, 9, 3)).part("way-out")
    'Write the amount in EUR, which took its place, or correct the day.'
    >>> currency_objection("usd").part("way-out")
    'Write USD, if that is meant.'
    """
    past = PAST_CURRENCIES.get(text)
    if past is None:
        meant = meant_currency(text, on)
        if meant:
            return sentence("money.no-currency.meant", text=text[:40], meant=meant)
        return sentence("money.no-currency", text=text[:40])
    if on is None:
        return sentence(
            "money.past-currency", currency=text, last_day=past.last_day, successor=past.successor
        )
    return sentence(
        "money.past-currency.on-a-day",
        currency=text,
        last_day=past.last_day,
        successor=past.successor,
        day=on,
    )


def missing_rate(missing: MissingRate) -> Sentence:
    """Say which rate there is not, as a part of a sentence.

    >>> from pledgeline.money import Amount
    >>> str(missing_rate(MissingRate(amount=Amount(1, "EUR"), to="USD", on=date(2025, 8, 4), maximum_age_days=31)))
    'no rate from EUR to USD on or before 2025-08-04'
    """
    if missing.newest is None:
        return sentence("money.no-rate", given=missing.amount.currency, to=missing.to, day=missing.on)
    return sentence(
        "money.no-rate.too-old",
        given=missing.amount.currency,
        to=missing.to,
        day=missing.on,
        base=missing.newest.base,
        currency=missing.newest.currency,
        newest=missing.newest.day,
        older=str((missing.on - missing.newest.day).days),
        allowed=str(missing.maximum_age_days),
    )
