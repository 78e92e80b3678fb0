"""The units of `deploy/systemd` are understood by systemd, and leave the site little that it could do by mistake."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
LARGEST_EXPOSURE = 1.5
"""As `systemd-analyze security` counts, from 0 (nothing) to 10 (everything). 1.2 with systemd 252."""

pytestmark = pytest.mark.any_database

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None,
    reason="systemd-analyze is not installed: apt-get install systemd",
)


def said(unit: Path) -> dict[str, list[str]]:
    """Give what a unit says: every value of every name."""
    found: dict[str, list[str]] = {}
    for line in unit.read_text(encoding="utf-8").splitlines():
        name, is_said, value = line.partition("=")
        if is_said and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


@needs_systemd
def test_systemd_understands_every_unit(tmp_path: Path):
    """With a program of ours in the place of the one that an installation has."""
    program = tmp_path / "pledgeline"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    units = []
    for unit in sorted(UNITS.glob("*.*")):
        text = unit.read_text(encoding="utf-8").replace("/opt/pledgeline/bin/pledgeline", str(program))
        units.append(tmp_path / unit.name)
        units[-1].write_text(text, encoding="utf-8")

    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)

    ours = [line for line in done.stderr.splitlines() if "pledgeline" in line]
    assert ([], 0) == (ours, done.returncode)


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_a_service_has_little_that_it_could_do(unit: Path):
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", unit], capture_output=True, text=True, check=False
    )
    exposure = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)

    assert exposure, done.stderr
    assert float(exposure[1]) <= LARGEST_EXPOSURE


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_every_service_runs_as_its_own_account_and_keeps_its_files_to_itself(unit: Path):
    service = said(unit)

    assert (["pledgeline"], ["0077"], ["0700"]) == (
        service["User"],
        service["UMask"],
        service["StateDirectoryMode"],
    )
    assert "MemoryMax" in service
    assert ["/etc/pledgeline/environment"] == service["EnvironmentFile"]


@pytest.mark.parametrize("name", ["pledgeline", "pledgeline-worker"])
def test_what_runs_all_the_time_is_started_again_however_it_ended(name: str):
    service = said(UNITS / f"{name}.service")

    assert (["always"], ["continue"]) == (service["Restart"], service["OOMPolicy"])


def test_the_services_are_kept_in_the_same_bounds():
    """The lines are said in each unit, since an installation copies units and no folder of parts."""
    bounds = [
        unit.read_text(encoding="utf-8").partition("# What it may:")[2].partition("\n[Install]")[0].strip()
        for unit in SERVICES
    ]

    assert bounds[0]
    assert 1 == len(set(bounds))


def test_the_environment_names_what_the_program_knows():
    reader = configparser.ConfigParser(strict=True, interpolation=None)
    reader.optionxform = str  # type: ignore[assignment,method-assign]
    reader.read_string(f"[environment]\n{(UNITS / 'environment').read_text(encoding='utf-8')}")
    known = (UNITS.parents[1] / "docs" / "handbook" / "running.md").read_text(encoding="utf-8")

    assert ["HOME", "HOSTS", "HTTPS", "TRUSTED_PROXIES"] == [
        name.removeprefix("PLEDGELINE_") for name in reader["environment"]
    ]
    assert all(f"| `{name}` |" in known for name in reader["environment"])
    assert "/var/lib/pledgeline" == reader["environment"]["PLEDGELINE_HOME"]
