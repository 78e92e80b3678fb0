"""A field is said beside its value, and nowhere else: every output has it, or is named here with the reason why not."""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar

import pytest
from django.template.loader import get_template

from pledgeline.actions.chain import TABLES
from pledgeline.api.urls import api
from pledgeline.api.values import Components
from pledgeline.exchange import programme_workbook
from pledgeline.exchange.noun_files import read_noun_file
from pledgeline.exchange.programme_workbook import StampedRow, write_programme_workbook
from pledgeline.exchange.record.catalogue import record_findings
from pledgeline.exchange.record.cells import RecordCells
from pledgeline.exchange.record.kinds import KINDS, RecordKind
from pledgeline.exchange.record.lines import lines_of
from pledgeline.exchange.record.read_fields import Known, read_row
from pledgeline.exchange.record.written import cells_of
from pledgeline.exchange.workbook import layout
from pledgeline.plan import model
from pledgeline.programme.contributions import Contribution
from pledgeline.programme.fields import Day, Label
from pledgeline.programme.findings import Place
from pledgeline.programme.nouns import FieldSaid, may_say, read_noun
from pledgeline.programme.record_fields import CellKind, cell, columns_of_row, fields_of_row
from pledgeline.programme.requirements import Requirement
from pledgeline.programme.sentences import Sentence, in_each_language
from pledgeline.programme.sources import Source
from pledgeline.queries.record_rows import NOUNS
from pledgeline.records.models import KINDS as ROW_TABLES
from pledgeline.records.models import ContributionRecord
from pledgeline.records.models.noun_columns import columns_made
from pledgeline.web import announcements, deliveries, items, packages, record_columns, sources, totals
from pledgeline.web.chain.columns import column_of, columns_of
from pledgeline.web.chain.facts import facts_of
from pledgeline.web.chain.formed import IN_THE_LIST as OF_PACKAGES
from pledgeline.web.chain.forms import NounForm
from pledgeline.web.contributions.pages import IN_THE_LIST as OF_CONTRIBUTIONS
from pledgeline.web.contributions.pages import NOT_TERMS
from pledgeline.web.record_columns import label_of, other_columns, other_facts
from tests import builders

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
ALL_TABLES = {**TABLES, Contribution.NAME: ContributionRecord}

WORKED_OUT = {
    ("order-line", "line"): "what the line of the package is called",
    ("shipped-lot", "line"): "what the line of the order is called",
    ("counted-lot", "lot"): "what the shipped lot is called",
    ("discrepancy", "lot"): "what the counted lot is called",
}
"""Fields without a column of their own: a row has them by another row."""

ALONE = {
    ("planning-problem", "excused"): "filled in while a plan is explained; no file says it",
    ("planning-problem", "earmark"): "two columns, what may be paid and what not",
}
"""Fields of a planning problem that have no column of their name in its workbook."""


def said_of(noun):
    return {name: field for name, field in noun.fields_said().items() if field.part is None}


NOUNS_AND_PARTS = [
    noun
    for table in ALL_TABLES.values()
    for noun in (table.KIND, *(field.part for field in table.KIND.fields_said().values() if field.part))
]


def ids(noun):
    return noun.NAME


# ---- the chain ----


@pytest.mark.parametrize("table", ALL_TABLES.values(), ids=lambda table: table.KIND.NAME)
def test_every_field_of_a_noun_is_a_column_of_its_table(table):
    columns = {column.name for column in table._meta.concrete_fields}
    missing = {
        name
        for name in said_of(table.KIND)
        if name not in columns and (table.KIND.NAME, name) not in WORKED_OUT
    }
    assert missing == set()


@pytest.mark.parametrize("noun", NOUNS_AND_PARTS, ids=ids)
def test_every_field_of_a_noun_is_called_something_in_each_language(noun):
    for field in noun.fields_said().values():
        assert len(in_each_language(field.label)) == 2, field.label.code


@pytest.mark.parametrize("noun", NOUNS_AND_PARTS, ids=ids)
def test_every_field_of_a_noun_is_in_its_form(noun):
    form = NounForm(noun, None)
    assert set(noun.model_fields) <= {*form.fields, *form.parts}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.KIND.NAME)
def test_every_field_of_a_noun_is_in_its_list_and_its_files(table):
    """The list of packages is made of their figures: it has the fields that those do not say."""
    if table.KIND.NAME == "package":
        assert OF_PACKAGES <= set(said_of(table.KIND))
        return
    columns = {column.name: column for column in columns_of(table, str)}
    assert set(said_of(table.KIND)) <= set(columns)
    hidden = {name for name in said_of(table.KIND) if not columns[name].shown}
    assert hidden == {
        name
        for name, field in said_of(table.KIND).items()
        if (field.is_seldom or field.kind in ("Note", "Currency"))
        and (table.KIND.NAME, name) != ("discrepancy", "why")
    }


def test_the_list_of_contributions_has_the_terms_that_the_books_do_not_say():
    assert OF_CONTRIBUTIONS == {"key", "partner", "last_day"}
    assert NOT_TERMS == {"key", "partner", "currency"}


@pytest.mark.parametrize("noun", programme_workbook.NOUNS.values(), ids=ids)
def test_every_field_of_a_noun_goes_into_the_workbook_and_comes_back(noun):
    value = noun.model_validate(FULL[noun.NAME])
    data = write_programme_workbook(
        {noun.NAME: [StampedRow(value=value, stamp="1")]}, programme="harbour", written_at="2026-01-01"
    )
    (row,) = read_noun_file(data, "a.xlsx", noun).rows
    assert row.raw == value.as_said()
    assert set(row.raw) == set(noun.model_fields)


FULL = {
    "requirement": {
        "key": "AD-1", "item": "tent", "quantity": 12, "priority": 2, "need_by": "2026-03-01", "min_useful": 4,
        "multiple": 2, "category": "shelter", "purpose": "for a camp",
    },
    "offer": {
        "key": "O-1", "item": "tent", "supplier": "Maker", "unit_price": 12_50, "currency": "EUR", "available": 60,
        "lead_days": 30, "lot": 2, "min_order": 4, "valid_from": "2026-01-01", "valid_until": "2026-12-31",
        "terms": "ex works",
    },
    "contribution": {
        "key": "NL-1", "partner": "Netherlands", "currency": "EUR", "pays_for": ["item: tent"],
        "never_pays_for": ["category: air"], "first_day": "2026-01-01", "last_day": "2026-12-31",
        "largest_share": 100, "whole_packages_only": True, "agreement": "A-7", "note": "none",
    },
    "packaged-line": {
        "line": "P/AD-1", "requirement": "AD-1", "offer": "O-1", "units": 4, "unit_price": 12_50, "currency": "EUR",
        "package": "P", "reserved_until": "2026-06-30",
    },
}  # fmt: skip
"""A noun of each sheet in which every field says something."""


@pytest.mark.parametrize(
    "noun", [FULL[name] | {"noun": name} for name in ("requirement", "offer", "contribution")]
)
def test_a_page_shows_every_field_that_says_something(noun):
    kind = programme_workbook.NOUNS[noun["noun"]]
    value = kind.model_validate({name: said for name, said in noun.items() if name != "noun"})
    assert {field.name for field, _said in facts_of(value)} == set(kind.model_fields) - {"key"}


IN_THE_COST = {("package-line", "unit_price"), ("package-line", "currency")}
"""Fields of a part that its table shows in a figure: the cost of a line is units times price."""


@pytest.mark.parametrize("name", ["order", "shipment", "receipt", "package"])
def test_the_table_of_its_parts_shows_every_field_of_a_part(name):
    """These tables are laid out by hand, for the figures of the books stand in them beside the fields."""
    text = get_template(f"web/chain/_{name}.html").template.source
    parts = (field.part for field in TABLES[name].KIND.fields_said().values() if field.part)
    for part in parts:
        shown = {field for field in part.model_fields if re.search(rf"\.{field}\b", text)}
        assert set(part.model_fields) - shown == {field for noun, field in IN_THE_COST if noun == part.NAME}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.KIND.NAME)
def test_every_field_of_a_noun_is_in_the_api_and_its_document(table):
    schemas = api.get_openapi_schema()["components"]["schemas"]
    noun = table.KIND
    if noun.NAME == "package":
        assert set(noun.model_fields) <= set(schemas["Package"]["properties"])
        assert set(said_of(noun)) <= set(schemas["PackageRow"]["properties"])
        return
    name = noun.__name__
    for schema in (schemas[f"{name}Row"], schemas[f"{name}Opened"], schemas[name]):
        assert set(noun.model_fields) <= set(schema["properties"])


@pytest.mark.parametrize("noun", [table.KIND for table in ALL_TABLES.values()], ids=ids)
def test_every_field_of_a_noun_is_in_the_json_schema_of_the_docs(noun):
    schema = json.loads((SCHEMAS / f"{noun.NAME}.json").read_text(encoding="utf-8"))
    assert set(noun.model_fields) == set(schema["properties"])


# ---- the public record ----

RECORD_NOUNS = pytest.mark.parametrize("noun", NOUNS)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name != "rates"], ids=lambda kind: kind.name)
def test_every_field_of_a_row_has_a_column_in_its_file_and_is_kept(kind):
    columns = {column.name for column in ROW_TABLES[kind.name]._meta.get_fields()}
    for name, field in fields_of_row(kind.row).items():
        assert set(field.columns) <= set(kind.columns)
        assert columns & {name, f"{name}_minor", "ref" if field.cell.kind is CellKind.REFERENCE else name}


@RECORD_NOUNS
def test_every_column_of_a_file_is_called_something_in_each_language(noun):
    for column in NOUNS[noun].columns:
        assert len(in_each_language(label_of(noun, column))) == 2, column


@RECORD_NOUNS
def test_every_field_of_a_row_is_in_the_api_its_document_and_the_docs(noun):
    schemas = api.get_openapi_schema()["components"]["schemas"]
    row = NOUNS[noun].row
    assert set(fields_of_row(row)) <= set(schemas[f"{row.__name__}Row"]["properties"])
    assert set(NOUNS[noun].columns) == set(schemas[f"{row.__name__}Cells"]["properties"])
    schema = json.loads((SCHEMAS / f"{noun}.json").read_text(encoding="utf-8"))
    assert set(fields_of_row(row)) <= set(schema["properties"])


OTHERWISE = {
    "announcement": {"announced_on": "announced", "partners": "partner", "title": "what"},
    "stated-total": {"value": "stated"},
    "source": {"published_on": "published", "accessed_as": "accessed", "url": "address"},
}
"""Fields whose column in a list has another name."""


@RECORD_NOUNS
def test_every_field_of_a_row_is_in_its_list_and_its_files(noun, site):
    page = {"announcement": "announcements", "stated-total": "stated-totals", "source": "sources"}[noun]
    rows = list(csv.DictReader(io.StringIO(site.get(f"/p/purl/{page}.csv").content.decode("utf-8-sig"))))
    found = site.get(f"/p/purl/{page}.json").json()
    names = {OTHERWISE[noun].get(name, name) for name in fields_of_row(NOUNS[noun].row)}
    assert names <= set(found["rows"][0])
    assert len(rows) == len(found["rows"])


@pytest.mark.parametrize(
    ("noun", "shown", "value"),
    [
        ("announcement", announcements.ON_THE_PAGE, builders.an_announcement()),
        ("stated-total", totals.SHOWN, builders.a_stated_total()),
        ("source", sources.SHOWN, builders.a_source()),
        ("reported-package", packages.SHOWN, builders.a_package()),
        ("reported-delivery", deliveries.SHOWN, builders.a_delivery()),
        ("item", items.SHOWN, builders.an_item()),
    ],
)
def test_a_page_of_the_record_shows_every_field_in_its_own_way_or_as_it_is(noun, shown, value):
    assert shown <= set(fields_of_row(type(value)))
    assert other_facts(noun, value, shown) == []


# ---- the planning workbook ----


@pytest.mark.parametrize(
    ("sheet", "noun"),
    [
        (layout.REQUIREMENTS, model.Line),
        (layout.OFFERS, model.PlanOffer),
        (layout.CONTRIBUTIONS, model.PlanContribution),
        (layout.PACKAGES, model.Package),
        (layout.SUBSTITUTES, model.Substitute),
        (layout.SUPPLIERS, model.Supplier),
    ],
)
def test_every_field_of_a_problem_has_a_column_in_its_workbook(sheet, noun):
    columns = {column.field for column in sheet.columns}
    alone = {name for _problem, name in ALONE}
    assert {name for name in noun.__dataclass_fields__ if name not in columns} <= alone


# ---- a field that comes tomorrow ----


LABEL = FieldSaid.label
NEW = {"reference_of_recipient": "noun.order-contract", "collected_on": "noun.receipt-received-on"}


@pytest.fixture
def _labels_of_tomorrow(monkeypatch):
    """Their labels are not in the catalogue yet: they are called after fields of other nouns."""
    label = property(lambda said: Sentence(NEW[said.name]) if said.name in NEW else LABEL.fget(said))
    monkeypatch.setattr(FieldSaid, "label", label)
    monkeypatch.setattr(record_columns, "label_of", lambda _noun, column: Sentence(NEW[column]))


class WishOfTomorrow(Requirement):
    NAME: ClassVar[str] = "requirement"

    reference_of_recipient: Label | None = may_say("Reference of the recipient")
    collected_on: Day | None = may_say("Collected on")


WISH = {**FULL["requirement"], "reference_of_recipient": "MoD 7/12", "collected_on": "2026-04-01"}


@pytest.mark.usefixtures("_labels_of_tomorrow")
def test_a_new_field_of_a_noun_follows_from_the_noun(monkeypatch):
    """A text and a day, said in the noun alone, are in the table, form, list, page, workbook and schema."""
    value = read_noun(WishOfTomorrow, WISH, Place(file="a test"))
    new = set(NEW)
    made = columns_made(WishOfTomorrow, set())
    assert (made["reference_of_recipient"].max_length, made["collected_on"].null) == (200, True)
    assert new <= set(NounForm(WishOfTomorrow, None).fields)
    assert [said for field, said in facts_of(value) if field.name in new] == ["MoD 7/12", date(2026, 4, 1)]
    columns = [column_of(WishOfTomorrow.fields_said()[name]) for name in sorted(new)]
    assert all(column.shown for column in columns)
    assert [column.in_file(value) for column in columns] == [date(2026, 4, 1), "MoD 7/12"]
    assert new <= set(Components().fields_of(WishOfTomorrow))
    monkeypatch.setitem(programme_workbook.NOUNS, "requirement", WishOfTomorrow)
    data = write_programme_workbook(
        {"requirement": [StampedRow(value=value, stamp="1")]}, programme="harbour", written_at="2026-01-01"
    )
    (row,) = read_noun_file(data, "a.xlsx", WishOfTomorrow).rows
    assert row.raw == value.as_said() == WISH


@pytest.mark.usefixtures("_labels_of_tomorrow")
def test_a_new_field_of_a_row_follows_from_the_row():
    """A text and a day, said in the row alone, are in its file, which may lack them, in list, page and table."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class SourceOfTomorrow(Source):
        reference_of_recipient: Annotated[str, cell(CellKind.TEXT)] = ""
        collected_on: Annotated[date | None, cell(CellKind.DAY)] = None

    new = tuple(NEW)
    assert columns_of_row(SourceOfTomorrow)[-2:] == new
    kind = RecordKind(
        file="sources.csv", name="sources", row=SourceOfTomorrow,
        read=lambda cells, known: read_row(SourceOfTomorrow, cells, known),
        key=lambda row: row.id, key_column="id",
    )  # fmt: skip
    assert kind.form.may_lack == set(new)
    value = SourceOfTomorrow(
        id="S1", url="urn:x:1", publisher="A paper", published_on=None, title="A page", accessed_as="page",
        reference_of_recipient="MoD 7/12", collected_on=date(2026, 4, 1),
    )  # fmt: skip
    findings = record_findings()
    (line,) = lines_of([cells_of(value)], kind.form, findings).rows
    assert kind.read(RecordCells("sources.csv", line, findings), Known(parties={})) == value
    assert findings.all == []
    assert [said for _label, said in other_facts("source", value, sources.SHOWN)] == [
        "MoD 7/12",
        date(2026, 4, 1),
    ]
    columns = other_columns("source", SourceOfTomorrow, sources.SHOWN)
    assert [column.in_file(value) for column in columns] == ["MoD 7/12", date(2026, 4, 1)]
    assert all(column.shown for column in columns)
    assert set(new) <= set(columns_made(SourceOfTomorrow, set()))
