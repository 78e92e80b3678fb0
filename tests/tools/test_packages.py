"""What is installed to run the site: each package is locked, read, and may be passed on."""

import re
from collections.abc import Callable

import pytest

from tools import packages
from tools.packages import CHECKOUT, PROJECT, asked_by, problems, read_licences, read_lock


@pytest.fixture
def written_down(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, dict[str, str] | None], list[str]]:
    """Say what is amiss if the entry of one package were another, or none."""

    def amiss(name: str, entry: dict[str, str] | None) -> list[str]:
        entries = {**read_licences(), name: entry}
        monkeypatch.setattr(
            packages, "read_licences", lambda: {name: entry for name, entry in entries.items() if entry}
        )
        return list(problems())

    return amiss


def test_nothing_is_amiss():
    assert [] == list(problems())


def test_a_package_that_nobody_has_read_is_refused(written_down):
    """As `do.py lock` would bring it, the day somebody asks for more."""
    assert ["urllib3 is locked and has no licence in requirements/packages.toml"] == written_down(
        "urllib3", None
    )


def test_a_package_that_is_gone_is_struck_off(written_down):
    assert ["gone is in requirements/packages.toml and is locked no more"] == written_down(
        "gone", {"licence": "MIT"}
    )


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "LicenseRef-Proprietary", "MIT AND SSPL-1.0"]
)
def test_a_licence_that_may_not_be_passed_on_is_refused(written_down, licence: str):
    assert f"colorama: {licence} is not among the licences that may be passed on" in written_down(
        "colorama", {"licence": licence}
    )


@pytest.mark.parametrize("licence", ["LGPL-3.0-only", "MPL-2.0"])
def test_one_that_asks_for_something_needs_a_note(written_down, licence: str):
    assert [f"colorama: {licence} needs a `note` that says how it may be passed on"] == written_down(
        "colorama", {"licence": licence}
    )
    assert [] == written_down("colorama", {"licence": licence, "note": "unchanged"})


def test_what_we_wrote_down_is_what_the_package_says_of_itself(written_down):
    """One that says it as an expression, one by its classifiers, one by a word."""
    assert ["idna says BSD-3-Clause of itself, not MIT"] == written_down("idna", {"licence": "MIT"})
    assert ["requests says Apache-2.0 of itself, not MIT"] == written_down("requests", {"licence": "MIT"})[:1]
    assert ["oauthlib says BSD-3-Clause of itself, not MIT"] == written_down("oauthlib", {"licence": "MIT"})[
        :1
    ]


def test_a_reason_stands_with_what_we_ask_for_and_with_nothing_else(written_down):
    rule = "needs a `why` in requirements/packages.toml if, and only if, pyproject.toml asks for it"

    assert [f"mdurl {rule}", f"rich {rule}"] == [
        *written_down("mdurl", {"licence": "MIT", "why": "because"}),
        *written_down("rich", {"licence": "MIT"}),
    ]


def test_more_on_the_disk_than_was_promised_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packages, "MOST_MEGABYTES", 100)

    assert [True] == ["what a user installs takes" in line for line in problems()]


def test_the_lock_holds_what_the_packages_ask_for_and_nothing_else():
    """Two ways to the same list: the one that chose the versions, and what each package says of itself."""
    assert {pin.name for pin in read_lock("run")} == set(asked_by(PROJECT["dependencies"]))


def test_a_lock_is_read_whole():
    text = (CHECKOUT / "requirements" / "run.txt").read_text(encoding="utf-8")
    pins = read_lock("run")

    assert re.findall(r"^(\S+)==([^\s;]+)", text, re.MULTILINE) == [(pin.name, pin.version) for pin in pins]
    assert len(re.findall("--hash=sha256:", text)) == sum(len(pin.sha256) for pin in pins)
    assert {"sys_platform == 'win32'"} == {pin.marker for pin in pins if pin.name == "colorama"}
