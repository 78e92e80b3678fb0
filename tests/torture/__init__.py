"""Long runs that look for differences: `python3 do.py torture NAME`."""
