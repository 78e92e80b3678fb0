"""The kinds of fields that only an event of the books has: stages, shares of contributions, lists of postings."""

from collections.abc import Callable, Container, Mapping
from functools import partial
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field
from typing_extensions import TypeAliasType

from pledgeline.ledger.accounts import Account
from pledgeline.ledger.refusals import Refusal, RefusalRaised, refusal_of
from pledgeline.programme.fields import Key, Minor, Unreadable, read_key, read_whole, shown
from pledgeline.programme.sentences import Sentence, sentence

ACCOUNTS = [account.value for account in Account]


def said_of(problem: Unreadable) -> Sentence:
    """Say in the words of the books what cannot be meant."""
    return sentence(f"ledger.{problem.code}", **problem.params)


def refusal(problem: Unreadable, field: str, at: str = "") -> Refusal:
    """Give the refusal of an event that says so in the field, which stands `at` a place."""
    return refusal_of(problem.code, **problem.params, field=field, at=f"{at}{problem.at}")


def key_of(text: str, name: str) -> str:
    """Read a key that somebody typed.

    Raises:  RefusalRaised.
    """
    try:
        return read_key(text)
    except Unreadable as problem:
        raise RefusalRaised(refusal(problem, name)) from None


def _read_account(value: object) -> Account:
    if isinstance(value, str) and value in ACCOUNTS:
        return Account(value)
    raise Unreadable("unknown-account.text", text=shown(value), accounts=", ".join(ACCOUNTS))


def _read_choice(value: object, choices: tuple[str, str]) -> str:
    if isinstance(value, str) and value in choices:
        return value
    one, other = choices
    raise Unreadable("not-a-choice.of-two", text=shown(value), one=one, other=other)


def _read_shares(value: object) -> dict[str, int]:
    """Read who gives how much: `{"N": 100, "W": 50}`."""
    if value in ({}, []):
        raise Unreadable("unclear-shares.no-money")
    if not isinstance(value, Mapping):
        raise Unreadable("unclear-shares.no-shares", text=shown(value))
    shares: dict[str, int] = {}
    for name, part in value.items():
        contribution = _inside(read_key, name, name)
        _once(contribution, shares)
        shares[contribution] = _inside(read_whole, part, name)
    return shares


def _read_names(value: object) -> list[str]:
    """Read which contributions are meant: `["N", "W"]`."""
    if value in ({}, []):
        raise Unreadable("unclear-shares.nobody")
    if not isinstance(value, list):
        raise Unreadable("unclear-shares.no-names", text=shown(value))
    names: list[str] = []
    for place, name in enumerate(value):
        contribution = _inside(read_key, name, place)
        _once(contribution, names)
        names.append(contribution)
    return names


def _read_payers(value: object) -> dict[str, int] | list[str]:
    """Read who pays: with amounts, or as names who share it by what they have available."""
    return _read_names(value) if isinstance(value, list) else _read_shares(value)


T = TypeVar("T")


def _inside(read: Callable[[object], T], value: object, at: object) -> Any:
    """Read a part of a field, and say where in it a fault is."""
    try:
        return read(value)
    except Unreadable as problem:
        raise Unreadable(problem.code, **problem.params, at=f"/{shown(at)}") from None


def _once(contribution: str, known: Container[str]) -> None:
    if contribution in known:
        raise Unreadable("unclear-shares.twice", contribution=contribution)


def _each_once(value: object) -> object:
    """Refuse a list that has a name twice; what else is wrong with it is said by its model."""
    if isinstance(value, list) and any(value.count(name) > 1 for name in value):
        raise Unreadable("not-a-choice.twice")
    return value


def _as_list(value: object) -> list[object]:
    if isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
        return value
    raise Unreadable("not-a-list.text", text=shown(value))


Stage = TypeAliasType("Stage", Annotated[Account, BeforeValidator(_read_account)])
FREE_OR_LAPSED = ("available", "lapsed")
FreeOrLapsed = TypeAliasType(
    "FreeOrLapsed",
    Annotated[
        str,
        Field(json_schema_extra={"enum": [*FREE_OR_LAPSED]}),
        BeforeValidator(partial(_read_choice, choices=FREE_OR_LAPSED)),
    ],
)
Shares = TypeAliasType(
    "Shares", Annotated[dict[Key, Minor], Field(min_length=1), BeforeValidator(_read_shares)]
)
Names = TypeAliasType(
    "Names",
    Annotated[
        list[Key],
        Field(min_length=1, json_schema_extra={"uniqueItems": True}),
        BeforeValidator(_read_names),
    ],
)
Payers = TypeAliasType("Payers", Annotated[Shares | Names, BeforeValidator(_read_payers)])
AsList = BeforeValidator(_as_list)
EachOnce = BeforeValidator(_each_once)
