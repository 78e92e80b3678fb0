"""Of two versions of an offer the one that was offered last counts, as of a requirement the one listed last."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db import migrations, models


def supersede_earlier(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Say so of the versions that were offered before this was known."""
    offers = apps.get_model("records", "OfferRecord")
    newest: dict[tuple[int, str], int] = {}
    for pk, programme, key in (
        offers.objects.filter(state="offered").order_by("version").values_list("pk", "programme_id", "key")
    ):
        if earlier := newest.get((programme, key)):
            offers.objects.filter(pk=earlier).update(state="superseded")
        newest[programme, key] = pk


class Migration(migrations.Migration):
    dependencies = [("records", "0010_receipt_photos")]

    operations = [
        migrations.RemoveConstraint(model_name="offerrecord", name="offer_state"),
        migrations.AddConstraint(
            model_name="offerrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "offered", "withdrawn", "superseded"])),
                name="offer_state",
            ),
        ),
        migrations.RunPython(supersede_earlier, migrations.RunPython.noop),
    ]
