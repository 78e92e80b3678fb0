"""The worker that `up` starts beside the site: started again when it dies, and ended with the site."""

import os
import subprocess
import sys
import threading
import time

import typer

PAUSE_SECONDS = 5.0
"""One that ended soon after it began is started again after so long."""

GRACE_SECONDS = 10.0

FIRST_WAIT_SECONDS = 60.0
"""So long at most the first one waits for the site to answer."""


class WorkerBeside:
    """A worker in a process of its own. It sees for itself when the process that started it is gone.

    The first one begins after the site has answered: two that start at once hold each other up, and people wait.
    """

    def __init__(self, begins_after: threading.Event) -> None:
        self._begins_after = begins_after
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ending = threading.Event()
        self._thread = threading.Thread(target=self._keep_one, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """End it: what it does is handed back, and begun again by the next one."""
        self._is_ending.set()
        self._thread.join(timeout=1)
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _keep_one(self) -> None:
        command = [sys.executable, "-m", "pledgeline", "worker", "--parent", str(os.getpid())]
        until = time.monotonic() + FIRST_WAIT_SECONDS
        while not self._begins_after.wait(0.2) and time.monotonic() < until:
            if self._is_ending.is_set():
                return
        while not self._is_ending.is_set():
            began = time.monotonic()
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
            while self._process.poll() is None:
                if self._is_ending.wait(0.2):
                    return
            typer.echo("The worker that does what waits in the queue has ended. Starting another.", err=True)
            if time.monotonic() - began < PAUSE_SECONDS:
                self._is_ending.wait(PAUSE_SECONDS)
