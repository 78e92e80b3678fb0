"""`python -m pledgeline` is the command `pledgeline`."""

import signal
import sys

if "--parent" in sys.argv:  # Ctrl-C is for who started it, and would break off what is imported just now
    signal.signal(signal.SIGINT, signal.SIG_IGN)

from pledgeline.cli import main

main()
