"""A step that somebody asks for: of what, which one, and why."""

from typing import ClassVar

from pledgeline.programme.fields import Key, Note
from pledgeline.programme.nouns import Noun, may_say, says


class StepAsked(Noun):
    """A step of a noun of the chain, by the names that the table of steps has."""

    NAME: ClassVar[str] = "step"

    noun: Key = says("Noun")
    key: Key = says("Id")
    step: Key = says("Step")
    reason: Note | None = may_say("Reason")
