"""The roles that a person can have, and whoever needs none: who sits at the machine."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a person is to a programme, or to all. The words are what `people add --role` takes."""

    READER = "reader"
    PLANNER = "planner"
    BOOKKEEPER = "bookkeeper"
    REGISTER_EDITOR = "register-editor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


EVERYWHERE: Final = ""
"""Stands where a programme's slug would: the role is had for every programme."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Whoever sits at the machine: at its command line, or at the desk in a browser."""

    name: str = "this machine"  # no account can be called that: it holds a blank

    def get_username(self) -> str:
        return self.name


MACHINE: Final = Machine()
