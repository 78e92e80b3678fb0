"""The environment in `.venv`: made, filled with the locked packages against their hashes, and kept as long as it fits.

This file uses the standard library only, and no syntax newer than Python 3.6, as do.py does.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

CHECKOUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(CHECKOUT, ".venv")
STAMP = os.path.join(VENV, "do.json")
LOCK = os.path.join(VENV, "do.lock")
LOG = os.path.join(VENV, "do.log")
WINDOWS = os.name == "nt"

# What is installed for whom, and which sets are in which: `dev.txt` holds all of the others.
SETS = {"run": ["build.txt", "run.txt"], "pdf": ["build.txt", "run.txt", "pdf.txt"], "dev": ["dev.txt"]}

HOLDS = {"run": ["run"], "pdf": ["run", "pdf"], "dev": ["run", "pdf", "dev"]}

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


def say(line: str) -> None:
    print("do.py: " + line, flush=True)
