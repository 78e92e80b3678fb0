"""What an event of the audit trail is about is said in words, in every language."""

import ast
from pathlib import Path

from pledgeline.web.audit_words import DETAILS, NOUNS, detail_name

SOURCE = Path(__file__).parents[2] / "src" / "pledgeline"
OF_THE_EVENT = {"programme", "code", "outcome", "ref", "noun"}


def _calls():
    """Give every place of the code that writes an event: what it is about, and its details."""
    for path in SOURCE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("trail.record", "trail.refused"):
                yield call


def test_every_noun_that_the_code_names_has_a_word():
    nouns = {
        call.args[1].value
        for call in _calls()
        if len(call.args) > 1 and isinstance(call.args[1], ast.Constant)
    }

    assert len(nouns) > 10
    assert set() == nouns - set(NOUNS)


def test_every_detail_that_the_code_names_has_a_word():
    details = {keyword.arg for call in _calls() for keyword in call.keywords if keyword.arg} - OF_THE_EVENT

    assert len(details) > 20
    assert set() == details - set(DETAILS)


def test_a_detail_of_another_version_is_shown_by_its_key():
    assert "Old key" == detail_name("old_key")
