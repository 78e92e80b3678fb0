"""What the picture of money over time promises."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.charts import Picture, Series, StatedMark, steps
from tests.charts.reading import (
    SVG,
    between,
    corners,
    framed,
    of_class,
    plainly,
    read,
    seen,
    tooltips,
    value_scale,
)

START = date(2025, 8, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def draw(
    series: list[Series], *, width: int = 800, until: int = 100, data_until: int = 80, **more: object
) -> Picture:
    settings: dict[str, object] = {
        "frame": framed(width),
        "since": START,
        "until": day(until),
        "data_until": day(data_until),
        "amount": plainly,
        "month": lambda one: one.strftime("%b"),
        "no_data_label": "nothing known",
        "no_entries_label": "quiet months",
        "empty_label": "nothing announced",
    }
    return steps(series, **{**settings, **more})  # type: ignore[arg-type]


def test_the_top_of_each_area_is_the_sum_up_to_it_on_every_day():
    """A steps to 300 and 500; B to 200, and down to 100 when a figure is replaced."""
    root = read(
        draw(
            [
                Series(name="A", points=((day(10), 300), (day(40), 500))),
                Series(name="B", points=((day(20), 200), (day(60), 100))),
            ]
        )
    )
    zero, unit = value_scale(root)
    first, second = (corners(path.get("d", "")) for path in of_class(root, "ch-area"))
    left, right = min(x for x, _ in first), max(x for x, _ in first)
    per_day = (right - left) / (81 - 10)

    def told(outline: list[tuple[float, float]], at: int) -> list[int]:
        heights = between(outline, left + (at + 0.5 - 10) * per_day)
        return [round((zero - y) / unit) for y in heights[::-1]]

    assert [0, 300] == told(first, 10)
    assert [0, 300] == told(first, 39)
    assert [0, 500] == told(first, 40)
    assert [300, 500] == told(second, 20)
    assert [500, 700] == told(second, 45)
    assert [500, 600] == told(second, 79)


def test_the_time_after_the_last_data_is_named_and_no_area_reaches_into_it():
    root = read(draw([Series(name="A", points=((day(10), 300),))], until=100, data_until=50))
    band = next(element for element in root.iter(f"{SVG}rect") if element.get("fill") == "url(#c-hatch)")
    reach = max(x for x, _ in corners(of_class(root, "ch-area")[0].get("d", "")))

    assert "nothing known" in seen(root)
    assert reach == pytest.approx(float(band.get("x", "0")), abs=0.02)


def test_nothing_is_called_unknown_when_the_data_reach_the_last_day():
    root = read(draw([Series(name="A", points=((day(10), 300),))], until=80, data_until=80))

    assert "nothing known" not in seen(root)


def test_a_month_without_an_entry_says_so_and_one_with_an_entry_without_a_sum_does_not():
    """August has money, September nothing, October an announcement without a sum."""
    series = [Series(name="A", points=((day(3), 300),))]
    root = read(draw(series, until=91, data_until=91, entries=[date(2025, 10, 5)]))

    assert ["Sep 2025: quiet months"] == [tip for tip in tooltips(root) if "quiet" in tip]


def test_a_level_from_before_the_axis_begins_is_there_on_its_first_day():
    root = read(draw([Series(name="A", points=((day(-30), 300),))]))
    zero, unit = value_scale(root)
    outline = corners(of_class(root, "ch-area")[0].get("d", ""))

    assert 300 == round((zero - min(y for _, y in outline)) / unit)


def test_stated_totals_stand_at_their_value_with_their_words_and_link():
    mark = StatedMark(day=day(30), value=400, label="400, said the minister", href="/totals/1/")
    root = read(draw([Series(name="A", points=((day(10), 300),))], marks=[mark], marks_label="stated"))
    zero, unit = value_scale(root)
    link = next(element for element in root.iter(f"{SVG}a") if element.get("href") == "/totals/1/")
    top = float(link[1].get("d", "").removeprefix("M").split("l")[0].split()[1])

    assert "400, said the minister" == link[0].text
    assert 400 == round((zero - (top + 5)) / unit)
    assert "stated" in seen(root)


def test_names_at_the_ends_of_thin_bands_do_not_touch():
    series = [Series(name=f"Partner {i}", points=((day(10), 10_000 if i == 0 else 1),)) for i in range(9)]
    root = read(draw(series))
    heights = sorted(
        float(element.get("y", "0"))
        for element in root.iter(f"{SVG}text")
        if "".join(element.itertext()).startswith("Partner")
    )

    assert 9 == len(heights)
    assert all(low - high >= 15.9 for high, low in pairwise(heights))


@pytest.mark.parametrize("width", [340, 1100])
def test_every_series_is_named_with_its_last_level_in_a_narrow_card_too(width: int):
    series = [Series(name=f"Partner {i}", points=((day(10), 100 + i),)) for i in range(9)]
    text = seen(read(draw(series, width=width)))

    assert all(f"Partner {i}\u00a0 {100 + i}" in text for i in range(9))


def test_no_data_at_all_is_said_in_the_callers_words():
    assert "nothing announced" in seen(read(draw([])))
    assert "nothing announced" in seen(read(draw([Series(name="A", points=())])))


def test_a_level_below_zero_and_a_time_that_ends_first_are_refused():
    with pytest.raises(ValueError, match="-1"):
        draw([Series(name="A", points=((day(1), -1),))])
    with pytest.raises(ValueError, match="ends before"):
        draw([], until=-1)


@given(
    series=st.lists(
        st.builds(
            Series,
            name=st.text(),
            points=st.lists(
                st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 10**17)), max_size=6
            ).map(tuple),
            href=st.text(),
        ),
        max_size=12,
    ),
    marks=st.lists(
        st.builds(
            StatedMark,
            day=st.dates(),
            value=st.integers(0, 10**17),
            label=st.text(),
            href=st.just("/a?b=1&c=<2>"),
        ),
        max_size=4,
    ),
    span=st.integers(0, 40_000),
    data=st.dates(),
    width=st.integers(280, 1600),
    label=st.text(),
)
def test_any_words_and_values_give_a_well_formed_picture(
    series: list[Series], marks: list[StatedMark], span: int, data: date, width: int, label: str
):
    read(
        draw(
            series,
            width=width,
            until=span,
            marks=marks,
            data_until=(data - START).days,
            no_data_label=label,
            no_entries_label=label,
            marks_label=label,
            empty_label=label,
        )
    )


def test_series_are_told_apart_without_colour():
    """Of eight bands the first dark and the first pale are plain; each other has a texture of its own over it."""
    drawn = draw([Series(name=f"N{n}", points=((day(10), 100 + n),)) for n in range(8)], width=360).svg
    looks = re.findall(r'<pattern(?: id="[^"]*-texture-[^"]*"| [a-zA-Z]+="[^"]*")*>.*?</pattern>', drawn)
    textures = {
        re.search(r'id="[^"]*-texture-(\w+)"', look)[1]: re.sub(r' id="[^"]*"', "", look)
        for look in looks
        if "-texture-" in look
    }

    assert {"s2", "s3", "s4", "s5", "s6", "s7"} == set(textures)
    assert 6 == len(set(textures.values()))
    for tone in textures:
        assert 2 == drawn.count(f"-texture-{tone})"), "over its area, and in its key"
