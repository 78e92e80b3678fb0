"""`pledgeline record total` and `record reconcile`: what was announced, added up, and beside what was stated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pledgeline.accounts.roles import MACHINE
from pledgeline.cli.database import make_ready, slug_of
from pledgeline.cli.options import AsJson, Slug, day_of, now
from pledgeline.cli.printing import (
    count,
    findings_as_json,
    print_findings,
    print_json,
    say,
    shown,
    stop,
    table,
)
from pledgeline.evidence import (
    Comparison,
    Possibility,
    Standing,
    Summary,
    Told,
    Why,
    as_of,
    compare,
    standings,
    summary_of,
)
from pledgeline.exchange.record import read_folder, read_settings, shipped
from pledgeline.exchange.record.settings import UNNAMED
from pledgeline.money import MissingRate, Rates, is_currency
from pledgeline.programme.announcements import Announcement
from pledgeline.programme.coverage import Coverage, Reach
from pledgeline.programme.objections import missing_rate
from pledgeline.programme.parties import JOINT
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme, today_of

FromFolder = Annotated[
    Path | None,
    typer.Option("--folder", help="Take the rows of a folder instead of the database.", show_default=False),
]
MaxAge = Annotated[
    int | None,
    typer.Option(help="How many days old a rate may be. Without it: as the programme says.", min=0, max=3660),
]


def total(
    on: Annotated[
        str,
        typer.Option(
            "--as-of", help="The day up to which announcements count: 2025-12-31. Without it: today."
        ),
    ] = "",
    currency: Annotated[
        str, typer.Option(help="The currency of the sums. Without it: the programme's.")
    ] = "",
    folder: FromFolder = None,
    slug: Slug = "",
    max_rate_age: MaxAge = None,
    as_json: AsJson = False,
) -> None:
    """Add up what had been announced as new money by a day, and say what was left out and why.

    Exit codes: 0 added up, 1 the folder has errors, 2 it could not be done.
    """
    basis = _basis(folder, slug, max_rate_age, as_json=as_json)
    day = day_of(on, today=today_of(basis.programme, now()))
    code = _currency(currency, basis)
    announcements = basis.record.announcements
    told = as_of(standings(announcements, basis.rates, code), day, code)
    at_day = as_of(standings(announcements, basis.rates, code, rates_of=day), day, code)
    if as_json:
        print_json(_total_as_json(told, at_day, basis))
        return
    summary = basis.summary(told)
    say(f"{basis.name}, as of {day}: announced as new money {shown(told.total)}")
    say(
        f"by {count(len(summary.partners), 'partner')}, from {count(len(told.counted), 'row')}, "
        "each valued at the rate of its own day; "
        f"of which committed or paid {shown(summary.decided)}"
    )
    say(f"A rate older than {summary.maximum_rate_age_days} days is not used.")
    if summary.coverage:
        say(_reach(summary.coverage, day))
    say(f"at the rates of {day} instead: {_at_the_day(told, at_day)}")
    _list("Counted, without a stated amount", told.without_amount)
    for row in told.without_rate:
        say(f"Counted, without a usable rate: {row.announcement.id}, {_not_converted(row)}")
    say()
    partners = sorted(told.by(_partner).items(), key=lambda pair: (-pair[1].minor, pair[0]))
    table("By partner", ["partner", "counted"], partners, numbers=[1])
    say()
    reasons = _left_out(told)
    table(
        "Left out",
        ["why", "rows", "which"],
        [[str(why.said), len(rows), _ids(rows)] for why, rows in reasons.items()],
        numbers=[1],
    )
    say(
        f"Shown apart, unclear: {count(len(told.apart), 'row')}, up to {shown(told.apart_total)} {_ids(told.apart)}"
    )


def _reach(coverage: Coverage, day: date) -> str:
    """Say whether the record is thin on the day."""
    thin = f"thin after {coverage.thin_after} and ends on {coverage.ends_on}"
    match coverage.on(day):
        case Reach.FULL:
            return f"The record is not thin on this day; it becomes {thin}."
        case Reach.THIN:
            return f"The record is thin on this day: it becomes {thin}. More may have been announced."
    return (
        f"The record has ended before this day: it becomes {thin}; a search on {coverage.searched_on} found nothing "
        "later. More may have been announced."
    )


def _at_the_day(told: Told, at_day: Told) -> str:
    """Write the sum at the rates of the day, or say that there are none young enough."""
    lost = len(at_day.without_rate) - len(told.without_rate)
    if lost > 0:
        return f"cannot be said, {count(lost, 'row')} without a rate of that day or shortly before"
    return shown(at_day.total)


def _total_as_json(told: Told, at_day: Told, basis: "CommandRows") -> dict[str, object]:
    summary = basis.summary(told)
    return {
        "programme": basis.name,
        "as_of": told.day,
        "currency": told.currency,
        "total": told.total,
        "total_at_rates_of_the_day": None
        if len(at_day.without_rate) > len(told.without_rate)
        else at_day.total,
        "committed_or_paid": summary.decided,
        "partners": list(summary.partners),
        "sources": list(summary.sources),
        "maximum_rate_age_days": summary.maximum_rate_age_days,
        "record": None
        if summary.coverage is None
        else {
            "reach": summary.coverage.on(told.day).value,
            "thin_after": summary.coverage.thin_after,
            "ends_on": summary.coverage.ends_on,
            "searched_on": summary.coverage.searched_on,
        },
        "counted": [_row_as_json(row) for row in told.counted],
        "without_amount": [row.announcement.id for row in told.without_amount],
        "without_rate": [row.announcement.id for row in told.without_rate],
        "apart": {"total": told.apart_total, "rows": [_row_as_json(row) for row in told.apart]},
        "left_out": [
            {"why": why.value, "rows": [_row_as_json(row) for row in rows]}
            for why, rows in _left_out(told).items()
        ],
        "by_partner": told.by(_partner),
    }


def _not_converted(row: Standing) -> str | None:
    return str(missing_rate(row.outcome)) if isinstance(row.outcome, MissingRate) else None


def _row_as_json(row: Standing) -> dict[str, object]:
    rates = getattr(row.outcome, "rates", ())
    return {
        "id": row.announcement.id,
        "partner": _partner(row.announcement),
        "announced_on": row.announcement.announced_on,
        "known_to": "month" if row.announcement.month_only else "day",
        "amount": row.stated,
        "value": row.value,
        "valued": row.valued.value,
        "not_converted": _not_converted(row),
        "rates": [
            {
                "day": rate.day,
                "base": rate.base,
                "currency": rate.currency,
                "rate": rate.rate,
                "source": rate.source,
            }
            for rate in rates
        ],
    }


def _left_out(told: Told) -> dict[Why, list[Standing]]:
    reasons: dict[Why, list[Standing]] = {}
    for row, why in told.left_out:
        reasons.setdefault(why, []).append(row)
    return reasons


def _partner(announcement: Announcement) -> str:
    return JOINT.join(announcement.partners)


def _ids(rows: Iterable[Standing]) -> str:
    return " ".join(row.announcement.id for row in rows)


def _list(title: str, rows: tuple[Standing, ...]) -> None:
    if rows:
        say(f"{title}: {_ids(rows)}")


def reconcile(
    on: Annotated[str, typer.Option("--as-of", help="Only totals stated by this day. Without it: all.")] = "",
    currency: Annotated[str, typer.Option(help="Only totals stated in this currency. Without it: all.")] = "",
    folder: FromFolder = None,
    slug: Slug = "",
    max_rate_age: MaxAge = None,
    as_json: AsJson = False,
) -> None:
    """Put our figure beside each stated total, with the difference and what could explain it.

    Each total is compared as of its own day and in its own currency.

    Exit codes: 0 compared, whatever the differences; 1 the folder has errors; 2 it could not be done.
    """
    if currency and not is_currency(currency.upper()):
        stop(f"“{currency}” is no currency of ISO 4217: write its three letters, for example USD")
    basis = _basis(folder, slug, max_rate_age, as_json=as_json)
    day = day_of(on, today=today_of(basis.programme, now())) if on else None
    found = [
        comparison
        for comparison in compare(basis.record, basis.rates)
        if (day is None or comparison.stated.as_of <= day)
        and (
            not currency
            or (
                comparison.stated.amount is not None and comparison.stated.amount.currency == currency.upper()
            )
        )
    ]
    if as_json:
        print_json(
            {
                "programme": basis.name,
                "comparisons": [_comparison_as_json(comparison) for comparison in found],
            }
        )
        return
    _print_beside(basis, [comparison for comparison in found if comparison.ours is not None])
    _print_alone([comparison for comparison in found if comparison.ours is None])


def _print_beside(basis: "CommandRows", beside: Sequence[Comparison]) -> None:
    table(
        f"{basis.name}: stated totals beside our sums",
        ["as of", "measure", "said by", "stated", "ours", "stated less ours"],
        [
            [
                comparison.stated.as_of,
                comparison.stated.measure,
                comparison.stated.said_by,
                comparison.stated.amount or comparison.stated.value,
                comparison.ours,
                "floor reached" if comparison.difference is None else comparison.difference,
            ]
            for comparison in beside
        ],
        numbers=[3, 4, 5],
    )
    for comparison in beside:
        if not comparison.agrees:
            _explain(comparison)


def _print_alone(alone: Sequence[Comparison]) -> None:
    if alone:
        say()
        table(
            "Stated, and no sum of announcements answers it",
            ["as of", "measure", "said by", "stated", "unit"],
            [
                [
                    comparison.stated.as_of,
                    comparison.stated.measure,
                    comparison.stated.said_by,
                    comparison.stated.value,
                    comparison.stated.unit,
                ]
                for comparison in alone
            ],
            numbers=[3],
        )


def _explain(one: Comparison) -> None:
    said = f"{one.stated.as_of} {one.stated.measure}, {one.stated.said_by}"
    say(f"\n{said}\n  differs by {shown(one.difference)}; ours: {one.basis.said}, to {one.until}")
    for explanation in one.explanations:
        moves = (
            "by an amount nobody stated" if explanation.moves is None else f"by {shown(explanation.moves)}"
        )
        fits = "  <- explains it all" if explanation.fits else ""
        left = (
            f", would leave {shown(explanation.leaves)}"
            if explanation.leaves and not explanation.fits
            else ""
        )
        meant = f" {explanation.currency}" if explanation.currency else ""
        before = (
            f" ({explanation.statement.said_by}, {explanation.statement.as_of})"
            if explanation.statement
            else ""
        )
        about = f" {explanation.package}" if explanation.package else ""
        rows = f" ({' '.join(explanation.rows)})" if explanation.rows else ""
        say(f"  - {explanation.kind.said}{about}{meant}{before}{rows}: would change ours {moves}{left}{fits}")
    if not one.explanations:
        say("  - nothing in the record explains it")


def _comparison_as_json(one: Comparison) -> dict[str, object]:
    return {
        "as_of": one.stated.as_of,
        "measure": one.stated.measure,
        "said_by": one.stated.said_by,
        "unit": one.stated.unit,
        "stated": one.stated.amount or one.stated.value,
        "basis": str(one.basis.said),
        "until": one.until,
        "ours": one.ours,
        "difference": one.difference,
        "precision": one.stated.precision.value,
        "agrees": one.agrees,
        "rows": list(one.rows),
        "explanations": [_explanation_as_json(explanation) for explanation in one.explanations],
        "sources": list(one.stated.sources),
    }


def _explanation_as_json(one: Possibility) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "means": str(one.kind.said),
        "rows": list(one.rows),
        "package": one.package or None,
        "currency": one.currency or None,
        "statement": None
        if one.statement is None
        else {"as_of": one.statement.as_of, "said_by": one.statement.said_by},
        "moves": one.moves,
        "leaves": one.leaves,
        "fits": one.fits,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandRows:
    """The rows that a command works on, wherever they come from."""

    name: str
    programme: Programme
    record: PublicRecord
    rates: Rates

    def summary(self, told: Told) -> Summary:
        return summary_of(told, self.programme.coverage, self.programme.maximum_rate_age_days)


def _basis(folder: Path | None, slug: str, max_rate_age: int | None, *, as_json: bool) -> CommandRows:
    """Read a folder, or the database. A folder with errors gives no sums: half a record has a wrong total."""
    if folder is not None:
        named = _shipped_settings(slug) if slug else None
        reading = read_folder(folder, programme=named, now=now())
        own = reading.programme
        if own is not None and slug not in ("", own.slug):
            stop(
                f"the folder's programme.toml says “{own.slug}” and --programme “{slug}”: leave one of them out"
            )
        if own is None and slug and named is None:
            stop(
                f"“{slug}” is no programme that is shipped: put its settings into {folder / 'programme.toml'}"
            )
        if reading.errors:
            if as_json:
                print_json({"findings": findings_as_json(reading.findings), "errors": len(reading.errors)})
            else:
                print_findings(reading.findings, stderr=True)
            typer.echo("No sum is given while there are errors: rows would be missing from it.", err=True)
            raise typer.Exit(1)
        if reading.findings:
            said = count(len(reading.findings), "warning")
            typer.echo(f"{said}: `pledgeline record check {folder}` prints what they are.", err=True)
        programme, record = own or named or UNNAMED, reading.record
        name = programme.short_name or str(folder)
    else:
        make_ready()
        from pledgeline.records.snapshot import snapshot

        found = snapshot(slug_of(slug), MACHINE)
        name, programme, record = found.programme.short_name, found.programme, found.record
    if max_rate_age is not None:
        programme = replace(programme, maximum_rate_age_days=max_rate_age)
    rates = Rates(record.rates, maximum_age_days=programme.maximum_rate_age_days)
    return CommandRows(name=name, programme=programme, record=record, rates=rates)


def _shipped_settings(slug: str) -> Programme | None:
    """Give the settings of a programme that comes with the package: a folder needs no database to use them."""
    found = (read_settings(programme) for programme in shipped())
    return next((programme for programme in found if programme is not None and programme.slug == slug), None)


def _currency(wanted: str, basis: CommandRows) -> str:
    code = wanted.upper() or basis.programme.base_currency
    if not is_currency(code):
        stop(f"“{wanted}” is no currency of ISO 4217: write its three letters, for example USD")
    return code
