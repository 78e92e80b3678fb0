"""`pledgeline requirements`: what a recipient asks for."""

from pledgeline.cli.nouns import commands

app = commands(
    "requirement", about="What the recipient of a programme asks for: list, show, write, take a step."
)
