"""What tells series apart without colour: on paper in black and white, and for eyes that see no hues.

Dark series carry lines in the colour of the paper, pale ones lines in the colour of the ink. Neighbours differ in
lightness already; the textures tell a dark one from the next dark one.
"""

from collections.abc import Iterable

from pledgeline.charts.frame import element
from pledgeline.charts.look import LIGHT

SHAPES = {
    "s2": ("M0 0V7", 45, "paper"),
    "s3": ("M0 0V7", 45, "ink"),
    "s4": ("M0 0V7", 90, "paper"),
    "s5": ("M0 0V7", 90, "ink"),
    "s6": ("M0 0V7M0 3.5H7", 45, "paper"),
    "s7": ("M0 0V7M0 3.5H7", 45, "ink"),
    "other": ("M0 0V7", -45, "ink"),
}
"""By tone: a stroke in a square of 7 px, how far it is turned, and its colour. The first pair has none."""


def textures(prefix: str, tones: Iterable[str]) -> str:
    """Define the textures of these tones."""
    return element("defs", *(_pattern(prefix, tone) for tone in dict.fromkeys(tones) if tone in SHAPES))


def _pattern(prefix: str, tone: str) -> str:
    path, turned, colour = SHAPES[tone]
    return element(
        "pattern",
        element(
            "path", d=path, stroke=LIGHT[colour], stroke_width=1.4, fill="none", class_=f"ch-{colour}-line"
        ),
        id=f"{prefix}-texture-{tone}",
        width=7,
        height=7,
        patternUnits="userSpaceOnUse",
        patternTransform=f"rotate({turned})",
    )


def textured(prefix: str, tone: str, name: str, **shape: str | float | None) -> str:
    """Draw a shape over one of its tone, with nothing but the texture; nothing where the tone has none."""
    if tone not in SHAPES:
        return ""
    return element(
        name, **shape, fill=f"url(#{prefix}-texture-{tone})", fill_opacity=0.75, pointer_events="none"
    )
