"""`pledgeline publish`: what everybody may see who reaches the site."""

from typing import Annotated

import typer

from pledgeline.accounts.roles import Machine
from pledgeline.cli.database import make_ready, slug_of
from pledgeline.cli.options import now, user_name
from pledgeline.cli.printing import say, stop

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def publish(
    programme: Annotated[
        str, typer.Option(help="The slug of the programme, where there are several.", show_default=False)
    ] = "",
    books: Annotated[bool, typer.Option("--books", help="Its books, instead of the programme.")] = False,
    private: Annotated[bool, typer.Option("--private", help="Show it to everybody no longer.")] = False,
) -> None:
    """Show a programme, or its books, to everybody who reaches the site; or no longer.

    What is loaded is not published by that. Books are seen by everybody only while their programme is published, too.

    Exit codes: 0 done, or it was so already; 2 there is no such programme, or it keeps no books.
    """
    make_ready()
    from pledgeline.actions import publication
    from pledgeline.records.books import NoBooks
    from pledgeline.records.models import Subject

    slug, subject = slug_of(programme), Subject.BOOKS if books else Subject.PROGRAMME
    act = publication.unpublish if private else publication.publish
    try:
        changes = act(slug, subject, person=Machine(user_name()), now=now())
    except NoBooks as refusal:
        stop(str(refusal))
    what = f"The books of {slug} are" if books else f"The programme {slug} is"
    say(
        f"{what} {'' if changes else 'already '}{'private' if private else 'public'}{' now' if changes else ''}."
    )
