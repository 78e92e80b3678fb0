"""Short reports in our own words, in four languages, labelled before the reader had seen them: how well it reads them.

`written` were there while rules were made; `held` were read once and then looked at by kinds of error; so were, each
after the rules before them were done, `blind` and `last`. `offices` were there while the rules for parts and lists
were made; `sealed`, written with them, is kept back: nobody has looked at what is read wrong there. `outlets` and
`kept` are twelve kinds of outlet each: the former were looked at for rules-4, the latter read once when those were
done (29 of 58 contributions ready) and looked at then. Figures are floors: a change
of the rules may raise them and must not lower them. The files have the form of a gold for claim extraction, so
that its scorer reads them.
"""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from pledgeline.evidence.finding.names import names_of
from pledgeline.evidence.finding.predictions import extraction_of, prediction_of
from pledgeline.evidence.finding.words import data

REPORTS = Path(__file__).parent / "reports"
NAMES = names_of([data("programmes.toml")])


def units(half):
    for path in sorted((REPORTS / half / "reports").glob("*.json")):
        stored = json.loads(path.read_text("utf-8"))
        report = stored["report"]
        for excerpt in stored["excerpts"]:
            facts = {key: report[key] for key in ("published", "title", "language")}
            yield (
                excerpt,
                prediction_of(
                    extraction_of({"text": excerpt["text"], "context": excerpt["text"], **facts}, NAMES)
                ),
            )


def meets(first, second):
    return first["start"] < second["end"] and first["end"] > second["start"]


def is_same_sum(claim, proposed):
    stated, read = claim["amount"], proposed.get("amount")
    return bool(
        read
        and meets(proposed, claim["span"])
        and (Decimal(read["value"]), read["currency"]) == (Decimal(stated["value"]), stated["currency"])
    )


def is_ready(claim, proposed):
    """Say whether a contribution could be accepted as it is: givers, stage, programme and day are right."""
    donors = {actor.get("iso") or actor["id"] for actor in claim["actors"]}
    day = claim.get("date")
    return (
        proposed["kind"] == "contribution"
        and (
            donors == set(proposed["donors"])
            or not (donors or any(":" not in id_ for id_ in proposed["donors"]))
        )
        and proposed["stage"] in claim["stage_accept"]
        and (proposed["programme"] == claim["programme"] or bool(claim.get("programme_in_context")))
        and (day is None or day["value"] == proposed["date"])
    )


def measured(half):
    counts = Counter()
    for excerpt, prediction in units(half):
        proposed = [claim for claim in prediction["claims"] if claim.get("amount")]
        counts["proposed"] += len(proposed)
        for claim in excerpt["claims"]:
            if claim["kind"] == "statement":
                counts["quotes"] += 1
                counts["speakers"] += any(
                    meets(quote, claim["span"]) and quote["speaker"] == claim["attributed_to"]["name"]
                    for quote in prediction["quotes"]
                )
                continue
            same = next((other for other in proposed if is_same_sum(claim, other)), None)
            counts["sums"] += 1
            counts["found"] += same is not None
            if claim["kind"] == "contribution":
                counts["contributions"] += 1
                counts["ready"] += same is not None and is_ready(claim, same)
        counts["noise"] += len(excerpt["noise"])
        counts["masked"] += sum(
            any(meets(part["span"], other) for other in prediction["noise"]) for part in excerpt["noise"]
        )
    return counts


@pytest.mark.parametrize(
    ("half", "ready"),
    [
        ("written", 49),
        ("held", 40),
        ("blind", 37),
        ("last", 30),
        ("offices", 48),
        ("outlets", 45),
        ("kept", 48),
    ],
)
def test_fresh_reports_are_read_as_well_as_before(half, ready):
    counts = measured(half)

    assert counts["found"] >= 0.95 * counts["sums"]
    assert counts["found"] >= 0.97 * counts["proposed"]
    assert counts["ready"] >= ready
    assert counts["speakers"] >= 0.9 * counts["quotes"]
    assert counts["masked"] == counts["noise"]
