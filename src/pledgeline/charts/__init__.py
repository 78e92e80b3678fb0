"""Values in, a picture out: the charts of the site as small SVG texts that need no script."""

from pledgeline.charts.against import against
from pledgeline.charts.bars import Bar, bars
from pledgeline.charts.flow import FlowLink, FlowNode, flow
from pledgeline.charts.frame import Frame, Picture
from pledgeline.charts.look import CHART_CSS, SERIES_MAX, standalone
from pledgeline.charts.schedule import DutySpan, Happening, schedule
from pledgeline.charts.steps import Series, StatedMark, steps
from pledgeline.charts.tiles import GRID, Tile, tiles

__all__ = [
    "CHART_CSS",
    "GRID",
    "SERIES_MAX",
    "Bar",
    "DutySpan",
    "FlowLink",
    "FlowNode",
    "Frame",
    "Happening",
    "Picture",
    "Series",
    "StatedMark",
    "Tile",
    "against",
    "bars",
    "flow",
    "schedule",
    "standalone",
    "steps",
    "tiles",
]
