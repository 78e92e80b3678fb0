"""A memory of bounded size for what was worked out once and is asked for again.

Nothing in it is ever out of date: a key names everything that the value depends on, so that what has changed is
asked for by another key. What nobody asks for any more makes room for what somebody does.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Value = TypeVar("Value")


class RecentValues:
    """Values by key, of which those asked for longest ago are let go; threads share it."""

    def __init__(self, most: int, size_of: Callable[[Any, Any], int] = lambda key, value: 1) -> None:
        """Keep values that together have a size of `most`: so many of them, unless `size_of` says otherwise."""
        self._most, self._size_of = most, size_of
        self._kept: OrderedDict[Hashable, _Once] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """Give what `compute` gives, computing it only the first time for this `key`.

        Threads that ask for the same key wait for the first one; other keys are not held up.
        A failure is not kept.
        """
        with self._lock:
            once = self._kept.setdefault(key, _Once())
            self._kept.move_to_end(key)
        try:
            value: Value = once.get(compute)
        except BaseException:
            self._let_go(key, once)
            raise
        self._keep(key, once)
        return value

    def _keep(self, key: Hashable, once: "_Once") -> None:
        with self._lock:
            if once.size is None and self._kept.get(key) is once:
                once.size = self._size_of(key, once.value)
                self._size += once.size
            while self._size > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._size -= oldest.size or 0

    def _let_go(self, key: Hashable, once: "_Once") -> None:
        with self._lock:
            if once.size is None and self._kept.get(key) is once:
                del self._kept[key]


class _Once:
    """A value that the first thread to ask computes; it has a size once the memory has counted it."""

    def __init__(self) -> None:
        self.value: Any = None
        self.size: int | None = None
        self._there = False
        self._lock = Lock()

    def get(self, compute: Callable[[], Any]) -> Any:
        if not self._there:
            with self._lock:
                if not self._there:
                    self.value = compute()
                    self._there = True
        return self.value
