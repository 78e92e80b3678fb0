"""Contributions: what somebody may see of them, with the figures of the books and the terms that were written down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pledgeline.accounts.rights import Act, Person, may, may_for_some, own_parties
from pledgeline.accounts.roles import MACHINE
from pledgeline.ledger import Balances
from pledgeline.ledger.contributions import ContributionFigures, all_figures
from pledgeline.records.books import NoBooks, books_of
from pledgeline.records.models import ContributionRecord, PartyRecord, ProgrammeRecord
from pledgeline.records.models.parties import parties_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributed:
    """A contribution of the books: its figures, its terms where any were written down, and the party that gives it."""

    figures: ContributionFigures
    terms: ContributionRecord | None
    party: str

    @property
    def key(self) -> str:
        return self.figures.key

    @property
    def partner(self) -> str:
        return self.figures.partner

    @property
    def last_day(self) -> date | None:
        """Give the last day on which its money may be used: the earlier of what was pledged and what the terms say."""
        return last_day_of(self.figures.use_by, self.terms)


def last_day_of(pledged: date | None, terms: ContributionRecord | None) -> date | None:
    """Give the earlier of the two last days that a contribution may have."""
    return min(filter(None, (pledged, terms.last_day if terms else None)), default=None)


def may_see(programme: ProgrammeRecord, person: Person) -> bool:
    """Say whether there is any contribution that `person` could see."""
    return may_for_some(person, Act.SEE_CONTRIBUTIONS, programme.slug)


def state_now(programme: ProgrammeRecord) -> Balances:
    """Give the books as they are now, whoever asks: what of them is shown is the caller's to say."""
    try:
        return books_of(programme.slug, MACHINE).state
    except NoBooks:
        return Balances()


def currencies_of(programme: ProgrammeRecord) -> frozenset[str]:
    """Give the currencies that the books of a programme take; none where it keeps no books."""
    try:
        return books_of(programme.slug, MACHINE).currencies
    except NoBooks:
        return frozenset()


def contributions(programme: ProgrammeRecord, person: Person, state: Balances) -> list[Contributed]:
    """Give the contributions of the books that `person` may see, in the order of their keys."""
    found = all_figures(state)
    parties = party_refs(programme, (figures.partner for figures in found))
    terms = newest_terms(programme)
    rows = [
        Contributed(figures=figures, terms=terms.get(figures.key), party=parties.get(figures.partner, ""))
        for figures in found
    ]
    if may(person, Act.SEE_CONTRIBUTIONS, programme.slug):
        return rows
    own = own_parties(person, Act.SEE_CONTRIBUTIONS, programme.slug)
    return [row for row in rows if row.party in own]


def party_refs(programme: ProgrammeRecord, names: Iterable[str]) -> dict[str, str]:
    """Give the reference of the party that each name of a partner means, as far as there are such parties."""
    keys = parties_named(programme, set(names))
    refs = dict(PartyRecord.objects.filter(pk__in=keys.values()).values_list("pk", "ref"))
    return {name: refs[key] for name, key in keys.items()}


def may_do(act: Act, programme: ProgrammeRecord, person: Person, partner: str) -> bool:
    """Say whether `person` may do something with a contribution of `partner`."""
    if may(person, act, programme.slug):
        return True
    own = own_parties(person, act, programme.slug)
    return bool(own) and party_refs(programme, [partner]).get(partner, "") in own


def newest_terms(programme: ProgrammeRecord) -> dict[str, ContributionRecord]:
    """Give the terms that hold, by the keys of the contributions."""
    rows = ContributionRecord.objects.filter(programme=programme, is_newest=True)
    return {row.key: row for row in rows}


def versions_of(programme: ProgrammeRecord, key: str) -> list[ContributionRecord]:
    """Give every version of the terms of a contribution, the newest first."""
    return list(ContributionRecord.objects.filter(programme=programme, key=key).order_by("-version"))
