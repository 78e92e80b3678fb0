"""What has happened to the settings of a programme, or to a row of its record, beside loads of files."""

from pledgeline.programme.settings_fields import ProgrammeSettings
from pledgeline.records.models import ProgrammeRecord, StepTaken


def history_of(
    programme: ProgrammeRecord, noun: str = ProgrammeSettings.NAME, key: str = ""
) -> list[StepTaken]:
    """Give what was done to it on pages, the newest first; without a key, to the programme itself."""
    steps = StepTaken.objects.filter(programme=programme, noun=noun, key=key or programme.slug)
    return list(steps.order_by("-pk"))
