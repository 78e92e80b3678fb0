"""Random books as IATI: no error by schema, codelists and ruleset, and the sums of the books.

`python -m tests.torture iati 200` makes the files of so many books; PLEDGELINE_STANDARDS names IATI's own files.
"""

import sys

from tests.exchange.iati_files import STANDARDS
from tests.exchange.iati_written import random_books, wrong_with


def main(arguments: list[str]) -> int:
    ledgers = int(arguments[0]) if arguments else 200
    if not (STANDARDS / "schema-2.03").is_dir():
        print("PLEDGELINE_STANDARDS names no folder with IATI's files", file=sys.stderr)
        return 2
    wrong, entries = 0, 0
    for seed in range(ledgers):
        book = random_books(seed)
        entries += len(book)
        for fault in wrong_with(book):
            wrong += 1
            print(f"books {seed}: {fault}")
    print(f"{ledgers} books with {entries} entries written as IATI, {wrong} faults")
    return 1 if wrong else 0
