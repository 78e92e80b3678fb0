"""What was done stays as it was written: the database refuses everything else, whoever asks."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from pledgeline.audit import guards, trail
from pledgeline.audit.acts import AuditAct
from pledgeline.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

COLUMNS = "id, at, act, outcome, code, actor, actor_name, noun, ref, programme, address, request_id, details"


@pytest.fixture
def event():
    trail.record(AuditAct.PLAN_DELETED, "plan", "p-1", programme="harbour")
    return AuditEvent.objects.latest("id")


BENT = [
    "UPDATE audit_auditevent SET actor_name = 'somebody else'",
    "UPDATE audit_auditevent SET details = '{}' WHERE id = {id}",
    "DELETE FROM audit_auditevent",
    "DELETE FROM audit_auditevent WHERE id = {id}",
]
REPLACED = (
    f"{COLUMNS}) SELECT id, at, 'sign-out', {COLUMNS.split(', ', 3)[3]} FROM audit_auditevent WHERE id = "
)
BENT_ON = {
    "sqlite": [
        f"INSERT OR REPLACE INTO audit_auditevent ({REPLACED}{{id}}",
        f"REPLACE INTO audit_auditevent ({REPLACED}{{id}}",
        f"INSERT INTO audit_auditevent ({REPLACED}{{id}} ON CONFLICT (id) DO UPDATE SET act = 'sign-out'",
    ],
    "postgresql": [
        "TRUNCATE audit_auditevent",
        f"INSERT INTO audit_auditevent ({REPLACED}{{id}} ON CONFLICT (id) DO UPDATE SET act = 'sign-out'",
    ],
}


@pytest.mark.parametrize("statement", [*BENT, *BENT_ON[connection.vendor]])
def test_nothing_is_changed_and_nothing_goes(event, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.replace("{id}", str(event.pk)))

    kept = AuditEvent.objects.get(pk=event.pk)
    assert (kept.act, kept.ref, kept.programme) == ("plan-deleted", "p-1", "harbour")


@pytest.mark.parametrize("column", ["outcome", "actor"])
def test_an_outcome_or_an_actor_that_nobody_knows_is_refused(event, column):
    event.pk = None
    setattr(event, column, "magic")

    with pytest.raises(DatabaseError), transaction.atomic():
        event.save(force_insert=True)


def test_the_guards_are_written_out_in_the_migration_and_can_be_taken_back():
    """Backwards and forwards again: what an installation does that goes back by a version."""
    migration = import_module("pledgeline.audit.migrations.0001_events")
    assert guards.missing(connection) == []
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        migration.remove_guards(None, editor)
        assert len(guards.missing(connection)) == (3 if connection.vendor == "sqlite" else 2)
        cursor.execute("DELETE FROM audit_auditevent")
        migration.install_guards(None, editor)
    trail.record(AuditAct.PLAN_DELETED)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.all().delete()
