"""The launcher: what it says when something is missing, and that it gets out of the way.

Each story runs `do.py` in a copy of its own, as a person would, with the mishap arranged around it.
"""

import ast
import contextlib
import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import nox.registry
import pytest

import noxfile

CHECKOUT = Path(__file__).parents[2]
LOCKS = ["run", "pdf", "dev", "build", "uv"]
VERBS = ["up", "test", "lint", "e2e", "bench", "torture", "docs", "lock", "release"]
NOBODY_LISTENS = "http://127.0.0.1:9/simple"

on_posix = pytest.mark.skipif(os.name == "nt", reason="the program that stands in for the site is a script")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout with what the launcher reads, and no environment yet."""
    for folder in ("requirements", "tools"):
        (tmp_path / folder).mkdir()
    for name in [
        "do.py",
        "noxfile.py",
        "pyproject.toml",
        "tools/__init__.py",
        "tools/environment.py",
        *(f"requirements/{lock}.txt" for lock in LOCKS),
    ]:
        (tmp_path / name).write_bytes((CHECKOUT / name).read_bytes())
    return tmp_path


def do(copy: Path, *arguments: str, mishap: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """Run the launcher of `copy`; `mishap` is Python that runs before it in the same process."""
    process = start(copy, *arguments, mishap=mishap, **env)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def start(copy: Path, *arguments: str, mishap: str = "", **env: str) -> subprocess.Popen[str]:
    aside = copy / "aside"
    aside.mkdir(exist_ok=True)
    (aside / "sitecustomize.py").write_text(mishap)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "UV_", "PLEDGELINE_", "PYTEST_", "PYTHONPATH"))
    }
    return subprocess.Popen(
        [sys.executable, str(copy / "do.py"), *arguments],
        cwd=copy.parent,
        env={**kept, **({"PYTHONPATH": str(aside)} if mishap else {}), **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def environment(copy: Path) -> ModuleType:
    """Give what makes the environment of `copy`."""
    spec = importlib.util.spec_from_file_location("environment", copy / "tools" / "environment.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def installed(copy: Path, *sets: str, site: str = "") -> ModuleType:
    """Make `copy` look as if `sets` were installed in it, with `site` as the program that is started."""
    launch = environment(copy)
    programs = Path(launch.program("python")).parent
    programs.mkdir(parents=True)
    Path(launch.program("python")).symlink_to(sys.executable)
    version = ".".join(map(str, sys.version_info[:3]))
    (copy / ".venv" / "pyvenv.cfg").write_text(f"home = nowhere\nversion = {version}\n")
    launch.write_stamp(complete=True, sets={name: launch.fingerprint(name) for name in sets})
    stand_in = Path(launch.program("pledgeline"))
    stand_in.write_text(f"#!{sys.executable}\n{site}\n")
    stand_in.chmod(0o755)
    return launch


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What the launcher said when it stopped: one line, no traceback, exit code 2."""
    assert "Traceback" not in done.stderr
    assert 2 == done.returncode, done.stderr
    assert 1 == len(done.stderr.strip().splitlines()), done.stderr
    return done.stderr.strip()


@contextlib.contextmanager
def somebody_listens():
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door.getsockname()[1]


# What there is


def test_alone_it_lists_its_verbs_with_a_line_each(copy: Path):
    done = do(copy)

    assert 0 == done.returncode
    assert VERBS == re.findall(r"^  (\w+) +\w.*\.$", done.stdout, re.MULTILINE)
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(copy: Path, verb: str):
    done = do(copy, verb, "--help")

    assert 0 == done.returncode
    assert f"usage: python3 do.py {verb}" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["fly"], ["up", "--prot", "8001"], ["up", "--port", "many"], ["up", "--port", "0"]]
)
def test_a_slip_of_the_keyboard_is_named_and_does_nothing(copy: Path, arguments: list[str]):
    done = do(copy, *arguments)

    assert 2 == done.returncode
    assert arguments[-1] in done.stderr.splitlines()[-1]
    assert not (copy / ".venv").exists()


@on_posix
def test_what_the_launcher_does_not_know_goes_on_in_the_order_given(copy: Path):
    launch = installed(copy, "dev")
    Path(launch.program("python")).unlink()
    Path(launch.program("python")).write_text(f"#!{sys.executable}\nimport sys; print(sys.argv[1:])\n")
    Path(launch.program("python")).chmod(0o755)

    given = do(copy, "test", "tests/money", "-k", "split", "-x").stdout
    assert str(["-m", "nox", "--session", "test", "--", "tests/money", "-k", "split", "-x"]) in given
    assert str(["-m", "nox", "--session", "lint", "--", "--fix"]) in do(copy, "lint", "--fix").stdout


# What stands in the way


def test_an_old_python_is_told_so_in_one_line(copy: Path):
    done = do(copy, "up", mishap="import sys; sys.version_info = (3, 8, 18, 'final', 0)")

    assert "Python 3.11 or newer is needed and this is 3.8: " in said(done)


def test_an_old_python_can_read_the_launcher():
    """Python 3.6 has to get as far as the line that says that it is too old."""
    for name in ("do.py", "tools/environment.py"):
        ast.parse((CHECKOUT / name).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_taken_port_is_noticed_first_and_a_free_one_is_named(copy: Path):
    with somebody_listens() as port:
        line = said(do(copy, "up", "--port", str(port)))

    assert re.search(rf"port {port} is taken: python3 do.py up --port \d+$", line)
    assert not (copy / ".venv").exists()


def test_an_address_of_another_machine_is_noticed_first(copy: Path):
    """192.0.2.1 is kept for examples: no machine has it."""
    assert "leave out --host" in said(do(copy, "up", "--host", "192.0.2.1", "--port", "18273"))


def test_a_python_without_venv_names_the_package_to_install(copy: Path):
    done = do(copy, "lint", mishap="import sys; sys.modules['ensurepip'] = None")

    assert "apt-get install python3-venv" in said(done)


@pytest.mark.parametrize(
    ("number", "way_out"),
    [
        ("EROFS", "copy the checkout to a folder of your own"),
        ("EACCES", "copy the checkout to a folder of your own"),
        ("ENOSPC", "the disk is full: free about 1 GB"),
    ],
)
def test_a_folder_that_cannot_be_written_says_what_to_do(copy: Path, number: str, way_out: str):
    """Arranged inside the process, because root may write anywhere."""
    mishap = f"""if True:
        import errno, os
        def refuse(path, *_, **__):
            raise OSError(errno.{number}, "refused", path)
        os.makedirs = refuse
    """
    line = said(do(copy, "lint", mishap=mishap))

    assert way_out in line
    assert not (copy / ".venv").exists()


def test_no_package_index_is_one_line_that_names_no_host(copy: Path):
    done = do(
        copy, "lint", PIP_INDEX_URL=NOBODY_LISTENS, PIP_RETRIES="0", PIP_CONFIG_FILE=os.devnull, PIP_NO_CACHE_DIR="1",
        UV_NO_CACHE="1", UV_HTTP_RETRIES="0", PATH=os.defpath,
    )  # fmt: skip

    assert "could not reach the package index: check the network, or set PIP_INDEX_URL" in said(done)
    assert "127.0.0.1" not in done.stderr


@pytest.mark.parametrize(
    ("complaint", "way_out"),
    [
        ("Retrying (Retry(total=0)) after NewConnectionError", "could not reach the package index"),
        (
            "error: Failed to fetch\n  Caused by: error sending request for url",
            "could not reach the package index",
        ),
        ("socket.gaierror: Temporary failure in name resolution", "could not reach the package index"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
            "not the one that was locked",
        ),
        ("error: something never seen before", "error: something never seen before"),
    ],
)
def test_what_an_installer_complains_about_is_put_in_plain_words(copy: Path, complaint: str, way_out: str):
    explained = environment(copy).InstallerFailed(complaint).explained()

    assert way_out in explained
    assert "do.log" in explained


@on_posix
def test_two_at_the_same_time_wait_for_one_another(copy: Path):
    import fcntl

    (copy / ".venv").mkdir()
    with open(copy / ".venv" / "do.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = start(copy, "lint", mishap="import sys; sys.modules['ensurepip'] = None")
        assert second.stdout
        assert "another do.py is installing here" in second.stdout.readline()
        assert second.poll() is None
    _, err = second.communicate(timeout=30)

    assert 2 == second.returncode
    assert "python3-venv" in err, "it went on once the first had ended"


# When .venv is made anew


def test_an_environment_is_used_again_as_long_as_it_fits(copy: Path):
    launch = installed(copy, "run")

    assert "" == launch.why_rebuild()
    assert launch.is_installed("run")
    assert not launch.is_installed("dev")


def test_other_locked_packages_are_installed_into_the_same_environment(copy: Path):
    launch = installed(copy, "run")
    with open(copy / "requirements" / "run.txt", "a") as lock:
        lock.write("# another version\n")

    assert "" == launch.why_rebuild()
    assert not launch.is_installed("run")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"checkout": "/somewhere/else"}, "the checkout was moved"),
        ({"complete": False}, "the last installation was interrupted"),
        ({"without_pip": False}, "the old one holds pip, which the site does not need"),
    ],
)
def test_an_environment_that_cannot_work_is_made_anew(copy: Path, change: dict[str, object], reason: str):
    launch = installed(copy, "run")
    stamp = copy / ".venv" / "do.json"
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), **change}))

    assert reason == launch.why_rebuild()
    assert not launch.is_installed("run")


def test_an_environment_whose_python_is_gone_is_made_anew(copy: Path):
    launch = installed(copy, "run")
    Path(launch.program("python")).unlink()

    assert "its Python is gone" == launch.why_rebuild()


def test_an_environment_of_another_python_is_made_anew(copy: Path):
    launch = installed(copy, "run")
    (copy / ".venv" / "pyvenv.cfg").write_text("version = 3.9.1\n")

    assert "it was made for another Python" == launch.why_rebuild()


def test_an_interrupted_installation_is_quiet_and_known_the_next_time(copy: Path):
    mishap = """if True:
        import pathlib, subprocess
        def interrupted(command, **_):
            pathlib.Path(command[-1], "pyvenv.cfg").touch()
            raise KeyboardInterrupt
        subprocess.call = interrupted
    """
    done = do(copy, "lint", mishap=mishap)

    assert (130, "") == (done.returncode, done.stderr)
    assert "the last installation was interrupted" == environment(copy).why_rebuild()


# What is in .venv, and what is not


@on_posix
def test_the_environment_is_made_without_an_installer(copy: Path):
    """pip and setuptools of Python's own bundle had known advisories, and nothing that runs needs them."""
    launch = environment(copy)
    (copy / ".venv").mkdir()
    launch.make_venv("there is none yet")

    packages = [
        path.name
        for path in (copy / ".venv").rglob("*")
        if path.match("site-packages/*") or path.match("bin/*")
    ]
    assert "python" in packages
    assert [] == [name for name in packages if name.startswith(("pip", "setuptools", "wheel"))]


@pytest.mark.parametrize(("has_uv", "with_pip"), [(True, False), (False, True)])
def test_what_installs_lives_outside_and_leaves(
    copy: Path, monkeypatch: pytest.MonkeyPatch, has_uv: bool, with_pip: bool
):
    """Every installer is called from a folder that is gone afterwards, and told to install into `.venv`."""
    launch = environment(copy)
    commands: list[list[str]] = []

    def note(command: list[str], folder: str = "") -> None:
        if command[-1] == "--version" and not has_uv:
            raise launch.InstallerFailed("this machine cannot run it")
        commands.append(command)

    monkeypatch.setattr(launch, "run_installer", note)
    monkeypatch.setattr(launch.shutil, "which", lambda _: None)
    launch.install("run")

    into_venv = [command for command in commands if launch.program("python") in command]
    assert 2 == len(into_venv), "the packages, then the checkout"
    assert with_pip == ("pip" == into_venv[0][2])
    assert str(copy) not in into_venv[0][0]
    assert "--require-hashes" in into_venv[0]
    assert not Path(into_venv[0][0]).parents[1].exists()


def test_the_environment_of_these_tests_holds_no_installer():
    """`do.py` made it: what holds here holds for the site."""
    if not (Path(sys.prefix) / "do.json").exists():
        pytest.skip("another environment")

    assert [] == [name for name in ("pip", "setuptools") if importlib.util.find_spec(name)]


def test_a_smaller_set_is_installed_with_the_larger_one(copy: Path, monkeypatch: pytest.MonkeyPatch):
    """Who has what makes PDF files does not install anything to start without asking for it again."""
    launch = installed(copy, "run")
    monkeypatch.setattr(launch, "install", lambda _: None)
    launch.prepare("pdf")

    assert [True, True, False] == [launch.is_installed(name) for name in ("run", "pdf", "dev")]


# Getting out of the way


@on_posix
def test_the_site_gets_its_data_folder_and_keeps_its_bytecode(copy: Path):
    installed(
        copy,
        "run",
        site="import os, sys; print(sys.argv[1:], sorted(os.environ)); print(os.environ['PLEDGELINE_HOME'])",
    )

    done = do(copy, "up", "--port", "18274", PYTHONDONTWRITEBYTECODE="1")

    assert "['up', '--host', '127.0.0.1', '--port', '18274']" in done.stdout
    assert "PYTHONDONTWRITEBYTECODE" not in done.stdout
    assert str(copy / "var") in done.stdout


@on_posix
def test_the_data_folder_that_somebody_chose_stays(copy: Path):
    installed(copy, "run", site="import os; print(os.environ['PLEDGELINE_HOME'])")

    assert (
        "/srv/pledgeline"
        == do(copy, "up", "--port", "18275", PLEDGELINE_HOME="/srv/pledgeline").stdout.strip()
    )


@on_posix
def test_the_exit_code_is_that_of_the_site(copy: Path):
    installed(copy, "run", site="raise SystemExit(7)")

    assert 7 == do(copy, "up", "--port", "18276").returncode


@on_posix
def test_ctrl_c_reaches_the_site_and_nothing_else_is_said(copy: Path):
    site = """
import signal, sys, time
signal.signal(signal.SIGINT, lambda *_: (print("closed"), sys.exit(0)))
print("open", flush=True)
time.sleep(60)
"""
    installed(copy, "run", site=site)
    process = start(copy, "up", "--port", "18277")
    assert process.stdout
    assert "open\n" == process.stdout.readline()

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)

    assert ("closed\n", "", 0) == (out, err, process.returncode)


# The checks


def sessions(copy: Path, noxfile: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the session `checks` of a file that uses the checks of ours."""
    (copy / "some.py").write_text(
        f"import nox\nimport sys\nimport noxfile\nfrom noxfile import Check\n{noxfile}"
    )
    return subprocess.run(
        [sys.executable, "-m", "nox", "--noxfile", "some.py", "--session", "checks"],
        cwd=copy,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


CHECKS = """
def ends(code):
    return [sys.executable, "-c", f"print('looked'); raise SystemExit({code})"]

@nox.session(venv_backend="none")
def checks(session):
    noxfile.run_checks(session, [%s])
"""


def test_every_check_runs_even_if_one_fails(copy: Path):
    four = (
        'Check("first", ends(0)), Check("second", ends(3), beside=True), Check("third", ends(0), beside=True), '
        'Check("fourth", [], skipped="no Chromium")'
    )
    done = sessions(copy, CHECKS % four)

    assert 1 == done.returncode
    assert 3 == done.stdout.splitlines().count("looked")
    table = done.stdout[done.stdout.index("check ") :]
    assert ["ok", "FAILED", "ok", "skipped, no Chromium"] == re.findall(r"\d\.\d  (.+)", table)


def test_checks_that_are_left_out_are_no_failure(copy: Path):
    two = 'Check("first", ends(0)), Check("fourth", [], skipped="no Chromium")'

    assert 0 == sessions(copy, CHECKS % two).returncode


@pytest.mark.parametrize(("of_a_part", "code"), [(False, 1), (True, 0)])
def test_no_tests_at_all_is_a_failure_unless_somebody_chose_some(copy: Path, of_a_part: bool, code: int):
    none_collected = f'Check("tests", ends(5), empty_is_fine={of_a_part})'

    assert code == sessions(copy, CHECKS % none_collected).returncode


def test_browser_tests_are_left_out_without_a_browser_unless_required(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(noxfile, "browser", lambda: "")
    monkeypatch.delenv("PLEDGELINE_REQUIRE_E2E", raising=False)
    left_out = noxfile.tests([])[2:]
    assert ["sqlite", "postgresql"] == [check.database for check in left_out]
    assert all("apt-get install chromium" in check.skipped for check in left_out)

    monkeypatch.setenv("PLEDGELINE_REQUIRE_E2E", "1")
    for required in noxfile.tests([])[2:]:
        assert "" == required.skipped
        assert "apt-get install chromium" in required.command[-1]


def test_every_room_whose_tests_use_a_database_is_read_for_postgresql():
    rooms = {
        f"tests/{path.relative_to(CHECKOUT / 'tests').parts[0]}"
        for path in (CHECKOUT / "tests").rglob("test_*.py")
        if "mark.django_db" in path.read_text(encoding="utf-8") and path != Path(__file__)
    }

    assert rooms == set(noxfile.STORED)


def test_every_verb_but_up_is_a_session():
    assert set(VERBS) - {"up"} == set(nox.registry.get())


# The locked packages


def test_what_is_locked_is_what_the_package_asks_for():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = (CHECKOUT / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()

    assert project["dependencies"] == [line for line in asked if not line.startswith("#")]
    extra = (CHECKOUT / "requirements" / "pdf.in").read_text(encoding="utf-8").splitlines()
    assert project["optional-dependencies"]["pdf"] == [line for line in extra if not line.startswith("#")]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_a_hash_for_every_package_and_no_address(name: str):
    lock = (CHECKOUT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^\S+==", lock, re.MULTILINE)

    assert packages
    assert len(packages) == len(re.findall(r"==[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", lock))
    assert "://" not in lock
    assert "--index" not in lock


def test_people_and_developers_have_the_same_versions():
    def versions(name: str) -> set[str]:
        lock = (CHECKOUT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        return set(re.findall(r"^\S+==\S+", lock, re.MULTILINE))

    assert versions("run") | versions("pdf") | versions("build") <= versions("dev")


# Releases


def test_nothing_is_released_before_somebody_takes_reports(copy: Path):
    """The address is written by whoever publishes: a copy that names nobody is not built."""
    (copy / "SECURITY.md").write_bytes((CHECKOUT / "SECURITY.md").read_bytes())

    assert "SECURITY.md names nobody who takes reports of faults" in said(do(copy, "release", "--final"))
    assert not (copy / ".venv").exists()


def test_one_file_holds_the_digests_of_all_that_is_released(copy: Path):
    for name in ("b.whl", "a.json", "SHA256SUMS"):
        (copy / "dist").mkdir(exist_ok=True)
        (copy / "dist" / name).write_text("abc")
    noxfile.write_digests(copy / "dist")

    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, appendix B.1
    assert f"{abc}  a.json\n{abc}  b.whl\n" == (copy / "dist" / "SHA256SUMS").read_text()
