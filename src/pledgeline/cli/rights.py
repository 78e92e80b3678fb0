"""`pledgeline rights`: the site works under a role of PostgreSQL that can change nothing that was entered."""

from typing import Annotated

import typer

from pledgeline.cli.database import make_ready
from pledgeline.cli.printing import say, stop

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def rights(
    role: Annotated[str, typer.Argument(help="A role that can log in and owns nothing.", show_default=False)],
) -> None:
    """Give a role of PostgreSQL the rights that the site needs, and none to change the books.

    Run it as the owner of the tables, once and after every new version. Then start the site with the role in
    its PLEDGELINE_DATABASE_URL.

    Exit codes: 0 given, 2 not: there is no such role, or it could get round the guards of the books.
    """
    make_ready()
    from django.db import DatabaseError, connection, transaction

    from pledgeline.audit import trail
    from pledgeline.audit.acts import AuditAct
    from pledgeline.records.guards.rights import TooMighty, grant

    if connection.vendor != "postgresql":
        stop("rights are for PostgreSQL; SQLite has no roles: whoever can write its file can change it")
    try:
        with transaction.atomic():
            grant(connection, role)
            trail.record(AuditAct.DATABASE_ROLE_GRANTED, "database role", role)
    except (LookupError, TooMighty) as error:
        stop(f"no right was given: {error.args[0]}")
    except DatabaseError as error:
        stop(f"no right was given: {str(error).splitlines()[0]}; is this the owner of the tables?")
    say(f"“{role}” may run the site. It can enter into the books, and change or delete nothing in them.")
