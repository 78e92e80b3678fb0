"""`pledgeline packages`: what is bought together."""

from pledgeline.cli.nouns import commands

app = commands(
    "package",
    about="What is bought together, as accepted plans formed it: list, show, split, merge, cancel, close.",
    is_written=False,
)
