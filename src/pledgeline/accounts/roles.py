"""Where a role is had, and whoever needs none: who sits at the machine."""

from dataclasses import dataclass
from typing import Final

EVERYWHERE: Final = ""
"""Stands where a programme's slug would: the role is had for every programme."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Whoever sits at the machine: at its command line, or at the desk in a browser."""

    name: str = "this machine"  # no account can be called that: it holds a blank

    def get_username(self) -> str:
        return self.name


MACHINE: Final = Machine()
