"""What the commands of guarantees are asked: the register, the scenario, the moment, the words."""

from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from pledgeline.cli.printing import findings_as_json, print_findings, print_json, say, stop
from pledgeline.guarantees import Case, Register, read_cases, read_folder
from pledgeline.guarantees.checking import moment_in
from pledgeline.guarantees.toml_tables import did_you_mean, moment_of
from pledgeline.programme.findings import Finding

RegisterFolder = Annotated[
    Path | None,
    typer.Option(
        "--register",
        help="A folder of instruments. Without it: the register that is shipped.",
        show_default=False,
    ),
]
Beneficiary = Annotated[str, typer.Option("--beneficiary", help="Whose guarantees.")]
OnDay = Annotated[
    str, typer.Option("--on", help="The day: 2026-12-05. Without it: today.", show_default=False)
]
OfEvent = Annotated[
    str, typer.Option("--event", help="A kind of event: armed_attack, naval_blockade, …", show_default=False)
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", help="A kind of help; may be given several times.", show_default=False),
]
ScenarioOption = Annotated[
    str,
    typer.Option("--scenario", help="A scenario: a file, or the name of a ready one.", show_default=False),
]
CaseName = Annotated[
    str, typer.Option("--case", help="Which case, where the file holds several.", show_default=False)
]

SHIPPED = Path(str(files("pledgeline"))) / "data" / "guarantees"
READY = SHIPPED / "scenarios"


def folder_of(folder: Path | None) -> Path:
    chosen = SHIPPED if folder is None else folder
    if not chosen.is_dir():
        stop(f"there is no folder {chosen}")
    return chosen


def register_of(folder: Path | None, as_json: bool) -> Register:
    reading = read_folder(folder_of(folder), words_from=SHIPPED)
    if reading.register is None:
        show_findings(reading.findings, as_json)
        raise typer.Exit(1)
    return reading.register


def show_findings(findings: Sequence[Finding], as_json: bool) -> None:
    if as_json:
        print_json({"findings": findings_as_json(findings)})
    else:
        print_findings(findings)


def text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as problem:
        stop(f"{path} cannot be read: {problem.strerror}")
    except UnicodeDecodeError:
        stop(f"{path} is not a UTF-8 text")


def case_of(register: Register, scenario: str, name: str, as_json: bool) -> Case:
    """Give the scenario of a file, or the ready one of that name."""
    path = Path(scenario)
    if not path.suffix and not path.exists():
        path = READY / f"{scenario}.toml"
        if not path.exists():
            ready = [known.stem for known in sorted(READY.glob("*.toml"))]
            stop(f"there is no scenario “{scenario[:60]}”. {did_you_mean(scenario, ready, 'scenario')}")
    reading = read_cases(path.name, text_of(path), register)
    if not reading.cases:
        show_findings(reading.findings, as_json)
        raise typer.Exit(1)
    named = [case for case in reading.cases if not name or case.scenario.id == name]
    if len(named) == 1:
        return named[0]
    ids = [case.scenario.id for case in reading.cases]
    if not named:
        stop(f"{path.name} has no case “{name[:60]}”. {did_you_mean(name, ids, 'case')}")
    stop(f"{path.name} holds several cases: name one with --case ({', '.join(ids[:20])})")


def moment_for(text: str, case: Case) -> datetime:
    if text:
        return typed_moment(text)
    if case.as_of is not None:
        return moment_in(case.as_of, "UTC")
    if case.expect:
        return max(moment_in(expectation.as_of, "UTC") for expectation in case.expect)
    stop("the scenario does not say for which moment: say it with --as-of 2026-12-05T12:00:00Z")


def typed_moment(text: str) -> datetime:
    moment = moment_of(text, allows_day=True)
    if moment is None:
        stop(f"“{text[:40]}” is no moment: write it as 2026-12-05T04:00:00+02:00, or 2026-12-05")
    return moment_in(moment, "UTC")


def known_words(words: Sequence[str], known: Sequence[str], what: str) -> tuple[str, ...]:
    for word in words:
        if word not in known:
            stop(f"“{word[:60]}” is no {what}. {did_you_mean(word, known, what.replace(' ', '-'))}")
    return tuple(words)


def list_ready(as_json: bool) -> None:
    names = [path.stem for path in sorted(READY.glob("*.toml"))]
    if as_json:
        print_json(names)
    else:
        for name in names:
            say(name)
