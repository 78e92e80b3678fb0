"""Where money goes: layers of nodes with ribbons between them, as thick as their share (a Sankey diagram).

Heights are true to scale, so thin nodes lie close together; their names need room all the same. The
gap between two nodes is therefore whatever keeps their names a line apart, and the picture grows with
it. Names stand outside the ribbons, with the amount beside them.

Source:  https://en.wikipedia.org/wiki/Sankey_diagram
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pledgeline.charts.frame import (
    LINE,
    Amounts,
    Frame,
    Picture,
    element,
    halo,
    linked,
    muted,
    nothing,
    number,
    picture,
    refuse_negative,
    shorten,
    spread,
    width_of,
    words,
)
from pledgeline.charts.look import LIGHT, TONES

_WIDE = 560  # px: from here on name and amount share a line
_NODE = 9.0  # px: the width of a node
_GAP = 5.0  # px: the least space between two nodes
_LEAST = 48.0  # px: a name is not shortened below this for the sake of its amount


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowNode:
    """A place where money stops; `tone` is the index of a series colour, `None` is the quiet one."""

    key: str
    name: str
    href: str = ""
    tone: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowLink:
    """Money from one node to a node of a later layer. `title` is the tooltip.

    A link has the colour of its source, or that of the series `tone`.
    """

    source: str
    target: str
    value: int
    title: str
    href: str = ""
    tone: int | None = None


Side = Literal["left", "inside", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A node on the picture, in px; `room` is what its name may take, on the side where it stands.

    `value` is the greater of what comes in and what goes out.
    """

    node: FlowNode
    side: Side
    room: float
    value: int
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def flow(
    layers: Sequence[Sequence[FlowNode]],
    links: Sequence[FlowLink],
    *,
    frame: Frame,
    amount: Amounts,
    empty_label: str,
) -> Picture:
    """Draw the layers from left to right, each in the caller's order from the top down.

    A link of 0 is not drawn; a node without money keeps its name and its 0.

    Units:   values are whole numbers, 0 or more (minor units of one currency).
    Raises:  ValueError for a key used twice, a link to an unknown node or to a layer that is not
             later, a value below 0: the caller's slips.
    """
    width = frame.width
    layer_of = _layer_of(layers)
    for link in links:
        if not layer_of.get(link.source, len(layers)) < layer_of.get(link.target, -1):
            raise ValueError(f"a link from {link.source!r} to {link.target!r} does not lead to a later layer")
    refuse_negative((link.value for link in links), "a link")
    drawn = [link for link in links if link.value > 0]
    if not drawn:
        return nothing(empty_label, frame)
    values = _values(layers, drawn)
    line = LINE if width >= _WIDE else 2 * LINE - 1
    placed = _places(layers, drawn, values, width, line, amount)
    tallest = max(box.y + max(box.height, box.height / 2 + line / 2) for box in placed.values())
    body = [
        *_ribbons(drawn, placed),
        *(_node(box, one_line=width >= _WIDE, amount=amount) for box in placed.values()),
    ]
    return picture(body, frame, height=tallest + 6)


def _layer_of(layers: Sequence[Sequence[FlowNode]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, layer in enumerate(layers):
        for node in layer:
            if node.key in found:
                raise ValueError(f"two nodes have the key {node.key!r}")
            found[node.key] = index
    return found


def _values(layers: Sequence[Sequence[FlowNode]], links: Sequence[FlowLink]) -> dict[str, int]:
    """Give each node the greater of what comes in and what goes out."""
    comes: defaultdict[str, int] = defaultdict(int)
    goes: defaultdict[str, int] = defaultdict(int)
    for link in links:
        goes[link.source] += link.value
        comes[link.target] += link.value
    return {node.key: max(comes[node.key], goes[node.key]) for layer in layers for node in layer}


def _places(
    layers: Sequence[Sequence[FlowNode]],
    links: Sequence[FlowLink],
    values: Mapping[str, int],
    width: int,
    line: float,
    amount: Amounts,
) -> dict[str, _Placed]:
    """Give every node its place: the fullest layer first, the others towards what they are linked to."""
    greatest = max(sum(values[node.key] for node in layer) for layer in layers)
    scale = (300.0 if width >= _WIDE else 240.0) / greatest
    heights = {key: value * scale for key, value in values.items()}
    apart = [_apart([heights[node.key] for node in layer], line) for layer in layers]
    needs = [
        sum(gaps) + (heights[layer[0].key] + heights[layer[-1].key]) / 2 if layer else 0.0
        for layer, gaps in zip(layers, apart, strict=True)
    ]
    fullest = max(range(len(layers)), key=lambda index: (needs[index], -index))
    top = 4 + line / 2
    bottom = top + needs[fullest]
    middles: dict[str, float] = {}
    order = [fullest, *range(fullest - 1, -1, -1), *range(fullest + 1, len(layers))]
    for index in order:
        layer = layers[index]
        if not layer:
            continue
        wanted = [_pull(node.key, links, middles, default=(top + bottom) / 2) for node in layer]
        low = top + heights[layer[0].key] / 2
        high = bottom - heights[layer[-1].key] / 2
        for node, middle in zip(layer, spread(wanted, apart[index], low, high), strict=True):
            middles[node.key] = middle
    columns = _columns(layers, values, width, amount)
    return {
        node.key: _Placed(
            node=node,
            side=columns[index][1],
            room=columns[index][2],
            value=values[node.key],
            x=columns[index][0],
            y=middles[node.key] - heights[node.key] / 2,
            height=heights[node.key],
        )
        for index, layer in enumerate(layers)
        for node in layer
    }


def _apart(heights: Sequence[float], line: float) -> list[float]:
    """Say how far the middles of neighbours must lie apart for their names not to touch."""
    return [max((above + below) / 2 + _GAP, line) for above, below in pairwise(heights)]


def _pull(key: str, links: Sequence[FlowLink], middles: Mapping[str, float], *, default: float) -> float:
    """Give the mean height of what a node is linked to, as far as that has its place, by money."""
    weight, moment = 0.0, 0.0
    for link in links:
        if key not in (link.source, link.target):
            continue
        other = link.target if link.source == key else link.source
        if other in middles:
            weight += link.value
            moment += link.value * middles[other]
    return moment / weight if weight else default


def _columns(
    layers: Sequence[Sequence[FlowNode]], values: Mapping[str, int], width: int, amount: Amounts
) -> list[tuple[float, Side, float]]:
    """Give each layer its place, the side on which its names stand, and the room for them."""
    one_line = width >= _WIDE
    share = width * (0.34 if len(layers) == 2 else 0.3 if one_line else 0.22)
    left = _margin(layers[0], values, share, amount, one_line=one_line)
    right = width - _margin(layers[-1], values, share, amount, one_line=one_line) - _NODE
    between = (right - left) / (len(layers) - 1)
    return [
        (left, "left", left - 8),
        *((left + between * i, "inside", between - _NODE - 10) for i in range(1, len(layers) - 1)),
        (right, "right", width - right - _NODE - 8),
    ]


def _margin(
    layer: Sequence[FlowNode], values: Mapping[str, int], share: float, amount: Amounts, *, one_line: bool
) -> float:
    """Give the room that the names of an outer layer get: what they need, up to their share."""
    widest = 0.0
    for node in layer:
        name, said = width_of(node.name), width_of(amount(values[node.key]))
        widest = max(widest, name + said + 14 if one_line else max(name, said))
    return min(widest, share) + 10


def _ribbons(links: Sequence[FlowLink], placed: Mapping[str, _Placed]) -> Iterator[str]:
    """Draw each link from its slice of the source to its slice of the target, the thickest first."""
    scale = {key: box.height / box.value if box.value else 0.0 for key, box in placed.items()}
    leaves = _slices(links, placed, scale, leaving=True)
    arrives = _slices(links, placed, scale, leaving=False)
    for index in sorted(range(len(links)), key=lambda i: (-links[i].value, i)):
        link = links[index]
        source, target = placed[link.source], placed[link.target]
        thick = link.value * scale[link.source]
        x0, x1 = source.x + _NODE, target.x
        y0, y1 = leaves[index], arrives[index]
        half = number((x0 + x1) / 2)
        there = (
            f"M{number(x0)} {number(y0)}C{half} {number(y0)} {half} {number(y1)} {number(x1)} {number(y1)}"
        )
        back = (
            f"V{number(y1 + thick)}C{half} {number(y1 + thick)} {half} {number(y0 + thick)}"
            f" {number(x0)} {number(y0 + thick)}Z"
        )
        tone = _tone(source.node) if link.tone is None else _series(link.tone)
        ribbon = element(
            "path",
            d=there + back,
            fill=LIGHT[tone],
            fill_opacity=0.42,
            stroke=LIGHT[tone],
            stroke_opacity=0.5,
            stroke_width=0.6,
            class_=f"ch-{tone} ch-{tone}-line ch-ribbon",
        )
        yield linked(ribbon, title=link.title, href=link.href)


def _slices(
    links: Sequence[FlowLink], placed: Mapping[str, _Placed], scale: Mapping[str, float], *, leaving: bool
) -> dict[int, float]:
    """Give the upper edge of each link at one of its ends: links lie in the order of their other ends."""

    def far(index: int) -> tuple[float, int]:
        other = links[index].target if leaving else links[index].source
        return placed[other].middle, index

    used = {key: box.y for key, box in placed.items()}
    edges = {}
    for index in sorted(range(len(links)), key=far):
        here = links[index].source if leaving else links[index].target
        edges[index] = used[here]
        used[here] += links[index].value * scale[here]
    return edges


def _tone(node: FlowNode) -> str:
    return "link" if node.tone is None else _series(node.tone)


def _series(tone: int) -> str:
    return TONES[min(tone, len(TONES) - 1)]


def _node(one: _Placed, *, one_line: bool, amount: Amounts) -> str:
    tone = _tone(one.node)
    bar = element(
        "rect",
        x=one.x,
        y=one.y - max(1 - one.height, 0) / 2,
        width=_NODE,
        height=max(one.height, 1.0),
        fill=LIGHT[tone],
        class_=f"ch-{tone} ch-node",
    )
    said = amount(one.value)
    name = _name(one, said, one_line=one_line)
    return linked(bar + name, title=f"{one.node.name}: {said}", href=one.node.href)


def _name(one: _Placed, said: str, *, one_line: bool) -> str:
    """Write name and amount beside the node; between two layers they stand on the ribbons, with a rim.

    An amount is never cut: where there is no room for all of it, it stands in the tooltip only.
    """
    x = one.x - 6 if one.side == "left" else one.x + _NODE + 6
    anchor = "end" if one.side == "left" else "start"
    write = halo if one.side == "inside" else words
    if one_line and one.room - width_of(said) - 10 < min(width_of(one.node.name), _LEAST):
        return write(shorten(one.node.name, one.room), x, one.middle + 4, anchor=anchor)
    if one_line:
        name = shorten(one.node.name, one.room - width_of(said) - 10)
        return write(name, x, one.middle + 4, anchor=anchor, more=muted(f"\u00a0 {said}"))
    name = shorten(one.node.name, one.room)
    if width_of(said) > one.room + 2:
        return write(name, x, one.middle + 4, anchor=anchor)
    return write(name, x, one.middle - 2, anchor=anchor) + write(
        "", x, one.middle + 12, anchor=anchor, more=muted(said)
    )
