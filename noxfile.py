"""What is done with a checkout once its environment is there: a session for each verb of do.py.

`python3 do.py VERB` installs the locked packages and comes here. No session has an environment of its own: all use
`.venv`, so that what is checked is what was locked.
"""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import IO, NamedTuple

import nox

from do import BROWSER_WAY_OUT, browser
from tools.environment import InstallerFailed, find_uv, program, run_installer, say

CHECKOUT = Path(__file__).parent
PYTHON = program("python")
STORED = [
    f"tests/{room}"
    for room in "accounts actions api audit cli deploy jobs operation queries records server torture web".split()
]
"""Where the tests are that run on PostgreSQL, too: to read the others for nothing takes half as long as they do."""

LOCKS = ["dev", "run", "pdf", "build", "uv"]
"""dev first: the others follow it."""

nox.options.default_venv_backend = "none"
nox.options.error_on_external_run = False


class Check(NamedTuple):
    """Something that is checked: a name for the table, and a command, or why it is left out."""

    name: str
    command: list[str]
    database: str = "sqlite"
    empty_is_fine: bool = False
    skipped: str = ""
    beside: bool = False


@nox.session
def test(session: nox.Session) -> None:
    """Run all checks; with pytest's arguments, only the tests chosen."""
    chosen = session.posargs
    run_checks(session, tests(chosen) if chosen else [*lints(), doctests(), *tests([])])


@nox.session
def lint(session: nox.Session) -> None:
    """Check format, style, templates, types, arrows and licences."""
    if "--fix" in session.posargs:
        session.run(program("ruff"), "check", "--fix", "--quiet", success_codes=[0, 1])
        session.run(program("ruff"), "format")
    run_checks(session, lints())


@nox.session
def e2e(session: nox.Session) -> None:
    """Run the browser tests only."""
    session.run(*pytest("-m", "e2e", *(session.posargs or ["tests/e2e"])))


@nox.session
def bench(session: nox.Session) -> None:
    """Measure how long pages take; with "plan", "ledger" or "site", those."""
    session.run(PYTHON, "-m", "tests.bench", *session.posargs)


@nox.session
def torture(session: nox.Session) -> None:
    """Look for faults for long: plan, ledger, core, site and others."""
    session.run(PYTHON, "-m", "tests.torture", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Write the pages of docs/ that are made from the code."""
    session.run(PYTHON, "-m", "tools.docs", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Choose the versions of all packages: requirements/*.txt.

    Works on a copy: all files are replaced, or none. No address of a package index may get in, so
    that everybody can use their own.
    """
    ours = CHECKOUT / "requirements"
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as toolbox:
        uv = find_uv(toolbox)
        if not uv:
            session.error(
                "locking needs uv, which cannot be had here: check the network, or lock on another machine"
            )
        copy = Path(folder, "requirements")
        shutil.copytree(ours, copy)
        for name in LOCKS:
            say(f"locking {name}.txt")
            problem = choose_versions(uv, name, copy, upgrade="--upgrade" in session.posargs)
            if problem:
                session.error(problem)
        for name in LOCKS:
            shutil.copyfile(copy / f"{name}.txt", ours / f"{name}.txt")
    say("done: git diff requirements")


def choose_versions(uv: str, name: str, folder: Path, *, upgrade: bool) -> str:
    """Lock one file and give what is wrong with the outcome, if anything."""
    command = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
    command += ["--upgrade"] if upgrade else []
    command += ["--constraint", "dev.txt"] if name != "dev" else []
    command += ["--output-file", f"{name}.txt", f"{name}.in"]
    try:
        run_installer(command, str(folder))
    except InstallerFailed as failed:
        return failed.explained()
    outcome = (folder / f"{name}.txt").read_text(encoding="utf-8")
    address = re.search(r".*(://|--index|--extra-index|--find-links).*", outcome)
    if address is None:
        return ""
    return (
        f"{name}.txt would hold an address, nothing was changed: take it out of {name}.in: {address.group()}"
    )


@nox.session
def release(session: nox.Session) -> None:
    """Show the notes of the next release, and build it into dist/.

    Beside the packages lie the bill of materials (CycloneDX) and the digests of all that is there.
    """
    is_final = "--final" in session.posargs
    session.run(program("towncrier"), "build", "--yes" if is_final else "--draft")
    session.run(PYTHON, "-m", "hatchling", "build", "--clean")
    session.run(PYTHON, "-m", "tools.sbom", os.path.join("dist", "pledgeline.cdx.json"))
    write_digests(CHECKOUT / "dist")
    if is_final:
        say('next: what SECURITY.md says under "Releases": read CHANGELOG.md, commit, sign, publish dist/')
    else:
        say("a draft. Next: set the version in pyproject.toml, then python3 do.py release --final")


def write_digests(folder: Path) -> None:
    """Write SHA256SUMS, which `sha256sum --check` reads: one signature over it is one over every file."""
    files = sorted(path for path in folder.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


# Checks


def lints() -> list[Check]:
    return [
        Check("format", [program("ruff"), "format", "--check"], beside=True),
        Check("style", [program("ruff"), "check"], beside=True),
        Check("templates", [program("djlint"), "--lint", "--quiet", "src/pledgeline"], beside=True),
        Check("types", [PYTHON, "-m", "mypy"], beside=True),
        Check("arrows", [program("lint-imports"), "--no-logo"], beside=True),
        Check("licences", [PYTHON, "-m", "tools.packages"], beside=True),
    ]


def tests(chosen: list[str]) -> list[Check]:
    """The tests on SQLite, on PostgreSQL if they use a database, and in a browser on both.

    A test in a browser waits for pages, and many others for a process of their own: they run beside each other.
    """
    is_part = bool(chosen)  # a selection may leave nothing for one of them
    two = pytest("-n", "2", "--dist", "worksteal")
    embedded = ["--doctest-modules", *chosen] if chosen else ["tests"]
    stored = "django_db and not e2e and not any_database"
    where = ["-m", "e2e", *(chosen or ["tests/e2e"])]
    return [
        Check("tests, SQLite", [*two, "-m", "not e2e", *embedded], empty_is_fine=is_part),
        Check(
            "tests, PostgreSQL",
            [*two, "-m", stored, *(chosen or STORED)],
            database="postgresql",
            empty_is_fine=is_part,
        ),
        in_browser(Check("tests, browser", pytest(*where), empty_is_fine=is_part, beside=True)),
        # One site on the one server, and the way through it: how pages look does not depend on the database.
        in_browser(
            Check(
                "browser, PostgreSQL",
                pytest("-k", "tour", *where),
                database="postgresql",
                empty_is_fine=is_part,
                beside=True,
            )
        ),
    ]


def in_browser(check: Check) -> Check:
    """Leave a check out where there is no browser, or let it fail where one is required."""
    if browser():
        return check
    missing = f"no Chromium: {BROWSER_WAY_OUT}"
    if os.environ.get("PLEDGELINE_REQUIRE_E2E") == "1":
        return check._replace(command=[PYTHON, "-c", f"raise SystemExit({missing!r})"])
    return check._replace(skipped=missing)


def doctests() -> Check:
    """The examples in the program: read by themselves, as no test of ours has one."""
    return Check("examples", pytest("--doctest-modules", "src"), beside=True)


def pytest(*arguments: str) -> list[str]:
    return [PYTHON, "-m", "pytest", "-q", *arguments]


def run_checks(session: nox.Session, checks: list[Check]) -> None:
    """Run each check, whatever became of the one before, and close with a table.

    What runs beside the others goes one after the other, too; what it says is shown when it is over.
    """
    results = {}
    with ThreadPoolExecutor(1) as side, tempfile.TemporaryDirectory() as folder:
        files = {check.name: Path(folder, str(number)) for number, check in enumerate(checks)}
        beside = {side.submit(run_aside, check, files[check.name]): check for check in checks if check.beside}
        try:
            for check in checks:
                if not check.beside:
                    print(f"\n=== {check.name}", flush=True)
                    results[check.name] = run_check(check)
            for done in as_completed(beside):
                name = beside[done].name
                print(f"\n=== {name}\n{files[name].read_text(errors='replace')}", flush=True)
                results[name] = done.result()
        finally:
            side.shutdown(cancel_futures=True)
    width = max(map(len, results))
    print("\n" + "check".ljust(width) + "  seconds  outcome")
    for check in checks:
        seconds, outcome = results[check.name]
        print(f"{check.name.ljust(width)}  {seconds:7.1f}  {outcome}", flush=True)
    if any(outcome == "FAILED" for _, outcome in results.values()):
        session.error("not all is well")


def run_aside(check: Check, path: Path) -> tuple[float, str]:
    """Run a check that says what it says into a file; only that it failed is said at once."""
    with path.open("wb") as file:
        seconds, outcome = run_check(check, file)
    if outcome == "FAILED":
        print(f"\n=== {check.name}: FAILED, as is shown below", flush=True)
    return seconds, outcome


def run_check(check: Check, out: IO[bytes] | None = None) -> tuple[float, str]:
    """Run a check; give how many seconds it took, and how it went."""
    if check.skipped:
        return 0.0, f"skipped, {check.skipped}"
    began = time.time()
    surroundings = {**os.environ, "PLEDGELINE_TEST_DATABASE": check.database}
    code = subprocess.run(check.command, env=surroundings, stdout=out, stderr=out, check=False).returncode
    is_fine = code == 0 or (code == 5 and check.empty_is_fine)  # 5: no test was selected
    return time.time() - began, "ok" if is_fine else "FAILED"
