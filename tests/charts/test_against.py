"""What the picture of deliveries against needs promises."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.charts import Picture, against
from pledgeline.charts.against import Level, nice_step
from tests.charts.reading import framed, of_class, plainly, read, seen


def drawn(comes: list[Level], wanted: list[Level], width: int = 1080) -> Picture:
    return against(
        comes,
        wanted,
        frame=framed(width),
        amount=plainly,
        day=lambda number: f"day {number}",
        comes_label="served",
        wanted_label="needed",
        empty_label="Nothing comes.",
    )


def corners(picture: Picture, class_: str) -> list[tuple[float, float]]:
    """Follow the path of a stepping line: its corners, in px."""
    path = next(element for element in of_class(read(picture), class_) if element.get("fill") == "none")
    found = [tuple(map(float, re.match(r"M(\S+) (\S+?)[HV]", path.get("d")).groups()))]
    for letter, number in re.findall(r"([HV])([\d.]+)", path.get("d")):
        x, y = found[-1]
        found.append((float(number), y) if letter == "H" else (x, float(number)))
    return found


def test_a_level_steps_on_its_day_and_as_high_as_it_is():
    """4 of 8 come on day 10, the rest on day 30: half the height at a third of the way, all at the end."""
    picture = drawn([(10, 4), (30, 8)], [(30, 8)])
    comes = corners(picture, "ch-s0-line")
    (x0, y0), (x10, _), (_, y4), (x30, _), (_, y8) = comes[:5]

    assert (x10 - x0) * 3 == pytest.approx(x30 - x0, abs=0.1)
    assert (y0 - y4) * 2 == pytest.approx(y0 - y8, abs=0.1)
    assert {"served", "needed"} <= set(seen(read(picture)).split("\n"))


def test_nothing_is_said_in_words():
    assert "Nothing comes." in seen(read(drawn([], [])))


def test_a_level_below_0_is_a_slip_of_the_caller():
    with pytest.raises(ValueError):
        drawn([(0, -1)], [])


@given(
    st.dictionaries(st.integers(-2_000, 20_000), st.integers(0, 10**9), max_size=12),
    st.dictionaries(st.integers(-2_000, 20_000), st.integers(0, 10**9), max_size=12),
    st.sampled_from([330, 520, 1080]),
)
def test_whatever_comes_is_drawn_inside_the_picture(comes, wanted, width):
    picture = drawn(sorted(comes.items()), sorted(wanted.items()), width)
    root = read(picture)
    if comes or wanted:
        for class_ in ("ch-s0-line", "ch-ink-line"):
            for x, y in corners(picture, class_):
                assert 0 <= x <= width
                assert 0 <= y <= picture.height
    assert root is not None


@given(st.integers(1, 10**6), st.integers(1, 20))
def test_days_under_the_axis_have_room(span, most):
    step = nice_step(span, most)
    assert span // step + 1 <= most or step > span
    assert all(later > earlier for earlier, later in pairwise(range(0, span + 1, step)))
