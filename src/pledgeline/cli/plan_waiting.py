"""How the command line waits for a plan: its clock, Ctrl-C, and the line that says how far it is."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from math import isfinite
from types import FrameType

from rich.console import Console
from rich.text import Text

from pledgeline.cli.printing import stop
from pledgeline.plan import CannotPlan, Plan, Progress


class Clock:
    """Gives each step its share of the time that is left, and hears Ctrl-C."""

    def __init__(self, seconds: float | None, quiet: bool) -> None:
        self.end = None if seconds is None else time.monotonic() + seconds
        self.step_end = self.end
        self.step, self.so_far, self.began, self.shown = "", "", time.monotonic(), -1
        self.was_interrupted = False
        self.quiet = quiet or not sys.stderr.isatty()
        self.console = Console(stderr=True, highlight=False)

    def begin(self, step: str, share: Fraction) -> None:
        now = time.monotonic()
        self.step_end = None if self.end is None else now + max(0.0, self.end - now) * float(share)
        self.step, self.so_far, self.began, self.shown = step, "", now, -1
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
        return self.was_interrupted or (self.step_end is not None and time.monotonic() >= self.step_end)

    def is_over(self) -> bool:
        return self.was_interrupted or (self.end is not None and time.monotonic() >= self.end)

    def tell(self, progress: Progress) -> None:
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
    """Let Ctrl-C stop the search the first time, and the command the second."""
    clock = Clock(seconds, quiet)

    def hear(number: int, frame: FrameType | None) -> None:
        if clock.was_interrupted:
            raise KeyboardInterrupt
        clock.was_interrupted = True

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
    why = "Ctrl-C" if clock.was_interrupted else f"the budget of {budget:g} seconds"
    return replace(
        made,
        budget=made.budget if budget is None else f"{budget:g} seconds",
        notes=(*made.notes, f"Stopped by {why}."),
    )
