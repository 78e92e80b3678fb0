"""`python -m pledgeline` is the command `pledgeline`."""

from pledgeline.cli import main

main()
