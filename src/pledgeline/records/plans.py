"""Saved plans, read back: proven again before anybody sees one.

The problem must still have its digest, the row its seal, and `check` must find every rule kept. What was
read and proven is remembered by its seal, so that a page does it once.
"""

import hashlib
import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from pledgeline.plan import (
    Explanation,
    LineReason,
    NotAPlan,
    Plan,
    PlanFigures,
    Problem,
    check,
    digest_of,
    plan_from_json,
    plan_to_json,
    read_problem,
)
from pledgeline.plan.explain import comes_too_late
from pledgeline.programme.findings import way_out_of
from pledgeline.programme.sentences import Sentence, as_data, kept_sentence, packed
from pledgeline.records.memory import RecentValues
from pledgeline.records.models import PlanInput, PlanRun, SavedPlan

REMEMBERED = 6
"""Units: plans. One of 100,000 lines takes some 200 MB."""

UNREAD = ("run__input__upload", "run__input__marked", "run__input__findings")
"""What an input holds beside its problem: megabytes, that a look at a plan has no use for."""

MOST_DERIVED = 200
"""How many derived values a plan keeps."""

T = TypeVar("T")


class Altered(ValueError):
    """A saved plan is not what was saved; the message says what is wrong."""


@dataclass(eq=False, kw_only=True)
class Study:
    """A saved plan with its problem, and what pages worked out from them."""

    seal: str
    problem: Problem
    plan: Plan
    reasons: tuple[Explanation, ...]
    bounds: Mapping[int, float]
    category_bounds: Mapping[str, float]
    first_day: date | None
    _derived: RecentValues = field(default_factory=lambda: RecentValues(MOST_DERIVED))

    @property
    def identity(self) -> Hashable:
        """Stand for it in keys of what is kept elsewhere: a sealed plan is never another one."""
        return self.seal, self.first_day

    @cached_property
    def figures(self) -> PlanFigures:
        """Give what is worked out from the plan, for whatever shows it."""
        return PlanFigures(
            problem=self.problem,
            plan=self.plan,
            tier_bounds=self.bounds,
            category_bounds=self.category_bounds,
        )

    def derived(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Give what `compute` gives, computing it only the first time for this `key`."""
        return self._derived.get(key, compute)


def seal_of(
    *, problem: str, answer: str, policy: Mapping[str, str], saved_at: datetime, saved_by: str
) -> str:
    """Seal what a plan was made from, what it is, who made it and when."""
    parts = [problem, answer, sorted(policy.items()), saved_at.isoformat(timespec="microseconds"), saved_by]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


def problem_of(row: PlanInput) -> Problem:
    """Read the problem of an input.

    Raises:  Altered when it is not the problem that was saved.
    """
    problem, findings = read_problem(_json(row.problem), row.file_name)
    if any(finding.is_error for finding in findings) or digest_of(problem) != row.digest:
        raise Altered("the problem is not the one that was saved")
    return problem


_studies = RecentValues(REMEMBERED)


def study_of(run: PlanRun) -> Study | None:
    """Give the plan that a run came to, proven; None where it came to none.

    Raises:  Altered when the row was changed behind our back.
    """
    rows = SavedPlan.objects.filter(run=run).select_related("run__input")
    saved: SavedPlan | None = rows.defer(*UNREAD).first()
    if saved is None:
        return None
    source = saved.run.input
    sealed = seal_of(
        problem=source.problem,
        answer=saved.answer,
        policy=saved.policy,
        saved_at=saved.saved_at,
        saved_by=saved.saved_by,
    )
    if sealed != saved.seal or saved.digest != source.digest:
        raise Altered("the seal does not fit: the problem, the plan, its date or its author was changed")
    return _studies.get((sealed, source.first_day), lambda: _read(source, saved))


def _read(source: PlanInput, saved: SavedPlan) -> Study:
    problem = problem_of(source)
    told = _json(saved.answer)
    try:
        made = replace(plan_from_json(told), notes=tuple(map(kept_sentence, told.get("notes", []))))
    except NotAPlan as error:
        raise Altered(f"the plan cannot be read: {error}") from None
    if made.input_digest != source.digest:
        raise Altered("the plan was made from another problem")
    if broken := check(problem, made):
        raise Altered(f"the plan breaks a rule: {broken[0].about}: {broken[0].said}")
    bounds = told.get("bounds", {})
    return Study(
        seal=saved.seal,
        problem=problem,
        plan=made,
        reasons=tuple(_explanation(row) for row in told.get("reasons", [])),
        bounds={int(tier): float(most) for tier, most in bounds.get("tiers", {}).items()},
        category_bounds={str(name): float(most) for name, most in bounds.get("categories", {}).items()},
        first_day=source.first_day,
    )


def explanation_to_json(one: Explanation, *, with_names: bool = True) -> dict[str, object]:
    """Write a reason so that it can be kept; without the lists of names among its facts where asked."""
    facts = {key: value for key, value in one.facts.items() if with_names or not isinstance(value, list)}
    return {
        "line": one.line,
        "wanted": one.wanted,
        "got": one.got,
        "reason": one.reason.value,
        "said": packed(one.said),
        "facts": facts,
    }


def wrong_of(kept: Mapping[str, object]) -> str:
    """Say what is wrong, by a finding that an input keeps: by its words where it has some, as older rows do."""
    return str(kept.get("wrong") or kept_sentence(kept["said"]))


def way_out_of_kept(kept: Mapping[str, object]) -> str:
    """Say the way out of a finding that an input keeps."""
    return str(kept.get("way_out") or way_out_of(kept_sentence(kept["said"])))


def plan_as_kept(made: Plan) -> dict[str, object]:
    """Write a plan as `plan_to_json` does, its notes so that they can be read in any language."""
    return plan_to_json(made) | {"notes": list(map(as_data, made.notes))}


def _explanation(row: Mapping[str, Any]) -> Explanation:
    return Explanation(
        line=row["line"],
        wanted=row["wanted"],
        got=row["got"],
        reason=LineReason(row["reason"]),
        said=_said(row["said"], row["facts"]),
        facts=row["facts"],
    )


def _said(kept: object, facts: Mapping[str, Any]) -> Sentence:
    """Read the sentence of a reason; older rows keep a text, in which days have no dates."""
    if isinstance(kept, str) and "days_late" in facts:
        return comes_too_late(facts["earliest"], facts["days_late"], facts["offer"], facts["package"])
    return kept_sentence(kept)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise Altered("what was saved is not JSON any more") from None
