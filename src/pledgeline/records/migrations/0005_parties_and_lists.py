"""Parties become rows, and the lists of the record, which were JSON texts, become rows that point to what they name.

The rules by which a party is made from a code stand here as they were on the day on which this was written.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
import unicodedata
from collections.abc import Iterator
from typing import Any

from babel import Locale
from babel.core import UnknownLocaleError, get_global
from django.db import migrations, models
from django.db.models import CASCADE, SET_NULL, CheckConstraint, ForeignKey, Q, UniqueConstraint

LISTS = {
    "AnnouncementPartner": ("AnnouncementRecord", "partners", "PartyRecord", "announcement_partner_place"),
    "AnnouncementSource": ("AnnouncementRecord", "sources", "SourceRecord", "announcement_source_place"),
    "AnnouncementRelation": (
        "AnnouncementRecord",
        "relates_to",
        "AnnouncementRecord",
        "announcement_relation_place",
    ),
    "PackageFunder": ("PackageRecord", "funders", "PartyRecord", "package_funder_place"),
    "PackageSource": ("PackageRecord", "sources", "SourceRecord", "package_source_place"),
    "DeliveryPackage": ("DeliveryRecord", "packages", "PackageRecord", "delivery_package_place"),
    "DeliverySource": ("DeliveryRecord", "sources", "SourceRecord", "delivery_source_place"),
    "ItemSource": ("ItemRecord", "sources", "SourceRecord", "item_source_place"),
    "StatedTotalSource": ("StatedTotalRecord", "sources", "SourceRecord", "stated_total_source_place"),
}
"""Each table of links: whose list it keeps, which, what its names point to, and the name of its constraint."""

NO_COUNTRIES = set("AAA ANT ASC BUR CPT DDR DGA FXX NTZ SCG SUN TAA TMP YMD YUG ZAR ZZZ".split())
AT_ONCE = 2_000
LONGEST_NAME = 200


def move_lists(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for programme in apps.get_model("records", "ProgrammeRecord").objects.order_by("pk"):
        parties: dict[str, int | None] = {}
        for table, (owner, field, target, _constraint) in LISTS.items():
            link = apps.get_model("records", table)
            rows = apps.get_model("records", owner).objects.filter(programme=programme).order_by("pk")
            known: dict[str, int | None] = {}
            if target != "PartyRecord":
                rows_there = apps.get_model("records", target).objects.filter(programme=programme)
                known = dict(rows_there.order_by().values_list("ref", "pk"))
            links = []
            for row, names in list(rows.values_list("pk", field)):
                for place, name in enumerate(names):
                    if target == "PartyRecord" and name not in parties:
                        parties[name] = party(apps, programme, name)
                    meant = parties[name] if target == "PartyRecord" else known.get(name)
                    links.append(link(row_id=row, place=place, ref=name, target_id=meant))
            link.objects.bulk_create(links, batch_size=AT_ONCE)
    if (
        schema_editor.connection.vendor == "postgresql"
    ):  # which changes no table while references wait to be checked
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def party(apps: StateApps, programme: Any, code: str) -> int | None:
    """Give the party that a programme means by a code, made where it is not there; nobody for an unknown code."""
    rows, names = apps.get_model("records", "PartyRecord"), apps.get_model("records", "PartyName")
    two = programme.parties.get(code) is None and alpha_2(code)
    called = country_names(two) if two else [" ".join(programme.parties.get(code, "").split())[:LONGEST_NAME]]
    if not called or not called[0]:
        return None
    there = names.objects.filter(key=key_of(called[0])).first()
    if there is not None:
        return int(there.party_id)
    ref = next(ref for ref in references(code, programme.slug) if not rows.objects.filter(ref=ref).exists())
    row = rows.objects.create(
        ref=ref,
        name=called[0],
        kind="state" if two else "organisation",
        country=two or "",
        identifier="",
    )
    for key, name in {key_of(name): name for name in called}.items():
        if not names.objects.filter(key=key).exists():
            names.objects.create(party=row, name=name, key=key)
    return int(row.pk)


def references(code: str, slug: str) -> Iterator[str]:
    yield code
    yield f"{code}-{slug}"
    yield from (f"{code}-{slug}-{number}" for number in range(2, 1_000))


def key_of(name: str) -> str:
    composed = " ".join(unicodedata.normalize("NFC", name).split())
    return unicodedata.normalize("NFC", composed.casefold())


def alpha_2(code: str) -> str:
    """Give the alpha-2 code of a country, or nothing."""
    if code == "XKX":
        return "XK"
    if len(code) != 3 or not code.isalpha() or code in NO_COUNTRIES or (code[0] in "QX" and code != "QAT"):
        return ""
    found = get_global("territory_aliases").get(code, [""])[0]
    return found if len(found) == 2 else ""


def country_names(two: str) -> list[str]:
    try:
        return [str(Locale.parse(locale).territories[two]) for locale in ("en", "uk")]
    except (KeyError, UnknownLocaleError):
        return []


def link_table(name: str) -> migrations.CreateModel:
    owner, _field, target, constraint = LISTS[name]
    to: dict[str, Any] = {
        "on_delete": SET_NULL,
        "null": True,
        "related_name": "+",
        "to": f"records.{target.lower()}",
    }
    of: dict[str, Any] = {
        "on_delete": CASCADE,
        "related_name": "+",
        "db_index": False,
        "to": f"records.{owner.lower()}",
    }
    return migrations.CreateModel(
        name=name,
        fields=[
            ("id", own_number()),
            ("place", models.PositiveIntegerField()),
            ("ref", models.TextField()),
            ("row", ForeignKey(**of)),
            ("target", ForeignKey(**to)),
        ],
        options={
            "ordering": ("row", "place"),
            "abstract": False,
            "constraints": [UniqueConstraint(fields=("row", "place"), name=constraint)],
        },
    )


def list_field(name: str) -> migrations.AddField:
    owner, field, target, _constraint = LISTS[name]
    return migrations.AddField(
        model_name=owner.lower(),
        name=field,
        field=models.ManyToManyField(
            related_name="+",
            through=f"records.{name}",
            through_fields=("row", "target"),
            to=f"records.{target.lower()}",
        ),
    )


def own_number() -> "models.BigAutoField[int, int]":
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("records", "0004_plans_are_jobs")]

    operations = [
        migrations.CreateModel(
            name="PartyRecord",
            fields=[
                ("id", own_number()),
                ("ref", models.CharField(max_length=200, unique=True)),
                ("name", models.TextField()),
                ("kind", models.CharField(max_length=20)),
                ("country", models.CharField(max_length=2)),
                ("identifier", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "records_party",
                "ordering": ("ref",),
                "constraints": [
                    CheckConstraint(
                        condition=Q(kind__in=["state", "organisation", "company", "office"]),
                        name="party_kind_is_known",
                    ),
                    CheckConstraint(condition=~Q(name=""), name="party_has_a_name"),
                    UniqueConstraint(
                        fields=("identifier",), condition=~Q(identifier=""), name="party_identifier"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartyName",
            fields=[
                ("id", own_number()),
                ("name", models.TextField()),
                ("key", models.CharField(max_length=600, unique=True)),
                (
                    "party",
                    ForeignKey(on_delete=CASCADE, related_name="name_rows", to="records.partyrecord"),
                ),
            ],
            options={"db_table": "records_party_name", "ordering": ("pk",)},
        ),
        *(link_table(name) for name in LISTS),
        migrations.RunPython(move_lists, elidable=True),
        *(
            migrations.RemoveField(model_name=owner.lower(), name=field)
            for owner, field, _target, _constraint in LISTS.values()
        ),
        *(list_field(name) for name in LISTS),
    ]
