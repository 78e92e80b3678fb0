"""`pledgeline doctor`: what is wrong with an installation, and what to do about it."""

import typer

from pledgeline.cli.database import set_up
from pledgeline.cli.options import AsJson, now
from pledgeline.cli.printing import count, print_json, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Look at the whole installation: files, keys, database, clock, backups, settings. Nothing is changed.

    Run it as the account that the site runs under, with the same variables in its environment.

    Exit codes: 0 nothing is wrong (warnings are no errors), 1 something is, 2 it could not be looked at.
    """
    set_up()
    from pledgeline.operation.checkup import check_up

    found = check_up(now())
    errors = sum(diagnosis.is_error for diagnosis in found)
    warnings = sum(diagnosis.severity is not None for diagnosis in found) - errors
    if as_json:
        print_json(
            [
                {
                    "about": diagnosis.about,
                    "severity": diagnosis.severity,
                    "found": diagnosis.found,
                    "way_out": diagnosis.way_out or None,
                }
                for diagnosis in found
            ]
        )
    else:
        for diagnosis in found:
            say(f"{diagnosis.severity or 'ok':8} {diagnosis.about}: {diagnosis.found}")
            if diagnosis.way_out:
                say(f"{'':8} {diagnosis.way_out}")
        say(f"{count(errors, 'error')}, {count(warnings, 'warning')}.")
    raise typer.Exit(1 if errors else 0)
