"""Write the audit trail: an event with every act, in its transaction; one for a refusal, in its own.

What was done and that it was done are kept or lost together. A refusal leaves an event although nothing else
of it stays; but whoever is refused a thousand times a minute cannot fill the disk with it.
"""

import inspect
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import partial, wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from pledgeline.audit.acts import AuditAct, Outcome
from pledgeline.audit.callers import current_caller
from pledgeline.audit.models import LONGEST_TEXT, AuditEvent

MOST_OF_ONE = 20
"""Refusals of one act to one caller at one address that are written within a minute."""

MOST_OF_ALL = 300
"""Refusals of one act to everybody that are written within a minute: addresses are cheap."""

MORE_OF_ONE, MORE_OF_ALL = "more-of-one", "more-of-all"
"""The code of the event that stands for those of the minute that were not written."""

MOST_DETAILS = 20

log = logging.getLogger("pledgeline.audit")

_is_told: ContextVar[bool] = ContextVar("is_told", default=False)

_In = ParamSpec("_In")
_Out = TypeVar("_Out")


def record(
    act: AuditAct,
    noun: str = "",
    ref: str = "",
    *,
    programme: str = "",
    outcome: Outcome = Outcome.DONE,
    code: str = "",
    **details: object,
) -> None:
    """Write what is being done: `noun` and `ref` say to what. To be called in the transaction of the act.

    `details` are numbers, short texts and lists of them: never a secret, never a private note.

    Raises:  TransactionManagementError outside of a transaction: the act and its event could part.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"{act} has to be recorded in the transaction in which it is done")
    caller = current_caller()
    event = AuditEvent.objects.create(
        at=timezone.now(),
        act=act,
        outcome=outcome,
        code=code,
        actor=caller.kind,
        actor_number=caller.number,
        actor_name=_plain(caller.name),
        noun=noun,
        ref=_plain(ref),
        programme=programme,
        address=_plain(caller.address)[:64],
        request_id=caller.request_id,
        details=json.dumps(_fitting(details), ensure_ascii=False),
    )
    if not _is_told.get():
        transaction.on_commit(partial(_log, event))


@contextmanager
def of_a_story() -> Iterator[None]:
    """Keep what is recorded meanwhile out of the log of the server: it happens in a story and is no act here."""
    token = _is_told.set(True)
    try:
        yield
    finally:
        _is_told.reset(token)


def refused(
    act: AuditAct,
    noun: str = "",
    ref: str = "",
    *,
    code: str,
    programme: str = "",
    outcome: Outcome = Outcome.REFUSED,
    **details: object,
) -> None:
    """Write that somebody was refused, in a transaction of its own; beyond so many a minute, only that there are more.

    Where several are refused at the same moment a few more may be written. A database that cannot write it
    keeps nobody from being refused: then the log of the server has it.
    """
    try:
        with transaction.atomic():
            if code := _code_within_bounds(act, code):
                record(act, noun, ref, programme=programme, outcome=outcome, code=code, **details)
    except DatabaseError:
        log.exception("an event could not be written", extra={"act": str(act), "code": code})


def leaves_refusals(
    act: AuditAct, noun: str = "", *, ref: str = ""
) -> Callable[[Callable[_In, _Out]], Callable[_In, _Out]]:
    """Let an action leave an event when it is refused or fails; what it does it records itself.

    `ref` is the name of the action's parameter that says what it is done to. A programme is taken from its
    parameter of that name. An exception of ours is a refusal, and every other one a fault.
    """

    def decorate(action: Callable[_In, _Out]) -> Callable[_In, _Out]:
        signature = inspect.signature(action)

        @wraps(action)
        def acted(*args: _In.args, **kwargs: _In.kwargs) -> _Out:
            try:
                return action(*args, **kwargs)
            except Exception as error:
                is_ours = type(error).__module__.startswith("pledgeline.")
                given = signature.bind(*args, **kwargs).arguments
                refused(
                    act,
                    noun,
                    _reference(given.get(ref)),
                    code=_kebab(type(error).__name__),
                    programme=_reference(given.get("programme")),
                    outcome=Outcome.REFUSED if is_ours else Outcome.FAILED,
                )
                raise

        return acted

    return decorate


def _reference(value: object) -> str:
    """Name what a parameter holds: a reference, a slug, or something that has one."""
    return "" if value is None else str(getattr(value, "ref", None) or getattr(value, "slug", None) or value)


def _code_within_bounds(act: AuditAct, code: str) -> str:
    """Give the code of the event to write; nothing where enough of the minute are written."""
    caller = current_caller()
    recent = AuditEvent.objects.filter(act=act, at__gt=timezone.now() - timedelta(minutes=1)).exclude(
        outcome=Outcome.DONE
    )
    theirs = recent.filter(actor=caller.kind, actor_number=caller.number, address=caller.address[:64])
    for events, most, more in ((theirs, MOST_OF_ONE, MORE_OF_ONE), (recent, MOST_OF_ALL, MORE_OF_ALL)):
        if events.exclude(code__in=(MORE_OF_ONE, MORE_OF_ALL)).count() >= most:
            return "" if events.filter(code=more).exists() else more
    return code


def _fitting(value: object) -> object:
    """Give a detail in a form and length that every database keeps."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_fitting(part) for part in list(value)[:MOST_DETAILS]]
    if isinstance(value, dict):
        return {_plain(str(name)): _fitting(part) for name, part in list(value.items())[:MOST_DETAILS]}
    return _plain(str(value))


def _plain(text: str) -> str:
    """Leave out what no database keeps, NUL and halves of characters, and what is too long."""
    kept = "".join(letter for letter in text if letter != "\0" and not "\ud800" <= letter <= "\udfff")
    return kept[:LONGEST_TEXT]


def _kebab(name: str) -> str:
    """Write the name of a class as a code.

    >>> _kebab("NothingToErase")
    'nothing-to-erase'
    """
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")[:60]


def _log(event: AuditEvent) -> None:
    """Put what came by a request into the log of the server, too: a copy that no owner of the database can bend."""
    if not event.request_id:
        return
    log.info(
        event.act,
        extra={
            "outcome": event.outcome,
            "code": event.code,
            "actor": event.actor,
            "actor_number": event.actor_number,
            "noun": event.noun,
            "ref": event.ref,
            "programme": event.programme,
            "audit_event": event.pk,
        },
    )
