"""The table of steps is whole: each state is reached, each step is said in words, and no step leads out of the end."""

import pytest

from pledgeline.programme.roles import Role
from pledgeline.programme.sentences import has_sentence, spoken_in
from pledgeline.programme.steps import (
    BY_THEMSELVES,
    MAY_WRITE,
    OPEN_TO_CHANGE,
    STEPS,
    WAITS,
    State,
    Step,
    first_state,
    state_name,
    states_of,
    step_of,
    steps_from,
)

TAKE_AWAY = ("return", "reject", "withdraw", "cancel", "cancel-rest", "lose", "refund", "write-off")
NOUNS = sorted({step.noun for step in STEPS})


def test_no_step_stands_twice():
    assert len(STEPS) == len({(step.noun, step.name) for step in STEPS})


@pytest.mark.parametrize("noun", NOUNS)
def test_every_state_of_a_noun_is_reached_from_its_first(noun):
    reached, before = {first_state(noun)}, set()
    while reached != before:
        before = set(reached)
        reached |= {step.target for step in STEPS if step.noun == noun and step.origins & reached}
    assert reached | BY_THEMSELVES.get(noun, frozenset()) == set(states_of(noun))


@pytest.mark.parametrize("noun", NOUNS)
def test_what_waits_for_a_decision_can_be_returned_or_decided(noun):
    waiting = WAITS & set(states_of(noun))
    assert all(any(True for _step in steps_from(noun, state)) for state in waiting)
    assert not waiting & OPEN_TO_CHANGE


def test_every_step_names_the_step_that_another_person_took():
    names = [(step.noun, step.not_after) for step in STEPS if step.not_after]
    assert all(name == "write" or step_of(noun, name) for noun, name in names)


def test_every_step_and_state_is_said_in_words():
    taken = [(step.noun, step.name) for step in STEPS] + [(noun, "write") for noun in MAY_WRITE]
    assert [] == [pair for pair in taken if not has_sentence(Step.named(*pair).code)]
    assert all(Step.named(*pair).part("done") for pair in taken)
    assert len({state_name("order", state) for state in State}) == len(State)


def test_an_order_is_agreed_to_and_goods_are_taken_over():
    """Ukrainian has a word for each; other states have one word for all."""
    with spoken_in("uk"):
        assert ("погоджено", "затверджено") == (
            state_name("order", "accepted"),
            state_name("receipt", "accepted"),
        )
        assert state_name("order", "open") == state_name("discrepancy", "open")


def test_nobody_who_only_reads_takes_a_step():
    silent = {Role.READER, Role.AUDITOR, Role.ADMINISTRATOR, Role.REGISTER_EDITOR}
    assert not any(step.roles & silent for step in STEPS)
    assert not any(roles & silent for roles in MAY_WRITE.values())


def test_whoever_takes_something_away_says_why():
    assert all(step.needs_reason for step in STEPS if step.name in TAKE_AWAY)
