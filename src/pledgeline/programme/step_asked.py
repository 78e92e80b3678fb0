"""What a program asks for by name: a step, a plan, its acceptance, a decision on what waits for approval."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field
from typing_extensions import TypeAliasType

from pledgeline.programme.contributions import YesNo
from pledgeline.programme.fields import Day, Key, Note, Unreadable, shown
from pledgeline.programme.nouns import Noun, may_say, says

LONGEST_SECONDS = 3_600
"""Units: seconds. For no longer is a plan looked for."""

LONGEST_PACKAGE = 50


def _read_details(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable("no-object.field")
    return value


def _read_package(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_PACKAGE:
        raise Unreadable("not-a-key.text", text=shown(value), longest=str(LONGEST_PACKAGE))
    return value


Details = TypeAliasType("Details", Annotated[dict[str, Any], BeforeValidator(_read_details)])
PackageName = TypeAliasType("PackageName", Annotated[Key, BeforeValidator(_read_package)])
PlanMode = TypeAliasType("PlanMode", Literal["prove", "fast"])
Seconds = TypeAliasType("Seconds", Annotated[int, Field(ge=1, le=LONGEST_SECONDS)])
DecisionWord = TypeAliasType("DecisionWord", Literal["approve", "refuse", "withdraw"])


class StepAsked(Noun):
    """A step of a noun of the chain, by the names that the table of steps has; `details` are what that asks for."""

    NAME: ClassVar[str] = "step"

    noun: Key = says("Noun")
    key: Key = says("Id")
    step: Key = says("Step")
    reason: Note | None = may_say("Reason")
    details: Details | None = may_say("Details")


class PlanWish(Noun):
    """A plan of what is on the list as one package: proven, or fast, and for how long it is looked for."""

    NAME: ClassVar[str] = "plan-wish"

    package: PackageName = says("Package")
    mode: PlanMode = may_say("Mode", usual="prove")
    budget_seconds: Seconds = may_say("Seconds", usual=60)


class PlanAcceptance(Noun):
    """The acceptance of a plan: until when its money is reserved, and whether packages have the usual size."""

    NAME: ClassVar[str] = "plan-acceptance"

    reserved_until: Day = says("Reserved until")
    by_size: YesNo = may_say("By size", usual=False)


class ApprovalDecision(Noun):
    """What is decided about an act that waits for approval, and why."""

    NAME: ClassVar[str] = "approval-decision"

    decision: DecisionWord = says("Decision")
    reason: Note | None = may_say("Reason")
