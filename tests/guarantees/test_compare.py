"""Twelve properties, compared with the two texts that nobody wants to repeat."""

import pytest

from pledgeline.guarantees import HasProperty, by_level, compare, properties


def answers(register, instrument):
    return {answer.property: answer.answer for answer in properties(register, register.by_id[instrument])}


def test_budapest_lacks_what_the_checklist_says(shipped):
    found = answers(shipped, "budapest-1994")

    assert {HasProperty.NO} == set(found.values())


def test_minsk_lacks_guarantor_response_and_half_of_verification(shipped):
    found = answers(shipped, "minsk-2-2015")

    for lacking in ("response", "in_place", "cost_of_reneging", "funding", "vetoes", "legal_force"):
        assert HasProperty.NO is found[lacking]
    assert HasProperty.PARTLY is found["verification"]
    assert HasProperty.PARTLY is found["deadline"]
    assert HasProperty.NOT_APPLICABLE is found["resilience"]


def test_the_alliance_owes_a_response_whose_means_are_open_and_names_no_hours(shipped):
    found = answers(shipped, "nato-1949")

    assert HasProperty.YES is found["clear_trigger"]
    assert HasProperty.PARTLY is found["response"]
    assert HasProperty.NO is found["deadline"]
    assert HasProperty.YES is found["resilience"]
    assert HasProperty.YES is found["legal_force"]


def test_every_answer_has_a_reason_and_known_clauses(shipped):
    for instrument in shipped.instruments:
        ids = {obligation.id for obligation in instrument.obligations}
        found = properties(shipped, instrument)
        assert 12 == len(found)
        for answer in found:
            assert answer.reason
            assert {clause.obligation for clause in answer.clauses} <= ids


def test_a_comparison_has_a_row_for_each_property_and_a_column_for_each_instrument(shipped):
    found = compare(shipped, ["budapest-1994", "ua-us-2024", "paris-declaration-2026"])

    assert 12 == len(found.rows)
    assert {3} == {len(row) for row in found.rows}
    assert all(len({answer.property for answer in row}) == 1 for row in found.rows)


def test_an_instrument_that_is_not_there_is_a_slip_of_the_caller(shipped):
    with pytest.raises(KeyError):
        compare(shipped, ["budapest-1995"])


def test_an_instrument_of_both_levels_stands_in_both_lists(shipped):
    levels = by_level(shipped)
    first, second = ({instrument.id for instrument in levels[level]} for level in ("1", "2"))

    assert {"nato-1949", "paris-declaration-2026"} <= first & second
    assert "ua-gb-2024" in first - second
    assert "budapest-1994" in second - first
    assert "minsk-2-2015" not in first | second
