"""What every table of the chain has in common, and the table of the steps that were taken.

A row is one noun of `pledgeline.programme` in one state. What it says may be changed while it is a draft; after that a
change is a new version, beside the one that was validated. Which step led where, who took it and why stays for ever.
"""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.programme.nouns import Noun
from pledgeline.programme.steps import State, Step, states_of
from pledgeline.records.models.columns import one_of
from pledgeline.records.models.noun_columns import NounTable
from pledgeline.records.models.programmes import ProgrammeRecord


class NounRecord(models.Model, metaclass=NounTable):
    """A row that keeps a noun, or a part of one. `KIND` is the noun; its fields are the columns of the same names."""

    KIND: ClassVar[type[Noun]]

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Give the value of a column that the noun has made."""

        def __setattr__(self, name: str, value: object) -> None:
            """Set it."""

    def to_value(self) -> Any:
        """Give the noun that this row keeps."""
        return self.KIND.model_validate(said_by(self, self.KIND))

    def take_over(self, value: Noun) -> Self:
        """Set every column to what a noun says; what points to other rows is for the act to find."""
        for column in self._meta.concrete_fields:
            if column.name in self.KIND.model_fields and not column.is_relation:
                said = getattr(value, column.name)
                said = list(said) if isinstance(said, tuple) else said
                setattr(self, column.name, "" if said is None and not column.null else said)
        return self


class NounVersion(NounRecord):
    """One version of a noun that is written down; the newest holds, and every earlier one stays."""

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    version = models.PositiveIntegerField(default=1)
    is_newest = models.BooleanField(default=True)
    made_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ("key", "version")

    def __str__(self) -> str:
        return self.key

    def save_in_the_place_of(self, earlier: Self | None) -> None:
        """Save a row as the newest version; the one before it, where there is one, is the newest no more.

        To be called in a transaction that holds the earlier row: this is the only place that writes `is_newest`.
        """
        if earlier is not None and earlier is not self:
            earlier.is_newest = False
            earlier.save(update_fields=["is_newest"])
        self.save()


class ChainRow(NounVersion):
    """One version of a noun of the chain, in one state."""

    objects: ClassVar[models.Manager[Self]]

    state = models.CharField(max_length=20)

    class Meta(NounVersion.Meta):
        abstract = True

    def stamp_after(self, steps: int) -> str:
        """Stand for what has happened to it so far, which was so many steps."""
        return f"{self.version}.{steps}"


class PartRow(NounRecord):
    """One part of a noun, such as a line of an order. `KIND` is the part."""

    class Meta:
        abstract = True
        ordering = ("pk",)


def said_by(row: models.Model, kind: type[Noun]) -> dict[str, object]:
    """Give what a row says, as its noun reads it: days as text, other rows by their keys, parts as a list."""
    said: dict[str, object] = {}
    for name, field in kind.fields_said().items():
        value = getattr(row, name)
        if field.part is not None:
            said[name] = [said_by(part, field.part) for part in value.all()]
        elif isinstance(value, models.Model):
            said[name] = str(value)
        elif value not in (None, ""):
            said[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return said


def newest_once(noun: str) -> UniqueConstraint:
    """Refuse a second newest version; whoever writes a version says first that the one before is it no more."""
    return UniqueConstraint(
        fields=("programme", "key"), condition=Q(is_newest=True), name=f"{noun}_newest_once"
    )


def chain_constraints(noun: str) -> tuple[models.BaseConstraint, ...]:
    """Give what the database itself holds a table of the chain to."""
    states = [state.value for state in states_of(noun)]
    return (
        UniqueConstraint(fields=("programme", "key", "version"), name=f"{noun}_version"),
        newest_once(noun),
        one_of("state", states, name=f"{noun}_state"),
    )


class StepTaken(models.Model):
    """One step: of which version of which noun, from where to where, by whom, when and why.

    `changes` are what each field was and is, where something was written down; `entries` the numbers of the entries
    that it made in the books. A row is written once.
    """

    objects: ClassVar[models.Manager[Self]]

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.PROTECT, related_name="+")
    noun = models.CharField(max_length=20)
    key = models.CharField(max_length=LONGEST_KEY)
    version = models.PositiveIntegerField()
    step = models.CharField(max_length=20)
    origin = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    by_name = models.TextField()
    by_account = models.CharField(max_length=40)
    at = models.DateTimeField()
    reason = models.TextField()
    asked_with = models.CharField(max_length=64)
    changes = models.JSONField(default=dict)
    entries = models.JSONField(default=list)

    class Meta:
        db_table = "records_step"
        ordering = ("pk",)
        indexes = (models.Index(fields=("programme", "noun", "key"), name="step_of_noun"),)
        constraints = (
            CheckConstraint(
                condition=Q(origin__in=["", *(state.value for state in State)])
                & Q(target__in=[state.value for state in State]),
                name="step_states",
            ),
            UniqueConstraint(
                fields=("programme", "asked_with"), condition=~Q(asked_with=""), name="step_is_taken_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} {self.noun} {self.key}"

    @property
    def done(self) -> str:
        """Say what was done, in the reader's language."""
        return Step.named(self.noun, self.step).part("done")
