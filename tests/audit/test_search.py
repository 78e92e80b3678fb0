"""Events are found by what they say, a page at a time, in both directions and in each order."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from pledgeline.audit import search, trail
from pledgeline.audit.acts import Actor, AuditAct
from pledgeline.audit.callers import Caller, called_by
from pledgeline.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)

STORY = (
    ("ada", AuditAct.PLAN_ASKED, "p-1", "harbour"),
    ("bob", AuditAct.PLAN_ASKED, "p-2", "purl"),
    ("ada", AuditAct.PLAN_DELETED, "p-1", "harbour"),
    ("ada", AuditAct.ENTRY_MADE, "внесок-7", "purl"),
    ("bob", AuditAct.SIGNED_OUT, "bob", ""),
    ("bob", AuditAct.PLAN_ASKED, "p-3", "purl"),
)


@pytest.fixture
def story():
    """Six acts, one each half hour, from an hour before midnight; the numbers 0 to 5 are their `details`."""
    start = AuditEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
    with time_machine.travel(FIRST, tick=False) as clock:
        for number, (name, act, ref, programme) in enumerate(STORY):
            with called_by(lambda name=name: Caller(kind=Actor.PERSON, name=name, number=1)):
                trail.record(act, "thing", ref, programme=programme, number=number, street="Хрещатик")
            clock.shift(timedelta(minutes=30))
    return AuditEvent.objects.filter(id__gt=start)


def numbers(events):
    return [event.facts["number"] for event in events]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [0, 1, 2, 3, 4, 5]),
        ({"person": "ada"}, [0, 2, 3]),
        ({"person": "ad"}, []),
        ({"act": "plan-asked"}, [0, 1, 5]),
        ({"programme": "purl", "person": "bob"}, [1, 5]),
        ({"outcome": "done"}, [0, 1, 2, 3, 4, 5]),
        ({"outcome": "refused"}, []),
        ({"until": date(2026, 3, 1)}, [0, 1]),
        ({"since": date(2026, 3, 2)}, [2, 3, 4, 5]),
        ({"since": date(2026, 3, 2), "until": date(2026, 3, 2)}, [2, 3, 4, 5]),
        ({"since": date(1, 1, 1), "until": date(9999, 12, 31)}, [0, 1, 2, 3, 4, 5]),
        ({"words": "P-1"}, [0, 2]),
        ({"words": "внесок"}, [3]),
        ({"words": "Хрещатик"}, [0, 1, 2, 3, 4, 5]),
        ({"words": "100%"}, []),
    ],
)
def test_events_are_found_by_what_they_say(story, wanted, found):
    assert numbers(search.Wanted(**wanted).among(story).order_by("id")) == found


IN_ORDER = {
    "at": [0, 1, 2, 3, 4, 5],
    "person": [0, 2, 3, 1, 4, 5],
    "act": [3, 0, 1, 5, 2, 4],
    "programme": [4, 0, 2, 1, 3, 5],
}


@pytest.mark.parametrize("name", IN_ORDER)
@pytest.mark.parametrize("sign", ["", "-"])
def test_pages_follow_one_another_forwards_and_back(story, name, sign):
    whole = IN_ORDER[name][::-1] if sign else IN_ORDER[name]
    pages, after = [], None
    while True:
        page = search.page_of(story, f"{sign}{name}", after=after, before=None, most=2)
        pages.append(page)
        if not page.has_after:
            break
        after = page.events[-1].pk
    back = search.page_of(story, f"{sign}{name}", after=None, before=pages[2].events[0].pk, most=2)

    assert [numbers(page.events) for page in pages] == [whole[0:2], whole[2:4], whole[4:6]]
    assert [page.has_before for page in pages] == [False, True, True]
    assert numbers(back.events) == whole[2:4]
    assert (back.has_before, back.has_after) == (True, True)


@pytest.mark.parametrize("name", IN_ORDER)
def test_a_stream_gives_each_event_once(story, name, monkeypatch):
    monkeypatch.setattr(search, "READ_AT_ONCE", 2)

    assert numbers(search.streamed(story, name)) == IN_ORDER[name]
    assert numbers(search.streamed(story, f"-{name}")) == IN_ORDER[name][::-1]


def test_a_stream_ends_with_what_was_there_when_it_began(story, monkeypatch):
    monkeypatch.setattr(search, "READ_AT_ONCE", 2)
    stream = search.streamed(story, "at")
    next(stream)
    trail.record(AuditAct.PLAN_ASKED, number=6)

    assert numbers(stream) == [1, 2, 3, 4, 5]


def test_events_of_one_moment_stand_on_one_page_only():
    with time_machine.travel(FIRST, tick=False):
        for number in range(5):
            trail.record(AuditAct.ENTRY_MADE, "same moment", number=number)
    same = AuditEvent.objects.filter(noun="same moment")
    first = search.page_of(same, "-at", after=None, before=None, most=3)
    second = search.page_of(same, "-at", after=first.events[-1].pk, before=None, most=3)

    assert numbers(first.events) + numbers(second.events) == [4, 3, 2, 1, 0]


def test_an_act_of_a_later_version_is_shown_by_its_code():
    assert search.act_label("moon-landed") == "moon-landed"
