"""Measure the chain at its largest: `do.py bench chain [--quick]`.

Lists of 100,000 requirements, a plan of 1,000 lines and 50 contributions that is accepted, a million units in a
thousand lots and a million in one, and the trace in both directions, on each database. `--quick` makes a tenth of
each; its figures are no answer to the goals.
"""

import json
import os
import statistics
import sys
from collections.abc import Callable
from typing import Any

from tests.bench.databases import on_both, print_beside
from tests.bench.measures import seconds

GOALS = {
    "requirements": 0.200,
    "requirements, second page": 0.200,
    "requirements, sorted": 0.200,
    "requirements, filtered": 0.200,
    "accept": 5.0,
    "trace of a contribution": 1.0,
    "trace of a line": 1.0,
    "lots": 0.200,
    "lots, sorted": 0.200,
    "lots of a line": 0.200,
    "units of a lot": 0.200,
    "units of a lot of all": 0.200,
    "trace of a unit": 1.0,
    "trace of units": 1.0,
}
"""What a figure must stay under. Units: seconds."""
TIMES = 10


def main(arguments: list[str]) -> int:
    """Measure both databases and print the figures side by side."""
    return int(bool(print_beside(*on_both("chain", 10 if "--quick" in arguments else 1), GOALS)))


def _usual(act: Callable[[], Any]) -> float:
    act()
    return statistics.median(seconds(act) for _ in range(TIMES))


def measured(size: int) -> dict[str, float]:
    """Make the rows, plan from them, accept, and ask for the pages as a coordinator."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pledgeline.server.settings")
    import django

    django.setup()
    import logging

    from django.core.management import call_command
    from django.test import Client

    from pledgeline.programme.roles import Role
    from tests.chain import a_fund, worker

    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    fund = a_fund()
    client = Client(headers={"host": "localhost"})

    def get(address: str) -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            sys.exit(f"{address} answers {answer.status_code}")

    accepted = _accept(fund, lines=1_000 // size, contributions=50)
    client.force_login(worker(Role.COORDINATOR))
    figures = {"accept": accepted}
    _many_requirements(fund, 100_000 // size)
    _as_kept()
    page = "/p/harbour/requirements/"
    figures["requirements"] = _usual(lambda: get(page))
    figures["requirements, second page"] = _usual(lambda: get(f"{page}?page=2"))
    figures["requirements, sorted"] = _usual(lambda: get(f"{page}?sort=-quantity"))
    figures["requirements, filtered"] = _usual(lambda: get(f"{page}?state=listed&q=R-012"))
    figures["trace of a contribution"] = _usual(lambda: get("/p/harbour/books/contribution/?key=C-00"))
    figures["trace of a line"] = _usual(lambda: get("/p/harbour/books/line/?key=P-1/R-0000"))
    _many_units(fund, 1_000_000 // size)
    books = "/p/harbour/books"
    figures["lots"] = _usual(lambda: get(f"{books}/lots/"))
    figures["lots, sorted"] = _usual(lambda: get(f"{books}/lots/?sort=-cost"))
    figures["lots of a line"] = _usual(lambda: get(f"{books}/lots/?line=U-1"))
    figures["units of a lot"] = _usual(lambda: get(f"{books}/lot/?key=U-2-7"))
    figures["units of a lot of all"] = _usual(lambda: get(f"{books}/lot/?key=U-1-0"))
    figures["trace of a unit"] = _usual(lambda: get(f"{books}/line/?key=U-2"))
    figures["trace of units"] = _usual(lambda: get(f"{books}/contribution/?key=C-U"))
    return figures


def _many_units(fund: Any, number: int) -> None:
    """Deliver so many units of USD 2.50 in one lot, and as many in a thousand."""
    from pledgeline.actions.books import post
    from tests.chain import TODAY, UNTIL, paid

    def enter(kind: str, **said: Any) -> None:
        event = {"id": f"{kind} {' '.join(map(str, said.values()))}", "type": kind, **said}
        answer = post(fund.slug, {**event, "currency": "USD", "effective_on": TODAY.isoformat()}, today=TODAY)
        if not hasattr(answer, "entry"):
            sys.exit(f"{event} was refused: {answer}")

    paid(fund, "C-U", 2 * number * 2_50)
    for line, lots in (("U-1", 1), ("U-2", 1_000)):
        money = {"amount": number * 2_50, "reserved_until": UNTIL.isoformat()}
        enter("allocate", contribution="C-U", line=line, package="U", **money)
        enter("order", line=line, qty=number, unit_price=2_50)
        for lot in range(lots):
            enter("deliver", line=line, lot=f"{line}-{lot}", qty=number // lots)


def _accept(fund: Any, *, lines: int, contributions: int) -> float:
    """Plan so many lines with so many contributions and accept the plan; give what accepting took."""
    from pledgeline.accounts.roles import MACHINE
    from pledgeline.actions import acceptance, list_plans
    from tests.chain import TODAY, UNTIL, paid
    from tests.people import NOW
    from tests.planning import ADA, planned

    for number in range(contributions):
        paid(fund, f"C-{number:02}", lines * 80_00)
    _rows(fund, lines)
    source = list_plans.hand_in(programme=fund, package="P-1", asker=ADA, today=TODAY)
    if isinstance(source, list):
        sys.exit(f"nothing was planned: {source}")
    run = planned(source, mode="fast", budget_seconds=60)
    made: list[Any] = []

    def accept() -> None:
        made.extend(acceptance.accept(run, person=MACHINE, today=TODAY, now=NOW, reserved_until=UNTIL))

    took = seconds(accept)
    if not made or not hasattr(made[0], "lines") or made[0].lines.count() != lines:
        sys.exit(f"not all was accepted: {made}")
    return took


def _rows(fund: Any, number: int) -> None:
    """List requirements of 1 to 20 units, and offer the item of each for USD 100 to 600: some USD 3,700 a line."""
    from pledgeline.records.models import OfferRecord, RequirementRecord
    from tests.people import NOW

    common = {"programme": fund, "made_by": "the bench", "made_at": NOW}
    RequirementRecord.objects.bulk_create(
        RequirementRecord(
            key=f"R-{place:04}", item=f"item {place}", quantity=place % 20 + 1, priority=place % 5 + 1,
            state="listed", listed_as=place + 1, min_useful=1, multiple=1, **common,
        )
        for place in range(number)
    )  # fmt: skip
    OfferRecord.objects.bulk_create(
        OfferRecord(
            key=f"O-{place:04}", item=f"item {place}", supplier=f"Maker {place % 7}",
            unit_price=(place % 6 + 1) * 100_00, currency="USD", state="offered", lead_days=0, lot=1, min_order=1,
            **common,
        )
        for place in range(number)
    )  # fmt: skip


def _as_kept() -> None:
    """Let PostgreSQL know what its tables hold, as it finds out by itself within a minute of such a change."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _many_requirements(fund: Any, number: int) -> None:
    from pledgeline.records.models import RequirementRecord
    from tests.people import NOW

    RequirementRecord.objects.bulk_create(
        (
            RequirementRecord(
                programme=fund, key=f"N-{place:06}", item=f"item {place % 900}", quantity=place % 500 + 1,
                priority=place % 9 + 1, state="listed" if place % 3 else "submitted", min_useful=1, multiple=1,
                listed_as=10_000 + place if place % 3 else None, made_by="the bench", made_at=NOW,
            )
            for place in range(number)
        ),
        batch_size=2_000,
    )  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]))))
