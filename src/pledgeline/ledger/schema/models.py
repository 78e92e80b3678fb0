"""The events of the books: one closed model each. What is not here, no event can say.

An event has an `id`, a `type`, the day on which it happened and the time at which it was written down, and
what its type needs. Every amount is above zero and in minor units; the type says which way it goes.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from pledgeline.ledger import cash
from pledgeline.ledger.accounts import MAY_NAME
from pledgeline.ledger.schema.fields import (
    AsList,
    Currency,
    Day,
    EachOnce,
    FreeOrLapsed,
    Key,
    Label,
    Minor,
    Moment,
    Names,
    Note,
    Payers,
    Shares,
    SignedMinor,
    Stage,
    Units,
)

_CLOSED = ConfigDict(extra="forbid", strict=True, frozen=True)


def _says(description: str, **more: Any) -> Any:
    """Say what a field means, where the event has to have it."""
    return Field(description=description, **more)


def _may_say(description: str, **more: Any) -> Any:
    """Say what a field means, where the event may have it."""
    return Field(None, description=description, **more)


class BooksEvent(BaseModel):
    """What every event has."""

    model_config = _CLOSED

    id: Key = _says(
        "The event's own key. The same event again changes nothing; another one under it is refused."
    )
    type: str
    effective_on: Day = _says("The day on which it happened; never one after today.")
    recorded_at: Moment = _says("When it was written down, with the time zone.")
    note: Note | None = _may_say("Free text beside the entry, which only people with a role can read.")
    expect: Literal["ok", "refused", "replay"] | dict[Literal["ok", "refused", "replay"], int] | None = (
        _may_say("Only in a case: what must become of it, or of how many of its batch.")
    )
    batch: Label | None = _may_say("Only in a case: the name of those that come at the same moment.")


_CONTRIBUTION = "The contribution's key."
_LINE = "The line's key: what is ordered together at one price."
_LOT = "The lot's key: what was delivered together."
_QTY = "How many units."
_ANY_CURRENCY = "May be left out where only one can be meant."
_COST = "What the units cost together, where that is not the line's price."


class _OfContribution(BooksEvent):
    contribution: Key = _says(_CONTRIBUTION)


class _Sum(_OfContribution):
    amount: Minor = _says("How much.")
    currency: Currency | None = _may_say(_ANY_CURRENCY)


class Pledge(_OfContribution):
    """A partner promises money."""

    type: Literal["pledge"]
    partner: Key = _says("Who promises it.")
    currency: Currency = _says("In which currency.")
    amount: Minor = _says("How much; a second pledge under the same key adds to the first.")
    use_by: Day | None = _may_say("The last day on which it may be ordered against.")


class Revise(_Sum):
    """A partner changes the sum of its promise to `amount`."""

    type: Literal["revise"]


class Reduce(_OfContribution):
    """A partner takes back a promise that it has not paid."""

    type: Literal["reduce"]
    amount: Minor | None = _may_say("How much; everything unpaid where it is left out.")
    currency: Currency | None = _may_say(_ANY_CURRENCY)


class Commit(_Sum):
    """The promise, or a part of it, is signed."""

    type: Literal["commit"]


class Receive(_Sum):
    """The money, or a part of it, has arrived."""

    type: Literal["receive"]


class Convert(BooksEvent):
    """The bank changes money of one or more contributions in one trade."""

    type: Literal["convert"]
    given: Shares = _says("Which contribution gives how much; what was received is split by it.")
    from_currency: Currency | None = _may_say(f"The currency given. {_ANY_CURRENCY}")
    to_currency: Currency = _says("The currency received.")
    received: Minor = _says("How much was received together.")


class Fee(BooksEvent):
    """A bank or an agent charges a fee."""

    type: Literal["fee"]
    contributions: Names = _says("Who bears it, over what each has available.")
    amount: Minor = _says("How much together.")
    currency: Currency | None = _may_say(_ANY_CURRENCY)


class Allocate(_OfContribution):
    """Money is set aside for a line; with a last day it is a reservation."""

    type: Literal["allocate"]
    line: Key = _says(_LINE)
    amount: Minor = _says("How much.")
    currency: Currency | None = _may_say(_ANY_CURRENCY)
    package: Key | None = _may_say("The package that the line is of.")
    reserved_until: Day | None = _may_say("The last day of the reservation.")


class Release(_OfContribution):
    """Money that was set aside is free again."""

    type: Literal["release"]
    line: Key = _says(_LINE)
    amount: Minor | None = _may_say("How much; all of it where it is left out.")
    currency: Currency | None = _may_say(_ANY_CURRENCY)


class Order(BooksEvent):
    """Units of a line are ordered."""

    type: Literal["order"]
    line: Key = _says(_LINE)
    qty: Units = _says(_QTY)
    unit_price: Minor = _says("The price of a unit.")
    amount: Minor | None = _may_say("What they cost together, where that is not `qty` times `unit_price`.")
    currency: Currency | None = _may_say(_ANY_CURRENCY)


class PriceChange(BooksEvent):
    """The price of what is still to be delivered changes."""

    type: Literal["price_change"]
    line: Key = _says(_LINE)
    unit_price: Minor = _says("The new price of a unit.")
    paid_by: Payers | None = _may_say(
        "Who pays a rise: with amounts, exactly; or names alone, who share it by what they have available."
    )
    qty: Units | None = _may_say(
        "How many units change their price; all that are still to come where left out."
    )
    currency: Currency | None = _may_say(_ANY_CURRENCY)


class CancelUnits(BooksEvent):
    """Units are cancelled before delivery."""

    type: Literal["cancel_units"]
    line: Key = _says(_LINE)
    qty: Units = _says(_QTY)
    cost: Minor | None = _may_say(_COST)
    currency: Currency | None = _may_say(_ANY_CURRENCY)


class Swap(BooksEvent):
    """On an ordered line one contribution takes over from another."""

    type: Literal["swap"]
    line: Key = _says(_LINE)
    origin: Key = _says("The contribution that gets its money back.", alias="from")
    target: Key = _says("The contribution that pays in its place.", alias="to")
    amount: Minor = _says("How much.")
    currency: Currency | None = _may_say(_ANY_CURRENCY)


class Deliver(BooksEvent):
    """A lot arrives."""

    type: Literal["deliver"]
    line: Key = _says(_LINE)
    lot: Key = _says(_LOT)
    qty: Units = _says(_QTY)
    cost: Minor | None = _may_say(_COST)
    currency: Currency | None = _may_say(_ANY_CURRENCY)


class _FromLot(BooksEvent):
    lot: Key = _says(_LOT)
    qty: Units = _says(_QTY)
    cost: Minor | None = _may_say(_COST)
    currency: Currency | None = _may_say(_ANY_CURRENCY)


class Accept(_FromLot):
    """The recipient takes units of a lot over."""

    type: Literal["accept"]


class Reject(_FromLot):
    """The recipient sends units of a lot back; the supplier owes them again."""

    type: Literal["reject"]


class WriteOffLot(_FromLot):
    """Units of a lot are lost before they were accepted, and nobody replaces them."""

    type: Literal["write_off"]


class Refund(BooksEvent):
    """The supplier gives money back for a lot."""

    type: Literal["refund"]
    lot: Key = _says(_LOT)
    amount: Minor = _says("How much.")
    currency: Currency | None = _may_say(_ANY_CURRENCY)


class ReturnToPartner(_Sum):
    """Money goes back to the partner."""

    type: Literal["return_to_partner"]
    origin: FreeOrLapsed | None = _may_say(
        "From which money: what is available where it is left out, or what lapsed.", alias="from"
    )


class Lapse(_OfContribution):
    """The last day on which the money may be used has passed."""

    type: Literal["lapse"]


class CarryOver(_OfContribution):
    """The partner lets lapsed money be used up to a later day."""

    type: Literal["carry_over"]
    use_by: Day = _says("The later day.")
    amount: Minor | None = _may_say("How much; everything that has lapsed where it is left out.")
    currency: Currency | None = _may_say(_ANY_CURRENCY)


class WriteOff(_Sum):
    """Signed money will never come."""

    type: Literal["write_off"]


class Reverse(BooksEvent):
    """An entry is taken back, whole."""

    type: Literal["reverse"]
    of: Key = _says("The key of the entry.")


class JournalPosting(BaseModel):
    """A posting of a free entry."""

    model_config = _CLOSED

    stage: Stage = _says("The stage or account.")
    amount: SignedMinor = _says("Above zero what comes in, below zero what goes out.")
    contribution: Key | None = _may_say("The contribution's key, where the event does not say it.")
    currency: Currency | None = _may_say("The currency, where the event does not say it.")
    line: Key | None = _may_say("The line's key, where the stage keeps lines.")
    lot: Key | None = _may_say("The lot's key, where the stage keeps lots.")


class Journal(BooksEvent):
    """Money is moved freely, for what no other event says."""

    type: Literal["journal"]
    postings: Annotated[list[JournalPosting], AsList] = _says("The postings, which add up to zero.")
    contribution: Key | None = _may_say("The contribution of the postings that name none.")
    currency: Currency | None = _may_say("The currency of the postings that name none.")


def _cash_model(kind: str) -> type[BooksEvent]:
    """Make the model of an event of the cash book: it names a line and a lot where its accounts keep them."""
    origin, target, meaning = cash.MOVES[kind]
    kept = MAY_NAME.get(origin, frozenset()) | MAY_NAME.get(target, frozenset())
    named: dict[str, Any] = {
        name: (Key | None, _may_say(text)) for name, text in (("line", _LINE), ("lot", _LOT)) if name in kept
    }
    name = "".join(word.capitalize() for word in kind.split("_"))
    typed: Any = Literal[kind]
    return create_model(name, __base__=_Sum, __doc__=meaning, type=(typed, ...), **named)


CASH: dict[str, type[BooksEvent]] = {kind: _cash_model(kind) for kind in cash.MOVES}

PLAIN: dict[str, type[BooksEvent]] = {
    "pledge": Pledge,
    "revise": Revise,
    "reduce": Reduce,
    "commit": Commit,
    "receive": Receive,
    "convert": Convert,
    "fee": Fee,
    "allocate": Allocate,
    "release": Release,
    "order": Order,
    "price_change": PriceChange,
    "cancel_units": CancelUnits,
    "swap": Swap,
    "deliver": Deliver,
    "accept": Accept,
    "reject": Reject,
    "refund": Refund,
    "return_to_partner": ReturnToPartner,
    "lapse": Lapse,
    "carry_over": CarryOver,
    "write_off": WriteOff,
    "write_off_lot": WriteOffLot,
    "journal": Journal,
    **CASH,
}
"""Every event that says something of its own, by the name of its form; `write_off` has two, told apart by `lot`."""

HEAD = frozenset(BooksEvent.model_fields)
"""The fields that every event has; a correction leaves those of its entry as they are."""


@cache
def names_of(model: type[BaseModel]) -> Mapping[str, Any]:
    """Give the fields of a model by the names that a file has for them."""
    return MappingProxyType({field.alias or name: field for name, field in model.model_fields.items()})


def own_fields(model: type[BaseModel]) -> dict[str, Any]:
    """Give the fields that an event has beside those that all have."""
    return {name: field for name, field in names_of(model).items() if name not in HEAD}


def _restated() -> dict[str, Any]:
    """Gather what a correction may say anew: each field of each event, none of them needed."""
    kinds: dict[str, dict[Any, None]] = {}
    optional: dict[str, None] = {}
    for model in PLAIN.values():
        for name, field in own_fields(model).items():
            kinds.setdefault(name, {})[_type_of(model, name)] = None
            if not field.is_required():
                optional[name] = None
    fields: dict[str, Any] = {}
    for name, types in kinds.items():
        meant = Key if Key in types else next(iter(types))
        python_name = {"from": "origin", "to": "target"}.get(name, name)
        more = {"alias": name} if python_name != name else {}
        fields[python_name] = (meant | None, _may_say(_RESTATED.get(name, _SHOULD), **more))
    left_out = _may_say(
        "Fields of the entry that should have been left out.",
        min_length=1,
        json_schema_extra={"uniqueItems": True},
    )
    return {"without": (Annotated[list[Literal[*optional]], EachOnce] | None, left_out), **fields}  # type: ignore[valid-type]


_SHOULD = "What it should have been."
_RESTATED = {
    "amount": "What the amount should have been; of a delivery, an acceptance, a rejection or lost goods it is "
    "the cost, of a conversion what was received."
}


def _type_of(model: type[BaseModel], name: str) -> Any:
    """Give the type of a field as it was written, without the None of one that may be left out."""
    field = names_of(model)[name]
    annotation = field.annotation
    arguments = getattr(annotation, "__args__", ())
    if type(None) in arguments:
        (annotation,) = (argument for argument in arguments if argument is not type(None))
    return Annotated[annotation, *field.metadata] if field.metadata else annotation


def type_of(model: type[BaseModel]) -> str:
    """Give what `type` is in a model."""
    kinds: tuple[str, ...] = getattr(model.model_fields["type"].annotation, "__args__", ("",))
    return kinds[0]


def kind_of_field(model: type[BaseModel], name: str) -> str:
    """Give the kind of a field by the name it has in `fields`, such as Key, Minor or Day."""
    return str(getattr(_type_of(model, name), "__name__", ""))


class _Correct(BooksEvent):
    """An entry is taken back, and what should have been is put in its place: one entry."""

    type: Literal["correct"]
    of: Key = _says("The key of the entry: the last one that is in force.")


Correct = create_model("Correct", __base__=_Correct, __doc__=_Correct.__doc__, **_restated())

MODELS: dict[str, type[BooksEvent]] = {**PLAIN, "correct": Correct, "reverse": Reverse}
"""Every event, by the name of its form."""

TYPES = tuple(dict.fromkeys(name.removesuffix("_lot") for name in MODELS))
"""What `type` can be."""


def form_of(kind: str, says_lot: bool) -> str:
    """Give the form of a type of events: what is written off is goods where a lot is named."""
    return "write_off_lot" if kind == "write_off" and says_lot else kind
