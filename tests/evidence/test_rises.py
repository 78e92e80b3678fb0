"""A total that rose by less than what came in between is shown; one that may have risen enough is not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pledgeline.evidence.comparing.rises import short_rises
from pledgeline.evidence.finding.candidates import MoneyRole, StatedStage
from pledgeline.evidence.linking.claims import MoneyClaim, accepted


def day(number):
    return date(2025, 10, number)


def claim(id_, value, on, role=MoneyRole.TOTAL, stage=StatedStage.PLEDGED, **more):
    return MoneyClaim(
        id=id_, document=id_, value=Decimal(value), currencies=frozenset({"EUR"}), role=role, is_contribution=True,
        stages=accepted(stage), programme="PURL", said_on=day(on), stated_on=day(on), **more,
    )  # fmt: skip


EARLIER, LATER = claim("a", 1_000, 1), claim("c", 1_040, 20)
GIFT = claim("b", 100, 10, MoneyRole.CONTRIBUTION, donors=frozenset({"BE"}))


def test_a_total_that_rose_by_40_while_100_came_in_is_shown():
    [short] = short_rises([LATER, GIFT, EARLIER])
    assert ("a", "c", Decimal(40), "EUR", "b") == (
        short.earlier, short.later, short.rise, short.currency, short.contribution,
    )  # fmt: skip


@pytest.mark.parametrize(
    "claims",
    [
        (EARLIER, replace(LATER, value=Decimal(1_100)), GIFT),
        (EARLIER, replace(LATER, qualifier="more_than"), GIFT),
        (EARLIER, replace(LATER, programme="ERA"), GIFT),
        (EARLIER, replace(LATER, value=Decimal(900)), GIFT),
        (EARLIER, LATER, replace(GIFT, stated_on=day(1))),
        (EARLIER, LATER, replace(GIFT, stated_on=day(21))),
        (EARLIER, LATER, replace(GIFT, stated_on=None)),
        (EARLIER, LATER, replace(GIFT, role=MoneyRole.COMPONENT)),
        (EARLIER, LATER, replace(GIFT, currencies=frozenset({"USD"}))),
        (EARLIER, replace(LATER, stages=accepted(StatedStage.CONTRIBUTED)), GIFT),
        (EARLIER, replace(LATER, donors=frozenset({"NO"})), GIFT),
    ],
    ids=[
        "rose enough", "may be more", "another programme", "fell", "before", "after", "on no day",
        "part of another sum", "another currency", "counts what was paid", "of another giver",
    ],
)  # fmt: skip
def test_what_proves_nothing_is_not_shown(claims):
    assert [] == short_rises(claims)
