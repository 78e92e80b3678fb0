"""What the picture of flows promises."""

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgeline.charts import FlowLink, FlowNode, Picture, flow
from tests.charts.reading import SVG, framed, of_class, plainly, read, ribbons, seen, tooltips
from tests.examples import examples


def draw(layers: list[list[FlowNode]], links: list[FlowLink], width: int = 800) -> Picture:
    return flow(layers, links, frame=framed(width), amount=plainly, empty_label="no money yet")


def node(key: str) -> FlowNode:
    return FlowNode(key=key, name=key)


def link(source: str, target: str, value: int) -> FlowLink:
    return FlowLink(source=source, target=target, value=value, title=f"{source} to {target}")


@st.composite
def networks(draw_from: st.DrawFn) -> tuple[list[list[FlowNode]], list[FlowLink]]:
    """Two to four layers of up to 40 nodes, with links from each layer to the next."""
    sizes = draw_from(st.lists(st.integers(1, 40), min_size=2, max_size=4))
    layers = [[node(f"{chr(97 + index)}{i}") for i in range(size)] for index, size in enumerate(sizes)]
    links = []
    for left, right in pairwise(layers):
        pairs = st.tuples(st.sampled_from(left), st.sampled_from(right), st.integers(0, 10**17))
        links += [link(a.key, b.key, value) for a, b, value in draw_from(st.lists(pairs, max_size=30))]
    return layers, links


@settings(max_examples=examples(15))
@given(network=networks(), width=st.integers(320, 1400))
def test_the_ribbons_of_a_node_add_up_to_its_height_and_names_never_touch(
    network: tuple[list[list[FlowNode]], list[FlowLink]], width: int
):
    root = read(draw(*network, width=width))
    if not of_class(root, "ch-ribbon"):
        assert "no money yet" in seen(root)
        return
    leaving: defaultdict[tuple[float, float], float] = defaultdict(float)
    arriving: defaultdict[tuple[float, float], float] = defaultdict(float)
    nodes = [
        (float(element.get("x", "0")), float(element.get("y", "0")), float(element.get("height", "0")))
        for element in of_class(root, "ch-node")
    ]

    def holder(x: float, top: float) -> tuple[float, float]:
        return min(
            (
                (left, y)
                for left, y, height in nodes
                if abs(left - x) < 0.1 and y - 0.6 <= top <= y + height + 0.6
            ),
            key=lambda place: abs(place[1] - top) if place[1] > top else top - place[1],
        )

    for ribbon in ribbons(root):
        assert ribbon.left_height == pytest.approx(ribbon.right_height, abs=0.03)
        leaving[holder(ribbon.left - 9, ribbon.left_top)] += ribbon.left_height
        arriving[holder(ribbon.right, ribbon.right_top)] += ribbon.right_height
    for x, y, height in nodes:
        whole = max(leaving[x, y], arriving[x, y])
        assert whole == pytest.approx(height, abs=0.4) or (height == 1.0 and whole < 1.0)

    names: defaultdict[str, list[float]] = defaultdict(list)
    for text in root.iter(f"{SVG}text"):
        names[f"{text.get('x')} {text.get('text-anchor')}"].append(float(text.get("y", "0")))
    for heights in names.values():
        assert all(low - high >= 13.9 for high, low in pairwise(sorted(heights)))
    assert all(0 < high < float(root.get("height", "0")) for heights in names.values() for high in heights)


def test_amounts_stand_beside_the_names_and_in_the_tooltips():
    root = read(
        draw([[node("NL"), node("NO")], [node("P1")]], [link("NL", "P1", 300), link("NO", "P1", 200)])
    )

    assert {"NL\u00a0 300", "NO\u00a0 200", "P1\u00a0 500"} == set(seen(root).split("\n"))
    assert {"NL to P1", "NO to P1", "NL: 300", "NO: 200", "P1: 500"} == set(tooltips(root))


def test_a_name_too_long_for_a_narrow_card_is_whole_in_its_tooltip():
    long = "The Grand Duchy of Somewhere Quite Far Away"
    root = read(draw([[FlowNode(key="a", name=long)], [node("b")]], [link("a", "b", 1)], width=340))

    assert "…" in seen(root)
    assert f"{long}: 1" in tooltips(root)


def test_forty_partners_and_forty_packages_keep_a_line_each():
    left, right = [node(f"a{i}") for i in range(40)], [node(f"b{i}") for i in range(40)]
    links = [link(f"a{i}", f"b{39 - i}", 10**12 if i == 0 else 1) for i in range(40)]
    root = read(draw([left, right], links))

    assert 80 == len(list(root.iter(f"{SVG}text")))


def test_three_layers_and_a_link_that_skips_one():
    layers = [[node("a")], [node("b")], [node("c")]]
    root = read(draw(layers, [link("a", "b", 3), link("b", "c", 2), link("a", "c", 1)]))

    assert {"a\u00a0 4", "b\u00a0 3", "c\u00a0 3"} == set(seen(root).split("\n"))


@pytest.mark.parametrize("links", [[], [link("a", "b", 0)]])
def test_no_money_is_said_in_the_callers_words(links: list[FlowLink]):
    assert "no money yet" in seen(read(draw([[node("a")], [node("b")]], links)))
    assert "no money yet" in seen(read(draw([], [])))


@pytest.mark.parametrize(
    ("layers", "links"),
    [
        ([[node("a")], [node("a")]], []),
        ([[node("a")], [node("b")]], [link("b", "a", 1)]),
        ([[node("a")], [node("b")]], [link("a", "z", 1)]),
        ([[node("a")], [node("b")]], [link("z", "b", 1)]),
        ([[node("a")], [node("b")]], [link("a", "b", -1)]),
    ],
)
def test_slips_of_the_caller_are_refused(layers: list[list[FlowNode]], links: list[FlowLink]):
    with pytest.raises(ValueError):
        draw(layers, links)


@given(
    name=st.text(),
    title=st.text(),
    href=st.text(),
    value=st.integers(1, 10**17),
    width=st.integers(300, 1400),
)
def test_any_words_give_a_well_formed_picture(name: str, title: str, href: str, value: int, width: int):
    layers = [
        [FlowNode(key="a", name=name, href=href, tone=3)],
        [node("m")],
        [FlowNode(key="b", name=name, href=href)],
    ]
    links = [FlowLink(source="a", target="m", value=value, title=title, href=href), link("m", "b", value)]
    read(draw(layers, links, width=width))
