"""The roles are those of the chain: who planned coordinates now, and who kept the books is of finance."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db import migrations, models

RENAMED = {"planner": "coordinator", "bookkeeper": "finance"}
ROLES = (
    "reader", "recipient", "validator", "coordinator", "partner", "supplier", "finance", "register-editor",
    "auditor", "administrator",
)  # fmt: skip


def rename(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for model in ("Membership", "Invitation"):
        for old, new in RENAMED.items():
            apps.get_model("accounts", model).objects.filter(role=old).update(role=new)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_shared_for_a_while")]

    operations = [
        migrations.RemoveConstraint("Membership", "membership_role_is_known"),
        migrations.RunPython(rename, migrations.RunPython.noop),
        migrations.AddConstraint(
            "Membership",
            models.CheckConstraint(
                condition=models.Q(("role__in", list(ROLES))), name="membership_role_is_known"
            ),
        ),
    ]
