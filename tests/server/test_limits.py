"""The page of limits says what holds."""

from pledgeline.server.limits import limits
from pledgeline.web import dear


def test_every_limit_says_what_happens_beyond():
    rows = [row for rows in limits().values() for row in rows]

    assert all(row.what and row.at_most and row.beyond for row in rows)
    assert len(rows) == len({row.what for row in rows})


def test_every_allowance_is_in_the_table():
    said = {row.what: row.at_most for row in limits()["A visitor, in a minute"]}

    assert {str(allowance.about): f"{allowance.per_minute:,}" for allowance in dear.ALL} == said


def test_a_few_of_them_as_they_are_known():
    """By hand, so that a slip of a power of ten in the table is seen."""
    said = {row.what: row.at_most for rows in limits().values() for row in rows}

    assert "21 MB" == said["a request with a file"]
    assert "20 MB" == said["the file"]
    assert "128 MB, 10,000 parts, 400 times its size" == said["a workbook, unpacked"]
    assert "20 seconds, and one more for each 16,000 bytes that came" == said["the time for a body to arrive"]
    assert "1 MB, 200 fields" == said["a form without a file"]
    assert "1,000 MB" == said["memory (`PLEDGELINE_WORKER_MEMORY_MB`)"]
