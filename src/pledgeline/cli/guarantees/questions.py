"""`guarantees funding` and `guarantees vetoes`: for which years money is named, and who can stop what."""

from typing import Annotated

import typer

from pledgeline.cli.guarantees.asked import Beneficiary, RegisterFolder, known_words, register_of
from pledgeline.cli.options import AsJson
from pledgeline.cli.printing import count, print_json, say, table
from pledgeline.guarantees import funding_by_year, veto_points
from pledgeline.money import Amount, in_full


def show_funding(
    beneficiary: Beneficiary = "UA",
    folder: RegisterFolder = None,
    as_json: AsJson = False,
) -> None:
    """List the years for which money is named: where they stop is the cliff. Nothing is added up.

    Exit codes: 0 answered, 1 findings in the register, 2 it could not be done.
    """
    register = register_of(folder, as_json)
    known_words([beneficiary], register.actors.codes(), "actor")
    found = funding_by_year(register, beneficiary=beneficiary)
    if as_json:
        print_json(
            [
                {
                    "year": funding.year,
                    "instrument": funding.instrument.id,
                    "obligation": funding.obligation.id,
                    "amount": funding.amount,
                    "qualifier": funding.qualifier,
                    "is_share_of_total": funding.is_share_of_total,
                    "needs_budget": funding.needs_budget,
                }
                for funding in found
            ]
        )
        return
    by_year: dict[int, set[str]] = {}
    for funding in found:
        by_year.setdefault(funding.year, set()).add(funding.instrument.id)
    table(
        f"{beneficiary}: money named, year by year",
        ["year", "instrument", "amount as stated", "condition"],
        [
            [
                funding.year,
                f"{funding.instrument.id} {funding.obligation.id}",
                _stated(funding.amount, funding.qualifier, is_part=funding.is_share_of_total),
                "needs a budget" if funding.needs_budget else "",
            ]
            for funding in found
        ],
        numbers=[0],
    )
    say("; ".join(f"{year}: {count(len(names), 'instrument')}" for year, names in sorted(by_year.items())))
    if not found:
        say("No instrument names money for any year.")


def _stated(amount: Amount | None, qualifier: str, *, is_part: bool) -> str:
    if amount is None:
        return "part of a total over several years" if is_part else "a share of gross domestic product"
    words = "" if qualifier == "exact" else f"{qualifier.replace('_', ' ')} "
    return words + in_full(amount).replace("\u00a0", " ")


def show_vetoes(
    beneficiary: Annotated[
        str, typer.Option("--beneficiary", help="Only what is promised to this actor.", show_default=False)
    ] = "",
    folder: RegisterFolder = None,
    as_json: AsJson = False,
) -> None:
    """List who can stop what: veto points of the instruments, and conditions that somebody satisfies.

    Exit codes: 0 answered, 1 findings in the register, 2 it could not be done.
    """
    register = register_of(folder, as_json)
    known_words([beneficiary] if beneficiary else [], register.actors.codes(), "actor")
    found = [
        veto
        for veto in veto_points(register)
        if not beneficiary or beneficiary in register.actors.expand(veto.obligation.to)
    ]
    if as_json:
        print_json(
            [
                {
                    "actor": veto.actor,
                    "kind": veto.kind,
                    "is_condition": veto.is_condition,
                    "instrument": veto.instrument.id,
                    "obligation": veto.obligation.id,
                    "note": veto.note or None,
                }
                for veto in found
            ]
        )
        return
    table(
        "",
        ["who", "how", "over", "note"],
        [
            [
                veto.actor,
                f"{'condition: ' if veto.is_condition else ''}{veto.kind.replace('_', ' ')}",
                f"{veto.instrument.id} {veto.obligation.id}",
                veto.note,
            ]
            for veto in found
        ],
    )
    say(f"{count(len(found), 'veto point')}.")
