"""The threads of a process, and which of them may be taken by what is dear.

A scenario, an export or an upload takes a second of a core where a page takes a hundredth. Two of them at a time may
hold a thread; the others wait where waiting costs none, and after a while are told to come back.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

THREADS = 4
DEAR_THREADS = 2

HEALTH = frozenset({"/healthz", "/readyz"})
"""What watches the site asks for these, and would take a site that is only busy for one that is dead: they have a
thread of their own.
"""

LONGEST_WAIT_SECONDS = 10
MOST_WAITING = 20
"""Units: dear requests of one process that wait."""


class TooBusy(Exception):
    """What was asked for is dear, and too much of it is under way."""


class Lanes:
    """The threads of one process."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
        self._health = ThreadPoolExecutor(1, thread_name_prefix="health")
        self._dear = asyncio.Semaphore(DEAR_THREADS)
        self._waiting = 0
        self.under_way = 0

    async def run(self, work: Callable[[], T], *, path: str, is_dear: bool) -> T:
        """Do what was asked for at an address, in a thread.

        Raises:  TooBusy, where it is dear and its turn does not come soon.
        """
        if path in HEALTH:
            return await asyncio.get_running_loop().run_in_executor(self._health, work)
        if not is_dear:
            return await self._in_a_thread(work)
        await self._turn()
        try:
            return await self._in_a_thread(work)
        finally:
            self._dear.release()

    async def _in_a_thread(self, work: Callable[[], T]) -> T:
        self.under_way += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self.under_way -= 1

    async def _turn(self) -> None:
        if self._waiting >= MOST_WAITING:
            raise TooBusy
        self._waiting += 1
        try:
            async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                await self._dear.acquire()
        except TimeoutError:
            raise TooBusy from None
        finally:
            self._waiting -= 1
