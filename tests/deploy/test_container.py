"""The compose file is one, gives away nothing, and says only what the program understands."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from pledgeline import cli

CONTAINER = Path(__file__).parents[2] / "deploy" / "container"
ENVIRONMENT = Path(__file__).parents[2] / "docs" / "handbook" / "running.md"

pytestmark = pytest.mark.any_database


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((CONTAINER / "compose.yaml").read_text(encoding="utf-8"))
    return read["services"]


def test_only_the_site_is_reached_and_only_from_this_machine(services):
    assert {"site": ["127.0.0.1:8000:8000"]} == {
        name: service["ports"] for name, service in services.items() if "ports" in service
    }
    assert {"database": ["inside"], "site": ["inside", "outside"], "worker": ["inside"]} == {
        name: service["networks"] for name, service in services.items()
    }


def test_the_site_and_its_worker_may_write_nothing_but_their_volume(services):
    for name in ("site", "worker"):
        assert services[name]["read_only"], name
        assert ["all"] == services[name]["cap_drop"], name
        assert ["home:/var/lib/pledgeline"] == services[name]["volumes"], name


def test_no_password_is_written_down(services):
    for service in services.values():
        for key, value in service["environment"].items():
            if "PASSWORD" in key or "DATABASE_URL" in key:
                assert "${PLEDGELINE_DATABASE_PASSWORD:?set it}" in value


def test_every_setting_is_in_the_handbook(services):
    handbook = ENVIRONMENT.read_text(encoding="utf-8")
    names = {
        key for service in services.values() for key in service["environment"] if key.startswith("PLEDGELINE")
    }

    assert 4 == len(names)
    assert set() == {name for name in names if name not in handbook}


def test_what_it_runs_is_a_command_of_ours_and_the_image_is_made_from_files_that_are_there(services):
    outcome = CliRunner().invoke(cli.app, [*services["worker"]["command"], "--help"])
    assert 0 == outcome.exit_code, outcome.output

    dockerfile = (CONTAINER / "Dockerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", dockerfile, re.MULTILINE)
    for name in " ".join(copied).split():
        assert (CONTAINER.parents[1] / name).exists(), name
