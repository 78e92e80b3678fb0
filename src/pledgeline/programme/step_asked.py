"""What a program asks for by name: a step, a plan, a decision on what waits; and what it answers."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from typing_extensions import TypeAliasType

from pledgeline.programme.contributions import YesNo
from pledgeline.programme.fields import Day, Key, Label, Note, Unreadable, shown
from pledgeline.programme.nouns import Noun, Parts, may_say, once, says

LONGEST_SECONDS = 3_600
"""Units: seconds. For no longer is a plan looked for."""

LONGEST_PACKAGE = 50


def _read_details(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Unreadable("no-object.field")
    return value


def _read_package(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_PACKAGE:
        raise Unreadable("not-a-key.text", text=shown(value), longest=str(LONGEST_PACKAGE))
    return value


Details = TypeAliasType("Details", Annotated[dict[str, object], BeforeValidator(_read_details)])
PackageName = TypeAliasType("PackageName", Annotated[Key, BeforeValidator(_read_package)])
PlanMode = TypeAliasType("PlanMode", Literal["prove", "fast"])
Seconds = TypeAliasType("Seconds", Annotated[int, Field(ge=1, le=LONGEST_SECONDS)])
Matching = TypeAliasType("Matching", Annotated[dict[str, str], BeforeValidator(_read_details)])
EntryAnswer = TypeAliasType("EntryAnswer", Literal["receive", "return_to_partner", "pay", "set-aside"])
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


class MatchedSheetSaid(Noun):
    """What a sheet of a workbook holds, and which field each of its headings is; `-` leaves one out."""

    NAME: ClassVar[str] = "matched-sheet"
    KEY: ClassVar[str] = "sheet"

    sheet: Label = says("Sheet")
    noun: Label = says("It holds")
    columns: Matching = may_say("Columns", usual={})


class WorkbookAnswer(Noun):
    """The answer to a look at a workbook: take it as it was shown, or look again with sheets matched so."""

    NAME: ClassVar[str] = "workbook-answer"

    sheets: Parts[MatchedSheetSaid] = may_say("Sheets", usual=())

    @model_validator(mode="after")
    def _fits(self) -> Self:
        once(self.sheets, at="sheets")
        return self


class BankAnswer(Noun):
    """What a bank entry is: one of its proposals, by its key; or nothing for the books, with the reason."""

    NAME: ClassVar[str] = "bank-answer"

    answer: EntryAnswer = says("Answer")
    key: Key | None = may_say("Of")
    reason: Note | None = may_say("Reason")
