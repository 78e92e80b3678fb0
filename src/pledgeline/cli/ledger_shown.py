"""How `pledgeline ledger` prints books: for people as tables, for programs as JSON."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from pledgeline.cli.printing import count, findings_as_json, print_findings, print_json, say, table
from pledgeline.ledger import STAGES, Balances, Entry, Refusal, Replay, Spot
from pledgeline.ledger import trace as tracing
from pledgeline.ledger.comparing import EventOutcome
from pledgeline.ledger.contributions import FIGURES, ContributionFigures, all_figures, figures_of
from pledgeline.ledger.verifier import Checkpoint, VerificationReport, what_it_proves
from pledgeline.ledger.witness import cosignatures
from pledgeline.money import Amount


def replay_as_json(case: str, title: str, done: Replay) -> dict[str, object]:
    """Give what came of a file, for a program."""
    return {
        "case": case,
        "title": title,
        "as_expected": done.is_as_expected,
        "counts": done.counts,
        "events": [_outcome(outcome) for outcome in done.outcomes],
        "compared": done.compared,
        "differences": [
            {"what": difference.what, "expected": difference.expected, "ours": difference.ours}
            for difference in done.differences
        ],
        "findings": findings_as_json(done.findings),
        "below_zero_on_past_days": [
            {**spot_as_json(shortfall.spot), "on": shortfall.on.isoformat(), "minor": shortfall.balance.minor}
            for shortfall in done.shortfalls
        ],
        "size": len(done.book),
        "root": done.book.root().hex(),
        "balances": by_contribution(done.book.state),
    }


def _outcome(outcome: EventOutcome) -> dict[str, object]:
    refusal: Refusal | None = outcome.refusal
    return {
        "number": outcome.number,
        "id": outcome.key,
        "type": outcome.kind,
        "result": outcome.result,
        "expected": outcome.expected or None,
        "position": outcome.entry.position if outcome.entry else None,
        "code": refusal.code if refusal else None,
        "wrong": refusal.wrong if refusal else None,
        "way_out": refusal.way_out if refusal else None,
        "faults": [
            {"at": place, "code": fault.code, "wrong": fault.wrong, "way_out": fault.way_out}
            for place, fault in outcome.faults
        ],
    }


def print_replay(title: str, done: Replay) -> None:
    """Print what became of each event, the differences, and the counts."""
    table(
        title,
        ["event", "type", "result", "why"],
        [
            [
                outcome.key,
                outcome.kind,
                outcome.result,
                "\n".join(
                    f"{fault.code}: {fault.wrong} {fault.way_out} ({place})"
                    for place, fault in outcome.faults
                ),
            ]
            for outcome in done.outcomes
        ],
    )
    for short in done.shortfalls:
        say(f"By the days of its entries, {short.spot} was {short.balance} on {short.on}.")
    print_findings(done.findings)
    if done.differences:
        table(
            "Differences",
            ["what", "expected", "ours"],
            [[difference.what, difference.expected, difference.ours] for difference in done.differences],
            numbers=[1, 2],
        )
    counts = ", ".join(f"{number} {result}" for result, number in done.counts.items())
    say(f"{counts}. {count(done.compared, 'figure')} compared, {count(len(done.differences), 'difference')}.")
    say(f"{len(done.book)} entries, root {done.book.root().hex()}")


def figures_as_json(figures: ContributionFigures) -> dict[str, object]:
    """Give the figures of a contribution, each by currency in minor units."""
    sums = {name: {amount.currency: amount.minor for amount in getattr(figures, name)} for name in FIGURES}
    return {
        "contribution": figures.key,
        "partner": figures.partner,
        "use_by": figures.use_by,
        **sums,
    }


def all_figures_as_json(state: Balances) -> list[dict[str, object]]:
    """Give the figures of every contribution."""
    return [figures_as_json(figures) for figures in all_figures(state)]


def by_contribution(state: Balances) -> list[dict[str, object]]:
    """Give what each contribution has in each stage."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for spot, minor in state.money().items():
        stages = found.setdefault((spot.contribution, spot.currency), {})
        stages[spot.account.value] = stages.get(spot.account.value, 0) + minor
    order = [account.value for account in STAGES]
    return [
        {
            "contribution": contribution,
            "currency": currency,
            "stages": {name: stages.get(name, 0) for name in (*order, *sorted(stages.keys() - set(order)))},
        }
        for (contribution, currency), stages in found.items()
    ]


def print_balances(money: Mapping[Spot, int]) -> None:
    """Print every account, and below what all contributions have together."""
    table(
        "",
        ["contribution", "stage", "line", "lot", "amount"],
        [
            [spot.contribution, spot.account.spoken, spot.line, spot.lot, Amount(minor, spot.currency)]
            for spot, minor in money.items()
        ],
        numbers=[4],
    )
    say()
    table(
        "All contributions",
        ["stage", "amount"],
        [[stage.spoken, Amount(minor, code)] for (code, stage), minor in tracing.by_stage(money).items()],
        numbers=[1],
    )


def spot_as_json(spot: Spot) -> dict[str, str]:
    """Give the parts of a spot by their names."""
    return {
        "account": spot.account.value,
        "contribution": spot.contribution,
        "currency": spot.currency,
        "line": spot.line,
        "lot": spot.lot,
    }


def print_lot(state: Balances, lot: str, *, units: bool, as_json: bool) -> None:
    """Print whose money stands behind a lot, and each unit where it is asked for."""
    found = tracing.of_lot(state, lot)
    currency = state.currency_of_lot(lot)
    each = list(tracing.units_of(state, lot)) if units else []
    if as_json:
        print_json(
            {
                "lot": lot,
                "line": state.line_of(lot),
                "units": state.units_in_lot(lot),
                "shares": found,
                "each_unit": each if units else None,
            }
        )
        return
    partners = state.contributions()
    rows = [
        [name, partners.get(name, ""), Amount(minor, code)]
        for code, shares in found.items()
        for name, minor in shares.items()
    ]
    title = f"Lot {lot} of line {state.line_of(lot)}: {count(state.units_in_lot(lot), 'unit')}"
    table(title, ["contribution", "partner", "amount"], rows, numbers=[2])
    if units:
        names = sorted({name for shares in each for name in shares})
        table(
            "Each unit",
            ["unit", *names],
            [
                [number, *(Amount(shares.get(name, 0), currency) for name in names)]
                for number, shares in enumerate(each, start=1)
            ],
            numbers=range(len(names) + 1),
        )


def print_contribution(state: Balances, contribution: str, path: list[Entry], *, as_json: bool) -> None:
    """Print where a contribution is, how it got there, and which lots it bought."""
    lots = tracing.of_contribution(state, contribution)
    where = tracing.where_now(state, contribution)
    partner = state.term("partner", contribution)
    moves = [
        (entry, posting)
        for entry in path
        for posting in entry.postings
        if posting.contribution == contribution
    ]
    if as_json:
        print_json(
            {
                **figures_as_json(figures_of(state, contribution)),
                "lots": lots,
                "where": [{**spot_as_json(spot), "minor": minor} for spot, minor in where.items()],
                "path": [
                    {
                        "position": entry.position,
                        "id": entry.key,
                        "type": entry.kind,
                        "effective_on": entry.effective_on,
                        **spot_as_json(posting.spot),
                        "minor": posting.amount.minor,
                    }
                    for entry, posting in moves
                ],
            }
        )
        return
    table(
        f"{contribution} of {partner}: where it is",
        ["stage", "line", "lot", "amount"],
        [
            [spot.account.spoken, spot.line, spot.lot, Amount(minor, spot.currency)]
            for spot, minor in where.items()
        ],
        numbers=[3],
    )
    say()
    table(
        "How it got there",
        ["position", "day", "event", "id", "stage", "line", "lot", "amount"],
        [
            [
                entry.position,
                entry.effective_on,
                entry.kind,
                entry.key,
                posting.account.spoken,
                posting.line,
                posting.lot,
                posting.amount,
            ]
            for entry, posting in moves
        ],
        numbers=[0, 7],
    )


def print_verified(
    report: VerificationReport,
    saved: Sequence[Checkpoint],
    problems: Sequence[str],
    *,
    witnesses: Collection[str],
    is_signed: bool,
    as_json: bool,
) -> None:
    """Print what a verification found, and what it proves."""
    kept = [*saved, *([report.checkpoint] if report.checkpoint else [])]
    seen = [
        (checkpoint, cosignature.witness, cosignature.time)
        for checkpoint in kept
        for cosignature in cosignatures(checkpoint, witnesses)
    ]
    proves = [] if problems else what_it_proves(report.size, saved, is_signed=is_signed, seen=seen)
    if as_json:
        print_json(
            {
                "verified": not problems,
                "size": report.size,
                "root": report.root.hex(),
                "trial_balance": report.trial_balance.hex(),
                "checkpoints": [
                    {"origin": checkpoint.origin, "size": checkpoint.size} for checkpoint in saved
                ],
                "cosigned": [
                    {"size": checkpoint.size, "witness": witness, "time": time}
                    for checkpoint, witness, time in seen
                ],
                "problems": list(problems),
                "proves": proves,
            }
        )
        return
    for problem in problems:
        say(f"WRONG  {problem}")
    say(f"{report.size} entries, root {report.root.hex()}")
    for sentence in proves:
        say(sentence)
    say("NOT VERIFIED" if problems else f"Verified, with {count(len(saved), 'kept checkpoint')}.")


COLUMNS = (
    "position", "id", "type", "effective_on", "recorded_at", "contribution", "stage", "line", "lot", "currency",
    "minor", "takes_back",
)  # fmt: skip


def postings_of(entries: Iterable[Entry]) -> list[list[str | int | date | None]]:
    """Give the rows of a table of postings."""
    return [
        [
            entry.position,
            entry.key,
            entry.kind,
            entry.effective_on,
            entry.recorded_at.isoformat(),
            posting.contribution,
            posting.account.value,
            posting.line,
            posting.lot,
            posting.amount.currency,
            posting.amount.minor,
            entry.takes_back,
        ]
        for entry in entries
        for posting in entry.postings
    ]
