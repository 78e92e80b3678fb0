"""What the result of a job keeps as a sentence, said in the language of who reads it."""

from typing import Any

from pledgeline.programme.findings import lasting_code, way_out_of
from pledgeline.programme.sentences import Sentence, from_data


def as_said(kept: dict[str, Any]) -> dict[str, str]:
    """Say a refusal or a finding, with its code and its place. Earlier versions kept it in words, for thirty days."""
    if "said" not in kept:
        return kept
    said = from_data(kept["said"])
    assert isinstance(said, Sentence)
    return {
        "place": kept["place"],
        "code": lasting_code(said),
        "wrong": str(said),
        "way_out": way_out_of(said),
    }
