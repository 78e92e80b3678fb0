"""How many examples Hypothesis tries of a property: a few in each run, other ones every time.

`do.py torture examples` tries a hundred times as many.
"""

import os

from hypothesis import settings

TIMES = int(os.environ.get("PLEDGELINE_EXAMPLES", "1"))


def examples(few: int) -> int:
    """Give how many are tried where so many are a few."""
    return few * TIMES


def try_a_few() -> None:
    """Try a few of each property that does not say how many it needs."""
    settings.register_profile("pledgeline", max_examples=examples(25))
    settings.load_profile("pledgeline")
