"""`pledgeline webhooks`: addresses of other offices that are told of events."""

from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pledgeline.accounts.roles import Machine
from pledgeline.cli.database import make_ready, slug_of
from pledgeline.cli.options import AsJson, now, user_name
from pledgeline.cli.printing import print_json, say, stop, table
from pledgeline.programme.findings import Finding
from pledgeline.programme.roles import Role
from pledgeline.programme.webhooks import EventKind

if TYPE_CHECKING:
    from pledgeline.records.models import ProgrammeRecord, Webhook

app = typer.Typer(
    name="webhooks",
    help="Tell programs of other offices of events: name an address, see what was sent, send again.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

Programme = Annotated[
    str, typer.Option(help="The slug of the programme, where there are several.", show_default=False)
]
Ref = Annotated[str, typer.Argument(help="The reference of the address, from the list.", show_default=False)]


@app.command(name="list")
def list_(programme: Programme = "", as_json: AsJson = False) -> None:
    """List the addresses that are notified of a programme.

    Exit codes: 0 always; 2 there is no such programme.
    """
    make_ready()
    rows = [
        {
            "ref": row.ref,
            "address": row.address,
            "kinds": row.kinds,
            "role": row.role or None,
            "party": row.party or None,
            "waiting": row.deliveries.filter(state="waiting").count(),
            "given_up": row.deliveries.filter(state="given-up").count(),
        }
        for row in _programme(programme).webhooks.filter(ended_at=None)
    ]
    if as_json:
        print_json(rows)
    elif rows:
        cells = [[row["ref"], row["address"], ", ".join(row["kinds"]), str(row["given_up"])] for row in rows]
        table("", ["reference", "address", "notified of", "given up"], cells)
    else:
        say("Nobody is notified of anything yet: pledgeline webhooks add ADDRESS --kind KIND")


@app.command()
def add(
    address: Annotated[str, typer.Argument(help="Where messages are taken.", show_default=False)],
    kind: Annotated[
        list[str], typer.Option(help=f"Of what: {', '.join(EventKind)}; several times.", show_default=False)
    ],
    programme: Programme = "",
    role: Annotated[
        str,
        typer.Option(
            help=f"It sees what this role sees, of {', '.join(Role)}. Without: what everybody sees.",
            show_default=False,
        ),
    ] = "",
    party: Annotated[
        str, typer.Option(help="The party for which it sees that, if any.", show_default=False)
    ] = "",
) -> None:
    """Have an address notified of events of a programme, and print the secret that signs: once.

    Exit codes: 0 done, 2 it could not be done.
    """
    make_ready()
    from pledgeline.actions import webhooks

    said = {"address": address, "kinds": kind, "role": role, "party": party}
    made = webhooks.subscribe(_programme(programme), said, person=Machine(user_name()), now=now())
    if isinstance(made, list):
        _stop(made)
    hook, secret = made
    say(f"{hook.ref}: {address} is notified from now on. The secret that signs is shown only here:")
    typer.echo(secret)


@app.command()
def end(ref: Ref, programme: Programme = "") -> None:
    """Have an address notified no longer.

    Exit codes: 0 done, 2 there is none of this reference.
    """
    make_ready()
    from pledgeline.actions import webhooks

    hook = _hook(ref, programme)
    if found := webhooks.end(hook, person=Machine(user_name()), now=now()):
        _stop(found)
    say(f"{hook.address} is notified no longer.")


@app.command()
def resend(ref: Ref, programme: Programme = "") -> None:
    """Send again what was given up for an address.

    Exit codes: 0 done, 2 there is none of this reference.
    """
    make_ready()
    from pledgeline.actions import webhooks

    given_up = list(_hook(ref, programme).deliveries.filter(state="given-up"))
    for delivery in given_up:
        if found := webhooks.resend(delivery, person=Machine(user_name()), now=now()):
            _stop(found)
    say(f"{len(given_up)} messages are sent again by the worker.")


def _programme(wanted: str) -> "ProgrammeRecord":
    from pledgeline.records.models import ProgrammeRecord

    return ProgrammeRecord.objects.get(slug=slug_of(wanted))


def _hook(ref: str, programme: str) -> "Webhook":
    found = _programme(programme).webhooks.filter(ref=ref).first()
    if found is None:
        stop(f"there is no address “{ref[:40]}”: see `pledgeline webhooks list`")
    return found


def _stop(findings: list[Finding]) -> NoReturn:
    stop("; ".join(f"{finding.wrong} {finding.way_out}" for finding in findings))
