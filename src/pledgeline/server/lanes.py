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

LONGEST_WAIT_SECONDS = 10
MOST_WAITING = 20
"""Units: dear requests of one process that wait."""


class TooBusy(Exception):
    """What was asked for is dear, and too much of it is under way."""


class Lanes:
    """The threads of one process."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
        self._dear = asyncio.Semaphore(DEAR_THREADS)
        self._waiting = 0

    async def run(self, work: Callable[[], T], *, is_dear: bool) -> T:
        """Do something in a thread.

        Raises:  TooBusy, where it is dear and its turn does not come soon.
        """
        loop = asyncio.get_running_loop()
        if not is_dear:
            return await loop.run_in_executor(self._threads, work)
        await self._turn()
        try:
            return await loop.run_in_executor(self._threads, work)
        finally:
            self._dear.release()

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
