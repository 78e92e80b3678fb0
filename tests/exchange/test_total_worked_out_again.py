"""The total of the shipped record, worked out a second time with nothing but `csv` and fractions."""

import csv
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

import pytest

from pledgeline.evidence import as_of, standings
from pledgeline.exchange.record import read_folder, shipped
from pledgeline.money import Rates

FOLDER = next(folder for folder in shipped() if folder.name == "purl")
MINOR = {"USD": 100, "EUR": 100, "NOK": 100, "ISK": 1, "JPY": 1}


@cache
def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rate(currency, day):
    """How many units one euro was worth, on the last day with a rate, if that is no more than 31 days ago."""
    if currency == "EUR":
        return Fraction(1)
    found = [row for row in rows("fx.csv") if row["currency"] == currency and row["date"] <= day]
    newest = max(found, key=lambda row: row["date"])
    if date.fromisoformat(day) - date.fromisoformat(newest["date"]) > timedelta(days=31):
        return None
    return Fraction(newest["rate"])


def counted(day):
    told = [row for row in rows("contributions.csv") if row["announced_on"] <= day]
    dropped = {old for row in told if row["relation"] == "replaces" for old in row["relates_to"].split(";")}
    return [row for row in told if row["relation"] in ("", "replaces") and row["id"] not in dropped]


def total(day, currency):
    whole, silent, lost = 0, [], []
    for row in counted(day):
        if currency == "USD" and row["amount_usd_as_reported"]:
            exact = Fraction(row["amount_usd_as_reported"])
        elif not row["amount"]:
            silent.append(row["id"])
            continue
        elif row["currency"] == currency:
            exact = Fraction(row["amount"])
        else:
            bought, sold = rate(currency, row["announced_on"]), rate(row["currency"], row["announced_on"])
            if bought is None or sold is None:
                lost.append(row["id"])
                continue
            exact = Fraction(row["amount"]) / sold * bought
        whole += round(exact * MINOR[currency])
    return whole, silent, lost


@cache
def shipped_record():
    return read_folder(FOLDER).record


@pytest.mark.parametrize("currency", MINOR)
@pytest.mark.parametrize(
    "day", ["2025-08-03", "2025-08-31", "2025-10-22", "2025-11-18", "2025-12-31", "2026-03-01", "2026-11-22"]
)
def test_both_ways_give_the_same(day, currency):
    record = shipped_record()
    valued = standings(record.announcements, Rates(record.rates, maximum_age_days=31), currency)
    told = as_of(valued, date.fromisoformat(day), currency)

    assert total(day, currency) == (
        told.total.minor,
        [row.announcement.id for row in told.without_amount],
        [row.announcement.id for row in told.without_rate],
    )
    assert [row["id"] for row in counted(day)] == [row.announcement.id for row in told.counted]


def test_some_of_it_by_hand():
    """August 2025 in dollars: 578 + 90 + 146 + 275 + 500 + 500 + 117 million and EUR 2 million at 1.1654."""
    whole, silent, lost = total("2025-08-31", "USD")

    rest = round(Fraction(2_000_000) * rate("USD", "2025-08-12") * 100)
    assert 2_206_000_000_00 + rest == whole
    assert ([], []) == (silent, lost)
