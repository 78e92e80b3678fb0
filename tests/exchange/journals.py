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


def rejected_by_hledger(book, folder):
    """Say what hledger finds in the books, or where its balances are others than ours."""
    path = folder / "books.journal"
    path.write_text(to_hledger(book.entries, "books"), encoding="utf-8")
    command = [HLEDGER, "-f", str(path)]
    done = subprocess.run([*command, "check", "-s"], capture_output=True, text=True, check=False)
    if done.returncode:
        return done.stderr
    asked = [*command, "balance", "--flat", "--no-total", "--empty", "-O", "csv", "--layout", "bare"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    rows = list(csv.reader(said.splitlines()))[1:]
    theirs = Counter((each[1], minor) for each in rows if (minor := int(each[2].replace(".", ""))))
    ours = Counter((spot.currency, minor) for spot, minor in book.state.money().items())
    return "" if ours == theirs else f"hledger has {theirs - ours} where the books have {ours - theirs}"
