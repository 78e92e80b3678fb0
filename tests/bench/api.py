"""How long programs take: a page of a long list, and many rows written through the client.

`python -m tests.bench api [--quick]`: both databases, 100,000 requirements and as many announcements paged through, at
the beginning and deep in the list, with and without filters; 10,000 rows kept in step by the client in batches, and a
tenth of them written one request each, in the process of the site. With `--quick` a tenth of all.
"""

import json
import os
import statistics
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.bench.databases import on_both, print_beside
from tests.bench.measures import NOW, TODAY, seconds

PAGE_GOAL_SECONDS = 0.1
SYNC_GOAL_SECONDS = 60.0
PAGES = 12
LIMIT = 1_000
AT_ONCE = 5_000
ALONE = "a row by itself"

LISTS: tuple[tuple[str, tuple[dict[str, str], ...]], ...] = (
    (
        "requirements",
        (
            {"sort": "place"},
            {"sort": "key"},
            {"sort": "-quantity"},
            {"sort": "-state"},
            {"sort": "key", "q": "tent"},
            {"sort": "-quantity", "state": "draft"},
        ),
    ),
    (
        "announcements",
        (
            {"sort": "id"},
            {"sort": "-announced"},
            {"sort": "-value", "stage": "committed"},
            {"sort": "announced", "q": "announcement 7"},
        ),
    ),
)
"""What is paged through."""


def measure(rows: int, written: int) -> dict[str, float]:
    """Fill a database, page through its lists, and write rows through the client. Units: seconds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pledgeline.server.settings")
    import django

    django.setup()
    import logging

    import httpx
    from django.conf import settings
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    from pledgeline.accounts.models import Membership, Scope, User
    from pledgeline.actions.records import load_record
    from pledgeline.actions.tokens import make_token
    from pledgeline.client import Client
    from pledgeline.programme.roles import Role
    from pledgeline.records.models import ProgrammeRecord
    from tests.bench.invented import invented_record, programme

    logging.disable(logging.INFO)
    settings.RATE_LIMITS = False
    call_command("migrate", verbosity=0)
    load_record(programme=programme, record=invented_record(rows), prune=True, today=TODAY, by="the bench")
    fund = ProgrammeRecord.objects.get(slug="invented")
    _require(fund, rows)
    person = User.objects.create(username="program")
    for role in (Role.RECIPIENT, Role.COORDINATOR):
        Membership.objects.create(person=person, role=role, programme="", given_by="the bench")
    token = make_token(
        person=User.objects.get(pk=person.pk),
        name="the bench",
        scope=Scope.WRITE,
        programme="",
        days=30,
        now=datetime.now(UTC),
    )
    figures: dict[str, float] = {}
    way = httpx.WSGITransport(app=get_wsgi_application())
    with Client("http://localhost", token=token, transport=way) as site:
        for noun, questions in LISTS:
            for asked in questions:
                figures |= _paged(site.get, f"programmes/invented/{noun}", asked, rows // 2)

        def sync(quantity: int) -> None:
            sent = ({"key": f"S-{number}", "item": "tent", "quantity": quantity} for number in range(written))
            results = {row.result for row in site.write_rows("invented", "requirements", sent, over=True)}
            assert "refused" not in results, results

        def write() -> None:
            for number in range(written // 10):
                said = {"key": f"O-{number}", "item": "tent", "quantity": 5}
                site.post("programmes/invented/requirements", said)

        figures[f"{written:,} new rows, in batches"] = seconds(lambda: sync(5))
        figures[f"{written:,} changed rows, in batches"] = seconds(lambda: sync(6))
        figures[f"{written:,} same rows, in batches"] = seconds(lambda: sync(6))
        figures[ALONE] = seconds(write) / (written // 10)
    return figures


def _require(fund: Any, rows: int) -> None:
    """Put requirements on the list, without the steps to it: they are not what is measured."""
    from django.db import connection

    from pledgeline.accounts.roles import MACHINE
    from pledgeline.actions import chain
    from pledgeline.records.models import RequirementRecord

    said = {"key": "R-0", "item": "tent", "quantity": 5}
    row = chain.write(RequirementRecord, said, programme=fund, person=MACHINE, now=NOW)
    assert isinstance(row, RequirementRecord), row
    fields = {
        field.attname: getattr(row, field.attname)
        for field in RequirementRecord._meta.concrete_fields
        if not field.primary_key
    }
    many = (
        RequirementRecord(**{**fields, "key": f"R-{number}", "quantity": 1 + number % 997})
        for number in range(1, rows)
    )
    RequirementRecord.objects.bulk_create(many, batch_size=AT_ONCE)
    with connection.cursor() as cursor:  # what a database that has been in use knows of its tables
        cursor.execute("ANALYZE")


def _paged(get: Callable[..., Any], address: str, asked: dict[str, str], deep: int) -> dict[str, float]:
    """Page through a list and give the median page: at its beginning, after the first, and so many rows deep."""
    noun = address.rpartition("/")[2]
    name = f"{noun} by {' '.join(asked.values())}"
    found = {f"{name}": _median_page(get, address, asked, "")}
    cursor = ""
    for _part in range(deep // LIMIT):
        given = {"cursor": cursor} if cursor else {}
        further = get(
            address, **asked, limit=LIMIT, fields="key" if noun == "requirements" else "id", **given
        )
        if not (following := further.value.get("next", "")):
            break
        cursor = following
    return {**found, f"{name}, deep": _median_page(get, address, asked, cursor)}


def _median_page(get: Callable[..., Any], address: str, asked: dict[str, str], cursor: str) -> float:
    taken = []
    get(address, **asked, limit=LIMIT)
    for _page in range(PAGES):
        given: dict[str, str] = {"cursor": cursor} if cursor else {}

        def page(given: dict[str, str] = given) -> None:
            nonlocal cursor
            cursor = get(address, **asked, limit=100, **given).value.get("next", "")

        taken.append(seconds(page))
        if not cursor:
            break
    return statistics.median(taken)


def main(arguments: list[str]) -> int:
    """Measure both databases and print the figures side by side."""
    is_quick = "--quick" in arguments
    rows, written = (10_000, 1_000) if is_quick else (100_000, 10_000)
    sqlite, postgresql = on_both("api", rows, written)
    goals = {
        name: SYNC_GOAL_SECONDS if "batches" in name else PAGE_GOAL_SECONDS
        for name in sqlite
        if name != ALONE
    }
    missed = print_beside(sqlite, postgresql, goals)
    return 1 if missed and not is_quick else 0


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
