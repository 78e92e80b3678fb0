"""A programme as IATI, on the page of the books and by command: for whom the books are, and what its policy shows."""

from decimal import Decimal

import pytest
from typer.testing import CliRunner

from pledgeline.cli import app
from pledgeline.exchange.iati.check import PARTS
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import WITHHOLDABLE
from pledgeline.records.models import ContributionRecord, ProgrammeRecord
from tests.builders import a_source, an_announcement
from tests.exchange.iati_files import checked, needs_standards
from tests.exchange.iati_written import LATER, sums_in_file, units_in_file
from tests.people import NOW
from tests.web.books import PACKAGE, keep

pytestmark = pytest.mark.django_db

FILE, ORGANISATION = "/p/harbour/books/iati-activities.xml", "/p/harbour/books/iati-organisations.xml"


def terms(key, **said):
    """Write terms of a contribution down."""
    programme = ProgrammeRecord.objects.get(slug="harbour")
    ContributionRecord.objects.create(
        programme=programme,
        key=key,
        partner="Northland",
        currency="EUR",
        made_by="a test",
        made_at=NOW,
        **said,
    )


def content(client, address=FILE):
    response = client.get(address)
    assert 200 == response.status_code
    assert response.streaming
    return b"".join(response.streaming_content)


@needs_standards
def test_everybody_gets_a_valid_file_of_public_books(client):
    """Two pledges, EUR 20 and USD 30 million; four of ten line-one units taken over; a refund of 120,000."""
    keep(PACKAGE, base_currency="USD", recipient="UKR")
    data = content(client)

    assert [] == checked(data, PARTS, now=LATER).errors
    assert [] == checked(content(client, ORGANISATION), PARTS, now=LATER).findings
    sums = sums_in_file(data)
    assert {
        ("13", "EUR"): Decimal("20000000.00"),
        ("13", "USD"): Decimal("30000000.00"),
    }.items() <= sums.items()
    assert Decimal("16000000.00") - Decimal("120000.00") + Decimal("11035.00") == sums["4", "USD"]
    assert {"L1": 10, "L2": 0, "L3": 0} == units_in_file(data)
    page = client.get("/p/harbour/books/proofs/").content.decode()
    assert FILE in page
    assert ORGANISATION in page


def test_books_that_are_not_public_do_not_leave(client):
    keep(PACKAGE, public=False)

    assert {404} == {client.get(address).status_code for address in (FILE, ORGANISATION)}
    assert 404 == client.get("/p/harbour/books/iati-people.xml").status_code


def test_what_the_policy_withholds_is_in_no_file(client):
    withheld = {**WITHHOLDABLE, "announcements": (), "packages": (), "deliveries": ()}
    keep(PACKAGE, public_fields=withheld)
    terms("N", pays_for=["item: interceptor"], agreement="N-2025/7", note="between us")
    data = content(client)

    assert b"aid-type" not in data
    assert b"<result" not in data
    assert b": L1" not in data
    assert not any(text in data for text in (b"interceptor", b"N-2025/7", b"between us"))


def test_terms_are_told_as_far_as_the_policy_shows_earmarks(client):
    keep(PACKAGE)
    terms("N", pays_for=["item: interceptor"], agreement="N-2025/7", note="between us")
    data = content(client)

    assert b'<aid-type code="4" vocabulary="2"/>' in data
    assert not any(text in data for text in (b"interceptor", b"between us"))


@needs_standards
def test_the_command_writes_the_file_under_the_identifier_of_whoever_publishes(tmp_path):
    keep(PACKAGE, base_currency="USD")
    path = tmp_path / "a.xml"
    arguments = [
        "iati",
        "export",
        "--programme",
        "harbour",
        "--reporting-org",
        "XM-DAC-7",
        "--reporting-type",
        "10",
    ]
    result = CliRunner().invoke(app, [*arguments, "--out", str(path)])

    assert 0 == result.exit_code, result.output
    data = path.read_bytes()
    assert b"<iati-identifier>XM-DAC-7-harbour</iati-identifier>" in data
    assert [] == checked(data, PARTS, now=LATER).errors


@pytest.mark.parametrize(
    "wrong", [["--reporting-org", "a b"], ["--reporting-org", "XM-1", "--reporting-type", "x"]]
)
def test_the_command_refuses_an_identifier_that_is_none(wrong):
    result = CliRunner().invoke(app, ["iati", "export", *wrong])

    assert 2 == result.exit_code
    assert "write" in result.stderr


@needs_standards
def test_a_programme_without_books_publishes_what_it_is():
    keep([], record=PublicRecord(announcements=(an_announcement(),), sources=(a_source(),)), recipient="UKR")
    result = CliRunner().invoke(app, ["iati", "export", "--programme", "harbour"])

    assert 0 == result.exit_code, result.output
    assert {} == sums_in_file(result.stdout_bytes)
    assert [] == checked(result.stdout_bytes, PARTS, now=LATER).errors


def test_a_programme_in_which_nothing_happened_says_so():
    keep([])
    result = CliRunner().invoke(app, ["iati", "export", "--programme", "harbour"])

    assert 2 == result.exit_code
    assert "nothing to publish yet" in result.stderr


@needs_standards
def test_the_shipped_record_of_purl_is_valid_as_iati(purl, db):
    for more in ([], ["--organisation"]):
        result = CliRunner().invoke(app, ["iati", "export", "--programme", "purl", *more])

        assert 0 == result.exit_code, result.output
        assert [] == checked(result.stdout_bytes, PARTS, now=LATER).findings
