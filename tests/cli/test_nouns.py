"""The commands of the nouns of the chain: what a file says is written down, shown, and moved on."""

import json

import pytest
from typer.testing import CliRunner

from pledgeline.cli import app
from pledgeline.records.models import OrderRecord, ReceiptRecord, ShipmentRecord
from tests.chain import ORDER, RECEIPT, SHIPMENT, a_fund, by_another, formed

pytestmark = pytest.mark.django_db


def run(*words, given=None):
    text = None if given is None else json.dumps(given)
    return CliRunner().invoke(app, [*words, "--programme", "harbour"], input=text)


@pytest.fixture
def fund():
    row = a_fund()
    formed(row)
    return row


def test_a_package_is_ordered_shipped_and_received_by_commands(fund):
    assert "ORD-1: written down." in run("orders", "write", "-", given=ORDER).stdout
    for step in ("request", "offer", "accept"):
        assert run("orders", "step", "ORD-1", step).exit_code == 0
        by_another()  # at the machine sits one person, who does not accept what they requested
    today = OrderRecord.objects.get().accepted_on.isoformat()
    assert run("shipments", "write", "-", given=[{**SHIPMENT, "dispatched_on": today}]).exit_code == 0
    assert "SH-1: draft -> dispatched." in run("shipments", "step", "SH-1", "dispatch").stdout
    counted = {**RECEIPT, "received_on": today}
    assert run("receipts", "write", "-", given=counted).exit_code == 0
    assert "two accounts" in run("receipts", "step", "RC-1", "accept").stderr
    by_another()
    assert run("receipts", "step", "RC-1", "accept").exit_code == 0

    states = [table.objects.get().state for table in (OrderRecord, ShipmentRecord, ReceiptRecord)]
    assert states == ["accepted", "received", "accepted"]
    shown = json.loads(run("receipts", "show", "RC-1", "--json").stdout)
    assert {name: shown[name] for name in RECEIPT} == counted
    (listed,) = json.loads(run("orders", "list", "--json").stdout)
    order = json.loads(run("orders", "show", "ORD-1", "--json").stdout)
    units = {"ordered": 17, "cancelled": 0, "accepted": 5, "outstanding": 12, "under_way": 0, "to_ship": 12}
    assert (listed["units"], order["units"]) == (units, units)
    assert [line["outstanding"] for line in order["line_units"]] == [7, 5]
    for noun, key in (("orders", "ORD-1"), ("shipments", "SH-1"), ("receipts", "RC-1")):
        assert key in run(noun, "list").stdout
        assert run(noun, "show", key).exit_code == 0


def test_what_is_wrong_with_a_line_is_said_with_its_number(fund):
    lines = [ORDER["lines"][0], {**ORDER["lines"][1], "units": 6}]
    answer = run("orders", "write", "-", given={**ORDER, "lines": lines})
    assert answer.exit_code == 1
    assert "-, 1, lines.1.units: Line P-1/AD-016 has 5 units." in answer.stderr
    assert not OrderRecord.objects.exists()


def test_packages_and_discrepancies_have_commands_that_show_first_what_they_enter(fund, tmp_path):
    split = {"into": "P-2", "lines": [{"line": "P-1/AD-014", "units": 5}]}
    dry = run("packages", "step", "P-1", "split", "--with", "-", "--dry-run", given=split)
    assert (dry.exit_code, "USD 375" in dry.stdout) == (0, True)
    assert [row["key"] for row in json.loads(run("packages", "list", "--json").stdout)] == ["P-1"]
    assert "P-1: open -> open." in run("packages", "step", "P-1", "split", "--with", "-", given=split).stdout
    assert (
        "P-2: open -> merged."
        in run("packages", "step", "P-2", "merge", "--with", "-", given={"into": "P-1"}).stdout
    )
    shown = json.loads(run("packages", "show", "P-1", "--json").stdout)
    assert [line["units"] for line in shown["lines"]] == [12, 6, 5]
    assert "split, merge, cancel, close" in run("packages", "show", "P-1").stdout
    wrong = run("packages", "step", "P-1", "split", "--with", "-", given={**split, "into": "P-1"})
    assert (wrong.exit_code, "into: There is a package" in wrong.stderr) == (1, True)
    assert run("packages", "write", "-", given={}).exit_code == 2
    assert "There is none." in run("discrepancies", "list").stdout


def test_contributions_are_listed_shown_and_entered_by_commands(fund):
    """A gave 1,500, of which 900 and 480 are reserved; it pledges 100 more, and commits a part."""
    rows = {row["key"]: row for row in json.loads(run("contributions", "list", "--json").stdout)}
    assert rows["A"]["available"] == [{"minor": 120_00, "currency": "USD", "amount": "120.00"}]
    assert "Partner of A" in run("contributions", "list").stdout
    words = ("contributions", "step", "A")
    assert "A: entered." in run(*words, "pledge", "--amount", "100.00", "--id", "one").stdout
    assert "A: entered." in run(*words, "pledge", "--amount", "100.00", "--id", "one").stdout
    again = run(*words, "pledge", "--amount", "100.00")
    assert (again.exit_code, "same day" in again.stderr) == (1, True)
    assert run(*words, "commit", "--amount", "40.00").exit_code == 0
    assert run(*words, "commit", "--amount", "61.00").exit_code == 1
    assert run(*words, "return_to_partner", "--amount", "20.00").exit_code == 1
    assert run(*words, "return_to_partner", "--amount", "20.00", "--sure").exit_code == 0
    shown = json.loads(run("contributions", "show", "A", "--json").stdout)
    assert [shown[name][0]["minor"] for name in ("pledged", "committed", "available")] == [
        1_600_00,
        1_540_00,
        100_00,
    ]
    assert {use["stage"]: use["amount"]["minor"] for use in shown["uses"]}["returned"] == 20_00
    assert "returned" in run("contributions", "show", "A").stdout
    assert run(*words, "steal", "--amount", "1.00").exit_code == 2
    assert run(*words, "refund").exit_code == 2
    early = run(*words, "lapse", "--sure")
    assert (early.exit_code, "without a last day" in early.stderr) == (1, True)
    assert run(*words, "pledge", "--amount", "1,5").exit_code == 2
    assert run("contributions", "show", "Z").exit_code == 2
