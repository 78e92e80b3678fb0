"""`pledgeline people`: who may sign in to the site, and what they may do there."""

import sys
from typing import Annotated

import typer

from pledgeline.accounts.roles import Machine
from pledgeline.accounts.table import COLUMNS, RIGHTS, cell_of, rights_csv
from pledgeline.cli.database import make_ready
from pledgeline.cli.options import AsJson, user_name
from pledgeline.cli.printing import print_json, say, stop, table
from pledgeline.programme.roles import Role

app = typer.Typer(
    name="people",
    help="Give people an account on the site, and roles; take them away again.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Argument(help="The name to sign in with.", show_default=False)]
Link = Annotated[
    bool,
    typer.Option("--link", help="Print a link with which they choose their own, instead of asking for it."),
]


@app.command()
def add(
    name: Name,
    role: Annotated[
        str,
        typer.Option(help=f"One of: {', '.join(Role)}.", show_default=False),
    ],
    programme: Annotated[
        str,
        typer.Option(
            help="The slug of the programme the role is for. Without: every one.", show_default=False
        ),
    ] = "",
    party: Annotated[
        str, typer.Option(help="The party that the person acts for there, if any.", show_default=False)
    ] = "",
    link: Link = False,
) -> None:
    """Give a person a role, and an account where they have none. A person may have several roles.

    Where nobody sits at the terminal whoever is new gets a link, as with --link.

    Exit codes: 0 done, 2 it could not be done.
    """
    make_ready()
    from pledgeline.actions import people

    if role not in set(Role):
        stop(f"“{role[:40]}” is no role: choose one of {', '.join(Role)}")
    is_new = not people.has_account(name)
    by_link = link or (is_new and not sys.stdin.isatty())
    password = (people.new_password() if by_link else _typed()) if is_new else ""
    try:
        people.add_person(
            name=name, role=Role(role), programme=programme, party=party, by=user_name(), password=password
        )
    except people.Refused as problem:
        stop(str(problem))
    say(f"{name} is {role}{f' of {programme}' if programme else ''}.")
    if by_link:
        _say_link(name)


@app.command(name="list")
def list_(as_json: AsJson = False) -> None:
    """List everybody who can sign in, with their roles.

    Exit codes: 0 always.
    """
    make_ready()
    from pledgeline.actions import people

    known = [(person.username, list(person.memberships.all())) for person in people.people()]
    if as_json:
        print_json(
            [
                {
                    "name": name,
                    "roles": [
                        {
                            "role": membership.role,
                            "programme": membership.programme or None,
                            "party": membership.party or None,
                        }
                        for membership in memberships
                    ],
                }
                for name, memberships in known
            ]
        )
    elif known:
        table(
            "",
            ["name", "roles"],
            [[name, ", ".join(map(str, memberships))] for name, memberships in known],
        )
    else:
        say("Nobody can sign in yet: pledgeline people add NAME --role ROLE")


@app.command()
def remove(name: Name) -> None:
    """Take a person's account away. What they did stays, with their name.

    Exit codes: 0 done, 2 there is nobody of that name.
    """
    make_ready()
    from pledgeline.actions import people

    try:
        people.remove_person(name=name)
    except people.Refused as problem:
        stop(str(problem))
    say(f"{name} can no longer sign in.")


@app.command()
def password(name: Name, link: Link = False) -> None:
    """Give a person another password, for somebody who has forgotten theirs.

    Where nobody sits at the terminal they get a link, as with --link; the present one works until they use it.

    Exit codes: 0 done, 2 it could not be done.
    """
    make_ready()
    from pledgeline.actions import people

    if not people.has_account(name):
        stop(f"there is nobody called “{name}” with an account")
    if link or not sys.stdin.isatty():
        _say_link(name)
        return
    try:
        people.set_password(name=name, password=_typed())
    except people.Refused as problem:
        stop(str(problem))
    say(f"{name} has another password.")


@app.command("second-factor")
def second_factor(name: Name) -> None:
    """Remove a person's second factor, for somebody who has lost theirs.

    The app, every passkey and the recovery codes stop working, and the person is signed out everywhere. The
    password alone lets them in until they set up another.

    Exit codes: 0 done, 2 there is nobody of that name, or no second factor.
    """
    make_ready()
    from pledgeline.actions import people

    try:
        people.remove_second_factor(name=name)
    except people.Refused as problem:
        stop(str(problem))
    say(f"{name} signs in with the password alone, until another second factor is set up.")


@app.command()
def take(
    name: Name,
    role: Annotated[str, typer.Option(help="The role to take away.", show_default=False)],
    programme: Annotated[
        str, typer.Option(help="The programme it was given for. Without: every one.", show_default=False)
    ] = "",
    party: Annotated[str, typer.Option(help="The party it was given for.", show_default=False)] = "",
) -> None:
    """Take a role away from a person, as it was given.

    Exit codes: 0 done, 2 the person has no such role.
    """
    make_ready()
    from pledgeline.accounts.models import Membership
    from pledgeline.actions import people

    found = Membership.objects.filter(
        person__username=name, role=role, programme=programme, party=party
    ).first()
    if found is None:
        stop(
            f"{name} has no role “{role}”{f' of {programme}' if programme else ''}: see `pledgeline people list`"
        )
    try:
        people.take_role(found, person=Machine(user_name()))
    except people.Refused as problem:
        stop(str(problem))
    say(f"{name} is no longer {found}.")


@app.command()
def rights(
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of a table.")] = False,
) -> None:
    """Print what each role may: the table that decides it.

    Exit codes: 0 always.
    """
    if as_csv:
        typer.echo(rights_csv(), nl=False)
        return
    rows = [[row, *(cell_of(row, column) for column in COLUMNS)] for row in RIGHTS]
    table("", ["right", *COLUMNS], rows)


def _typed() -> str:
    """Ask for a password, twice."""
    typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


def _say_link(name: str) -> None:
    """Print the address on the site with which a person chooses their password."""
    from pledgeline.actions.people import make_reset_link

    say(f"To choose a password, on this site, once and within a day: {make_reset_link(name=name)}")
