"""Another database in the place of the site's own, for as long as something is looked at or tried there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections


@contextmanager
def standing_in(**settings: object) -> Iterator[None]:
    """Let everything in this thread that asks the database use one with these settings, and else the same ones."""
    own = connections["default"]
    other = type(own)({**own.settings_dict, **settings}, alias="default")
    connections["default"] = other
    try:
        yield
    finally:
        connections["default"] = own
        other.close()
