"""The folder of an installation: where it is, that it can be written to, and its secret."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pledgeline.server import home as home_module
from pledgeline.server.home import HomeUnusable, home, prepare, secret_key


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PLEDGELINE_HOME", str(tmp_path))

    assert home() == tmp_path


@pytest.mark.parametrize(("checkout", "expected"), [(True, "var"), (False, "pledgeline")])
def test_a_checkout_keeps_it_beside_its_sources_and_an_installation_with_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checkout: bool, expected: str
):
    here = tmp_path / "src" / "pledgeline" / "server" / "home.py"
    here.parent.mkdir(parents=True)
    if checkout:
        (tmp_path / "do.py").touch()
    monkeypatch.delenv("PLEDGELINE_HOME", raising=False)
    monkeypatch.setattr(home_module, "__file__", str(here))

    assert home().name == expected
    assert home().is_relative_to(tmp_path) is checkout


def test_the_secret_is_made_once_and_is_for_the_owner_alone(tmp_path: Path):
    first = secret_key(tmp_path)

    assert len(first) >= 50
    assert secret_key(tmp_path) == first
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_processes_that_start_at_once_get_one_secret(tmp_path: Path):
    with ThreadPoolExecutor(16) as pool:
        secrets = set(pool.map(lambda _: secret_key(tmp_path), range(64)))

    assert len(secrets) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path):
    (tmp_path / "file").touch()

    with pytest.raises(HomeUnusable, match=r"cannot write to .*file.*: set PLEDGELINE_HOME") as caught:
        prepare(tmp_path / "file" / "home")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_said_in_one_line(tmp_path: Path):
    tmp_path.chmod(0o500)

    with pytest.raises(HomeUnusable, match="Permission denied"):
        prepare(tmp_path)
