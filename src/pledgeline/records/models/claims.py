"""The tables of what people decided of reports: claims, every decision, how claims stand to each other, their use.

A decision and a use are written once: guards of the database refuse to change or delete them. A claim says what the
last decision made of it.
"""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q, UniqueConstraint

from pledgeline.evidence.linking.rules import LinkRelation, Rule
from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.records.models.columns import one_of
from pledgeline.records.models.documents import CandidateRecord, ClaimRow, DocumentRecord
from pledgeline.records.models.programmes import ProgrammeRecord

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


USED_BY = ("announcement", "stated-total", "delivery", "provision")
"""What a claim can stand behind."""


class ClaimState(models.TextChoices):
    """How far a claim is: it waits for a second person, holds, or was withdrawn."""

    WAITS = "waits"
    HOLDS = "holds"
    WITHDRAWN = "withdrawn"


class Verdict(models.TextChoices):
    """What somebody decided."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    MAKE = "make"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


class ClaimRecord(ClaimRow):
    """One claim that somebody accepted or made, as it is now."""

    objects: ClassVar[models.Manager[Self]]
    decisions: "RelatedManager[ClaimDecision]"
    uses: "RelatedManager[ClaimUse]"

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=LONGEST_KEY)
    document = models.ForeignKey(DocumentRecord, on_delete=models.PROTECT, related_name="claims")
    candidate = models.ForeignKey(CandidateRecord, on_delete=models.PROTECT, null=True, related_name="claims")
    state = models.CharField(max_length=10)

    class Meta:
        db_table = "records_claim"
        ordering = ("pk",)
        constraints = (
            UniqueConstraint(fields=("programme", "ref"), name="claim_ref"),
            UniqueConstraint(
                fields=("candidate",),
                condition=~Q(state=ClaimState.WITHDRAWN.value),
                name="claim_of_candidate_once",
            ),
            one_of("state", ClaimState.values, name="claim_state"),
        )

    def __str__(self) -> str:
        return self.ref


class ClaimDecision(models.Model):
    """One decision: of which candidate or claim, what it said before and after, by whom, when and why."""

    objects: ClassVar[models.Manager[Self]]

    document = models.ForeignKey(DocumentRecord, on_delete=models.PROTECT, related_name="decisions")
    candidate = models.ForeignKey(
        CandidateRecord, on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    claim = models.ForeignKey(ClaimRecord, on_delete=models.PROTECT, null=True, related_name="decisions")
    verdict = models.CharField(max_length=10)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField()
    by_name = models.TextField()
    by_account = models.CharField(max_length=40)
    at = models.DateTimeField()
    asked_with = models.CharField(max_length=64)

    class Meta:
        db_table = "records_claimdecision"
        ordering = ("pk",)
        constraints = (
            one_of("verdict", Verdict.values, name="claimdecision_verdict"),
            UniqueConstraint(
                fields=("document", "asked_with"), condition=~Q(asked_with=""), name="claimdecision_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.verdict} {self.claim_id or self.candidate_id}"


class ClaimLink(models.Model):
    """How two claims stand to each other, and the rule that says so. Made anew with each decision on one of them."""

    objects: ClassVar[models.Manager[Self]]

    first = models.ForeignKey(ClaimRecord, on_delete=models.CASCADE, related_name="links_from")
    second = models.ForeignKey(ClaimRecord, on_delete=models.CASCADE, related_name="links_to")
    relation = models.CharField(max_length=20)
    rule = models.CharField(max_length=40)
    differs_in = models.JSONField(default=list)

    class Meta:
        db_table = "records_claimlink"
        ordering = ("pk",)
        constraints = (
            UniqueConstraint(fields=("first", "second"), name="claimlink_once"),
            one_of("relation", [relation.value for relation in LinkRelation], name="claimlink_relation"),
            one_of("rule", [rule.value for rule in Rule], name="claimlink_rule"),
        )

    def __str__(self) -> str:
        return f"{self.first_id} {self.relation} {self.second_id}"


class ClaimUse(models.Model):
    """What a claim stands behind: a row of the record, or a provision of the register of guarantees."""

    objects: ClassVar[models.Manager[Self]]

    claim = models.ForeignKey(ClaimRecord, on_delete=models.PROTECT, related_name="uses")
    noun = models.CharField(max_length=20)
    key = models.CharField(max_length=300)
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "records_claimuse"
        ordering = ("pk",)
        indexes = (models.Index(fields=("noun", "key"), name="claimuse_of_row"),)
        constraints = (
            UniqueConstraint(fields=("claim", "noun", "key"), name="claimuse_once"),
            one_of("noun", list(USED_BY), name="claimuse_noun"),
        )

    def __str__(self) -> str:
        return f"{self.claim_id} {self.noun} {self.key}"
