"""The table of acts: everything that leaves an event, with what people read of it.

Whoever adds an action adds its act here; `docs/acts.md` is written from this table. The codes stand in
events that nobody can change: a code is never given another meaning, and never goes.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AuditAct(TextChoices):
    """What was done, or tried: a verb, since the outcome may be that it was refused."""

    SIGNED_IN = "sign-in", _("Sign in")
    SIGNED_OUT = "sign-out", _("Sign out")
    DESK_OPENED = "desk-opened", _("Open the desk")
    DESK_LOOKED_AS = "desk-looked-as", _("Look as a role of the invented programme")
    PERSON_ADDED = "person-added", _("Give an account")
    PERSON_INVITED = "person-invited", _("Invite somebody")
    INVITATION_ACCEPTED = "invitation-accepted", _("Accept an invitation")
    INVITATION_WITHDRAWN = "invitation-withdrawn", _("Withdraw an invitation")
    PERSON_REMOVED = "person-removed", _("Take an account away")
    ROLE_GIVEN = "role-given", _("Give a role")
    ROLE_TAKEN = "role-taken", _("Take a role")
    RESET_LINK_MADE = "reset-link-made", _("Make a link for another password")
    PASSWORD_CHANGED = "password-changed", _("Change a password")
    SECOND_FACTOR_ADDED = "second-factor-added", _("Set up a second factor")
    SECOND_FACTOR_REMOVED = "second-factor-removed", _("Give up a second factor")
    PROVIDER_CONNECTED = "provider-connected", _("Connect a provider that vouches for an account")
    PROVIDER_DISCONNECTED = "provider-disconnected", _("Disconnect a provider from an account")
    SESSIONS_ENDED = "sessions-ended", _("End sessions")
    TOKEN_MADE = "token-made", _("Make a token for a program")
    TOKEN_REVOKED = "token-revoked", _("Revoke a token of a program")
    ACCESS_REFUSED = "access-refused", _("Open a page")
    EXPORT_TAKEN = "export-taken", _("Take a file that is not public")

    RECORD_LOADED = "record-loaded", _("Load a public record")
    ROW_ENTERED = "row-entered", _("Enter or correct a row of a public record")
    ROW_REMOVED = "row-removed", _("Take a row of a public record away")

    REPORT_HANDED_IN = "report-handed-in", _("Hand in a long report to be read")
    REPORT_READ = "report-read", _("Read a report in")
    REPORT_DESCRIBED = "report-described", _("Say what a report is, and whether its text may be shown")
    CLAIM_DECIDED = "claim-decided", _("Decide on a claim of a report")
    CLAIM_USED = "claim-used", _("Put a claim behind a row or a provision")

    PROGRAMME_CREATED = "programme-created", _("Make a programme")
    SETTINGS_CHANGED = "settings-changed", _("Change the settings of a programme")

    PUBLISHED = "published", _("Show to everybody")
    UNPUBLISHED = "unpublished", _("Show to everybody no longer")

    BOOKS_OPENED = "books-opened", _("Open books")
    ENTRY_MADE = "entry-made", _("Enter into the books")
    EVENTS_ENTERED = "events-entered", _("Enter a file of events into the books")
    EVENTS_HANDED_IN = "events-handed-in", _("Hand in a file of events to be looked over")
    EVENTS_ASKED = "events-asked", _("Have a file of events entered")
    RESERVATIONS_EXPIRED = "reservations-expired", _("Set free what was reserved up to a day that has passed")
    VERIFICATION_ASKED = "verification-asked", _("Ask for a verification of the books")
    BOOKS_VERIFIED = "books-verified", _("Verify the books")
    NOTE_ERASED = "note-erased", _("Erase a private text of the books")
    CHECKPOINT_GIVEN = "checkpoint-given", _("Give a checkpoint of the books")
    COSIGNATURES_TAKEN = "cosignatures-taken", _("Take cosignatures of witnesses in")
    DATABASE_ROLE_GRANTED = "database-role-granted", _("Give rights to a role of the database")

    BACKUP_MADE = "backup-made", _("Make a backup")
    BACKUP_RESTORED = "backup-restored", _("Restore a backup")
    TABLES_RENEWED = "tables-renewed", _("Renew the tables for a new version")

    INPUT_HANDED_IN = "input-handed-in", _("Hand in an input for plans")
    INPUT_READ = "input-read", _("Read an input for plans")
    INPUT_DELETED = "input-deleted", _("Delete an input for plans")
    PLAN_ASKED = "plan-asked", _("Ask for a plan")
    PLAN_MADE = "plan-made", _("Make a plan")
    WORKBOOK_ASKED = "workbook-asked", _("Ask for the workbook of a plan")
    PLAN_STOPPED = "plan-stopped", _("Stop a plan")
    PLAN_ACCEPTED = "plan-accepted", _("Accept a plan")
    PLAN_DELETED = "plan-deleted", _("Delete a plan")

    PHOTO_ADDED = "photo-added", _("Add a photograph to a receipt")
    NOUNS_HANDED_IN = "nouns-handed-in", _("Hand in a file of requirements or offers to be looked over")
    NOUNS_ASKED = "nouns-asked", _("Have a file of requirements or offers taken")
    WORKBOOK_HANDED_IN = "workbook-handed-in", _("Hand in a workbook of the programme to be looked over")
    WORKBOOK_TAKEN = "workbook-taken", _("Have a workbook of the programme taken")
    MAPPING_KEPT = "mapping-kept", _("Keep how a workbook is read")
    BANK_STATEMENT_READ = "bank-statement-read", _("Take a bank statement in")
    BANK_ENTRY_ANSWERED = "bank-entry-answered", _("Answer an entry of a bank statement")
    NOUN_WRITTEN = "noun-written", _("Write a noun of the chain down")
    STEP_TAKEN = "step-taken", _("Take a step of the chain")
    APPROVAL_ASKED = "approval-asked", _("Ask for the approval of a second person")
    ACT_APPROVED = "act-approved", _("Approve what a second person has asked for")
    ACT_REFUSED = "act-refused", _("Refuse what a second person has asked for")
    ACT_WITHDRAWN = "act-withdrawn", _("Take back what waits for approval")

    FILE_ASKED = "file-asked", _("Ask for a long file")
    JOB_STOPPED = "job-stopped", _("Stop a job")
    CLEARED_AWAY = "cleared-away", _("Clear away what is over")

    WEBHOOK_MADE = "webhook-made", _("Have an address of another office told of events")
    WEBHOOK_ENDED = "webhook-ended", _("Have an address notified no longer")
    WEBHOOK_RESENT = "webhook-resent", _("Send a message to another office again")
    WEBHOOK_GIVEN_UP = "webhook-given-up", _("Give up a message to another office")

    INSTRUMENT_SAVED = "instrument-saved", _("Save an instrument of the register")
    INSTRUMENT_WITHDRAWN = "instrument-withdrawn", _("Withdraw the own version of an instrument")
    SCENARIO_WRITTEN = "scenario-written", _("Write a scenario for a programme")
    CONTRIBUTION_POINTED = "contribution-pointed", _("Tie an obligation to a contribution, or untie it")


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
