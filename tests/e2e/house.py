"""Fits out the site of the browser tests: who may sign in, and an invented programme with empty books.

Run by itself, as the keeper of the machine would, beside the site that is up.
"""

from datetime import date

from pledgeline.cli.database import make_ready

PASSWORD = "harbour-lantern"
PROGRAMME = "harbour"


def fit_out() -> None:
    make_ready()
    from pledgeline.actions.books import open_books
    from pledgeline.actions.people import add_person
    from pledgeline.actions.records import load_record
    from pledgeline.programme.record import PublicRecord
    from pledgeline.records.people import Right, Role
    from tests.builders import a_programme

    programme = a_programme(slug=PROGRAMME, invented=True)
    load_record(programme=programme, record=PublicRecord(), prune=False, today=date(2026, 1, 1), by="a test")
    open_books(PROGRAMME, currencies=("EUR", "USD"), public=True)
    add_person(name="editor", right=Right(role=Role.REGISTER_EDITOR), password=PASSWORD)
    add_person(name="keeper", right=Right(role=Role.BOOKKEEPER, programme=PROGRAMME), password=PASSWORD)


if __name__ == "__main__":
    fit_out()
