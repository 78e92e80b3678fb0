"""The steps of the chain: which states each noun has, and who moves it from one to the next.

A step that is not in this table cannot be taken. Pages offer from it, the command line takes from it, the handbook
draws from it and tests go through it row by row. States that follow from the books or from another noun (part funded,
overdue) are worked out where they are shown and stand in no row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pledgeline.programme.amendments import Amendment
from pledgeline.programme.approvals import Approvable
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.formed import Closure, Merge, Split
from pledgeline.programme.nouns import Noun, at_field
from pledgeline.programme.roles import Role
from pledgeline.programme.sentences import Param, Sentence, sentence


class State(StrEnum):
    """The states of all nouns; which of them a noun has, its steps say."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REJECTED = "rejected"
    VALIDATED = "validated"
    LISTED = "listed"
    OFFERED = "offered"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    OPEN = "open"
    CANCELLED = "cancelled"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    DISPATCHED = "dispatched"
    ARRIVED = "arrived"
    RECEIVED = "received"
    LOST = "lost"
    COUNTED = "counted"
    MERGED = "merged"
    REPLACED = "replaced"
    REFUNDED = "refunded"
    WRITTEN_OFF = "written-off"


NAMED_APART = frozenset({("receipt", State.ACCEPTED)})
"""States that a language may name otherwise of this noun: an order is agreed to, goods are taken over."""


def state_key(noun: str, state: str) -> str:
    """Give the word of the catalogue for a state of a noun."""
    return f"{noun}-{state}" if (noun, state) in NAMED_APART else state


def state_name(noun: str, state: str) -> str:
    """Name a state of a noun in the reader's language."""
    return str(sentence("steps.state", state=state_key(noun, state)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: from which states to which, by whom.

    Whoever took the step `not_after` last may not take this one: four eyes. `needs_reason` where a text has to say
    why. A party's own people take it for what is `own` to them and for nothing else. `asks` is what has to be said
    with it. What it enters is shown first where it `is_shown_first`. Where the programme has `approved_as` approved
    from some sum on, a second person in the role that it names decides before anything is done.
    """

    noun: str
    name: str
    origins: frozenset[State]
    target: State
    roles: frozenset[Role]
    not_after: str = ""
    needs_reason: bool = False
    asks: type[Noun] | None = None
    is_shown_first: bool = False
    approved_as: Approvable | None = None

    @property
    def label(self) -> Sentence:
        """Give what the button says."""
        return self.named(self.noun, self.name)

    @property
    def is_for_many(self) -> bool:
        """Say whether it is taken of many rows at once: it moves neither money nor goods, and asks for no details."""
        return self.noun in TAKEN_OF_MANY and self.asks is None and not self.is_shown_first

    @staticmethod
    def named(noun: str, step: str) -> Sentence:
        """Name a step; under `done` stands what the history says of it."""
        return Sentence(f"steps.{noun}-{step}")


def _step(noun: str, name: str, origins: str, target: str, roles: str, **more: object) -> Step:
    return Step(
        noun=noun,
        name=name,
        origins=frozenset(map(State, origins.split())),
        target=State(target),
        roles=frozenset(map(Role, roles.split())),
        **more,  # type: ignore[arg-type]
    )


STEPS = (
    _step("requirement", "submit", "draft returned", "submitted", "recipient"),
    _step("requirement", "validate", "submitted", "validated", "validator", not_after="submit"),
    _step(
        "requirement", "return", "submitted validated", "returned", "validator coordinator", needs_reason=True
    ),
    _step("requirement", "reject", "submitted validated", "rejected", "validator", needs_reason=True),
    _step("requirement", "list", "validated", "listed", "coordinator", not_after="validate"),
    _step(
        "requirement",
        "withdraw",
        "draft returned submitted validated listed",
        "withdrawn",
        "recipient",
        needs_reason=True,
    ),
    _step("offer", "submit", "draft", "offered", "supplier coordinator"),
    _step("offer", "withdraw", "draft offered", "withdrawn", "supplier coordinator", needs_reason=True),
    _step("order", "request", "draft", "requested", "coordinator"),
    _step("order", "offer", "requested", "offered", "supplier coordinator"),
    _step(
        *("order", "accept", "offered", "accepted", "finance"),
        not_after="request",
        approved_as=Approvable.ORDER,
    ),
    _step(
        *("order", "amend", "accepted", "accepted", "finance"),
        needs_reason=True,
        asks=Amendment,
        is_shown_first=True,
        approved_as=Approvable.ORDER,
    ),
    _step("order", "cancel", "draft requested offered", "cancelled", "coordinator", needs_reason=True),
    _step("order", "cancel-rest", "accepted", "closed", "finance", needs_reason=True),
    _step("shipment", "dispatch", "draft", "dispatched", "supplier coordinator"),
    _step("shipment", "arrive", "dispatched", "arrived", "coordinator"),
    _step("shipment", "lose", "dispatched arrived", "lost", "coordinator", needs_reason=True),
    _step("receipt", "accept", "counted", "accepted", "recipient", not_after="write"),
    _step("package", "split", "open", "open", "coordinator", asks=Split, is_shown_first=True),
    _step("package", "merge", "open", "merged", "coordinator", asks=Merge, is_shown_first=True),
    _step("package", "cancel", "open", "cancelled", "coordinator", needs_reason=True, is_shown_first=True),
    _step(
        *("package", "close", "open", "closed", "finance"),
        not_after="write",
        asks=Closure,
        is_shown_first=True,
        approved_as=Approvable.REFUND,
    ),
    _step("discrepancy", "replace", "open", "replaced", "coordinator"),
    _step(
        *("discrepancy", "refund", "open", "refunded", "finance"),
        needs_reason=True,
        is_shown_first=True,
        approved_as=Approvable.REFUND,
    ),
    _step(
        "discrepancy",
        "write-off",
        "open",
        "written-off",
        "finance",
        not_after="write",
        needs_reason=True,
        is_shown_first=True,
    ),
)
"""The table."""

ASK, APPROVE, REFUSE = "ask-approval", "approve", "refuse-approval"
"""What the history of a noun says of a step that a second person approves: nobody takes these by themselves."""

MAY_WRITE = {
    "requirement": frozenset({Role.RECIPIENT}),
    "offer": frozenset({Role.SUPPLIER, Role.COORDINATOR}),
    "order": frozenset({Role.COORDINATOR}),
    "shipment": frozenset({Role.SUPPLIER, Role.COORDINATOR}),
    "receipt": frozenset({Role.RECIPIENT}),
}
"""Who writes a noun down, and changes what it says as long as that is open to change.

Nobody writes a package down, which a plan forms, or a discrepancy, which a receipt opens.
"""

OPEN_TO_CHANGE = frozenset({State.DRAFT, State.RETURNED, State.COUNTED})
"""States in which what a noun says is changed; else a new version is begun beside it, where it has versions."""

TAKEN_OF_MANY = frozenset({"requirement", "offer"})
"""Nouns that come in files, so that forty of them wait for the same step on one morning."""

HAVE_VERSIONS = frozenset({"requirement", "offer"})
"""Nouns that say something anew in a new version. An order that was accepted, or goods that left, stay as they are."""

WAITS = frozenset({State.SUBMITTED, State.VALIDATED})
"""States in which somebody is to decide on what was submitted: until then it stays as it is."""

BY_THEMSELVES = {
    "requirement": frozenset({State.SUPERSEDED}),
    "offer": frozenset({State.SUPERSEDED}),
    "shipment": frozenset({State.RECEIVED}),
}
"""States that a noun gets when another version of it, or what is made of it, takes a step."""

LIVE_ORDER = frozenset({State.DRAFT, State.REQUESTED, State.OFFERED, State.ACCEPTED, State.CLOSED})
"""States in which an order holds its lines: of the units that were cancelled out of it later, the books are free."""

UNDER_WAY = frozenset({State.DISPATCHED, State.ARRIVED})
"""States in which a shipment has left and is not received."""


FIRST = {"receipt": State.COUNTED, "package": State.OPEN, "discrepancy": State.OPEN}
"""The state in which a noun begins, where that is no draft."""


def first_state(noun: str) -> State:
    """Give the state in which a noun begins."""
    return FIRST.get(noun, State.DRAFT)


def can_change(noun: str, state: str) -> bool:
    """Say whether what a noun says can be changed in a state, or be said anew in a version of its own."""
    return state in OPEN_TO_CHANGE or (noun in HAVE_VERSIONS and state not in WAITS)


def step_of(noun: str, name: str) -> Step | None:
    """Give a step by its name."""
    return next((step for step in STEPS if (step.noun, step.name) == (noun, name)), None)


def steps_from(noun: str, state: str) -> Iterator[Step]:
    """Give the steps that can be taken of a noun in a state, in the order of the table."""
    return (step for step in STEPS if step.noun == noun and state in step.origins)


def states_of(noun: str) -> tuple[State, ...]:
    """List the states of a noun, in the order in which they are declared."""
    mine = [step for step in STEPS if step.noun == noun]
    reached = {step.target for step in mine} | {state for step in mine for state in step.origins}
    reached |= BY_THEMSELVES.get(noun, frozenset())
    return tuple(state for state in State if state in reached)


def refusal(noun: str, key: str, code: str, *, at: str = "", **params: Param) -> Finding:
    """Make the finding that something cannot be done with a noun, at a field where it is one that says why."""
    place = Place(file=f"{noun} {key}")
    said = sentence(f"steps.{code}", noun=sentence(f"noun.{noun}"), key=key, **params)
    return Finding(place=at_field(place, at), said=said)
