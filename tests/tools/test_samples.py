"""The samples are what their script makes, are good, and say on every sheet what they are."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from pledgeline.exchange.record import read_folder
from pledgeline.exchange.workbook import read_workbook
from tools import samples

NAMES = sorted(samples.MADE)


def test_the_samples_are_not_stale(monkeypatch, tmp_path, capsys):
    assert 0 == samples.main(["--check"]), capsys.readouterr().err
    assert 2 == samples.main(["--chekc"])
    monkeypatch.setattr(samples, "SAMPLES", tmp_path)
    assert 1 == samples.main(["--check"])


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_good_and_says_what_is_invented(name):
    data = (samples.SAMPLES / name).read_bytes()

    reading = read_workbook(data, name)

    assert not reading.errors
    assert reading.problem.lines
    for sheet in load_workbook(io.BytesIO(data)):
        if sheet.title not in ("Help", "Lists"):
            assert "INVENTED" in sheet["A1"].value


def test_the_sample_in_the_size_of_purl_keeps_to_the_public_record():
    """Amounts, partners and days are those of the record; prices lie inside its public ranges."""
    notes = samples.purl_size().notes
    record = read_folder(samples.RECORD).record
    announced = {row.id: row for row in record.announcements}
    items = {item.name: item for item in record.items}
    reading = read_workbook((samples.SAMPLES / "purl-size.xlsx").read_bytes())

    assert len(reading.problem.contributions) > 20
    for contribution in reading.problem.contributions:
        row = announced[contribution.id]
        assert (row.amount.minor, row.amount.currency) == (contribution.amount_minor, contribution.currency)
        assert (row.announced_on - date(2025, 9, 1)).days == contribution.available_from
        note = notes["Contributions", contribution.id]
        assert contribution.id in note
        assert row.sources[0] in note
    for offer in reading.problem.offers:
        item = items[offer.item]
        assert item.price_low.minor <= offer.unit_price_minor <= item.price_high.minor
    months = [
        (date(2025, 9, 1) + timedelta(days=package.order_day)).month for package in reading.problem.packages
    ]
    assert [9, 9, 10, 10, 11, 11, 12, 12, 1, 1, 2, 2] == months
    assert {50_000_000_000} == {package.target_minor for package in reading.problem.packages}
