"""The site as `pledgeline up` serves it: a worker has a limit of memory, and ends when `up` is gone.

Killed without warning, `up` cannot end its workers, and they would hold the port against the next start: they have
a moment for what they are answering.
"""

import multiprocessing
import os
import signal
import threading
import time

from django.conf import settings

from pledgeline.server.asgi import application
from pledgeline.server.memory import limit_memory

__all__ = ["application"]

LOOK_EVERY_SECONDS = 0.1
GRACE_SECONDS = 0.5


def _parent() -> int:
    """Give the process that made this one: it may be gone by now, and then the parent is another."""
    made_by = multiprocessing.parent_process()
    return made_by.pid or 0 if made_by else os.getppid()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)


limit_memory(settings.WORKER_MEMORY_MB)
if os.name != "nt":  # there, a process never learns that its parent is gone
    threading.Thread(target=_end_with, args=(_parent(),), daemon=True).start()
