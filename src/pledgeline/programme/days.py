"""Read days: ISO 8601, as files and addresses write them.

`3/4/2025` is March to one reader and April to another; a day that is written so is refused and
never guessed.
"""

import re
from datetime import date

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


def read_day(text: str) -> date:
    """Read a day that is written as `2025-08-04`.

    Raises:  ValueError for anything else, also for a day that no calendar has.

    >>> read_day("2025-08-04")
    datetime.date(2025, 8, 4)
    """
    if not _DAY.fullmatch(text):
        raise ValueError(f"“{text[:40]}” is not a day written as 2025-08-04")
    return date.fromisoformat(text)


def read_month(text: str) -> date:
    """Read a month that is written as `2025-08`; its first day stands for it.

    Raises:  ValueError for anything else.

    >>> read_month("2025-08")
    datetime.date(2025, 8, 1)
    """
    if not _MONTH.fullmatch(text):
        raise ValueError(f"“{text[:40]}” is not a month written as 2025-08")
    return date.fromisoformat(f"{text}-01")
