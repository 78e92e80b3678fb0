"""The prefix of ocids: one of nobody unless one is named, and one that is none stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from pledgeline.server.environment import ocid_prefix


def test_a_prefix_is_as_it_was_registered(monkeypatch):
    monkeypatch.delenv("PREFIX", raising=False)
    assert "ocds-000000" == ocid_prefix("PREFIX")
    monkeypatch.setenv("PREFIX", "ocds-213czf")
    assert "ocds-213czf" == ocid_prefix("PREFIX")


@pytest.mark.parametrize("said", ["213czf", "ocds-213CZF", "ocds-213cz", "ocds-213czf-", "ocds-213czf\n"])
def test_what_is_no_prefix_stops_the_start(monkeypatch, said):
    monkeypatch.setenv("PREFIX", said)
    with pytest.raises(ImproperlyConfigured, match="write “ocds-” and six small letters"):
        ocid_prefix("PREFIX")
