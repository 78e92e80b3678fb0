"""`pledgeline plans`: the plans of the site, and their acceptance."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pledgeline.cli.nouns import Programme, machine, movements, programme_of, refuse
from pledgeline.cli.options import AsJson, day_of, now
from pledgeline.cli.printing import print_json, say, stop, table

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pledgeline.records.models import PlanRun

app = typer.Typer(
    name="plans",
    help="The plans that were made in the site: list them, and accept one.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command(name="list")
def list_(programme: Programme, as_json: AsJson = False) -> None:
    """List them, the newest first, with the packages that were formed of each.

    Exit codes: 0 always, 2 it could not be done.
    """
    fund = programme_of(programme)
    from pledgeline.records.models import FormedPackage

    formed: dict[int, list[str]] = {}
    for key, run in FormedPackage.objects.filter(programme=fund).values_list("key", "plan__run"):
        formed.setdefault(run, []).append(key)
    found: list[dict[str, Any]] = [
        {
            "ref": run.ref,
            "name": run.input.name,
            "kind": run.kind,
            "state": run.job.state,
            "asked_by": run.job.asked_by,
            "asked_at": run.job.asked_at,
            "packages": sorted(formed.get(run.pk, [])),
        }
        for run in _runs(fund.slug)
    ]
    if as_json:
        print_json(found)
    elif found:
        rows = [[*row.values()] for row in found]
        table("", [*found[0]], [[*row[:-1], ", ".join(row[-1])] for row in rows])
    else:
        say("There is none.")


@app.command()
def accept(
    ref: Annotated[str, typer.Argument(help="Its reference, as the list has it.", show_default=False)],
    programme: Programme,
    until: Annotated[
        str,
        typer.Option(help="The last day of its reservations; else 30 days from today.", show_default=False),
    ] = "",
    by_size: Annotated[
        bool, typer.Option("--by-size", help="Packages of the size in the settings; else as funded.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what it would form and enter, and accept nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Accept a plan of the list: its packages are formed and its money is reserved, all at once or not at all.

    Where a second person has to approve it, it waits for that, and nothing is formed yet.

    Exit codes: 0 it is accepted, waits, or could be, 1 it cannot be now, 2 there is none.
    """
    fund = programme_of(programme)
    run = _runs(fund.slug).filter(ref=ref[:64]).first()
    if run is None:
        stop(f"there is no plan “{ref[:60]}” in {programme}")
    from datetime import timedelta

    from pledgeline.actions import acceptance
    from pledgeline.programme.findings import Finding
    from pledgeline.programme.settings import today_of
    from pledgeline.records.models import HeldAct

    today = today_of(fund.to_value(), now())
    asked: Any = {
        "person": machine(),
        "today": today,
        "now": now(),
        "reserved_until": day_of(until, today=today + timedelta(days=acceptance.USUAL_DAYS)),
        "by_size": by_size,
    }
    if dry_run:
        seen = acceptance.foreseen(run, **asked)
        refuse(seen if isinstance(seen, list) else [])
        _print_foreseen(seen, as_json=as_json)
        return
    done = acceptance.accept(run, **asked)
    if isinstance(done, HeldAct):
        _print_held(done, as_json=as_json)
        return
    refuse(finding for finding in done if isinstance(finding, Finding))
    packages = [package.key for package in done]  # type: ignore[union-attr]
    if as_json:
        print_json({"packages": packages})
    else:
        say(f"{run.input.name}: accepted. Formed: {', '.join(packages)}.")


def _runs(slug: str) -> "QuerySet[PlanRun]":
    from pledgeline.records.models import PlanRun

    runs = PlanRun.objects.visible_to(machine(), slug).select_related("input", "job", "programme")
    heavy = ("input__upload", "input__marked", "input__problem", "input__findings")
    return runs.defer(*heavy).order_by("-pk")


def _print_held(held: Any, *, as_json: bool) -> None:
    if as_json:
        print_json({"approval": held.ref, "role": held.role, "amount": held.amount})
    else:
        say(f"It waits for approval ({held.role}): `pledgeline approvals show {held.ref}` has it.")


def _print_foreseen(seen: Any, *, as_json: bool) -> None:
    """Print the packages, the entries, and who would have to approve them."""
    names = ("package", "line", "requirement", "offer", "units")
    lines = [
        (line.piece.package, line.key, line.piece.line, line.piece.offer, line.piece.units)
        for line in seen.lines
    ]
    columns = ("event", "contribution", "account", "line", "amount")
    rows = movements(seen.entries)
    if as_json:
        print_json(
            {
                "lines": [dict(zip(names, line, strict=True)) for line in lines],
                "postings": [dict(zip(columns, row, strict=True)) for row in rows],
                "approved_by": seen.approved_by,
            }
        )
        return
    table("Lines of packages", names, lines)
    table("What it would enter into the books", columns, rows)
    if seen.approved_by:
        say(f"It would wait for approval first: {seen.approved_by}.")
