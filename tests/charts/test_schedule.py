"""The picture of due times: what it must say, and what it must not invent."""

import re

import pytest

from pledgeline.charts import DutySpan, Frame, Happening, schedule, standalone
from tests.charts.reading import read

LABELS = {
    "banner": "SCENARIO: an exercise",
    "now_label": "as of noon",
    "due_label": "falls due",
    "open_label": "no number",
    "empty_label": "Scenario: nothing is owed.",
}


def drawn(
    *spans: DutySpan, width: int = 900, happenings=(Happening(name="armed attack", at=0),), now: int = 60
):
    frame = Frame(prefix="due", title="Who owes what", description="an exercise", width=width)
    return schedule(
        spans, happenings=happenings, ticks=[(0, "5 Dec"), (1440, "6 Dec")], now=now, frame=frame, **LABELS
    )


def bars(svg: str) -> list[tuple[float, float]]:
    """Give the left end and the length of each line that has an end."""
    found = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="9" rx="2" fill="#', svg)
    return [(float(x), float(width)) for x, width in found]


def test_a_line_is_as_long_as_its_time():
    """Two duties from one event, due after 12 and 24 hours: the second is twice as long."""
    picture = drawn(DutySpan(name="A", opens=0, due=720), DutySpan(name="B", opens=0, due=1440))
    (first, short), (second, long) = bars(picture.svg)

    assert first == second
    assert long == pytest.approx(2 * short, abs=0.1)


def test_a_duty_without_a_number_has_no_end_and_no_mark():
    numbered = drawn(DutySpan(name="A", opens=0, due=720)).svg
    open_ = drawn(DutySpan(name="A", opens=0)).svg

    assert bars(open_) == []
    assert open_.count("l5 5l-5 5") == numbered.count("l5 5l-5 5") - 1
    assert "no number" in open_
    assert "no number" not in numbered


@pytest.mark.parametrize("width", [330, 1080])
def test_the_word_scenario_is_in_the_picture_and_in_its_file(width):
    picture = drawn(DutySpan(name="A", opens=0, due=720), width=width)

    assert "SCENARIO" in picture.svg
    assert "SCENARIO" in standalone(picture.svg)
    assert picture.width == width
    read(picture)


def test_nothing_owed_is_said_and_not_drawn():
    assert "nothing is owed" in drawn().svg


def test_names_from_a_file_cannot_leave_their_place():
    picture = drawn(
        DutySpan(name='<script>"&', opens=0, due=720, href="javascript:alert(1)"),
        happenings=(Happening(name="</svg><b>", at=3),),
    )

    assert "<script>" not in picture.svg
    assert "<b>" not in picture.svg
    assert "javascript:" not in picture.svg
    read(picture)


def test_everything_at_one_moment_is_still_a_picture():
    assert drawn(DutySpan(name="A", opens=5, due=5, due_until=5), happenings=(), now=5).height > 0
