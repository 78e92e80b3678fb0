"""How much memory a process that serves pages may take: what needs more is one visitor's, not the machine's.

Counted is what the process may write to (RLIMIT_DATA of Linux), as addresses that are only reserved cost nothing.
Beyond it, Python raises MemoryError in the request that asks for too much; the others go on. A fresh process takes
some 200 megabytes.
"""

import sys


def limit_memory(megabytes: int) -> None:
    """Bound what this process may take from now on; 0 means no limit, and so does a system that has none."""
    if sys.platform != "linux" or not megabytes:
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard < 0 else min(wanted, hard), hard))
