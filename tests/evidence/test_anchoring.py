"""Words of a claim are found again in a corrected version of their report, or it is said that they were not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.evidence.deciding.anchoring import Anchoring, Versions
from pledgeline.evidence.reading.texts import Span

REPORT = " ".join(
    f"On day {number} the government of Northland pledged EUR {number * 7} million to the fund, "
    f"and said so in town {number}."
    for number in range(1, 40)
)
WORDS = [REPORT.index(f"EUR {number * 7} million") for number in range(1, 40)]
TYPED = ["of ", "a", "New Harbour ", ", as was said", "\n"]


def place_of(words, text=REPORT):
    start = text.index(words)
    return Span(start, start + len(words))


def anchored(after, words, before=REPORT):
    return Versions(before, after).anchor(place_of(words, before))


@given(st.integers(0, 10_000))
def test_of_all_places_at_least_95_percent_are_found_after_small_edits(seed):
    """Five edits of some letters anywhere, away from the sums: every sum is looked for, and none is found elsewhere."""
    chance = random.Random(seed)
    marks = [f"\ue000{number}\ue001" for number in range(len(WORDS))]
    parts, last = [], 0
    for start, mark in zip(WORDS, marks, strict=True):
        parts += [REPORT[last:start], mark]
        last = REPORT.index(" to the fund", start)
    pieces = [*parts, REPORT[last:]]
    for _ in range(5):
        number = chance.randrange(0, len(pieces), 2)
        piece = pieces[number]
        at = chance.randrange(len(piece))
        drop = chance.choice([0, 0, 1, 6])
        pieces[number] = piece[:at] + chance.choice(TYPED) + piece[at + drop :]
    after, true = "", []
    for number, piece in enumerate(pieces):
        if number % 2:
            start = WORDS[number // 2]
            piece = REPORT[start : REPORT.index(" to the fund", start)]
            true.append(Span(len(after), len(after) + len(piece)))
        after += piece
    versions = Versions(REPORT, after)

    found = [
        versions.anchor(Span(start, start + len(place.of(after))))
        for start, place in zip(WORDS, true, strict=True)
    ]

    right = sum(anchor.span == place for anchor, place in zip(found, true, strict=True))
    assert right >= 0.95 * len(true)
    assert all(
        anchor.span == place or anchor.found is Anchoring.LOST
        for anchor, place in zip(found, true, strict=True)
    )


def test_an_unchanged_text_keeps_every_place():
    versions = Versions(REPORT, REPORT)
    for start in WORDS:
        span = Span(start, start + 9)
        assert (Anchoring.SAME, span) == (versions.anchor(span).found, versions.anchor(span).span)


def test_words_that_moved_are_told_from_words_that_changed_and_from_words_that_are_gone():
    moved = anchored("A correction was made. " + REPORT, "EUR 70 million")
    assert (Anchoring.MOVED, place_of("EUR 70 million").start + 23) == (moved.found, moved.span.start)

    corrected = REPORT.replace("EUR 70 million", "EUR 72 million")
    changed = anchored(corrected, "EUR 70 million")
    assert (Anchoring.CHANGED, "EUR 72 million") == (changed.found, changed.span.of(corrected))

    gone = REPORT.replace(
        "On day 10 the government of Northland pledged EUR 70 million to the fund, and said so in town 10.",
        "",
    )
    assert (Anchoring.LOST, None) == (
        anchored(gone, "EUR 70 million").found,
        anchored(gone, "EUR 70 million").span,
    )


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("Northland pledged EUR 5 million to the fund.", Anchoring.SAME),
        ("Northland never pledged EUR 5 million to the fund.", Anchoring.CHANGED),
        ("Northland has paid EUR 5 million to the fund.", Anchoring.CHANGED),
        ("It was corrected. Northland pledged EUR 5 million to the fund.", Anchoring.MOVED),
        ("The weather was fine.", Anchoring.LOST),
    ],
)
def test_a_claim_stands_only_where_all_that_it_was_read_from_does(after, expected):
    before = "Northland pledged EUR 5 million to the fund."
    parts = [Span(0, len(before)), place_of("pledged", before)]
    found = Versions(before, after).anchor_claim(place_of("EUR 5 million", before), parts)
    assert expected is found.found


def test_the_same_words_told_twice_are_told_apart_by_what_stands_around_them():
    before = "Norway pledged EUR 5 million. Sweden pledged EUR 5 million."
    after = "Finland joined today. " + before
    versions = Versions(before, after)
    for start in (15, 45):
        assert Span(start + 22, start + 35) == versions.anchor(Span(start, start + 13)).span
