"""The commands of the nouns of the chain: what a file says is written down, shown, and moved on."""

import json

import pytest
from typer.testing import CliRunner

from pledgeline.cli import app
from pledgeline.records.models import OrderRecord, ReceiptRecord, ShipmentRecord
from tests.chain import ORDER, RECEIPT, SHIPMENT, a_fund, formed

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
    today = OrderRecord.objects.get().accepted_on.isoformat()
    assert run("shipments", "write", "-", given=[{**SHIPMENT, "dispatched_on": today}]).exit_code == 0
    assert "SH-1: draft -> dispatched." in run("shipments", "step", "SH-1", "dispatch").stdout
    counted = {**RECEIPT, "received_on": today}
    assert run("receipts", "write", "-", given=counted).exit_code == 0
    assert run("receipts", "step", "RC-1", "accept").exit_code == 0

    states = [table.objects.get().state for table in (OrderRecord, ShipmentRecord, ReceiptRecord)]
    assert states == ["accepted", "received", "accepted"]
    shown = json.loads(run("receipts", "show", "RC-1", "--json").stdout)
    assert {name: shown[name] for name in RECEIPT} == counted
    for noun, key in (("orders", "ORD-1"), ("shipments", "SH-1"), ("receipts", "RC-1")):
        assert key in run(noun, "list").stdout
        assert run(noun, "show", key).exit_code == 0


def test_what_is_wrong_with_a_line_is_said_with_its_number(fund):
    lines = [ORDER["lines"][0], {**ORDER["lines"][1], "units": 6}]
    answer = run("orders", "write", "-", given={**ORDER, "lines": lines})
    assert answer.exit_code == 1
    assert "-, 1, lines.1.units: Line P-1/AD-016 has 5 units." in answer.stderr
    assert not OrderRecord.objects.exists()
