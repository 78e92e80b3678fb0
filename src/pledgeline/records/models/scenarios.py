"""The table of scenarios that people wrote for their programme, each version for ever.

Rows are only ever added: the database refuses everything else. What a visitor without a role writes is not kept here;
it travels in the address of its answer.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class ScenarioVersion(models.Model):
    """One version of one scenario.

    `programme` is the slug of the programme whose people see it, `key` the name in its address. `number` counts from 1
    for each key. `text` is the TOML. `is_report` says that it was entered as something that has happened: it is asked
    about as of now. `left_open` lists the facts that somebody looked into and found not known, as `event:fact`.
    """

    objects: ClassVar[models.Manager[Self]]

    programme = models.CharField(max_length=60)
    key = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    is_report = models.BooleanField(default=False)
    left_open = models.JSONField(default=list)
    written_by = models.CharField(max_length=150)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "records_scenario_version"
        ordering = ("pk",)
        constraints = (
            UniqueConstraint(fields=("key", "number"), name="scenario_version_is_numbered_once"),
            CheckConstraint(
                condition=~Q(text="") & ~Q(programme=""), name="scenario_version_has_text_and_programme"
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} version {self.number}"
