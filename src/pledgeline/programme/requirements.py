"""A requirement: what the recipient asks for, how many, by when, and how much it matters."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator
from typing_extensions import TypeAliasType

from pledgeline.programme.fields import Day, Key, Note, Units, Unreadable
from pledgeline.programme.nouns import Noun, may_say, says

LOWEST_PRIORITY = 1_000

Priority = TypeAliasType("Priority", Annotated[int, Field(ge=1, le=LOWEST_PRIORITY)])


class Requirement(Noun):
    """So many units of an item, by a day, of a priority: 1 matters most.

    Those of one priority stand in the order in which they were listed. It gets nothing or at least `min_useful`
    units, always a multiple of `multiple`.
    """

    NAME: ClassVar[str] = "requirement"

    key: Key = says(
        "Id", "requirement", "requirement id", "line", "ref", "reference", "no", tag="#activity+id"
    )
    item: Key = says("Item", "item id", "what", "equipment", tag="#item+name")
    quantity: Units = says("Quantity", "qty", "units", "number", tag="#item+num+needed")
    priority: Priority = may_say("Priority", "tier", "rank", usual=1, tag="#priority")
    need_by: Day | None = may_say("Need by", "needed by", "date", "deadline", tag="#date+need_by")
    min_useful: Units = may_say("Least useful", "minimum", "min", usual=1, tag="#item+num+min", seldom=True)
    multiple: Units = may_say("In steps of", "multiple", "pack", usual=1, tag="#item+num+step", seldom=True)
    category: Key | None = may_say("Category", "group", tag="#item+type", seldom=True)
    purpose: Note | None = may_say("What for", "purpose", "justification", tag="#description")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.quantity % self.multiple:
            raise Unreadable("not-a-multiple.requirement", at="quantity", multiple=self.multiple)
        if self.min_useful > self.quantity:
            raise Unreadable("more-than-all.requirement", at="min_useful", quantity=self.quantity)
        return self
