"""`pledgeline audit`: what was done, by whom, in the terminal."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from pledgeline.cli.database import make_ready
from pledgeline.cli.options import day_of, today
from pledgeline.cli.printing import say, stop, table

if TYPE_CHECKING:
    from pledgeline.audit.models import AuditEvent

app = typer.Typer(add_completion=False, rich_markup_mode=None)

MOST_SHOWN = 100


@app.command()
def audit(
    since: Annotated[str, typer.Option(help="The first day, of UTC.", show_default=False)] = "",
    until: Annotated[str, typer.Option(help="The last day, of UTC.", show_default=False)] = "",
    act: Annotated[
        str, typer.Option(help="The code of an act; docs/acts.md lists them.", show_default=False)
    ] = "",
    person: Annotated[str, typer.Option(help="A name as it was then.", show_default=False)] = "",
    programme: Annotated[str, typer.Option(help="The slug of a programme.", show_default=False)] = "",
    outcome: Annotated[str, typer.Option(help="done, refused or failed.", show_default=False)] = "",
    words: Annotated[
        str, typer.Option(help="Words of the reference, address, request or details.", show_default=False)
    ] = "",
    most: Annotated[int, typer.Option(help="How many of the newest are shown.", min=1)] = MOST_SHOWN,
    json_lines: Annotated[
        bool, typer.Option("--json-lines", help="Print all of them as lines of JSON, the oldest first.")
    ] = False,
) -> None:
    """Print what was done: who, what, on what, when, from where, with which outcome.

    Exit codes: 0 always, 2 for an act, an outcome or a day that does not exist.
    """
    make_ready()
    from pledgeline.audit import search
    from pledgeline.audit.acts import AuditAct, Outcome
    from pledgeline.audit.models import AuditEvent

    if act and act not in AuditAct.values:
        stop(f"“{act[:40]}” is no act: choose one of {', '.join(AuditAct.values)}")
    if outcome and outcome not in Outcome.values:
        stop(f"“{outcome[:40]}” is no outcome: choose one of {', '.join(Outcome.values)}")
    wanted = search.Wanted(
        person=person,
        act=act,
        programme=programme,
        outcome=outcome,
        since=day_of(since, today=today()) if since else None,
        until=day_of(until, today=today()) if until else None,
        words=words,
    )
    found = wanted.among(AuditEvent.objects.all())
    if json_lines:
        for event in search.streamed(found, "at"):
            typer.echo(json.dumps(search.as_fields(event), ensure_ascii=False))
        return
    page = search.page_of(found, "-at", after=None, before=None, most=most)
    if not page.events:
        say("Nothing was done that fits.")
        return
    table(
        "",
        ["when (UTC)", "who", "what", "on what", "programme", "outcome", "from where"],
        [_cells(event) for event in reversed(page.events)],
    )
    if page.has_after:
        say(f"There are more: the newest {most:,} are shown. See --most, --since and --json-lines.")


def _cells(event: "AuditEvent") -> list[str]:
    from pledgeline.audit import search

    return [
        f"{event.at:%Y-%m-%d %H:%M:%S}",
        search.who_label(event),
        search.act_label(event.act),
        f"{event.noun} {event.ref}".strip(),
        event.programme,
        f"{event.outcome} {event.code}".strip(),
        event.address,
    ]
