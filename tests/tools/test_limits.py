"""The numbers that the handbook promises are those that the code keeps."""

import pytest
from django.conf import settings

from pledgeline.actions import event_files, plan_inputs, plans, register
from pledgeline.exchange.workbook import package
from pledgeline.ledger.schema import fields
from pledgeline.money import parsing
from pledgeline.plan import read
from pledgeline.programme import findings, toml
from pledgeline.server import middleware
from pledgeline.web.guarantees import facts, scenario, told
from tests.tools.test_security import sections

LIMITS = {
    "an address with its question": [f"{middleware.LONGEST_QUERY:,} bytes"],
    "a request": [
        f"{middleware.LARGEST_REQUEST // 10**6} MB;",
        f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 10**6} MB and",
        f"{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} fields",
    ],
    "a file to plan from": [
        f"{plan_inputs.LARGEST_UPLOAD // 10**6} MB;",
        f"unpacked {package.MOST_UNPACKED // 2**20} MB",
        f"{package.MOST_PARTS:,} parts",
        f"{package.MOST_RATIO} times",
        f"{package.MOST_MARKUP:,} marks",
        f"{read.MOST_VALUES:,} values",
    ],
    "a file of events": [f"{event_files.MOST_BYTES // 1000} kB", f"{event_files.MOST_EVENTS:,} events"],
    "a text of an instrument or a scenario": [f"{register.LONGEST_TEXT:,} letters", f"{toml.DEEPEST} steps"],
    "a text of a scenario in an address": [f"{told.LONGEST_PACKED:,} letters", f"{told.LONGEST_UNPACKED:,}"],
    "findings of a file": [f"{findings.MOST_FINDINGS:,}"],
    "events of a scenario": [
        f"{told.MOST_QUESTIONS:,};",
        f"draws {scenario.MOST_DRAWN} duties",
        f"asks {facts.MOST_ASKED} facts",
    ],
    "a key of the books, and a note": [f"{fields.LONGEST_KEY} letters", f"{fields.LONGEST_NOTE:,} letters"],
    "an amount": [f"10^{len(str(parsing.LARGEST_MINOR)) - 1} minor units"],
    "jobs that wait": [f"programme {settings.JOBS_PER_PROGRAMME},", f"person {settings.JOBS_PER_PERSON} "],
    "what is uploaded and kept": [
        f"programme {settings.UPLOADS_MB_PER_PROGRAMME} MB",
        f"person {settings.UPLOADS_MB_PER_PERSON} MB",
    ],
    "memory of a job": [f"{settings.JOB_MEMORY_MB:,} MB"],
    "seconds for a plan": [f"{plans.LONGEST_BUDGET:,}"],
}


@pytest.mark.parametrize("what", LIMITS)
def test_a_limit_is_the_number_that_is_written_down(what: str):
    (row,) = [
        line
        for line in sections("docs/handbook/security.md")["limits"].splitlines()
        if line[2:].startswith(what)
    ]

    assert [] == [number for number in LIMITS[what] if number not in row]


def test_every_limit_that_is_written_down_is_looked_at():
    rows = [
        line for line in sections("docs/handbook/security.md")["limits"].splitlines() if line.startswith("| ")
    ]

    assert len(LIMITS) == len(rows) - 2
