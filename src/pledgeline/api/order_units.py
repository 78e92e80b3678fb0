"""The schemas of where ordered units are: of an order, and of a line of one."""

from pledgeline.api.values import components, text, whole
from pledgeline.queries.order_units import UNITS

_UNITS = {name: whole() for name in UNITS}
UNITS_SCHEMA = components.named("OrderUnits", {"type": "object", "required": [*_UNITS], "properties": _UNITS})
LINE_UNITS_SCHEMA = components.named(
    "OrderLineUnits",
    {"type": "object", "required": ["line", *_UNITS], "properties": {"line": text(), **_UNITS}},
)
