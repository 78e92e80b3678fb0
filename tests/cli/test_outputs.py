"""One gate for every file that a command writes: what is there stays, and what is read stays in any case."""

import ast
import json
import os
import resource
import stat
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import typer
from typer.testing import CliRunner

from pledgeline import cli
from pledgeline.cli import ROOMS, outputs
from pledgeline.cli.outputs import output_path
from tests.ledger.stories import events_of

READ = {
    "evidence extract inputs",
    "evidence extract programme_names",
    "evidence link claims",
    "evidence read file",
    "evidence read-in file",
    "evidence link inputs",
    "evidence link programme_names",
    "iati check file",
    "iati import file",
    "ocds check file",
    "ocds import file",
    "offers import file",
    "requirements import file",
    "workbook import file",
    "bank import file",
    "bank import dialect",
    "guarantees cases paths",
    "guarantees check folder",
    "guarantees timeline folder",
    "guarantees coverage folder",
    "guarantees compare folder",
    "guarantees without folder",
    "guarantees cases folder",
    "guarantees funding folder",
    "guarantees vetoes folder",
    "ledger replay events",
    "ledger balances events",
    "ledger trace events",
    "ledger verify events",
    "ledger verify export_file",
    "ledger verify checkpoint_files",
    "ledger verify keys_file",
    "ledger checkpoint events",
    "ledger checkpoint key_file",
    "ledger checkpoint cosigned",
    "ledger key replaces",
    "ledger witness request",
    "ledger witness key_file",
    "ledger export events",
    "ledger export key_file",
    "plan solve file",
    "plan solve keep",
    "plan explain file",
    "plan explain made",
    "plan whatif file",
    "plan whatif changes",
    "plan compare first",
    "plan compare second",
    "plan check file",
    "plan check made",
    "plan convert file",
    "record check folder",
    "record load folder",
    "record total folder",
    "record reconcile folder",
    "restore file",
}
"""Parameters that name what is read. Whatever else names a path is written, and goes through the gate."""

REMEMBERED = {"ledger witness state"}
"""What a command reads and writes each time, and never replaces: a database of its own."""

PLAN = '{"currency": "USD", "lines": [{"id": "R-1", "item": "A", "quantity": 1}]}'
STORY = json.dumps(
    {"events": events_of("2025-06-01 pledge id=p contribution=A partner=NL currency=USD amount=100")}
)


def commands():
    """Give every command of the command line: its name, and the function behind it."""
    for room in ROOMS:
        app = import_module(f"pledgeline.cli.{room}").app
        for info in app.registered_commands:
            name = info.name or info.callback.__name__.replace("_", "-")
            yield f"{room} {name}" if room != name else room, info.callback


def paths_of(callback):
    """Give the parameters of a function that hold a path, and how typer reads them."""
    for name, hint in get_type_hints(callback, include_extras=True).items():
        said = next(
            (
                part
                for part in getattr(hint, "__metadata__", ())
                if isinstance(part, typer.models.ParameterInfo)
            ),
            None,
        )
        if said is not None and (Path in (hint.__origin__, *_flat(hint.__origin__))):
            yield name, said


def _flat(hint):
    for part in get_args(hint):
        yield part
        yield from _flat(part)


WRITTEN = [
    (command, name, parameter)
    for command, callback in commands()
    for name, parameter in paths_of(callback)
    if parameter.parser is output_path
]


def test_every_path_of_every_command_is_read_or_goes_through_the_gate():
    neither = {
        f"{command} {name}"
        for command, callback in commands()
        for name, parameter in paths_of(callback)
        if parameter.parser is not output_path
    }

    assert READ | REMEMBERED == neither
    assert {"plan solve", "plan explain", "plan whatif", "plan template", "plan sample", "plan convert"} <= {
        command for command, _name, _said in WRITTEN
    }


def test_nothing_else_in_the_command_line_writes_a_file():
    writing = {
        "write_text",
        "write_bytes",
        "open",
        "save",
        "replace",
        "rename",
        "copy",
        "copyfile",
        "move",
        "touch",
    }
    # `up` keeps the address of the desk in the home folder: a new file, for its own account alone.
    # Four commands read a file as bytes; what `iati` and `ocds` write goes into a draft of the gate.
    harmless = {
        "evidence.py": {"open"},
        "iati.py": {"open"},
        "iati_import.py": {"open"},
        "ocds.py": {"open"},
        "outputs.py": writing,
        "__init__.py": {"open"},
        "up.py": {"open"},
        "guarantees/showing.py": {"replace"},
    }
    found = set()
    for path in Path(cli.__file__).parent.rglob("*.py"):
        name = path.relative_to(Path(cli.__file__).parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                takes_two = called in ("replace",) and len(node.args) == 2  # a text, not a file
                takes_value = called == "replace" and node.keywords  # dataclasses.replace
                if called in writing - harmless.get(name, set()) and not takes_two and not takes_value:
                    found.add((name, called))

    assert set() == found


def words(command: str, name: str, said, target, folder: Path) -> list[str]:
    """Write a call of a command in which one parameter names the file to be written."""
    plan = folder / "asked.json"
    plan.write_text(PLAN)
    before = {
        "plan explain": [plan, "R-1"],
        "plan solve": [plan],
        "plan whatif": [plan],
        "plan sample": ["invented"],
        "plan convert": [plan] if name == "output" else [plan, folder / "elsewhere.json"],
        "guarantees timeline": ["weekend-attack", "--format", "csv"],
        "evidence extract": ["--inputs", plan],
        "evidence link": ["--inputs", plan],
        "evidence claims": ["--programme", "purl"],
        "ledger key": ["books"],
        "workbook export": ["--programme", "purl"],
        "ledger witness": [plan, "--key-file", plan, "--log-key", "books", "--state", folder / "state"],
    }.get(command, [])
    option = [said.param_decls[-1]] if getattr(said, "param_decls", None) else [f"--{name}"]
    is_option = isinstance(said, typer.models.OptionInfo)
    return [str(word) for word in [*command.split(), *before, *(option if is_option else []), target]]


def run(*arguments):
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


@pytest.mark.parametrize(("command", "name", "said"), WRITTEN, ids=lambda case: str(case)[:20])
def test_no_command_replaces_a_file_unasked(command, name, said, tmp_path):
    there = tmp_path / "there.xlsx"
    there.write_bytes(b"months of work")

    result = run(*words(command, name, said, there, tmp_path))

    assert 2 == result.exit_code, result.output
    assert f"{there} is there already: give another name" in result.stderr
    assert b"months of work" == there.read_bytes()


@pytest.mark.parametrize(("command", "name", "said"), WRITTEN, ids=lambda case: str(case)[:20])
def test_every_command_says_before_its_work_that_a_name_cannot_be_written(command, name, said, tmp_path):
    for target, wrong in (
        (tmp_path, "is a folder: add the name of a file"),
        (f"{tmp_path}/new/", "names a folder: add the name of a file"),
        (tmp_path / "no" / "such.xlsx", "there is no folder"),
        ("-", "is no file"),
        ("", "no file is named"),
        (tmp_path / ("x" * 300), "File name too long"),
        (tmp_path / "asked.json" / "x.xlsx", "there is no folder"),
    ):
        result = run(*words(command, name, said, target, tmp_path))

        assert 2 == result.exit_code, result.output
        assert wrong in " ".join(result.stderr.replace("│", " ").split()), result.stderr
    assert {"asked.json"} == {path.name for path in tmp_path.iterdir()}


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder to stand in, with a plan of one's own, and it under other names."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "own.json"
    path.write_text(PLAN)
    (tmp_path / "link.json").symlink_to(path)
    os.link(path, tmp_path / "twin.json")
    (tmp_path / "sub").mkdir()
    return path


@pytest.mark.parametrize(
    "spelling", ["own.json", "./own.json", "sub/../own.json", "link.json", "twin.json", "{}/own.json"]
)
def test_what_is_read_is_never_written_whatever_it_is_called(own, spelling):
    for call in (
        ["plan", "solve", "own.json", "--out", spelling],
        ["plan", "solve", "own.json", "--marked", spelling],
        ["plan", "convert", "own.json", spelling],
        ["plan", "solve", "link.json", "--out", spelling],
    ):
        result = run(*(word.format(own.parent) for word in call), "--force")

        assert 2 == result.exit_code, result.output
        assert "is what this command reads" in result.stderr
        assert PLAN == own.read_text()


def test_no_other_file_that_is_read_is_written_either(own, tmp_path):
    """An earlier plan, the changes, an event file, a scenario, a key, a file of a register in its folder."""
    for name in ("earlier.json", "events.json", "scenario.toml", "books.key"):
        (tmp_path / name).write_text(STORY)
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "ua-gb-2024.toml").write_text("id = 1")
    for call, read in (
        (["plan", "solve", own, "--keep", "earlier.json", "--out"], "earlier.json"),
        (["plan", "explain", own, "R-1", "--plan", "earlier.json", "--marked"], "earlier.json"),
        (["plan", "whatif", own, "--changes", "earlier.json", "--marked"], "earlier.json"),
        (["ledger", "export", "--events", "events.json", "--out"], "events.json"),
        (["ledger", "checkpoint", "--events", "events.json", "--out"], "events.json"),
        (["ledger", "checkpoint", "--events", "events.json", "--key-file", "books.key", "--out"], "books.key"),
        (["guarantees", "timeline", "scenario.toml", "--format", "csv", "-o"], "scenario.toml"),
        (["guarantees", "timeline", "sabotage", "--register", "register", "--json", "-o"],
         "register/ua-gb-2024.toml"),
    ):  # fmt: skip
        before = Path(read).read_bytes()
        result = run(*call, read, "--force")

        assert 2 == result.exit_code, result.output
        assert "is what this command reads" in result.stderr, result.output
        assert before == Path(read).read_bytes()


@pytest.mark.parametrize(
    ("one", "other"), [("a.json", "a.json"), ("a.json", "./a.json"), ("a.json", "A.json")]
)
def test_two_files_of_one_command_need_two_names(own, one, other):
    result = run("plan", "solve", own, "--out", one, "--marked", other)

    assert 2 == result.exit_code
    assert "is named for two files" in result.stderr
    assert not Path(one).exists()


def test_with_force_a_file_is_replaced_and_keeps_who_may_read_it(own, tmp_path):
    there = tmp_path / "there.json"
    there.write_text("old")
    there.chmod(0o640)

    result = run("plan", "convert", own, there, "--force")

    assert 0 == result.exit_code, result.output
    assert '"currency": "USD"' in there.read_text()
    assert 0o640 == stat.S_IMODE(there.stat().st_mode)
    assert not list(tmp_path.glob(".pledgeline-*"))


def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(own, tmp_path):
    (tmp_path / "sub" / "real.json").write_text("old")
    link = tmp_path / "to-real.json"
    link.symlink_to(tmp_path / "sub" / "real.json")

    assert 2 == run("plan", "convert", own, link).exit_code
    assert 0 == run("plan", "convert", own, link, "--force").exit_code
    assert link.is_symlink()
    assert '"currency"' in (tmp_path / "sub" / "real.json").read_text()


def test_a_new_file_has_the_rights_of_any_new_file(own, tmp_path):
    for call in (["plan", "convert", own, "new.json"], ["ledger", "key", "books", "--out", "books.key"]):
        subprocess.run(
            [sys.executable, "-m", "pledgeline", *call], umask=0o027, check=True, stdout=subprocess.DEVNULL
        )

    assert 0o640 == stat.S_IMODE(Path("new.json").stat().st_mode)
    assert 0o600 == stat.S_IMODE(Path("books.key").stat().st_mode)


def test_a_key_is_replaced_by_nothing():
    assert 2 == run("ledger", "key", "books", "--out", "books.key", "--force").exit_code


def test_a_name_that_somebody_else_took_in_the_meantime_is_theirs(own, tmp_path, monkeypatch):
    """Looked at and free; taken while the file was being written."""
    target = tmp_path / "new.json"
    link = os.link

    def too_late(draft, name):
        target.write_text("theirs")
        link(draft, name)

    monkeypatch.setattr(outputs.os, "link", too_late)
    result = run("plan", "convert", own, target)

    assert (2, "theirs") == (result.exit_code, target.read_text())
    assert "is there already" in result.stderr
    assert not list(tmp_path.glob(".pledgeline-*"))


def test_where_a_file_system_knows_no_links_a_name_is_still_taken_once(own, tmp_path, monkeypatch):
    def refused(*_names):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(outputs.os, "link", refused)

    assert 0 == run("plan", "convert", own, "new.json").exit_code
    assert '"currency"' in Path("new.json").read_text()
    assert 2 == run("plan", "convert", own, "new.json").exit_code
    assert not list(tmp_path.glob(".pledgeline-*"))


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("trouble", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_nothing_half_written_stays(own, tmp_path, monkeypatch, trouble, force):
    there = tmp_path / "there.json"
    if force:
        there.write_text("old")

    def fail(_handle):
        raise trouble

    monkeypatch.setattr(outputs.os, "fsync", fail)
    result = run("plan", "convert", own, there, *force)

    assert result.exit_code in (2, 130)
    assert ("No space left" in result.stderr) is isinstance(trouble, OSError)
    assert there.exists() is bool(force)
    assert not force or there.read_text() == "old"
    assert not list(tmp_path.glob(".pledgeline-*"))


def test_a_disk_that_is_full_leaves_the_old_file(own, tmp_path):
    """As the system does it: no file of this process may become longer than 100 bytes."""
    old = tmp_path / "old.json"
    old.write_text("old")
    done = subprocess.run(
        [sys.executable, "-m", "pledgeline", "plan", "convert", str(own), str(old), "--force"],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},  # a compiled module cut short would break others
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
        capture_output=True,
        text=True,
    )

    assert (2, "old") == (done.returncode, old.read_text())
    assert "File too large" in done.stderr
    assert not list(tmp_path.glob(".pledgeline-*"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_where_nothing_may_be_written_the_folder_is_named(own, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    protected = tmp_path / "protected.json"
    protected.write_text("old")
    protected.chmod(0o400)

    assert "you may not write into" in run("plan", "convert", own, closed / "new.json").stderr
    assert "it is protected" in run("plan", "convert", own, protected, "--force").stderr


def test_a_pipe_takes_what_is_written(own, tmp_path):
    """As `--out >(gzip)` does in a shell; nothing is renamed over a pipe or a terminal."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    result = run("plan", "convert", own, pipe)

    assert 0 == result.exit_code, result.output
    assert b'"currency"' in reader.communicate(timeout=20)[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert 0 == run("plan", "convert", own, "/dev/null").exit_code
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_json_that_is_to_go_into_a_file_goes_there(own, tmp_path):
    (tmp_path / "events.json").write_text(STORY)

    for call in (
        ["guarantees", "timeline", "sabotage", "--json", "-o", "timeline.json"],
        ["ledger", "checkpoint", "--events", "events.json", "--json", "--out", "note.json"],
        ["ledger", "invent", "--json", "--out", "invented.json"],
    ):
        result = run(*call)
        assert 0 == result.exit_code, result.output
        assert Path(call[-1]).read_text().startswith("{")


def test_a_table_is_not_dropped_in_silence():
    result = run("guarantees", "timeline", "sabotage", "-o", "table.txt")

    assert 2 == result.exit_code
    assert "a table is made for a terminal" in result.stderr
