#!/usr/bin/env python3
"""Everything that is done with a checkout of Pledgeline, with nothing but Python.

`python3 do.py` lists its verbs. Each makes what it needs in `.venv` (the locked packages, checked
against their hashes) and remembers it there, so that only the first call takes time. What a verb
does here, the build does too.

This file uses the standard library only, and no syntax newer than Python 3.6, so that an old
Python gets as far as the line that says that it is too old.

Exit codes: what the command that was run gives; 1 when a check has failed; 2 when something is
missing, with one line that says the way out.
"""

import argparse
import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

OLDEST_PYTHON = (3, 11)
CHECKOUT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(CHECKOUT, ".venv")
STAMP = os.path.join(VENV, "do.json")
LOCK = os.path.join(VENV, "do.lock")
LOG = os.path.join(VENV, "do.log")
WINDOWS = os.name == "nt"

# What is installed for whom, and which sets are in which: `dev.txt` holds all of the others.
SETS = {"run": ["build.txt", "run.txt"], "pdf": ["build.txt", "run.txt", "pdf.txt"], "dev": ["dev.txt"]}
LOCKS = ["dev", "run", "pdf", "build", "uv"]  # dev first: the others follow it
HOLDS = {"run": ["run"], "pdf": ["run", "pdf"], "dev": ["run", "pdf", "dev"]}

# The names a Chromium goes by; the browser tests look for the same ones.
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
BROWSER_WAY_OUT = "install it, on Debian by: apt-get install chromium"

# What an installer says when something outside of the checkout is amiss, and what to do about it.
TROUBLES = [
    (
        "No space left on device|Disk quota exceeded|not enough space",
        "the disk is full: free about 1 GB and run this again",
    ),
    (
        "DO NOT MATCH THE HASHES|Hash mismatch",
        "a package that was downloaded is not the one that was locked: run this again; if it stays so, "
        "do not trust the source of your packages",
    ),
    (
        "NewConnectionError|ConnectTimeout|ReadTimeout|Read timed out|Connection (refused|reset|timed out)"
        "|Name or service not known|Temporary failure in name resolution|getaddrinfo failed"
        "|Network is unreachable|No route to host|ProxyError|Cannot connect to proxy|SSLError"
        "|CERTIFICATE_VERIFY_FAILED|from versions: none|error sending request"
        "|dns error|client error \\(Connect\\)|tcp connect error",
        "could not reach the package index: check the network, or set PIP_INDEX_URL to an index that you can reach",
    ),
]


class Stop(Exception):
    """Something is missing that a person has to see to. The message says what, and the way out."""


# Before anything is done


def check_python(version: tuple) -> None:
    """Stop when this Python is too old, naming a newer one if there is one."""
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return
    newer = ["python3.%d" % minor for minor in range(20, OLDEST_PYTHON[1] - 1, -1)]  # noqa: UP031
    found = next((name for name in newer if runs(name)), "")
    way_out = f"run {found} do.py" if found else "install a newer one and run do.py with it"
    raise Stop(
        f"Python 3.{OLDEST_PYTHON[1]} or newer is needed and this is {version[0]}.{version[1]}: {way_out}"
    )


def runs(python: str) -> bool:
    if not shutil.which(python):
        return False
    return not subprocess.call([python, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def check_port(host: str, port: int) -> None:
    """Stop when the site could not listen there, before anything long is done."""
    try:
        try_port(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Stop(f"port {port} is taken: python3 do.py up --port {free_port(host, port)}") from None
        if error.errno in (errno.EACCES, errno.EPERM):
            raise Stop(
                f"port {port} is not for everybody: python3 do.py up --port {free_port(host, 8000)}"
            ) from None
        raise Stop(f"this machine does not answer to the address {host}: leave out --host") from None


def try_port(host: str, port: int) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with contextlib.closing(socket.socket(family, kind, protocol)) as door:
        if not WINDOWS:  # where it would let two programs share a port; elsewhere it forgives one just left
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)


def free_port(host: str, taken: int) -> int:
    for port in range(taken + 1, min(taken + 100, 65536)):
        with contextlib.suppress(OSError):
            try_port(host, port)
            return port
    return 8001


# The environment in .venv


def prepare(wanted: str) -> None:
    """See to it that `.venv` holds the set `wanted` ("run", "pdf" or "dev") and this checkout.

    Nothing is written when it does. Two calls at the same time wait for one another.
    """
    if is_installed(wanted):
        return
    os.makedirs(VENV, exist_ok=True)
    with locked():
        if is_installed(wanted):
            return
        began = time.time()
        reason = why_rebuild()
        already = {} if reason else read_stamp().get("sets", {})
        write_stamp(complete=False, sets={})  # until all is done, whatever ends this
        if reason:
            make_venv(reason)
        install(wanted)
        sets = {name: print_ for name, print_ in already.items() if print_ == fingerprint(name)}
        sets.update({name: fingerprint(name) for name in HOLDS[wanted]})
        write_stamp(complete=True, sets=sets)
        say(f"installed in {time.time() - began:.0f} s")


def is_installed(wanted: str) -> bool:
    return why_rebuild() == "" and read_stamp().get("sets", {}).get(wanted) == fingerprint(wanted)


def why_rebuild() -> str:
    """Say why `.venv` has to be made anew, or nothing if it can be used as it is."""
    if not os.path.exists(os.path.join(VENV, "pyvenv.cfg")):
        return "there is none yet"
    stamp = read_stamp()
    if stamp.get("checkout", CHECKOUT) != CHECKOUT:
        return "the checkout was moved"
    if not stamp.get("complete", True):
        return "the last installation was interrupted"
    if not stamp.get("without_pip"):
        return "the old one holds pip, which the site does not need"
    if not os.path.exists(program("python")):
        return "its Python is gone"
    if made_for() != tuple(sys.version_info[:2]):
        return "it was made for another Python"
    return ""


def made_for() -> tuple:
    """Which version of Python `.venv` was made for, from the note that every venv has."""
    with open(os.path.join(VENV, "pyvenv.cfg"), encoding="utf-8") as notes:
        found = re.search(r"^version(?:_info)?\s*=\s*(\d+)\.(\d+)", notes.read(), re.MULTILINE)
    return (int(found.group(1)), int(found.group(2))) if found else ()


def make_venv(reason: str) -> None:
    try:
        import ensurepip  # noqa: F401  what Debian leaves out
        import venv  # noqa: F401
    except ImportError:
        raise Stop("this Python cannot make environments: on Debian, apt-get install python3-venv") from None
    say(f"making .venv ({reason})")
    for name in os.listdir(VENV):
        if name not in (os.path.basename(LOCK), os.path.basename(STAMP)):
            remove(os.path.join(VENV, name))
    run_installer([base_python(), "-m", "venv", "--without-pip", VENV])


def base_python() -> str:
    """This Python, or the one behind it if it lives in the .venv that is made anew."""
    return getattr(sys, "_base_executable", None) or sys.executable


def remove(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        os.remove(path)


def install(wanted: str) -> None:
    """Install the set `wanted` and this checkout. What installs stays outside, and goes when it is done."""
    files = []
    for name in SETS[wanted]:
        files += ["-r", os.path.join(CHECKOUT, "requirements", name)]
    checkout = ["--no-deps", "--no-build-isolation", "-e", CHECKOUT]
    with tempfile.TemporaryDirectory() as toolbox:
        uv = find_uv(toolbox)
        say(f"installing the locked packages ({wanted})")
        if uv:
            try:
                into = [uv, "pip", "install", "--python", program("python")]
                run_installer([*into, "--require-hashes", *files])
                run_installer([*into, *checkout])
                return
            except InstallerFailed:
                say("uv could not do it: trying again with pip, which is slower")
        into = [*pip(toolbox), "--python", program("python"), "install", "--progress-bar", "off"]
        run_installer([*into, "--require-hashes", *files])
        run_installer([*into, *checkout])


def find_uv(toolbox: str) -> str:
    """Where uv is, fetching it into `toolbox` if need be; nothing if that fails, as pip will do."""
    uv = shutil.which("uv")
    if uv:
        return uv
    say("fetching uv")
    locked = ["--only-binary", ":all:", "--require-hashes", "-r"]
    try:
        run_installer([*pip(toolbox), "install", *locked, os.path.join(CHECKOUT, "requirements", "uv.txt")])
        run_installer([program("uv", toolbox), "--version"])
        return program("uv", toolbox)
    except InstallerFailed:
        say("uv cannot be had here: using pip, which is slower")
        return ""


def pip(toolbox: str) -> list:
    """The pip that this Python brings along, in an environment of its own that is made if need be."""
    if not os.path.exists(program("python", toolbox)):
        run_installer([base_python(), "-m", "venv", toolbox])
    return [program("python", toolbox), "-m", "pip"]


class InstallerFailed(Exception):
    """An installer gave up. Holds what it said."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said

    def trouble(self) -> str:
        for signs, way_out in TROUBLES:
            if re.search(signs, self.said):
                return way_out
        return ""

    def explained(self) -> str:
        where = f"(all of what was said: {os.path.relpath(LOG, CHECKOUT)})"
        if self.trouble():
            return f"{self.trouble()} {where}"
        tail = "\n".join(self.said.strip().splitlines()[-15:])
        return f"{tail}\ndo.py: the packages could not be installed {where}: see above, and run this again"


def run_installer(command: list, folder: str = CHECKOUT) -> None:
    """Run `command` quietly; what it says goes to a log."""
    with open(LOG, "w+", encoding="utf-8", errors="replace") as log:
        code = subprocess.call(
            command, cwd=folder, env=surroundings(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        log.seek(0)
        if code:
            raise InstallerFailed(log.read())


def surroundings() -> dict:
    """The environment variables of everything that is started from here."""
    env = dict(os.environ)
    env.setdefault("PLEDGELINE_HOME", os.path.join(CHECKOUT, "var"))
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # every start would compile everything again
    env["UV_PYTHON_DOWNLOADS"] = "never"
    env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    env["PIP_NO_INPUT"] = "1"
    env.setdefault("PIP_RETRIES", "2")
    if "PIP_INDEX_URL" in env and "UV_INDEX_URL" not in env:  # uv does not know pip's variables
        env.setdefault("UV_DEFAULT_INDEX", env["PIP_INDEX_URL"])
    return env


def program(name: str, venv: str = VENV) -> str:
    """Where the program `name` of the environment is, there or not."""
    return os.path.join(venv, "Scripts", name + ".exe") if WINDOWS else os.path.join(venv, "bin", name)


def fingerprint(wanted: str) -> str:
    """What the set `wanted` is made from, in a few letters: other files, another fingerprint."""
    digest = hashlib.sha256()
    for path in ["pyproject.toml"] + [os.path.join("requirements", name) for name in SETS[wanted]]:
        with open(os.path.join(CHECKOUT, path), "rb") as source:
            digest.update(source.read())
    return digest.hexdigest()[:16]


def read_stamp() -> dict:
    try:
        with open(STAMP, encoding="utf-8") as stamp:
            return json.load(stamp)
    except (OSError, ValueError):
        return {}


def write_stamp(complete: bool, sets: dict) -> None:
    with open(STAMP, "w", encoding="utf-8") as stamp:
        json.dump({"checkout": CHECKOUT, "complete": complete, "without_pip": True, "sets": sets}, stamp)


@contextlib.contextmanager
def locked():
    """Let only one do.py at a time install. The lock goes when its holder does, however it ends."""
    with open(LOCK, "a") as lock:
        told = False
        while not try_lock(lock):
            if not told:
                say("another do.py is installing here: waiting for it")
                told = True
            time.sleep(0.2)
        yield


def try_lock(lock) -> bool:
    try:
        if WINDOWS:
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)  # a file system without locks
    return True


# Verbs


def up(options: argparse.Namespace, _: list) -> int:
    """Install what is missing and start the site; its data is in var/."""
    check_port(options.host, options.port)
    prepare("pdf" if options.pdf else "run")
    return hand_over([program("pledgeline"), "up", "--host", options.host, "--port", str(options.port)])


def test(options: argparse.Namespace, arguments: list) -> int:
    """Run all checks; with pytest's arguments, only the tests chosen."""
    prepare("dev")
    return run_checks(tests(arguments) if arguments else [*lints(), *tests([]), docs_check()])


def lint(options: argparse.Namespace, _: list) -> int:
    """Check format, style, types, arrows between the rooms, and licences."""
    prepare("dev")
    if options.fix:
        for command in ([program("ruff"), "check", "--fix", "--quiet"], [program("ruff"), "format"]):
            subprocess.call(command, cwd=CHECKOUT, env=surroundings())
    return run_checks(lints())


def e2e(options: argparse.Namespace, arguments: list) -> int:
    """Run the browser tests only."""
    if not browser():
        raise Stop(f"the browser tests need Chromium: {BROWSER_WAY_OUT}")
    prepare("dev")
    return hand_over(pytest("-m", "e2e", *(arguments or ["tests/e2e"])))


def bench(options: argparse.Namespace, arguments: list) -> int:
    """Measure how long pages take; with "plan", "ledger" or "site", those."""
    prepare("dev")
    return hand_over([program("python"), "-m", "tests.bench", *arguments])


def torture(options: argparse.Namespace, arguments: list) -> int:
    """Look for faults for long: plan, ledger, core, restore, jobs or site."""
    prepare("dev")
    return hand_over([program("python"), "-m", "tests.torture", *arguments])


def docs(options: argparse.Namespace, _: list) -> int:
    """Write the pages of docs/ that are made from the code."""
    prepare("dev")
    return hand_over([program("python"), "-m", "tools.docs", *(["--check"] if options.check else [])])


def lock(options: argparse.Namespace, _: list) -> int:
    """Choose the versions of all packages: requirements/*.txt.

    Works on a copy: all files are replaced, or none. No address of a package index may get in, so
    that everybody can use their own.
    """
    ours = os.path.join(CHECKOUT, "requirements")
    os.makedirs(VENV, exist_ok=True)  # for the log
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as toolbox:
        uv = find_uv(toolbox)
        if not uv:
            raise Stop(
                "locking needs uv, which cannot be had here: check the network, or lock on another machine"
            )
        copy = os.path.join(folder, "requirements")
        shutil.copytree(ours, copy)
        for name in LOCKS:
            say(f"locking {name}.txt")
            choose_versions(uv, name, copy, upgrade=options.upgrade)
        for name in LOCKS:
            shutil.copyfile(os.path.join(copy, name + ".txt"), os.path.join(ours, name + ".txt"))
    say("done: git diff requirements")
    return 0


def choose_versions(uv: str, name: str, folder: str, upgrade: bool) -> None:
    command = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
    command += ["--upgrade"] if upgrade else []
    command += ["--constraint", "dev.txt"] if name != "dev" else []
    command += ["--output-file", name + ".txt", name + ".in"]
    run_installer(command, folder)
    with open(os.path.join(folder, name + ".txt"), encoding="utf-8") as outcome:
        address = re.search(r".*(://|--index|--extra-index|--find-links).*", outcome.read())
    if address:
        raise Stop(
            f"{name}.txt would hold an address, nothing was changed: take it out of {name}.in: {address.group()}"
        )


def release(options: argparse.Namespace, _: list) -> int:
    """Show the notes of the next release, and build it into dist/.

    Beside the packages lie the bill of materials (CycloneDX) and the digests of all that is there.
    """
    if options.final and "not set in this copy" in read_text("SECURITY.md"):
        raise Stop(
            "SECURITY.md names nobody who takes reports of faults: write the address into its first section"
        )
    prepare("dev")
    notes = ["--yes"] if options.final else ["--draft"]
    for command in (
        [program("towncrier"), "build", *notes],
        [program("python"), "-m", "hatchling", "build", "--clean"],
        [program("python"), "-m", "tools.sbom", os.path.join("dist", "pledgeline.cdx.json")],
    ):
        code = subprocess.call(command, cwd=CHECKOUT, env=surroundings())
        if code:
            return code
    write_digests(os.path.join(CHECKOUT, "dist"))
    if options.final:
        say('next: what SECURITY.md says under "Releases": read CHANGELOG.md, commit, sign, publish dist/')
    else:
        say("a draft. Next: set the version in pyproject.toml, then python3 do.py release --final")
    return 0


def write_digests(folder: str) -> None:
    """Write SHA256SUMS, which `sha256sum --check` reads: one signature over it is one over every file."""
    lines = []
    for name in sorted(set(os.listdir(folder)) - {"SHA256SUMS"}):
        with open(os.path.join(folder, name), "rb") as file:
            lines.append(f"{hashlib.sha256(file.read()).hexdigest()}  {name}\n")
    with open(os.path.join(folder, "SHA256SUMS"), "w", encoding="utf-8", newline="\n") as sums:
        sums.writelines(lines)


def read_text(name: str) -> str:
    with open(os.path.join(CHECKOUT, name), encoding="utf-8") as file:
        return file.read()


# Checks


class Check(NamedTuple):
    """Something that `test` does: a name for the table, and a command, or why it is left out."""

    name: str
    command: list
    database: str = "sqlite"
    empty_is_fine: bool = False
    skipped: str = ""


def lints() -> list:
    return [
        Check("format", [program("ruff"), "format", "--check"]),
        Check("style", [program("ruff"), "check"]),
        Check("types", [program("python"), "-m", "mypy"]),
        Check("arrows", [program("lint-imports"), "--no-logo"]),
        Check("licences", [program("python"), "-m", "tools.packages"]),
    ]


def tests(arguments: list) -> list:
    """The tests on SQLite, on PostgreSQL if they use a database, and in a browser on both.

    Three at once on two cores: many of them wait for a process of their own.
    """
    return [
        Check(
            "tests, SQLite",
            pytest("-n", "3", "--dist", "worksteal", "-m", "not e2e", "--doctest-modules", *arguments),
            empty_is_fine=bool(arguments),  # a selection may leave nothing for one of them
        ),
        Check(
            "tests, PostgreSQL",
            pytest(
                "-n",
                "3",
                "--dist",
                "worksteal",
                "-m",
                "django_db and not e2e and not any_database",
                *(arguments or ["tests"]),
            ),
            database="postgresql",
            empty_is_fine=bool(arguments),
        ),
        browser_check(
            "tests, browser",
            ["-n", "2", "--dist", "loadgroup"],
            arguments or ["tests/e2e"],
            "sqlite",
            bool(arguments),
        ),
        # One site on the one server, and the way through it: how pages look does not depend on the database.
        browser_check(
            "browser, PostgreSQL", ["-k", "tour"], arguments or ["tests/e2e"], "postgresql", bool(arguments)
        ),
    ]


def browser_check(name: str, how: list, where: list, database: str, empty_is_fine: bool) -> Check:
    command = pytest(*how, "-m", "e2e", *where)
    skipped = ""
    if not browser():
        missing = f"no Chromium: {BROWSER_WAY_OUT}"
        command = [program("python"), "-c", f"raise SystemExit({missing!r})"]
        skipped = "" if os.environ.get("PLEDGELINE_REQUIRE_E2E") == "1" else missing
    return Check(name, command, database, empty_is_fine, skipped)


def docs_check() -> Check:
    return Check("docs", [program("python"), "-m", "tools.docs", "--check"])


def pytest(*arguments: str) -> list:
    return [program("python"), "-m", "pytest", "-q", *arguments]


def browser() -> str:
    return next((path for path in map(shutil.which, BROWSERS) if path), "")


def run_checks(checks: list) -> int:
    """Run each check, whatever became of the one before, and close with a table."""
    rows = []
    for check in checks:
        say(f"\n=== {check.name}", mark="")
        began = time.time()
        if check.skipped:
            outcome = f"skipped, {check.skipped}"
        else:
            code = subprocess.call(
                check.command,
                cwd=CHECKOUT,
                env={**surroundings(), "PLEDGELINE_TEST_DATABASE": check.database},
            )
            nothing_selected = code == 5 and check.empty_is_fine
            outcome = "nothing selected" if nothing_selected else "FAILED" if code else "ok"
        rows.append((check.name, time.time() - began, outcome))
    width = max(len(name) for name, _, _ in rows)
    print("\n" + "check".ljust(width) + "  seconds  outcome")
    for name, seconds, outcome in rows:
        print(f"{name.ljust(width)}  {seconds:7.1f}  {outcome}")
    return 1 if any(outcome == "FAILED" for _, _, outcome in rows) else 0


# Starting and ending


def hand_over(command: list) -> int:
    """Become `command`, so that Ctrl-C and the exit code are its own."""
    sys.stdout.flush()
    if WINDOWS:  # where a program cannot become another: wait, and leave Ctrl-C to the child
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return subprocess.call(command, cwd=CHECKOUT, env=surroundings())
    os.chdir(CHECKOUT)
    os.execve(command[0], command, surroundings())


def say(line: str, mark: str = "do.py: ") -> None:
    print(mark + line, flush=True)


VERBS = [up, test, lint, e2e, bench, torture, docs, lock, release]
PASS_THROUGH = {test: "pytest", e2e: "pytest", bench: "tests.bench", torture: "tests.torture"}


def read_arguments(given: list) -> tuple:
    parser = argparse.ArgumentParser(
        prog="python3 do.py", description="Pledgeline, from a checkout.", usage="python3 do.py VERB [--help]"
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs", prog=parser.prog)
    by_name = {}
    for verb in VERBS:
        summary = verb.__doc__.splitlines()[0]
        more = f" Other arguments go to {PASS_THROUGH[verb]}." if verb in PASS_THROUGH else ""
        by_name[verb.__name__] = verbs.add_parser(
            verb.__name__, help=summary, description=summary + more, allow_abbrev=False
        )
    by_name["up"].add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: %(default)s)"
    )
    by_name["up"].add_argument("--port", type=port_number, default=8000, help="(default: %(default)s)")
    by_name["up"].add_argument("--pdf", action="store_true", help="also install what makes PDF files (81 MB)")
    by_name["lint"].add_argument("--fix", action="store_true", help="correct format and style first")
    by_name["docs"].add_argument("--check", action="store_true", help="only say whether they are up to date")
    by_name["lock"].add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    by_name["release"].add_argument(
        "--draft", action="store_true", help="change no file (this is the default)"
    )
    by_name["release"].add_argument(
        "--final", action="store_true", help="write CHANGELOG.md, remove the fragments"
    )
    options, rest = parser.parse_known_args(given)
    verb = next((verb for verb in VERBS if verb.__name__ == options.verb), None)
    if verb is None:
        print("python3 do.py VERB; python3 do.py VERB --help says more about one\n")
        for each in VERBS:
            print(f"  {each.__name__:8} {each.__doc__.splitlines()[0]}")
    elif rest and verb not in PASS_THROUGH:
        by_name[options.verb].error(f"unknown: {' '.join(rest)}")
    return verb, options, rest[1:] if rest[:1] == ["--"] else rest


def port_number(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text}")
    return int(text)


def what_stands_in_the_way(error: OSError) -> str:
    where = error.filename or CHECKOUT
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"cannot write {where}: copy the checkout to a folder of your own and run do.py there"
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return "the disk is full: free about 1 GB and run this again"
    return f"{where}: {error.strerror}: see to it and run this again"


def main(given: list) -> int:
    try:
        check_python(sys.version_info)
        verb, options, rest = read_arguments(given)
        return verb(options, rest) if verb else 0
    except Stop as stop:
        message = str(stop)
    except InstallerFailed as failed:
        message = failed.explained()
    except OSError as error:
        message = what_stands_in_the_way(error)
    except KeyboardInterrupt:
        print()
        return 130
    sys.stdout.flush()
    print("do.py: " + message, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
