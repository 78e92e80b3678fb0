"""`pledgeline discrepancies`: what was rejected or short at receipts."""

from pledgeline.cli.nouns import commands

app = commands(
    "discrepancy",
    about="What was rejected or short at receipts: list, show, settle.",
    is_written=False,
)
