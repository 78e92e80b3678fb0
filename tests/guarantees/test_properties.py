"""What holds for every register and every scenario, invented ones included."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledgeline.guarantees import coverage, evaluate, evaluate_fast, removals
from pledgeline.guarantees.instances import ObligationState
from pledgeline.guarantees.instruments import Register
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.scenarios import ScenarioEvent
from pledgeline.guarantees.vocabulary import Actors
from tests.examples import examples
from tests.guarantees.invented import many_events, many_times, renamed
from tests.guarantees.strategies import as_ofs, registers, scenarios

thorough = settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))


@thorough
@given(data=st.data())
def test_the_fast_evaluator_says_what_the_plain_one_says(data):
    register = data.draw(registers())
    scenario = data.draw(scenarios(register))
    as_of = data.draw(as_ofs)

    assert evaluate(register, scenario, as_of) == evaluate_fast(register, scenario, as_of)


@settings(max_examples=examples(5), deadline=None)
@given(seed=st.integers(0, 10_000))
def test_both_agree_on_the_shipped_register_with_many_events(seed, shipped):
    register = many_times(shipped, 300)
    scenario = many_events(register, 80, seed=seed)
    as_of = max(event.when.window("UTC").latest for event in scenario.events)

    assert evaluate(register, scenario, as_of) == evaluate_fast(register, scenario, as_of)


@thorough
@given(data=st.data())
def test_more_guarantors_never_uncover_anything(data):
    """An instrument more, or an obligor more for an obligation: what was covered stays covered."""
    register = data.draw(registers())
    scenario = data.draw(scenarios(register))
    chosen = data.draw(st.sampled_from(register.instruments))
    more = replace(
        chosen,
        obligations=tuple(
            replace(obligation, by=tuple(dict.fromkeys([*obligation.by, "DD"])))
            for obligation in chosen.obligations
        ),
    )
    others = tuple(instrument for instrument in register.instruments if instrument is not chosen)
    on = data.draw(as_ofs).date()
    event = data.draw(st.sampled_from(["", "armed_attack", "naval_blockade"]))
    asked = {"beneficiary": "UU", "on": on, "event": event, "scenario": scenario}

    fewer = coverage(replace_instruments(register, others), **asked)
    with_it = coverage(register, **asked)
    with_more = coverage(replace_instruments(register, (*others, more)), **asked)

    assert set(with_it.uncovered_kinds) <= set(fewer.uncovered_kinds)
    assert set(with_more.uncovered_kinds) <= set(with_it.uncovered_kinds)


def replace_instruments(register: Register, instruments) -> Register:
    return Register(vocabulary=register.vocabulary, actors=register.actors, instruments=tuple(instruments))


@thorough
@given(data=st.data())
def test_what_is_learnt_later_never_changes_the_answer_known_earlier(data):
    register = data.draw(registers())
    scenario = data.draw(scenarios(register))
    as_of = data.draw(as_ofs)
    later = data.draw(scenarios(register))
    after = Moment(at=as_of + timedelta(hours=data.draw(st.integers(1, 500))))
    learnt = tuple(
        replace(
            event, id=f"later-{event.id}", ref=data.draw(st.sampled_from([event.ref, "e0", ""])), learnt=after
        )
        for event in later.events
    )
    records = tuple(replace(record, id=f"later-{record.id}", learnt=after) for record in later.records)
    conditions = tuple(replace(condition, learnt=after) for condition in later.conditions)
    grown = replace(
        scenario,
        events=(*scenario.events, *learnt),
        records=(*scenario.records, *records),
        conditions=(*scenario.conditions, *conditions),
    )

    assert evaluate(register, scenario, as_of) == evaluate(register, grown, as_of)
    much_later = as_of + timedelta(days=400)
    assert evaluate(register, scenario, much_later, known_at=as_of) == evaluate(
        register, grown, much_later, known_at=as_of
    )


@thorough
@given(data=st.data())
def test_renaming_the_actors_changes_nothing_else(data):
    register = data.draw(registers())
    scenario = data.draw(scenarios(register))
    as_of = data.draw(as_ofs)

    def name(code: str) -> str:
        return f"X_{code[::-1]}"

    def names(codes):
        return tuple(name(code) for code in codes)

    other = renamed(register, name)
    told = replace(
        scenario,
        events=tuple(
            replace(
                event, by=names(event.by), against=names(event.against), to=name(event.to) if event.to else ""
            )
            for event in scenario.events
        ),
        records=tuple(replace(record, by=names(record.by)) for record in scenario.records),
        products=tuple(replace(product, actor=name(product.actor)) for product in scenario.products),
    )

    before = evaluate(register, scenario, as_of)
    after = evaluate(other, told, as_of)

    def plain(instances, spell):
        return [
            replace(
                instance,
                obligors=tuple(spell(code) for code in instance.obligors),
                unlisted_groups=tuple(spell(code) for code in instance.unlisted_groups),
                blocked_by=tuple(
                    replace(condition, by=spell(condition.by) if condition.by else "")
                    for condition in instance.blocked_by
                ),
                trace=(),
            )
            for instance in instances
        ]

    assert plain(before, name) == plain(after, lambda code: code)


@thorough
@given(data=st.data())
def test_an_instrument_that_has_ended_opens_nothing_new(data):
    """After the end of notice no event opens anything that is owed."""
    register = data.draw(registers(at_most=1))
    scenario = data.draw(scenarios(register))
    (instrument,) = register.instruments
    ended = replace(instrument, ends_on=data.draw(as_ofs).date())
    register = replace_instruments(register, [ended])
    as_of = data.draw(as_ofs) + timedelta(days=200)
    late = Moment(
        at=Moment(on=ended.ends_on).window(ended.zone).latest
        + timedelta(minutes=data.draw(st.integers(1, 9999)))
    )
    attack = ScenarioEvent(
        id="late",
        kinds=("armed_attack",),
        when=late,
        by=("RR",),
        against=("UU", "AA"),
        episode="ep-late",
        facts={"new_attack": True, "on_territory": True},
    )

    before = evaluate(register, scenario, as_of)
    after = evaluate(register, replace(scenario, events=(*scenario.events, attack)), as_of)

    new = [instance for instance in after if instance.episode == "ep-late"]
    assert {instance.state for instance in new} <= {ObligationState.NOT_IN_FORCE}
    opened = [
        instance
        for instance in before
        if instance.state not in (ObligationState.NOT_IN_FORCE, ObligationState.NOT_TRIGGERED)
    ]
    assert opened == [
        instance
        for instance in after
        if instance.state not in (ObligationState.NOT_IN_FORCE, ObligationState.NOT_TRIGGERED)
    ]


@thorough
@given(data=st.data())
def test_removing_guarantors_is_what_coverage_without_them_says(data):
    register = data.draw(registers())
    on = data.draw(as_ofs).date()
    whole = coverage(register, beneficiary="UU", on=on)

    for removal in removals(whole):
        left = coverage(register, beneficiary="UU", on=on, without=removal.guarantors)
        assert set(removal.uncovered) <= set(left.uncovered_kinds) - set(whole.uncovered_kinds)
        for guarantor in removal.guarantors:
            rest = [other for other in removal.guarantors if other != guarantor]
            kept = coverage(register, beneficiary="UU", on=on, without=rest)
            assert not set(removal.uncovered) & set(kept.uncovered_kinds)


@thorough
@given(data=st.data())
def test_breached_is_never_computed_and_a_power_is_never_overdue(data):
    register = data.draw(registers())
    scenario = data.draw(scenarios(register))
    as_of = data.draw(as_ofs)

    for instance in evaluate_fast(register, scenario, as_of):
        obligation = register.by_id[instance.instrument].obligation(instance.obligation)
        assert instance.breach is None
        if obligation.is_power:
            assert instance.state not in (
                ObligationState.DUE,
                ObligationState.OVERDUE,
                ObligationState.TARGET_MISSED,
            )
        if instance.due is not None:
            assert instance.due.earliest <= instance.due.latest
        if instance.state is ObligationState.OVERDUE:
            assert as_of > instance.due.latest
        if instance.state is ObligationState.UNDETERMINED:
            assert instance.missing_facts


def test_actors_without_groups_expand_to_themselves():
    assert ("A", "B") == Actors(names={"A": "a", "B": "b"}).expand(["A", "B", "A"])
