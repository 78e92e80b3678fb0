"""The folder of an installation: where it is, and that it can be written to."""

import os
from pathlib import Path

import pytest

from pledgeline.server import home as home_module
from pledgeline.server.home import HomeUnusable, home, must_not_be_a_second, prepare


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
    monkeypatch.setattr(home_module.sys, "prefix", "/usr")

    assert home().name == expected
    assert home().is_relative_to(tmp_path) is checkout


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that is installed somewhere, a checkout, and nobody who has named a folder."""
    (tmp_path / "checkout" / "src" / "pledgeline").mkdir(parents=True)
    (tmp_path / "checkout" / "do.py").touch()
    (tmp_path / "checkout" / "var").mkdir()
    monkeypatch.delenv("PLEDGELINE_HOME", raising=False)
    monkeypatch.setattr(home_module, "__file__", str(tmp_path / "lib" / "a" / "b" / "c" / "home.py"))
    monkeypatch.setattr(home_module.sys, "prefix", "/usr")
    monkeypatch.setattr(home_module.platformdirs, "user_data_dir", lambda *_a, **_k: str(tmp_path / "user"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_package_installed_into_the_environment_of_a_checkout_belongs_to_it(
    installed: Path, monkeypatch: pytest.MonkeyPatch
):
    """`pip install ".[pdf]"` in a checkout moved the command line to an empty database."""
    monkeypatch.setattr(home_module.sys, "prefix", str(installed / "checkout" / ".venv"))

    assert home() == installed / "checkout" / "var"


@pytest.mark.parametrize("inside", ["", "src", "src/pledgeline"])
def test_no_second_database_is_begun_in_silence(
    installed: Path, monkeypatch: pytest.MonkeyPatch, inside: str
):
    (installed / "checkout" / "var" / "pledgeline.sqlite3").touch()
    monkeypatch.chdir(installed / "checkout" / inside)

    with pytest.raises(HomeUnusable, match="set PLEDGELINE_HOME to the folder that is meant") as refused:
        must_not_be_a_second(home())
    assert str(installed / "checkout" / "var") in str(refused.value)
    assert str(installed / "user") in str(refused.value)
    assert not (installed / "user").exists()


def test_a_checkout_does_not_begin_one_beside_that_of_the_user_either(
    installed: Path, monkeypatch: pytest.MonkeyPatch
):
    (installed / "user").mkdir()
    (installed / "user" / "pledgeline.sqlite3").touch()
    monkeypatch.setattr(home_module.sys, "prefix", str(installed / "checkout" / ".venv"))

    with pytest.raises(HomeUnusable, match="holds one"):
        must_not_be_a_second(home())


def test_what_is_there_what_is_alone_and_what_somebody_named_is_used(
    installed: Path, monkeypatch: pytest.MonkeyPatch
):
    must_not_be_a_second(home())  # the first of all
    (installed / "user").mkdir()
    (installed / "user" / "pledgeline.sqlite3").touch()
    must_not_be_a_second(home())  # its own
    (installed / "checkout" / "var" / "pledgeline.sqlite3").touch()
    monkeypatch.chdir(installed / "checkout")
    must_not_be_a_second(home())  # its own, beside another
    monkeypatch.setenv("PLEDGELINE_HOME", str(installed / "third"))
    must_not_be_a_second(home())  # asked for by name


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
