"""An empty database gets what is shipped; another is left alone."""

from datetime import UTC, date, datetime

import pytest

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
    (report,) = load_shipped(now=NOW, by="a test")
    (folder,) = shipped()

    assert report.programme.slug == "purl"
    assert snapshot("purl").record == read_folder(folder).record
    assert len(report.kinds["announcements"].added) == 58
    assert len(report.kinds["rates"].added) == 2_483


def test_a_second_start_loads_nothing():
    load_shipped(now=NOW, by="a test")
    state = snapshot("purl")

    assert load_shipped(now=NOW, by="a test") == []
    assert snapshot("purl") is state


def test_a_database_with_another_programme_is_left_alone():
    load_record(programme=a_programme(), record=a_record(), prune=False, today=TODAY, by="a test")

    assert load_shipped(now=NOW, by="a test") == []
    assert [row.slug for row in ProgrammeRecord.objects.all()] == ["harbour"]
