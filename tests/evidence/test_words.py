"""What the room calls things is in the catalogue, so that it can be said in another language."""

import pytest

from pledgeline.evidence import Basis, PossibilityKind, Treatment, Valued, Why


@pytest.mark.parametrize("words", [Treatment, Why, Valued, Basis, PossibilityKind])
def test_the_catalogue_has_words_for_every_one_of_them(words):
    said = [str(word.said) for word in words]

    assert all(said)
    assert len(said) == len(set(said))


def test_they_are_said_as_they_always_were():
    assert "left out" == str(Treatment.LEFT_OUT.said)
    assert "replaced by a newer figure" == str(Why.REPLACED.said)
    assert "dollar figure of the report" == str(Valued.AS_REPORTED.said)
    assert "partners with a counted announcement in the year, up to the day" == str(
        Basis.PARTNERS_IN_THE_YEAR.said
    )
    assert "money announced but not reported as committed or paid" == str(PossibilityKind.ONLY_ANNOUNCED.said)
