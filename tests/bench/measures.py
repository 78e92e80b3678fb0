"""Measure one database, in a process of its own, and print the figures as JSON on the last line."""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

TODAY = date(2025, 12, 31)
NOW = datetime(2025, 12, 31, tzinfo=UTC)
WARM = 20


def seconds(act: Callable[[], Any]) -> float:
    """Give how long `act` took. Units: seconds."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def main(announcements: int) -> dict[str, float]:
    """Load, read and show; give each figure by its name. Units: seconds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pledgeline.server.settings")
    import django

    django.setup()
    import logging

    from django.core.management import call_command
    from django.test import Client

    from pledgeline.actions.first_start import load_shipped
    from pledgeline.actions.records import load_record
    from pledgeline.records.snapshot import snapshot
    from tests.bench.invented import invented_record, programme

    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    figures = {"load purl": seconds(lambda: load_shipped(now=NOW))}
    record = invented_record(announcements)

    def load() -> None:
        load_record(programme=programme, record=record, prune=True, today=TODAY, by="the bench")

    figures["load invented"] = seconds(load)
    figures["load invented again"] = seconds(load)
    client = Client(headers={"host": "localhost"})

    def get(address: str) -> None:
        response = client.get(address)
        if response.status_code != 200:
            sys.exit(f"{address} answers {response.status_code}")

    get("/healthz")
    for slug in ("purl", "invented"):
        figures[f"snapshot {slug} cold"] = seconds(lambda slug=slug: snapshot(slug))
        figures[f"snapshot {slug} warm"] = _warm(lambda slug=slug: snapshot(slug))
        for page in ("", "announcements/"):
            address = f"/p/{slug}/{page}"
            figures[f"{address} first"] = seconds(lambda address=address: get(address))
            figures[address] = _warm(lambda address=address: get(address))
    return figures


def _warm(act: Callable[[], Any]) -> float:
    return statistics.median(seconds(act) for _ in range(WARM))


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
