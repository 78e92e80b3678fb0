"""Random walks of people through the chain; `do.py torture chain` walks 50,000 steps on each database."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.chain_walk import ChainWalk

STEPS_OF_A_WALK = 80
STEPS = int(os.environ.get("PLEDGELINE_CHAIN_STEPS", "240"))


@pytest.mark.django_db
def test_rows_books_and_rights_agree_whatever_people_do():
    run_state_machine_as_test(
        ChainWalk,
        settings=settings(
            max_examples=max(1, STEPS // STEPS_OF_A_WALK),
            stateful_step_count=STEPS_OF_A_WALK,
            deadline=None,
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
