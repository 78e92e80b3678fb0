"""`pledgeline orders`: what is ordered from whom, out of packages."""

from pledgeline.cli.nouns import commands

app = commands(
    "order",
    about="What is ordered from whom, out of the packages of a programme: list, show, write, take a step.",
)
