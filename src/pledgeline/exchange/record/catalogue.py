"""The list of what the reader of a record objects to, and which of its findings only warn."""

from pledgeline.programme.findings import Finding, FindingList, Place
from pledgeline.programme.sentences import Sentence

WARNINGS = frozenset(
    (
        "cell.day-after-today",
        "cell.key-twice",
        "cell.spaces",
        "cell.two-scripts",
        "checkpoints.unit",
        "contributions.dollars-differ",
        "contributions.far-from-report",
        "contributions.joint-and-share",
        "contributions.named-as-total",
        "contributions.no-rate",
        "contributions.replaces-with-nothing",
        "contributions.same-money",
        "contributions.sum-of-rows",
        "fx.both-ways",
        "fx.jump",
        "header.unknown-column",
        "row.twice",
    )
)
"""The lasting codes of findings that only warn."""


def record_findings() -> FindingList:
    """Begin the list of findings of one reading."""
    last = Finding(place=Place(file=""), said=Sentence("reading.too-many.record.more"))
    return FindingList(last, WARNINGS)
