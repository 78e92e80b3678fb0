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

from pledgeline.programme.roles import Role
from pledgeline.programme.steps import MAY_WRITE, STEPS

PUBLIC: Final = "public"
DESK: Final = "desk"
COLUMNS: Final = (PUBLIC, DESK, *Role)


class Act(StrEnum):
    """What somebody may do. The words are the names of the rows."""

    SEE_UNPUBLISHED = "see an unpublished programme"
    SEE_BOOKS = "see books that are not public"
    SEE_NOTES = "see notes beside entries"
    SEE_PLANS = "see plans"
    SEE_REQUIREMENTS = "see requirements"
    SEE_OFFERS = "see offers"
    SEE_ORDERS = "see orders"
    SEE_SHIPMENTS = "see shipments"
    SEE_RECEIPTS = "see receipts"
    SEE_CONTRIBUTIONS = "see contributions"
    SEE_APPROVALS = "see approvals"
    SEE_DRAFTS = "see drafts of the register"
    SEE_SCENARIOS = "see scenarios of a programme"
    READ_AUDIT = "read audit events"
    MAKE_PLANS = "make plans"
    ACCEPT_PLANS = "accept plans"
    WRITE_TERMS = "write terms"
    PLEDGE = "pledge"
    COMMIT = "commit"
    RECEIVE = "receive"
    REVISE = "revise"
    REDUCE = "reduce"
    LAPSE = "let lapse"
    CARRY_OVER = "carry over"
    RETURN_MONEY = "return to partner"
    APPROVE = "approve"
    KEEP_BOOKS = "enter into books"
    MATCH_WORKBOOKS = "match workbooks"
    EDIT_REGISTER = "edit the register"
    WRITE_SCENARIOS = "write scenarios"
    EDIT_RECORD = "edit the record"
    CHANGE_SETTINGS = "change the settings"
    PUBLISH_PROGRAMME = "publish a programme"
    PUBLISH_BOOKS = "publish books"
    GIVE_ROLES = "give roles"
    INVITE = "invite"
    TELL_OTHERS = "tell other offices"


TABLE: Final = """
                               public  desk  reader  recip  valid  coord  partner  suppl  finance  regist  audit  admin
see an unpublished programme   -       yes   yes     yes    yes    yes    yes      yes    yes      yes     yes    yes
see books that are not public  -       yes   yes     -      -      yes    -        -      yes      yes     yes    yes
see notes beside entries       -       yes   yes     -      -      yes    -        -      yes      yes     yes    yes
see plans                      -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
see requirements               -       yes   yes     yes    yes    yes    yes      -      yes      -       yes    yes
see offers                     -       yes   yes     yes    yes    yes    -        own    yes      -       yes    yes
see orders                     -       yes   yes     yes    yes    yes    -        own    yes      -       yes    yes
see shipments                  -       yes   yes     yes    yes    yes    -        own    yes      -       yes    yes
see receipts                   -       yes   yes     yes    yes    yes    -        own    yes      -       yes    yes
see contributions              -       yes   yes     -      -      yes    own      -      yes      -       yes    yes
see approvals                  -       yes   yes     -      yes    yes    -        -      yes      -       yes    yes
see drafts of the register     -       yes   -       -      -      -      -        -      -        yes     yes    -
see scenarios of a programme   -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
read audit events              -       yes   -       -      -      -      -        -      -        -       yes    yes
make plans                     -       yes   -       -      -      yes    -        -      -        -       -      -
accept plans                   -       yes   -       -      -      yes    -        -      -        -       -      -
write terms                    -       yes   -       -      -      yes    own      -      -        -       -      -
pledge                         -       yes   -       -      -      yes    own      -      -        -       -      -
commit                         -       yes   -       -      -      yes    -        -      -        -       -      -
receive                        -       yes   -       -      -      -      -        -      yes      -       -      -
revise                         -       yes   -       -      -      yes    own      -      -        -       -      -
reduce                         -       yes   -       -      -      -      -        -      yes      -       -      -
let lapse                      -       yes   -       -      -      -      -        -      yes      -       -      -
carry over                     -       yes   -       -      -      -      -        -      yes      -       -      -
return to partner              -       yes   -       -      -      -      -        -      yes      -       -      -
approve                        -       -     -       -      yes    yes    -        -      yes      -       -      yes
enter into books               -       yes   -       -      -      -      -        -      yes      -       -      -
match workbooks                -       yes   -       yes    -      yes    -        -      -        -       -      -
edit the register              -       yes   -       -      -      -      -        -      -        yes     -      -
write scenarios                -       yes   -       yes    yes    yes    -        -      -        yes     -      -
edit the record                -       yes   -       -      -      yes    -        -      -        -       -      -
change the settings            -       yes   -       -      -      -      -        -      -        -       -      yes
publish a programme            -       yes   -       -      -      -      -        -      -        -       -      yes
publish books                  -       yes   -       -      -      -      -        -      -        -       -      yes
give roles                     -       yes   -       -      -      -      -        -      -        -       -      yes
invite                         -       yes   -       -      -      -      -        -      -        -       -      yes
tell other offices             -       yes   -       -      -      -      -        -      -        -       -      yes
announcements.earmark          -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
announcements.note             -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
packages.contents              -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
packages.delivery_reported_on  -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
packages.note                  -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
deliveries.packages            -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
deliveries.what                -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
deliveries.note                -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
stated_totals.note             -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
items.price                    -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
items.lead_time                -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
items.note                     -       yes   yes     yes    yes    yes    -        -      yes      yes     yes    yes
"""
"""The rows are acts, and fields of the public record: who sees a field where a programme withholds it.

Heads are beginnings of the columns' names. `own`: for what belongs to the party of the person, and nothing else.
"""


def _read(table: str, wanted: str) -> Mapping[str, frozenset[str]]:
    heading, *lines = table.strip().splitlines()
    short = zip(heading.split(), COLUMNS, strict=True)
    if wrong := [column for name, column in short if not column.startswith(name)]:
        raise ValueError(f"the table of rights has another column than {', '.join(wrong)}")
    rows = {}
    for line in lines:
        name, *cells = re.split(r"\s{2,}", line.strip())
        rows[name] = frozenset(column for column, cell in zip(COLUMNS, cells, strict=True) if cell == wanted)
    return rows


def row_of_step(noun: str, step: str) -> str:
    """Name the row that says who may take a step of the chain."""
    return f"{step} {noun}"


_OF_STEPS: Final = {
    **{row_of_step(noun, "write"): roles for noun, roles in MAY_WRITE.items()},
    **{row_of_step(step.noun, step.name): step.roles for step in STEPS},
}
"""The rows that the table of steps makes. The desk may take each step, a supplier those of its own party alone."""

RIGHTS: Final = {
    **_read(TABLE, "yes"),
    **{row: frozenset({DESK, *roles} - {Role.SUPPLIER}) for row, roles in _OF_STEPS.items()},
}
"""Who may do what, whosever it is."""

OWN: Final = {
    **_read(TABLE, "own"),
    **{row: frozenset({Role.SUPPLIER} & roles) for row, roles in _OF_STEPS.items()},
}
"""Who may do what for that which belongs to their own party."""


def cell_of(row: str, column: str) -> str:
    """Give what the table says in a cell: `yes`, `own`, or nothing."""
    if column in RIGHTS[row]:
        return "yes"
    return "own" if column in OWN[row] else ""


def rights_csv() -> str:
    """Write the table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["right", *COLUMNS])
    for row in RIGHTS:
        writer.writerow([row, *(cell_of(row, column) or "no" for column in COLUMNS)])
    return text.getvalue()
