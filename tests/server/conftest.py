"""`pledgeline up` as people use it: installations of their own, and sites that run in processes of their own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

UP = "import typer; from pledgeline.cli.up import up; typer.run(up)"
MAKE_READY = """
import django
from pledgeline.cli.up import _make_ready, _renew_tables

django.setup()
_renew_tables()
_make_ready()
"""
SOURCES = Path(__file__).parents[2] / "src"
PATIENCE_SECONDS = 60


@pytest.fixture
def bare_environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An installation of its own before its first start: a new home, and an empty database on PostgreSQL."""
    with installation(tmp_path, like="") as environment:
        yield environment


@pytest.fixture
def environment(tmp_path: Path, installed: dict[str, str]) -> Iterator[dict[str, str]]:
    """An installation of its own that was started before: it has its tables, its keys and the first record."""
    if (home := Path(installed["PLEDGELINE_HOME"])).exists():
        shutil.copytree(home, tmp_path / "home", copy_function=shutil.copy2)
    with installation(tmp_path, like=database_of(installed)) as environment:
        yield environment


@dataclass(frozen=True)
class RunningSite:
    """A site that is up, for what leaves it as it is."""

    environment: dict[str, str]
    port: int
    process: subprocess.Popen[str]


@pytest.fixture(scope="session")
def running_site(
    tmp_path_factory: pytest.TempPathFactory, installed: dict[str, str]
) -> Iterator[RunningSite]:
    """A site that is started once, whose workers may take 700 MB each."""
    folder, port = tmp_path_factory.mktemp("running"), free_port()
    if (home := Path(installed["PLEDGELINE_HOME"])).exists():
        shutil.copytree(home, folder / "home", copy_function=shutil.copy2)
    with installation(folder, like=database_of(installed)) as environment:
        process = start({**environment, "PLEDGELINE_WORKER_MEMORY_MB": "700"}, "--port", str(port))
        said_until(process, "Pledgeline is at")
        assert process.stdout is not None
        reader = threading.Thread(target=process.stdout.read)  # a pipe that is full would hold the site up
        reader.start()
        yield RunningSite(environment, port, process)
        os.killpg(process.pid, signal.SIGINT)
        reader.join(PATIENCE_SECONDS)
        ended(process)


@contextmanager
def installation(folder: Path, *, like: str) -> Iterator[dict[str, str]]:
    """Give the environment of an installation in a folder; on PostgreSQL its database is a copy of the one named."""
    environment = {**os.environ, "PLEDGELINE_HOME": str(folder / "home"), "PYTHONPATH": str(SOURCES)}
    address = environment.get("PLEDGELINE_DATABASE_URL", "")
    if not address:
        yield environment
        return
    name = f"up_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {like}" if like else ""))
        yield {**environment, "PLEDGELINE_DATABASE_URL": urlsplit(address)._replace(path=f"/{name}").geturl()}
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def database_of(environment: dict[str, str]) -> str:
    return urlsplit(environment.get("PLEDGELINE_DATABASE_URL", "")).path.lstrip("/")


@pytest.fixture
def port() -> int:
    return free_port()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        free: int = trial.getsockname()[1]
        return free


def start(environment: dict[str, str], *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", UP, *options],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def said_until(process: subprocess.Popen[str], words: str) -> str:
    """Give what the process says up to the line with `words`."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(f"it ended without saying “{words}”:\n{said}")


def ended(process: subprocess.Popen[str]) -> str:
    """Give what the process still says, and see that nothing of it is left."""
    said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    for _ in range(100):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return said
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    raise AssertionError("a process of the server survives")
