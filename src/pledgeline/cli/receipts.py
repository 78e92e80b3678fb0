"""`pledgeline receipts`: what the recipient counted of a shipment."""

from pledgeline.cli.nouns import commands

app = commands(
    "receipt", about="What the recipient counted of each shipment: list, show, write, take a step."
)
