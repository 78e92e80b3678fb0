"""The tables of planning: what was handed in, the runs that were asked for, and the plans that came out.

An input and a saved plan are written once and never changed: a plan that states argue about must be, a
year later, what it was. How far a run is, its job says (`pledgeline.jobs`), which stays as long as the run.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from pledgeline.jobs.models import Job
from pledgeline.records.models.columns import RefField, one_of
from pledgeline.records.models.programmes import ProgrammeRecord
from pledgeline.records.visibility import VisiblePlanning

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Origin(StrEnum):
    """Where an input came from."""

    WORKBOOK = "workbook"
    JSON = "json"
    SAMPLE = "sample"
    WHAT_IF = "what-if"
    LIST = "list"


class RunKind(StrEnum):
    """What a run is to find out."""

    PLAN = "plan"
    WHAT_IF = "what-if"
    BINDING = "binding"
    FREEING = "freeing"


class WrittenOnce(TypeError):
    """Somebody tried to change a row that stays as it is."""


class Kept(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce(f"{self._meta.object_name} {self.pk} stays as it was saved")
        super().save(*args, **kwargs)


class VisibleInputs(VisiblePlanning["PlanInput"]):
    """Inputs, asked for by a person."""

    def not_of_the_list(
        self, rows: models.QuerySet["PlanInput"], programme: str
    ) -> models.QuerySet["PlanInput"]:
        return rows.exclude(origin=Origin.LIST).exclude(runs__in=runs_of_the_list(programme))


class VisibleRuns(VisiblePlanning["PlanRun"]):
    """Runs, asked for by a person."""

    def not_of_the_list(self, rows: models.QuerySet["PlanRun"], programme: str) -> models.QuerySet["PlanRun"]:
        return rows.exclude(pk__in=runs_of_the_list(programme))


class PlanInput(Kept):
    """What a person handed in to be planned: the file as it came, and the problem that it says.

    `problem` is JSON text as `problem_to_json` writes it, "" while an error stands in `findings`.
    `first_day` is the day that the problem calls 0, where that is known.
    """

    objects: ClassVar[VisibleInputs] = VisibleInputs()
    runs: "RelatedManager[PlanRun]"

    ref = RefField()
    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.CASCADE, related_name="plan_inputs")
    name = models.TextField()
    origin = models.CharField(max_length=10)
    file_name = models.TextField()
    upload = models.BinaryField()
    marked = models.BinaryField()
    problem = models.TextField()
    digest = models.CharField(max_length=64)
    findings = models.JSONField()
    kept = models.JSONField()
    first_day = models.DateField(null=True)
    saved_at = models.DateTimeField()
    saved_by = models.TextField()

    class Meta:
        ordering = ("-saved_at", "-pk")
        constraints = (one_of("origin", [origin.value for origin in Origin], name="plan_input_origin"),)

    def __str__(self) -> str:
        return self.name


class PlanRun(models.Model):
    """One question put to the planner.

    `change` holds what a what-if changes, or which line or contribution a question is about. The result of its
    job is the answer to such a question, or a few figures of a plan, which is a row of its own.
    """

    objects: ClassVar[VisibleRuns] = VisibleRuns()
    asked_of: "RelatedManager[PlanRun]"
    input_id: int

    ref = RefField()
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="plan_run")
    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.CASCADE, related_name="plan_runs")
    input = models.ForeignKey(PlanInput, on_delete=models.CASCADE, related_name="runs")
    base = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="asked_of")
    kind = models.CharField(max_length=10)
    change = models.JSONField(default=dict)
    mode = models.CharField(max_length=5)
    budget_seconds = models.PositiveIntegerField()

    class Meta:
        ordering = ("-job_id",)
        constraints = (
            one_of("kind", [kind.value for kind in RunKind], name="plan_run_kind"),
            one_of("mode", ["fast", "prove"], name="plan_run_mode"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


def runs_of_the_list(programme: str) -> set[int]:
    """Give the runs of a programme that are of its list, and those that ask something of them, however far."""
    rows = PlanRun.objects.filter(programme__slug=programme)
    found = set(rows.filter(input__origin=Origin.LIST).values_list("pk", flat=True))
    more = found
    while more:
        more = set(rows.filter(base__in=more).values_list("pk", flat=True)) - found
        found |= more
    return found


class SavedPlan(Kept):
    """The plan that a run came to, as JSON text, sealed together with what it was made from.

    `seal` is the SHA-256 of the problem, the answer, the policy, who and when (`records.plans.seal_of`).
    """

    objects: ClassVar[models.Manager["SavedPlan"]] = models.Manager()

    run = models.OneToOneField(PlanRun, on_delete=models.CASCADE, related_name="plan")
    digest = models.CharField(max_length=64)
    policy = models.JSONField()
    answer = models.TextField()
    seal = models.CharField(max_length=64)
    saved_at = models.DateTimeField()
    saved_by = models.TextField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"plan of {self.run}"
