"""What a program reads: standard output of every command with `--json` is JSON and nothing else.

Looked at below Python, where a library may write past it.
"""

import json
import os
import subprocess
import sys

import pytest

from pledgeline.cli import app
from pledgeline.ledger import SigningKey
from pledgeline.ledger.checkpoints import checkpoint_of
from pledgeline.ledger.witness import request_to_witness
from tests.chain import a_fund
from tests.cli.test_outputs import commands
from tests.exchange.folders import settings, write_good
from tests.ledger.stories import DELIVERED, events_of

PROBLEM = {
    "currency": "USD",
    "lines": [{"id": "R-1", "item": "A", "quantity": 3}],
    "offers": [{"id": "O-1", "item": "A", "supplier": "S", "unit_price_minor": 100}],
    "contributions": [{"id": "C-1", "partner": "NL", "amount_minor": 250}],
}
KEY = SigningKey(name="witness", secret=bytes(32))

CALLS = {
    "evidence read": "report.html",
    "record check": "record",
    "record total": "--folder record",
    "record reconcile": "--folder record",
    "record load": "record",
    "guarantees check": "",
    "guarantees timeline": "sabotage",
    "guarantees coverage": "",
    "guarantees compare": "ua-gb-2024 ua-fr-2024",
    "guarantees without": "US",
    "guarantees funding": "",
    "guarantees vetoes": "",
    "guarantees cases": "",
    "people list": "",
    "ledger replay": "events.json",
    "ledger list": "",
    "ledger balances": "--events events.json",
    "ledger trace": "D1 --events events.json",
    "ledger verify": "--events events.json",
    "ledger checkpoint": "--events events.json",
    "ledger export": "--events events.json",
    "ledger erase": "k1 --programme harbour",
    "ledger key": "books --out books.key",
    "ledger witness": f"request.txt --key-file witness.key --log-key {KEY.public_text} --state seen",
    "ledger invent": "",
    "ledger schema": "",
    "ledger dialects": "",
    "plan solve": "problem.json",
    "plan explain": "problem.json R-1 --deep",
    "plan whatif": "problem.json --amount 50",
    "plan compare": "plan.json plan.json",
    "plan check": "problem.json plan.json",
}
"""A call of each command that has `--json`."""

STANDARDS = {"iati check", "iati import", "ocds check", "ocds import"}
"""Commands about files of other offices: `tests/cli/test_iati.py` and `test_ocds.py` call them with such files."""

WEBHOOKS = {"webhooks list"}
"""Asks for a programme that is there: the test below."""

INSTALLATION = {"backup", "doctor", "restore", "status", "upgrade"}
"""Commands about an installation as a whole: `tests/operation` calls them in one of their own."""

CHAIN_NOUNS = (
    "requirements",
    "offers",
    "contributions",
    "packages",
    "orders",
    "shipments",
    "receipts",
    "discrepancies",
    "approvals",
)
CHAIN = {f"{noun} {command}" for noun in CHAIN_NOUNS for command in ("list", "show")} | {
    "bank list",
    "plans list",
    "plans accept",
}
"""Commands of the chain: `tests/cli/test_chain.py` and `test_workbook.py` call them with something to show."""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings()(write_good(tmp_path / "record"))
    (tmp_path / "events.json").write_text(json.dumps({"events": events_of(DELIVERED)}))
    (tmp_path / "problem.json").write_text(json.dumps(PROBLEM))
    (tmp_path / "report.html").write_text("<html><p>Spain pledged EUR 5 million.")
    (tmp_path / "witness.key").write_text(f"{KEY.name} {KEY.secret.hex()}")
    note = checkpoint_of(origin="books", size=1, root=bytes(32), trial_balance=bytes(32), keys=[KEY])
    (tmp_path / "request.txt").write_text(request_to_witness(0, [], note))
    return tmp_path


def call(capfd, words):
    """Call a command in this process, and give what came out of it, below Python too."""
    capfd.readouterr()
    with pytest.raises(SystemExit) as end:
        app(words, standalone_mode=True)
    said = capfd.readouterr()
    return end.value.code or 0, said.out, said.err


def test_every_command_with_json_is_called_here():
    with_json = {name for name, callback in commands() if {"as_json"} & set(callback.__annotations__)}

    assert with_json == set(CALLS) | INSTALLATION | CHAIN | STANDARDS | WEBHOOKS


@pytest.mark.django_db
@pytest.mark.parametrize("command", CALLS)
def test_standard_output_of_a_command_with_json_is_json(command, folder, capfd):
    if "plan.json" in CALLS[command]:
        call(capfd, ["plan", "solve", "problem.json", "--out", "plan.json"])

    code, out, err = call(capfd, [*command.split(), *CALLS[command].split(), "--json"])

    if command == "ledger erase":  # there is nothing to erase: one sentence, and not on standard output
        assert (2, "") == (code, out)
    elif command == "ledger export":  # a line for each entry
        assert [json.loads(line) for line in out.splitlines()]
    else:
        assert code in (0, 1), err
        json.loads(out)


BANNER = """
import os, sys, types
import highspy

real = highspy.Highs
class Loud(real):
    def __init__(self):
        os.write(1, b"Running HiGHS 9.9: Copyright\\n")
        super().__init__()
highspy.Highs = Loud
from pledgeline.cli import main
print("before", flush=True)
main()
"""


def in_a_process(*words):
    return subprocess.run([sys.executable, "-c", BANNER, *words], capture_output=True, text=True)


@pytest.mark.parametrize("words", [["solve"], ["explain", "R-1"], ["whatif", "--amount", "5"]])
def test_what_a_solver_prints_when_it_is_made_is_not_in_the_answer(words, folder):
    """As HiGHS does since 1.16, once for each process, whatever its options say."""
    done = in_a_process("plan", words[0], "problem.json", *words[1:], "--json")

    assert 0 == done.returncode, done.stderr
    assert done.stdout.startswith("before\n")
    assert "HiGHS 9.9" not in done.stdout + done.stderr
    json.loads(done.stdout.removeprefix("before\n"))


def test_a_process_without_standard_output_has_a_solver_too():
    """A service may have none."""
    program = (
        "import sys; from pledgeline.plan.solver import HighsSolver; sys.stderr.write(HighsSolver().name)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], stderr=subprocess.PIPE, text=True, preexec_fn=lambda: os.close(1)
    )

    assert (0, "HiGHS") == (done.returncode, done.stderr[:5])


def test_solvers_made_at_once_leave_standard_output_as_it_was(folder):
    program = BANNER.split("from pledgeline.cli")[0] + (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from pledgeline.plan.solver import HighsSolver\n"
        "with ThreadPoolExecutor(8) as pool: list(pool.map(lambda _: HighsSolver(), range(40)))\n"
        "os.write(1, b'after\\n')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert ("after\n", "") == (done.stdout, done.stderr)


@pytest.mark.django_db
def test_so_is_the_list_of_addresses_of_others(capfd):
    a_fund()
    code, out, _err = call(capfd, ["webhooks", "list", "--programme", "harbour", "--json"])

    assert (0, []) == (code, json.loads(out))
