"""Rows of a public record in the form in which claims are compared: announcements and stated totals.

Reports name a state by two letters and a record by three; a party of a programme has one code in both.
"""

from collections.abc import Iterable
from functools import cache

from pledgeline.evidence.finding.candidates import MoneyRole, StatedStage
from pledgeline.evidence.linking.claims import MoneyClaim, accepted
from pledgeline.programme.announcements import Announcement, Stage
from pledgeline.programme.parties import countries
from pledgeline.programme.stated_totals import Precision, StatedTotal

_STAGES = {
    Stage.ANNOUNCED: StatedStage.PLEDGED,
    Stage.COMMITTED: StatedStage.COMMITTED,
    Stage.PAID: StatedStage.CONTRIBUTED,
}
STAGE_OF = {
    StatedStage.PLEDGED: Stage.ANNOUNCED,
    StatedStage.UNSPECIFIED: Stage.ANNOUNCED,
    StatedStage.COMMITTED: Stage.COMMITTED,
    StatedStage.CONTRIBUTED: Stage.PAID,
    StatedStage.DELIVERED: Stage.PAID,
}
"""The stage of a record for that of a report; what is only proposed or negotiated is no announcement."""

_PRECISIONS = {Precision.EXACT: "exact", Precision.ABOUT: "about", Precision.FLOOR: "more_than"}


@cache
def _by_two_letters() -> dict[str, str]:
    return {two: three for three, two in countries().items()}


def record_code(id_: str) -> str:
    """Give the code of a record for a giver of a report; "" for one that a record has no code for.

    >>> record_code("BE"), record_code("org:EU"), record_code("group:allies")
    ('BEL', 'EUX', '')
    """
    if id_.startswith("group:"):
        return ""
    if id_.startswith("org:"):
        return "EUX" if id_ == "org:EU" else id_.removeprefix("org:").upper()
    return _by_two_letters().get(id_, id_)


def report_id(code: str) -> str:
    """Give the name that reports have for a party of a record.

    >>> report_id("BEL"), report_id("EUX"), report_id("NORTHLAND")
    ('BE', 'org:EU', 'NORTHLAND')
    """
    return "org:EU" if code == "EUX" else countries().get(code, code)


def announced_claims(rows: Iterable[Announcement], programme: str) -> list[MoneyClaim]:
    """Give the announcements of a record that state a sum, each under its number."""
    return [
        MoneyClaim(
            id=row.id,
            document="record",
            value=row.amount.major,
            currencies=frozenset({row.amount.currency}),
            role=MoneyRole.CONTRIBUTION,
            is_contribution=True,
            donors=frozenset(map(report_id, row.partners)),
            stages=accepted(_STAGES[row.stage]),
            programme=programme,
            said_on=row.announced_on,
            stated_on=None if row.month_only else row.announced_on,
        )
        for row in rows
        if row.amount is not None
    ]


def stated_claims(rows: Iterable[tuple[str, StatedTotal]], programme: str) -> list[MoneyClaim]:
    """Give the stated totals of a whole programme that are money, each under the key that it is given with."""
    return [
        MoneyClaim(
            id=key,
            document="record",
            value=amount.major,
            currencies=frozenset({amount.currency}),
            qualifier=_PRECISIONS[row.precision],
            role=MoneyRole.TOTAL,
            donors=frozenset(),
            programme=programme,
            said_on=row.as_of,
            speaker=row.speaker,
        )
        for key, row in rows
        if row.measure.startswith("total_") and (amount := row.amount) is not None
    ]
