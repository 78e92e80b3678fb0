"""`pledgeline audit`: what was done, in the terminal and as lines for programs."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from typer.testing import CliRunner

from pledgeline import cli
from pledgeline.audit import trail
from pledgeline.audit.acts import Actor, AuditAct
from pledgeline.audit.callers import Caller, called_by

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def story():
    """Three acts of ada, one each day, the last one refused."""
    caller = Caller(kind=Actor.PERSON, number=1, name="ada", address="192.0.2.1")
    with time_machine.travel(NOON, tick=False) as clock, called_by(lambda: caller):
        trail.record(AuditAct.PLAN_ASKED, "plan", "p-1", programme="harbour")
        clock.shift(timedelta(days=1))
        trail.record(AuditAct.PLAN_DELETED, "plan", "p-1", programme="harbour", name="Зима")
        clock.shift(timedelta(days=1))
        trail.refused(AuditAct.PLAN_ASKED, "plan", "", code="not-now", programme="harbour")


def run(*words):
    return CliRunner().invoke(cli.app, ["audit", *words])


def lines(*words):
    return [json.loads(line) for line in run("--person", "ada", "--json-lines", *words).stdout.splitlines()]


def test_acts_are_printed_for_people_the_newest_last():
    said = run("--person", "ada")

    assert said.exit_code == 0
    heading, *rows = said.stdout.splitlines()
    assert heading.split() == "when (UTC) who what on what programme outcome from where".split()
    assert [" ".join(row.split()) for row in rows] == [
        "2026-03-01 12:00:00 ada Ask for a plan plan p-1 harbour done 192.0.2.1",
        "2026-03-02 12:00:00 ada Delete a plan plan p-1 harbour done 192.0.2.1",
        "2026-03-03 12:00:00 ada Ask for a plan plan harbour refused not-now 192.0.2.1",
    ]


def test_lines_of_json_hold_everything_the_oldest_first():
    first, second, _third = lines()

    assert first["act"] == "plan-asked"
    assert {name: second[name] for name in second if name not in ("id", "request")} == {
        "at": "2026-03-02T12:00:00.000Z", "actor": "person", "person": "ada", "person_number": 1,
        "act": "plan-deleted", "noun": "plan", "ref": "p-1", "programme": "harbour", "outcome": "done", "code": "",
        "address": "192.0.2.1", "details": {"name": "Зима"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--act", "plan-deleted"], [2]),
        (["--since", "2026-03-02"], [2, 3]),
        (["--until", "2026-03-01"], [1]),
        (["--outcome", "refused"], [3]),
        (["--words", "Зима"], [2]),
        (["--programme", "elsewhere"], []),
    ],
)
def test_it_is_narrowed_as_the_page_is(words, found):
    assert [int(line["at"][8:10]) for line in lines(*words)] == found


def test_older_ones_are_said_to_be_there():
    said = run("--person", "ada", "--most", "1").stdout

    assert "2026-03-03" in said
    assert "2026-03-02" not in said
    assert "There are more: the newest 1 are shown." in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--act", "moon-landed"], "“moon-landed” is no act: choose one of sign-in, "),
        (["--outcome", "good"], "“good” is no outcome: choose one of done, refused, failed"),
        (["--since", "yesterday"], "“yesterday” is no day: write it as 2025-12-31"),
    ],
)
def test_what_makes_no_sense_is_said(words, said):
    answer = run(*words)

    assert answer.exit_code == 2
    assert said in answer.stderr
