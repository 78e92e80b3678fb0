"""Coverage, removal, funding, vetoes, claims: figures counted by hand in the shipped register."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime

from pledgeline.guarantees import (
    ObligationState,
    by_guarantor,
    changes,
    claims,
    coverage,
    coverage_matrix,
    evaluate,
    funding_by_year,
    promised_twice,
    removals,
    timeline,
    veto_points,
    without,
)
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.periods import periods_of
from pledgeline.guarantees.scenarios import Assumption, BreachFinding, Scenario, ScenarioEvent

DAY = date(2026, 12, 1)
ATTACK = ScenarioEvent(
    id="e1",
    kinds=("armed_attack",),
    when=Moment(at=datetime(2026, 12, 5, 2, tzinfo=UTC)),
    by=("RU",),
    against=("UA",),
    episode="ep-1",
    facts={"new_attack": True},
)
NOON = datetime(2026, 12, 5, 12, tzinfo=UTC)


def cell(found, kind):
    return next(part for part in found.cells if part.kind == kind)


def test_eleven_guarantors_consult_within_a_number_and_fifteen_more_at_once(shipped):
    found = coverage(shipped, beneficiary="UA", on=DAY, event="armed_attack")

    numbered = cell(found, "consult_with_number").guarantors
    assert ("DE", "EU", "FR", "GB", "IT", "JP", "LU", "NL", "PT", "RO", "US") == numbered
    assert 26 == len(cell(found, "consult").guarantors)


def test_no_instrument_in_force_owes_ukraine_an_armed_response(shipped):
    """Berlin and Paris intend one, and are blocked: shown apart, not counted."""
    found = cell(coverage(shipped, beneficiary="UA", on=DAY, event="armed_attack"), "armed_response")

    assert () == found.guarantors
    assert {"DE", "FR", "GB", "PL"} <= set(found.blocked)


def test_a_ceasefire_and_an_assumed_plan_fill_the_empty_cell_and_say_that_members_are_missing(shipped):
    scenario = Scenario(
        assumptions=(Assumption(instrument="ceasefire-response-2026", on=date(2026, 6, 1)),),
        events=(ScenarioEvent(id="c", kinds=("ceasefire_in_force",), when=Moment(on=date(2026, 6, 1))),),
    )
    found = coverage(shipped, beneficiary="UA", on=DAY, event="ceasefire_violation", scenario=scenario)

    assert {"FR", "GB", "US"} <= set(cell(found, "armed_response").guarantors)
    assert "armed_response" in found.uncertain_kinds
    assert ("COW",) == cell(found, "armed_response").unlisted_groups


def test_a_blockade_is_named_by_the_union_alone(shipped):
    found = coverage(
        shipped, beneficiary="UA", on=DAY, event="naval_blockade", kinds=["consult", "military_aid"]
    )

    assert ("EU",) == cell(found, "consult").guarantors
    assert ("military_aid",) == found.uncovered_kinds
    assert ("EU",) == found.single_points


def test_the_matrix_has_a_row_for_every_kind_of_event(shipped):
    rows = coverage_matrix(shipped, beneficiary="UA", on=DAY)

    assert {"armed_attack", "naval_blockade", "grey_zone_attack"} <= {row.event for row in rows}
    grey = next(row for row in rows if row.event == "grey_zone_attack")
    assert all(not part.is_covered for part in grey.cells)


def test_money_for_a_past_year_covers_nothing(shipped):
    then = coverage(shipped.only(("ua-gb-2024",)), beneficiary="UA", on=date(2024, 6, 1), kinds=["funding"])
    now = coverage(shipped.only(("ua-gb-2024",)), beneficiary="UA", on=DAY, kinds=["funding"])

    assert ("GB",) == then.single_points
    assert ("funding",) == now.uncovered_kinds


def test_one_leaving_and_two_leaving(shipped):
    """Intelligence on an attack rests on one guarantor; maritime security on two together."""
    found = {
        removal.guarantors: removal.uncovered
        for removal in removals(coverage(shipped, beneficiary="UA", on=DAY))
    }

    assert ("intelligence",) == found["US",]
    assert ("maritime_security",) == found["GB", "RO"]


def test_what_falls_away_and_from_which_moment(shipped):
    """Notice of 31 August ends the American agreement with 28 February; elsewhere no clause is known."""
    found = without(shipped, leavers=["US"], beneficiary="UA", on=date(2026, 8, 31), event="armed_attack")

    ends = {departure.instrument.id: departure.ends_at for departure in found.departures}
    assert datetime(2027, 2, 28, 21, 59, 59, 999999, tzinfo=UTC) == ends["ua-us-2024"]
    assert ends["g7-vilnius-2023"] is None
    assert ("intelligence",) == found.newly_uncovered


def test_a_treaty_of_many_goes_on_without_one(shipped):
    found = without(shipped, leavers=["HU"], beneficiary="PL", on=DAY)

    alliance = next(departure for departure in found.departures if departure.instrument.id == "nato-1949")
    assert alliance.goes_on
    assert date(2027, 12, 1) == alliance.ends_at.date() or date(2027, 12, 2) == alliance.ends_at.date()


def test_the_funding_cliff(shipped):
    """18 bilateral texts name money for 2024, 8 for 2025 and 2026, 6 for 2027, 4 for 2028."""
    texts = defaultdict(set)
    for funding in funding_by_year(shipped, beneficiary="UA"):
        if funding.instrument.id.startswith("ua-"):
            texts[funding.year].add(funding.instrument.id)

    assert [18, 8, 8, 6, 4] == [len(texts[year]) for year in range(2024, 2029)]


def test_a_total_over_years_is_not_divided(shipped):
    norway = [
        funding
        for funding in funding_by_year(shipped, beneficiary="UA")
        if funding.obligation.id == "nansen-2023-2027"
    ]

    assert [2023, 2024, 2025, 2026, 2027] == [funding.year for funding in norway]
    assert all(funding.is_share_of_total and funding.amount is None for funding in norway)


def test_the_consent_of_the_adversary_is_the_commonest_veto(shipped):
    kinds = [veto_point.kind for veto_point in veto_points(shipped) if not veto_point.is_condition]

    assert 24 == len(kinds)
    assert 6 == kinds.count("adversary_consent") == max(kinds.count(kind) for kind in kinds)


def test_conditions_that_somebody_satisfies_are_veto_points_too(shipped):
    found = {
        (veto_point.actor, veto_point.instrument.id, veto_point.obligation.id)
        for veto_point in veto_points(shipped)
        if veto_point.is_condition
    }

    assert ("US_CONGRESS", "ua-us-2024", "support") in found
    assert ("UK_PARLIAMENT", "mnf-u-intent-2026", "deploy") in found


def test_the_same_aircraft_promised_twice_is_shown_and_not_added_up(edges):
    (found,) = promised_twice(edges)

    assert ("PL", "mig-29") == (found.obligor, found.item)
    assert (("edge-numbers-2025", "aircraft"), ("edge-twice-2025", "aircraft")) == found.obligations


def test_a_change_of_the_register_shows_what_it_alters(shipped):
    """Without the American agreement intelligence has nobody; everything else stays as it was."""
    ids = tuple(instrument.id for instrument in shipped.instruments if instrument.id != "ua-us-2024")
    asked = {"beneficiary": "UA", "on": DAY, "event": "armed_attack"}

    found = {
        change.kind: change
        for change in changes(coverage(shipped, **asked), coverage(shipped.only(ids), **asked))
    }

    assert {"consult_with_number", "intelligence"} == set(found)
    assert ("US",) == found["intelligence"].lost
    assert found["intelligence"].was_covered
    assert not found["intelligence"].is_covered


def test_guarantors_by_kind_of_help(shipped):
    found = by_guarantor(coverage(shipped, beneficiary="UA", on=DAY, event="armed_attack"))

    assert {"consult", "consult_with_number", "military_aid"} <= set(found["GB"])
    assert {"ua-gb-2024"} == {entry.instrument.id for entry in found["GB"]["consult_with_number"]}


def test_several_claims_at_once_on_one_guarantor(shipped):
    found = {claim.guarantor: claim.entries for claim in claims(shipped, Scenario(events=(ATTACK,)), NOON)}

    german = {(entry.instrument.id, entry.obligation.id) for entry in found["DE"]}
    assert {("g7-vilnius-2023", "assist-on-attack"), ("ua-de-2024", "assist-on-attack")} <= german


def test_a_duty_officer_sees_what_is_owed_apart_from_what_is_to_be_decided(shipped):
    taiwan = replace(ATTACK, by=("CN",), against=("TW",))
    found = timeline(shipped, Scenario(events=(taiwan,)), NOON)

    assert ["decide-action"] == [entry.obligation.id for entry in found.to_decide]
    assert ["inform-congress"] == [entry.obligation.id for entry in found.owed]
    assert {"legal"} == {entry.legal_form for entry in (*found.owed, *found.to_decide)}


def test_a_timeline_begins_with_the_next_due_time_and_leaves_standing_duties_out(shipped):
    found = timeline(shipped, Scenario(events=(ATTACK,)), NOON)

    dues = [entry.instance.due.earliest for entry in found.owed if entry.instance.due]
    assert sorted(dues) == dues
    assert all(entry.instance.episode for entry in found.entries)
    assert len(timeline(shipped, Scenario(events=(ATTACK,)), NOON, with_standing=True).entries) > len(
        found.entries
    )


def test_a_timeline_says_which_fact_to_find_out_first(shipped):
    unsure = replace(ATTACK, facts={})
    (first, *_) = timeline(shipped, Scenario(events=(unsure,)), NOON).unknowns

    assert ("new_attack", "ep-1") == (first.fact, first.episode)
    assert len(first.obligations) > 30


def test_what_only_the_adversary_can_satisfy_is_marked(shipped):
    found = timeline(shipped, Scenario(events=(ATTACK,)), NOON)
    paris = next(entry for entry in found.held_up if entry.instrument.id == "paris-declaration-2026")
    berlin = next(entry for entry in found.held_up if entry.instrument.id == "berlin-statement-2025")

    assert paris.waits_for_the_adversary
    assert not berlin.waits_for_the_adversary


def test_a_breach_is_a_finding_of_a_person_beside_the_state(shipped):
    finding = BreachFinding(
        instrument="budapest-1994",
        obligation="respect-borders",
        obligor="RU",
        found_by="General Assembly",
        source="resolution 68/262",
        when=Moment(on=date(2014, 3, 27)),
    )
    scenario = Scenario(instruments=("budapest-1994",), breaches=(finding,))

    def of_russia(as_of):
        return next(
            instance
            for instance in evaluate(shipped, scenario, as_of)
            if instance.obligation == "respect-borders" and instance.obligors == ("RU",)
        )

    assert of_russia(datetime(2014, 3, 1, tzinfo=UTC)).breach is None
    after = of_russia(datetime(2014, 4, 1, tzinfo=UTC))
    assert finding is after.breach
    assert ObligationState.NO_FIXED_DATE is after.state


def test_two_instruments_that_say_different_things_are_both_answered(shipped):
    """Germany consults within 24 hours of a request, and the seven at once: two duties, two states."""
    instances = {
        (instance.instrument, instance.obligation): instance.state
        for instance in evaluate(shipped, Scenario(events=(ATTACK,)), NOON)
        if "DE" in instance.obligors
    }

    assert ObligationState.CONDITIONAL is instances["ua-de-2024", "consult"]
    assert ObligationState.NO_FIXED_DATE is instances["g7-vilnius-2023", "consult"]


def test_months_that_have_no_such_day_give_their_last(edges):
    """Every month from 31 March: the periods begin on 31 March, 30 April, 31 May."""
    monthly = edges.by_id["edge-numbers-2025"].obligation("every-month")
    found = periods_of(monthly, date(2025, 1, 31), date(2025, 6, 15))

    assert [date(2025, 3, 31), date(2025, 4, 30), date(2025, 5, 31)] == [row[0] for row in found]
    assert [date(2025, 4, 29), date(2025, 5, 30), date(2025, 6, 29)] == [row[1] for row in found]


def test_a_recurrence_without_a_beginning_leaves_its_first_year_open(shipped):
    """EUR 5 million a year until 2026: whether 2024, the year of signature, is meant the text does not say."""
    as_of = datetime(2026, 6, 1, tzinfo=UTC)
    found = {
        instance.period: instance.state
        for instance in evaluate(shipped, Scenario(instruments=("ua-lv-2024",)), as_of)
        if instance.obligation == "reconstruction"
    }

    assert {
        "2024": ObligationState.UNDETERMINED,
        "2025": ObligationState.OVERDUE,
        "2026": ObligationState.DUE,
    } == found
