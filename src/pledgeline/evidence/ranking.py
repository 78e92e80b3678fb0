"""Which of several statements of one total is named first. The others are named beside it, never dropped."""

from collections.abc import Collection, Iterable

from pledgeline.programme.stated_totals import Precision, StatedTotal

_EXACT_FIRST = (Precision.EXACT, Precision.ABOUT, Precision.FLOOR)


def ranked_totals(totals: Iterable[StatedTotal], official_speakers: Collection[str]) -> list[StatedTotal]:
    """Put statements in the order in which they are named.

    The newest first; of one day those of an official speaker, in their own words; of these a figure
    before one that is only about right, and that before a floor ("more than"); then as in the record.
    """
    return sorted(
        totals,
        key=lambda total: (
            -total.as_of.toordinal(),
            total.speaker not in official_speakers,
            _EXACT_FIRST.index(total.precision),
        ),
    )
