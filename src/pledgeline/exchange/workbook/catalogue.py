"""The list of what the reader of a workbook objects to, and which of its findings only warn."""

from pledgeline.programme.findings import Finding, FindingList, Place
from pledgeline.programme.sentences import sentence

WARNINGS = frozenset(
    (
        "cell.shown-otherwise",
        "cell.time-of-day",
        "header.unknown-column",
        "plan.available-after-last-order",
        "plan.day-far-away",
        "plan.earmark-allows-nothing",
        "plan.earmark-contradicts-itself",
        "plan.earmark-names-nothing",
        "plan.fee-takes-all",
        "plan.floor-above-money",
        "plan.lapses-before-available",
        "plan.lapses-before-order",
        "plan.min-useful-above-quantity",
        "plan.mixed-letters",
        "plan.multiple-does-not-fit",
        "plan.needed-before-first-order",
        "plan.no-offer",
        "plan.offer-not-wanted",
        "plan.order-above-stock",
        "plan.stock-is-huge",
        "plan.substitute-chain",
        "plan.sum-of-rows",
        "plan.supplier-sells-nothing",
        "plan.tolerance-without-target",
        "row.almost-duplicate",
        "row.example-changed",
        "row.hidden",
        "row.perhaps-total",
        "settings.unknown",
        "sheet.copy",
        "sheet.hidden",
        "sheet.no-rows",
    )
)
"""The lasting codes of findings that only warn."""


def workbook_findings(file: str) -> FindingList:
    """Begin the list of findings of one reading."""
    last = Finding(place=Place(file=file), said=sentence("reading.too-many.workbook"))
    return FindingList(last, WARNINGS)
