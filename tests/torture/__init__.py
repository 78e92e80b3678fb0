"""What the books must survive: long walks, many writers, killed processes, changed bits.

`python3 do.py torture` runs all of it and prints figures; the tests run a short form of each part.
"""
