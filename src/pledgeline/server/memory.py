"""How much memory a process that serves pages may take: what needs more is one visitor's, not the machine's.

Counted is what the process may write to (RLIMIT_DATA of Linux), as addresses that are only reserved cost nothing.
Beyond it, Python raises MemoryError in the request that asks for too much; the others go on.
"""

import sys

USUAL_MB = 1_000
"""Units: megabytes. A fresh process takes some 200, and the largest page with a large record in memory 500."""

LEAST_MB = 300


class NoSuchLimit(ValueError):
    """The setting cannot be used; the message says why, in one line."""


def megabytes(text: str) -> int:
    """Read the setting; 0 means no limit.

    Raises:  NoSuchLimit.
    """
    if not text:
        return USUAL_MB
    if not (text.isascii() and text.isdecimal() and len(text) < 8) or 0 < int(text) < LEAST_MB:
        raise NoSuchLimit(
            f"PLEDGELINE_WORKER_MEMORY_MB is “{text[:20]}”: write megabytes, {LEAST_MB} at least, or 0 for no limit"
        )
    return int(text)


def limit_memory(limit_mb: int) -> None:
    """Bound what this process may take from now on; nothing where the system cannot, or 0 is asked for."""
    if sys.platform != "linux" or not limit_mb:
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = limit_mb * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard < 0 else min(wanted, hard), hard))
