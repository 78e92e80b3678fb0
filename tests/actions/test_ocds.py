"""Files of OCDS that others wrote become drafts of offers and orders; what is wrong is said where it stands."""

import copy
import json

import pytest
from typer.testing import CliRunner

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.ocds import bring_in
from pledgeline.audit.models import AuditEvent
from pledgeline.cli import app
from pledgeline.exchange.ocds.offers import READERS, OcdsRow
from pledgeline.exchange.ocds.packages import release_package
from pledgeline.exchange.ocds.reading import read
from pledgeline.programme.roles import Role
from pledgeline.queries.ocds import processes
from pledgeline.records.models import OfferRecord, OrderRecord
from tests.chain import a_fund, formed, ordered, worker
from tests.people import NOW

pytestmark = pytest.mark.django_db

ITEM = {
    "id": "1",
    "description": "buoy",
    "quantity": 3,
    "unit": {"name": "unit", "value": {"amount": 12.5, "currency": "USD"}},
}
AWARD = {"id": "A1", "status": "active", "suppliers": [{"id": "M", "name": "Maker A"}], "items": [ITEM]}
RELEASE = {
    "ocid": "ocds-aaaaaa-1",
    "id": "r1",
    "date": "2026-01-01T00:00:00Z",
    "tag": ["award"],
    "initiationType": "tender",
    "awards": [AWARD],
}
CONTRACT = {
    "id": "ORD-9",
    "awardID": "A1",
    "title": "C-9",
    "items": [
        {**ITEM, "id": "P-1/AD-014", "quantity": 12, "unit": {"value": {"amount": 100, "currency": "USD"}}}
    ],
}
OFFER = {
    "key": "A1/1",
    "item": "buoy",
    "supplier": "Maker A",
    "unit_price": 12_50,
    "currency": "USD",
    "available": 3,
    "lead_days": 0,
    "lot": 1,
    "min_order": 1,
}


def package(*releases):
    return json.dumps({"releases": list(releases)}, indent=1).encode()


def brought(content, fund, kind="offers", *, person=MACHINE, dry_run=False, **more):
    """Bring a file in; give what became of its rows, and the code and pointer of each finding."""
    opened = read(content, "x.json")
    found = list(READERS[kind](opened.value, opened.kind, **more))
    rows = [part for part in found if isinstance(part, OcdsRow)]
    done = bring_in(rows, programme=fund, person=person, now=NOW, dry_run=dry_run)
    wrong = [part for part in found if not isinstance(part, OcdsRow)]
    findings = opened.placed([*wrong, *(objection for row in done for objection in row.objections)])
    assert all(finding.place.line and finding.wrong and finding.way_out for finding in findings)
    return (
        {row.row.said["key"]: row.outcome for row in done},
        [(finding.code, finding.place.pointer) for finding in findings],
    )


def test_an_item_of_an_award_becomes_the_draft_of_an_offer():
    """USD 12.5 are 1250 cents."""
    fund = a_fund()

    assert ({"A1/1": "new"}, []) == brought(package(RELEASE), fund)
    assert OFFER == OfferRecord.objects.get().to_value().as_said()
    assert "draft" == OfferRecord.objects.get().state


def test_the_same_again_changes_nothing_and_another_price_changes_the_draft():
    fund = a_fund()
    brought(package(RELEASE), fund)
    events = AuditEvent.objects.count()

    assert ({"A1/1": "unchanged"}, []) == brought(package(RELEASE), fund)
    assert events == AuditEvent.objects.count()
    dearer = copy.deepcopy(RELEASE)
    dearer["awards"][0]["items"][0]["unit"]["value"]["amount"] = 13
    assert ({"A1/1": "changed"}, []) == brought(package(dearer), fund)
    assert 13_00 == OfferRecord.objects.get().unit_price


def test_a_later_release_counts_and_an_award_that_was_cancelled_is_left_out():
    fund = a_fund()
    later = {**RELEASE, "id": "r2", "date": "2026-02-01T00:00:00Z"}
    more = {**later, "awards": [{"id": "A1", "items": [{"id": "1", "quantity": 9}]}]}

    assert ({"A1/1": "new"}, []) == brought(package(more, RELEASE), fund)
    assert 9 == OfferRecord.objects.get().available
    gone = {**later, "awards": [{"id": "A1", "status": "cancelled"}]}
    assert ({}, []) == brought(package(RELEASE, gone), fund)


def test_a_dry_run_says_the_same_and_leaves_nothing():
    fund = a_fund()

    assert ({"A1/1": "new"}, []) == brought(package(RELEASE), fund, dry_run=True)
    assert not OfferRecord.objects.exists()
    assert not AuditEvent.objects.filter(act="noun-written").exists()


def spoiled(path, value):
    item = copy.deepcopy(ITEM)
    at = item
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = value
    return item


FAULTS = [
    (("unit",), None, "ocds.no-unit-price"),
    (("unit", "value", "amount"), "12.5", "ocds.no-unit-price"),
    (("unit", "value", "amount"), True, "ocds.no-unit-price"),
    (("unit", "value", "currency"), "EURO", "ocds.no-unit-price"),
    (("unit", "value", "currency"), None, "ocds.no-unit-price"),
    (("unit", "value", "amount"), 12.505, "ocds.no-unit-price"),
    (("unit", "value", "amount"), -1, "noun.out-of-range"),
    (("unit", "value", "amount"), 10**30, "noun.out-of-range"),
    (("quantity",), 2.5, "noun.not-a-whole-number"),
    (("quantity",), 0, "noun.not-above-zero"),
    (("description",), None, "noun.missing-field"),
    (("description",), ["buoy"], "noun.not-a-key"),
    (("description",), "b" * 300, "noun.not-a-key"),
    (("id",), None, "ocds.missing"),
]


@pytest.mark.parametrize(("path", "value", "code"), FAULTS)
def test_a_faulty_item_is_refused_where_it_stands_and_the_others_are_kept(path, value, code):
    fund = a_fund()
    award = {**AWARD, "items": [ITEM, spoiled(path, value)]}
    award["items"][1].setdefault("id", "2")
    if award["items"][1].get("id") == "1":
        award["items"][1]["id"] = "2"
    outcomes, findings = brought(package({**RELEASE, "awards": [award]}), fund)

    assert [(code, "/releases/0/awards/0/items/1")] == findings
    assert "new" == outcomes["A1/1"]
    assert 1 == OfferRecord.objects.count()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"suppliers": []}, "ocds.one-supplier"),
        ({"suppliers": [{"name": "Maker A"}, {"name": "Maker B"}]}, "ocds.one-supplier"),
        ({"suppliers": "Maker A"}, "ocds.one-supplier"),
        ({"items": []}, "ocds.no-items"),
        ({"items": {"id": "1"}}, "ocds.no-items"),
    ],
)
def test_an_award_that_is_no_offer_says_why(change, code):
    assert ({}, [(code, "/releases/0/awards/0")]) == brought(
        package({**RELEASE, "awards": [{**AWARD, **change}]}), a_fund()
    )


def test_a_contract_becomes_an_order_of_lines_of_its_package():
    fund = a_fund()
    formed(fund)
    release = {**RELEASE, "tender": {"id": "P-1"}, "contracts": [CONTRACT]}

    assert ({"ORD-9": "new"}, []) == brought(package(release), fund, "orders", delivery_point="Depot East")
    order = OrderRecord.objects.get()
    assert ("draft", "P-1", "Maker A", "C-9", "Depot East") == (
        order.state,
        order.package.key,
        order.supplier,
        order.contract,
        order.delivery_point,
    )
    assert [("P-1/AD-014", 12, 100_00)] == [
        (line.line, line.units, line.unit_price) for line in order.lines.all()
    ]


def test_a_line_that_the_package_does_not_have_is_refused_at_its_item():
    fund = a_fund()
    formed(fund)
    items = [*CONTRACT["items"], {**CONTRACT["items"][0], "id": "P-1/none"}]
    release = {**RELEASE, "tender": {"id": "P-1"}, "contracts": [{**CONTRACT, "items": items}]}

    assert ({"ORD-9": "refused"}, [("orders.unknown-line", "/releases/0/contracts/0/items/1")]) == brought(
        package(release), fund, "orders", delivery_point="Depot East"
    )
    assert not OrderRecord.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"awardID": "A9"}, {"awardID": ["A1"]}, {"items": []}, {"items": [{**CONTRACT["items"][0], "unit": 5}]}],
    ids=str,
)
def test_a_contract_that_is_no_order_says_why(change):
    fund = a_fund()
    release = {**RELEASE, "tender": {"id": "P-1"}, "contracts": [{**CONTRACT, **change}]}
    outcomes, findings = brought(package(release), fund, "orders", delivery_point="Depot East")

    assert {} == outcomes
    assert 1 == len(findings)


def test_what_we_write_ourselves_comes_back_unchanged():
    fund = a_fund()
    formed(fund)
    ordered(fund)
    content = b"".join(
        release_package(processes(fund, MACHINE, prefix="ocds-000000"), uri="urn:x:y", publisher="x")
    )

    assert ({"ORD-1": "unchanged"}, []) == brought(content, fund, "orders", delivery_point="Depot East")


def test_who_may_not_write_offers_writes_none():
    fund = a_fund()
    outcomes, findings = brought(package(RELEASE), fund, person=worker(Role.READER))

    assert {"A1/1": "refused"} == outcomes
    assert not OfferRecord.objects.exists()
    assert 1 == len(findings)


def test_the_command_says_what_it_did(tmp_path):
    a_fund()
    file = tmp_path / "x.json"
    file.write_bytes(package({**RELEASE, "awards": [{**AWARD, "items": [ITEM, {"id": "2"}]}]}))

    def run(*more):
        words = ["ocds", "import", str(file), "--programme", "harbour", "--as", "offers", *more]
        return CliRunner().invoke(app, words)

    dry = run("--dry-run")
    assert dry.exit_code == 1
    assert "Offers: 1 new, 0 changed, 0 unchanged, 0 refused." in dry.stdout
    assert "nothing was changed" in dry.stdout
    assert not OfferRecord.objects.exists()
    said = json.loads(run("--json").stdout)
    assert [{"key": "A1/1", "outcome": "new"}] == said["rows"]
    assert ["/releases/0/awards/0/items/1"] == [finding["pointer"] for finding in said["findings"]]
    assert OfferRecord.objects.count() == 1
    assert run("--delivery-point", "x").exit_code == 2
    file.write_text("[")
    assert run().exit_code == 2
