"""What the acts on all nouns of the chain share: the occasion, how they refuse, and the note of a step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pledgeline.accounts.rights import Person, username_of
from pledgeline.actions.books import enter_now
from pledgeline.actions.changes import NothingDone, differences, note_step
from pledgeline.ledger import Entry, Refusal
from pledgeline.money import Amount
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.nouns import Noun, plural
from pledgeline.programme.sentences import Param, sentence
from pledgeline.programme.steps import Step
from pledgeline.programme.zones import local_day
from pledgeline.records.books import Locked
from pledgeline.records.models import ChainRow, ProgrammeRecord, StepTaken


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Who does something in which programme, and when; with its books, which are held until it is done.

    `details` are what the step asks for, where it asks for something; `changes` are what it changes of the noun.
    """

    programme: ProgrammeRecord
    person: Person
    now: datetime
    books: Locked
    details: Any = None
    reason: str = ""
    entered: list[Entry] = field(default_factory=list)
    changes: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_day(self.now, self.programme.time_zone)

    def enter(self, event: Mapping[str, object], *, at: Place) -> int:
        """Enter an event into the books, and give the number of its entry; where they refuse, nothing is done."""
        answer = enter_now(self.books, event, today=self.today, by=username_of(self.person))
        if isinstance(answer, Refusal):
            raise NothingDone(Finding(place=at, said=answer.said))
        self.entered.append(answer.entry)
        return answer.entry.position


def _nothing_hinders(_step: Step, _row: object) -> Finding | None:
    return None


def _weighs_nothing(_row: object, _step: Step, _occasion: Occasion) -> Amount | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a noun that moves money or units asks beside the table of steps.

    `fit` finds the rows that a noun points to, or refuses it; `keep` keeps its parts. `hinders` says why a step
    cannot be taken now, whoever asks; `weigh` how much money it is about, which may have to be approved; `follow`
    does what comes of it, and gives the numbers of its entries. Of a noun that nobody writes down there is nothing to
    fit or to keep.
    """

    fit: Callable[[Any, Any, Occasion], None] = lambda _row, _said, _occasion: None
    keep: Callable[[Any, Any], None] = lambda _row, _said: None
    hinders: Callable[[Step, Any], Finding | None] = _nothing_hinders
    weigh: Callable[[Any, Step, Occasion], Amount | None] = _weighs_nothing
    follow: Callable[[Any, Step, Occasion], list[int]] = lambda _row, _step, _occasion: []


def note(
    row: ChainRow,
    step: str,
    origin: str,
    person: Person,
    now: datetime,
    *,
    reason: str = "",
    asked_with: str = "",
    changes: Mapping[str, object] | None = None,
    entries: list[int] | None = None,
) -> StepTaken:
    """Note a step that led a row from `origin` to the state in which it is now."""
    return note_step(
        row.programme,
        row.KIND.NAME,
        row.key,
        row.version,
        step,
        origin=origin,
        target=row.state,
        person=person,
        now=now,
        reason=reason,
        asked_with=asked_with,
        changes=changes,
        entries=entries,
    )


def place_of(noun: str, key: str, *path: str | int) -> Place:
    """Give the place of a noun in findings, or of something in it."""
    return Place(file=f"{noun} {key}", path=path)


def finding(noun: str, key: str, code: str, *path: str | int, **params: Param) -> Finding:
    """Say what is wrong with a noun, at the field to which the path leads."""
    return Finding(
        place=place_of(noun, key, *path), said=sentence(f"{plural(noun)}.{code}", key=key, **params)
    )


def what_changed(before: Noun | None, after: Noun) -> dict[str, list[object]]:
    """Give what each field was and is, by its name; those of a part by `lines:KEY:field`."""
    return differences(_flat(before) if before is not None else {}, _flat(after))


def _flat(noun: Noun) -> dict[str, Any]:
    flat = {}
    for name, value in noun.as_said().items():
        part = noun.fields_said()[name].part
        if part is None:
            flat[name] = value
            continue
        key = part.KEY
        flat |= {
            f"{name}:{inner[key]}:{field}": item
            for inner in value
            for field, item in inner.items()
            if field != key
        }
    return flat
