"""Cases worked out from the description of event files alone, by hand or by a calculator that shares no code.

Each file of `cases` tells a story with every outcome and every figure that must come out.
"""

import json
from pathlib import Path

import pytest

from pledgeline.ledger import read_event_file, replay_events
from tests.ledger.stories import TODAY

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))


def backwards(value):
    """Write the names of every object in the other order."""
    if isinstance(value, dict):
        return {name: backwards(inner) for name, inner in reversed(value.items())}
    return [backwards(inner) for inner in value] if isinstance(value, list) else value


def replayed(whole):
    return replay_events(read_event_file(json.dumps(whole).encode(), "case.json"), today=TODAY)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_comes_out_as_somebody_worked_it_out(path):
    whole = json.loads(path.read_bytes())

    for version in (whole, backwards(whole)):
        done = replayed(version)

        assert [] == list(done.differences)
        assert [] == list(done.findings)
        assert done.compared > len(whole["events"])
