"""What a case expects, held against the books, figure by figure.

Every figure of a case is compared; one that is not understood is a finding and not a pass.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pledgeline.ledger import trace
from pledgeline.ledger.accounts import Account
from pledgeline.ledger.book import Books
from pledgeline.ledger.entries import Entry
from pledgeline.ledger.event_files import legible, not_compared
from pledgeline.ledger.refusals import Refusal
from pledgeline.ledger.schema.fields import said_of
from pledgeline.ledger.state import Balances
from pledgeline.programme.fields import Unreadable, day_in_field, read_moment, shown
from pledgeline.programme.findings import Finding
from pledgeline.programme.names import clean
from pledgeline.programme.sentences import Sentence, sentence

OK, REFUSED, REPLAY = RESULTS = ("ok", "refused", "replay")
ACCOUNTS = {account.value for account in Account}
BATCHES = ("batches", "batch")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOutcome:
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

    said: Sentence
    expected: str
    ours: str

    @property
    def what(self) -> str:
        """Name the figure."""
        return str(self.said)


class Comparing:
    """Holds the books against what a file expects, figure by figure."""

    def __init__(self, name: str, book: Books) -> None:
        self.name = name
        self.book = book
        self.compared = 0
        self.differences: list[Difference] = []
        self.findings: list[Finding] = []

    def figure(self, said: Sentence, expected: object, ours: object) -> None:
        self.compared += 1
        if type(expected) is not type(ours) or expected != ours:
            self.differences.append(Difference(said=said, expected=legible(expected), ours=str(ours)))

    def not_compared(self, where: str, said: Sentence) -> None:
        self.findings.append(not_compared(self.name, where, said))

    def outcomes(self, done: Sequence[EventOutcome], batch: str, expected: Mapping[str, object]) -> None:
        if not batch:
            for outcome in done:
                if expected:
                    said = sentence("events.figure.event", number=str(outcome.number), key=outcome.key)
                    self.figure(said, next(iter(expected)), outcome.result)
            return
        self.counts(f"batch {batch}", _batch(batch), expected, done)

    def counts(
        self, where: str, whole: Sentence, expected: Mapping[str, object], done: Sequence[EventOutcome]
    ) -> None:
        """Compare how many of the events of a file or a batch became what."""
        counted = Counter(outcome.result for outcome in done)
        for result in expected:
            if result in RESULTS:
                said = sentence("events.figure.outcomes", whole=whole, result=result)
                self.figure(said, expected[result], counted[result])
            else:
                unknown = sentence("events.not-compared.no-outcome", result=legible(result))
                self.not_compared(f"{where}.{result}", unknown)

    def expected(self, expected: Mapping[str, object], outcomes: Sequence[EventOutcome]) -> None:
        for section, wanted in expected.items():
            if isinstance(wanted, list) and section not in BATCHES:
                for number, item in enumerate(wanted):
                    self._one(f"{section}[{number}]"[:80], item)
            elif section in ("counts", "outcomes", "events") and isinstance(wanted, dict):
                self.counts("all events", sentence("events.figure.all-events"), wanted, outcomes)
            elif section in BATCHES:
                self._batches(wanted, outcomes)
            elif section in ("entries", "transactions", "log_size", "size") and type(wanted) is int:
                self.figure(sentence("events.figure.entries"), wanted, len(self.book))
            elif not (isinstance(wanted, str) and section in ("note", "title")):
                self.not_compared(section, sentence("events.not-compared.no-section"))

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
            self.not_compared(where, sentence("events.not-compared.no-item", names=", ".join(readers)))
            return
        try:
            for read in found:
                read(where, item, self._state_for(item))
        except Unreadable as problem:
            self.not_compared(where, sentence("events.not-compared.unreadable", why=said_of(problem)))

    def _state_for(self, item: Mapping[str, object]) -> Balances:
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

    def _batches(self, wanted: object, outcomes: Sequence[EventOutcome]) -> None:
        if isinstance(wanted, dict):
            named = list(wanted.items())
        elif isinstance(wanted, list):
            named = [(batch.get("batch"), batch) for batch in wanted if isinstance(batch, dict)]
        else:
            named = []
        if not named:
            self.not_compared("batches", sentence("events.not-compared.no-batch-named"))
        for label, counts in named:
            done = [outcome for outcome in outcomes if outcome.batch == legible(label)]
            if not isinstance(counts, dict) or not done:
                self.not_compared(f"batches.{label}", sentence("events.not-compared.no-such-batch"))
                continue
            wanted_of_it = {name: number for name, number in counts.items() if name != "batch"}
            self.counts(f"batch {label}", _batch(label), wanted_of_it, done)

    def _stages(self, where: str, item: Mapping[str, object], state: Balances) -> None:
        stages = item.get("stages")
        if not isinstance(stages, dict):
            self.not_compared(where, sentence("events.not-compared.no-stages"))
            return
        filters = ("contribution", "currency", "line", "lot")
        currencies = {
            spot.currency for spot in state.money() if spot.contribution == _named(item, "contribution")
        }
        if "currency" not in item and len(currencies) > 1:
            self.not_compared(where, sentence("events.not-compared.no-currency"))
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
        who = legible(" ".join(str(item[name]) for name in (*filters, "partner") if item.get(name)))
        for stage, figure in stages.items():
            if stage in ACCOUNTS:
                self.figure(_balance(item, where=where, who=who, stage=stage), figure, sums[stage])
            else:
                self.not_compared(f"{where}.{stage}"[:60], sentence("events.not-compared.no-such-stage"))

    def _shares_of_lot(self, where: str, item: Mapping[str, object], state: Balances) -> None:
        self._trace(
            where, item, "lot", item["by_contribution"], trace.of_lot(state, str(_named(item, "lot")))
        )

    def _lots_of_contribution(self, where: str, item: Mapping[str, object], state: Balances) -> None:
        found = trace.of_contribution(state, str(_named(item, "contribution")))
        self._trace(where, item, "contribution", item["by_lot"], found)

    def _trace(
        self,
        where: str,
        item: Mapping[str, object],
        subject: str,
        wanted: object,
        found: Mapping[str, Mapping[str, int]],
    ) -> None:
        if not isinstance(wanted, dict) or subject not in item:
            self.not_compared(where, sentence("events.not-compared.no-shares", subject=subject))
            return
        if "currency" not in item and len(found) > 1:
            self.not_compared(where, sentence("events.not-compared.no-currency"))
            return
        ours = found.get(str(item["currency"]), {}) if "currency" in item else next(iter(found.values()), {})
        traced = sentence("events.figure.trace", where=where, of=legible(item[subject]))
        self._mapping(traced, wanted, ours)

    def _units(self, where: str, item: Mapping[str, object], state: Balances) -> None:
        lot, wanted = _named(item, "lot"), item.get("units")
        if not isinstance(lot, str) or not isinstance(wanted, list):
            self.not_compared(where, sentence("events.not-compared.no-units"))
            return
        ours = list(trace.units_of(state, lot))
        units = sentence("events.figure.units", where=where, lot=legible(lot))
        self.figure(units, len(wanted), len(ours))
        for number, (expected, other) in enumerate(zip(wanted, ours, strict=False), start=1):
            if isinstance(expected, dict):
                unit = sentence("events.figure.unit", where=where, number=str(number), lot=legible(lot))
                self._mapping(unit, expected, other)
            else:
                at = f"{where}.units[{number - 1}]"
                self.not_compared(at, sentence("events.not-compared.no-object"))

    def _mapping(self, whole: Sentence, wanted: Mapping[str, object], ours: Mapping[str, int]) -> None:
        """Compare every figure of both; who is missing has nothing."""
        wanted = {clean(name): figure for name, figure in wanted.items()}
        for name in sorted({*wanted, *ours}):
            said = sentence("events.figure.part", whole=whole, of=legible(name))
            self.figure(said, wanted.get(name, 0), ours.get(name, 0))


def _batch(name: object) -> Sentence:
    return sentence("events.figure.batch", batch=legible(name))


def _balance(item: Mapping[str, object], **place: str) -> Sentence:
    """Name a balance: where it is expected, whose it is, and of which days."""
    as_of, known = _first(item, "effective_on", "as_of"), _first(item, "recorded_at", "known_on")
    if as_of is not None and known is not None:
        return sentence(
            "events.figure.balance.as-of-known", as_of=legible(as_of), known=legible(known), **place
        )
    if as_of is not None:
        return sentence("events.figure.balance.as-of", as_of=legible(as_of), **place)
    if known is not None:
        return sentence("events.figure.balance.known", known=legible(known), **place)
    return sentence("events.figure.balance", **place)


def _named(item: Mapping[str, object], name: str) -> object:
    """Give a key of an item as the books keep it."""
    value = item.get(name)
    return clean(value) if isinstance(value, str) else value


def _first(item: Mapping[str, object], *names: str) -> object:
    return next((item[name] for name in names if item.get(name) is not None), None)


def _is_day(value: object) -> bool:
    return isinstance(value, str) and len(value) == len("2025-12-31")


def _day(value: object) -> date | None:
    return None if value is None else day_in_field(value)


def _moment(value: object) -> datetime | None:
    return None if value is None else read_moment(value)
