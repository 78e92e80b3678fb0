"""`pledgeline requirements` and `pledgeline offers`: the chain from the command line, for programmes that script."""

import io
import json

import pytest

from pledgeline.cli import app
from pledgeline.records.models import OfferRecord, RequirementRecord, StepTaken
from tests.chain import OFFER, REQUIREMENT, a_fund

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capfd, tmp_path, monkeypatch):
    """Run a command in a folder of its own; give its exit code, and what it said on both outputs."""
    a_fund()
    monkeypatch.chdir(tmp_path)

    def run_(*words):
        capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            app([*words, "--programme", "harbour"], standalone_mode=True)
        said = capfd.readouterr()
        return end.value.code or 0, said.out, said.err

    return run_


def write(tmp_path, content, name="file.json"):
    (tmp_path / name).write_text(content if isinstance(content, str) else json.dumps(content))
    return name


def test_a_requirement_is_written_down_moved_on_and_shown(run, tmp_path):
    code, out, _err = run("requirements", "write", write(tmp_path, REQUIREMENT))
    assert (code, "AD-014: written down." in out) == (0, True)
    assert run("requirements", "step", "AD-014", "submit")[0] == 0
    assert run("requirements", "step", "AD-014", "return", "--reason", "Which one?")[0] == 0

    code, out, _err = run("requirements", "show", "AD-014", "--json")
    shown = json.loads(out)
    assert code == 0
    assert {**REQUIREMENT, "state": "returned"}.items() <= shown.items()
    assert ["return", "submit", "write"] == [step["step"] for step in shown["history"]]
    assert shown["history"][0]["reason"] == "Which one?"
    listed = json.loads(run("requirements", "list", "--json")[1])
    assert [row["key"] for row in listed] == ["AD-014"]
    assert json.loads(run("requirements", "list", "--json", "--state", "listed")[1]) == []
    for words in (("list",), ("show", "AD-014")):
        code, out, _err = run("requirements", *words)
        assert (code, "AD-014" in out) == (0, True)


def test_what_show_prints_can_be_written_again(run, tmp_path):
    run("offers", "write", write(tmp_path, OFFER))
    shown = run("offers", "show", "O-1", "--json")[1]
    code, _out, err = run("offers", "write", write(tmp_path, shown, "again.json"))
    assert (code, err, OfferRecord.objects.count(), StepTaken.objects.count()) == (0, "", 1, 1)


def test_good_ones_are_kept_and_the_others_are_told_with_their_place(run, tmp_path):
    file = write(tmp_path, [REQUIREMENT, {**REQUIREMENT, "key": "B", "quantity": 0, "colour": "red"}, 5])
    code, out, err = run("requirements", "write", file)
    assert (code, "AD-014: written down." in out) == (1, True)
    assert "file.json, 2, quantity: " in err
    assert "file.json, 2, colour: " in err
    assert "file.json, 3: " in err
    assert [row.key for row in RequirementRecord.objects.all()] == ["AD-014"]


def test_a_dry_run_writes_nothing(run, tmp_path):
    code, out, _err = run("requirements", "write", write(tmp_path, REQUIREMENT), "--dry-run")
    assert (code, "can be written down" in out, RequirementRecord.objects.exists()) == (0, True, False)


def test_the_standard_input_is_read(run, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(REQUIREMENT)))
    assert run("requirements", "write", "-")[0] == 0
    assert RequirementRecord.objects.get().key == "AD-014"


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, "\ufeff{", '"x"'])
def test_what_is_no_json_is_said_and_never_a_crash(run, tmp_path, content):
    code, _out, err = run("requirements", "write", write(tmp_path, content))
    assert code in (1, 2)
    assert err
    assert "Traceback" not in err


def test_a_step_that_cannot_be_taken_says_why(run, tmp_path):
    run("requirements", "write", write(tmp_path, REQUIREMENT))
    code, _out, err = run("requirements", "step", "AD-014", "list")
    assert (code, "AD-014 is draft" in err) == (1, True)
    assert run("requirements", "step", "none", "submit")[0] == 1
    assert run("requirements", "show", "none")[0] == 2
    assert run("requirements", "list", "--state", "flying")[0] == 2


def test_a_programme_that_there_is_not_is_named(run, capfd):
    with pytest.raises(SystemExit) as end:
        app(["offers", "list", "--programme", "nowhere"], standalone_mode=True)
    assert end.value.code == 2
    assert "choose one of harbour" in capfd.readouterr().err


def test_a_file_is_brought_in_after_a_dry_run(run, tmp_path):
    (tmp_path / "needs.csv").write_text("Nr,Item,Quantity\nA-1,lamp,2\nA-2,lamp,many\n")
    words = ("requirements", "import", "needs.csv", "--column", "key=Nr")
    code, out, err = run(*words, "--dry-run")
    assert (code, "1 new, 0 changed, 0 unchanged, 1 refused" in out) == (1, True)
    assert "needs.csv, line 3, column C: “many” is not a number." in err
    assert not RequirementRecord.objects.exists()
    assert run(*words)[0] == 1
    assert RequirementRecord.objects.get().key == "A-1"
    assert "0 new, 0 changed, 1 unchanged" in run(*words)[1]
    assert run("requirements", "import", "nowhere.csv")[0] == 2
    assert run("requirements", "import", "needs.csv")[0] == 2
    assert run("offers", "import", "needs.csv", "--column", "colour=Nr")[0] == 2
