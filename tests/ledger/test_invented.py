"""The invented programme: the same for the same seed, whole, and plainly said to be invented."""

import json
from collections import Counter

import pytest

from pledgeline.ledger import read_event_file, replay_events
from pledgeline.ledger.invented import PACKAGES, PARTNERS, illustration
from tests.ledger.stories import TODAY


def done(seed=1):
    return replay_events(
        read_event_file(json.dumps(illustration(seed)).encode(), "invented.json"), today=TODAY
    )


def test_the_same_seed_gives_the_same_year():
    assert illustration(3) == illustration(3)
    assert illustration(3) != illustration(4)


@pytest.mark.parametrize("seed", range(1, 13))
def test_everything_in_it_comes_out_as_it_says(seed):
    replayed = done(seed)

    assert replayed.is_as_expected
    assert 2 == replayed.counts["refused"]
    assert not [shortfall for shortfall in replayed.shortfalls if shortfall.spot.account.value != "available"]


def test_it_has_everything_that_there_is_to_look_at():
    told = Counter(event["type"] for event in illustration()["events"] if event["expect"] == "ok")
    days = [event["effective_on"] for event in illustration()["events"]]

    wanted = (
        "pledge revise reduce commit receive convert fee allocate order price_change cancel_units swap "
        "deliver accept reject refund return_to_partner lapse carry_over write_off correct"
    )
    assert set(wanted.split()) <= told.keys()
    assert (12, 8) == (len(PARTNERS), len(PACKAGES))
    assert 6 == len(illustration()["currencies"])
    assert min(days) < "2025-02" < "2025-12" < max(days) < "2026"
    assert "invented" in illustration()["title"]


def test_it_is_recorded_in_the_order_in_which_it_is_told():
    times = [event["recorded_at"] for event in illustration()["events"]]

    assert sorted(times) == times


def test_what_is_sealed_of_it_stays():
    """The root that these events had before their form was closed: to the last bit the same books."""
    assert "c83a1bb195ec059a96f41ff583e29c5c3621de32ea949983edea751fa1cba521" == done().book.root().hex()
