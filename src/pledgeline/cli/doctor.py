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
    errors = sum(each.is_error for each in found)
    warnings = sum(each.severity is not None for each in found) - errors
    if as_json:
        print_json(
            [
                {
                    "about": each.about,
                    "severity": each.severity,
                    "found": each.found,
                    "way_out": each.way_out or None,
                }
                for each in found
            ]
        )
    else:
        for each in found:
            say(f"{each.severity or 'ok':8} {each.about}: {each.found}")
            if each.way_out:
                say(f"{'':8} {each.way_out}")
        say(f"{count(errors, 'error')}, {count(warnings, 'warning')}.")
    raise typer.Exit(1 if errors else 0)
