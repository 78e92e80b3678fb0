"""The terms of a contribution: what its money may be spent on, when, and how much of a package it pays."""

from collections.abc import Iterable, Mapping
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator
from typing_extensions import TypeAliasType

from pledgeline.programme.fields import Currency, Day, Key, Label, Note, Unreadable, read_key, shown
from pledgeline.programme.nouns import Noun, may_say, says

KINDS = ("category", "item", "requirement")
"""What an earmark may speak about, as people call it."""

MOST_LINES = 200


def read_earmark_line(value: object) -> str:
    """Read one line of an earmark, `item: interceptor`, in the one way in which we keep it."""
    kind, mark, name = value.partition(":") if isinstance(value, str) else ("", "", "")
    if kind.strip().casefold() not in KINDS or not mark:
        raise Unreadable("not-an-earmark.line", text=shown(value))
    return f"{kind.strip().casefold()}: {read_key(name.strip())}"


def read_earmark(value: object) -> tuple[str, ...]:
    """Read the lines of an earmark, each once, in the order in which they are written."""
    if not isinstance(value, (list, tuple)) or len(value) > MOST_LINES:
        raise Unreadable("not-an-earmark.list", most=MOST_LINES)
    return tuple(dict.fromkeys(map(read_earmark_line, value)))


EarmarkLines = TypeAliasType("EarmarkLines", Annotated[tuple[str, ...], BeforeValidator(read_earmark)])
Percent = TypeAliasType("Percent", Annotated[int, Field(ge=1, le=100)])
YesNo = TypeAliasType("YesNo", bool)


class Contribution(Noun):
    """A contribution of the books, with the terms of whoever gives it.

    It pays for what one of the lines of each kind in `pays_for` names, and never for what `never_pays_for` names; no
    line: anything. It is used from `first_day` to `last_day`, both included.
    """

    NAME: ClassVar[str] = "contribution"

    key: Key = says("Id", "contribution", "contribution id", "ref", "reference", tag="#activity+id")
    partner: Key = says("Partner", "donor", "giver", tag="#org+funding")
    currency: Currency = says("Currency", tag="#currency")
    pays_for: EarmarkLines = may_say(
        "May pay for", "earmark", "only for", usual=(), tag="#description+earmark"
    )
    never_pays_for: EarmarkLines = may_say(
        "Never pays for", "not for", usual=(), tag="#description+earmark+excluded"
    )
    first_day: Day | None = may_say("Available from", "first day", "from", tag="#date+start", seldom=True)
    last_day: Day | None = may_say("Use by", "last day", "until", tag="#date+end")
    largest_share: Percent | None = may_say(
        "Largest share", "share", "max share", tag="#indicator+share+max", seldom=True
    )
    whole_packages_only: YesNo = may_say(
        "Whole packages only", "whole package", usual=False, tag="#indicator+whole_packages", seldom=True
    )
    agreement: Label | None = may_say(
        "Agreement", "agreement number", "contract", tag="#meta+agreement", seldom=True
    )
    note: Note | None = may_say("Note", "notes", "remark", tag="#description+note")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise Unreadable("ends-before-it-begins.contribution", at="last_day", begins=self.first_day)
        if self.whole_packages_only and self.largest_share not in (None, 100):
            raise Unreadable("all-and-a-share.contribution", at="largest_share")
        return self


def earmark_by_kind(lines: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Sort the lines of an earmark by what they speak about."""
    found: dict[str, set[str]] = {}
    for line in lines:
        kind, _, name = line.partition(": ")
        found.setdefault(kind, set()).add(name)
    return {kind: frozenset(names) for kind, names in found.items()}
