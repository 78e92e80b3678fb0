"""`pledgeline evidence extract` and `evidence link`: anybody can measure the reader on a gold of their own."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from pledgeline.cli import evidence_claims
from pledgeline.cli.asking import Extractor, NoAnswer
from pledgeline.cli.options import AsJson
from pledgeline.cli.outputs import Force, Outputs, output_path
from pledgeline.cli.printing import as_text, count, findings_as_json, print_findings, print_json, say, stop
from pledgeline.evidence.finding.names import Names, names_of
from pledgeline.evidence.finding.predictions import InputUnit, claim_as_json, extraction_of, prediction_of
from pledgeline.evidence.finding.proposals import proposals_of, question_of
from pledgeline.evidence.finding.words import data
from pledgeline.evidence.linking.claims import MoneyClaim, claims_of, decided_claims
from pledgeline.evidence.linking.rules import links_between
from pledgeline.evidence.linking.terms import TermClaim, decided_terms, term_links
from pledgeline.evidence.reading.documents import FACTS, ReadReport, report_of
from pledgeline.evidence.reading.raw import LARGEST_FILE as LARGEST_REPORT
from pledgeline.evidence.reading.texts import LONGEST_TEXT, text_of
from pledgeline.programme.findings import shortened
from pledgeline.programme.toml import NotToml, read_toml

app = typer.Typer(
    help="Reports: what they claim, proposed to a person; and how their claims stand to each other.",
    epilog="Exit codes: 0 it went well; 2 a file could not be read or written.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

app.command("read-in")(evidence_claims.read)
app.command()(evidence_claims.claims)

LARGEST_FILE = 200_000_000
"""Units: bytes of a file of inputs."""

Inputs = Annotated[
    Path,
    typer.Option(
        "--inputs", help="JSON: units by name, each with text, published, title, language, context."
    ),
]
NamesFile = Annotated[
    Path | None,
    typer.Option(
        "--programme-names",
        help="TOML: how reports name programmes, partners and people.",
        show_default="those shipped",
    ),
]
Out = Annotated[
    Path, typer.Option("--out", help="Where to write the JSON.", parser=output_path, metavar="<path>")
]


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A text file, HTML, PDF or web archive (WARC).")],
    as_json: AsJson = False,
) -> None:
    """Read a report: its plain text, and what it states of itself, with the place. Nothing is fetched or run.

    Exit codes: 0 read, 1 there is no text to be read, 2 the file could not be opened.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_REPORT + 1)
    except OSError as problem:
        stop(f"{file} cannot be read: {problem}")
    report = report_of(content, str(file))
    if as_json:
        print_json(_read_as_json(report))
    else:
        say(
            f"{report.kind.value}, {len(report.text.stored):,} characters, {report.reader}, sha256 {report.sha256}"
        )
        for name in FACTS:
            fact = report.facts.get(name)
            at = (
                f" ({fact.span.start}-{fact.span.end})" if fact and fact.span else " (markup)" if fact else ""
            )
            say(f"{name}: {shortened(fact.value) if fact else 'not stated'}{at}")
        say()
        say(report.text.visible)
        print_findings(report.findings, stderr=True)
    if any(finding.is_error for finding in report.findings):
        raise typer.Exit(1)


def _read_as_json(report: ReadReport) -> dict[str, object]:
    return {
        "kind": report.kind.value,
        "sha256": report.sha256,
        "reader": report.reader,
        "text": report.text.stored,
        "facts": {
            name: {
                "value": fact.value,
                "start": fact.span.start if fact.span else None,
                "end": fact.span.end if fact.span else None,
            }
            for name, fact in report.facts.items()
        },
        "findings": findings_as_json(report.findings),
    }


@app.command()
def extract(
    ctx: typer.Context,
    inputs: Inputs,
    out: Out,
    programme_names: NamesFile = None,
    extractor: Annotated[
        list[str] | None,
        typer.Option(
            "--extractor",
            help="Ask another one, too: the name of one that is installed, or http://127.0.0.1:PORT/.",
            show_default="only the rules",
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Propose the claims of reports: sums, who gives them, stage, programme, day; quotations with their speakers.

    Every field carries its place and its reason. Nothing is accepted: a person decides.

    Exit codes: 0 written, 2 a file could not be read or written.
    """
    outputs = Outputs(ctx, out)
    units, names = _units(inputs), _names(programme_names)
    asked = _extractors(extractor or ())
    found = {unit: _proposed(unit, entry, names, asked) for unit, entry in units.items()}
    outputs.write(out, as_text({"units": found}).encode())
    claims = sum(len(entry["claims"]) for entry in found.values())
    say(f"{count(len(found), 'text')}, {count(claims, 'claim')} proposed: {out}")


def _extractors(named: Sequence[str]) -> list[Extractor]:
    try:
        return [Extractor(name) for name in named]
    except NoAnswer as problem:
        stop(str(problem))


def _proposed(unit: str, entry: InputUnit, names: Names, asked: Sequence[Extractor]) -> dict[str, Any]:
    """Write what the rules propose, and behind it what others do: under their origin, and never merged."""
    extraction = extraction_of(entry, names)
    prediction = prediction_of(extraction)
    text = text_of(entry["text"])
    for other in asked:
        try:
            answer = other.ask(question_of(text, extraction.facts, names))
        except NoAnswer as problem:
            say(f"{unit}: {problem}")
            continue
        proposals = proposals_of(answer, text, extraction.facts.language, names, other.origin)
        prediction["claims"] += [claim_as_json(claim) for claim in proposals.candidates]
        if proposals.dropped:
            reasons = ", ".join(f"{number} {why.value}" for why, number in sorted(proposals.dropped.items()))
            say(f"{unit}: of the answer of {other.origin} this was not taken: {reasons}")
        prediction.setdefault("dropped", {})[other.origin] = {
            why.value: number for why, number in proposals.dropped.items()
        }
    return prediction


@app.command()
def link(
    ctx: typer.Context,
    inputs: Inputs,
    out: Out,
    programme_names: NamesFile = None,
    claims: Annotated[
        Path | None,
        typer.Option(
            "--claims",
            help="A folder of claims that people decided on (seeds/*.json, reports/*.json): these are compared, "
            "under their own ids.",
            show_default="those that are proposed",
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Say how the money claims of reports stand to each other, by named rules.

    Exit codes: 0 written, 2 a file could not be read or written.
    """
    outputs = Outputs(ctx, out)
    units, names = _units(inputs), _names(programme_names)
    found: dict[str, object] = {}
    compared: list[MoneyClaim] = []
    for unit, entry in units.items():
        extraction = extraction_of(entry, names)
        found[unit] = prediction_of(extraction)
        compared.extend(claims_of(unit, entry.get("context") or unit, extraction))
    terms: list[TermClaim] = []
    if claims is not None:
        compared, terms = _decided(claims)
    links = [*links_between(compared), *term_links(terms)]
    written = [
        {
            "claims": [entry.first, entry.second],
            "relation": entry.relation.value,
            "rule": entry.rule.value,
            "differs_in": list(entry.differs_in),
        }
        for entry in links
    ]
    outputs.write(out, as_text({"units": found, "links": written}).encode())
    say(f"{count(len(compared), 'money claim')}, {count(len(links), 'link')}: {out}")


def _units(path: Path) -> dict[str, InputUnit]:
    units = _json(path)
    if not isinstance(units, dict):
        stop(f"{path} holds no units by name: write it with “score.py FOLDER --inputs”")
    for unit, entry in units.items():
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
            stop(f"{path}, unit “{unit[:60]}”: there is no text")
        if len(entry["text"]) > LONGEST_TEXT:
            stop(f"{path}, unit “{unit[:60]}”: its text is longer than {LONGEST_TEXT:,} characters")
        for name in ("published", "title", "language", "context"):
            if not isinstance(entry.get(name), str | None):
                stop(f"{path}, unit “{unit[:60]}”: “{name}” is no text")
    return units


def _names(path: Path | None) -> Names:
    if path is None:
        return names_of([data("programmes.toml")])
    try:
        return names_of([read_toml(_text(path))])
    except NotToml as problem:
        stop(f"{path}, line {problem.line}: {problem.wrong}")
    except (KeyError, TypeError, ValueError, AttributeError):
        stop(f"{path} is no file of names: each [[programmes]] has an id and a list of names")


def _decided(folder: Path) -> tuple[list[MoneyClaim], list[TermClaim]]:
    files = [*sorted(folder.glob("seeds/*.json")), *sorted(folder.glob("reports/*.json"))]
    if not files:
        stop(f"{folder} has no claims: seeds/*.json or reports/*.json")
    try:
        documents = [_json(path) for path in files]
        return decided_claims(documents), decided_terms(documents)
    except (KeyError, TypeError, ValueError, ArithmeticError) as problem:
        stop(f"{folder}: a claim lacks what is compared: {problem}")


def _json(path: Path) -> Any:
    try:
        return json.loads(_text(path))
    except (ValueError, RecursionError) as problem:
        stop(f"{path} is no JSON: {str(problem)[:120]}")


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            stop(f"{path} is larger than {LARGEST_FILE:,} bytes")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        stop(f"{path} cannot be read: {problem}")
