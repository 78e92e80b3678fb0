"""What is said to have an address of another office told of events: one closed model, for page, program and command."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator
from typing_extensions import TypeAliasType

from pledgeline.programme.fields import Unreadable
from pledgeline.programme.names import UNSEEN
from pledgeline.programme.nouns import Noun
from pledgeline.programme.roles import Role
from pledgeline.programme.webhooks import EventKind

LONGEST_ADDRESS = 500
LONGEST_PARTY = 60


def _read_address(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST_ADDRESS:
        raise Unreadable("webhook.address-form")
    return value.strip()


def _read_kinds(value: object) -> tuple[str, ...]:
    known = [kind.value for kind in EventKind]
    if not isinstance(value, list) or not value or not all(kind in known for kind in value):
        raise Unreadable("webhook.kinds")
    return tuple(kind for kind in known if kind in value)


def _read_role(value: object) -> str:
    if value != "" and value not in [role.value for role in Role]:
        raise Unreadable("webhook.role")
    return str(value)


def _read_party(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_PARTY or UNSEEN.search(value):
        raise Unreadable("webhook.party")
    return value.strip()


Address = TypeAliasType("Address", Annotated[str, BeforeValidator(_read_address)])
Kinds = TypeAliasType("Kinds", Annotated[tuple[str, ...], BeforeValidator(_read_kinds)])
ReaderRole = TypeAliasType("ReaderRole", Annotated[str, BeforeValidator(_read_role)])
PartyRef = TypeAliasType("PartyRef", Annotated[str, BeforeValidator(_read_party)])


class WebhookTerms(Noun):
    """An address, of what it is told, and as whom the other office reads: without a role as everybody."""

    NAME: ClassVar[str] = "webhook"
    FAMILY: ClassVar[str] = "steps"

    address: Address
    kinds: Kinds
    role: ReaderRole = ""
    party: PartyRef = ""
