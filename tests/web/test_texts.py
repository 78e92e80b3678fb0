"""Every text a visitor sees can be translated."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).parents[2] / "src" / "pledgeline" / "web" / "templates").rglob("*.html"))
SPOKEN = ("title", "aria-label", "alt", "placeholder", "data-label")
NAMES = {"Pledgeline", "CSV", "XLSX", "SVG", "PDF", "TOML", "UTC", "BibTeX", "SHA", "JSON", "LD"}


def untranslated(template: str) -> set[str]:
    """Find words between tags, or in attributes that are read out, outside of any translation."""
    text = re.sub(r"\{% comment.*?endcomment %\}|\{#.*?#\}", "", template, flags=re.S)
    text = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "", text, flags=re.S)
    text = re.sub(r"<(pre|script|style)\b.*?</\1>", "", text, flags=re.S)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
    spoken = " ".join(re.findall(rf'\b(?:{"|".join(SPOKEN)})="([^"]*)"', text))
    between = re.sub(r"<[^>]*>", " ", text, flags=re.S)
    return set(re.findall(r"[^\W\d_]{2,}", f"{between} {spoken}")) - NAMES


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_text_outside_of_a_translation(path):
    assert set() == untranslated(path.read_text(encoding="utf-8"))


def test_the_finder_finds():
    assert {"Bare", "word"} == untranslated('<p>Bare {{ x }}</p><a title="word">{% translate "Fine" %}</a>')
