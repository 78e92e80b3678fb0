"""The colours and the stylesheet of the charts, in one place and for both themes.

A picture is drawn with classes, and with the light colours as attributes behind them. On a page the
stylesheet decides and follows the theme; in a downloaded file `standalone` writes the light colours
in, without variables, because many viewers of SVG know none. The series come in pairs of dark and
light, so that neighbours in a stack differ in lightness and not in hue alone.

Source:  pairs of hues as in https://personal.sron.nl/~pault/ (safe for colour-blind readers)
"""

import re
from string import Template

SERIES_MAX = 8  # more series than this cannot be told apart: the caller groups the rest

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1d2530",
    "muted": "#566070",
    "grid": "#dfe3e8",
    "rule": "#8b95a3",
    "void": "#f3f5f7",
    "s0": "#3f6cab",
    "s1": "#9cc7e6",
    "s2": "#2d8578",
    "s3": "#a3d5bd",
    "s4": "#b08532",
    "s5": "#ead08a",
    "s6": "#a8536f",
    "s7": "#e3b3c2",
    "other": "#9ba4b0",
    "link": "#5b6b80",
    "t1": "#dfeaf5",
    "t2": "#b5d0ea",
    "t3": "#82b0da",
    "t4": "#2c69a8",
    "t5": "#143c70",
    "on-pale": "#142033",
    "on-deep": "#ffffff",
    "recipient": "#b4550a",
}

DARK = {
    "paper": "#1b2129",
    "ink": "#e8ecf1",
    "muted": "#a9b3c0",
    "grid": "#333c48",
    "rule": "#6f7a89",
    "void": "#222932",
    "s0": "#4f82c8",
    "s1": "#a9d1ec",
    "s2": "#2f9384",
    "s3": "#a9dac2",
    "s4": "#b98a2f",
    "s5": "#eed793",
    "s6": "#bd6583",
    "s7": "#e8bbc9",
    "other": "#7b8694",
    "link": "#8f9caf",
    "t1": "#26384f",
    "t2": "#2c4f79",
    "t3": "#3a6ea8",
    "t4": "#86b6e4",
    "t5": "#d3e6f8",
    "on-pale": "#ffffff",
    "on-deep": "#0f1a2a",
    "recipient": "#f0a35c",
}

TONES = (*(f"s{i}" for i in range(SERIES_MAX)), "other")

_RULES = "\n".join(
    [
        ".ch{color:$ink;font-family:" + FONT + ";max-width:100%;height:auto}",
        *(f".ch-{tone}{{fill:${tone}}}\n.ch-{tone}-line{{stroke:${tone}}}" for tone in TONES),
        *(f".ch-t{i}{{fill:$t{i}}}" for i in range(1, 6)),
        ".ch-on-pale{fill:$on_pale}",
        ".ch-on-deep{fill:$on_deep}",
        ".ch-muted{fill:$muted}",
        ".ch-void{fill:$void}",
        ".ch-paper{fill:$paper}",
        ".ch-paper-line{stroke:$paper}",
        ".ch-grid{stroke:$grid}",
        ".ch-rule{stroke:$rule}",
        ".ch-rule-fill{fill:$rule}",
        ".ch-ink-line{stroke:$ink}",
        ".ch-recipient-line{stroke:$recipient}",
        ".ch-recipient{fill:$recipient}",
        ".ch-link{fill:$link}",
        ".ch a{text-decoration:none}",
        ".ch a:hover .ch-ribbon,.ch a:focus .ch-ribbon{fill-opacity:.75}",
        ".ch a:hover .ch-area,.ch a:focus .ch-area{fill-opacity:.85}",
        ".ch a:hover text,.ch a:focus-visible text{text-decoration:underline}",
        ".ch a:focus-visible{outline:2px solid $ink;outline-offset:2px}",
    ]
)


def _variables(colours: dict[str, str]) -> str:
    return ";".join(f"--ch-{name}:{colour}" for name, colour in colours.items())


def _rules(colours: dict[str, str]) -> str:
    return Template(_RULES).substitute({name.replace("-", "_"): colour for name, colour in colours.items()})


CHART_CSS = "\n".join(
    [
        f":root{{{_variables(LIGHT)}}}",
        f"@media (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}",
        _rules({name: f"var(--ch-{name})" for name in LIGHT}),
        "",
    ]
)

_INTO_THE_SITE = re.compile(r' href="(?!https?://|#)[^"]*"')


def standalone(svg: str) -> str:
    """Make of a picture drawn for a page a file that stands by itself: light, on white, with its style.

    Links into the site are taken out: a file on a disk has no site around it. Links to the
    sources stay.
    """
    paper = f'<rect class="ch-paper" width="100%" height="100%" fill="{LIGHT["paper"]}"/>'
    head, end, body = svg.partition("</desc>")
    return f"{head}{end}<style>{_rules(LIGHT)}</style>{paper}{_INTO_THE_SITE.sub('', body)}\n"
