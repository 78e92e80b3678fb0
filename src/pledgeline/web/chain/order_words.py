"""What pages and files call the units of an order: each word means one thing, as the glossary has it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNIT_WORDS: dict[str, str | Promise] = {
    "ordered": _("Ordered"),
    "cancelled": _("Cancelled"),
    "accepted": _("Accepted"),
    "outstanding": _("Outstanding"),
    "under_way": _("of it under way"),
    "to_ship": _("of it to ship"),
}
"""The figures of `OrderUnits` by their names: what is ordered is cancelled, accepted or outstanding."""

ON_THE_LIST = ("ordered", "accepted", "outstanding")
"""Those that lists show; their files have all of them."""
