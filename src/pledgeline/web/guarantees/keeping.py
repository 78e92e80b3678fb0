"""Where a written scenario goes: to the people of a programme under a short name, or into the address of its answer."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone

from pledgeline.actions.scenarios import may_write_scenario, write_scenario
from pledgeline.web.asked import visitor
from pledgeline.web.guarantees.asked import Room
from pledgeline.web.guarantees.told import LONGEST_PACKED, WRITTEN, AskedScenario, pack


class TooLongToCarry(ValueError):
    """A scenario that fits into no address."""


def may_change(request: HttpRequest, told: AskedScenario) -> bool:
    """Say whether an answer of this visitor becomes another version of the scenario."""
    version = told.version
    return version is not None and told.is_newest and may_write_scenario(visitor(request), version.programme)


def begun_for(request: HttpRequest, room: Room, text: str, *, programme: str, is_report: bool) -> str:
    """Keep a scenario that somebody wrote for a programme, and give its address; with no programme only the address.

    Raises:  TooLongToCarry; NotAllowed.
    """
    if not programme:
        return carried(room, text)
    version = write_scenario(
        key="",
        programme=programme,
        text=text,
        is_report=is_report,
        based_on=0,
        person=visitor(request),
        now=timezone.now(),
    )
    return room.at("scenario", version.key)


def changed(
    request: HttpRequest, room: Room, told: AskedScenario, text: str, *, left_open: Iterable[str]
) -> str:
    """Keep another version of a scenario of a programme, and give its address.

    Raises:  NotAllowed; Overtaken.
    """
    assert told.version is not None
    write_scenario(
        key=told.name,
        programme=told.version.programme,
        text=text,
        is_report=told.version.is_report,
        left_open=tuple(left_open),
        based_on=told.version.number,
        person=visitor(request),
        now=timezone.now(),
    )
    return room.at("scenario", told.name, **of_the_page(told))


def carried(
    room: Room, text: str, *, left_open: Iterable[str] = (), told: AskedScenario | None = None
) -> str:
    """Give the address that carries a scenario.

    Raises:  TooLongToCarry.
    """
    packed = pack(text)
    if len(packed) > LONGEST_PACKED:
        raise TooLongToCarry("the scenario is too long for an address")
    more = of_the_page(told) if told else {}
    return room.at("scenario", WRITTEN, s=packed, open=",".join(sorted(left_open)), **more)


def of_the_page(told: AskedScenario) -> dict[str, str]:
    """Give what a page was asked with and goes on with; a report goes on as of now."""
    kept = ("standing",) if told.is_report else ("at", "standing")
    return {name: value for name, value in told.parameters.items() if name in kept}
