"""The events of the books: one closed model each. What is not here, no event can say.

An event has an `id`, a `type`, the day on which it happened and the time at which it was written down, and
what its type needs. Every amount is above zero and in minor units; the type says which way it goes. What an
event and a field mean is said by the catalogue, under `ledger.event` and `ledger.field`.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo

from pledgeline.ledger import cash
from pledgeline.ledger.accounts import MAY_NAME
from pledgeline.ledger.schema.fields import AsList, EachOnce, FreeOrLapsed, Names, Payers, Shares, Stage
from pledgeline.programme.fields import Currency, Day, Key, Label, Minor, Moment, Note, SignedMinor, Units
from pledgeline.programme.sentences import Sentence

_CLOSED = ConfigDict(extra="forbid", strict=True, frozen=True)


def _says(code: str, **more: Any) -> Any:
    """Give a field that the event has to have, with the code of what it means."""
    return Field(description=f"ledger.field.{code}", **more)


def _may_say(code: str, **more: Any) -> Any:
    """Give a field that the event may have, with the code of what it means."""
    return Field(None, description=f"ledger.field.{code}", **more)


class BooksEvent(BaseModel):
    """What every event has."""

    model_config = _CLOSED

    id: Key = _says("id")
    type: str
    effective_on: Day = _says("effective-on")
    recorded_at: Moment = _says("recorded-at")
    note: Note | None = _may_say("note")
    expect: Literal["ok", "refused", "replay"] | dict[Literal["ok", "refused", "replay"], int] | None = (
        _may_say("expect")
    )
    batch: Label | None = _may_say("batch")


class _OfContribution(BooksEvent):
    contribution: Key = _says("contribution")


class SumOfContribution(_OfContribution):
    amount: Minor = _says("amount")
    currency: Currency | None = _may_say("currency")


class Pledge(_OfContribution):
    type: Literal["pledge"]
    partner: Key = _says("pledge.partner")
    currency: Currency = _says("pledge.currency")
    amount: Minor = _says("pledge.amount")
    use_by: Day | None = _may_say("pledge.use-by")


class Revise(SumOfContribution):
    type: Literal["revise"]


class Reduce(_OfContribution):
    type: Literal["reduce"]
    amount: Minor | None = _may_say("reduce.amount")
    currency: Currency | None = _may_say("currency")


class Commit(SumOfContribution):
    type: Literal["commit"]


class Receive(SumOfContribution):
    type: Literal["receive"]


class Convert(BooksEvent):
    type: Literal["convert"]
    given: Shares = _says("convert.given")
    from_currency: Currency | None = _may_say("convert.from-currency")
    to_currency: Currency = _says("convert.to-currency")
    received: Minor = _says("convert.received")


class Fee(BooksEvent):
    type: Literal["fee"]
    contributions: Names = _says("fee.contributions")
    amount: Minor = _says("fee.amount")
    currency: Currency | None = _may_say("currency")


class Allocate(_OfContribution):
    type: Literal["allocate"]
    line: Key = _says("line")
    amount: Minor = _says("amount")
    currency: Currency | None = _may_say("currency")
    package: Key | None = _may_say("allocate.package")
    reserved_until: Day | None = _may_say("allocate.reserved-until")


class Release(_OfContribution):
    type: Literal["release"]
    line: Key = _says("line")
    amount: Minor | None = _may_say("release.amount")
    currency: Currency | None = _may_say("currency")


class PlaceOrder(BooksEvent):
    type: Literal["order"]
    line: Key = _says("line")
    qty: Units = _says("qty")
    unit_price: Minor = _says("order.unit-price")
    amount: Minor | None = _may_say("order.amount")
    currency: Currency | None = _may_say("currency")


class PriceChange(BooksEvent):
    type: Literal["price_change"]
    line: Key = _says("line")
    unit_price: Minor = _says("price-change.unit-price")
    paid_by: Payers | None = _may_say("price-change.paid-by")
    qty: Units | None = _may_say("price-change.qty")
    currency: Currency | None = _may_say("currency")


class CancelUnits(BooksEvent):
    type: Literal["cancel_units"]
    line: Key = _says("line")
    qty: Units = _says("qty")
    cost: Minor | None = _may_say("cost")
    currency: Currency | None = _may_say("currency")


class Swap(BooksEvent):
    type: Literal["swap"]
    line: Key = _says("line")
    origin: Key = _says("swap.from", alias="from")
    target: Key = _says("swap.to", alias="to")
    amount: Minor = _says("amount")
    currency: Currency | None = _may_say("currency")


class Deliver(BooksEvent):
    type: Literal["deliver"]
    line: Key = _says("line")
    lot: Key = _says("lot")
    qty: Units = _says("qty")
    cost: Minor | None = _may_say("cost")
    currency: Currency | None = _may_say("currency")


class FromLot(BooksEvent):
    lot: Key = _says("lot")
    qty: Units = _says("qty")
    cost: Minor | None = _may_say("cost")
    currency: Currency | None = _may_say("currency")


class Accept(FromLot):
    type: Literal["accept"]


class Reject(FromLot):
    type: Literal["reject"]


class WriteOffLot(FromLot):
    type: Literal["write_off"]


class Refund(BooksEvent):
    type: Literal["refund"]
    lot: Key = _says("lot")
    amount: Minor = _says("amount")
    currency: Currency | None = _may_say("currency")


class ReturnToPartner(SumOfContribution):
    type: Literal["return_to_partner"]
    origin: FreeOrLapsed | None = _may_say("return-to-partner.from", alias="from")


class Lapse(_OfContribution):
    type: Literal["lapse"]


class CarryOver(_OfContribution):
    type: Literal["carry_over"]
    use_by: Day = _says("carry-over.use-by")
    amount: Minor | None = _may_say("carry-over.amount")
    currency: Currency | None = _may_say("currency")


class WriteOff(SumOfContribution):
    type: Literal["write_off"]


class Reverse(BooksEvent):
    type: Literal["reverse"]
    of: Key = _says("reverse.of")


class JournalPosting(BaseModel):
    model_config = _CLOSED

    stage: Stage = _says("posting.stage")
    amount: SignedMinor = _says("posting.amount")
    contribution: Key | None = _may_say("posting.contribution")
    currency: Currency | None = _may_say("posting.currency")
    line: Key | None = _may_say("posting.line")
    lot: Key | None = _may_say("posting.lot")


class Journal(BooksEvent):
    type: Literal["journal"]
    postings: Annotated[list[JournalPosting], AsList] = _says("journal.postings")
    contribution: Key | None = _may_say("journal.contribution")
    currency: Currency | None = _may_say("journal.currency")


def _cash_model(kind: str) -> type[BooksEvent]:
    """Make the model of an event of the cash book: it names a line and a lot where its accounts keep them."""
    origin, target = cash.MOVES[kind]
    kept = MAY_NAME.get(origin, frozenset()) | MAY_NAME.get(target, frozenset())
    named: dict[str, Any] = {name: (Key | None, _may_say(name)) for name in ("line", "lot") if name in kept}
    name = "".join(word.capitalize() for word in kind.split("_"))
    typed: Any = Literal[kind]
    return create_model(name, __base__=SumOfContribution, type=(typed, ...), **named)


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
    "order": PlaceOrder,
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


def meaning_of(form: str) -> Sentence:
    """Say what happens in an event of a form."""
    return Sentence(f"ledger.event.{form.replace('_', '-')}")


def meaning_of_field(field: FieldInfo) -> Sentence:
    """Say what a field of a model means."""
    return Sentence(str(field.description))


@cache
def names_of(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """Give the fields of a model by the names that a file has for them."""
    return MappingProxyType({field.alias or name: field for name, field in model.model_fields.items()})


def own_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
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
    fields: dict[str, object] = {}
    for name, types in kinds.items():
        meant = Key if Key in types else next(iter(types))
        python_name = {"from": "origin", "to": "target"}.get(name, name)
        more = {"alias": name} if python_name != name else {}
        fields[python_name] = (
            meant | None,
            _may_say("correct.amount" if name == "amount" else "correct.other", **more),
        )
    left_out = _may_say(
        "correct.without",
        min_length=1,
        json_schema_extra={"uniqueItems": True},
    )
    return {"without": (Annotated[list[Literal[*optional]], EachOnce] | None, left_out), **fields}  # type: ignore[valid-type]


def _type_of(model: type[BaseModel], name: str) -> object:
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


class CorrectingEvent(BooksEvent):
    type: Literal["correct"]
    of: Key = _says("correct.of")


Correct = create_model("Correct", __base__=CorrectingEvent, **_restated())

MODELS: dict[str, type[BooksEvent]] = {**PLAIN, "correct": Correct, "reverse": Reverse}
"""Every event, by the name of its form."""

TYPES = tuple(dict.fromkeys(name.removesuffix("_lot") for name in MODELS))
"""What `type` can be."""


def form_of(kind: str, says_lot: bool) -> str:
    """Give the form of a type of events: what is written off is goods where a lot is named."""
    return "write_off_lot" if kind == "write_off" and says_lot else kind
