"""What is left out of a total is counted by what it is."""

from pledgeline.evidence.left_out import LeftOutAs, left_out_as
from pledgeline.evidence.told import Why
from pledgeline.money import Amount
from pledgeline.programme.announcements import Relation
from tests.builders import an_announcement

NEW = an_announcement("A")
JOINT = an_announcement("J", partners=("NLD", "BEL"))
BY_ID = {row.id: row for row in (NEW, JOINT)}


def repeat(*others, **given):
    return an_announcement("R", relation=Relation.REPEATS, relates_to=others, **given)


def test_each_row_that_is_left_out_is_of_one_kind():
    dollars = Amount(580_000_000_00, "USD")

    assert LeftOutAs.SAID_AGAIN is left_out_as(repeat("A"), Why.REPEATS, BY_ID)
    assert LeftOutAs.OTHER_CURRENCY is left_out_as(repeat("A", amount=dollars), Why.REPEATS, BY_ID)
    assert LeftOutAs.JOINTLY is left_out_as(repeat("J", amount=dollars), Why.REPEATS, BY_ID)
    assert LeftOutAs.SUPERSEDED is left_out_as(NEW, Why.REPLACED, BY_ID)
    assert LeftOutAs.PRESS_ERROR is left_out_as(NEW, Why.CONFLICTS, BY_ID)
    assert LeftOutAs.TAKEN_BACK is left_out_as(NEW, Why.WITHDRAWN, BY_ID)
