"""Write the page of security: OWASP ASVS requirement by requirement, and every fault that was found.

The rows are data, `docs/security/`: one file for each chapter, and one for the faults. A row that is met, or mended,
names places in the code and tests; a test looks for each of them.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pledgeline.programme.toml import read_toml

CHECKOUT = Path(__file__).resolve().parent.parent
ROWS = CHECKOUT / "docs" / "security"
MET, NOT_APPLICABLE, OPEN = "met", "not applicable", "open"
STATES = (MET, NOT_APPLICABLE, OPEN)

INTRODUCTION = """# Security, requirement by requirement

{note}
How to report a fault, and by when it is mended: [SECURITY.md](../SECURITY.md). How things are protected, and what
whoever runs a site has to do: [the handbook](handbook/security.md).

## OWASP ASVS 5.0.0, levels 1 and 2

The standard (https://owasp.org/www-project-application-security-verification-standard/) has {sum} requirements of these
levels. What each asks for stands here in our own few words; its own text decides. *Met* names the place and tests that
fail when it is met no more, *not applicable* says why. It is our own reading: nobody has certified it.

{counts}

{open_rows}
{chapters}
## Faults that were found

Attacks on an earlier state found these. Each has a test that fails on the state before.

{faults}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A requirement, or a fault, and where its answer is to be found."""

    id: str
    asks: str
    state: str
    level: int = 0
    where: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    says: str = ""


def chapters() -> dict[str, list[Row]]:
    """Read the requirements, by chapter."""
    found = {}
    for file in sorted((ROWS / "asvs").glob("v*.toml")):
        read = read_toml(file.read_text(encoding="utf-8"))
        title = f"V{int(file.name[1:3])} {read.pop('title')}"
        found[title] = [_row(id_, entry) for id_, entry in read.items()]
    return found


def faults() -> list[Row]:
    """Read the faults."""
    read = read_toml((ROWS / "faults.toml").read_text(encoding="utf-8"))
    return [_row(id_, entry) for id_, entry in read.items()]


def _row(id_: str, entry: dict[str, Any]) -> Row:
    where, tests = (tuple(entry.pop(name, ())) for name in ("where", "tests"))
    return Row(id=id_, where=where, tests=tests, **entry)


def security_page(note: str) -> str:
    """Write the page."""
    read = chapters()
    rows = [row for chapter in read.values() for row in chapter]
    return INTRODUCTION.format(
        note=note,
        sum=len(rows),
        counts="\n".join(_counts(read)),
        open_rows=_open_rows(rows),
        chapters="\n".join(f"### {title}\n\n{_table(chapter)}\n" for title, chapter in read.items()),
        faults="\n".join(
            ["| | found | mended by |", "| --- | --- | --- |"]
            + [f"| {row.id} | {row.asks} | {_answer(row)} |" for row in faults()]
        ),
    )


def _counts(read: dict[str, list[Row]]) -> list[str]:
    lines = ["| chapter | met | not applicable | open | sum |", "| --- | --- | --- | --- | --- |"]
    sums: Counter[str] = Counter()
    for title, chapter in read.items():
        states = Counter(row.state for row in chapter)
        sums += states
        lines.append(f"| {title} | {' | '.join(str(states[state]) for state in STATES)} | {len(chapter)} |")
    return [
        *lines,
        f"| **sum** | {' | '.join(f'**{sums[state]}**' for state in STATES)} | **{sums.total()}** |",
    ]


def _open_rows(rows: list[Row]) -> str:
    waiting = [row for row in rows if row.state == OPEN]
    lines = [f"- **{row.id}**, {row.asks}. {row.says}" for row in waiting]
    return "\n".join(["What is open, and why:", "", *lines, ""]) if waiting else ""


def _table(chapter: list[Row]) -> str:
    lines = ["| no. | level | asks for | answer |", "| --- | --- | --- | --- |"]
    return "\n".join(
        [*lines, *(f"| {row.id} | {row.level} | {row.asks} | {_answer(row)} |" for row in chapter)]
    )


def _answer(row: Row) -> str:
    parts = [f"**{row.state.capitalize()}.**", row.says]
    parts.append(f"In {', '.join(f'`{_short(place)}`' for place in row.where)}." if row.where else "")
    parts.append(f"Tests: {', '.join(f'`{_short(test)}`' for test in row.tests)}." if row.tests else "")
    return " ".join(part for part in parts if part)


def _short(place: str) -> str:
    return place.removeprefix("src/pledgeline/").removeprefix("tests/")
