"""What there is to do in the background, and what of it may take long. The settings name this table."""

from pledgeline.actions import (
    event_files,
    housekeeping,
    long_files,
    noun_files,
    plan_inputs,
    plan_workbooks,
    planner,
    reports,
    verification,
    webhooks,
    workbooks,
)
from pledgeline.actions.plans import LONGEST_BUDGET, QUESTION_SECONDS
from pledgeline.jobs.kinds import JobKind, table
from pledgeline.jobs.schedule import every_day_at, every_hour

MINUTE = 60

KINDS = table(
    JobKind(task=planner.make_plan, is_long=True, most_seconds=LONGEST_BUDGET + 15 * MINUTE),
    JobKind(task=planner.answer_question, is_long=True, most_seconds=QUESTION_SECONDS + 5 * MINUTE),
    JobKind(task=verification.verify_books, is_long=True, most_seconds=60 * MINUTE),
    JobKind(task=plan_inputs.read_input, most_seconds=10 * MINUTE),
    JobKind(task=reports.read_report_in, most_seconds=10 * MINUTE),
    JobKind(task=event_files.bring_in_events, most_seconds=5 * MINUTE),
    JobKind(task=noun_files.bring_in_nouns, most_seconds=10 * MINUTE),
    JobKind(task=workbooks.bring_in_workbook, most_seconds=10 * MINUTE),
    JobKind(task=plan_workbooks.write_workbook, is_long=True, most_seconds=15 * MINUTE),
    JobKind(task=long_files.write_file, is_long=True, most_seconds=30 * MINUTE),
    JobKind(task=housekeeping.verify_all_books, most_seconds=MINUTE, next_due=every_day_at(1, 30)),
    JobKind(task=housekeeping.expire_all_reservations, most_seconds=10 * MINUTE, next_due=every_hour),
    JobKind(task=webhooks.tell_others, most_seconds=60 * MINUTE, next_due=webhooks.next_due),
    JobKind(task=housekeeping.clear_away, most_seconds=10 * MINUTE, next_due=every_day_at(2, 30)),
)
