"""The quick sums are those of the as-of rule."""

from hypothesis import given
from hypothesis import strategies as st

from pledgeline.evidence import as_of, standings, sum_of
from pledgeline.evidence.sums import Sums
from tests.evidence.stories import announced, day, rates

rows = st.lists(
    st.tuples(
        st.integers(1, 28),
        st.sampled_from(["NLD", "DNK", "DNK+NLD"]),
        st.integers(1, 10**9),
        st.sampled_from(["", "", "replaces", "repeats", "conflicts", "unclear", "withdraws"]),
        st.integers(0, 11),
    ),
    max_size=12,
)


@given(rows, st.integers(1, 28))
def test_on_every_day_the_two_agree(given_rows, on):
    lines = []
    for number, (when, partners, minor, relation, other) in enumerate(given_rows):
        related = (
            f"{relation} R{other}" if relation and other < number and given_rows[other][0] <= when else ""
        )
        lines.append(
            f"R{number} | 2025-08-{when:02} | {partners} | USD {minor // 100}.{minor % 100:02} | - | {related}"
        )
    valued = standings(announced("\n".join(lines)) if lines else (), rates(), "USD")
    when = day(f"2025-08-{on:02}")
    told = as_of(valued, when, "USD")
    sums = Sums(valued, "USD")

    assert told.total == sums.on(when)
    for partner in ("NLD", "DNK", "SWE"):
        own = [row for row in told.counted if row.announcement.partners == (partner,)]
        assert sum_of(own, "USD") == sums.on(when, partner)
