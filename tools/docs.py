"""Write the pages of `docs/` that come from the code: the catalogue of findings, and the help of every command.

`python -m tools.docs` writes them, `python -m tools.docs --check` says which are stale and ends with 1
if there are any.
"""

import json
import sys
import tempfile
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

import typer

from pledgeline.accounts.table import COLUMNS, RIGHTS, cell_of, rights_csv
from pledgeline.audit.acts import AuditAct
from pledgeline.cli import app
from pledgeline.cli.database import set_up
from pledgeline.exchange.record import WARNINGS
from pledgeline.exchange.workbook import WARNINGS as WORKBOOK_WARNINGS
from pledgeline.guarantees.catalogue import CODES, meaning_of
from pledgeline.plan.published import problem_schema
from pledgeline.programme.contributions import Contribution
from pledgeline.programme.findings import MOST_FINDINGS, meanings, shortened, way_out_of
from pledgeline.programme.sentences import Sentence, codes_in
from tests.exchange.broken import BROKEN, Broken
from tests.exchange.broken_workbooks import BROKEN as BROKEN_WORKBOOKS
from tests.exchange.folders import write_good
from tests.guarantees.test_broken import example_findings
from tools.books_page import books_page
from tools.chain_pages import NOUNS, ROWS, findings_of_the_chain, row_schema, schema, steps_page
from tools.events_page import events_page, events_schema
from tools.licences_page import licences_page
from tools.limits_page import limits_page
from tools.ocds_page import findings_of_ocds
from tools.security_page import security_page

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOTE = "<!-- Written by `python3 do.py docs` from the code. -->\n"
WIDTH = 100
LONGEST_EXAMPLE = 160

IATI_PARAMS = "most problem root version by message rule code list text name other country".split()
"""What sentences about IATI files speak of."""

GROUPS = {
    "folder": "The folder",
    "file": "A file as such",
    "header": "The header of a file",
    "row": "A row",
    "cell": "A cell",
    "contributions": "Announcements",
    "checkpoints": "Stated totals",
    "items": "Items",
    "fx": "Rates",
    "programme": "The settings of the programme",
    "reading": "The reading as a whole",
}

WORKBOOK_GROUPS = {
    "workbook": "The file",
    "sheet": "A sheet",
    "header": "The header of a sheet",
    "row": "A row of a sheet",
    "cell": "A cell of a sheet",
    "earmark": "An earmark",
    "settings": "The settings",
    "categories": "Categories",
    "rates": "Rates of the plan",
    "plan": "The plan as a whole",
    "reading": "The reading of the workbook",
}


def findings_page() -> str:
    """List every finding: what it means, the way out, and the smallest example that causes it."""
    examples = {broken.code: broken for broken in reversed(BROKEN)}
    lines = [
        "# Findings",
        "",
        NOTE,
        "What `pledgeline record check` can object to in [a record](handbook/record.md). An error stops a load and a",
        "total; a warning is only said. Each example is taken from a test: the good folder of",
        "`tests/exchange/folders.py`, spoiled in this one place.",
    ]
    for group, title in GROUPS.items():
        lines += ["", f"## {title}"]
        for code, means in meanings("record").items():
            if code.partition(".")[0] == group:
                lines += ["", f"### {code}", "", f"*{_weight(code, WARNINGS)}.* {means}", ""]
                lines += [f"Way out: {way_out_of(means)}", "", *_example(code, examples)]
    more = [
        *_workbook_findings(),
        *_iati_findings(),
        *_report_findings(),
        *_guarantees(),
        *findings_of_the_chain(),
    ]
    return "\n".join([*lines, *more, *findings_of_ocds()]) + "\n"


def _guarantees() -> list[str]:
    """List the findings of the register of guarantees, each with a text that causes it where a test has one."""
    examples = example_findings()
    lines = [
        "",
        "## The register of guarantees, and scenarios",
        "",
        "What `pledgeline guarantees check`, `cases` and `timeline` and the pages that edit can object to. The",
        "examples are from `tests/guarantees/test_broken.py`.",
    ]
    for code in CODES:
        lines += ["", f"### {code}", "", str(meaning_of(code))]
        if code in examples:
            finding = examples[code]
            lines += [
                "",
                "```",
                finding.excerpt or "(an empty line)",
                "```",
                "",
                f"{finding.wrong} {finding.way_out}",
            ]
    return lines


def _workbook_findings() -> list[str]:
    """List what the reader of a planning workbook can object to."""
    told = {broken.code: broken.told for broken in reversed(BROKEN_WORKBOOKS)}
    lines = [
        "",
        "## Findings in a planning workbook",
        "",
        "What `pledgeline plan` and the page *Plan* can object to in [a workbook](handbook/planning.md), each",
        "at its sheet and cell. With an error nothing is planned; a warning travels with the plan. Each example",
        "is taken from a test: the good workbook of `tests/exchange/workbooks.py`, spoiled in this one way.",
    ]
    for group, title in WORKBOOK_GROUPS.items():
        lines += ["", f"### {title}"]
        for code, means in meanings("workbook").items():
            if code.partition(".")[0] == group:
                lines += ["", f"#### {code}", "", f"*{_weight(code, WORKBOOK_WARNINGS)}.* {means}", ""]
                lines += [f"Way out: {way_out_of(means)}"]
                lines += ["", f"Example: {told[code]}"] if code in told else []
    return lines


def _iati_findings() -> list[str]:
    """List what the checker and the import of IATI files can object to, case by case."""
    lines = [
        "",
        "## Findings in an IATI file",
        "",
        "What `pledgeline iati` can object to in [an IATI file](handbook/iati.md), each at its line and element; below",
        "a code stand its cases. What a rule asks for is said by IATI's ruleset, in English. Files that cause them are",
        "in `tests/exchange/iati_files.py`.",
    ]
    for code in codes_in("iati"):
        said = Sentence(code, dict.fromkeys(IATI_PARAMS, "…"))
        lines += [
            "",
            f"### {code}" if code.count(".") == 1 else f"*{code.rpartition('.')[2]}*",
            "",
            str(said),
        ]
        lines += ["", f"Way out: {way_out_of(said)}"] if way_out_of(said) else []
    return lines


def _report_findings() -> list[str]:
    """List what the reader of reports can object to."""
    lines = [
        "",
        "## Files of reports",
        "",
        "What `pledgeline evidence read` can object to in [the file of a report](handbook/reports.md#a-file). Files",
        "that cause them are in `tests/evidence/test_reading.py`.",
    ]
    for code in codes_in("report"):
        said = Sentence(
            code,
            dict.fromkeys(("most", "declared", "used", "problem", "seconds", "pages"), "…") | {"number": 2},
        )
        lines += ["", f"### {code}", "", str(said), "", f"Way out: {way_out_of(said)}"]
    return lines


def _weight(code: str, warnings: Collection[str]) -> str:
    return "Warning" if code in warnings else "Error"


def _example(code: str, examples: dict[str, Broken]) -> list[str]:
    if code == "reading.too-many":
        return [f"Example: a file with a fault in each of {MOST_FINDINGS + 1:,} rows."]
    broken = examples[code]
    if broken.told:
        return [f"Example: {broken.told}"]
    with tempfile.TemporaryDirectory() as name:
        folder = write_good(Path(name) / "record")
        broken.patch(folder)
        lines = (folder / broken.file).read_text(encoding="utf-8").split("\n")
    where = f"`{broken.file}`, line {broken.line}"
    column = f", column `{broken.column}`" if broken.column else ""
    shown = lines[broken.line - 1 if broken.line else 0]
    text = shown if len(shown) <= LONGEST_EXAMPLE and shown.isprintable() else shortened(shown)
    return [f"Example: {where}{column}", "", "```", text, "```"]


def commands_page() -> str:
    """Print the help of every command, as the command line does."""
    lines = ["# Commands", "", NOTE, "Every command explains itself with `--help`; this is what they say."]
    for path, command in _commands(typer.main.get_command(app), "pledgeline"):
        context = command.context_class(
            command,
            info_name=path,
            terminal_width=WIDTH,
            max_content_width=WIDTH,
            help_option_names=["-h", "--help"],
        )
        lines += ["", f"## {path}", "", "```", command.get_help(context).strip(), "```"]
    return "\n".join(lines) + "\n"


def _commands(command: Any, path: str) -> list[tuple[str, Any]]:
    """List a command and those in it, each with what is typed for it."""
    found = [(path, command)]
    if hasattr(command, "list_commands"):
        context = command.context_class(command, info_name=path)
        for name in command.list_commands(context):
            found += _commands(command.get_command(context, name), f"{path} {name}")
    return found


def rights_page() -> str:
    """Show the table of rights."""
    rows = [[row, *(cell_of(row, column) for column in COLUMNS)] for row in RIGHTS]
    lines = [["right", *COLUMNS], ["---"] * (len(COLUMNS) + 1), *rows]
    return "\n".join(
        [
            "# What each role may",
            "",
            NOTE,
            "What is published everybody sees. This table says who may do more; every page, file and command asks it",
            "(`accounts/table.py`), and a test tries each cell. `pledgeline people rights --csv` prints it, and it is",
            "[here as CSV](rights.csv). A row with a dot is a field of the public record: who sees it where it is",
            "withheld. `own` is for what belongs to the party of the person. The desk is whoever sits at the machine,",
            "as [People and rights](handbook/people.md) says.",
            "",
            *(f"| {' | '.join(cells)} |" for cells in lines),
            "",
        ]
    )


def acts_page() -> str:
    """List every act that leaves an event: its code, and what people read of it."""
    lines = [
        "# Acts",
        "",
        NOTE,
        "Every act leaves one event: who, what, on what, when, from where, and with which outcome: `done`, `refused`",
        "or `failed` ([Audit trail](handbook/audit.md)). These are the acts. A code keeps its meaning for ever.",
        "",
        "| code | what it is |",
        "| --- | --- |",
        *(f"| `{code}` | {label} |" for code, label in AuditAct.choices),
    ]
    return "\n".join(lines) + "\n"


def problem_schema_page() -> str:
    """Write the JSON Schema of a planning problem."""
    return json.dumps(problem_schema(), indent=1, ensure_ascii=False) + "\n"


PAGES = {
    "rights.md": rights_page,
    "rights.csv": rights_csv,
    "findings.md": findings_page,
    "steps.md": partial(steps_page, NOTE),
    **{f"schemas/{noun.NAME}.json": partial(schema, noun, NOTE) for noun in (*NOUNS, Contribution)},
    **{f"schemas/{noun}.json": partial(row_schema, noun, row, NOTE) for noun, row in ROWS.items()},
    "acts.md": acts_page,
    "cli.md": commands_page,
    "handbook/books.md": partial(books_page, NOTE),
    "books-events.md": partial(events_page, NOTE),
    "handbook/limits.md": partial(limits_page, NOTE),
    "licences.md": partial(licences_page, NOTE),
    "security.md": partial(security_page, NOTE),
    "schemas/books-events.json": partial(events_schema, NOTE),
    "schemas/planning-problem.json": problem_schema_page,
}


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print("usage: python -m tools.docs [--check]", file=sys.stderr)
        return 2
    set_up()
    stale = 0
    for name, page in PAGES.items():
        path, text = DOCS / name, page()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if arguments:
            stale += 1
            print(f"docs/{name} is stale: python3 do.py docs writes it", file=sys.stderr)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"docs/{name} written")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
