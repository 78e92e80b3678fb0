"""`pledgeline contributions`: what partners give, and what happens to it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pledgeline.cli.nouns import Key, Programme, machine, programme_of, refuse
from pledgeline.cli.options import AsJson, now
from pledgeline.cli.printing import print_json, say, shown, stop, table

if TYPE_CHECKING:
    from pledgeline.queries.contributions import Contributed

app = typer.Typer(
    name="contributions",
    help="What partners give, by the books: list, show, enter what happens to the money.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command(name="list")
def list_(programme: Programme, as_json: AsJson = False) -> None:
    """List contributions with their figures.

    Exit codes: 0 always, 2 it could not be done.
    """
    rows = _rows(programme)
    if as_json:
        print_json([_said(row) for row in rows])
    elif rows:
        from pledgeline.ledger.contributions import FIGURES

        table(
            "",
            ["key", "partner", *FIGURES, "last day"],
            [
                [row.key, row.partner, *(_amounts(row, name) for name in FIGURES), row.last_day]
                for row in rows
            ],
        )
    else:
        say("There is none.")


@app.command()
def show(key: Key, programme: Programme, as_json: AsJson = False) -> None:
    """Show one: its figures, its terms, and what became of its money.

    Exit codes: 0 it is shown, 2 there is none.
    """
    row = next((row for row in _rows(programme) if row.key == key), None)
    if row is None:
        stop(f"there is no contribution “{key[:80]}” in {programme}")
    from pledgeline.ledger.contributions import FIGURES, statement_of
    from pledgeline.queries.contributions import state_now

    statements = statement_of(state_now(programme_of(programme)), key)
    uses = [
        {"stage": use.stage.value, "package": use.package, "line": use.line, "units": use.units, "amount": use.amount}
        for statement in statements
        for use in statement.uses
    ]  # fmt: skip
    if as_json:
        print_json({**_said(row), "uses": uses})
        return
    figures = [[name, _amounts(row, name)] for name in FIGURES]
    terms = list(row.terms.to_value().as_said().items()) if row.terms else []
    said = {"partner": row.partner, "last_day": row.last_day, **dict(terms)}
    table("", ["field", "says"], [*said.items(), *figures])
    if uses:
        table("uses", list(uses[0]), [list(use.values()) for use in uses])


WITHOUT_AMOUNT = ("lapse", "carry_over")


@app.command()
def step(
    key: Key,
    name: Annotated[
        str,
        typer.Argument(
            help="pledge, commit, receive, revise, reduce, return_to_partner, lapse, carry_over or refund.",
            show_default=False,
        ),
    ],
    programme: Programme,
    amount: Annotated[
        str,
        typer.Option(
            help="How much, such as 1500000.00; none for lapse, and all for carry_over.", show_default=False
        ),
    ] = "",
    currency: Annotated[
        str, typer.Option(help="Its currency; else that of the contribution.", show_default=False)
    ] = "",
    on: Annotated[
        str, typer.Option(help="The day on which it happened; else today.", show_default=False)
    ] = "",
    use_by: Annotated[
        str,
        typer.Option(help="Of carry_over, and of a pledge: the last day for its use.", show_default=False),
    ] = "",
    partner: Annotated[str, typer.Option(help="Of a first pledge: whose it is.", show_default=False)] = "",
    id_: Annotated[
        str, typer.Option("--id", help="A name for it: given twice, it is entered once.", show_default=False)
    ] = "",
    sure: Annotated[bool, typer.Option("--sure", help="Enter it although it looks like a slip.")] = False,
) -> None:
    """Enter what happens to the money of a contribution. What looks like a slip is asked about, and not entered.

    Exit codes: 0 it is entered, 1 it cannot be, or is asked about, 2 it cannot be understood.
    """
    fund = programme_of(programme)
    from secrets import token_urlsafe

    from pledgeline.actions import contributions as actions
    from pledgeline.programme.settings import today_of
    from pledgeline.queries.contributions import state_now

    _refuse_step(name, amount)
    kind, more = actions.SAID_AS.get(name, (name, {}))
    state, today = state_now(fund), today_of(fund.to_value(), now())
    event: dict[str, object] = {
        "id": id_ or token_urlsafe(18),
        "contribution": key,
        "effective_on": on or today.isoformat(),
        **_sum_of(amount, currency or state.term("currency", key) or fund.base_currency),
        **({"use_by": use_by} if use_by else {}),
        **more,
    }
    if name == "pledge":
        event["partner"] = partner or state.term("partner", key)
    asked: dict[str, Any] = {"programme": fund, "person": machine(), "today": today}
    answer = actions.enter(kind, event, **asked)
    if isinstance(answer, actions.Doubts) and sure:
        answer = actions.enter(kind, event, **asked, sure=answer.sure)
    _say_entered(key, answer)


def _refuse_step(name: str, amount: str) -> None:
    """Say why there is no such step, or none without an amount, and end; nothing where there is."""
    from pledgeline.actions.contributions import RIGHT_TO, SAID_AS

    known = (*RIGHT_TO, *SAID_AS)
    if name not in known:
        stop(f"“{name[:40]}” is no step: choose one of {', '.join(known)}")
    if not amount and name not in WITHOUT_AMOUNT:
        stop(f"{name} needs an amount: write --amount")


def _say_entered(key: str, answer: object) -> None:
    """Say what became of a step; where it was refused or is asked about, say why and end with 1."""
    from pledgeline.actions.contributions import Doubts
    from pledgeline.records.models import HeldAct

    refuse(answer.findings if isinstance(answer, Doubts) else answer if isinstance(answer, list) else [])
    is_held = isinstance(answer, HeldAct)
    say(f"{key}: {'waits for approval: `pledgeline approvals list` has it' if is_held else 'entered'}.")


def _rows(programme: str) -> "list[Contributed]":
    fund = programme_of(programme)
    from pledgeline.queries.contributions import contributions, state_now

    return contributions(fund, machine(), state_now(fund))


def _sum_of(amount: str, currency: str) -> dict[str, object]:
    """Give the two fields of an amount that was typed; none where none was."""
    from pledgeline.money import parse_plain

    if not amount:
        return {}
    try:
        return {"amount": parse_plain(amount, currency).minor, "currency": currency}
    except (ValueError, KeyError) as problem:
        stop(f"“{amount[:40]}” {currency[:10]} is no amount: {problem}")


def _amounts(row: "Contributed", name: str) -> str:
    return ", ".join(shown(amount) for amount in getattr(row.figures, name))


def _said(row: "Contributed") -> dict[str, object]:
    from pledgeline.ledger.contributions import FIGURES

    return {
        "key": row.key,
        "partner": row.partner,
        "last_day": row.last_day,
        **{name: getattr(row.figures, name) for name in FIGURES},
        "terms": row.terms.to_value().as_said() if row.terms else None,
    }
