"""IATI files of others become announcements: what is sure is taken, the rest is refused at its line."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.records import load_record
from pledgeline.cli import app
from pledgeline.exchange.iati import announced
from pledgeline.money import Amount
from pledgeline.programme.announcements import Stage
from pledgeline.programme.record import PublicRecord
from pledgeline.records.snapshot import snapshot
from tests.builders import a_programme
from tests.exchange.iati_files import UNREADABLE, line_of

pytestmark = pytest.mark.django_db

FILE = """<?xml version="1.0"?>
<iati-activities version="2.03" generated-datetime="2026-01-30T10:00:00Z">
  <iati-activity default-currency="EUR" xml:lang="en">
    <iati-identifier>XM-DAC-7-1</iati-identifier>
    <reporting-org ref="XM-DAC-7" type="10"><narrative>Netherlands</narrative></reporting-org>
    <title><narrative>Parts for harbours</narrative><narrative xml:lang="fr">Pieces</narrative></title>
    <recipient-country code="UA"/>
    <transaction ref="T1">
      <transaction-type code="2"/><transaction-date iso-date="2025-08-04"/>
      <value value-date="2025-08-04">500000.00</value>
    </transaction>
    <transaction ref="T2">
      <transaction-type code="2"/><transaction-date iso-date="2025-08-05Z"/>
      <value currency="NOK" value-date="2025-08-05">70</value>
      <provider-org><narrative>Norway</narrative></provider-org>
    </transaction>
    <transaction ref="T3">
      <transaction-type code="3"/><transaction-date iso-date="2025-08-06"/>
      <value value-date="2025-08-06">100</value>
    </transaction>
  </iati-activity>
</iati-activities>
"""
T1 = '<transaction ref="T1">'

REFUSED = {
    "a value without a currency": (' default-currency="EUR"', "", "transaction", "500000.00"),
    "a currency that is none": ('default-currency="EUR"', 'default-currency="EURO"', None, T1),
    "an amount below zero": (">500000.00", ">-500000.00", "transaction", "-500000.00"),
    "an amount of nothing": (">500000.00", ">0", None, T1),
    "an amount with commas": (">500000.00", ">500,000.00", "transaction", "500,000.00"),
    "an amount that is no number": (">500000.00", ">NaN", "transaction", "NaN"),
    "an amount of half a cent": (">500000.00", ">0.005", None, T1),
    "no amount": ('<value value-date="2025-08-04">500000.00</value>', "", "transaction", T1),
    "a day that no calendar has": ('"2025-08-04"/>', '"2025-02-30"/>', None, T1),
    "a day of another form": ('"2025-08-04"/>', '"04.08.2025"/>', None, T1),
    "no day": ('<transaction-date iso-date="2025-08-04"/>', "", None, T1),
    "nobody who gives": ('"2025-08-04">500000.00</value>', '"2025-08-04">500000.00</value><provider-org/>', "transaction", "<provider-org/>"),
    "a partner that nobody knows": ("<narrative>Netherlands</narrative>", "<narrative>Elbonia</narrative>", "transaction", "<reporting-org"),
    "an identifier and a name of two": ('ref="XM-DAC-7"', 'ref="NOR"', "transaction", "<reporting-org"),
    "another country": ('<recipient-country code="UA"/>', '<recipient-country code="MD"/>', "transaction", "<recipient-country"),
    "several countries": ('code="UA"/>', 'code="UA" percentage="50"/><recipient-country code="MD" percentage="50"/>', "transaction", "<recipient-country"),
    "half for the country": ('code="UA"/>', 'code="UA" percentage="50.0"/>', "transaction", "<recipient-country"),
    "a region beside it": ('code="UA"/>', 'code="UA"/><recipient-region code="89"/>', "transaction", "<recipient-country"),
    "no country": ('<recipient-country code="UA"/>', "", "transaction", T1),
    "no title": ("<title><narrative>Parts for harbours</narrative><narrative xml:lang=\"fr\">Pieces</narrative></title>", "", "title", T1),
}  # fmt: skip
"""What is changed, the second part of the code where it is one of ours, and the line where it is said."""

NOTHING = {
    "version 1": ('version="2.03"', 'version="1.05"', "iati.version"),
    "no version": (' version="2.03"', "", "iati.version"),
    "organisations": ("iati-activities", "iati-organisations", "iati.organisations"),
    "nobody who reports": ('<reporting-org ref="XM-DAC-7" type="10"><narrative>Netherlands</narrative>', "<reporting-org>", "iati.no-reporter"),
    "cut off": ("</iati-activities>\n", "", "iati.not-xml"),
}  # fmt: skip


@pytest.fixture
def fund():
    """A programme for Ukraine with an empty record."""
    settings = a_programme(recipient="UKR")
    load_record(programme=settings, record=PublicRecord(), prune=False, today=date(2026, 1, 1), by="a test")
    return settings


@pytest.fixture
def bring(tmp_path):
    def bring_in(text, *more):
        path = tmp_path / "nl.xml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        arguments = [
            "iati",
            "import",
            str(path),
            "--programme",
            "harbour",
            "--url",
            "https://example.org/nl.xml",
        ]
        done = CliRunner().invoke(app, [*arguments, "--json", *more])
        assert done.exit_code in (0, 1, 2), done.output
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return json.loads(done.stdout) | {"exit": done.exit_code}

    return bring_in


def record():
    return snapshot("harbour", MACHINE).record


def counted(said):
    return {name: said[name] for name in ("new", "changed", "unchanged", "refused", "left_out", "exit")}


def test_commitments_become_announcements_with_their_source(fund, bring):
    """Two commitments: of the one who reports, and of Norway, who is named; a payment of the same money is left out."""
    said = bring(FILE)

    assert {"new": 2, "changed": 0, "unchanged": 0, "refused": 0, "left_out": 1, "exit": 0} == counted(said)
    first, second = record().announcements
    assert (("NLD",), Amount(500_000_00, "EUR"), Stage.COMMITTED) == (
        first.partners,
        first.amount,
        first.stage,
    )
    assert (("NOR",), Amount(70_00, "NOK"), "2025-08-05") == (
        second.partners,
        second.amount,
        second.announced_on.isoformat(),
    )
    assert ("Parts for harbours", "XM-DAC-7-1 T1") == (first.title, first.note)
    (source,) = record().sources
    assert ((source.id,), "https://example.org/nl.xml", "Netherlands") == (
        first.sources,
        source.url,
        source.publisher,
    )


def test_a_dry_run_says_the_same_and_changes_nothing(fund, bring):
    assert 2 == bring(FILE, "--dry-run")["new"]
    assert PublicRecord() == record()


def test_a_file_that_comes_again_changes_what_it_changed(fund, bring):
    bring(FILE)
    again = bring(FILE)
    changed = bring(FILE.replace(">500000.00", ">600000.00"))

    assert {"new": 0, "changed": 0, "unchanged": 2, "refused": 0, "left_out": 1, "exit": 0} == counted(again)
    assert {"new": 0, "changed": 1, "unchanged": 1, "refused": 0, "left_out": 1, "exit": 0} == counted(
        changed
    )
    assert Amount(600_000_00, "EUR") == record().announcements[0].amount


@pytest.mark.parametrize("version", ["2.01", "2.02"])
def test_earlier_versions_are_read(fund, bring, version):
    assert 2 == bring(FILE.replace('version="2.03"', f'version="{version}"'))["new"]


@pytest.mark.parametrize(
    ("said", "minor"),
    [
        ("+500", 500_00),
        ("500.", 500_00),
        (".5", 50),
        ("500.5000", 500_50),
        ("0500.00", 500_00),
        ("\n 500 \n", 500_00),
    ],
)
def test_an_amount_is_read_in_every_form_that_the_schema_allows(fund, bring, said, minor):
    assert 2 == bring(FILE.replace(">500000.00", f">{said}"))["new"]
    amounts = {told.amount.currency: told.amount.minor for told in record().announcements}
    assert minor == amounts["EUR"]


@pytest.mark.parametrize("said", [".", "+", "-", "1.2.3", "1 000", "1e3", "\u0661", "5" * 40])
def test_what_is_no_decimal_is_refused(fund, bring, said):
    assert {"new": 1, "refused": 1} == {
        name: count
        for name, count in bring(FILE.replace(">500000.00", f">{said}")).items()
        if name in ("new", "refused")
    }


def test_a_region_beside_a_country_that_has_all_of_it_takes_nothing_away(fund, bring):
    """As ministries publish: Ukraine with 100 percent, and its region without a number."""
    both = 'code="UA" percentage="100.0"/><recipient-region code="89" vocabulary="1"/>'
    assert 2 == bring(FILE.replace('code="UA"/>', both))["new"]


@pytest.mark.parametrize(("take", "new"), [("pledges", 0), ("commitments", 2), ("payments", 1)])
def test_one_of_three_ways_to_say_the_same_money_is_taken(fund, bring, take, new):
    said = bring(FILE, "--take", take)

    assert (new, 3 - new) == (said["new"], said["left_out"])


def test_two_languages_are_asked_about(fund, bring):
    said = bring(FILE.replace("<narrative>Parts", '<narrative xml:lang="nl">Parts'))

    assert ("iati.title", "warning", 6) == tuple(
        said["findings"][0][part] for part in ("code", "severity", "line")
    )
    assert "Parts for harbours" == record().announcements[0].title


def test_somebody_says_whom_a_name_means(fund, bring):
    text = FILE.replace("<narrative>Netherlands</narrative>", "<narrative>Ministry</narrative>")

    assert 1 == bring(text)["refused"]
    assert 0 == bring(text, "--partner", "XM-DAC-7=NLD")["refused"]
    assert {("NLD",), ("NOR",)} == {row.partners for row in record().announcements}


def test_only_the_activities_that_are_named(fund, bring):
    assert 0 == bring(FILE, "--activity", "XM-DAC-7-2")["new"]
    assert 2 == bring(FILE, "--activity", "XM-DAC-7-1")["new"]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_sure_is_refused_at_its_line_and_the_rest_is_taken(fund, bring, name):
    old, new, code, at = REFUSED[name]
    text = FILE.replace(old, new, 1)
    assert text != FILE
    said = bring(text)

    assert 1 == said["exit"]
    assert said["refused"] in (1, 2)
    assert 2 == said["refused"] + said["new"] == said["refused"] + len(record().announcements)
    found = said["findings"][0]
    assert line_of(text, at) == found["line"]
    assert code is None or f"iati.{code}" == found["code"]
    assert all(finding["wrong"] and finding["way_out"] and finding["element"] for finding in said["findings"])


@pytest.mark.parametrize("name", NOTHING)
def test_a_file_that_cannot_be_taken_changes_nothing(fund, bring, name):
    old, new, code = NOTHING[name]
    said = bring(FILE.replace(old, new))

    assert (2, False, code) == (said["exit"], said["read"], said["findings"][0]["code"])
    assert PublicRecord() == record()


@pytest.mark.parametrize("name", ["a bomb of entities", "elements without end", "a comment without end"])
def test_what_is_hostile_is_refused(fund, bring, name):
    make, code = UNREADABLE[name]
    said = bring(make())

    assert (2, code) == (said["exit"], said["findings"][0]["code"])


def test_more_rows_than_a_record_holds_are_refused(fund, bring, monkeypatch):
    monkeypatch.setattr(announced, "MOST_ROWS", 1)

    assert "iati.too-many-transactions" == bring(FILE)["findings"][0]["code"]
    assert PublicRecord() == record()
