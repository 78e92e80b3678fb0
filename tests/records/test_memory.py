"""What is kept: once for each key, no more than there is room for, and nothing of what failed."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pledgeline.records.memory import RecentValues


def text_memory(most: int) -> RecentValues:
    return RecentValues(most, size_of=lambda key, value: len(value))


def kept_of(memory: RecentValues, keys: str) -> str:
    """Give those of the keys whose values are kept, without taking a new one in."""

    def not_kept() -> str:
        raise LookupError

    found = ""
    for key in keys:
        try:
            memory.get(key, not_kept)
            found += key
        except LookupError:
            pass
    return found


def test_what_is_asked_for_longest_ago_makes_room():
    """Room for ten: a, b and c of three each; a is asked for again, so that d takes the place of b."""
    memory = text_memory(10)
    for key in "abcad":
        memory.get(key, lambda: "xxx")

    assert "acd" == kept_of(memory, "abcd")


def test_a_large_value_makes_room_of_several_and_one_too_large_is_given_and_not_kept():
    memory = text_memory(10)
    for key in "abc":
        memory.get(key, lambda: "xxx")

    assert "x" * 8 == memory.get("d", lambda: "x" * 8)
    assert "d" == kept_of(memory, "abcd")
    assert "x" * 11 == memory.get("e", lambda: "x" * 11)
    assert "" == kept_of(memory, "abcde")


def test_what_failed_is_not_kept_and_takes_no_room():
    memory = RecentValues(2)
    memory.get("a", lambda: 1)
    for number in range(50):
        with pytest.raises(ZeroDivisionError):
            memory.get(number, lambda: 1 // 0)

    assert "a" == kept_of(memory, "a")
    assert 1 == len(memory._kept)


def test_those_who_waited_for_a_failure_try_for_themselves_and_keep_what_came_of_it():
    """Eight ask at once; the first fails, the second succeeds, the others are given what it made."""
    memory, gate, tries = RecentValues(5), threading.Barrier(8), []

    def once_bad() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise ZeroDivisionError
        return "good"

    def ask() -> str:
        gate.wait()
        try:
            return memory.get("key", once_bad)
        except ZeroDivisionError:
            return "failed"

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(future.result() for future in [pool.submit(ask) for _ in range(8)])

    assert ["failed", *["good"] * 7] == answers


def test_another_key_is_not_held_up_by_one_that_is_being_computed():
    memory, begun, go_on = RecentValues(5), threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert go_on.wait(10)
        return "slow"

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: memory.get("slow", slow))
        assert begun.wait(10)
        assert "fast" == memory.get("fast", lambda: "fast")
        go_on.set()
        assert "slow" == waiting.result()
