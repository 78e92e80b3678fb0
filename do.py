#!/usr/bin/env python3
"""Everything that is done with a checkout of Pledgeline, with nothing but Python.

`python3 do.py` lists its verbs. Each makes what it needs in `.venv` (the locked packages, checked
against their hashes) and remembers it there, so that only the first call takes time. Then it hands over:
`up` to the site, every other verb to the session of this name in noxfile.py. What a verb does here, the
build does too.

This file uses the standard library only, and no syntax newer than Python 3.6, so that an old
Python gets as far as the line that says that it is too old.

Exit codes: what the site gives; 1 when a check or another session has failed; 2 when something is
missing, with one line that says the way out.
"""

import argparse
import contextlib
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys

from tools.environment import CHECKOUT, WINDOWS, InstallerFailed, Stop, prepare, program, surroundings

OLDEST_PYTHON = (3, 11)

# The names a Chromium goes by; the browser tests look for the same ones.
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
BROWSER_WAY_OUT = "install it, on Debian by: apt-get install chromium"

VERBS = {
    "up": "Install what is missing and start the site; its data is in var/.",
    "test": "Run all checks; with pytest's arguments, only the tests chosen.",
    "lint": "Check format, style, templates, types, arrows and licences.",
    "e2e": "Run the browser tests only.",
    "bench": 'Measure how long pages take; with "plan", "ledger" or "site", those.',
    "torture": "Look for faults for long: plan, ledger, core, site and others.",
    "docs": "Write the pages of docs/ that are made from the code.",
    "lock": "Choose the versions of all packages: requirements/*.txt.",
    "release": "Show the notes of the next release, and build it into dist/.",
}
PASS_THROUGH = {"test": "pytest", "e2e": "pytest", "bench": "tests.bench", "torture": "tests.torture"}


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


# Starting and ending


def start(options: argparse.Namespace, rest: list) -> int:
    """Install what the verb needs and hand over to it."""
    if options.verb == "up":
        check_port(options.host, options.port)
        prepare("pdf" if options.pdf else "run")
        return hand_over([program("pledgeline"), "up", "--host", options.host, "--port", str(options.port)])
    if options.verb == "e2e" and not browser():
        raise Stop(f"the browser tests need Chromium: {BROWSER_WAY_OUT}")
    if options.verb == "release" and options.final and is_without_contact():
        raise Stop(
            "SECURITY.md names nobody who takes reports of faults: write the address into its first section"
        )
    prepare("dev")
    flags = [f"--{name}" for name in ("fix", "check", "upgrade", "final") if getattr(options, name, False)]
    return hand_over([program("python"), "-m", "nox", "--session", options.verb, "--", *flags, *rest])


def browser() -> str:
    return next((path for path in map(shutil.which, BROWSERS) if path), "")


def is_without_contact() -> bool:
    with open(os.path.join(CHECKOUT, "SECURITY.md"), encoding="utf-8") as file:
        return "not set in this copy" in file.read()


def hand_over(command: list) -> int:
    """Become `command`, so that Ctrl-C and the exit code are its own."""
    sys.stdout.flush()
    if WINDOWS:  # where a program cannot become another: wait, and leave Ctrl-C to the child
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return subprocess.call(command, cwd=CHECKOUT, env=surroundings())
    os.chdir(CHECKOUT)
    os.execve(command[0], command, surroundings())


def read_arguments(given: list) -> tuple:
    parser = argparse.ArgumentParser(
        prog="python3 do.py", description="Pledgeline, from a checkout.", usage="python3 do.py VERB [--help]"
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs", prog=parser.prog)
    by_name = {}
    for verb, summary in VERBS.items():
        more = f" Other arguments go to {PASS_THROUGH[verb]}." if verb in PASS_THROUGH else ""
        by_name[verb] = verbs.add_parser(verb, help=summary, description=summary + more, allow_abbrev=False)
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
    if options.verb is None:
        print("python3 do.py VERB; python3 do.py VERB --help says more about one\n")
        for verb, summary in VERBS.items():
            print(f"  {verb:8} {summary}")
    elif rest and options.verb not in PASS_THROUGH:
        by_name[options.verb].error(f"unknown: {' '.join(rest)}")
    return options, rest[1:] if rest[:1] == ["--"] else rest


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
        options, rest = read_arguments(given)
        return start(options, rest) if options.verb else 0
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
