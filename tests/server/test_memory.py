"""A process that serves pages may take so much memory, and what needs more is the request's that asks for it."""

import subprocess
import sys

import pytest

from pledgeline.server.memory import LEAST_MB, USUAL_MB, NoSuchLimit, megabytes

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


def test_the_setting_is_read_in_megabytes():
    assert (USUAL_MB, 0, 2_000) == (megabytes(""), megabytes("0"), megabytes("2000"))


@pytest.mark.parametrize("text", ["x", "-1", "1e3", "٣٠٠٠", str(LEAST_MB - 1), "9" * 5_000])
def test_a_setting_that_is_no_limit_is_said_in_one_line(text):
    with pytest.raises(NoSuchLimit, match=r"PLEDGELINE_WORKER_MEMORY_MB is .* write megabytes") as caught:
        megabytes(text)
    assert len(str(caught.value)) < 200


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not count what is written to")
@pytest.mark.parametrize(("limit", "expected"), [(500, "refused"), (0, "taken")])
def test_what_goes_beyond_it_is_refused_and_the_process_goes_on(limit, expected):
    said = subprocess.run(
        [sys.executable, "-c", TAKES.format(limit=limit)], stdout=subprocess.PIPE, text=True, check=True
    ).stdout

    assert f"{expected}\n" == said
