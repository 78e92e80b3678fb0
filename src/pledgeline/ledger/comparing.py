"""What a case expects, held against the books, figure by figure.

Every figure of a case is compared; one that is not understood is a finding and not a pass.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pledgeline.ledger import trace
from pledgeline.ledger.accounts import Account
from pledgeline.ledger.book import Books
from pledgeline.ledger.entries import Entry
from pledgeline.ledger.event_files import legible, not_compared
from pledgeline.ledger.refusals import Refusal
from pledgeline.ledger.schema.fields import Unreadable, read_event_day, read_moment, shown
from pledgeline.ledger.state import State
from pledgeline.programme.findings import Finding
from pledgeline.programme.names import clean
from pledgeline.programme.sentences import Param, sentence

OK, REFUSED, REPLAY = RESULTS = ("ok", "refused", "replay")
ACCOUNTS = {account.value for account in Account}
BATCHES = ("batches", "batch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one event. `number` counts the events from 1, as the file has them; `place` is its pointer."""

    number: int
    key: str
    kind: str
    result: str
    entry: Entry | None = None
    refusal: Refusal | None = None
    expected: str = ""
    batch: str = ""
    place: str = ""

    @property
    def faults(self) -> list[tuple[str, Refusal]]:
        """Give every fault of a refused event, each with its place in the file as a JSON pointer."""
        return [(f"{self.place}{fault.at}", fault) for fault in (self.refusal.faults if self.refusal else ())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure of the case that the books do not give."""

    what: str
    expected: str
    ours: str


class Comparing:
    """Holds the books against what a file expects, figure by figure."""

    def __init__(self, name: str, book: Books) -> None:
        self.name = name
        self.book = book
        self.compared = 0
        self.differences: list[Difference] = []
        self.findings: list[Finding] = []

    def figure(self, what: str, expected: object, ours: object) -> None:
        self.compared += 1
        if type(expected) is not type(ours) or expected != ours:
            self.differences.append(
                Difference(what=legible(what), expected=legible(expected), ours=str(ours))
            )

    def not_compared(self, where: str, code: str, /, **params: Param) -> None:
        """Note what is not understood: a case of the catalogue."""
        said = sentence(f"events.not-compared.{code}", **params)
        self.findings.append(not_compared(self.name, where, said))

    def outcomes(self, done: Sequence[Outcome], batch: str, expected: Mapping[str, Any]) -> None:
        if not batch:
            for outcome in done:
                if expected:
                    self.figure(
                        f"event {outcome.number} ({outcome.key})", next(iter(expected)), outcome.result
                    )
            return
        self.counts(f"batch {batch}", expected, done)

    def counts(self, what: str, expected: Mapping[str, Any], done: Sequence[Outcome]) -> None:
        counted = Counter(outcome.result for outcome in done)
        for result in expected:
            if result in RESULTS:
                self.figure(f"{what}: {result}", expected[result], counted[result])
            else:
                self.not_compared(f"{what}.{result}", "no-outcome", result=legible(result))

    def expected(self, expected: Mapping[str, Any], outcomes: Sequence[Outcome]) -> None:
        for section, wanted in expected.items():
            if isinstance(wanted, list) and section not in BATCHES:
                for number, item in enumerate(wanted):
                    self._one(f"{section}[{number}]"[:80], item)
            elif section in ("counts", "outcomes", "events") and isinstance(wanted, dict):
                self.counts("all events", wanted, outcomes)
            elif section in BATCHES:
                self._batches(wanted, outcomes)
            elif section in ("entries", "transactions", "log_size", "size") and type(wanted) is int:
                self.figure("number of entries", wanted, len(self.book))
            elif not (isinstance(wanted, str) and section in ("note", "title")):
                self.not_compared(section, "no-section")

    def _one(self, where: str, item: object) -> None:
        """Compare one item of a list; what it holds says what is asked: stages, a trace, or units."""
        readers = {
            "stages": self._stages,
            "by_contribution": self._shares_of_lot,
            "by_lot": self._lots_of_contribution,
            "units": self._units,
        }
        found = [read for name, read in readers.items() if isinstance(item, dict) and name in item]
        if not isinstance(item, dict) or not found:
            self.not_compared(where, "no-item", names=", ".join(readers))
            return
        try:
            for read in found:
                read(where, item, self._state_for(item))
        except Unreadable as problem:
            self.not_compared(where, "unreadable", why=problem.said)

    def _state_for(self, item: Mapping[str, Any]) -> State:
        """Give the books as of the day, and as known then, that an item says.

        Raises:  Unreadable.
        """
        known_on = _first(item, "recorded_at", "known_on")
        position = item.get("position")
        if position is not None and type(position) is not int:
            raise Unreadable("not-a-whole-number.text", text=shown(position))
        return self.book.state_at(
            as_of=_day(_first(item, "effective_on", "as_of")),
            known_on=_day(known_on) if _is_day(known_on) else _moment(known_on),
            position=position,
        )

    def _batches(self, wanted: object, outcomes: Sequence[Outcome]) -> None:
        if isinstance(wanted, dict):
            named = list(wanted.items())
        elif isinstance(wanted, list):
            named = [(each.get("batch"), each) for each in wanted if isinstance(each, dict)]
        else:
            named = []
        if not named:
            self.not_compared("batches", "no-batch-named")
        for label, counts in named:
            done = [outcome for outcome in outcomes if outcome.batch == legible(label)]
            if not isinstance(counts, dict) or not done:
                self.not_compared(f"batches.{label}", "no-such-batch")
                continue
            self.counts(f"batch {label}", {k: v for k, v in counts.items() if k != "batch"}, done)

    def _stages(self, where: str, item: Mapping[str, Any], state: State) -> None:
        stages = item.get("stages")
        if not isinstance(stages, dict):
            self.not_compared(where, "no-stages")
            return
        filters = ("contribution", "currency", "line", "lot")
        currencies = {
            spot.currency for spot in state.money() if spot.contribution == _named(item, "contribution")
        }
        if "currency" not in item and len(currencies) > 1:
            self.not_compared(where, "no-currency")
            return
        partner = _named(item, "partner") if "contribution" not in item else None
        owners = state.contributions()
        sums: Counter[str] = Counter()
        for spot, minor in state.money().items():
            if all(_named(item, name) in (None, getattr(spot, name)) for name in filters) and partner in (
                None,
                owners.get(spot.contribution),
            ):
                sums[spot.account.value] += minor
        who = " ".join(str(item[name]) for name in (*filters, "partner") if item.get(name))
        when = "".join(
            f", {word} {item[name]}"
            for name, word in (
                ("effective_on", "as of"),
                ("as_of", "as of"),
                ("recorded_at", "known"),
                ("known_on", "known"),
            )
            if name in item
        )
        for stage, figure in stages.items():
            if stage in ACCOUNTS:
                self.figure(f"{where}: {who}, {stage}{when}", figure, sums[stage])
            else:
                self.not_compared(f"{where}.{stage}"[:60], "no-such-stage")

    def _shares_of_lot(self, where: str, item: Mapping[str, Any], state: State) -> None:
        self._trace(
            where, item, "lot", item["by_contribution"], trace.of_lot(state, str(_named(item, "lot")))
        )

    def _lots_of_contribution(self, where: str, item: Mapping[str, Any], state: State) -> None:
        found = trace.of_contribution(state, str(_named(item, "contribution")))
        self._trace(where, item, "contribution", item["by_lot"], found)

    def _trace(
        self,
        where: str,
        item: Mapping[str, Any],
        subject: str,
        wanted: object,
        found: Mapping[str, Mapping[str, int]],
    ) -> None:
        if not isinstance(wanted, dict) or subject not in item:
            self.not_compared(where, "no-shares", subject=subject)
            return
        if "currency" not in item and len(found) > 1:
            self.not_compared(where, "no-currency")
            return
        ours = found.get(item["currency"], {}) if "currency" in item else next(iter(found.values()), {})
        self._mapping(f"{where}: {item[subject]}", wanted, ours)

    def _units(self, where: str, item: Mapping[str, Any], state: State) -> None:
        lot, wanted = _named(item, "lot"), item.get("units")
        if not isinstance(lot, str) or not isinstance(wanted, list):
            self.not_compared(where, "no-units")
            return
        ours = list(trace.units_of(state, lot))
        self.figure(f"{where}: units of {lot}", len(wanted), len(ours))
        for number, (one, other) in enumerate(zip(wanted, ours, strict=False), start=1):
            if isinstance(one, dict):
                self._mapping(f"{where}: unit {number} of {lot}", one, other)
            else:
                self.not_compared(f"{where}.units[{number - 1}]", "no-object")

    def _mapping(self, what: str, wanted: Mapping[str, Any], ours: Mapping[str, int]) -> None:
        """Compare every figure of both; who is missing has nothing."""
        wanted = {clean(name): figure for name, figure in wanted.items()}
        for name in sorted({*wanted, *ours}):
            self.figure(f"{what}, {name}", wanted.get(name, 0), ours.get(name, 0))


def _named(item: Mapping[str, Any], name: str) -> Any:
    """Give a key of an item as the books keep it."""
    value = item.get(name)
    return clean(value) if isinstance(value, str) else value


def _first(item: Mapping[str, Any], *names: str) -> Any:
    return next((item[name] for name in names if item.get(name) is not None), None)


def _is_day(value: object) -> bool:
    return isinstance(value, str) and len(value) == len("2025-12-31")


def _day(value: object) -> date | None:
    return None if value is None else read_event_day(value)


def _moment(value: object) -> datetime | None:
    return None if value is None else read_moment(value)
