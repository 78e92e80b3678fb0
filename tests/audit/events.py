"""What a test asks of the audit trail: the events that came while it did something."""

from collections.abc import Iterator
from contextlib import contextmanager

from pledgeline.audit.models import AuditEvent


@contextmanager
def events_of() -> Iterator[list[AuditEvent]]:
    """Give the events that are written within a block, the oldest first, once it has ended."""
    newest = AuditEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
    events: list[AuditEvent] = []
    yield events
    events += AuditEvent.objects.filter(id__gt=newest).order_by("id")


def said(events: list[AuditEvent]) -> list[tuple[str, str]]:
    """Give act and outcome of each."""
    return [(event.act, event.outcome) for event in events]
