"""How far a long command is, for whoever watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

from pledgeline.cli.printing import console


@contextmanager
def shown_steps() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each step of the work, where somebody watches; gives what has to be told how far it is."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(step: str, done: int, whole: int) -> None:
            if step not in tasks:
                for task in tasks.values():
                    bar.stop_task(task)
                tasks[step] = bar.add_task(step, total=None)
            bar.update(tasks[step], completed=done, total=whole if done else None)

        yield progress
