"""The nouns that have pages, and what is special about the pages of each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pledgeline.records.models import ChainRow, OfferRecord, RequirementRecord

Text = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages of one noun. `name` begins the names of their addresses."""

    name: str
    table: type[ChainRow]
    title: Text
    lead: Text
    none: Text
    new: Text
    change: Text
    order: tuple[str, ...]

    @property
    def noun(self) -> str:
        return self.table.KIND.NAME


REQUIREMENTS = Pages(
    name="requirements",
    table=RequirementRecord,
    title=_("Requirements"),
    lead=_(
        "What the recipient asks for, in the order in which it is to be met. A plan is made from those on the list."
    ),
    none=_("Nothing is required yet. A recipient writes the first requirement down."),
    new=_("New requirement"),
    change=_("Change this requirement"),
    order=("priority", "listed_as", "key"),
)

OFFERS = Pages(
    name="offers",
    table=OfferRecord,
    title=_("Offers"),
    lead=_("What suppliers sell of an item, at which price, how many, and until when it stands."),
    none=_("Nothing is offered yet. A supplier or a coordinator writes the first offer down."),
    new=_("New offer"),
    change=_("Change this offer"),
    order=("item", "unit_price", "key"),
)
