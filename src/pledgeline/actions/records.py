"""Load a public record: add what is new, change what changed, leave the rest alone.

A load is all or nothing. Rows that the database has and the record has not are kept, because a
file may be an extract; `prune` removes them, for whoever means the file to be the whole record.
"""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from pledgeline.actions.parties import keep_parties
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme
from pledgeline.records import clock
from pledgeline.records.models import KINDS, LoadNote, PartyRecord, ProgrammeRecord, Row
from pledgeline.records.models.rows import WRITTEN_AT_ONCE, Targets, keys_of, rows_of, write_lists

Progress = Callable[[str, int, int], None]
"""Told, while rows are written, the kind, how many are done, and how many there are to write."""

REMOVED_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class KindReport:
    """What a load did with the rows of one kind: each row's key, in the order of the file.

    `kept` are rows that the database has and the record has not.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """Count the rows of each sort."""
        return {field.name: len(getattr(self, field.name)) for field in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What a load did, or would do where it was `dry_run`.

    `settings` is `added`, `changed` or `unchanged`: the programme itself. `revision` is the one that
    the record has now.
    """

    programme: Programme
    settings: str
    kinds: dict[str, KindReport]
    revision: int
    dry_run: bool

    def changes(self) -> dict[str, int]:
        """Count the rows of all kinds that came, changed and went."""
        counts = [kind.counts() for kind in self.kinds.values()]
        return {name: sum(count[name] for count in counts) for name in ("added", "changed", "removed")}

    @property
    def changes_anything(self) -> bool:
        """Say whether a row or a setting is not what it was. A new order of rows is no such change."""
        return self.settings != "unchanged" or any(
            kind.added or kind.changed or kind.removed for kind in self.kinds.values()
        )


@trail.leaves_refusals(AuditAct.RECORD_LOADED, "record", ref="programme")
def load_record(
    *,
    programme: Programme,
    record: PublicRecord,
    prune: bool,
    today: date,
    by: str,
    dry_run: bool = False,
    progress: Progress | None = None,
    only: Collection[str] | None = None,
) -> LoadReport:
    """Bring the database to what `record` says, and note who did it.

    Nothing is written when nothing differs, but the load is noted; the revision is raised only by
    a load that writes. With `dry_run` the report is made and nothing is written or noted. With `only`
    the rows of other kinds are neither looked at nor changed.

    Raises:  ValueError when two rows of the record have the same key: the caller's slip.
    """
    meant = {kind: model for kind, model in KINDS.items() if only is None or kind in only}
    kinds = {kind: _by_identity(kind, getattr(record, kind)) for kind in meant}
    if dry_run:
        row = ProgrammeRecord.objects.filter(slug=programme.slug).first()
        plans = {kind: _compare(model, row, kinds[kind], prune) for kind, model in meant.items()}
        return _report(programme, _settings(row, programme), plans, row.revision if row else 0, dry_run=True)
    with transaction.atomic():
        row = ProgrammeRecord.objects.select_for_update().filter(slug=programme.slug).first()
        settings = _settings(row, programme)
        if row is None:
            row = ProgrammeRecord.from_value(programme)
            row.save()
        plans = {kind: _compare(model, row, kinds[kind], prune) for kind, model in meant.items()}
        writes = settings != "unchanged" or any(plan.writes for plan in plans.values())
        if writes:
            row.update_from(programme)
            row.raise_revision()
            row.save()
        for kind, plan in plans.items():
            _write(KINDS[kind], plan, partial(progress, kind) if progress else None)
        if writes:
            _write_lists(row, plans)
        report = _report(programme, settings, plans, row.revision, dry_run=False)
        LoadNote.objects.create(
            programme=row,
            loaded_on=clock.not_before(row.loads.all(), "loaded_on", today),
            loaded_by=by,
            pruned=prune,
            revision=row.revision,
            counts={kind: item.counts() for kind, item in report.kinds.items()},
        )
        trail.record(
            AuditAct.RECORD_LOADED,
            "record",
            programme.slug,
            programme=programme.slug,
            revision=row.revision,
            settings=report.settings,
            rows=report.changes(),
        )
    return report


@dataclass(slots=True, kw_only=True)
class _Plan:
    """What is to be done with the table of one kind; `lists` are those rows to save whose lists are new or other."""

    report: KindReport
    save: list[Row]
    lists: list[Row]
    remove: list[int]

    @property
    def writes(self) -> bool:
        return bool(self.save or self.remove)


def _by_identity(kind: str, values: tuple[object, ...]) -> dict[Hashable, object]:
    model = KINDS[kind]
    found: dict[Hashable, object] = {}
    for value in values:
        identity = model.identity_of(value)
        if identity in found:
            raise ValueError(f"two rows of {kind} are “{model.key_of(value)}”: one must go before a load")
        found[identity] = value
    return found


def _settings(row: ProgrammeRecord | None, programme: Programme) -> str:
    if row is None:
        return "added"
    return "unchanged" if row.to_value() == programme else "changed"


def _compare(
    model: type[Row], programme: ProgrammeRecord | None, values: dict[Hashable, object], prune: bool
) -> _Plan:
    """Find out what differs. Rows that stay although the record has them not come after those it has."""
    there: dict[Hashable, tuple[Row, object]] = {}
    if programme is not None and programme.pk is not None:
        for row in rows_of(model, programme):
            value = row.to_value()
            there[model.identity_of(value)] = (row, value)
    added: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    save: list[Row] = []
    lists: list[Row] = []
    for place, (identity, value) in enumerate(values.items()):
        key, before = model.key_of(value), there.pop(identity, None)
        if before is None:
            added.append(key)
        elif before[1] != value:
            changed.append(key)
        else:
            unchanged.append(key)
            if before[0].place == place:
                continue
        if programme is not None:
            row = model.from_value(value, programme=programme, place=place)
            save.append(row)
            if before is None or before[0].lists != row.lists:
                lists.append(row)
    left = tuple(model.key_of(value) for _row, value in there.values())
    if not prune:
        for place, (row, _value) in enumerate(there.values(), start=len(values)):
            if row.place != place:
                row.place = place
                save.append(row)
    return _Plan(
        report=KindReport(
            added=tuple(added),
            changed=tuple(changed),
            unchanged=tuple(unchanged),
            kept=() if prune else left,
            removed=left if prune else (),
        ),
        save=save,
        lists=lists,
        remove=[row.pk for row, _value in there.values()] if prune else [],
    )


def _write(model: type[Row], plan: _Plan, progress: Callable[[int, int], None] | None) -> None:
    for start in range(0, len(plan.remove), REMOVED_AT_ONCE):
        model.objects.filter(pk__in=plan.remove[start : start + REMOVED_AT_ONCE]).delete()
    for start in range(0, len(plan.save), WRITTEN_AT_ONCE):
        rows = plan.save[start : start + WRITTEN_AT_ONCE]
        for row in rows:
            row.pk = None
        model.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["programme", *model.KEY],
            update_fields=model.content(),
        )
        if progress:
            progress(min(start + len(rows), len(plan.save)), len(plan.save))


def _write_lists(programme: ProgrammeRecord, plans: dict[str, _Plan]) -> None:
    """Write the lists of rows that are saved, and let every name in any list point to what it means now.

    What a name means can change by other rows: its source comes later, or the settings say who a code is.
    """
    links = {kind: model.links() for kind, model in KINDS.items()}
    changed = {kind: plan.lists for kind, plan in plans.items()}
    names_parties = [
        (changed.get(kind, []), name, link)
        for kind, lists in links.items()
        for name, link in lists.items()
        if link.target_model() is PartyRecord
    ]
    codes = {code for rows, name, _link in names_parties for row in rows for code in row.lists[name]}
    for _rows, _name, link in names_parties:
        there = link.objects.filter(row__programme=programme)
        codes.update(there.order_by().values_list("ref", flat=True).distinct())
    targets: Targets = {PartyRecord: keep_parties(programme, codes)}
    for model in {link.target_model() for lists in links.values() for link in lists.values()} - {PartyRecord}:
        targets[model] = keys_of(model, programme)
    for kind, lists in links.items():
        write_lists(KINDS[kind], changed.get(kind, []), targets)
        for link in lists.values():
            _point_anew(link, programme, targets[link.target_model()])


def _point_anew(link: Any, programme: ProgrammeRecord, targets: dict[str, int]) -> None:
    """Let names point to what they mean. A key of the record means the same row as long as there is one."""
    every = link.objects.filter(row__programme=programme)
    doubtful = every if link.target_model() is PartyRecord else every.filter(target=None)
    for ref, target in set(doubtful.order_by().values_list("ref", "target_id").distinct()):
        if targets.get(ref) != target:
            every.filter(ref=ref, target=target).update(target=targets.get(ref))


def _report(
    programme: Programme, settings: str, plans: dict[str, _Plan], revision: int, *, dry_run: bool
) -> LoadReport:
    return LoadReport(
        programme=programme,
        settings=settings,
        kinds={kind: plan.report for kind, plan in plans.items()},
        revision=revision,
        dry_run=dry_run,
    )
