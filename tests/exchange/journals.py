"""What Beancount and hledger say to a journal of ours: nothing, or why they do not take it.

Both are used by tests only. `requirements/dev.in` brings Beancount; hledger comes from the system.
"""

import csv
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from pledgeline.exchange.journal import to_beancount, to_hledger

BESIDE = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
BEAN_CHECK = shutil.which("bean-check", path=BESIDE)
HLEDGER = shutil.which("hledger")


def rejected_by_beancount(book, folder):
    """Say what bean-check finds in the books; every balance in the journal is asserted without tolerance."""
    path = folder / "books.beancount"
    path.write_text(to_beancount(book.entries, "books"), encoding="utf-8")
    done = subprocess.run([BEAN_CHECK, "--no-cache", str(path)], capture_output=True, text=True, check=False)
    return done.stderr or ("" if done.returncode == 0 else f"bean-check ended with {done.returncode}")


MANY = """
import sys
from beancount import loader
for path in sys.argv[1:]:
    for error in loader.load_file(path)[1]:
        print(path, error.message)
"""
"""What bean-check does, for many files in one process, because it takes half a second to start."""


def rejected_by_beancount_of_many(books, folder):
    """Say what Beancount finds in any of the books."""
    paths = []
    for number, book in enumerate(books):
        paths.append(folder / f"{number}.beancount")
        paths[-1].write_text(to_beancount(book.entries, "books"), encoding="utf-8")
    quiet = {**os.environ, "BEANCOUNT_DISABLE_LOAD_CACHE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", MANY, *map(str, paths)], capture_output=True, text=True, check=False, env=quiet
    )
    return done.stdout or done.stderr


def rejected_by_hledger(book, folder):
    """Say what hledger finds in the books, or where its balances are others than ours."""
    path = folder / "books.journal"
    path.write_text(to_hledger(book.entries, "books"), encoding="utf-8")
    asked = ["--strict", "balance", "--flat", "--no-total", "--empty", "-O", "csv", "--layout", "bare"]
    done = subprocess.run([HLEDGER, "-f", str(path), *asked], capture_output=True, text=True, check=False)
    if done.returncode:
        return done.stderr
    rows = list(csv.reader(done.stdout.splitlines()))[1:]
    theirs = Counter((row[1], minor) for row in rows if (minor := int(row[2].replace(".", ""))))
    ours = Counter((spot.currency, minor) for spot, minor in book.state.money().items())
    return "" if ours == theirs else f"hledger has {theirs - ours} where the books have {ours - theirs}"
