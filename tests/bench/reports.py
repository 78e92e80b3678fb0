"""Measure how long the deciding page of a long report takes: `python -m tests.bench reports`.

A report of 100,000 characters with 500 candidates; the goal is 200 ms of one core for the page as it is sent, with
what each candidate meets among 500 claims that hold. The site is a new one in a folder of its own.
"""

import os
import tempfile
import time
from datetime import UTC, datetime
from http import HTTPStatus

GOAL = 0.200
"""Units: seconds of one core."""

CANDIDATES = 500
LENGTH = 100_000
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def main(_arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="pledgeline-bench-") as home:
        os.environ |= {"PLEDGELINE_HOME": home, "PLEDGELINE_RATE_LIMITS": "0"}
        os.environ.pop("PLEDGELINE_DATABASE_URL", None)
        from pledgeline.cli.database import make_ready

        make_ready()
        seconds, size = measured()
    missed = seconds > GOAL
    print(
        f"{CANDIDATES} candidates in {LENGTH:,} characters: {size:,} bytes, {seconds * 1000:.0f} ms of one core"
    )
    print(f"goal: {GOAL * 1000:.0f} ms{', missed' if missed else ''}")
    return 1 if missed else 0


def measured() -> tuple[float, int]:
    """Give the seconds of one core that the page takes, the best of five, and its size."""
    from django.test import Client

    from pledgeline.accounts.roles import MACHINE
    from pledgeline.actions import claims, reports
    from pledgeline.actions.records import load_record
    from pledgeline.programme.roles import Role
    from pledgeline.queries.reports import Described
    from pledgeline.records.models import ProgrammeRecord
    from tests.builders import a_programme, a_record
    from tests.people import a_person

    load_record(
        programme=a_programme(slug="harbour", short_name="PURL"),
        record=a_record(),
        prune=False,
        today=NOW.date(),
        by="a bench",
    )
    fund = ProgrammeRecord.objects.get(slug="harbour")
    for title in ("One", "Two"):
        content = long_report(title).encode()
        report = reports.read_in(content, Described(), programme=fund, person=MACHINE, now=NOW)
        for number in range(1, CANDIDATES + 1) if title == "One" else ():
            claims.accept(report, number, person=MACHINE, now=NOW)
    client = Client(headers={"host": "localhost"})
    client.force_login(a_person("ada", Role.COORDINATOR, programme="harbour"))
    best, size = 9.0, 0
    for _ in range(6):
        began = time.process_time()
        answer = client.get("/p/harbour/reports/D2/")
        best = min(best, time.process_time() - began)
        if answer.status_code != HTTPStatus.OK:
            raise SystemExit(f"the page was answered with {answer.status_code}: nothing was measured")
        size = len(answer.content)
    return best, size


def long_report(title: str) -> str:
    """Invent a report of that many characters, with a sum in each of its sentences."""
    lines = [
        f"Belgium pledged EUR {100 + number} million to PURL on {1 + number % 28} July 2025. "
        for number in range(CANDIDATES)
    ]
    filler = "The ministry added that deliveries go on and that winter is near, as everybody knows. "
    room = (LENGTH - sum(map(len, lines))) // CANDIDATES - 1
    return f"{title}\nPublished on 4 August 2025\n" + "\n".join(
        f"{line}{(filler * 9)[:room]}" for line in lines
    )


if __name__ == "__main__":
    raise SystemExit(main([]))
