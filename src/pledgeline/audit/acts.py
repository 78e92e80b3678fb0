"""The table of acts: everything that leaves an event, with what people read of it.

Whoever adds an action adds its act here; `docs/acts.md` is written from this table. The codes stand in
events that nobody can change: a code is never given another meaning, and never goes.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AuditAct(TextChoices):
    """What was done, or tried."""

    SIGNED_IN = "sign-in", _("Signed in")
    SIGNED_OUT = "sign-out", _("Signed out")
    PERSON_ADDED = "person-added", _("Account given")
    PERSON_REMOVED = "person-removed", _("Account taken away")
    ROLE_GIVEN = "role-given", _("Role given")
    PASSWORD_CHANGED = "password-changed", _("Password changed")
    ACCESS_REFUSED = "access-refused", _("Access refused")
    EXPORT_TAKEN = "export-taken", _("File taken that is not public")

    RECORD_LOADED = "record-loaded", _("Public record loaded")

    BOOKS_OPENED = "books-opened", _("Books opened")
    ENTRY_MADE = "entry-made", _("Entry made in the books")
    EVENTS_ENTERED = "events-entered", _("File of events entered in the books")
    NOTE_ERASED = "note-erased", _("Private text erased in the books")
    CHECKPOINT_GIVEN = "checkpoint-given", _("Checkpoint of the books given")
    DATABASE_ROLE_GRANTED = "database-role-granted", _("Rights given to a role of the database")

    INPUT_HANDED_IN = "input-handed-in", _("Input for a plan handed in")
    INPUT_DELETED = "input-deleted", _("Input for a plan deleted")
    PLAN_ASKED = "plan-asked", _("Plan asked for")
    PLAN_STOPPED = "plan-stopped", _("Plan stopped")
    PLAN_DELETED = "plan-deleted", _("Plan deleted")

    INSTRUMENT_SAVED = "instrument-saved", _("Instrument of the register saved")
    INSTRUMENT_WITHDRAWN = "instrument-withdrawn", _("Version of an instrument withdrawn")
    CONTRIBUTION_POINTED = "contribution-pointed", _("Obligation tied to a contribution, or untied")


class Outcome(TextChoices):
    """What became of it. Refused: by a rule. Failed: by a fault of the program or the machine."""

    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed")


class Actor(TextChoices):
    """What kind of somebody acts."""

    PERSON = "person", _("person")
    PUBLIC = "public", _("somebody who is not signed in")
    DESK = "desk", _("whoever sits at the machine")
    COMMAND_LINE = "command-line", _("command line")
    PROGRAM = "program", _("the program itself")
