"""A statement of account as its partner sees it: without what would tell the share of another one.

Units stand beside the amount, so a partner knows the price; from the units that are required and its own on a line
that it pays with a single other partner, what that one gives could be had by subtraction. So they are not shown there.
"""

from dataclasses import dataclass, replace

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.ledger import Account, Balances
from pledgeline.ledger.contributions import ContributionStatement, statement_of
from pledgeline.records.books import NoBooks, books_of
from pledgeline.records.models import ProgrammeRecord

LEAST_OTHERS = 2
"""Shares of fewer others than so many are not shown beside one's own, not even together."""

SETS_ASIDE = (Account.ALLOCATED, Account.ORDERED, Account.DELIVERED, Account.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStatement:
    """A statement of account in each currency, and the lines of which the units are not shown."""

    statements: list[ContributionStatement]
    withheld: frozenset[str]


def shown_statement(programme: ProgrammeRecord, person: Person, state: Balances, key: str) -> ShownStatement:
    """Account for a contribution as `person` may see it: whoever sees all contributions sees all of it."""
    statements = statement_of(state, key)
    if may(person, Act.SEE_CONTRIBUTIONS, programme.slug) or _sees_books(programme, person):
        return ShownStatement(statements=statements, withheld=frozenset())
    mine = state.term("partner", key)
    withheld = frozenset(
        line
        for line, partners in partners_of_lines(state).items()
        if 0 < len(partners - {mine}) < LEAST_OTHERS
    )
    shown = [
        replace(
            statement,
            uses=[replace(use, units=None) if use.line in withheld else use for use in statement.uses],
        )
        for statement in statements
    ]
    lines = {use.line for statement in statements for use in statement.uses if use.units is not None}
    return ShownStatement(statements=shown, withheld=withheld & lines)


def partners_of_lines(state: Balances) -> dict[str, set[str]]:
    """Give the partners whose money is set aside for each line, or spent on it."""
    found: dict[str, set[str]] = {}
    for spot, minor in state.money().items():
        if spot.account in SETS_ASIDE and minor:
            found.setdefault(spot.line, set()).add(state.term("partner", spot.contribution))
    return found


def _sees_books(programme: ProgrammeRecord, person: Person) -> bool:
    try:
        books_of(programme.slug, person)
    except NoBooks:
        return False
    return True
