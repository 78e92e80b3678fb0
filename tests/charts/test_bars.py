"""What the bars promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.charts import Bar, Picture, bars
from tests.charts.reading import SVG, framed, of_class, plainly, read, seen, tooltips


def draw(given_bars: list[Bar], width: int = 800) -> Picture:
    return bars(
        given_bars,
        frame=framed(width),
        amount=plainly,
        empty_label="nothing to compare",
        value_label="counted",
        rest_label="left out",
        reference_label="stated",
    )


@pytest.mark.parametrize("width", [340, 800])
def test_lengths_are_to_one_scale_and_what_is_left_out_follows(width: int):
    root = read(draw([Bar(name="A", value=300, rest=100), Bar(name="B", value=200)], width))
    first, second = of_class(root, "ch-bar")
    rest = of_class(root, "ch-rest")[0]

    assert float(first.get("width")) / float(second.get("width")) == pytest.approx(1.5, rel=0.001)
    assert float(rest.get("width")) / float(second.get("width")) == pytest.approx(0.5, rel=0.001)
    assert float(rest.get("x")) == pytest.approx(float(first.get("x")) + float(first.get("width")), abs=0.02)
    assert "300 + 100" in seen(root)


def test_a_stated_figure_stands_at_its_value():
    root = read(draw([Bar(name="A", value=100, reference=50), Bar(name="B", value=200)]))
    bar = of_class(root, "ch-bar")[1]
    mark = next(element for element in root.iter(f"{SVG}path") if "ch-ink-line" in element.get("class", ""))
    at = float(mark.get("d").removeprefix("M").split()[0])

    assert at == pytest.approx(float(bar.get("x")) + float(bar.get("width")) / 4, abs=0.02)
    assert "A: 100; stated: 50" in tooltips(root)


def test_only_signs_that_occur_are_explained():
    assert "left out" not in seen(read(draw([Bar(name="A", value=1)])))
    assert "left out" in seen(read(draw([Bar(name="A", value=1, rest=1)])))
    assert "stated" in seen(read(draw([Bar(name="A", value=1, reference=0)])))


def test_words_and_marks_stay_on_the_picture():
    given_bars = [
        Bar(name="A", value=1, reference=10**17),
        Bar(name="B", value=10**17, rest=10**17, reference=3),
    ]
    for width in (340, 1100):
        root = read(draw(given_bars, width))
        assert all(0 <= float(element.get("x")) <= width for element in root.iter(f"{SVG}text"))


def test_no_bar_is_said_in_the_callers_words():
    assert "nothing to compare" in seen(read(draw([])))


def test_a_value_below_zero_is_refused():
    with pytest.raises(ValueError, match="-5"):
        draw([Bar(name="A", value=1, rest=-5)])


@given(
    given_bars=st.lists(
        st.builds(
            Bar,
            name=st.text(),
            value=st.integers(0, 10**17),
            rest=st.integers(0, 10**17),
            reference=st.none() | st.integers(0, 10**17),
            href=st.text(),
        ),
        max_size=12,
    ),
    width=st.integers(300, 1400),
)
def test_any_words_and_values_give_a_well_formed_picture(given_bars: list[Bar], width: int):
    read(draw(given_bars, width))
