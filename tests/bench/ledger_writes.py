"""Measure writing on one database, in a process of its own: our guarded entries, plain rows, django-ledger.

Each is one durable transaction with one entry and two postings, taken in turns so that whatever else the
machine does falls on all of them. The figures are medians of rounds, in transactions a second.
"""

import importlib.util
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

ROUNDS = 15


def main(in_a_round: int) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pledgeline.server.settings")
    import django
    from django.conf import settings

    there = importlib.util.find_spec("django_ledger") is not None
    if there:
        settings.INSTALLED_APPS += ["django_ledger"]
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:  # what is acknowledged outlives a power cut, for all of them
        cursor.execute("PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit")
        assert cursor.fetchone()[0] in (2, "on")
    ways: dict[str, Callable[[int], Any]] = {"guarded": _guarded(), "plain": _plain()}
    if there:
        ways["django-ledger"] = _django_ledger()
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    number = 0
    for _ in range(ROUNDS):
        for name, write in ways.items():
            began = time.perf_counter()
            for _ in range(in_a_round):
                number += 1
                write(number)
            speeds[name].append(in_a_round / (time.perf_counter() - began))
    found: dict[str, Any] = {name: statistics.median(speed) for name, speed in speeds.items()}
    for other in list(ways)[1:]:
        pairs = zip(speeds["guarded"], speeds[other], strict=True)
        found[f"guarded / {other}"] = statistics.median(ours / theirs for ours, theirs in pairs)
    return found


def _guarded() -> Callable[[int], Any]:
    """Enter events through our action."""
    from pledgeline.actions.books import post
    from pledgeline.ledger import Posted
    from tests.torture import stage

    stage.make_books()
    stage.funded("C00", 10**12)

    def write(number: int) -> None:
        event = {
            "id": f"e{number}",
            "type": "allocate",
            "contribution": "C00",
            "line": f"L{number % 50}",
            "currency": "USD",
            "amount": 100,
            "effective_on": "2026-01-02",
        }
        assert isinstance(post(stage.SLUG, event, today=datetime.now(UTC).date()), Posted)

    return write


def _plain() -> Callable[[int], Any]:
    """Create rows with Django's object mapper, without any guard."""
    from django.db import connection, models, transaction

    class PlainEntry(models.Model):
        key = models.CharField(max_length=200, unique=True)
        kind = models.CharField(max_length=40)
        effective_on = models.DateField()
        recorded_at = models.DateTimeField()

        class Meta:
            app_label = "records"

    class PlainPosting(models.Model):
        entry = models.ForeignKey(PlainEntry, on_delete=models.PROTECT)
        account = models.CharField(max_length=20)
        contribution = models.CharField(max_length=200)
        line = models.CharField(max_length=200)
        amount = models.BigIntegerField()

        class Meta:
            app_label = "records"

    if connection.vendor == "sqlite":
        connection.disable_constraint_checking()
    with connection.schema_editor() as editor:
        editor.create_model(PlainEntry)
        editor.create_model(PlainPosting)
    connection.enable_constraint_checking()

    @transaction.atomic
    def write(number: int) -> None:
        entry = PlainEntry.objects.create(
            key=f"e{number}",
            kind="allocate",
            effective_on=date(2026, 1, 2),
            recorded_at=datetime.now(UTC),
        )
        for account, amount in (("available", -100), ("allocated", 100)):
            PlainPosting.objects.create(
                entry=entry, account=account, contribution="C00", line=f"L{number % 50}", amount=amount
            )

    return write


def _django_ledger() -> Callable[[int], Any]:
    """Commit journal entries of django-ledger: two transactions each, posted."""
    from decimal import Decimal

    from django.contrib.auth import get_user_model
    from django.db import transaction
    from django_ledger.models import EntityModel

    user = get_user_model().objects.create_user("bench")
    entity = EntityModel.create_entity(name="Bench", use_accrual_method=True, admin=user, fy_start_month=1)
    chart = entity.create_chart_of_accounts(assign_as_default=True, commit=True, coa_name="Bench")
    entity.populate_default_coa(coa_model=chart, activate_accounts=True)
    accounts = list(entity.get_default_coa_accounts().filter(role__in=["asset_ca_cash", "asset_ca_recv"])[:2])
    ledger = entity.create_ledger(name="Bench", posted=True)

    @transaction.atomic
    def write(number: int) -> None:
        entity.commit_txs(
            je_timestamp=datetime(2026, 1, 2, tzinfo=UTC),
            je_txs=[
                {"account": account, "amount": Decimal("1.00"), "tx_type": kind, "description": f"e{number}"}
                for account, kind in zip(accounts, ("debit", "credit"), strict=True)
            ],
            je_posted=True,
            je_ledger_model=ledger,
        )

    return write


if __name__ == "__main__":
    sys.stdout.write(f"\n{json.dumps(main(int(sys.argv[1])))}\n")
