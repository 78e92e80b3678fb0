"""A step of many rows at once: the rows of which it can be taken, each with a box, and then what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse, QueryDict
from django.utils import timezone

from pledgeline.actions import chain
from pledgeline.actions.many_steps import take_of_many
from pledgeline.programme.findings import Finding
from pledgeline.programme.steps import State, Step, step_of
from pledgeline.queries import chain as queries
from pledgeline.queries.waiting import ready_for
from pledgeline.records.models import ChainRow, StepTaken
from pledgeline.web.chain.columns import columns_of
from pledgeline.web.chain.here import Here
from pledgeline.web.chain.pages import of_a_noun
from pledgeline.web.parameters import parameters_of

MOST = 200
"""Units: rows of one page. What is beyond is there once these are through."""

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedRow:
    """A row of which the step can be taken: what its box says, and whether it is chosen."""

    row: ChainRow
    said: str
    is_chosen: bool


@of_a_noun
def many_page(here: Here) -> HttpResponse:
    """Show the rows of which a step can be taken; sent, take it of those chosen, and say what came of each."""
    step = step_of(here.pages.noun, parameters_of(here.request).text("step"))
    if step is None or not step.is_for_many:
        raise Http404("there is no such step of many rows")
    if here.request.method != "POST":
        return _offered(here, step)
    given = here.request.POST
    chosen, reason = _chosen(given), given.get("reason", "").strip()
    if not chosen or len(reason) > LONGEST_REASON or (step.needs_reason and not reason):
        return _offered(here, step, chosen=chosen, reason=reason)
    done = take_of_many(
        here.pages.table,
        chosen,
        step.name,
        programme=here.programme,
        person=here.person,
        now=timezone.now(),
        reason=reason,
        asked_with=given.get("asked_with", "")[:64],
    )
    return _done(here, step, done)


def _offered(
    here: Here, step: Step, *, chosen: dict[str, str] | None = None, reason: str = ""
) -> HttpResponse:
    """Show the rows, with what was wrong where `chosen` and `reason` were sent."""
    table = here.pages.table
    ready = ready_for(here.programme, here.person, step.name, table)
    rows = list(ready.select_related(*queries.LISTS[table].beside)[:MOST])
    stamps = chain.stamps_of(table, here.programme, [row.key for row in rows])
    columns = columns_of(table, lambda row: here.at("-one", key=row.key))
    is_sent = chosen is not None
    return here.show(
        "web/chain/many_steps.html",
        400 if is_sent else 200,
        step=step,
        rows=[
            OfferedRow(
                row=row,
                said=f"{stamps[row.key]} {row.key}",
                is_chosen=row.key in chosen if chosen is not None else _is_plain(step, row),
            )
            for row in rows
        ],
        more=ready.count() - len(rows),
        columns=[column for column in columns if column.shown],
        reason=reason,
        lacks_rows=is_sent and not chosen,
        lacks_reason=is_sent and step.needs_reason and not reason,
        is_long=len(reason) > LONGEST_REASON,
        longest=LONGEST_REASON,
    )


def _is_plain(step: Step, row: ChainRow) -> bool:
    """Say whether a box is chosen unasked: not what takes something away, nor what came back."""
    return not step.needs_reason and row.state != State.RETURNED


def _chosen(given: QueryDict) -> dict[str, str]:
    """Give the keys that were chosen, each with what stands for what was looked at."""
    said = (box.partition(" ") for box in given.getlist("row")[:MOST])
    return {key: stamp for stamp, _space, key in said if key}


def _done(here: Here, step: Step, done: Mapping[str, StepTaken | Finding]) -> HttpResponse:
    refused = {key: outcome for key, outcome in done.items() if isinstance(outcome, Finding)}
    taken = [(key, here.at("-one", key=key)) for key in done if key not in refused]
    return here.show(
        "web/chain/many_done.html",
        409 if refused and not taken else 200,
        step=step,
        taken=taken,
        refused=[(key, here.at("-one", key=key), why) for key, why in refused.items()],
    )
