"""Read a drawn picture back: what is well formed, what lies where, what a reader sees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

from pledgeline.charts import Frame, Picture

SVG = "{http://www.w3.org/2000/svg}"


def framed(width: int = 800, prefix: str = "c", title: str = "Money", description: str = "By day") -> Frame:
    return Frame(prefix=prefix, title=title, description=description, width=width)


def plainly(value: int) -> str:
    return str(value)


def read(picture: Picture) -> Element:
    """Parse the picture, and hold every picture to what a strict page demands of it."""
    root = fromstring(picture.svg)
    assert f"{SVG}svg" == root.tag
    assert "group" == root.get("role")
    assert f"0 0 {picture.width} {picture.height}" == root.get("viewBox")
    known = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(known) == len(set(known))
    assert all(name == root.get("id") or name.startswith(f"{root.get('id')}-") for name in known)
    for element in root.iter():
        assert element.tag not in (f"{SVG}script", f"{SVG}style", f"{SVG}foreignObject")
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            for named in re.findall(r"^url\(#(.*)\)$", value):
                assert named in known
        if element.tag == f"{SVG}text":
            assert float(element.get("font-size", "12")) >= 11
    return root


def of_class(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def seen(root: Element) -> str:
    """Give all words on the picture, without tooltips and descriptions."""
    return "\n".join("".join(element.itertext()) for element in root.iter(f"{SVG}text"))


def tooltips(root: Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}title")][1:]


@dataclass(frozen=True)
class Ribbon:
    left: float
    right: float
    left_top: float
    left_height: float
    right_top: float
    right_height: float


def ribbons(root: Element) -> Iterator[Ribbon]:
    for path in of_class(root, "ch-ribbon"):
        x0, y0, _, _, _, _, x1, y1, low1, _, _, _, _, _, low0 = (
            float(part) for part in re.findall(r"-?[\d.]+", path.get("d", ""))
        )
        yield Ribbon(x0, x1, y0, low0 - y0, y1, low1 - y1)


def corners(path: str) -> list[tuple[float, float]]:
    """Walk an outline of M, H and V and give its corners."""
    x = y = 0.0
    found = []
    for letter, numbers in re.findall(r"([MHVZ])([^MHVZ]*)", path):
        parts = [float(part) for part in numbers.split()]
        if letter == "M":
            x, y = parts
        elif letter == "H":
            x = parts[0]
        elif letter == "V":
            y = parts[0]
        found.append((x, y))
    return found


def between(corner_list: list[tuple[float, float]], x: float) -> list[float]:
    """Give the heights at which an outline crosses the column at `x`."""
    pairs = zip(corner_list, corner_list[1:] + corner_list[:1], strict=True)
    return sorted(y0 for (x0, y0), (x1, y1) in pairs if y0 == y1 and min(x0, x1) < x < max(x0, x1))


def value_scale(root: Element) -> tuple[float, float]:
    """Read zero and the px of one unit back from the value axis, whose labels are plain numbers."""
    labels = [
        (float(element.get("y", "0")) - 4, int("".join(element.itertext())))
        for element in root.iter(f"{SVG}text")
        if element.get("text-anchor") == "end" and "".join(element.itertext()).isdigit()
    ]
    (low, least), (high, most) = max(labels), min(labels)
    assert 0 == least
    return low, (low - high) / most
