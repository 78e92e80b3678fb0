"""`pledgeline shipments`: what left for the recipient."""

from pledgeline.cli.nouns import commands

app = commands("shipment", about="What left for the recipient, lot by lot: list, show, write, take a step.")
