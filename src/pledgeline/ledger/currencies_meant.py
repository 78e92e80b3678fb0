"""Which currency an event means that does not say it: the only one in which there is money at that place."""

from pledgeline.ledger.accounts import Account
from pledgeline.ledger.refusals import RefusalRaised
from pledgeline.ledger.rules import unknown_contribution
from pledgeline.ledger.state import Balances


def currency_of(
    state: Balances, said: str | None, contribution: str, account: Account, line: str = ""
) -> str:
    """Give the currency of the event, or the only one in which the contribution has money there."""
    if said is not None:
        return said
    if not state.knows(contribution):
        raise unknown_contribution(contribution, state)
    own = state.term("currency", contribution)
    return _only(state.currencies_of(contribution, account, line), own)


def currency_on(state: Balances, said: str | None, line: str, lot: str = "") -> str:
    """Give the currency of the event, or the only one on the line or in the lot."""
    if said is not None:
        return said
    there = state.currencies_on(line, lot)
    if not there:
        if lot:
            raise RefusalRaised("unknown-lot.no-money", lot=lot)
        raise RefusalRaised("unknown-line.no-money", line=line)
    return _only(there, "")


def currency_held(state: Balances, said: str | None, contributions: list[str]) -> str:
    """Give the currency of the event, or the one that all those named have available."""
    currencies = {currency_of(state, said, name, Account.AVAILABLE) for name in contributions}
    if len(currencies) > 1:
        raise RefusalRaised("no-currency.of-those-named")
    return currencies.pop()


def _only(there: list[str], otherwise: str) -> str:
    if len(there) > 1 and otherwise not in there:
        raise RefusalRaised("no-currency.several", currencies=tuple(there))
    return otherwise if len(there) != 1 else there[0]
