"""Before and after a siege, in processes of their own: make the books and the people; say what is there in the end.

What is there is read from an export of the books by a program that knows nothing of Pledgeline, and from the tables.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.torture import stage
from tests.torture.visitors import PASSWORD

PLEDGED = "100"
"""What each pledge of the siege is worth, in cents, as the export says it."""


def prepared(*people: str) -> int:
    """Make what `up` would, besides books that all may see, and accounts for people, named by their work."""
    from django.contrib.auth.hashers import make_password

    from pledgeline.actions.first_start import load_shipped
    from pledgeline.actions.illustration import load_illustration
    from pledgeline.operation import versions
    from pledgeline.programme.roles import Role
    from tests.people import NOW, a_person, publish_all

    versions.migrate()
    load_shipped(now=NOW)
    load_illustration(now=NOW)
    stage.make_books()
    publish_all(stage.SLUG)
    password = make_password(PASSWORD)  # one for all: to make each would take half a second
    roles = {"keeper": Role.FINANCE, "planner": Role.COORDINATOR, "reader": Role.READER}
    for name in people:
        if role := roles.get(name.partition("-")[0]):
            person = a_person(name, role)
            person.password = password
            person.save()
    return len(people)


def under_way() -> int:
    """Say how many jobs are not over."""
    from pledgeline.jobs.models import UNDER_WAY, Job

    return int(Job.objects.filter(kind="read", state__in=UNDER_WAY).count())


def found(kept: str) -> dict[str, Any]:
    """Say what the books and the queue hold, and what is wrong with them beside the checkpoints in a folder."""
    books = stage.stored()
    wrong = list(books.verify().problems)
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "books.jsonl"
        command = [sys.executable, "-m", "pledgeline", "ledger", "export"]
        subprocess.run(
            [*command, "--programme", stage.SLUG, "--out", str(export)], check=True, capture_output=True
        )
        wrong += _verified_elsewhere(export, sorted(Path(kept).iterdir()))
        pledges = _pledges(export)
    wrong += [f"{key} is worth {worth}" for key, worth in pledges if worth != PLEDGED]
    jobs, states, problems = _jobs()
    return {
        "wrong": wrong + problems,
        "pledges": [key for key, _ in pledges],
        "jobs": jobs,
        "states": states,
    }


def _verified_elsewhere(export: Path, checkpoints: list[Path]) -> list[str]:
    """Verify an export as a partner does: by one file, in a Python that knows nothing else."""
    verifier = stage.CHECKOUT / "src" / "pledgeline" / "ledger" / "verifier.py"
    known = [word for path in checkpoints for word in ("--checkpoint", str(path))]
    done = subprocess.run(
        [sys.executable, "-I", str(verifier), str(export), *known], capture_output=True, text=True
    )
    return [f"the verifier says: {done.stdout[-300:]}{done.stderr[-300:]}"] if done.returncode else []


def _pledges(export: Path) -> list[tuple[str, str]]:
    """List the pledges in an export, and what each adds to what is pledged."""
    leaves = [json.loads(line).get("leaf") for line in export.read_text(encoding="utf-8").splitlines()]
    return [
        (leaf["key"], posting["amount"])
        for leaf in leaves
        if leaf
        for posting in leaf["postings"]
        if posting["account"] == "pledged" and posting["contribution"] == leaf["key"]
    ]


def _jobs() -> tuple[list[str], dict[str, int], list[str]]:
    """List the jobs that read files, count how they ended, and say which were done twice or lost."""
    from pledgeline.jobs.models import Job, JobState
    from pledgeline.records.models import PlanInput

    jobs = list(Job.objects.filter(kind="read"))
    wrong = [f"{job} is {job.state}: {job.said}" for job in jobs if job.state not in ("done", "given-up")]
    wrong += [
        f"{job} was given up after {job.deaths} deaths"
        for job in jobs
        if job.state == JobState.GIVEN_UP and job.deaths < 2
    ]
    handed_in = PlanInput.objects.filter(programme__slug=stage.SLUG)  # besides those of Illustration
    read = Counter(handed_in.values_list("ref", flat=True))
    told = Counter(job.result["input"] for job in jobs if job.state == JobState.DONE)
    if read != told:
        wrong.append(f"{len(told)} files were read, and {len(read)} inputs are there")
    return [job.ref for job in jobs], dict(Counter(str(job.state) for job in jobs)), wrong
