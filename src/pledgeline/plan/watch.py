"""How a planning run and whoever waits for it talk: the clock and the bell are on the outside.

The planner has no clock of its own. It says when a step begins and how far it is, and asks whether it
should stop; a terminal, a page or a test answers in its own way. What may take long asks often: there is
no work that only ends when it is done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Protocol
from weakref import finalize

GRACE_SECONDS = 1.0
"""How long what is owed at the end (a bound, who pays) may take after the time is over."""

_LISTEN_SECONDS = 0.05
"""How often somebody who waits for foreign code looks at the watch."""

_PATIENCE_SECONDS = 0.8
"""How long foreign code that was told to end may take for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProgress:
    """Where a plan stands: what is being settled, the best value so far, and its bound.

    Until a step `is_settled` its bound still comes down, or up where less is better.
    """

    step: str
    place: int
    of: int
    value: Fraction | None
    bound: float | None
    is_settled: bool


class Watch(Protocol):
    """Whoever waits for a plan: has the clock, may stop the work, is told how far it is."""

    def begin(self, step: str, share: Fraction) -> None:
        """Note that a step begins which may take `share` of the time that is left."""

    def should_stop(self) -> bool:
        """Say whether the step should end now with what it has."""

    def is_over(self) -> bool:
        """Say whether the whole work should end now: no further step begins."""

    def must_end(self) -> bool:
        """Say whether even what is owed at the end has had its time."""

    def tell(self, progress: PlanProgress) -> None:
        """Hear how far the work is."""


class Patience:
    """A watch that never stops anything."""

    def begin(self, step: str, share: Fraction) -> None: ...

    def should_stop(self) -> bool:
        return False

    def is_over(self) -> bool:
        return False

    def must_end(self) -> bool:
        return False

    def tell(self, progress: PlanProgress) -> None: ...


class Timekeeper(Patience):
    """A watch over a budget of seconds, which somebody may stop before its time.

    `clock` gives seconds that only go forwards. Without a budget only `stop` ends the work.
    """

    def __init__(self, seconds: float | None, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._stopped_at: float | None = None
        self._owed_until = clock()
        self.stop_wanted = Event()
        self.give(seconds)

    def give(self, seconds: float | None) -> None:
        """Begin to count a budget now."""
        self._end = None if seconds is None else self._clock() + seconds
        self._step_end = self._end

    def stop(self) -> None:
        """Note that somebody wants the end, budget or not."""
        if not self.stop_wanted.is_set():
            self._stopped_at = self._clock()
            self.stop_wanted.set()

    def begin(self, step: str, share: Fraction) -> None:
        now = self._clock()
        self._step_end = None if self._end is None else now + max(0.0, self._end - now) * float(share)

    def should_stop(self) -> bool:
        return self.stop_wanted.is_set() or (self._step_end is not None and self._clock() >= self._step_end)

    def is_over(self) -> bool:
        return self.stop_wanted.is_set() or (self._end is not None and self._clock() >= self._end)

    def must_end(self) -> bool:
        ends = [end for end in (self._end, self._stopped_at) if end is not None]
        return bool(ends) and self._clock() >= max(min(ends) + GRACE_SECONDS, self._owed_until)

    def allow(self, seconds: float) -> None:
        """Let what is owed next have at least so many seconds, however late it is."""
        self._owed_until = self._clock() + seconds


class Stopped(Exception):
    """A question that takes several plans was stopped before it had its answer."""


class HeardWork:
    """Runs foreign code in a thread of its own, so that signals and the watch are heard meanwhile."""

    def __init__(self) -> None:
        self._works: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._ends: SimpleQueue[BaseException | None] = SimpleQueue()
        Thread(target=_work_off, args=(self._works, self._ends), daemon=True).start()
        finalize(self, self._works.put, None)

    def run(self, work: Callable[[], object], stop: Callable[[], bool]) -> bool:
        """Wait for some work, and ask meanwhile whether it should stop.

        Means:   True when it ended. False when `stop` had said for a while that it should, and it did not: it
                 is left alone then, and neither its thread nor anything of it may be used again.
        Raises:  whatever the work raises.
        """
        self._works.put(work)
        patience = _PATIENCE_SECONDS
        while patience > 0:
            try:
                raised = self._ends.get(timeout=_LISTEN_SECONDS)
            except Empty:
                if stop():
                    patience -= _LISTEN_SECONDS
                continue
            if raised is not None:
                raise raised
            return True
        return False


def _work_off(
    works: "SimpleQueue[Callable[[], object] | None]", ends: "SimpleQueue[BaseException | None]"
) -> None:
    """Do one work after another until there is a None."""
    while (work := works.get()) is not None:
        try:
            work()
        except BaseException as error:  # whoever waits for it hears of it
            ends.put(error)
        else:
            ends.put(None)
