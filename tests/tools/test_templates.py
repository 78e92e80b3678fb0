"""A template is read by people: its lines fit on a screen, as far as what stands between two spaces does."""

import re
from pathlib import Path

import pytest

import pledgeline

pytestmark = pytest.mark.any_database

TEMPLATES = Path(pledgeline.__file__).parent / "web" / "templates"

WIDEST = 160
"""Units: characters of a line."""

SENTENCE = re.compile(
    r"\{% *blocktranslate.*?endblocktranslate *%\}"  # one message, as translators have it
    r"|\{%.*?%\}|\{\{.*?\}\}"  # a tag has no line break
)


def test_a_line_is_wide_only_by_what_cannot_be_broken():
    wide = [
        f"{path.relative_to(TEMPLATES)}:{number}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > WIDEST and len(SENTENCE.sub("", line)) > WIDEST
    ]

    assert [] == wide
