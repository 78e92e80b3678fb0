"""The chain as releases and records of OCDS: every amount is that of the books, and nothing withheld leaves."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from typer.testing import CliRunner

from pledgeline.accounts.roles import MACHINE
from pledgeline.cli import app
from pledgeline.exchange.ocds import check, load_standard
from pledgeline.exchange.ocds.packages import compiled, record_package, release_package
from pledgeline.exchange.ocds.releases import releases
from pledgeline.money import Amount
from pledgeline.programme.roles import Role
from pledgeline.queries.ocds import processes, sum_bound
from pledgeline.records.models import FormedPackage, OrderRecord
from tests.chain import (
    RECEIPT,
    a_delivered_fund,
    a_fund,
    dispatched,
    formed,
    ordered,
    paid,
    received,
    take,
    the_fund,
    worker,
)
from tests.exchange.ocds_files import FOLDER, needs_standard
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

WRITERS = {"releases": release_package, "records": record_package}


def written(fund, what="records", person=MACHINE):
    parts = WRITERS[what](
        processes(fund, person, prefix="ocds-000000"), uri="https://example.org/x.json", publisher=fund.name
    )
    return b"".join(parts)


def read(content):
    return json.loads(content, parse_float=Decimal)


delivered = written_once(a_delivered_fund)


@pytest.fixture
def chain(delivered):
    """12 interceptors and 5 donated tents are ordered; of 8 interceptors 5 are accepted, 2 rejected, 1 is missing."""
    return the_fund()


def test_the_releases_tell_the_chain_from_plan_to_receipt(chain):
    releases = read(written(chain, "releases"))["releases"]

    assert [
        ("ocds-000000-harbour.P-1-formed", ["planning", "tender"]),
        ("ocds-000000-harbour.P-1-order-ORD-1", ["award", "contract"]),
        ("ocds-000000-harbour.P-1-receipt-RC-1", ["implementation"]),
    ] == [(release["id"], release["tag"]) for release in releases[:-1]]
    assert releases[-1]["tag"] == ["planningUpdate", "tenderUpdate", "implementationUpdate"]
    assert releases[0]["tender"]["items"][0] == {
        "id": "P-1/AD-014",
        "description": "interceptor",
        "quantity": 12,
        "unit": {"name": "unit", "value": {"amount": Decimal("100.00"), "currency": "USD"}},
    }
    assert releases[1]["awards"][0]["value"] == {"amount": Decimal("1200.00"), "currency": "USD"}
    milestone = releases[2]["contracts"][0]["implementation"]["milestones"][0]
    assert ("partiallyMet", "interceptor: 5 accepted, 2 rejected, 1 not there") == (
        milestone["status"],
        milestone["description"],
    )


def test_the_amounts_are_those_of_the_books(chain):
    """A and B pay 3 to 1: of 5 accepted at USD 100 A has spent 375, B 125. Beside them A pays 480 for radios."""
    record = read(written(chain))["records"][0]["compiledRelease"]
    budget = record["planning"]["budget"]
    contract = record["contracts"][0]
    spent = {
        transaction["payer"]["name"]: transaction["value"]["amount"]
        for transaction in contract["implementation"]["transactions"]
    }

    assert {"A": Decimal("1380.00"), "B": Decimal("300.00")} == {
        part["description"]: part["amount"]["amount"] for part in budget["budgetBreakdown"]
    }
    assert Decimal("1680.00") == budget["amount"]["amount"]
    assert Decimal("1200.00") == contract["value"]["amount"]
    assert {"Partner of A": Decimal("375.00"), "Partner of B": Decimal("125.00")} == spent


def test_a_rest_that_is_cancelled_ends_the_contract_and_lowers_its_value(chain):
    take(OrderRecord.objects.get(), "cancel-rest", worker(Role.FINANCE), reason="No more are made")
    record = read(written(chain))["records"][0]
    contract = record["compiledRelease"]["contracts"][0]

    assert ["contractTermination"] in [release["tag"] for release in record["releases"]]
    assert ("terminated", Decimal("500.00")) == (contract["status"], contract["value"]["amount"])


def test_what_is_bound_in_several_currencies_is_no_sum():
    """USD 5.00 and EUR 7.00 are not 12.00 of either; nothing at all is nothing of the order's currency."""
    usd, eur = Amount(5_00, "USD"), Amount(7_00, "EUR")

    assert sum_bound([usd, eur], "USD") is None
    assert Amount(10_00, "USD") == sum_bound([usd, usd], "USD")
    assert eur == sum_bound([eur], "USD")
    assert Amount(0, "USD") == sum_bound([], "USD")


def test_a_contract_bound_in_several_currencies_keeps_the_value_it_was_signed_for(chain):
    process = next(processes(chain, MACHINE, prefix="ocds-000000"))
    mixed = replace(process, orders=tuple(replace(order, bound=None) for order in process.orders))
    made = releases(mixed)

    assert "value" not in made[-1]["contracts"][0]
    assert Decimal("1200.00") == Decimal(compiled(made)["contracts"][0]["value"]["amount"])


def test_a_record_is_its_releases_merged(chain):
    record = read(written(chain))["records"][0]

    assert record["releases"] == read(written(chain, "releases"))["releases"]
    assert record["compiledRelease"] == compiled(record["releases"])
    roles = {party["name"]: party["roles"] for party in record["compiledRelease"]["parties"]}
    assert roles["Maker A"] == ["supplier", "payee"]
    assert roles["Partner of A"] == ["funder", "sourceParty", "payer"]


@needs_standard
@pytest.mark.parametrize("what", WRITERS)
@pytest.mark.parametrize("step", ["formed", "merged", "ordered", "received", "closed"])
def test_at_every_step_the_file_has_no_error(what, step):
    fund = a_fund()
    formed(fund)
    if step == "merged":  # nothing is left of one of the packages
        split = {"into": "P-2", "lines": [{"line": "P-1/AD-015", "units": 1}]}
        take(FormedPackage.objects.get(), "split", worker(Role.COORDINATOR), details=split)
        take(FormedPackage.objects.get(key="P-2"), "merge", MACHINE, details={"into": "P-1"})
        assert list(FormedPackage.objects.values_list("state", flat=True).order_by("key")) == [
            "open",
            "merged",
        ]
    if step in ("ordered", "received", "closed"):
        ordered(fund)
    if step in ("received", "closed"):
        dispatched(fund)
        received(fund)
    if step == "closed":
        take(OrderRecord.objects.get(), "cancel-rest", worker(Role.FINANCE), reason="No more are made")
    checked = check(written(fund, what), "export.json", load_standard(FOLDER))
    assert () == checked.findings


SECRETS = {
    "packages": (
        {"packages": ["delivery_reported_on", "note"]},
        ['"interceptor"', '"radio"', '"tent"', "interceptor:"],
    ),
    "items": ({"items": ["lead_time", "note"]}, ['"quantity"', '"unit"', "5 accepted"]),
    "deliveries": ({"deliveries": ["packages", "note"]}, ["5 accepted", "2 rejected"]),
    "days": ({"packages": ["contents", "note"]}, ['"milestones"', "partiallyMet", "2 rejected"]),
}


@pytest.mark.parametrize("kind", SECRETS)
def test_what_a_programme_withholds_leaves_in_no_file_and_is_named(chain, kind):
    public, secrets = SECRETS[kind]
    before = {what: written(chain, what).decode() for what in WRITERS}
    chain.public_fields = {**chain.public_fields, **public}
    chain.save()

    for what in WRITERS:
        after = written(chain, what).decode()
        assert [True for _ in secrets] == [secret in before[what] for secret in secrets]
        assert [] == [secret for secret in secrets if secret in after]
        assert '"withheldInformation":' in after
        assert '"withheldInformation":' not in before[what]
        if FOLDER:
            assert 0 == check(after.encode(), "x.json", load_standard(FOLDER)).errors


def test_places_names_of_people_reasons_and_notes_are_in_no_file(chain):
    for what in WRITERS:
        content = written(chain, what).decode()
        assert [] == [
            secret
            for secret in (
                "Depot East",
                "Border North",
                "Eve Counter",
                "Wet",
                "Not there",
                "a-finance",
                "second",
            )
            if secret in content
        ]


def test_who_lacks_a_right_gets_no_file(chain, client):
    for role, status in (
        (Role.READER, 200),
        (Role.COORDINATOR, 200),
        (Role.RECIPIENT, 403),
        (Role.PARTNER, 403),
    ):
        own = Client()
        own.force_login(worker(role, party="NOR" if role is Role.PARTNER else ""))
        assert status == own.get("/p/harbour/ocds/releases.json").status_code
        with_link = b"ocds/records.json" in own.get("/p/harbour/formed/").content
        assert with_link == (status == 200)
    assert 404 == client.get("/p/harbour/ocds/releases.json").status_code
    with pytest.raises(PermissionError):
        written(chain, person=worker(Role.RECIPIENT))

    reader = Client()
    reader.force_login(worker(Role.READER))
    answer = reader.get("/p/harbour/ocds/records.json")
    assert b"".join(answer.streaming_content).startswith(b'{"records":[')
    assert 'filename="harbour-ocds-records.json"' in answer["Content-Disposition"]
    assert 404 == reader.get("/p/harbour/ocds/shoes.json").status_code


def test_the_command_writes_what_the_site_gives(chain, tmp_path):
    out = tmp_path / "out.json"
    words = ["ocds", "export", "--programme", "harbour", "--records", "--out", str(out)]
    done = CliRunner().invoke(app, words)

    assert done.exit_code == 0, done.output
    assert json.loads(out.read_text())["uri"] == "urn:pledgeline:harbour:records"
    assert "is there already" in CliRunner().invoke(app, words).stderr
    printed = CliRunner().invoke(app, ["ocds", "export", "--programme", "harbour"])
    assert json.loads(printed.stdout)["releases"]


def test_a_programme_without_a_package_is_answered_with_the_way_out():
    fund = a_fund()
    paid(fund, "A", 5_00)
    answer = CliRunner().invoke(app, ["ocds", "export", "--programme", "harbour"])

    assert answer.exit_code == 2
    assert "accept a plan" in answer.stderr


def test_keys_of_any_letters_make_ids_of_their_own():
    """Lots “a-b” and “a” with contributions “c” and “b-c” are two transactions."""
    fund = a_fund()
    formed(fund, key="P/1 ü")
    ordered(
        fund,
        package="P/1 ü",
        lines=[{"line": "P/1 ü/AD-014", "units": 12, "unit_price": 100_00}],
    )
    lots = [{"line": "P/1 ü/AD-014", "lot": lot, "units": 4} for lot in ("a", "a/A")]
    dispatched(fund, lots=lots)
    received(fund, **{**RECEIPT, "lots": [{"lot": lot["lot"], "accepted": 4} for lot in lots]})
    record = read(written(fund))["records"][0]["compiledRelease"]
    transactions = record["contracts"][0]["implementation"]["transactions"]

    assert 4 == len({transaction["id"] for transaction in transactions})
    assert Decimal("800.00") == sum(transaction["value"]["amount"] for transaction in transactions)
    assert "P/1 ü" == record["tender"]["id"]
