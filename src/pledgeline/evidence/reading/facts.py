"""What the first and last lines of a stored page say about it: day, title, author, outlet. A person confirms them.

What is not stated stays empty: the day of a report is never that of its footer, nor today.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pledgeline.evidence.reading.bylines import BylinePattern, bylines_in
from pledgeline.evidence.reading.texts import Span

if TYPE_CHECKING:
    from pledgeline.evidence.finding.candidates import Facts

_HEAD = 1_200
"""Units: characters. A report says its day at its head."""

_TAIL = 300

_MONTHS = (
    ("jan", "січ"), ("feb", "лют", "fév"), ("mar", "бер", "mär"), ("apr", "кві", "avr"), ("may", "тра", "mai"),
    ("jun", "чер"), ("jul", "лип"), ("aug", "сер", "aoû"), ("sep", "вер"), ("oct", "жов", "okt"), ("nov", "лис"),
    ("dec", "гру", "dez", "déc"),
)  # fmt: skip
"""The first three letters of each month in our languages; "juin" and "juillet" are told apart below."""

_MONTH = (
    r"(?:jan|feb|fév|mar|mär|apr|avr|may|mai|jun|jul|jui|aug|aoû|sep|oct|okt|nov|dec|dez|déc|січ|лют|бер|кві|тра|чер|лип|сер|вер|"
    r"жов|лис|гру)[^\W\d_]*\.?"
)
_WHOLE_DAY = re.compile(
    r"(?<![\d.])(?:(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?!\d)|(?P<dotted>\d{1,2}\.\d{1,2}\.(?:(?:19|20)\d\d|\d\d)(?![\d.])"
    r"|\d{1,2}/\d{1,2}/(?:19|20)\d\d)"
    rf"|(?P<day1>\d{{1,2}})(?:st|nd|rd|th|\.|er)?[ ](?:of )?(?P<month1>{_MONTH}),?[ ](?P<year1>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<month2>(?<!\w){_MONTH})[ ](?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?[ ](?P<year2>(?:19|20)\d\d)(?!\d))",
    re.IGNORECASE,
)
_TITLE = re.compile(r"[^\n]{20,300}")


def facts_of(seen: str, facts: "Facts", masked: Sequence[Span], bylines: Sequence[BylinePattern]) -> "Facts":
    """Fill in what the head and the end of a text state and nobody has told, with the places of names."""
    found = bylines_in(seen, bylines, masked)
    stated = {name: place for name, place in found.items() if not getattr(facts, name)}
    return replace(
        facts,
        published=facts.published or published_in(seen, masked),
        title=facts.title or title_in(seen, masked),
        author=facts.author or _words_at(seen, stated.get("author")),
        outlet=facts.outlet or _words_at(seen, stated.get("outlet")),
        stated=stated,
    )


def _words_at(seen: str, place: Span | None) -> str:
    return place.of(seen) if place else ""


def published_in(seen: str, masked: Sequence[Span]) -> date | None:
    """Find the day at the head of a text, or at its very end, where a signature stands; a whole date with its year."""
    for start, end in ((0, _HEAD), (max(_HEAD, len(seen) - _TAIL), len(seen))):
        for match in _WHOLE_DAY.finditer(seen, start, end):
            if any(Span(match.start(), match.end()).meets(part) for part in masked):
                continue
            if (day := _day(match)) is not None:
                return day
    return None


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    try:
        if parts["iso"]:
            return date.fromisoformat(parts["iso"])
        if parts["dotted"]:
            number, month, year = re.split(r"[./]", parts["dotted"])
            return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(number))
        whole = (parts["month1"] or parts["month2"] or "").lower()
        name = {"jui": "jul" if whole.startswith("juil") else "jun"}.get(whole[:3], whole[:3])
        month_number = next((place for place, names in enumerate(_MONTHS, 1) if name in names), 0)
        return date(int(parts["year1"] or parts["year2"]), month_number, int(parts["day1"] or parts["day2"]))
    except ValueError:
        return None


def title_in(seen: str, masked: Sequence[Span]) -> str:
    """Find the first whole line of a text that is neither noise nor a date line."""
    for match in _TITLE.finditer(seen, 0, _HEAD):
        line = match[0].strip()
        whole = Span(match.start(), match.end())
        if any(whole.meets(part) for part in masked) or _is_day_line(line):
            continue
        return line if len(line) <= 200 else ""
    return ""


def _is_day_line(line: str) -> bool:
    """Say whether a line is a date line, with a clock or a place beside the day."""
    day = _WHOLE_DAY.search(line)
    return bool(day and len(line) - (day.end() - day.start()) < 40)
