"""A process that serves pages may take so much memory, and what needs more is the request's that asks for it."""

import subprocess
import sys

import pytest

TAKES = """
from pledgeline.server.memory import limit_memory
limit_memory({limit})
small = bytearray(50_000_000)
try:
    large = bytearray(600_000_000)
except MemoryError:
    print("refused")
else:
    print("taken")
again = bytearray(50_000_000)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not count what is written to")
@pytest.mark.parametrize(("limit", "expected"), [(500, "refused"), (0, "taken")])
def test_what_goes_beyond_it_is_refused_and_the_process_goes_on(limit, expected):
    said = subprocess.run(
        [sys.executable, "-c", TAKES.format(limit=limit)], stdout=subprocess.PIPE, text=True, check=True
    ).stdout

    assert f"{expected}\n" == said
