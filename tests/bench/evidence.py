"""Measure how many reports are read in a second of one core: `python -m tests.bench evidence`.

Short reports of the tests, joined to documents of the length that reports have; and pages around them.
"""

import html
import itertools
import json
import sys
import time
from datetime import date
from pathlib import Path

from pledgeline.evidence.finding.candidates import Facts
from pledgeline.evidence.finding.names import names_of
from pledgeline.evidence.finding.rules import extract
from pledgeline.evidence.finding.words import data
from pledgeline.evidence.reading.documents import report_of
from pledgeline.evidence.reading.texts import text_of

REPORTS = Path(__file__).parents[1] / "evidence" / "reports"
LENGTH = 3_000
"""Units: characters, as a report has."""
GOALS = {"text": 200, "html": 50}
"""Units: documents in a second of one core."""


def documents() -> list[tuple[str, str]]:
    """Give documents of about that length: short ones of a language, one after another."""
    stored = [json.loads(path.read_text("utf-8")) for path in sorted(REPORTS.glob("*/reports/*.json"))]
    by_language: dict[str, list[str]] = {}
    for entry in stored:
        by_language.setdefault(entry["report"]["language"], []).append(entry["excerpts"][0]["text"])
    return [
        (_joined((texts * 2)[start:]), language)
        for language, texts in by_language.items()
        for start in range(len(texts))
    ]


def _joined(texts: list[str]) -> str:
    """Put texts after each other until they are long enough."""
    lengths = itertools.accumulate(len(text) for text in texts)
    return "\n".join(texts[: sum(length < LENGTH for length in lengths) + 1])


def page(text: str) -> bytes:
    """Put a report into a page with a menu of 200 links and 50 scripts."""
    menu = "".join(f'<li><a href="/{number}">Topic {number}</a></li>' for number in range(200))
    script = "<script>var a = 1; document.write('<p>EUR 5 million');</script>" * 50
    body = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
    head = f"<!doctype html><html><head>{script}</head><body><nav><ul>{menu}</ul></nav>"
    return f"{head}<article>{body}</article>".encode()


def main(_arguments: list[str]) -> int:
    names = names_of([data("programmes.toml")])
    texts = documents()
    pages = [(page(text), language) for text, language in texts]
    for language, text in {
        language: text for text, language in texts
    }.items():  # the words of each are read once
        extract(text_of(text), Facts(language=language, published=date(2025, 12, 1)), names)
    missed = False
    for name, goal in GOALS.items():
        began = time.process_time()
        for (text, language), (content, _) in zip(texts, pages, strict=True):
            read = report_of(content, "page").text if name == "html" else text_of(text)
            extract(read, Facts(language=language, published=date(2025, 12, 1)), names)
        rate = len(texts) / (time.process_time() - began)
        mean = sum(len(text) for text, _ in texts) // len(texts)
        print(f"{name}: {rate:,.0f} documents of {mean:,} characters in a second of one core; goal {goal}")
        missed = missed or rate < goal
    return int(missed)


if __name__ == "__main__":
    sys.exit(main([]))
