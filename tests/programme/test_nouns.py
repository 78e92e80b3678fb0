"""A noun is read from raw values, or everything that is wrong with it is said at its field."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.programme.findings import Place
from pledgeline.programme.nouns import field_of, read_noun
from pledgeline.programme.offers import Offer
from pledgeline.programme.orders import Order, OrderLine
from pledgeline.programme.receipts import CountedLot, Receipt
from pledgeline.programme.requirements import Requirement
from pledgeline.programme.shipments import Shipment, ShippedLot

PLACE = Place(file="a test")
REQUIREMENT = {"key": "AD-014", "item": "interceptor", "quantity": 12}
OFFER = {"key": "O-1", "item": "interceptor", "supplier": "Maker A", "unit_price": 5_00, "currency": "USD"}


def wrong(noun, raw):
    read = read_noun(noun, raw, PLACE)
    assert isinstance(read, list), read
    return {(field_of(finding), finding.code) for finding in read}


def test_what_is_left_out_is_as_usual():
    read = read_noun(Requirement, REQUIREMENT, PLACE)
    assert (read.priority, read.min_useful, read.multiple, read.need_by) == (1, 1, 1, None)
    assert read.as_said() == {**REQUIREMENT, "priority": 1, "min_useful": 1, "multiple": 1}


def test_a_noun_says_itself_again():
    said = {**REQUIREMENT, "need_by": "2026-03-01", "category": "air", "purpose": "two\nlines"}
    read = read_noun(Requirement, said, PLACE)
    assert read.need_by == date(2026, 3, 1)
    assert read_noun(Requirement, read.as_said(), PLACE) == read


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"key": ""}, "key", "noun.not-a-key"),
        ({"key": " x"}, "key", "noun.not-a-key"),
        ({"key": "АD-1"}, "key", "noun.mixed-scripts"),
        ({"key": "x" * 201}, "key", "noun.not-a-key"),
        ({"key": "a\u200bb"}, "key", "noun.not-a-key"),
        ({"item": 5}, "item", "noun.not-a-key"),
        ({"quantity": 0}, "quantity", "noun.not-above-zero"),
        ({"quantity": -1}, "quantity", "noun.not-above-zero"),
        ({"quantity": True}, "quantity", "noun.not-a-whole-number"),
        ({"quantity": 1.5}, "quantity", "noun.not-a-whole-number"),
        ({"quantity": "12"}, "quantity", "noun.not-a-whole-number"),
        ({"quantity": 10**30}, "quantity", "noun.too-large"),
        ({"priority": 0}, "priority", "noun.out-of-range"),
        ({"priority": 1_001}, "priority", "noun.out-of-range"),
        ({"need_by": "1.3.2026"}, "need_by", "noun.not-a-day"),
        ({"need_by": "2026-02-30"}, "need_by", "noun.not-a-day"),
        ({"multiple": 5}, "quantity", "noun.not-a-multiple"),
        ({"min_useful": 13}, "min_useful", "noun.more-than-all"),
        ({"purpose": "x" * 10_001}, "purpose", "noun.not-a-text"),
        ({"priorty": 2}, "priorty", "noun.unknown-field"),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_field(change, field, code):
    assert (field, code) in wrong(Requirement, {**REQUIREMENT, **change})


def test_every_fault_is_said_at_once():
    said = wrong(Requirement, {"item": "", "quantity": 0, "colour": "red"})
    assert {field for field, _code in said} == {"key", "item", "quantity", "colour"}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"currency": "XXX"}, "currency", "noun.unknown-currency"),
        ({"currency": "DEM"}, "currency", "noun.unknown-currency"),
        ({"unit_price": -1}, "unit_price", "noun.out-of-range"),
        ({"lead_days": 3_651}, "lead_days", "noun.out-of-range"),
        ({"available": 3, "min_order": 4}, "min_order", "noun.more-than-all"),
        (
            {"valid_from": "2026-03-02", "valid_until": "2026-03-01"},
            "valid_until",
            "noun.ends-before-it-begins",
        ),
    ],
)
def test_an_offer_that_cannot_be_meant(change, field, code):
    assert (field, code) in wrong(Offer, {**OFFER, **change})


def test_an_offer_stands_from_its_first_day_to_its_last():
    offer = read_noun(Offer, {**OFFER, "valid_from": "2026-03-01", "valid_until": "2026-03-03"}, PLACE)
    assert [False, True, True, True, False] == [
        offer.stands_on(date(2026, 2, 28 + days) if days < 1 else date(2026, 3, days)) for days in range(5)
    ]
    assert read_noun(Offer, OFFER, PLACE).stands_on(date(1990, 1, 1))


@given(st.dictionaries(st.sampled_from([*Requirement.model_fields, "x"]), st.from_type(object)))
def test_whatever_is_said_is_read_or_refused_and_never_a_crash(raw):
    read = read_noun(Requirement, raw, PLACE)
    assert isinstance(read, Requirement) or all(finding.wrong and finding.way_out for finding in read)


PARTS = st.lists(
    st.dictionaries(st.sampled_from([*ShippedLot.model_fields, "x"]), st.from_type(object)) | st.integers()
)


@given(
    st.dictionaries(st.sampled_from([*Shipment.model_fields, "x"]), st.from_type(object)),
    PARTS | st.from_type(object),
)
def test_whatever_is_said_of_parts_is_read_or_refused_and_never_a_crash(raw, lots):
    read = read_noun(Shipment, {**raw, "lots": lots}, PLACE)
    assert isinstance(read, Shipment) or all(finding.wrong and finding.way_out for finding in read)


@pytest.mark.parametrize(
    "noun", [Requirement, Offer, Order, OrderLine, Shipment, ShippedLot, Receipt, CountedLot]
)
def test_every_field_has_a_name_and_a_heading_of_its_own(noun):
    said = noun.fields_said()
    assert len({str(field.label) for field in said.values()}) == len(said)
    headings = [heading.casefold() for field in said.values() for heading in field.headings]
    assert len(headings) == len(set(headings))
