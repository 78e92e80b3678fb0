"""The answers about guarantees as JSON, for programs."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pledgeline.cli.printing import findings_as_json
from pledgeline.guarantees import CaseResult, HelpCoverage, Removal
from pledgeline.guarantees.instances import Instance
from pledgeline.guarantees.questions import Without
from pledgeline.guarantees.timeline import Timeline, TimelineEntry
from pledgeline.programme.findings import Finding


def utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def timeline_as_json(found: Timeline) -> dict[str, object]:
    return {
        "scenario": found.scenario.id,
        "title": found.scenario.title,
        "as_of": utc(found.as_of),
        "entries": [entry_as_json(entry) for entry in found.entries],
        "to_be_found_out": [
            {
                "fact": fact.fact,
                "event": fact.event,
                "episode": fact.episode,
                "obligations": [clause(entry) for entry in fact.obligations],
            }
            for fact in found.unknowns
        ],
    }


def entry_as_json(entry: TimelineEntry) -> dict[str, object]:
    instance, obligation = entry.instance, entry.obligation
    local = entry.due_local
    return {
        "instrument": instance.instrument,
        "obligation": instance.obligation,
        "kind": obligation.kind,
        "state": instance.state.value,
        "owed_as": entry.owed_as,
        "legal_form": entry.legal_form,
        "strength": obligation.strength,
        "discretion": obligation.discretion,
        "obligors": list(instance.obligors),
        "beneficiaries": list(obligation.to),
        "summary": obligation.register_summary,
        "episode": instance.episode or None,
        "period": instance.period or None,
        "due_at": utc(instance.due_at),
        "due_local": local[0].isoformat(timespec="seconds") if local else None,
        "due_window": [utc(instance.due.earliest), utc(instance.due.latest)] if instance.due else None,
        "readings": [
            {"start": reading.start, "due": [utc(reading.due.earliest), utc(reading.due.latest)]}
            for reading in instance.readings
        ],
        "possibly_overdue": instance.possibly_overdue,
        "late_by": _iso(instance.late_by),
        "shortfall": instance.shortfall,
        "missing_facts": list(instance.missing_facts),
        "blocked_by": [
            {"kind": condition.kind, "by": condition.by or None} for condition in instance.blocked_by
        ],
        "waits_for_the_adversary": entry.waits_for_the_adversary,
        "survives_end": instance.survives_end,
        "members_not_known": list(instance.unlisted_groups),
        "breach": _breach_as_json(instance),
        "provision": obligation.provision or None,
        "basis": obligation.basis,
        "sources": list(obligation.sources),
        "trace": [{"rule": step.rule, "says": str(step.says)} for step in instance.trace],
    }


def _breach_as_json(instance: Instance) -> dict[str, object] | None:
    breach = instance.breach
    return {"found_by": breach.found_by, "source": breach.source, "on": str(breach.when)} if breach else None


def _iso(length: timedelta | None) -> str | None:
    if length is None:
        return None
    return f"P{length.days}DT{length.seconds}S" if length.days else f"PT{length.seconds}S"


def coverage_as_json(found: HelpCoverage) -> dict[str, object]:
    return {
        "beneficiary": found.beneficiary,
        "on": found.on,
        "event": found.event or None,
        "without": list(found.without),
        "uncovered_kinds": list(found.uncovered_kinds),
        "single_points": list(found.single_points),
        "uncertain_kinds": list(found.uncertain_kinds),
        "cells": [
            {
                "kind": cell.kind,
                "guarantors": list(cell.guarantors),
                "remaining": list(cell.remaining),
                "standing": list(cell.standing),
                "blocked": list(cell.blocked),
                "members_not_known": list(cell.unlisted_groups),
            }
            for cell in found.cells
        ],
    }


def removals_as_json(removals: Sequence[Removal]) -> list[dict[str, object]]:
    return [
        {"without": list(removal.guarantors), "uncovered": list(removal.uncovered)} for removal in removals
    ]


def withdrawal_as_json(left: Without, leavers: Sequence[str]) -> dict[str, object]:
    return {
        "without": leavers,
        "beneficiary": left.after.beneficiary,
        "on": left.after.on,
        "event": left.after.event or None,
        "newly_uncovered": list(left.newly_uncovered),
        "coverage": coverage_as_json(left.after),
        "instruments": [
            {
                "instrument": departure.instrument.id,
                "ends_at": utc(departure.ends_at),
                "goes_on": departure.goes_on,
                "obligations": sorted({duty.obligation.id for duty in departure.duties}),
            }
            for departure in left.departures
        ],
    }


def results_as_json(results: Sequence[CaseResult], findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "findings": findings_as_json(findings),
        "cases": [
            {
                "case": result.case.scenario.id,
                "checks": result.checks,
                "differences": [
                    {
                        "line": difference.line,
                        "about": str(difference.about),
                        "expected": str(difference.expected),
                        "got": str(difference.got),
                        "trace": [{"rule": step.rule, "says": str(step.says)} for step in difference.trace],
                    }
                    for difference in result.differences
                ],
            }
            for result in results
        ],
        "checks": sum(result.checks for result in results),
        "differences": sum(len(result.differences) for result in results),
    }


def clause(entry: TimelineEntry) -> str:
    return f"{entry.instrument.id} {entry.obligation.id}"
