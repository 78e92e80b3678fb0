"""The table of rights: what each role may. `pledgeline.accounts.rights` asks it.

What is published everybody may see; the table says who may do more. Two columns are no roles: `public` is
everybody, signed in or not, and `desk` is whoever sits at the machine (`pledgeline.accounts.desk`).
"""

import csv
import io
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from pledgeline.accounts.roles import Role

PUBLIC: Final = "public"
DESK: Final = "desk"
COLUMNS: Final = (PUBLIC, DESK, *Role)


class Act(StrEnum):
    """What somebody may do. The words are the names of the rows."""

    SEE_UNPUBLISHED = "see an unpublished programme"
    SEE_BOOKS = "see books that are not public"
    SEE_NOTES = "see notes beside entries"
    SEE_PLANS = "see plans"
    SEE_DRAFTS = "see drafts of the register"
    READ_AUDIT = "read audit events"
    MAKE_PLANS = "make plans"
    KEEP_BOOKS = "enter into books"
    EDIT_REGISTER = "edit the register"
    PUBLISH_PROGRAMME = "publish a programme"
    PUBLISH_BOOKS = "publish books"
    GIVE_ROLES = "give roles"
    INVITE = "invite"


TABLE: Final = """
                                    public  desk  reader  planner  bookkeeper  register-editor  auditor  administrator
see an unpublished programme        -       yes   yes     yes      yes         yes              yes      yes
see books that are not public       -       yes   yes     yes      yes         yes              yes      yes
see notes beside entries            -       yes   yes     yes      yes         yes              yes      yes
see plans                           -       yes   yes     yes      yes         yes              yes      yes
see drafts of the register          -       yes   -       -        -           yes              yes      -
read audit events                   -       yes   -       -        -           -                yes      yes
make plans                          -       yes   -       yes      -           -                -        -
enter into books                    -       yes   -       -        yes         -                -        -
edit the register                   -       yes   -       -        -           yes              -        -
publish a programme                 -       yes   -       -        -           -                -        yes
publish books                       -       yes   -       -        -           -                -        yes
give roles                          -       yes   -       -        -           -                -        yes
invite                              -       yes   -       -        -           -                -        yes
announcements.earmark               -       yes   yes     yes      yes         yes              yes      yes
announcements.note                  -       yes   yes     yes      yes         yes              yes      yes
packages.contents                   -       yes   yes     yes      yes         yes              yes      yes
packages.delivery_reported_on       -       yes   yes     yes      yes         yes              yes      yes
packages.note                       -       yes   yes     yes      yes         yes              yes      yes
deliveries.packages                 -       yes   yes     yes      yes         yes              yes      yes
deliveries.what                     -       yes   yes     yes      yes         yes              yes      yes
deliveries.note                     -       yes   yes     yes      yes         yes              yes      yes
stated_totals.note                  -       yes   yes     yes      yes         yes              yes      yes
items.price                         -       yes   yes     yes      yes         yes              yes      yes
items.lead_time                     -       yes   yes     yes      yes         yes              yes      yes
items.note                          -       yes   yes     yes      yes         yes              yes      yes
"""
"""The rows are acts, and fields of the public record: who sees a field where a programme withholds it."""


def _read(table: str) -> Mapping[str, frozenset[str]]:
    heading, *lines = table.strip().splitlines()
    if heading.split() != list(COLUMNS):
        raise ValueError(f"the table of rights has the columns {heading.split()}")
    rows = {}
    for line in lines:
        name, *cells = re.split(r"\s{2,}", line.strip())
        rows[name] = frozenset(column for column, cell in zip(COLUMNS, cells, strict=True) if cell == "yes")
    return rows


RIGHTS: Final = _read(TABLE)


def rights_csv() -> str:
    """Write the table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["right", *COLUMNS])
    for row, allowed in RIGHTS.items():
        writer.writerow([row, *("yes" if column in allowed else "no" for column in COLUMNS)])
    return text.getvalue()
