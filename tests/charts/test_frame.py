"""What every picture stands on: words that fit, places that keep apart, colours that can be read."""

from itertools import pairwise
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.charts import CHART_CSS, Bar, Frame, bars, standalone
from pledgeline.charts.frame import element, linked, nice_ticks, shorten, spread, width_of, words
from pledgeline.charts.look import DARK, LIGHT
from tests.charts.reading import framed, plainly, read


def one_bar(prefix: str, href: str = "/partners/A/") -> str:
    frame = framed(prefix=prefix)
    return bars([Bar(name="A", value=1, href=href)], frame=frame, amount=plainly, empty_label="none").svg


@given(st.integers(0, 10**19), st.integers(1, 8))
def test_ticks_are_round_even_and_reach_the_greatest(greatest: int, most: int):
    ticks = nice_ticks(greatest, most)

    assert 0 == ticks[0]
    assert ticks[-1] >= max(greatest, 1)
    assert 1 == len({high - low for low, high in pairwise(ticks)})
    assert len(ticks) <= most + 1
    assert str(ticks[1]).rstrip("0") in ("1", "2", "5")


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=50), st.floats(1, 30))
def test_places_keep_apart_and_inside(wanted: list[float], gap: float):
    places = spread(wanted, [gap] * (len(wanted) - 1), 0, 2000)

    assert all(high - low >= gap - 1e-6 for low, high in pairwise(places))
    assert 0 <= places[0]
    assert places[-1] <= 2000


@given(st.text(max_size=80), st.floats(30, 400))
def test_shortened_words_fit_and_begin_like_the_whole(text: str, room: float):
    short = shorten(text, room)

    assert short == text or width_of(short) <= room
    assert short == text or text.startswith(short.removesuffix("…"))


@given(st.text())
def test_any_text_survives_xml(text: str):
    fromstring(words(text, 0, 0))
    fromstring(element("g", title=text))


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "", "x y"]
)
def test_what_is_no_path_and_no_web_address_is_not_linked(href: str):
    assert "<a" not in linked("<g/>", title="t", href=href)


@pytest.mark.parametrize("href", ["/a/", "?as_of=2025-08-31", "#table", "https://example.org/", "./x"])
def test_paths_and_web_addresses_are_linked(href: str):
    assert f'<a href="{href}" aria-label="t">' in linked("<g/>", title="t", href=href)


def test_two_pictures_on_a_page_share_no_id_and_one_is_drawn_the_same_twice():
    assert one_bar("a") == one_bar("a")
    assert one_bar("a").replace('"a', '"b').replace("#a", "#b") == one_bar("b")


def test_a_prefix_that_cannot_begin_an_id_is_refused():
    with pytest.raises(ValueError, match="cannot begin an id"):
        Frame(prefix="1 x", title="", description="", width=100)


def test_a_file_stands_by_itself_without_variables_and_without_links_into_the_site():
    alone = standalone(one_bar("a"))
    fromstring(alone)

    assert "var(" not in alone
    assert "<style>" in alone
    assert 'href="/' not in alone
    assert 'href="https://example.org/"' in standalone(one_bar("a", "https://example.org/"))


def test_the_stylesheet_knows_every_class_and_every_variable():
    for name in LIGHT:
        assert CHART_CSS.count(f"--ch-{name}:") == 2  # light and dark
        assert f"var(--ch-{name})" in CHART_CSS
    assert LIGHT.keys() == DARK.keys()
    assert CHART_CSS.count("{") == CHART_CSS.count("}")


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_what_lies_behind_them(colours: dict[str, str]):
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    pairs = [("ink", "paper"), ("muted", "paper"), ("muted", "void"), ("ink", "void")]
    pairs += [("on-pale", f"t{i}") for i in (1, 2, 3)] + [("on-deep", f"t{i}") for i in (4, 5)]

    assert [] == [pair for pair in pairs if _contrast(*(colours[name] for name in pair)) < 4.5]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_neighbours_in_a_stack_differ_in_lightness(colours: dict[str, str]):
    tones = [f"s{i}" for i in range(8)] + ["other"]

    assert [] == [pair for pair in pairwise(tones) if _contrast(*(colours[name] for name in pair)) < 1.25]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_picture_names_and_describes_itself():
    root = read(bars([], frame=framed(title="T", description="D"), amount=plainly, empty_label="none"))

    assert ["T", "D"] == [root[0].text, root[1].text]
    assert [root[0].get("id"), root[1].get("id")] == [
        root.get("aria-labelledby"),
        root.get("aria-describedby"),
    ]
