"""The bill of materials: valid, whole, the same everywhere, and silent about where it was made."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools.packages import CHECKOUT
from tools.sbom import sbom


@pytest.fixture(scope="module")
def bill() -> str:
    return sbom()


def test_it_is_valid(bill: str):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None


def test_it_names_exactly_what_is_locked(bill: str):
    text = (CHECKOUT / "requirements" / "run.txt").read_text(encoding="utf-8")
    components = json.loads(bill)["components"]

    assert sorted(re.findall(r"^(\S+)==([^\s;]+)", text, re.MULTILINE)) == sorted(
        (component["name"], component["version"]) for component in components
    )
    assert sorted(re.findall(r"--hash=sha256:(\w+)", text)) == sorted(
        digest["content"] for component in components for digest in component["hashes"]
    )


def test_each_package_has_a_licence_and_is_asked_for_by_somebody(bill: str):
    read = json.loads(bill)
    depends_on = {entry["ref"]: entry.get("dependsOn", []) for entry in read["dependencies"]}

    assert all(component["licenses"] for component in read["components"])
    assert {component["bom-ref"] for component in read["components"]} == {
        name for names in depends_on.values() for name in names
    }
    assert ["pkg:pypi/pycparser@"] == [name[:19] for name in depends_on[_ref(read, "cffi")]]


def test_it_is_the_same_in_another_folder_at_another_time(bill: str, tmp_path: Path):
    """With names in another order, as each process of Python has them."""
    command = [sys.executable, "-m", "tools.sbom", str(tmp_path / "bill.json")]
    subprocess.run(command, check=True, cwd=CHECKOUT)

    assert bill == (tmp_path / "bill.json").read_text(encoding="utf-8")


def test_it_says_nothing_of_where_and_when_it_was_made(bill: str):
    read = json.loads(bill)

    assert not {"serialNumber"} & set(read)
    assert {"component"} == set(read["metadata"])
    assert ["http://cyclonedx.org/schema/bom-1.6.schema.json"] == re.findall(r"\w+://[^\"\s]+", bill)
    assert str(CHECKOUT) not in bill


def _ref(read: dict, name: str) -> str:
    return next(component["bom-ref"] for component in read["components"] if component["name"] == name)
