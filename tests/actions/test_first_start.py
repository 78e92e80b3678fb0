"""An empty database gets what is shipped, an old edition is renewed; what somebody has written is left alone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.first_start import load_shipped
from pledgeline.actions.records import load_record
from pledgeline.exchange.record import read_folder, shipped
from pledgeline.records.models import ProgrammeRecord
from pledgeline.records.snapshot import snapshot
from tests.builders import a_programme, a_record

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_an_empty_database_gets_the_record_of_purl_row_by_row():
    (report,) = load_shipped(now=NOW)
    (folder,) = shipped()

    assert report.programme.slug == "purl"
    assert snapshot("purl").record == read_folder(folder).record
    assert len(report.kinds["announcements"].added) == 78
    assert len(report.kinds["stated_totals"].added) == 82
    assert len(report.kinds["deliveries"].added) == 13
    assert len(report.kinds["rates"].added) == 6_084


def test_a_second_start_loads_nothing():
    load_shipped(now=NOW)
    state = snapshot("purl")

    assert load_shipped(now=NOW) == []
    assert snapshot("purl") is state


def test_a_database_with_another_programme_is_left_alone():
    load_record(programme=a_programme(), record=a_record(), prune=False, today=TODAY, by="a test")

    assert load_shipped(now=NOW) == []
    assert [row.slug for row in ProgrammeRecord.objects.all()] == ["harbour"]


def an_old_edition(*, by="first start"):
    """What an earlier version had loaded: without the last row of each kind, and with a row that is gone since."""
    (folder,) = shipped()
    reading = read_folder(folder)
    record = reading.record
    gone = replace(record.announcements[0], id="C999")
    old = replace(
        record,
        announcements=(*record.announcements[:-1], gone),
        stated_totals=record.stated_totals[:-1],
        rates=record.rates[:100],
    )
    load_record(
        programme=replace(reading.programme, coverage=None), record=old, prune=False, today=TODAY, by=by
    )
    return reading, old


def test_an_old_edition_that_nobody_has_touched_is_renewed_as_a_whole():
    reading, _old = an_old_edition()

    (report,) = load_shipped(now=NOW)

    assert (report.settings, report.dry_run) == ("changed", False)
    assert (("C078",), ("C999",)) == (
        report.kinds["announcements"].added,
        report.kinds["announcements"].removed,
    )
    assert snapshot("purl", MACHINE).record == reading.record
    assert snapshot("purl", MACHINE).programme == reading.programme
    assert load_shipped(now=NOW) == []


def test_it_is_renewed_again_by_the_version_after_that():
    an_old_edition()
    load_shipped(now=NOW)
    an_old_edition(by="new edition")

    (report,) = load_shipped(now=NOW)

    assert not report.dry_run


def test_a_record_that_somebody_has_loaded_into_is_left_alone_and_the_difference_said():
    """One load by a person is enough, whatever came before and after it."""
    _reading, old = an_old_edition()
    load_record(
        programme=snapshot("purl", MACHINE).programme, record=old, prune=False, today=TODAY, by="olena"
    )

    (report,) = load_shipped(now=NOW)

    assert report.dry_run
    assert ("C078",) == report.kinds["announcements"].added
    assert ("C999",) == report.kinds["announcements"].kept
    assert snapshot("purl", MACHINE).record == old
