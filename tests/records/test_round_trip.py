"""What is saved comes back as it was, on every database."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledgeline.money import Amount
from pledgeline.records.models import KINDS, ProgrammeRecord
from tests import builders
from tests.builders import a_programme, a_rate, a_record, a_stated_total, an_announcement
from tests.examples import examples

pytestmark = pytest.mark.django_db

patient = settings(
    deadline=None,
    max_examples=examples(10),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def saved(kind: str, value: Any) -> Any:
    """Save a value and read it again."""
    programme = ProgrammeRecord.from_value(a_programme())
    programme.save()
    model = KINDS[kind]
    model.from_value(value, programme=programme, place=0).save()
    read = model.objects.get(programme=programme).to_value()
    programme.delete()
    return read


@pytest.mark.parametrize("kind", KINDS)
@patient
@given(data=st.data())
def test_every_value_comes_back_as_it_was(kind: str, data: st.DataObject):
    value = data.draw(builders.KINDS[kind])

    assert saved(kind, value) == value


@patient
@given(programme=builders.programmes)
def test_the_settings_of_a_programme_come_back_as_they_were(programme: Any):
    ProgrammeRecord.objects.all().delete()
    ProgrammeRecord.from_value(programme).save()

    assert ProgrammeRecord.objects.get().to_value() == programme


@pytest.mark.parametrize(
    "digits", ["1.10", "0.1", "11.8635", "123456789012345678901234567890.123456789012345678"]
)
def test_a_rate_keeps_every_digit(digits: str):
    """Through a float, 123456789012345678901234567890 would come back as another number."""
    assert str(saved("rates", a_rate(digits)).rate) == digits
    assert str(saved("stated_totals", a_stated_total(digits)).value) == digits


@pytest.mark.parametrize("currency", ["JPY", "USD", "KWD", "UYW"])
def test_the_largest_amount_keeps_its_last_unit(currency: str):
    """Currencies of 0, 2, 3 and 4 digits; 10^17 - 1 is no float."""
    largest = Amount(10**17 - 1, currency)

    assert saved("announcements", an_announcement(amount=largest)).amount == largest


def test_a_key_names_one_row():
    """Each kind of row of an invented record has its own key."""
    record = a_record()

    for kind, model in KINDS.items():
        (value,) = getattr(record, kind)
        assert model.key_of(value)
