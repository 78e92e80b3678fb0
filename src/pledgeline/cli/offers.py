"""`pledgeline offers`: what suppliers sell."""

from pledgeline.cli.nouns import commands

app = commands("offer", about="What suppliers offer to a programme: list, show, write, take a step.")
