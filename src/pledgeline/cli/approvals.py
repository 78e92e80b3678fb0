"""`pledgeline approvals`: what waits for a second person, who approves it with an account."""

from typing import TYPE_CHECKING, Annotated

import typer

from pledgeline.cli.nouns import Programme, machine, programme_of, refuse
from pledgeline.cli.options import AsJson, now
from pledgeline.cli.printing import print_json, say, shown, stop, table

if TYPE_CHECKING:
    from pledgeline.records.models import HeldAct

app = typer.Typer(
    name="approvals",
    help="What a second person has to approve before it is done: list, show, withdraw.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

Ref = Annotated[str, typer.Argument(help="Its reference, as the list has it.", show_default=False)]
Reason = Annotated[str, typer.Option(help="Why.", show_default=False)]


@app.command(name="list")
def list_(
    programme: Programme,
    everything: Annotated[bool, typer.Option("--all", help="Those that were decided, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what waits for approval, the newest first.

    Exit codes: 0 always, 2 it could not be done.
    """
    fund = programme_of(programme)
    from pledgeline.queries.approvals import held_acts
    from pledgeline.records.models import Decision

    rows = held_acts(fund, machine())
    found = [_said(row) for row in rows if everything or row.decision == Decision.WAITING]
    if as_json:
        print_json(found)
    elif found:
        names = ("ref", "step", "noun", "key", "amount", "role", "asked_by", "decision")
        table("", names, [[_cell(row[name]) for name in names] for row in found])
    else:
        say("There is none.")


@app.command()
def show(ref: Ref, programme: Programme, as_json: AsJson = False) -> None:
    """Show one: what it does with how much, who asked for it, and who decides.

    Exit codes: 0 it is shown, 2 there is none.
    """
    held = _held(ref, programme)
    from pledgeline.queries.amended import amended_by
    from pledgeline.queries.approvals import approvers, shown_of

    said = {**_said(held), "said": shown_of(held), "approvers": approvers(held)}
    amended = [line.as_said() for line in amended_by(held)]
    if as_json:
        print_json({**said, "amended_lines": amended})
        return
    table("", ["field", "says"], [[name, _cell(value)] for name, value in said.items()])
    if amended:
        table("amended_lines", [*amended[0]], [[_cell(value) for value in line.values()] for line in amended])


@app.command()
def withdraw(ref: Ref, programme: Programme, reason: Reason = "") -> None:
    """Take back what was asked for here.

    Exit codes: 0 it is taken back, 1 it cannot be, 2 there is none.
    """
    held = _held(ref, programme)
    from pledgeline.actions import approvals

    done = approvals.withdraw(held, person=machine(), now=now(), reason=reason)
    refuse(done if isinstance(done, list) else [])
    assert not isinstance(done, list)
    say(f"{done.key}: {done.decision}.")


def _held(ref: str, programme: str) -> "HeldAct":
    fund = programme_of(programme)
    from pledgeline.queries.approvals import held_acts

    held = held_acts(fund, machine()).filter(ref=ref[:64]).first()
    if held is None:
        stop(f"there is no approval “{ref[:60]}” in {programme}")
    return held


def _said(held: "HeldAct") -> dict[str, object]:
    names = ("ref", "what", "noun", "key", "step", "role", "asked_by", "asked_at", "decision", "decided_by")
    return {
        **{name: getattr(held, name) for name in names},
        "amount": held.amount,
        "compared": held.compared,
        "rates": held.rates,
        "reason": held.reason,
    }


def _cell(value: object) -> object:
    return shown(value) if hasattr(value, "minor") else value
