"""How the command line waits for a plan: its clock, Ctrl-C, and the line that says how far it is."""

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from math import isfinite
from types import FrameType

from rich.console import Console
from rich.text import Text

from pledgeline.cli.printing import stop
from pledgeline.plan import (
    CannotPlan,
    Explanation,
    Plan,
    PlanFigures,
    PlanProgress,
    Policy,
    Problem,
    Stopped,
    Timekeeper,
    plan,
)
from pledgeline.programme.sentences import sentence


class Clock(Timekeeper):
    """Gives each step its share of the time that is left, hears Ctrl-C, and says how far the work is."""

    def __init__(self, seconds: float | None, quiet: bool) -> None:
        super().__init__(seconds, time.monotonic)
        self.step, self.so_far, self.began, self.shown = "", "", time.monotonic(), -1
        self.quiet = quiet or not sys.stderr.isatty()
        self.console = Console(stderr=True, highlight=False)

    def begin(self, step: str, share: Fraction) -> None:
        super().begin(step, share)
        self.step, self.so_far, self.began, self.shown = step, "", time.monotonic(), -1
        self._show()

    def _show(self) -> None:
        """Say on a terminal which step is under way, for how many seconds, and how far it is."""
        seconds = int(time.monotonic() - self.began)
        if not self.quiet and seconds != self.shown:
            self.shown = seconds
            said = f"  {self.step} … {seconds} s{self.so_far} "
            self.console.print(Text(said, style="dim"), end="\r", no_wrap=True, overflow="crop")

    def should_stop(self) -> bool:
        self._show()
        return super().should_stop()

    def tell(self, progress: PlanProgress) -> None:
        if self.quiet:
            return
        value = "" if progress.value is None else f"{float(progress.value):,.6g}"
        is_bounded = progress.bound is not None and isfinite(progress.bound)
        limit = f"bound {progress.bound:,.6g}" if is_bounded else "no bound"
        if not progress.is_settled:
            self.so_far = f" · best so far {value}, {limit}"
            return
        said = f"  {progress.place + 1}/{progress.of} {progress.step}: best so far {value}, {limit}"
        self.console.print(Text(said.ljust(self.console.width - 1)))


@contextmanager
def waiting(seconds: float | None, *, quiet: bool) -> Iterator[Clock]:
    """Let Ctrl-C end the search the first time, and the command the second."""
    clock = Clock(seconds, quiet)

    def hear(number: int, frame: FrameType | None) -> None:
        if clock.stop_wanted.is_set():
            raise KeyboardInterrupt
        clock.stop()

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield clock
    except CannotPlan as error:
        stop(str(error))
    finally:
        signal.signal(signal.SIGINT, before)


def as_stopped(made: Plan, clock: Clock, budget: float | None) -> Plan:
    if not made.interrupted:
        return made
    why = (
        sentence("plan.note.stopped.by-key")
        if clock.stop_wanted.is_set()
        else sentence("plan.note.stopped.by-budget", seconds=f"{budget:g}")
    )
    return replace(
        made,
        budget=made.budget if budget is None else f"{budget:g} seconds",
        notes=(*made.notes, why),
    )


def as_far_as_explained(problem: Problem, made: Plan, reasons: Sequence[Explanation]) -> Plan:
    """Say in the plan how many lines wait without a reason, because the time ended before it was looked for."""
    missing = len(PlanFigures(problem=problem, plan=made).waiting) - len(reasons)
    if not missing:
        return made
    return replace(made, notes=(*made.notes, sentence("plan.note.unexplained", lines=missing)))


def replanning(policy: Policy, clock: Clock) -> Callable[[Problem], Plan]:
    """Give what plans changed problems while there is time; it raises `Stopped` where that ended."""

    def replan(changed: Problem) -> Plan:
        if clock.is_over():
            raise Stopped
        made = plan(changed, policy, watch=clock)
        if clock.is_over():
            raise Stopped
        return made

    return replan
